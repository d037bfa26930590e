// The engine under both text dialects: rules are tried at each place of a line, what matches none is plain text.

import { el, link } from "../dom.js";
import { dateTokens } from "./format.js";
import { emoji, isEmoji } from "./emoji.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** Undo Slack's three escapes, once. */
export function unescape(text) {
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}

/** Turn text into nodes. A rule is {at: sticky RegExp, make: (match) => node}; `plain` turns the rest into a string. */
export function inline(text, rules, plain) {
  const nodes = [];
  let pending = "";
  const flush = () => {
    if (pending) nodes.push(document.createTextNode(plain(pending)));
    pending = "";
  };
  for (let place = 0; place < text.length; ) {
    const hit = firstMatch(text, place, rules);
    if (!hit) {
      pending += text[place++];
      continue;
    }
    flush();
    nodes.push(hit.node);
    place += hit.length;
  }
  flush();
  return nodes;
}

function firstMatch(text, place, rules) {
  for (const { first, at, make } of rules) {
    if (first && !first.includes(text[place])) continue;
    at.lastIndex = place;
    const match = at.exec(text);
    const node = match && make(match);
    if (node) return { node, length: match[0].length };
  }
  return null;
}

/** A pill for a person, in the reader's colour when it is the reader. */
export function userPill(id, people) {
  const person = people.user(id);
  const mine = id === people.me ? " pill-me" : "";
  return el("span", { class: `pill${mine}` }, `@${person ? person.real_name || person.name : id}`);
}

/** A pill for a channel. */
export function channelPill(id, people) {
  const channel = people.channel(id);
  return el("span", { class: "pill" }, `#${channel ? channel.name : id}`);
}

/** A pill for @channel, @here and @everyone: on this page it pings nobody, but it shows that it would. */
export function broadcastPill(range) {
  return el("span", { class: "pill pill-me" }, `@${range}`);
}

/** What stands between `<` and `>` in Slack's text.
 *  https://docs.slack.dev/messaging/formatting-message-text#advanced */
export function angle(inside, people) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescape(inside.slice(bar + 1));
  if (/^@[UW]\w+$/.test(target)) return userPill(target.slice(1), people);
  if (/^#C\w+$/.test(target)) return channelPill(target.slice(1), people);
  if (/^!(channel|here|everyone)$/.test(target)) return broadcastPill(target.slice(1));
  if (target.startsWith("!subteam^")) return el("span", { class: "pill" }, label || "@group");
  if (target.startsWith("!date^")) return dateNode(target, label);
  const url = unescape(target);
  if (/^(https?:|mailto:|tel:)/i.test(url)) return link(url, label || url.replace(/^mailto:/, ""));
  return null;
}

function dateNode(target, label) {
  const [, seconds, format = "{date}", url] = target.split("^");
  const text = dateTokens(format, seconds, label);
  return url ? link(unescape(url), text) : el("time", {}, text);
}

/** Rules that both dialects share. */
export function sharedRules(people) {
  return [
    { first: "<", at: /<([^<>\n]+)>/y, make: (m) => angle(m[1], people) },
    { first: ":", at: /:([+\-\w]+):/y, make: (m) => (isEmoji(m[1]) ? emoji(m[1]) : null) },
    {
      first: "h",
      at: /(?<![\w/])https?:\/\/[^\s<>|*`]+[^\s<>|*`.,;:!?)"'\]}]/y,
      make: (m) => link(unescape(m[0]), unescape(m[0])),
    },
  ];
}
