// What the wall and a visitor's telephone have in common: asking, and facts as words.
import { length, limit, number, say } from "../words.js";

/** Two missed answers mean that nobody knows how things stand. */
const STALE_MS = 5_000;
const GIVE_UP_MS = 4_000;

/** Shape and word carry the meaning; colour only repeats it. */
export const SHAPES = {
  within: "●",
  measured: "●",
  unmeasured: "○",
  handling: "▲",
  planned: "■",
  checking: "?",
  "no-data": "✖",
};

export const CAMERA_SHAPES = { live: "●", offline: "✖", planned: "■", unknown: "?" };
export const COVERAGE_SHAPES = { sensor: "●", partly: "◐", "by-hand": "✎", nothing: "○" };

/** Asks again and again; the first listener gets each answer, the second is called each second. */
export function follow(everyMs, onTold, onTick) {
  let heardAt = performance.now();
  const ask = async () => {
    try {
      const reply = await fetch("/api/wall", { signal: AbortSignal.timeout(GIVE_UP_MS), cache: "no-store" });
      const told = await reply.json();
      heardAt = performance.now();
      onTold(told);
    } catch {
      // The next tick says how long ago the last answer was.
    }
    setTimeout(ask, everyMs);
  };
  ask();
  setInterval(() => onTick(performance.now() - heardAt), 1_000);
}

export async function notices() {
  return (await fetch("/api/notices")).json();
}

/** How long nothing has come, in words; empty while the facts are fresh. */
export function interruption(told, silentMs) {
  const idle = told.kept.idle ? (told.kept.ageMs ?? Infinity) : 0;
  const ms = Math.max(silentMs > STALE_MS ? silentMs : 0, idle > 0 ? idle + silentMs : 0);
  if (ms === 0) return "";
  const n = Math.floor(ms / 60_000);
  if (!Number.isFinite(ms)) return say("interrupted.unknown");
  return n === 0 ? say("interrupted.moment") : say("interrupted", { n });
}

/** A value with its unit, and how old it is when it is not of now. */
export function value(one, silentMs) {
  if (!one || one.milli === undefined) return { text: "—", stale: true, age: "" };
  const old = one.stale || (one.ageMs ?? Infinity) + silentMs > 30_000;
  const age = one.ageMs === undefined ? say("age.unknown") : say("age", { age: length(one.ageMs + silentMs) });
  return { text: `${number(one.milli)} °C`, stale: old, age: old ? age : "" };
}

export function bounds(one) {
  if (!one) return "";
  const { above, below } = one;
  if (above !== undefined && below !== undefined) {
    return say("limit.between", { below: limit(below), above: limit(above) });
  }
  if (above !== undefined) return say("limit.above", { limit: limit(above) });
  if (below !== undefined) return say("limit.below", { limit: limit(below) });
  return say("limit.none");
}

/** Of all the time that was seen, the share within limits; and of the week, the share seen. */
export function shares(units) {
  const sum = (name) => units.reduce((all, unit) => all + unit[name], 0);
  const seen = sum("withinMs") + sum("beyondMs");
  const all = seen + sum("unseenMs");
  return {
    within: seen === 0 ? undefined : perCent(sum("withinMs"), seen),
    seen: all === 0 ? undefined : perCent(seen, all),
  };
}

/** Cut, never rounded up: 99.99 % is not 100 %. */
export function perCent(part, whole) {
  return (Math.floor((part * 1000) / whole) / 10).toFixed(1);
}

export function standings(deviations) {
  const count = (standing) => deviations.filter((one) => one.standing === standing).length;
  return { all: deviations.length, handled: count("handled"), over: count("over"), open: count("open") };
}

export function camera(one, silentMs) {
  const shape = CAMERA_SHAPES[one.state];
  const age = one.seenMs === undefined ? "" : length(one.seenMs + silentMs);
  const word = one.state === "offline" && age ? say("camera.offline.since", { age }) : say(`camera.${one.state}`);
  return `${shape} ${word}`;
}

export function expiry(one) {
  const who = one.name ?? say("surname.withheld");
  const detail = one.detail ? ` ${one.detail}` : "";
  return {
    what: one.kind === "health" ? `${who}${one.detail ? `（${one.detail}）` : ""}` : `${who}${detail}`,
    until: one.expired ? say("expired", { date: one.validTo }) : say("valid", { date: one.validTo }),
  };
}

export function disinfection(one) {
  if (one.passed === undefined) return say("disinfection.counting");
  return say("disinfection.week", { passed: one.passed, failed: one.failed });
}
