// A list of messages with day dividers, which stays at its end while the reader is there.

import { day, moment } from "../text/format.js";
import { el, patch } from "../dom.js";
import { messageBody, messageNode } from "./message.js";

const TOGETHER_S = 300;
const NEAR_END_PX = 80;

function sameRun(before, message) {
  if (!before || before.user !== message.user || before.bot_id !== message.bot_id) return false;
  if (before.is_ephemeral || message.is_ephemeral || before.reply_count || message.subtype) return false;
  return Number.parseFloat(message.ts) - Number.parseFloat(before.ts) < TOGETHER_S;
}

function content(message) {
  return JSON.stringify([message.text, message.blocks, message.files, message.attachments, message.edited]);
}

function divider(kind, text) {
  return el("div", { class: kind, role: "separator" }, el("span", {}, text));
}

export class MessageList {
  #rows = new Map();
  #dividers = new Map();
  #key = "";
  #pinned = true;
  #top = 0;

  constructor(app, inThread) {
    this.app = app;
    this.inThread = inThread;
    this.inner = el("div", { class: "messages-inner" });
    const label = inThread ? "Thread" : "Messages";
    this.node = el("div", { class: "messages", role: "log", "aria-label": label, tabindex: 0 }, this.inner);
    this.node.addEventListener("scroll", () => this.#scrolled());
    // Pictures and previews arrive after the text: keep the end in view while it grows.
    const growth = new ResizeObserver(() => this.#follow());
    growth.observe(this.inner);
    growth.observe(this.node);
  }

  /** Only the reader scrolls up; being away from the end may also mean that the content grew. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) this.#pinned = true;
    else if (scrollTop < this.#top) this.#pinned = false;
    this.#top = scrollTop;
  }

  #follow() {
    if (this.#pinned) this.node.scrollTop = this.node.scrollHeight;
  }

  /** Go to the end, for one's own message. */
  toEnd() {
    this.#pinned = true;
    this.#follow();
  }

  /** The row of a message, anew only when it changed; its body only when what it says changed, so folds and pages survive. */
  #row(message, channel, compact) {
    const status = this.inThread ? "" : this.app.store.status(channel, message.ts);
    const known = this.#rows.get(message.ts);
    if (known?.message === message && known.compact === compact && known.status === status) return known.node;
    const text = content(message);
    const body = known?.text === text ? known.body : messageBody(message, channel, this.app);
    const node = messageNode(message, body, { channel, app: this.app, compact, inThread: this.inThread, status });
    this.#rows.set(message.ts, { message, compact, status, text, body, node });
    return node;
  }

  #divider(messages, index) {
    const [kind, text] = this.inThread ? this.#count(messages, index) : this.#day(messages, index);
    if (!text) return null;
    if (!this.#dividers.has(text)) this.#dividers.set(text, divider(kind, text));
    return this.#dividers.get(text);
  }

  #day(messages, index) {
    const label = day(moment(messages[index].ts));
    return ["day", index && label === day(moment(messages[index - 1].ts)) ? "" : label];
  }

  #count(messages, index) {
    const replies = messages.filter((message) => !message.is_ephemeral).length - 1;
    if (index !== 1 || !replies) return ["reply-count", ""];
    return ["reply-count", replies === 1 ? "1 reply" : `${replies} replies`];
  }

  /** Draw the messages of a channel or a thread; `intro` and `outro` stand before and after them. */
  render({ channel, thread, messages, intro = null, outro = null }) {
    const key = [channel, thread, this.app.store.me].join();
    if (key !== this.#key) {
      this.#key = key;
      this.#rows.clear();
      this.#pinned = true;
    }
    const rows = messages.map((message, index) => {
      const above = this.#divider(messages, index);
      return [above, this.#row(message, channel, !above && sameRun(messages[index - 1], message))];
    });
    patch(this.inner, intro, rows, outro);
    this.#follow();
  }
}
