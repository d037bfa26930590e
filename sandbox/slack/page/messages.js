// A list of messages with day dividers, which stays at its end while the reader is there.

import { day, moment } from "./format.js";
import { el, fill } from "./dom.js";
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

export class MessageList {
  #bodies = new Map();
  #key = "";
  #pinned = true;

  constructor(app, inThread) {
    this.app = app;
    this.inThread = inThread;
    this.inner = el("div", { class: "messages-inner" });
    const label = inThread ? "Thread" : "Messages";
    this.node = el("div", { class: "messages", role: "log", "aria-label": label, tabindex: 0 }, this.inner);
    this.node.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.node;
      this.#pinned = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    });
    // Pictures and previews arrive after the text: keep the end in view while it grows.
    new ResizeObserver(() => this.#follow()).observe(this.inner);
    new ResizeObserver(() => this.#follow()).observe(this.node);
  }

  #follow() {
    if (this.#pinned) this.node.scrollTop = this.node.scrollHeight;
  }

  /** Go to the end, for one's own message. */
  toEnd() {
    this.#pinned = true;
    this.#follow();
  }

  #body(message, channel) {
    const known = this.#bodies.get(message.ts);
    if (known?.message === message) return known.node;
    const text = content(message);
    const node = known?.text === text ? known.node : messageBody(message, channel, this.app);
    this.#bodies.set(message.ts, { message, text, node });
    return node;
  }

  #divider(messages, index) {
    if (this.inThread) return index === 1 ? this.#count(messages.length - 1) : null;
    const label = day(moment(messages[index].ts));
    if (index && label === day(moment(messages[index - 1].ts))) return null;
    return el("div", { class: "day", role: "separator" }, el("span", {}, label));
  }

  #count(replies) {
    return el("div", { class: "reply-count", role: "separator" }, el("span", {}, replies === 1 ? "1 reply" : `${replies} replies`));
  }

  /** Draw the messages of a channel or a thread; `intro` and `outro` stand before and after them. */
  render({ channel, thread, messages, intro = null, outro = null }) {
    const key = [channel, thread, this.app.store.me].join();
    if (key !== this.#key) {
      this.#key = key;
      this.#bodies.clear();
      this.#pinned = true;
    }
    const nodes = messages.flatMap((message, index) => {
      const divider = this.#divider(messages, index);
      const compact = !divider && sameRun(messages[index - 1], message);
      const look = { channel, app: this.app, compact, inThread: this.inThread, root: !message.is_ephemeral };
      return [divider, messageNode(message, this.#body(message, channel), look)];
    });
    const focused = this.inner.contains(document.activeElement) ? document.activeElement : null;
    fill(this.inner, intro, nodes, outro);
    // Moving a node in the document takes the focus away from what is inside it.
    if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
    this.#follow();
  }
}
