// Pictures and files: image elements, and what is attached to a message.

import { el, fill, safeUrl } from "../dom.js";
import { fileUrl } from "../api.js";
import { icon } from "../icons.js";
import { scrollFrame } from "./cells.js";
import { size } from "../text/format.js";
import { zoom } from "../views/dialogs.js";

const PREVIEW_ROWS = 5;

function source(element) {
  if (element.slack_file?.id) return fileUrl(element.slack_file.id, "image.png");
  return safeUrl(element.slack_file?.url ?? element.image_url ?? "");
}

/** The picture of an image block or element; with `large` a click shows it in full size. */
export function picture(element, kind, large = false) {
  const src = source(element);
  const alt = element.alt_text ?? "";
  if (!src) return el("div", { class: "unsupported" }, alt || "picture without an address");
  const img = el("img", { class: kind, src, alt, loading: "lazy" });
  img.addEventListener("error", () => img.replaceWith(el("div", { class: "unsupported" }, `picture not available: ${alt}`)));
  if (!large) return img;
  return el("button", { type: "button", class: "zoomable", title: "Show larger", onclick: () => zoom(src, alt) }, img);
}

/** Comma separated values as rows: quotes, doubled quotes and line breaks inside quotes. */
export function csvRows(text, limit) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    rows.at(-1).push(cell);
    cell = "";
  };
  for (let i = 0; i < text.length && rows.length <= limit; i += 1) {
    const sign = text[i];
    if (quoted && sign === '"' && text[i + 1] === '"') cell += text[++i];
    else if (sign === '"') quoted = !quoted;
    else if (quoted) cell += sign;
    else if (sign === ",") endCell();
    else if (sign === "\n") {
      endCell();
      rows.push([]);
    } else if (sign !== "\r" && sign !== "\ufeff") cell += sign;
  }
  if (rows.length <= limit && (cell || rows.at(-1).length)) endCell();
  return rows.slice(0, limit).filter((row) => row.length);
}

async function preview(node, url) {
  const response = await fetch(url);
  if (!response.ok) return fill(node, el("p", { class: "hint" }, "The file is not available."));
  const [head = [], ...body] = csvRows(await response.text(), PREVIEW_ROWS + 1);
  const row = (cells, tag) => el("tr", {}, cells.map((cell) => el(tag, {}, cell)));
  const table = el("table", { class: "table" }, el("thead", {}, row(head, "th")), el("tbody", {}, body.map((r) => row(r, "td"))));
  return fill(node, scrollFrame(table, "First rows of the file"));
}

function fileCard(file, url) {
  const isCsv = file.filetype === "csv" || file.mimetype === "text/csv";
  const kind = isCsv ? "CSV" : (file.pretty_type ?? file.filetype ?? "File").toUpperCase();
  const card = el(
    "div",
    { class: "file-card" },
    el("span", { class: `file-icon file-icon-${isCsv ? "table" : "other"}` }, icon(isCsv ? "table" : "file", 20)),
    el(
      "div",
      { class: "file-words" },
      el("div", { class: "file-title" }, file.title || file.name),
      el("div", { class: "file-meta" }, [kind, size(file.size)].filter(Boolean).join(" · ")),
    ),
    el("a", { class: "icon-button", href: url, download: file.name, "aria-label": `Download ${file.name}`, title: "Download" }, icon("down_arrow")),
  );
  if (!isCsv) return card;
  const body = el("div", {});
  const fold = el("details", { class: "file-preview" }, el("summary", {}, icon("chevron", 14), "Preview"), body);
  fold.addEventListener("toggle", () => fold.open && !body.hasChildNodes() && preview(body, url));
  return el("div", { class: "file" }, card, fold);
}

/** A file of a message: a picture, or a card with a download. */
export function file(item) {
  const name = item.name ?? "file";
  const url = fileUrl(item.id, name);
  if (!(item.mimetype ?? "").startsWith("image/")) return fileCard({ ...item, name }, url);
  const shown = { slack_file: { id: item.id }, alt_text: item.alt_txt ?? item.title ?? name };
  return el("figure", { class: "image" }, el("figcaption", {}, item.title || name), picture(shown, "image-main", true));
}
