// One message: who, when, what; reactions, the summary of its thread, the bot's status, and a toolbar on hover.

import { PICKABLE, emoji } from "../text/emoji.js";
import { avatar } from "./avatar.js";
import { blocks } from "../blocks/blocks.js";
import { ago, clock, moment } from "../text/format.js";
import { el } from "../dom.js";
import { file } from "../blocks/files.js";
import { fromSlack } from "./composer.js";
import { icon } from "../icons.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { openMenu } from "./menu.js";

/** The legacy fields of an attachment in Slack's order, or its blocks; the fallback where it has neither. */
function attachmentParts(attachment, ctx, store) {
  const text = (words, props = {}) => words && el("div", { class: "text", ...props }, mrkdwn(words, store));
  const fields = (attachment.fields ?? []).map(({ title, value }) => el("div", { class: "text" }, el("strong", {}, title), " ", mrkdwn(value ?? "", store)));
  const parts = [
    text(attachment.pretext),
    attachment.title && el("div", { class: "text" }, el("strong", {}, attachment.title)),
    text(attachment.text),
    fields.length && el("div", { class: "fields" }, fields),
    attachment.blocks?.length && blocks(attachment.blocks, ctx),
  ].filter(Boolean);
  return parts.length ? parts : text(attachment.fallback);
}

/** What the message says: blocks when it has some, its text otherwise, then attachments and files. */
export function messageBody(message, channel, app) {
  const { store } = app;
  const ctx = {
    people: store,
    act: (block, element, state) => app.act({ channel, message_ts: message.ts, block_id: block.block_id, action_id: element.action_id, type: element.type, ...state }),
  };
  const content = message.blocks?.length ? blocks(message.blocks, ctx) : el("div", { class: "text" }, mrkdwn(message.text, store));
  const attached = (message.attachments ?? []).map((attachment) =>
    el(
      "div",
      { class: "attachment" },
      attachmentParts(attachment, ctx, store),
    ),
  );
  // Slack marks an edited text, but not an update of blocks.
  const edited = message.edited && !message.blocks?.length && el("span", { class: "edited" }, "(edited)");
  return el("div", { class: "message-body" }, content, edited, attached, (message.files ?? []).map(file));
}

function head(message, author, store) {
  const name = message.notice ? "Sandbox" : (author?.real_name ?? author?.name ?? "Unknown");
  const date = moment(message.ts);
  return el(
    "div",
    { class: "message-head" },
    el("span", { class: "message-author" }, name),
    author?.is_bot && !message.notice && el("span", { class: "badge" }, "APP"),
    el("time", { class: "message-time", datetime: date.toISOString(), title: date.toLocaleString() }, clock(date)),
  );
}

function reactions(message, channel, app) {
  if (!message.reactions?.length) return null;
  return el(
    "div",
    { class: "reactions" },
    message.reactions.map(({ name, users }) => {
      const mine = users.includes(app.store.me);
      const who = users.map((id) => app.store.user(id)?.real_name ?? id).join(", ");
      return el(
        "button",
        { type: "button", class: "reaction", "aria-pressed": String(mine), title: `${who}: ${name}`, onclick: () => app.react(channel, message.ts, name, !mine) },
        emoji(name),
        el("span", {}, users.length),
      );
    }),
  );
}

function summary(message, channel, app) {
  const count = message.reply_count ?? 0;
  if (!count) return null;
  const people = (message.reply_users ?? []).slice(0, 4).map((id) => app.store.user(id) ?? app.store.bot);
  const last = message.latest_reply ? `Last reply ${ago(moment(message.latest_reply))}` : "View thread";
  return el(
    "button",
    { type: "button", class: "thread-summary", "data-thread": message.ts, onclick: () => app.openThread(channel, message.ts) },
    people.map((user) => avatar(user, 22)),
    el("span", { class: "thread-count" }, count === 1 ? "1 reply" : `${count} replies`),
    el("span", { class: "thread-last" }, last),
    icon("chevron", 14),
  );
}

/** A reply that was sent to the channel as well leads to its thread, and belongs there. */
function origin(message, channel, app) {
  if (message.subtype !== "thread_broadcast") return null;
  return el("button", { type: "button", class: "plain-link", onclick: () => app.openThread(channel, message.thread_ts) }, "replied to a thread");
}

const threadOf = (message) => (message.subtype === "thread_broadcast" ? message.thread_ts : message.ts);

/** "Genie is running the query…" with moving dots, and what stops it; null when the bot says nothing. */
export function statusLine(text, app, stop = null) {
  if (!text) return null;
  const name = app.store.bot?.real_name ?? "The app";
  return el(
    "div",
    { class: "status", role: "status" },
    el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    el("span", {}, el("strong", {}, name), ` ${text}`),
    stop && el("button", { type: "button", class: "plain-link", onclick: stop }, "Stop"),
  );
}

/** What one can do with a message: the shortcuts of apps, and more with one of one's own. */
function actions(message, channel, app) {
  const items = app.shortcuts("message", { channel, message_ts: message.ts });
  const mine = message.user === app.store.me;
  if (message.hidden || (!items.length && !mine)) return null;
  const more = el("button", { type: "button", class: "icon-button", "aria-label": "More actions", title: "More actions", "aria-haspopup": "menu" }, icon("more"));
  const edit = () => {
    const before = fromSlack(message.text, app.store);
    const text = prompt("Edit message", before);
    if (text?.trim() && text !== before) app.edit(channel, message.ts, text.trim());
  };
  const remove = () => confirm("Delete this message?") && app.remove(channel, message.ts);
  more.addEventListener("click", () =>
    openMenu(more, [...items, ...(mine ? [{ label: "Edit message", run: edit }, { label: "Delete message", run: remove }] : [])]),
  );
  return more;
}

function toolbar(message, channel, app, inThread) {
  if (message.is_ephemeral) return null;
  const react = el("button", { type: "button", class: "icon-button", "aria-label": "Add a reaction", title: "Add a reaction", "aria-haspopup": "menu" }, icon("smile"));
  react.addEventListener("click", () =>
    openMenu(
      react,
      PICKABLE.map((name) => ({ label: emoji(name), name: name.replaceAll("_", " "), run: () => app.react(channel, message.ts, name, true) })),
      { class: "menu menu-row", "aria-label": "Reactions" },
    ),
  );
  const reply =
    !inThread &&
    el(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Reply in thread", title: "Reply in thread", onclick: () => app.openThread(channel, threadOf(message)) },
      icon("reply"),
    );
  return el("div", { class: "toolbar" }, react, reply, actions(message, channel, app));
}

function privacy(message, channel, app) {
  if (!message.is_ephemeral) return null;
  return el(
    "div",
    { class: "only-you" },
    icon("eye", 14),
    "Only visible to you",
    el("span", { "aria-hidden": "true" }, "·"),
    el("button", { type: "button", class: "plain-link", onclick: () => app.store.dismiss(channel, message.ts) }, "Dismiss"),
  );
}

/** A message as a node. `body` is drawn by the caller, so that folds and pages survive a redraw. */
export function messageNode(message, body, { channel, app, compact, inThread, status }) {
  const { store } = app;
  const author = message.notice ? null : store.author(message);
  const date = moment(message.ts);
  const side = compact ? el("time", { class: "message-side-time" }, clock(date).replace(/\s?[AP]M$/i, "")) : avatar(author, 36);
  return el(
    "article",
    { class: `message${compact ? " compact" : ""}${message.is_ephemeral ? " ephemeral" : ""}`, "data-ts": message.ts },
    el("div", { class: "message-side" }, side),
    el(
      "div",
      { class: "message-main" },
      privacy(message, channel, app),
      compact ? null : head(message, author, store),
      inThread ? null : origin(message, channel, app),
      body,
      reactions(message, channel, app),
      inThread ? null : summary(message, channel, app),
      statusLine(status, app),
    ),
    toolbar(message, channel, app, inThread),
  );
}
