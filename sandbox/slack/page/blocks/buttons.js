// Things to press: button, overflow, feedback_buttons, icon_button.
// https://docs.slack.dev/reference/block-kit/block-elements

import { el, safeUrl } from "../dom.js";
import { confirmed } from "../views/dialogs.js";
import { icon } from "../icons.js";
import { openMenu } from "../views/menu.js";
import { textObject } from "../text/mrkdwn.js";

function hiddenFrom(element, ctx) {
  return element.visible_to_user_ids?.length > 0 && !element.visible_to_user_ids.includes(ctx.people.me);
}

async function press(node, element, block, ctx, extra) {
  if (!(await confirmed(element.confirm, ctx.people))) return;
  node.setAttribute("aria-busy", "true");
  await ctx.act(block, element, extra);
  node.removeAttribute("aria-busy");
}

/** A `button`; one with a `url` opens it and still tells the app. */
export function button(element, block, ctx) {
  if (hiddenFrom(element, ctx)) return null;
  const node = el(
    "button",
    {
      type: "button",
      class: `button button-${element.style ?? "plain"}`,
      "aria-label": element.accessibility_label,
      "data-action": element.action_id,
      onclick: () => {
        const url = element.url && safeUrl(element.url);
        if (url) window.open(url, "_blank", "noopener");
        return press(node, element, block, ctx, { value: element.value });
      },
    },
    textObject(element.text, ctx.people),
  );
  return node;
}

/** An `overflow` menu. */
export function overflow(element, block, ctx) {
  const node = el(
    "button",
    {
      type: "button", class: "button button-plain button-icon", "aria-label": "More actions", "aria-haspopup": "menu",
      "data-action": element.action_id,
      onclick: () =>
        openMenu(node, element.options.map((option) => ({
          label: textObject(option.text, ctx.people),
          hint: option.description && textObject(option.description, ctx.people),
          run: () => {
            const url = option.url && safeUrl(option.url);
            if (url) window.open(url, "_blank", "noopener");
            return press(node, element, block, ctx, { selected_option: option });
          },
        }))),
    },
    icon("more"),
  );
  return node;
}

/** `feedback_buttons`: thumbs up and down under one action id; the choice stays marked. */
export function feedback(element, block, ctx) {
  const group = el("div", { class: "feedback", role: "group", "aria-label": "Feedback" });
  const thumb = (choice, name) => {
    if (!choice) return null;
    const label = choice.accessibility_label ?? choice.text?.text ?? name;
    const node = el(
      "button",
      {
        type: "button", class: "icon-button", title: choice.text?.text ?? label, "aria-label": label, "aria-pressed": "false",
        "data-action": element.action_id, "data-choice": name,
        onclick: () => {
          for (const other of group.children) other.setAttribute("aria-pressed", String(other === node));
          return press(node, element, block, ctx, { value: choice.value });
        },
      },
      icon(name, 17),
    );
    return node;
  };
  group.append(...[thumb(element.positive_button, "up"), thumb(element.negative_button, "down")].filter(Boolean));
  return group;
}

/** An `icon_button`. */
export function iconButton(element, block, ctx) {
  if (hiddenFrom(element, ctx)) return null;
  const label = element.accessibility_label ?? element.text?.text ?? element.icon;
  const node = el(
    "button",
    {
      type: "button", class: "icon-button", title: element.text?.text ?? label, "aria-label": label,
      "data-action": element.action_id,
      onclick: () => press(node, element, block, ctx, { value: element.value }),
    },
    icon(element.icon, 17),
  );
  return node;
}
