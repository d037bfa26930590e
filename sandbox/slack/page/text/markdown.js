// The `markdown` block: real Markdown. https://docs.slack.dev/reference/block-kit/blocks/markdown-block

import { el, link } from "../dom.js";
import { code } from "./code.js";
import { inline, sharedRules } from "./inline.js";

const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", "#x27": "'", nbsp: "\u00a0" };

function plain(text) {
  return text.replace(/&(lt|gt|amp|quot|#39|#x27|nbsp);/g, (_, name) => ENTITIES[name]);
}

function wrap(first, at, tag, people) {
  return { first, at, make: (m) => el(tag, {}, spans(m[1], people)) };
}

function rules(people) {
  return [
    { first: "\\", at: /\\([!-/:-@[-`{-~])/y, make: (m) => document.createTextNode(m[1]) },
    { first: "`", at: /(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y, make: (m) => el("code", {}, m[2]) },
    { first: "!", at: /!\[([^\]\n]*)\]\(([^()\s]+)[^)\n]*\)/y, make: (m) => link(m[2], plain(m[1]) || m[2]) },
    { first: "[", at: /\[([^\]\n]+)\]\(([^()\s]+)[^)\n]*\)/y, make: (m) => link(plain(m[2]), spans(m[1], people)) },
    ...sharedRules(people),
    wrap("*", /\*\*(?=\S)([\s\S]*?\S)\*\*(?!\*)/y, "strong", people),
    wrap("_", /(?<!\w)__(?=\S)([\s\S]*?\S)__(?!\w)/y, "strong", people),
    wrap("~", /~~(?=\S)([\s\S]*?\S)~~/y, "s", people),
    wrap("*", /\*(?=[^\s*])([^*\n]*[^\s*])\*/y, "em", people),
    wrap("_", /(?<!\w)_(?=[^\s_])([^\n]*?[^\s_])_(?!\w)/y, "em", people),
  ];
}

function spans(text, people) {
  return inline(text, rules(people), plain);
}

function cells(line) {
  const bare = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

const RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

function tableAt(lines, start, people) {
  const align = cells(lines[start + 1]).map((c) => (c.endsWith(":") ? (c.startsWith(":") ? "center" : "right") : "left"));
  let end = start + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (line, tag) =>
    el("tr", {}, cells(line).map((c, i) => el(tag, { class: `align-${align[i] ?? "left"}` }, spans(c, people))));
  const table = el(
    "table",
    { class: "table" },
    el("thead", {}, row(lines[start], "th")),
    el("tbody", {}, lines.slice(start + 2, end).map((line) => row(line, "td"))),
  );
  return [el("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Table" }, table), end];
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

function listAt(lines, start, people) {
  const base = ITEM.exec(lines[start]);
  const ordered = /\d/.test(base[2]);
  const list = el(ordered ? "ol" : "ul", ordered ? { start: Number.parseInt(base[2], 10) } : {});
  let place = start;
  while (place < lines.length) {
    const item = ITEM.exec(lines[place]);
    if (!item) break;
    if (item[1].length > base[1].length + 1 && list.lastElementChild) {
      const [nested, next] = listAt(lines, place, people);
      list.lastElementChild.append(nested);
      place = next;
    } else if (item[1].length + 1 < base[1].length || /\d/.test(item[2]) !== ordered) {
      break;
    } else {
      const box = item[3] && el("input", { type: "checkbox", disabled: true, checked: item[3] !== " " });
      list.append(el("li", {}, box, spans(item[4], people)));
      place += 1;
    }
  }
  return [list, place];
}

function fenceAt(lines, start) {
  const [, fence, language] = /^\s*(`{3,}|~{3,})\s*(\w*)/.exec(lines[start]);
  let end = start + 1;
  while (end < lines.length && !lines[end].trim().startsWith(fence)) end += 1;
  return [code(lines.slice(start + 1, end).join("\n"), language), end + 1];
}

function quoteAt(lines, start, people) {
  let end = start;
  while (end < lines.length && /^\s*>/.test(lines[end])) end += 1;
  const inner = lines.slice(start, end).map((line) => line.replace(/^\s*>\s?/, ""));
  return [el("blockquote", {}, markdown(inner.join("\n"), people)), end];
}

function blockAt(lines, place, people) {
  const line = lines[place];
  if (/^\s*(`{3,}|~{3,})/.test(line)) return fenceAt(lines, place);
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return [el(`h${Math.min(heading[1].length + 2, 6)}`, { class: `md-h${heading[1].length}` }, spans(heading[2], people)), place + 1];
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return [el("hr", {}), place + 1];
  if (/^\s*>/.test(line)) return quoteAt(lines, place, people);
  if (ITEM.test(line)) return listAt(lines, place, people);
  if (line.includes("|") && RULE.test(lines[place + 1] ?? "")) return tableAt(lines, place, people);
  return null;
}

/** Markdown text as nodes. */
export function markdown(text, people) {
  const lines = (text ?? "").replace(/\r\n?/g, "\n").split("\n");
  const nodes = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) nodes.push(el("p", {}, spans(paragraph.join("\n"), people)));
    paragraph = [];
  };
  for (let place = 0; place < lines.length; ) {
    const block = blockAt(lines, place, people);
    if (block) {
      flush();
      nodes.push(block[0]);
      place = block[1];
    } else {
      if (lines[place].trim()) paragraph.push(lines[place]);
      else flush();
      place += 1;
    }
  }
  flush();
  return nodes;
}
