// The stream of states. The gateway speaks at least every 2 s; two missed beats mean that nobody
// knows what is going on, and the page has to say so within 5 s.

const DEAD_AFTER_MS = 4400;
const LOOK_EVERY_MS = 250;
const RETRY_MS = 2000;

export function listen(onState, onDead) {
  let source;
  let heardAt = performance.now();
  let triedAt = -Infinity;
  let dead = false;

  const open = () => {
    triedAt = performance.now();
    source?.close();
    source = new EventSource("/api/events");
    source.onmessage = (event) => {
      const state = JSON.parse(event.data);
      heardAt = performance.now();
      dead = false;
      onState(state);
    };
  };

  const look = () => {
    const now = performance.now();
    if (now - heardAt > DEAD_AFTER_MS && !dead) {
      dead = true;
      onDead();
    }
    const ended = source.readyState === EventSource.CLOSED;
    if ((dead || ended) && now - triedAt > RETRY_MS) open();
  };

  open();
  setInterval(look, LOOK_EVERY_MS);
}
