import { AskPanel, elsewhere } from "./ask.js";
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
const NUMBERS = {
  grams: { key: "grams", sign: "kg", positive: true },
  again: { key: "againMilli", sign: "°C", skip: true },
};

/** What somebody has chosen so far, in words. */
export function told(remedy, unitName) {
  const words = [say(`why.${remedy.cause}`)];
  if (remedy.action) words.push(say(`did.${remedy.action}`));
  const amount = remedy.grams === undefined ? "" : ` ${remedy.grams / 1000} kg`;
  const where = remedy.movedTo ? ` → ${unitName(remedy.movedTo)}` : "";
  if (remedy.fate) words.push(say(`fate.${remedy.fate}`) + amount + where);
  if (remedy.againMilli !== undefined) {
    words.push(say("again.was", { value: measure(remedy.againMilli, "Cel") }));
  }
  return words.join(" · ");
}

/** What was done about an alarm: cause, action, what became of the food, measured again. */
class CorrectPanel extends AskPanel {
  first = "cause";

  title(step) {
    return say(`ask.${step}`);
  }

  told(unitName) {
    return this.chosen.cause ? told(this.chosen, unitName) : "";
  }

  after(step) {
    if (step === "cause") return "action";
    if (step === "action") return this.about.unit ? "fate" : "save";
    if (step === "fate" && this.chosen.fate === "discarded") return "grams";
    if (step === "fate" && this.chosen.fate === "moved") return "movedTo";
    return step === "again" ? "save" : "again";
  }

  numeric(step) {
    return NUMBERS[step];
  }

  options(step, units) {
    if (step === "cause") return CAUSES.map((word) => [word, say(`why.${word}`)]);
    if (step === "action") return ACTIONS[this.chosen.cause].map((word) => [word, say(`did.${word}`)]);
    if (step === "fate") return FATES.map((word) => [word, say(`fate.${word}`)]);
    return step === "movedTo" ? elsewhere(units, this.about.unit) : [];
  }

  save() {
    this.send("correct", { ...this.chosen, alarm: this.about.id });
  }
}

/** The cause that stands in the list, in words that fit behind the unit's name. */
export const causeOf = (one) => (has(`cause.${one.cause}`) ? say(`cause.${one.cause}`) : say("cause.other", { rule: one.rule }));

customElements.define("correct-panel", CorrectPanel);
