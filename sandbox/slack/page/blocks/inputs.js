// Elements with a value: menus, text fields, boxes, dates. Each gives its node and its state as Slack writes it
// into `view.state.values`. https://docs.slack.dev/reference/block-kit/block-elements

import { el } from "../dom.js";
import { textObject } from "../text/mrkdwn.js";

function words(text) {
  return text?.text ?? "";
}

function grouped(element, draw) {
  if (!element.option_groups) return (element.options ?? []).map(draw);
  return element.option_groups.map((group) => el("optgroup", { label: words(group.label) }, group.options.map(draw)));
}

function allOptions(element) {
  return element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
}

function selectNode(element, body, props) {
  const placeholder = words(element.placeholder) || "Choose…";
  return el("select", { class: "select", "aria-label": placeholder, "data-action": element.action_id, ...props }, body(placeholder));
}

function staticSelect(element) {
  const options = allOptions(element);
  const initial = element.initial_option?.value;
  const node = selectNode(element, (placeholder) => [
    el("option", { value: "", selected: initial === undefined }, placeholder),
    grouped(element, (option) => el("option", { value: option.value, selected: option.value === initial }, words(option.text))),
  ]);
  return { node, state: () => ({ selected_option: options.find((option) => option.value === node.value) ?? null }) };
}

function multiSelect(element) {
  const options = allOptions(element);
  const initial = new Set((element.initial_options ?? []).map((option) => option.value));
  const draw = (option) => el("option", { value: option.value, selected: initial.has(option.value) }, words(option.text));
  const node = selectNode(element, () => grouped(element, draw), { multiple: true, size: Math.min(6, options.length) });
  const chosen = () => new Set([...node.selectedOptions].map((option) => option.value));
  return { node, state: () => ({ selected_options: options.filter((option) => chosen().has(option.value)) }) };
}

function pick(element, key, initial, choices) {
  const node = selectNode(element, (placeholder) => [
    el("option", { value: "" }, placeholder),
    choices.map(([value, label]) => el("option", { value, selected: value === initial }, label)),
  ]);
  return { node, state: () => ({ [key]: node.value || null }) };
}

function usersSelect(element, people) {
  const choices = [...people.users.values()].map((user) => [user.id, user.real_name || user.name]);
  return pick(element, "selected_user", element.initial_user, choices);
}

function channelsSelect(element, people) {
  const choices = people.visible(false).map((channel) => [channel.id, `#${channel.name}`]);
  if (element.type === "conversations_select") {
    return pick(element, "selected_conversation", element.initial_conversation, choices);
  }
  return pick(element, "selected_channel", element.initial_channel, choices);
}

function boxes(element, people, type) {
  const name = `box-${crypto.randomUUID()}`;
  const initial = new Set((element.initial_options ?? [element.initial_option]).filter(Boolean).map((o) => o.value));
  const inputs = element.options.map((option) => el("input", { type, name, value: option.value, checked: initial.has(option.value) }));
  const node = el(
    "div",
    { class: "boxes", role: type === "radio" ? "radiogroup" : "group", "data-action": element.action_id },
    element.options.map((option, i) =>
      el(
        "label",
        { class: "box" },
        inputs[i],
        el(
          "span",
          {},
          el("span", {}, textObject(option.text, people)),
          option.description && el("span", { class: "box-hint" }, textObject(option.description, people)),
        ),
      ),
    ),
  );
  const chosen = () => element.options.filter((_, i) => inputs[i].checked);
  const state = () => (type === "radio" ? { selected_option: chosen()[0] ?? null } : { selected_options: chosen() });
  return { node, state };
}

function field(element, type, extra = {}) {
  const props = {
    class: "field", "data-action": element.action_id, placeholder: words(element.placeholder),
    minlength: element.min_length, maxlength: element.max_length, ...extra,
  };
  const node = element.multiline ? el("textarea", { rows: 4, ...props }) : el("input", { type, ...props });
  node.value = element.initial_value ?? "";
  return { node, state: () => ({ value: node.value || null }) };
}

function dated(element, type, key, initial) {
  const node = el("input", { type, class: "field", value: initial ?? "", "data-action": element.action_id, "aria-label": words(element.placeholder) || type });
  return { node, state: () => ({ [key]: node.value || null }) };
}

const MAKERS = {
  static_select: staticSelect,
  multi_static_select: multiSelect,
  users_select: usersSelect,
  channels_select: channelsSelect,
  conversations_select: channelsSelect,
  checkboxes: (element, people) => boxes(element, people, "checkbox"),
  radio_buttons: (element, people) => boxes(element, people, "radio"),
  plain_text_input: (element) => field(element, "text"),
  email_text_input: (element) => field(element, "email"),
  url_text_input: (element) => field(element, "url"),
  number_input: (element) => field(element, "number", { min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : 1 }),
  datepicker: (element) => dated(element, "date", "selected_date", element.initial_date),
  timepicker: (element) => dated(element, "time", "selected_time", element.initial_time),
};

/** The node of an element with a value, and a function that reads its state; null for a type unknown here. */
export function input(element, people) {
  const made = MAKERS[element.type]?.(element, people);
  if (made && element.focus_on_load) made.node.dataset.focus = "";
  return made && { node: made.node, state: () => ({ type: element.type, ...made.state() }) };
}
