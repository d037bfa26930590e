// Blocks that hold others or report on work: container, card, carousel, plan, task_card, alert.
// https://docs.slack.dev/reference/block-kit/blocks

import { button, iconButton, overflow } from "./buttons.js";
import { el, link } from "../dom.js";
import { icon } from "../icons.js";
import { picture } from "./files.js";
import { richText } from "../text/richtext.js";
import { textObject } from "../text/mrkdwn.js";

const PRESSED = { button, overflow, icon_button: iconButton };

/** A `container`: folded and unfolded by its title when it is collapsible. `draw` draws its child blocks. */
export function container(block, ctx, draw) {
  const title = block.rich_text_title ? richText(block.rich_text_title, ctx.people) : textObject(block.title, ctx.people);
  const head = [
    block.icon && picture(block.icon, "container-icon"),
    el("span", { class: "container-title" }, title),
    block.subtitle && el("span", { class: "container-subtitle" }, textObject(block.subtitle, ctx.people)),
  ];
  const body = el("div", { class: "container-body" }, draw(block.child_blocks, ctx));
  if (!block.is_collapsible) {
    return el("div", { class: "container" }, el("div", { class: "container-head" }, head), body);
  }
  const summary = el("summary", { class: "container-head" }, icon("chevron", 14), head);
  return el("details", { class: "container", open: !block.default_collapsed }, summary, body);
}

/** A `card`. */
export function card(block, ctx) {
  return el(
    "div",
    { class: "card" },
    block.hero_image && picture(block.hero_image, "card-hero"),
    el(
      "div",
      { class: "card-head" },
      block.icon && picture(block.icon, "card-icon"),
      el(
        "div",
        {},
        block.title && el("div", { class: "card-title" }, textObject(block.title, ctx.people)),
        block.subtitle && el("div", { class: "card-subtitle" }, textObject(block.subtitle, ctx.people)),
      ),
    ),
    block.body && el("div", { class: "text" }, textObject(block.body, ctx.people)),
    block.actions && el("div", { class: "actions" }, block.actions.map((e) => PRESSED[e.type]?.(e, block, ctx))),
  );
}

/** A `carousel` of cards, side by side. */
export function carousel(block, ctx) {
  return el("div", { class: "carousel", tabindex: 0, role: "region", "aria-label": "Cards" }, block.elements.map((c) => card(c, ctx)));
}

const STATES = {
  pending: ["clock", "Pending"],
  in_progress: ["clock", "In progress"],
  complete: ["check", "Done"],
  error: ["alert", "Failed"],
};

/** A `task_card`: one step and how it goes. */
export function taskCard(block, ctx) {
  const [sign, label] = STATES[block.status] ?? STATES.pending;
  const mark = block.status === "in_progress" ? el("span", { class: "spinner" }) : icon(sign, 16);
  return el(
    "div",
    { class: `task task-${block.status}` },
    el("span", { class: "task-mark", role: "img", "aria-label": label }, mark),
    el(
      "div",
      { class: "task-main" },
      el("div", { class: "task-title" }, block.title),
      block.details && el("div", { class: "text task-details" }, richText(block.details, ctx.people)),
      block.output && el("div", { class: "text" }, richText(block.output, ctx.people)),
      block.sources?.map((source) => el("div", {}, link(source.url, source.text ?? source.url))),
    ),
  );
}

/** A `plan`: a titled list of tasks. */
export function plan(block, ctx) {
  const title = typeof block.title === "string" ? block.title : (block.title?.text ?? "");
  const summary = el("summary", { class: "container-head" }, icon("chevron", 14), el("span", { class: "container-title" }, title));
  return el(
    "details",
    { class: "container plan", open: true },
    summary,
    el("div", { class: "container-body" }, (block.tasks ?? []).map((task) => taskCard(task, ctx))),
  );
}

/** An `alert`, for modals. */
export function alert(block, ctx) {
  const level = block.level ?? "default";
  return el(
    "div",
    { class: `alert alert-${level}`, role: "note" },
    icon(level === "success" ? "check" : "alert", 16),
    el("div", { class: "text" }, textObject(block.text, ctx.people)),
  );
}
