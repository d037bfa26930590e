// Times, dates and sizes in words.

const DAY = 86_400_000;

/** The moment of a Slack timestamp ("1700000000.000100"). */
export function moment(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** "10:32 AM", as the browser's language writes it. */
export function clock(date) {
  return date.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" });
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** "Today", "Yesterday" or "Tuesday, March 3rd" in the browser's own words. */
export function day(date, now = new Date()) {
  const ago = Math.round((midnight(now) - midnight(date)) / DAY);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return date.toLocaleDateString(undefined, { weekday: "long", month: "long", day: "numeric", ...year });
}

/** "5 minutes ago". */
export function ago(date, now = new Date()) {
  const seconds = Math.max(0, (now - date) / 1000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (seconds < 60) return "just now";
  if (seconds < 3600) return words.format(-Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return words.format(-Math.floor(seconds / 3600), "hour");
  return words.format(-Math.floor(seconds / 86_400), "day");
}

/** "12.3 kB". */
export function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const DATE_PARTS = {
  date_num: (d) => d.toISOString().slice(0, 10),
  date: (d) => d.toLocaleDateString(undefined, { dateStyle: "long" }),
  date_short: (d) => d.toLocaleDateString(undefined, { dateStyle: "medium" }),
  date_long: (d) => d.toLocaleDateString(undefined, { dateStyle: "full" }),
  date_pretty: (d) => day(d),
  date_short_pretty: (d) => day(d),
  date_long_pretty: (d) => day(d),
  time: (d) => clock(d),
  time_secs: (d) => d.toLocaleTimeString(),
  ago: (d) => ago(d),
  day_divider_pretty: (d) => day(d),
};

/** Slack's date tokens, e.g. "{date_short} at {time}".
 *  https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export function dateTokens(format, seconds, fallback = "") {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  return format.replace(/\{(\w+)\}/g, (whole, part) => (DATE_PARTS[part] ? DATE_PARTS[part](date) : whole));
}
