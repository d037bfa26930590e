// Block Kit to nodes. One function per block; an unknown block shows a note instead of nothing.
// https://docs.slack.dev/reference/block-kit/blocks
//
// `ctx` is {people, act(block, element, state), keep?(block, element, state)}: `act` tells the app about a click or a
// choice, `keep` (in views) remembers where to read a value when the view is submitted.

import { alert, card, carousel, container, plan, taskCard } from "./cards.js";
import { button, feedback, iconButton, overflow } from "./buttons.js";
import { chart } from "./chart.js";
import { dataTable, table } from "./tables.js";
import { el } from "../dom.js";
import { input } from "./inputs.js";
import { markdown } from "../text/markdown.js";
import { picture } from "./files.js";
import { richText } from "../text/richtext.js";
import { textObject } from "../text/mrkdwn.js";

function unsupported(type) {
  return el("div", { class: "unsupported" }, `unsupported block: ${type}`);
}

function valued(element, block, ctx) {
  const made = input(element, ctx.people);
  if (!made) return unsupported(element.type);
  ctx.keep?.(block, element, made.state);
  if (block.type !== "input" || block.dispatch_action) {
    made.node.addEventListener("change", () => ctx.act(block, element, made.state()));
  }
  return made.node;
}

const PRESSED = { button, overflow, feedback_buttons: feedback, icon_button: iconButton };

/** An element of an actions block, an accessory or an input. */
function interactive(element, block, ctx) {
  if (element.type === "image") return picture(element, "accessory-image");
  return PRESSED[element.type]?.(element, block, ctx) ?? (PRESSED[element.type] ? null : valued(element, block, ctx));
}

function section(block, ctx) {
  return el(
    "div",
    { class: "section" },
    el(
      "div",
      { class: "section-main" },
      block.text && el("div", { class: "text" }, textObject(block.text, ctx.people)),
      block.fields && el("div", { class: "fields" }, block.fields.map((f) => el("div", { class: "text" }, textObject(f, ctx.people)))),
    ),
    block.accessory && el("div", { class: "accessory" }, interactive(block.accessory, block, ctx)),
  );
}

function context(block, ctx) {
  return el(
    "div",
    { class: "context" },
    block.elements.map((element) =>
      element.type === "image" ? picture(element, "context-image") : el("div", { class: "text" }, textObject(element, ctx.people)),
    ),
  );
}

function actions(block, ctx) {
  return el("div", { class: "actions" }, block.elements.map((element) => interactive(element, block, ctx)));
}

function image(block, ctx) {
  return el(
    "figure",
    { class: "image" },
    block.title && el("figcaption", {}, textObject(block.title, ctx.people)),
    picture(block, "image-main", true),
  );
}

function inputBlock(block, ctx) {
  const control = valued(block.element, block, ctx);
  const label = el("span", { class: "label" }, textObject(block.label, ctx.people), block.optional && el("span", { class: "optional" }, " (optional)"));
  const many = control.matches("div");
  if (many) control.setAttribute("aria-label", block.label?.text ?? "");
  else control.removeAttribute("aria-label");
  return el(
    many ? "div" : "label",
    { class: "input-block" },
    label,
    control,
    block.hint && el("span", { class: "hint" }, textObject(block.hint, ctx.people)),
    el("span", { class: "input-error", role: "alert" }),
  );
}

const BLOCKS = {
  section,
  context,
  actions,
  image,
  container: (block, ctx) => container(block, ctx, blocks),
  input: inputBlock,
  header: (block, ctx) => el("h3", { class: "header" }, textObject(block.text, ctx.people)),
  divider: () => el("hr", { class: "divider" }),
  context_actions: (block, ctx) => el("div", { class: "context-actions" }, block.elements.map((e) => interactive(e, block, ctx))),
  markdown: (block, ctx) => el("div", { class: "text markdown" }, markdown(block.text, ctx.people)),
  rich_text: (block, ctx) => el("div", { class: "text rich-text" }, richText(block, ctx.people)),
  table,
  data_table: dataTable,
  data_visualization: chart,
  card,
  carousel,
  plan,
  task_card: taskCard,
  alert,
};

/** Blocks as nodes, each marked with its type and id. */
export function blocks(list, ctx) {
  return (list ?? []).map((block) => {
    const draw = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : () => unsupported(block.type);
    const node = el("div", { class: "block", "data-block": block.type, "data-block-id": block.block_id });
    try {
      node.append(draw(block, ctx));
    } catch {
      // A block that Slack would have refused must not take the message with it.
      node.append(unsupported(`${block.type} (malformed)`));
    }
    return node;
  });
}
