// Where one is, kept in the address: reload, bookmarks, and a second tab as another person.

/** A permalink's place: /archives/C123/p1700000000000100?thread_ts=1700000000.000100. */
function permalink() {
  const match = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(location.pathname);
  if (!match) return {};
  const [, channel, seconds, micro] = match;
  return { channel, thread: new URLSearchParams(location.search).get("thread_ts") ?? `${seconds}.${micro}` };
}

/** {user, channel, thread, tab} of the address; missing ones are undefined. */
export function readPlace() {
  return { ...permalink(), ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) };
}

/** Write the place into the address without a step in the history. */
export function writePlace({ user, channel, thread, tab }) {
  const place = { user, channel, ...(thread ? { thread } : {}), ...(tab === "home" ? { tab } : {}) };
  const address = `/#${new URLSearchParams(place)}`;
  if (address !== location.pathname + location.hash) history.replaceState(null, "", address);
}
