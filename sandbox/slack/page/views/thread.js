// The panel at the right: a message and its replies.

import { Composer } from "./composer.js";
import { Hints } from "./hints.js";
import { MessageList } from "./messages.js";
import { el, fill, isDrawn } from "../dom.js";
import { icon } from "../icons.js";
import { statusLine } from "./message.js";

export class ThreadPanel {
  #said = "";
  #line = null;

  constructor(app) {
    this.app = app;
    this.head = el("header", { class: "channel-head thread-head" });
    this.list = new MessageList(app, true);
    this.composer = new Composer(app.store, { inThread: true, onSend: (text) => this.#send(text) });
    this.hints = new Hints(app.store, true, (text) => this.composer.put(text));
    this.node = el("aside", { class: "thread", "aria-label": "Thread", hidden: true }, this.head, this.list.node, this.hints.node, this.composer.node);
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("[popover]:popover-open")) app.closeThread();
    });
  }

  #stop() {
    const { channel, thread } = this.app.store.current;
    this.app.stop(channel, thread);
  }

  #send(text) {
    const { channel, thread } = this.app.store.current;
    this.list.toEnd();
    this.app.send(text, channel, thread);
  }

  #drawHead(channel) {
    const { store } = this.app;
    if (isDrawn(this.head, channel)) return;
    const close = (name, kind) =>
      el("button", { type: "button", class: `icon-button ${kind}`, "aria-label": "Close thread", title: "Close thread", onclick: () => this.app.closeThread() }, icon(name, 20));
    fill(
      this.head,
      close("back", "only-narrow"),
      el("h2", {}, "Thread"),
      el("span", { class: "topic" }, channel.is_im ? store.bot?.real_name : `#${channel.name}`),
      close("close", "only-wide"),
    );
  }

  /** The same node while the words are the same, so that its dots move on. */
  #status(text) {
    if (this.#said !== text) {
      this.#said = text;
      this.#line = statusLine(text, this.app, this.app.store.canStop && (() => this.#stop()));
    }
    return this.#line;
  }

  render() {
    const { store } = this.app;
    const { channel, thread, tab } = store.current;
    const where = store.channel(channel);
    this.node.hidden = !thread || !where || (where.is_im && tab === "home");
    if (this.node.hidden) return;
    this.#drawHead(where);
    const messages = store.list(channel, thread) ?? [];
    this.list.render({ channel, thread, messages, outro: this.#status(store.status(channel, thread)) });
    this.hints.render(where);
    this.composer.moveTo(`${channel}:${thread}`, "Reply…");
  }
}
