// Things a newcomer can type, one click away from the composer.

import { el, fill } from "../dom.js";
import { icon } from "../icons.js";

const KEY = "sandbox.hints";

/** Which hints fit a place: mentions and commands in a channel, follow-ups in a thread, bare questions in a direct message. */
function fitting(store, channel, inThread) {
  const mention = `@${store.bot?.real_name}`.toLowerCase();
  const mentions = store.hints.filter((text) => text.toLowerCase().startsWith(mention));
  const followUps = store.hints.filter((text) => !/^[@/]/.test(text));
  if (inThread) return followUps;
  if (channel.is_im) return mentions.map((text) => text.slice(mention.length).trim());
  return store.hints.filter((text) => !followUps.includes(text));
}

export class Hints {
  #drawn = "";

  constructor(store, inThread, onPick) {
    this.store = store;
    this.inThread = inThread;
    this.onPick = onPick;
    this.node = el("div", { class: "hints", hidden: true });
  }

  #hide() {
    localStorage.setItem(KEY, "off");
    this.store.changed();
  }

  render(channel) {
    const texts = fitting(this.store, channel, this.inThread);
    this.node.hidden = !texts.length || localStorage.getItem(KEY) === "off";
    // Kept as it is while it says the same, so that it keeps its place when one scrolled it.
    if (this.#drawn === texts.join("\n")) return;
    this.#drawn = texts.join("\n");
    fill(
      this.node,
      el("span", { class: "hints-label" }, icon("bulb", 16), "Try"),
      el(
        "div",
        { class: "hints-list" },
        texts.map((text) => el("button", { type: "button", class: "hint-chip", onclick: () => this.onPick(text) }, text)),
      ),
      el("button", { type: "button", class: "icon-button", "aria-label": "Hide the hints", title: "Hide the hints", onclick: () => this.#hide() }, icon("close", 15)),
    );
  }
}
