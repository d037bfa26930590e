// Dialogs of the page: confirmation, a picture in full size, and short notes at the bottom.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { textObject } from "../text/mrkdwn.js";

/** Show a dialog until it closes; resolves to its return value. A click beside it closes it. */
export function show(dialog) {
  return new Promise((resolve) => {
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(""));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Ask what a Block Kit confirm object asks; true at once when there is none. */
export async function confirmed(confirm, people) {
  if (!confirm) return true;
  const answer = (value, text, style) =>
    el("button", { value, class: `button button-${style}` }, textObject(text, people));
  const dialog = el(
    "dialog",
    { class: "dialog dialog-confirm", "aria-label": confirm.title?.text ?? "Please confirm" },
    el(
      "form",
      { method: "dialog" },
      el("h2", { class: "dialog-title" }, textObject(confirm.title, people)),
      el("div", { class: "text" }, textObject(confirm.text, people)),
      el(
        "div",
        { class: "dialog-buttons" },
        answer("no", confirm.deny ?? "Cancel", "plain"),
        answer("yes", confirm.confirm ?? "OK", confirm.style === "danger" ? "danger" : "primary"),
      ),
    ),
  );
  return (await show(dialog)) === "yes";
}

/** A picture as large as the window allows. */
export function zoom(src, alt) {
  const dialog = el("dialog", { class: "dialog-zoom", "aria-label": alt || "Picture" });
  dialog.append(
    el("button", { type: "button", class: "icon-button zoom-close", "aria-label": "Close", onclick: () => dialog.close() }, icon("close", 22)),
    el("img", { src, alt, onclick: () => dialog.close() }),
    alt ? el("p", { class: "zoom-alt" }, alt) : "",
  );
  return show(dialog);
}

/** A short note at the bottom that goes away. */
export function toast(text) {
  const node = el("div", { class: "toast", role: "alert" }, icon("alert", 16), text);
  document.body.append(node);
  setTimeout(() => node.remove(), 6000);
}
