// Blocks of code, with SQL coloured lightly.

import { el } from "../dom.js";

const WORDS =
  "select|from|where|group|by|order|having|limit|offset|join|left|right|inner|outer|full|cross|on|as|and|or|not|in|is|null|like|between|" +
  "case|when|then|else|end|with|union|all|distinct|asc|desc|over|partition|cast|interval|date|true|false|create|insert|using|exists|qualify|window|rows|nulls|first|last";
const SQL = new RegExp(`(--[^\\n]*|/\\*[\\s\\S]*?\\*/)|('(?:[^']|'')*')|\\b(\\d+(?:\\.\\d+)?)\\b|\\b(${WORDS})\\b|\\b(\\w+)(?=\\()`, "gi");
const KINDS = ["comment", "string", "number", "keyword", "call"];

function looksLikeSql(text) {
  return /^\s*(--[^\n]*\n\s*)*(select|with)\b/i.test(text) && /\bfrom\b/i.test(text);
}

function coloured(text) {
  const nodes = [];
  let place = 0;
  for (const match of text.matchAll(SQL)) {
    const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)];
    nodes.push(text.slice(place, match.index), el("span", { class: `sql-${kind}` }, match[0]));
    place = match.index + match[0].length;
  }
  return [...nodes, text.slice(place)];
}

/** A block of code; SQL is recognized by its name or its look. */
export function code(text, language = "") {
  const sql = /^sql$/i.test(language) || looksLikeSql(text);
  return el("pre", { tabindex: 0, role: "region", "aria-label": sql ? "SQL" : "Code" }, sql ? coloured(text) : text);
}
