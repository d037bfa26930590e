// The `table` and `data_table` blocks.
// https://docs.slack.dev/reference/block-kit/blocks/table-block and .../data-table-block

import { cellNodes, cellWords, isNumeric, scrollFrame } from "./cells.js";
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { button } from "./buttons.js";

const PAGE_SIZE = 5;

/** A `table` block; its first row is the header. */
export function table(block, ctx) {
  const [head, ...body] = block.rows ?? [];
  const look = (column) => {
    const setting = block.column_settings?.[column];
    const align = setting?.align ?? (isNumeric(body, column) ? "right" : "left");
    return `align-${align}${setting?.is_wrapped ? " wrapped" : ""}`;
  };
  const row = (cells, tag) =>
    el("tr", {}, cells.map((cell, i) => {
      const scope = tag === "th" ? { scope: "col" } : {};
      return el(tag, { class: look(i), ...scope }, cellNodes(cell, ctx.people));
    }));
  const node = el(
    "table",
    { class: "table" },
    head && el("thead", {}, row(head, "th")),
    el("tbody", {}, body.map((cells) => row(cells, "td"))),
  );
  return scrollFrame(node, "Table");
}

function compare(a, b) {
  if (a?.type === "raw_number" && b?.type === "raw_number") return Number(a.value) - Number(b.value);
  if (a?.type === "raw_number" || b?.type === "raw_number") return a?.type === "raw_number" ? -1 : 1;
  return cellWords(a).localeCompare(cellWords(b), undefined, { numeric: true, sensitivity: "base" });
}

/** A `data_table` block: sorted by a click on a column's name, shown page by page. */
class DataTable {
  constructor(block, ctx) {
    [this.head, ...this.rows] = block.rows ?? [[]];
    this.block = block;
    this.ctx = ctx;
    this.size = block.page_size ?? PAGE_SIZE;
    this.rowHeader = block.row_header_column_index ?? 0;
    this.numeric = this.head.map((_, column) => isNumeric(this.rows, column));
    this.page = 0;
    this.sort = { column: -1, down: false };
    this.node = el("div", { class: "data-table" });
    this.draw();
  }

  sorted() {
    const { column, down } = this.sort;
    if (column < 0) return this.rows;
    const sign = down ? -1 : 1;
    return [...this.rows].sort((a, b) => sign * compare(a[column], b[column]));
  }

  sortBy(column) {
    const same = this.sort.column === column;
    if (same && this.sort.down) this.sort = { column: -1, down: false };
    else this.sort = { column, down: same };
    this.page = 0;
    this.draw(`[data-column="${column}"]`);
  }

  turn(by, which) {
    this.page += by;
    this.draw(`[data-turn="${which}"]`);
  }

  header(cell, column) {
    const on = this.sort.column === column;
    const order = on ? (this.sort.down ? "descending" : "ascending") : "none";
    const mark = on ? (this.sort.down ? "sort_down" : "sort_up") : "sort";
    return el(
      "th",
      { scope: "col", class: this.align(column), "aria-sort": order },
      el(
        "button",
        { type: "button", class: `sort${on ? " sort-on" : ""}`, "data-column": column, onclick: () => this.sortBy(column) },
        el("span", {}, cellWords(cell)),
        icon(mark, 14),
      ),
    );
  }

  align(column) {
    return this.numeric[column] ? "align-right" : "align-left";
  }

  row(cells) {
    const draw = (element) => button(element, this.block, this.ctx);
    return el("tr", {}, cells.map((cell, column) => {
      const isHead = column === this.rowHeader;
      const props = { class: this.align(column), ...(isHead ? { scope: "row" } : {}) };
      return el(isHead ? "th" : "td", props, cellNodes(cell, this.ctx.people, draw));
    }));
  }

  pager() {
    const last = Math.ceil(this.rows.length / this.size) - 1;
    if (last < 1) return null;
    const from = this.page * this.size;
    const turn = (by, which, label) =>
      el("button", {
        type: "button", class: `turn turn-${which}`, "data-turn": which, "aria-label": label, title: label,
        disabled: by < 0 ? this.page === 0 : this.page === last,
        onclick: () => this.turn(by, which),
      }, icon("chevron", 16));
    return el(
      "div",
      { class: "pager" },
      el("span", { "aria-live": "polite" }, `${from + 1}–${Math.min(from + this.size, this.rows.length)} of ${this.rows.length}`),
      turn(-1, "back", "Previous page"),
      turn(1, "next", "Next page"),
    );
  }

  draw(focus) {
    const shown = this.sorted().slice(this.page * this.size, (this.page + 1) * this.size);
    const node = el(
      "table",
      { class: "table" },
      el("caption", { class: "hidden" }, this.block.caption),
      el("thead", {}, el("tr", {}, this.head.map((cell, column) => this.header(cell, column)))),
      el("tbody", {}, shown.map((cells) => this.row(cells))),
    );
    const title = this.block.caption && el("div", { class: "data-caption", "aria-hidden": "true" }, icon("table", 16), this.block.caption);
    fill(this.node, title, scrollFrame(node, this.block.caption ?? "Table"), this.pager());
    if (focus) this.node.querySelector(focus)?.focus();
  }
}

/** A `data_table` block as a node. */
export function dataTable(block, ctx) {
  return new DataTable(block, ctx).node;
}
