// Live updates: Server-Sent Events that come back by themselves after the server was away.

const RETRY_MS = 1500;

/** Follow the stream of one user. `onState(up)` tells when it is up (what came before is unknown, so read anew) or down.
 *  Returns a function that stops it. */
export function follow(user, onEvent, onState) {
  let source = null;
  let timer = 0;
  let stopped = false;

  function start() {
    source = new EventSource(`/sandbox/stream?user=${encodeURIComponent(user)}`);
    source.onopen = () => onState(true);
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      if (stopped) return;
      onState(false);
      // The browser retries a dropped connection but gives up on an error status: then it is for us to try again.
      source.close();
      clearTimeout(timer);
      timer = setTimeout(start, RETRY_MS);
    };
  }

  start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}
