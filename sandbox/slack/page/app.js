// The page: one store, the views that draw it, and the things a person can do.

import * as api from "./api.js";
import { ChannelView } from "./views/channel.js";
import { Modal } from "./views/modal.js";
import { Sidebar } from "./views/sidebar.js";
import { Store, isReply } from "./store.js";
import { ThreadPanel } from "./views/thread.js";
import { el } from "./dom.js";
import { follow } from "./stream.js";
import { initTheme } from "./theme.js";
import { readPlace, writePlace } from "./place.js";
import { toSlack } from "./views/composer.js";
import { toast } from "./views/dialogs.js";

const WIDE = matchMedia("(min-width: 801px)");

class App {
  #stop = () => {};

  constructor(store) {
    this.store = store;
    this.sidebar = new Sidebar(this);
    this.channel = new ChannelView(this);
    this.thread = new ThreadPanel(this);
    this.modal = new Modal(this);
    this.veil = el("div", { class: "veil", onclick: () => this.toggleSidebar(false) });
    this.views = [this.sidebar, this.channel, this.thread, this.modal];
  }

  /** Put the page together and open where the address says. */
  async start(root) {
    root.replaceChildren(this.sidebar.node, this.veil, this.channel.node, this.thread.node);
    this.store.addEventListener("change", () => this.render());
    const place = readPlace();
    const humans = [...this.store.users.values()].filter((user) => !user.is_bot);
    const me = this.store.user(place.user) ?? humans[0];
    this.store.actAs(me.id);
    this.#follow();
    const asked = this.store.channel(place.channel);
    await this.openChannel(asked ? asked.id : this.store.visible(false)[0]?.id);
    if (asked && place.thread) await this.openThread(asked.id, place.thread);
    if (asked?.is_im && place.tab === "home") await this.openTab("home");
  }

  render() {
    for (const view of this.views) view.render();
    const { current, me, team } = this.store;
    document.body.classList.toggle("has-thread", !this.thread.node.hidden);
    document.body.classList.toggle("offline", !this.store.connected);
    const here = this.store.channel(current.channel);
    document.title = `${here?.is_im ? this.store.bot?.real_name : `#${here?.name ?? ""}`} · ${team.name}`;
    writePlace({ user: me, ...current });
  }

  #follow() {
    this.#stop();
    this.#stop = follow(this.store.me, (event) => this.#event(event), (up) => this.#link(up));
  }

  #link(up) {
    this.store.connected = up;
    this.store.changed();
    if (up) this.#reload();
  }

  #event(event) {
    this.store.apply(event);
    if (event.type === "user_change") this.#reload();
    if (event.type === "message" && isReply(event.message)) this.#offerThread(event);
  }

  /** The bot's first reply to the acting person opens its thread, when nothing else is open beside the channel. */
  #offerThread({ channel, thread_ts: thread, message }) {
    const { current, me, botId } = this.store;
    const root = thread ?? message.thread_ts;
    const byBot = Boolean(message.bot_id) || message.user === botId;
    const asked = this.store.list(channel)?.find((m) => m.ts === root);
    const forMe = asked && (asked.user === me || asked.text?.includes(`<@${me}>`)) && asked.reply_count === 1;
    if (byBot && forMe && channel === current.channel && !current.thread && WIDE.matches) this.openThread(channel, root);
  }

  /** Read everything in view anew: while the connection was away, or not yet there, there may have been news. */
  async #reload() {
    const { channel, thread } = this.store.current;
    try {
      this.store.setWorkspace(await api.workspace());
      await this.#load(channel, "");
      if (thread) await this.#load(channel, thread);
    } catch {
      toast("The sandbox does not answer. Is it still running?");
    }
  }

  /** Read a list, and once more when there was news on the way: it may hold less than is known already. */
  async #load(channel, thread) {
    let known;
    do {
      known = this.store.news;
      const { messages } = await (thread ? api.threadMessages(channel, thread) : api.channelMessages(channel));
      this.store.setList(channel, thread, messages);
    } while (known !== this.store.news);
  }

  async #tryLoad(channel, thread) {
    try {
      await this.#load(channel, thread);
    } catch {
      toast("These messages could not be read.");
    }
  }

  async openChannel(id) {
    if (!id) return;
    if (this.store.current.channel !== id) this.store.current = { channel: id, thread: "", tab: "messages" };
    this.store.markRead(id);
    this.toggleSidebar(false);
    this.store.changed();
    await this.#tryLoad(id, "");
    if (WIDE.matches) this.channel.composer.field.focus();
  }

  async openThread(channel, ts) {
    const root = this.store.list(channel)?.find((message) => message.ts === ts);
    if (root && !this.store.list(channel, ts)) this.store.setList(channel, ts, [root]);
    this.store.current = { ...this.store.current, channel, thread: ts };
    this.store.changed();
    await this.#tryLoad(channel, ts);
    if (WIDE.matches) this.thread.composer.field.focus();
  }

  closeThread() {
    this.store.current = { ...this.store.current, thread: "" };
    this.store.changed();
    if (WIDE.matches) this.channel.composer.field.focus();
  }

  async openTab(tab) {
    this.store.current = { ...this.store.current, tab };
    this.store.changed();
    if (tab !== "home") return;
    await api.post("/sandbox/home", { user: this.store.me });
    const { view } = await api.homeView(this.store.me).catch(() => ({ view: null }));
    this.store.home = view ?? this.store.home;
    this.store.changed();
  }

  async actAs(user) {
    const before = this.store.channel(this.store.current.channel);
    this.store.actAs(user);
    this.#follow();
    const own = before?.is_im ? this.store.visible(true)[0] : this.store.visible(false).find((c) => c.id === before?.id);
    const next = (own ?? this.store.visible(false)[0])?.id;
    if (next !== before?.id) await this.openChannel(next);
  }

  /** Send what was typed: a command when it starts with "/", a message otherwise. */
  async send(text, channel, thread) {
    if (text.startsWith("/")) return this.#command(text, channel, thread);
    const body = { user: this.store.me, channel, text: toSlack(text, this.store) };
    const answer = await api.post("/sandbox/messages", thread ? { ...body, thread_ts: thread } : body);
    if (!answer.ok) toast(`The message was not sent (${answer.error}).`);
    return answer;
  }

  async #command(text, channel, thread) {
    const [, command, rest] = /^(\S+)\s*([\s\S]*)$/.exec(text);
    const known = this.store.commands.some((c) => c.command === command);
    if (!known) return this.store.notice(channel, thread, `\`${command}\` is not a command of this workspace.`);
    if (thread) return this.store.notice(channel, thread, `\`${command}\` does not work in threads, as in Slack. Just write your question here.`);
    const answer = await api.post("/sandbox/commands", { user: this.store.me, channel, command, text: rest });
    if (!answer.ok) this.store.notice(channel, "", `\`${command}\` failed with the error "${answer.error}".`);
    return answer;
  }

  /** What one can choose of a kind of shortcut, with what tells its place. */
  shortcuts(type, place = {}) {
    return this.store.shortcuts
      .filter((shortcut) => shortcut.type === type)
      .map(({ name, callback_id }) => ({ label: name, hint: this.store.bot?.real_name, run: () => this.#shortcut({ callback_id, ...place }) }));
  }

  async #shortcut(body) {
    const answer = await api.post("/sandbox/shortcuts", { user: this.store.me, ...body });
    if (!answer.ok) toast(`The app did not take this shortcut (${answer.error ?? "unknown error"}).`);
  }

  /** Tell the app about a click or a choice. */
  async act(body) {
    const answer = await api.post("/sandbox/actions", { user: this.store.me, ...body });
    if (!answer.ok) toast(`The app did not take this action (${answer.error ?? "unknown error"}).`);
    return answer;
  }

  async edit(channel, ts, text) {
    const answer = await api.post("/sandbox/messages/edit", { user: this.store.me, channel, ts, text: toSlack(text, this.store) });
    if (!answer.ok) toast(`The message was not changed (${answer.error}).`);
  }

  async remove(channel, ts) {
    const answer = await api.post("/sandbox/messages/delete", { user: this.store.me, channel, ts });
    if (!answer.ok) toast(`The message was not deleted (${answer.error}).`);
  }

  async react(channel, ts, name, add) {
    const answer = await api.post("/sandbox/reactions", { user: this.store.me, channel, ts, name, add });
    if (!answer.ok && answer.error !== "already_reacted") toast(`The reaction was not saved (${answer.error}).`);
  }

  async stop(channel, thread) {
    const answer = await api.post("/sandbox/sessions/stop", { user: this.store.me, channel, thread_ts: thread });
    if (!answer.ok) toast(`Nothing was stopped (${answer.error}).`);
  }

  async changeUser(user, fields) {
    const answer = await api.post("/sandbox/users", { user, ...fields });
    if (!answer.ok) toast(`The account was not changed (${answer.error}).`);
  }

  toggleSidebar(open) {
    document.body.classList.toggle("sidebar-open", open);
    if (open) this.sidebar.node.querySelector("[aria-current]")?.focus();
  }
}

initTheme(document.querySelector("#theme"));
try {
  const store = new Store();
  store.setWorkspace(await api.workspace());
  await new App(store).start(document.querySelector("#app"));
} catch {
  document.querySelector("#app").replaceChildren(
    el("p", { class: "failed", role: "alert" }, "The sandbox does not answer. Is it still running? Reload this page when it is."),
  );
}
