// Where one is, kept in the address: reload, bookmarks, and a second tab as another person.

/** {user, channel, thread, tab} of the address; missing ones are undefined. */
export function readPlace() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

/** Write the place into the address without a step in the history. */
export function writePlace({ user, channel, thread, tab }) {
  const place = { user, channel, ...(thread ? { thread } : {}), ...(tab === "home" ? { tab } : {}) };
  const hash = `#${new URLSearchParams(place)}`;
  if (hash !== location.hash) history.replaceState(null, "", hash);
}
