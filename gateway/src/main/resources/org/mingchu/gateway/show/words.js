// Words, numbers and times, in the language that is switched on. One file of texts per language.

const LANGUAGES = ["zh-CN", "en"];
const DOES_NOT_BREAK = "\u00a0";

const texts = {};
let language = "zh-CN";
let zone;

/** The folder has a file of texts for each language. */
export async function loadTexts(folder = "") {
  await Promise.all(
    LANGUAGES.map(async (name) => {
      texts[name] = await (await fetch(`${folder}/${name}.json`)).json();
    }),
  );
}

export function speak(name, timeZone) {
  language = LANGUAGES.includes(name) ? name : "zh-CN";
  zone = timeZone;
  document.documentElement.lang = language;
}

export const spoken = () => language;

export const other = () => LANGUAGES.find((name) => name !== language);

/** The text of a key with {words} filled in; a missing key shows itself, so that it is missed. */
export function say(key, words = {}) {
  const text = texts[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, word) => words[word] ?? "");
}

export const has = (key) => key in texts[language];

// Two characters: the one-character sign is blank in a common font of Linux panels.
const CELSIUS = "°C";
const UNITS = { Cel: CELSIUS, "%RH": "%" };

/** A text from a file of the site, in signs that every panel can draw. */
export const drawable = (text) => text.replaceAll("\u2103", CELSIUS);

/** A value in thousandths with one decimal and its unit; a true minus sign, which a hyphen is not. */
export function measure(milli, unit) {
  return number(milli) + DOES_NOT_BREAK + (UNITS[unit] ?? unit);
}

export function number(milli) {
  return (milli / 1000).toFixed(1).replace("-", "−").replace("−0.0", "0.0");
}

/** A limit without a useless decimal: −12, but 2.5. */
export function limit(milli) {
  return String(milli / 1000).replace("-", "−");
}

export const unitSign = (unit) => UNITS[unit] ?? unit;

/** A length of time in the two largest units that matter. */
export function length(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return say("s", { n: seconds });
  if (minutes < 60) return say("min", { n: minutes });
  if (hours < 48) return minutes % 60 === 0 ? say("hours", { n: hours }) : say("h", { n: hours, m: minutes % 60 });
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? say("days", { n: days }) : say("d", { n: days, h: hours % 24 });
}

/** Made once for each zone: to make one costs more than all else that a state changes on the page. */
const formats = new Map();

function format(locale, options) {
  const key = `${locale} ${zone} ${options.hour ?? ""}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }));
  return formats.get(key);
}

/** The time of day in the kitchen's zone; with the date when it was another day. */
export function clock(wallMs, nowMs) {
  const day = (ms) => format("en-CA", {}).format(ms);
  const time = format("en-GB", { hour: "2-digit", minute: "2-digit" }).format(wallMs);
  return day(wallMs) === day(nowMs) ? time : `${day(wallMs).slice(5)} ${time}`;
}
