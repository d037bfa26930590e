// Modals: the topmost view of the stack, its inputs, and what comes back when it is submitted.
// https://docs.slack.dev/surfaces/modals

import { blocks } from "../blocks/blocks.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { post } from "../api.js";
import { textObject } from "../text/mrkdwn.js";
import { toast } from "./dialogs.js";

/** What blocks of a view need, and a reader of the view's `state.values`. */
export function viewContext(app, view) {
  const readers = [];
  const values = () => {
    const all = {};
    for (const [block, action, state] of readers) (all[block] ??= {})[action] = state();
    return all;
  };
  const ctx = {
    people: app.store,
    act: (block, element, state) =>
      app.act({ view_id: view.id, block_id: block.block_id, action_id: element.action_id, type: element.type, ...state, values: values() }),
    keep: (block, element, state) => readers.push([block.block_id, element.action_id, state]),
  };
  return { ctx, values };
}

const INITIAL = {
  value: "initial_value", selected_option: "initial_option", selected_options: "initial_options",
  selected_user: "initial_user", selected_channel: "initial_channel", selected_conversation: "initial_conversation",
};

function refilled(element, state) {
  const [name, value] = Object.entries(state ?? {}).find(([key]) => INITIAL[key]) ?? [];
  if (!name) return element;
  const { [INITIAL[name]]: _, ...bare } = element;
  return value === null || value.length === 0 ? bare : { ...bare, [INITIAL[name]]: value };
}

/** Blocks with what was typed into a view before its update: Slack keeps it where block id and action id stay. */
function withTyped(list, typed) {
  const fill = (block, element) => refilled(element, typed[block.block_id]?.[element.action_id]);
  return list.map((block) => ({
    ...block,
    ...(block.element ? { element: fill(block, block.element) } : {}),
    ...(block.type === "actions" ? { elements: block.elements.map((element) => fill(block, element)) } : {}),
  }));
}

export class Modal {
  #shown = null;
  #dialog = null;
  #values = () => ({});

  constructor(app) {
    this.app = app;
  }

  #head(view) {
    const close = el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => this.#close(view) }, icon("close"));
    return el("header", { class: "modal-head" }, el("h2", { class: "dialog-title" }, textObject(view.title, this.app.store)), close);
  }

  #foot(view) {
    const { store } = this.app;
    const back = store.views.length > 1 ? "Back" : "Close";
    return el(
      "footer",
      { class: "dialog-buttons" },
      el("button", { type: "button", class: "button button-plain", onclick: () => this.#close(view) }, view.close ? textObject(view.close, store) : back),
      view.submit && el("button", { type: "submit", class: "button button-primary" }, textObject(view.submit, store)),
    );
  }

  async #close(view) {
    this.app.store.closeView(view.id);
    await post(`/sandbox/views/${encodeURIComponent(view.id)}/close`, { user: this.app.store.me });
  }

  #missing(view, values) {
    const empty = (state) => Object.entries(state).every(([key, value]) => key === "type" || value === null || value.length === 0);
    const required = view.blocks.filter((block) => block.type === "input" && !block.optional);
    const errors = required.filter((block) => empty(values[block.block_id]?.[block.element.action_id] ?? {}));
    return Object.fromEntries(errors.map((block) => [block.block_id, "Please complete this required field."]));
  }

  #mark(errors) {
    for (const node of this.#dialog.querySelectorAll("[data-block='input']")) {
      const text = errors[node.dataset.blockId] ?? "";
      node.querySelector(".input-error").textContent = text;
      node.classList.toggle("has-error", Boolean(text));
    }
    this.#dialog.querySelector(".has-error :is(input, textarea, select)")?.focus();
  }

  async #submit(view, values) {
    const missing = this.#missing(view, values);
    this.#mark(missing);
    if (Object.keys(missing).length) return;
    const answer = await post(`/sandbox/views/${encodeURIComponent(view.id)}/submit`, { user: this.app.store.me, values });
    if (answer.errors && Object.keys(answer.errors).length) this.#mark(answer.errors);
    else if (!answer.ok) toast(`The app did not accept this (${answer.error ?? "unknown error"}).`);
    // An update or a push by the app replaces the view meanwhile; when nothing did, it is done.
    else if (this.#shown === view) this.app.store.closeView(view.id);
  }

  #draw(view, typed) {
    const { ctx, values } = viewContext(this.app, view);
    this.#values = values;
    const form = el(
      "form",
      {
        class: "modal-form", novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          this.#submit(view, values());
        },
      },
      this.#head(view),
      el("div", { class: "modal-body" }, blocks(withTyped(view.blocks, typed), ctx)),
      this.#foot(view),
    );
    const dialog = el("dialog", { class: "dialog modal", "aria-label": view.title?.text ?? "Dialog", "data-view": view.id }, form);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#close(view);
    });
    return dialog;
  }

  render() {
    const top = this.app.store.views.at(-1) ?? null;
    if (top === this.#shown) return;
    const typed = top && top.id === this.#shown?.id ? this.#values() : {};
    this.#dialog?.remove();
    this.#shown = top;
    this.#dialog = top && this.#draw(top, typed);
    if (!top) return;
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    const first = this.#dialog.querySelector("[data-focus]") ?? this.#dialog.querySelector(".modal-body :is(input, textarea, select)");
    first?.focus();
  }
}
