import { button, keep, make, mark, question, write, writeOrHide } from "./parts.js";
import { say } from "./words.js";

/** No food weighs more, and no thermometer of a kitchen says more. */
const NUMBER_CHARS = 5;
const HURRY_MS = 1000;

/**
 * One question at a time, each a screen of large choices: nobody types with wet hands. It stands
 * where the units stood. What is asked, a subclass says:
 * `first`, `title(step)`, `after(step)`, `options(step, units)` as pairs of word and text,
 * `numeric(step)` as {key, sign, positive, skip}, `told(unitName)`, and `save()` with what was chosen.
 */
export class AskPanel extends HTMLElement {
  connectedCallback() {
    this.classList.add("ask-panel");
    this.question = question();
    this.backButton = button("back", () => this.back());
    this.word = make("p", "word");
    this.word.setAttribute("role", "alert");
    this.soFar = make("p", "so-far");
    this.choices = make("div", "tiles");
    this.shown = make("strong", "typed");
    this.shown.setAttribute("role", "status");
    this.keys = make("div", "keys");
    for (const key of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", ".", "−", "⌫"]) {
      const node = button("key", () => this.type(key));
      node.textContent = key;
      this.keys.append(node);
      if (key === "−") this.minus = node;
    }
    this.skip = button("skip", () => this.next({}));
    this.done = button("done", () => this.numbered());
    this.number = make("div", "number", this.keys, make("div", "row", this.shown, this.done, this.skip));
    this.saveButton = button("save", () => this.saveOnce());
    this.append(
      make("div", "ask", this.question, this.backButton), this.word, this.soFar,
      this.choices, this.number, this.saveButton,
    );
    this.hidden = true;
  }

  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  open(about) {
    this.about = about;
    this.chosen = {};
    this.passed = [];
    this.step = this.first;
    this.typed = "";
    this.refused = "";
    this.savedAt = undefined;
    this.hidden = false;
  }

  close() {
    this.hidden = true;
  }

  /** Two taps in a hurry are one. */
  saveOnce() {
    if (performance.now() - (this.savedAt ?? -Infinity) < HURRY_MS) return;
    this.savedAt = performance.now();
    this.save();
  }

  /** Why it was not recorded. */
  tell(text) {
    this.refused = text;
    this.send("changed");
  }

  /** One question back; from the first one back to where it came from. */
  back() {
    const last = this.passed.pop();
    this.typed = "";
    this.refused = "";
    if (last) {
      this.step = last.step;
      this.chosen = last.chosen;
    } else {
      this.close();
    }
    this.turned();
  }

  /** Another question stands there: what was pressed is gone. */
  turned() {
    this.send("changed");
    this.question.focus();
  }

  next(answer) {
    this.passed.push({ step: this.step, chosen: this.chosen });
    this.chosen = { ...this.chosen, ...answer };
    this.typed = "";
    this.step = this.after(this.step);
    this.turned();
  }

  type(key) {
    if (key === "⌫") this.typed = this.typed.slice(0, -1);
    else if (key === "−") this.typed = this.typed.startsWith("−") ? this.typed.slice(1) : `−${this.typed}`;
    else if (key !== "." || !this.typed.includes(".")) this.typed = (this.typed + key).slice(0, NUMBER_CHARS);
    this.send("changed");
  }

  value() {
    const value = Number(this.typed.replace("−", "-"));
    return this.typed === "" || Number.isNaN(value) ? undefined : Math.round(value * 1000);
  }

  numbered() {
    const milli = this.value();
    const { key, positive } = this.numeric(this.step);
    if (milli === undefined || (positive && milli <= 0)) return;
    this.next({ [key]: milli });
  }

  show(units) {
    if (this.hidden) return;
    const unitName = (id) => units.find((unit) => unit.id === id)?.name ?? id;
    write(this.question, `${this.about.name ?? ""} ${this.title(this.step)}`.trim());
    write(this.backButton, say("back"));
    writeOrHide(this.word, this.refused);
    writeOrHide(this.soFar, this.told(unitName));
    const choices = this.options(this.step, units).map(([word, text]) => ({ id: `${this.step}:${word}`, text }));
    this.choices.hidden = choices.length === 0;
    keep(this.choices, choices, (choice) => button("tile", () => this.next({ [this.step]: this.pick(choice.id) })), (tile, choice) =>
      write(tile, choice.text),
    );
    const numeric = this.numeric(this.step);
    this.number.hidden = !numeric;
    if (numeric) {
      write(this.shown, `${this.typed || "0"} ${numeric.sign}`);
      this.minus.hidden = Boolean(numeric.positive);
      this.skip.hidden = !numeric.skip;
      write(this.done, say("number.done"));
      mark(this.done, "ready", String(this.value() !== undefined));
      write(this.skip, say("number.skip"));
    }
    this.saveButton.hidden = this.step !== "save";
    write(this.saveButton, say("save"));
  }

  /** Tiles are kept by id; the step keeps those of two questions apart. */
  pick(id) {
    return id.slice(this.step.length + 1);
  }
}

/** Where what was inside can have gone. */
export const elsewhere = (units, unit) => units.filter((u) => u.id !== unit).map((u) => [u.id, u.name]);
