import { button, keep, make, mark, question, write } from "./parts.js";
import { has, measure, say } from "./words.js";

const CAUSES = ["door", "power", "defrost", "load", "probe", "unit", "other"];
const ACTIONS = {
  door: ["closed-door", "called-repair", "other"],
  power: ["power-back", "took-out", "called-repair", "other"],
  defrost: ["waited", "called-repair", "other"],
  load: ["waited", "took-out", "closed-door", "other"],
  probe: ["moved-probe", "called-repair", "other"],
  unit: ["called-repair", "cleaned", "took-out", "other"],
  other: ["closed-door", "waited", "took-out", "moved-probe", "called-repair", "cleaned", "other"],
};
const FATES = ["kept", "moved", "discarded", "none"];
/** No food weighs more, and no thermometer of a kitchen says more. */
const NUMBER_CHARS = 5;

/** What somebody has chosen so far, in words. */
export function told(remedy, unitName) {
  const words = [say(`why.${remedy.cause}`), say(`did.${remedy.action}`)];
  const amount = remedy.grams === undefined ? "" : ` ${remedy.grams / 1000} kg`;
  const where = remedy.movedTo ? ` → ${unitName(remedy.movedTo)}` : "";
  if (remedy.fate) words.push(say(`fate.${remedy.fate}`) + amount + where);
  if (remedy.againMilli !== undefined) {
    words.push(say("again.was", { value: measure(remedy.againMilli, "Cel") }));
  }
  return words.join(" · ");
}

/**
 * What was done about an alarm, one question at a time, each a screen of large choices: nobody
 * types with wet hands. It stands where the units stood.
 */
class CorrectPanel extends HTMLElement {
  connectedCallback() {
    this.question = question();
    this.backButton = button("back", () => this.back());
    this.soFar = make("p", "so-far");
    this.choices = make("div", "tiles");
    this.shown = make("strong", "typed");
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
    this.save = button("save", () => this.send("correct", { ...this.chosen, alarm: this.one.id }));
    this.append(
      make("div", "ask", this.question, this.backButton), this.soFar,
      this.choices, this.number, this.save,
    );
    this.hidden = true;
  }

  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  open(one) {
    this.one = one;
    this.chosen = {};
    this.passed = [];
    this.step = "cause";
    this.typed = "";
    this.hidden = false;
  }

  close() {
    this.hidden = true;
  }

  /** One question back; from the first one back to where it came from. */
  back() {
    const last = this.passed.pop();
    this.typed = "";
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

  after(step) {
    if (step === "cause") return "action";
    if (step === "action") return this.one.unit ? "fate" : "save";
    if (step === "fate" && this.chosen.fate === "discarded") return "grams";
    if (step === "fate" && this.chosen.fate === "moved") return "movedTo";
    return step === "again" ? "save" : "again";
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
    if (milli === undefined || (this.step === "grams" && milli <= 0)) return;
    this.next(this.step === "grams" ? { grams: milli } : { againMilli: milli });
  }

  show(units) {
    if (this.hidden) return;
    const unitName = (id) => units.find((unit) => unit.id === id)?.name ?? id;
    write(this.question, `${this.one.name ?? ""} ${say(`ask.${this.step}`)}`.trim());
    write(this.backButton, say("back"));
    write(this.soFar, this.chosen.cause ? told(this.chosen, unitName) : "");
    this.soFar.hidden = !this.chosen.cause;
    const choices = this.options(units);
    this.choices.hidden = choices.length === 0;
    keep(this.choices, choices, (choice) => button("tile", () => this.next({ [this.step]: this.pick(choice.id) })), (tile, choice) =>
      write(tile, choice.text),
    );
    const numeric = this.step === "grams" || this.step === "again";
    this.number.hidden = !numeric;
    write(this.shown, `${this.typed || "0"} ${this.step === "grams" ? "kg" : "°C"}`);
    this.minus.hidden = this.step === "grams";
    write(this.done, say("number.done"));
    mark(this.done, "ready", String(this.value() !== undefined));
    write(this.skip, say("number.skip"));
    this.skip.hidden = this.step !== "again";
    this.save.hidden = this.step !== "save";
    write(this.save, say("save"));
  }

  /** Tiles are kept by id; the step keeps those of two questions apart. */
  pick(id) {
    return id.slice(this.step.length + 1);
  }

  options(units) {
    const all = {
      cause: CAUSES.map((word) => [word, say(`why.${word}`)]),
      action: (ACTIONS[this.chosen.cause] ?? []).map((word) => [word, say(`did.${word}`)]),
      fate: FATES.map((word) => [word, say(`fate.${word}`)]),
      movedTo: units.filter((u) => u.id !== this.one.unit).map((u) => [u.id, u.name]),
    };
    return (all[this.step] ?? []).map(([word, text]) => ({ id: `${this.step}:${word}`, text }));
  }
}

/** The cause that stands in the list, in words that fit behind the unit's name. */
export const causeOf = (one) => (has(`cause.${one.cause}`) ? say(`cause.${one.cause}`) : say("cause.other", { rule: one.rule }));

customElements.define("correct-panel", CorrectPanel);
