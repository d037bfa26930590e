// What the page knows, and how events of the stream change it. Everything drawn is drawn from here.

const byTs = (a, b) => Number.parseFloat(a.ts) - Number.parseFloat(b.ts);

/** Whether a message belongs inside a thread and not in the channel. */
export function isReply(message) {
  return Boolean(message.thread_ts && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast");
}

export class Store extends EventTarget {
  team = { id: "", name: "" };
  botId = "";
  users = new Map();
  channels = new Map();
  commands = [];
  shortcuts = [];
  hints = [];
  canStop = false;
  me = "";
  current = { channel: "", thread: "", tab: "messages" };
  connected = true;
  news = 0;
  views = [];
  home = null;
  #lists = new Map();
  #ephemeral = new Map();
  #status = new Map();
  #unread = new Map();
  #pending = false;

  user(id) {
    return this.users.get(id);
  }

  channel(id) {
    return this.channels.get(id);
  }

  /** Who wrote a message: a bot's own messages may carry only its bot id. */
  author(message) {
    const { username: name } = message;
    if (name && !message.user) return { name, real_name: name, color: "868686", is_bot: true, is_another: true };
    return this.users.get(message.user) ?? this.users.get(this.botId);
  }

  get bot() {
    return this.users.get(this.botId);
  }

  setWorkspace(data) {
    this.team = data.team;
    this.botId = data.bot_user_id;
    this.users = new Map(data.users.map((user) => [user.id, user]));
    this.channels = new Map(data.channels.map((channel) => [channel.id, channel]));
    this.commands = data.commands ?? [];
    this.shortcuts = data.shortcuts ?? [];
    this.hints = data.hints ?? [];
    this.canStop = data.can_stop ?? false;
    this.changed();
  }

  /** Channels that the acting user sees; guests and other companies only theirs; direct messages are their own. */
  visible(direct) {
    const me = this.user(this.me);
    const outside = me?.is_restricted || me?.standing === "another company";
    return [...this.channels.values()].filter((channel) => {
      if (Boolean(channel.is_im) !== direct) return false;
      if (direct) return !channel.user || channel.user === this.me;
      return (!channel.is_private && !outside) || (channel.members ?? []).includes(this.me);
    });
  }

  #key(channel, thread) {
    return thread ? `${channel}:${thread}` : channel;
  }

  /** Messages of a channel or thread in order, the acting user's ephemeral ones among them; null while not loaded. */
  list(channel, thread = "") {
    const key = this.#key(channel, thread);
    const list = this.#lists.get(key);
    return list ? [...list.values(), ...(this.#ephemeral.get(key)?.values() ?? [])].sort(byTs) : null;
  }

  setList(channel, thread, messages) {
    this.#lists.set(this.#key(channel, thread), new Map(messages.map((m) => [m.ts, m])));
    this.changed();
  }

  status(channel, thread) {
    return this.#status.get(this.#key(channel, thread)) ?? "";
  }

  unread(channel) {
    return this.#unread.get(channel) ?? 0;
  }

  markRead(channel) {
    if (this.#unread.delete(channel)) this.changed();
  }

  /** Forget what belonged to the person before. */
  actAs(user) {
    this.me = user;
    this.views = [];
    this.home = null;
    this.#ephemeral.clear();
    this.#unread.clear();
    this.changed();
  }

  /** A private line of the page itself, shown like Slack's own notices. */
  notice(channel, thread, text) {
    const ts = (Date.now() / 1000).toFixed(6);
    this.#keepEphemeral({ channel, thread_ts: thread, message: { ts, text, notice: true } });
    this.changed();
  }

  dismiss(channel, ts) {
    for (const [key, list] of this.#ephemeral) if (key.startsWith(channel)) list.delete(ts);
    this.changed();
  }

  #keepEphemeral(event) {
    const key = this.#key(event.channel, event.thread_ts);
    if (!this.#ephemeral.has(key)) this.#ephemeral.set(key, new Map());
    this.#ephemeral.get(key).set(event.message.ts, { ...event.message, is_ephemeral: true });
  }

  #put(event) {
    const { channel, message } = event;
    const fresh = event.type === "message";
    const root = event.thread_ts ?? message.thread_ts;
    if (root) this.#lists.get(this.#key(channel, root))?.set(message.ts, message);
    else this.#lists.get(this.#key(channel, message.ts))?.set(message.ts, message);
    if (!isReply(message)) this.#lists.get(channel)?.set(message.ts, message);
    else if (fresh) this.#countReply(channel, root, message);
    const loud = !isReply(message) || this.channels.get(channel)?.is_im;
    if (fresh && loud && message.user !== this.me && channel !== this.current.channel) {
      this.#unread.set(channel, this.unread(channel) + 1);
    }
  }

  #countReply(channel, root, reply) {
    for (const key of [channel, this.#key(channel, root)]) {
      const list = this.#lists.get(key);
      const parent = list?.get(root);
      if (!parent || (parent.latest_reply && parent.latest_reply >= reply.ts)) continue;
      const who = reply.user ?? this.botId;
      list.set(root, {
        ...parent,
        reply_count: (parent.reply_count ?? 0) + 1,
        reply_users: [...new Set([...(parent.reply_users ?? []), who])],
        latest_reply: reply.ts,
      });
    }
  }

  #remove({ channel, ts, thread_ts: thread }) {
    for (const key of [channel, this.#key(channel, thread)]) this.#lists.get(key)?.delete(ts);
  }

  #react({ channel, ts, name, users }) {
    for (const [key, list] of this.#lists) {
      const message = key.startsWith(channel) && list.get(ts);
      if (!message) continue;
      const others = (message.reactions ?? []).filter((r) => r.name !== name);
      const reactions = users.length ? [...others, { name, users, count: users.length }] : others;
      list.set(ts, { ...message, reactions });
    }
  }

  #view(event) {
    const at = this.views.findIndex((view) => view.id === event.view.id);
    if (at < 0) this.views = [...this.views, event.view];
    else this.views = this.views.with(at, event.view);
  }

  closeView(id) {
    this.views = this.views.filter((view) => view.id !== id);
    this.changed();
  }

  /** One event of the stream. */
  apply(event) {
    this.news += 1;
    const mine = !event.user || event.user === this.me;
    const acts = {
      message: () => this.#put(event),
      message_changed: () => this.#put(event),
      message_deleted: () => this.#remove(event),
      ephemeral: () => mine && this.#keepEphemeral(event),
      ephemeral_deleted: () => this.dismiss(event.channel, event.ts),
      status: () => this.#status.set(this.#key(event.channel, event.thread_ts), event.status),
      view_opened: () => mine && this.#view(event),
      view_updated: () => mine && this.#view(event),
      view_closed: () => mine && this.closeView(event.view_id),
      home: () => mine && (this.home = event.view),
      reaction: () => this.#react(event),
    };
    acts[event.type]?.();
    this.changed();
  }

  /** Tell the page to draw again, once for any number of changes in one go. */
  changed() {
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      this.dispatchEvent(new Event("change"));
    });
  }
}
