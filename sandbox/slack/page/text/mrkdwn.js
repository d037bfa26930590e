// Slack's mrkdwn. https://docs.slack.dev/messaging/formatting-message-text

import { code } from "./code.js";
import { el } from "../dom.js";
import { inline, sharedRules, unescape } from "./inline.js";

const OPEN = "(?<![\\p{L}\\p{N}])";
const CLOSE = "(?![\\p{L}\\p{N}])";

function styled(mark, tag, people) {
  const at = new RegExp(`${OPEN}[${mark}](?=\\S)([^\\n]*?[^\\s${mark}])[${mark}]${CLOSE}`, "yu");
  return { first: mark, at, make: (m) => el(tag, {}, spans(m[1], people)) };
}

function rules(people) {
  return [
    { first: "`", at: /`([^`\n]+)`/y, make: (m) => el("code", {}, unescape(m[1])) },
    ...sharedRules(people),
    styled("*", "strong", people),
    styled("_", "em", people),
    styled("~", "s", people),
  ];
}

function spans(text, people) {
  return inline(text, rules(people), unescape);
}

function lines(text, people) {
  const nodes = [];
  let quote = null;
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(...spans(plain.join("\n"), people));
    plain = [];
  };
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (!quoted) {
      quote = null;
      plain.push(line);
      continue;
    }
    flush();
    if (quote) quote.append("\n", ...spans(quoted[1], people));
    else nodes.push((quote = el("blockquote", {}, spans(quoted[1], people))));
  }
  flush();
  return nodes;
}

/** Text in mrkdwn as nodes; `people` resolves ids to names and knows who reads. */
export function mrkdwn(text, people) {
  return (text ?? "").split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((part, index) => {
    if (index % 2) return [code(unescape(part))];
    return part ? lines(part, people) : [];
  });
}

/** A Block Kit text object (plain_text or mrkdwn), or a bare string, as nodes. */
export function textObject(text, people) {
  if (!text) return [];
  if (typeof text === "string") return [document.createTextNode(text)];
  if (text.type === "mrkdwn") return mrkdwn(text.text, people);
  return inline(text.text ?? "", sharedRules(people).filter((rule) => rule.first === ":"), (t) => t);
}
