// The `rich_text` block. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

import { el, link } from "../dom.js";
import { code } from "./code.js";
import { dateTokens } from "./format.js";
import { emoji } from "./emoji.js";
import { broadcastPill, channelPill, userPill } from "./inline.js";

const TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", highlight: "mark", code: "code" };

function dress(nodes, style = {}) {
  return Object.keys(TAGS)
    .filter((name) => style[name])
    .reduce((inner, name) => [el(TAGS[name], {}, inner)], nodes);
}

function part(element, people) {
  switch (element.type) {
    case "text":
      return dress([document.createTextNode(element.text)], element.style);
    case "link":
      return dress([link(element.url, element.text || element.url)], element.style);
    case "emoji":
      return [emoji(element.name)];
    case "user":
      return dress([userPill(element.user_id, people)], element.style);
    case "channel":
      return dress([channelPill(element.channel_id, people)], element.style);
    case "usergroup":
      return [el("span", { class: "pill" }, "@group")];
    case "broadcast":
      return [broadcastPill(element.range)];
    case "date":
      return [el("time", {}, dateTokens(element.format ?? "{date}", element.timestamp, element.fallback))];
    case "color":
      return [el("span", { class: "swatch", style: { "--swatch": element.value } }), document.createTextNode(element.value)];
    default:
      return [document.createTextNode(element.text ?? "")];
  }
}

function parts(elements, people) {
  return (elements ?? []).flatMap((element) => part(element, people));
}

function list(element, people) {
  const ordered = element.style === "ordered";
  const props = { class: `rt-list rt-indent-${Math.min(element.indent ?? 0, 6)}` };
  if (ordered && element.offset) props.start = element.offset + 1;
  return el(ordered ? "ol" : "ul", props, element.elements.map((item) => el("li", {}, parts(item.elements, people))));
}

function section(element, people) {
  switch (element.type) {
    case "rich_text_list":
      return list(element, people);
    case "rich_text_quote":
      return el("blockquote", {}, parts(element.elements, people));
    case "rich_text_preformatted":
      return code(element.elements.map((piece) => piece.text ?? piece.url ?? "").join(""), element.language);
    default:
      return el("div", { class: "rt-section" }, parts(element.elements, people));
  }
}

/** A rich_text block as nodes. */
export function richText(block, people) {
  return (block?.elements ?? []).map((element) => section(element, people));
}

/** The bare words of a rich_text block, for sorting and labels. */
export function richTextWords(block) {
  const words = (node) => (node.elements ? node.elements.map(words).join("") : (node.text ?? node.name ?? ""));
  return words(block ?? {});
}
