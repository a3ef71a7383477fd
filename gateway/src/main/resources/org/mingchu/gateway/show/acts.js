import { AskPanel, elsewhere } from "./ask.js";
import { outageWhole } from "./units.js";
import { length, measure, say } from "./words.js";

// What people do to a unit or with an alarm, besides taking and mending. It is loaded with the
// first of them, so that the first load of the page stays light.

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MINUTES = [10, 15, 30, 60, 120, 240, 480];
const DAYS = [1, 3, 7, 14, 30, 60];
const REASONS = {
  cleaning: ["daily", "weekly", "defrosting", "other"],
  loading: ["delivery", "restocking", "other"],
  stopped: ["closure", "repair", "empty", "other"],
  unfit: ["thrown-away", "taken-away", "other"],
  shelve: ["repair-called", "known", "testing", "other"],
  reset: ["looked", "mended", "false-alarm"],
};
const HAND = { key: "milli", sign: "°C" };
/** Whoever does these proves who he is; the question who it was is put to those who may. */
const LEADERS = ["safety-officer", "manager", "technician"];
const STAFF = ["staff", ...LEADERS];

/** Lengths that can be chosen, the longest that is allowed among them. */
function lengths(longestMs) {
  const longest = Math.floor(longestMs / MINUTE_MS);
  const shorter = MINUTES.filter((minutes) => minutes < longest);
  return [...shorter, longest].map((minutes) => [String(minutes), length(minutes * MINUTE_MS)]);
}

class ActPanel extends AskPanel {
  title(step) {
    return say(`act.ask.${step}`);
  }

  /** Which reasons there are to choose from. */
  why() {
    return this.act === "check" ? "unfit" : this.act;
  }

  numeric(step) {
    return step === "milli" ? HAND : undefined;
  }

  options(step, units) {
    if (step === "reason") return REASONS[this.why()].map((word) => [word, say(`reason.${word}`)]);
    if (step === "minutes") return lengths(this.longestMs());
    if (step === "days") return DAYS.map((days) => [String(days), length(days * DAY_MS)]);
    return step === "movedTo" ? elsewhere(units, this.about.id) : [];
  }

  /** What goes to the gateway; texts as they were read when they were chosen. */
  body() {
    const { minutes, days, movedTo, milli, reason } = this.chosen;
    const all = {
      act: this.act,
      minutes,
      untilMs: days && String(Math.round(this.nowMs() + Number(days) * DAY_MS)),
      movedTo,
      milli: milli === undefined ? undefined : String(milli),
      reason: reason && say(`reason.${reason}`),
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  told(unitName) {
    if (!this.act) return "";
    const { minutes, days, movedTo, milli, reason } = this.chosen;
    return [
      say(`act.${this.chosen.act ?? this.act}`),
      minutes && length(minutes * MINUTE_MS),
      days && length(days * DAY_MS),
      movedTo && `→ ${unitName(movedTo)}`,
      milli !== undefined && measure(milli, "Cel"),
      reason && say(`reason.${reason}`),
    ].filter(Boolean).join(" · ");
  }

  save() {
    this.send("act", { body: this.body(), roles: this.roles() });
  }
}

/** What somebody does to a unit: cleaning, loading, stopping, looking at its food, measuring. */
class UnitActs extends ActPanel {
  first = "act";

  /** @param longest how long acts may last, @param nowMs the gateway's wall clock */
  ask(unit, longest, nowMs) {
    this.longest = longest;
    this.nowMs = nowMs;
    this.open(unit);
  }

  get act() {
    const { act } = this.chosen;
    return act === "fit" || act === "unfit" ? "check" : act;
  }

  longestMs() {
    return this.act === "loading" ? this.longest.loadingMs : this.longest.cleaningMs;
  }

  roles() {
    return this.act === "stopped" ? LEADERS : STAFF;
  }

  after(step) {
    const { act } = this.chosen;
    if (step === "act") {
      return { cleaning: "minutes", loading: "minutes", stopped: "days", measured: "milli", unfit: "reason" }[act] ?? "save";
    }
    const empties = act === "cleaning" || act === "stopped";
    if (["minutes", "days"].includes(step)) return empties && this.about.kind === "sample-fridge" ? "movedTo" : "reason";
    return step === "movedTo" ? "reason" : "save";
  }

  /** Before anything is chosen: what is known of the time that nobody watched. */
  told(unitName) {
    const { outage } = this.about;
    return super.told(unitName) || (outage ? outageWhole(outage) : "");
  }

  options(step, units) {
    return step === "act" ? this.acts().map((word) => [word, say(`act.${word}`)]) : super.options(step, units);
  }

  acts() {
    const { act, outage, sensors } = this.about;
    return [
      ...(outage?.check ? ["fit", "unfit"] : []),
      ...(act ? ["in-use"] : ["cleaning", "loading", "stopped"]),
      ...(sensors.some((sensor) => sensor.measures === "temperature") ? ["measured"] : []),
    ];
  }

  body() {
    const { act } = this.chosen;
    const fit = act === "fit" || act === "unfit" ? { fit: String(act === "fit") } : {};
    return { ...super.body(), ...fit, unit: this.about.id };
  }
}

/** An alarm is put aside for a while, or, looked at, let go. */
class AlarmActs extends ActPanel {
  get first() {
    return this.act === "reset" ? "reason" : "minutes";
  }

  ask(act, alarm) {
    this.act = act;
    this.open(alarm);
  }

  longestMs() {
    return this.about.shelveMs;
  }

  roles() {
    return LEADERS;
  }

  after(step) {
    return step === "minutes" ? "reason" : "save";
  }

  body() {
    return { ...super.body(), alarm: this.about.id };
  }
}

customElements.define("unit-acts", UnitActs);
customElements.define("alarm-acts", AlarmActs);
