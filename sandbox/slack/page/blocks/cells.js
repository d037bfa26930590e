// Cells that `table` and `data_table` share: raw_text, raw_number, rich_text, action_cell.

import { el } from "../dom.js";
import { richText, richTextWords } from "../text/richtext.js";

/** What a cell says, as text. */
export function cellWords(cell) {
  if (!cell) return "";
  if (cell.type === "rich_text") return richTextWords(cell);
  if (cell.type === "action_cell") return cellWords(cell.fallback);
  return cell.text ?? String(cell.value ?? "");
}

/** A cell's content as nodes; `button` draws the element of an action cell. */
export function cellNodes(cell, people, button) {
  if (cell?.type === "rich_text") return richText(cell, people);
  if (cell?.type === "action_cell") return cell.element && button ? [button(cell.element)] : [cellWords(cell)];
  return [document.createTextNode(cellWords(cell))];
}

/** Whether a column holds numbers and nothing else that has a value. */
export function isNumeric(rows, column) {
  const cells = rows.map((row) => row[column]).filter((cell) => cellWords(cell).trim().replace(/^[-–—]$/, ""));
  return cells.length > 0 && cells.every((cell) => cell.type === "raw_number");
}

/** A frame that scrolls sideways by itself, so that a wide table never widens the page. */
export function scrollFrame(table, label) {
  return el("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": label }, table);
}
