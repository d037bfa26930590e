// The few emoji names that bots use; any other name stays readable as :name:.

import { el } from "../dom.js";

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", eyes: "👀", white_check_mark: "✅", heavy_check_mark: "✔️",
  x: "❌", warning: "⚠️", hourglass: "⌛", hourglass_flowing_sand: "⏳", hourglass_not_done: "⏳", raised_hands: "🙌",
  pray: "🙏", tada: "🎉", rocket: "🚀", fire: "🔥", heart: "❤️", wave: "👋", bar_chart: "📊", mag: "🔍", mag_right: "🔎",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bulb: "💡", robot_face: "🤖", sparkles: "✨",
  genie: "🧞", memo: "📝", link: "🔗", lock: "🔒", key: "🔑", clock3: "🕒", alarm_clock: "⏰", calendar: "📅",
  information_source: "ℹ️", question: "❓", exclamation: "❗", no_entry: "⛔", stop_sign: "🛑", construction: "🚧",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", smile: "😄", slightly_smiling_face: "🙂",
  thinking_face: "🤔", joy: "😂", point_right: "👉", arrow_right: "➡️", arrow_up: "⬆️", arrow_down: "⬇️", 100: "💯",
  floppy_disk: "💾", page_facing_up: "📄", file_folder: "📁", gear: "⚙️", speech_balloon: "💬", one: "1️⃣", two: "2️⃣", three: "3️⃣",
};

/** Names offered by the reaction picker. */
export const PICKABLE = ["+1", "-1", "white_check_mark", "eyes", "raised_hands", "tada", "heart", "thinking_face"];

/** An emoji by name, with its name for screen readers. */
export function emoji(name) {
  const glyph = EMOJI[name.replace(/::skin-tone-\d$/, "")];
  if (!glyph) return el("span", { class: "emoji-name" }, `:${name}:`);
  return el("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") }, glyph);
}

/** Whether the name has a picture here. */
export function isEmoji(name) {
  return Object.hasOwn(EMOJI, name);
}
