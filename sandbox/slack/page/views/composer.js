// The field one writes in: it grows with the text, marks mentions, completes names and commands, sends on Enter.

import { Completion, proposals } from "./completion.js";
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "./menu.js";

const MAX_PX = 220;

function mentionPattern(store) {
  const names = [...store.users.values()].flatMap((user) => [user.real_name, user.name].filter(Boolean).map((name) => [name, user.id]));
  names.sort((a, b) => b[0].length - a[0].length);
  const escaped = names.map(([name]) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const ids = new Map(names.map(([name, id]) => [name.toLowerCase(), id]));
  return { at: new RegExp(`(?<![\\p{L}\\p{N}@])@(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu"), ids };
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Typed text as Slack sends it to apps: three characters escaped, "@Name" as "<@U…>". */
export function toSlack(text, store) {
  const { at, ids } = mentionPattern(store);
  let out = "";
  let place = 0;
  for (const match of text.matchAll(at)) {
    out += `${escape(text.slice(place, match.index))}<@${ids.get(match[1].toLowerCase())}>`;
    place = match.index + match[0].length;
  }
  return out + escape(text.slice(place));
}

/** The other way: what Slack sends, as it was typed. */
export function fromSlack(text, store) {
  const typed = text.replace(/<@(\w+)>/g, (mention, id) => (store.user(id) ? `@${store.user(id).real_name}` : mention));
  return typed.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export class Composer {
  #drafts = new Map();
  #place = "";

  /** `onSend(text)` gets the typed text, unescaped; `shortcuts()` gives what the menu of shortcuts offers. */
  constructor(store, { inThread, onSend, shortcuts = () => [] }) {
    this.store = store;
    this.inThread = inThread;
    this.onSend = onSend;
    this.shortcuts = shortcuts;
    this.field = el("textarea", { class: "composer-field", rows: 1, spellcheck: "true" });
    this.shadow = el("div", { class: "composer-shadow", "aria-hidden": "true" });
    this.completion = new Completion(this.field, (from, text) => this.#replace(from, text));
    this.send = this.#button("send", "Send", () => this.#submit());
    this.send.classList.add("composer-send");
    this.hint = el("span", { class: "composer-hint" });
    this.node = el("div", { class: "composer" }, this.completion.node, this.#box());
    this.#listen();
    this.#changed();
  }

  #box() {
    return el(
      "div",
      { class: "composer-box" },
      el("div", { class: "composer-text" }, this.shadow, this.field),
      el(
        "div",
        { class: "composer-bar" },
        this.#button("at", "Mention someone", () => this.#type("@")),
        this.inThread ? null : this.#button("slash", "Run a command", () => this.put("/")),
        this.inThread ? null : this.#button("plus", "Shortcuts", (event) => openMenu(event.currentTarget, this.shortcuts())),
        this.hint,
        this.send,
      ),
    );
  }

  #button(name, label, onclick) {
    return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick }, icon(name));
  }

  #listen() {
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("click", () => this.#propose());
    this.field.addEventListener("blur", () => this.completion.show(null));
    this.field.addEventListener("scroll", () => (this.shadow.scrollTop = this.field.scrollTop));
    this.field.addEventListener("keydown", (event) => {
      if (this.completion.key(event)) return;
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit();
      }
    });
  }

  /** Where this composer writes: keeps a draft for each place. */
  moveTo(place, placeholder) {
    if (place !== this.#place) {
      this.#drafts.set(this.#place, this.field.value);
      this.#place = place;
      this.field.value = this.#drafts.get(place) ?? "";
      this.#changed(false);
    }
    this.field.placeholder = placeholder;
    this.field.setAttribute("aria-label", placeholder);
  }

  /** Put a text into the field, ready to send. */
  put(text) {
    this.field.value = text;
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  #type(text) {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    const gap = start && !/\s/.test(value[start - 1]) ? " " : "";
    this.field.setRangeText(gap + text, start, end, "end");
    this.field.focus();
    this.#changed();
  }

  #replace(from, text) {
    this.field.setRangeText(text, from, this.field.selectionStart, "end");
    this.field.focus();
    this.#changed();
  }

  #submit() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.#changed();
    this.onSend(text);
  }

  #propose() {
    const { selectionStart, selectionEnd, value } = this.field;
    const still = selectionStart === selectionEnd;
    this.completion.show(still ? proposals(this.store, value.slice(0, selectionStart), this.inThread) : null);
  }

  #changed(propose = true) {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, MAX_PX)}px`;
    this.send.disabled = !field.value.trim();
    this.#paint();
    this.#help();
    if (propose && document.activeElement === field) this.#propose();
  }

  #paint() {
    const { at } = mentionPattern(this.store);
    const nodes = [];
    let place = 0;
    for (const match of this.field.value.matchAll(at)) {
      nodes.push(document.createTextNode(this.field.value.slice(place, match.index)), el("mark", {}, match[0]));
      place = match.index + match[0].length;
    }
    fill(this.shadow, nodes, document.createTextNode(`${this.field.value.slice(place)}\n`));
  }

  #help() {
    const name = /^(\/\S+)\s/.exec(this.field.value)?.[1];
    const command = this.store.commands.find((c) => c.command === name);
    const usage = command?.usage_hint ? `${command.command} ${command.usage_hint}` : "Enter sends, Shift + Enter starts a new line";
    fill(this.hint, document.createTextNode(usage));
  }
}
