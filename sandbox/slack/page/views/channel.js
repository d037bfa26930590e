// The middle: a channel or a direct message, with its head, its messages, hints for a newcomer and the composer.

import { Composer } from "./composer.js";
import { Hints } from "./hints.js";
import { HomeTab } from "./home.js";
import { MessageList } from "./messages.js";
import { avatar } from "./avatar.js";
import { el, fill, isDrawn } from "../dom.js";
import { icon } from "../icons.js";
import { mrkdwn } from "../text/mrkdwn.js";

export class ChannelView {
  constructor(app) {
    this.app = app;
    this.head = el("header", { class: "channel-head" });
    this.list = new MessageList(app, false);
    this.composer = new Composer(app.store, {
      inThread: false, onSend: (text) => this.#send(text), shortcuts: () => app.shortcuts("global"),
    });
    this.hints = new Hints(app.store, false, (text) => this.composer.put(text));
    this.home = new HomeTab(app);
    this.talk = el("div", { class: "talk" }, this.list.node, this.hints.node, this.composer.node);
    this.node = el("main", { class: "channel" }, this.head, this.talk, this.home.node);
  }

  #send(text) {
    this.list.toEnd();
    this.app.send(text, this.app.store.current.channel, "");
  }

  #title(channel) {
    const { store } = this.app;
    if (channel.is_im) return [avatar(store.bot, 26), el("h1", {}, store.bot?.real_name), el("span", { class: "badge" }, "APP")];
    return [icon(channel.is_private ? "lock" : "hash", 19), el("h1", {}, channel.name)];
  }

  #drawHead(channel) {
    const { store } = this.app;
    if (isDrawn(this.head, channel, store.current.tab, [...store.users.values()])) return;
    const members = (channel.members ?? []).map((id) => store.user(id)).filter(Boolean);
    fill(
      this.head,
      el(
        "button",
        { type: "button", class: "icon-button only-narrow", "aria-label": "Channels", "aria-controls": "sidebar", onclick: () => this.app.toggleSidebar(true) },
        icon("menu", 20),
      ),
      this.#title(channel),
      channel.topic ? el("span", { class: "topic", title: channel.topic }, mrkdwn(channel.topic, store)) : el("span", { class: "topic" }),
      channel.is_im
        ? this.#tabs()
        : el(
            "span",
            { class: "members", title: members.map((user) => user.real_name).join(", "), role: "img", "aria-label": `${members.length} members` },
            members.slice(0, 3).map((user) => avatar(user, 24)),
            el("span", {}, members.length),
          ),
    );
  }

  #tabs() {
    const { current } = this.app.store;
    const tab = (name, label) =>
      el("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(current.tab === name), onclick: () => this.app.openTab(name) }, label);
    return el("div", { class: "tabs", role: "tablist" }, tab("home", "Home"), tab("messages", "Messages"));
  }

  #intro(channel) {
    const { store } = this.app;
    const bot = store.bot?.real_name;
    if (channel.is_im) {
      return el("div", { class: "intro" }, avatar(store.bot, 56), el("h2", {}, bot), el("p", {}, `This is the very beginning of your direct messages with ${bot}. Every message here is a question.`));
    }
    return el(
      "div",
      { class: "intro" },
      el("span", { class: "intro-mark" }, icon(channel.is_private ? "lock" : "hash", 30)),
      el("h2", {}, `#${channel.name}`),
      el("p", {}, (channel.members ?? []).includes(store.botId) ? `This is the very beginning of the channel. Mention @${bot} with a question about your data, and the answer comes in a thread.` : `This is the very beginning of the channel. ${bot} is not in it.`),
    );
  }

  render() {
    const { store } = this.app;
    const channel = store.channel(store.current.channel);
    if (!channel) return;
    const atHome = channel.is_im && store.current.tab === "home";
    this.#drawHead(channel);
    this.talk.hidden = atHome;
    this.home.node.hidden = !atHome;
    if (atHome) {
      this.home.render();
      return;
    }
    this.list.render({ channel: channel.id, thread: "", messages: store.list(channel.id) ?? [], intro: this.#intro(channel) });
    this.hints.render(channel);
    this.composer.moveTo(channel.id, `Message ${channel.is_im ? store.bot?.real_name : `#${channel.name}`}`);
  }
}
