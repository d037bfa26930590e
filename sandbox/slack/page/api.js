// Requests to the sandbox's Slack server.

async function ask(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.json();
}

/** GET a JSON document. */
export function get(path) {
  return ask(path, { headers: { Accept: "application/json" } });
}

/** POST JSON. A refusal or a dead server comes back as `{ok: false, error}`, never as an exception. */
export async function post(path, body) {
  try {
    const headers = { "Content-Type": "application/json" };
    return await ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  } catch (error) {
    return { ok: false, error: error.message };
  }
}

const part = encodeURIComponent;

export const workspace = () => get("/sandbox/workspace");
export const channelMessages = (channel) => get(`/sandbox/channels/${part(channel)}/messages`);
export const threadMessages = (channel, ts) => get(`/sandbox/channels/${part(channel)}/threads/${part(ts)}`);
export const homeView = (user) => get(`/sandbox/home?user=${part(user)}`);

/** Where the bytes of a file are. */
export function fileUrl(id, name) {
  return `/files-pri/${part(id)}/${part(name)}`;
}
