// What the composer proposes while one types: people after `@`, commands after a leading `/`.

import { avatar } from "./avatar.js";
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";

function userRow(user) {
  return [avatar(user, 22), el("strong", {}, user.real_name || user.name), user.is_bot ? el("span", { class: "badge" }, "APP") : el("span", { class: "menu-hint" }, user.name)];
}

function commandRow(command) {
  return [
    el("span", { class: "command-mark" }, icon("slash", 14)),
    el("strong", {}, command.command),
    command.usage_hint && el("span", { class: "menu-hint" }, command.usage_hint),
    el("span", { class: "command-words" }, command.description),
  ];
}

function people(store, typed) {
  const wanted = typed.toLowerCase();
  const names = (user) => [user.name, user.real_name, ...(user.real_name ?? "").split(" ")].filter(Boolean);
  return [...store.users.values()]
    .filter((user) => names(user).some((name) => name.toLowerCase().startsWith(wanted)))
    .sort((a, b) => Number(b.is_bot) - Number(a.is_bot))
    .slice(0, 8);
}

/** What fits the text before the cursor: {from, items: [{row, insert}], whole: nothing is missing}, or null. */
export function proposals(store, before, inThread) {
  const slash = /^\/(\S*)$/.exec(before);
  if (slash && !inThread) {
    const fit = store.commands.filter((c) => c.command.startsWith(before));
    if (!fit.length) return null;
    return { from: 0, items: fit.map((c) => ({ row: commandRow(c), insert: `${c.command} ` })), whole: fit[0].command === before };
  }
  const at = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!at) return null;
  const fit = people(store, at[1]);
  const from = before.length - at[1].length - 1;
  if (!fit.length) return null;
  return { from, items: fit.map((user) => ({ row: userRow(user), insert: `@${user.real_name || user.name} ` })), whole: false };
}

/** The list above a text field; the field keeps the focus. */
export class Completion {
  #open = null;
  #at = 0;

  constructor(field, onPick) {
    this.field = field;
    this.onPick = onPick;
    const id = `completion-${crypto.randomUUID()}`;
    this.node = el("div", { class: "completion", id, role: "listbox", "aria-label": "Suggestions", hidden: true });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" })) {
      field.setAttribute(name, value);
    }
  }

  show(found) {
    this.#open = found;
    this.#at = 0;
    this.#draw();
  }

  #draw() {
    const open = this.#open;
    this.node.hidden = !open;
    this.field.setAttribute("aria-expanded", String(Boolean(open)));
    if (!open) return this.field.removeAttribute("aria-activedescendant");
    fill(
      this.node,
      open.items.map((item, index) =>
        el(
          "div",
          {
            class: "completion-item", role: "option", id: `${this.node.id}-${index}`, "aria-selected": String(index === this.#at),
            onmousedown: (event) => {
              event.preventDefault();
              this.#pick(index);
            },
          },
          item.row,
        ),
      ),
    );
    return this.field.setAttribute("aria-activedescendant", `${this.node.id}-${this.#at}`);
  }

  #pick(index) {
    const { from, items } = this.#open;
    this.show(null);
    this.onPick(from, items[index].insert);
  }

  /** Handle a key of the field; true when the list used it. */
  key(event) {
    if (!this.#open || event.isComposing) return false;
    // A command that is typed in full is sent by Enter, like any other text.
    if (event.key === "Enter" && this.#open.whole && this.#at === 0) return false;
    const { length } = this.#open.items;
    if (event.key === "ArrowDown") this.#at = (this.#at + 1) % length;
    else if (event.key === "ArrowUp") this.#at = (this.#at - 1 + length) % length;
    else if (event.key === "Enter" || event.key === "Tab") this.#pick(this.#at);
    else if (event.key === "Escape") this.show(null);
    else return false;
    event.preventDefault();
    this.#draw();
    return true;
  }
}
