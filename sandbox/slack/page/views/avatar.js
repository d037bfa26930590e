// A person's picture: initials in a coloured square; the bot has its spark, another app is told apart.

import { el } from "../dom.js";
import { spark } from "../icons.js";

const COLOURS = 8;

function initials(user) {
  const words = (user.real_name || user.name || "?").trim().split(/\s+/);
  return (words[0][0] + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

function fallbackColour(id) {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + sign.codePointAt(0)) % 9973;
  return `var(--avatar-${(sum % COLOURS) + 1})`;
}

function given(colour) {
  return colour ? (/^[0-9a-f]{6}$/i.test(colour) ? `#${colour}` : colour) : null;
}

/** A user's picture, `size` pixels wide; decorative, since the name is next to it. */
export function avatar(user, size = 36) {
  const style = { "--size": `${size}px` };
  if (!user) return el("span", { class: "avatar avatar-page", style, "aria-hidden": "true" }, "S");
  if (user.is_bot && !user.is_another) return el("span", { class: "avatar avatar-bot", style, "aria-hidden": "true" }, spark(Math.round(size * 0.62)));
  style["--avatar"] = given(user.color) ?? fallbackColour(user.id);
  return el("span", { class: "avatar", style, "aria-hidden": "true" }, initials(user));
}
