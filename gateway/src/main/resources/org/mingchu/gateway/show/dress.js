// What somebody has switched at this browser, and how the page is dressed by it.

import { mark } from "./parts.js";

const TYPES = ["1", "1.25", "1.5"];
const THEMES = ["auto", "light", "dark"];

export const remembered = (name, otherwise) => localStorage.getItem(`mingchu.${name}`) ?? otherwise;
export const remember = (name, value) => localStorage.setItem(`mingchu.${name}`, value);
const next = (list, value) => list[(list.indexOf(value) + 1) % list.length];

const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", () => shade(false));

/** The next size of type, or the next of light and dark. */
export function turn(name) {
  if (name === "type") remember("type", next(TYPES, remembered("type", "1")));
  else remember("theme", next(THEMES, remembered("theme", "auto")));
  dress();
}

export function dress() {
  mark(document.documentElement, "type", remembered("type", "1"));
  mark(document.documentElement, "theme", remembered("theme", "auto"));
  shade(false);
}

/** Light or dark: as somebody chose, else as the system has it; and dark when nobody looks. */
export function shade(unseen) {
  const theme = remembered("theme", "auto");
  const dim = unseen && theme === "auto";
  mark(document.documentElement, "shade", theme === "dark" || (theme === "auto" && (dim || system.matches)) ? "dark" : "light");
  mark(document.documentElement, "dim", String(dim));
}
