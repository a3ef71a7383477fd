import { keep, make, mark, pressed, write, writeOrHide } from "./parts.js";
import { length, limit, measure, number, say, unitSign } from "./words.js";

/** What was measured by hand longer ago says nothing of now. */
const HAND_MS = 86_400_000;

/** Shape and word carry the meaning; colour only repeats it. */
export const SHAPES = {
  fine: "",
  planned: "■",
  unknown: "…",
  attention: "◆",
  alarm: "▲",
  fault: "✖",
  doubt: "?",
};

/** All units at one glance. */
class UnitGrid extends HTMLElement {
  show(units, elapsedMs) {
    mark(this, "count", units.length > 8 ? "many" : "few");
    keep(this, units, () => document.createElement("unit-tile"), (tile, unit) =>
      tile.show(unit, elapsedMs),
    );
  }
}

/** One unit: its main value big, limit and age beside it, the rest in words. */
class UnitTile extends HTMLElement {
  connectedCallback() {
    if (this.head) return;
    this.shape = make("span", "shape");
    this.name = make("span", "name");
    this.light = make("span", "light");
    this.head = make("div", "head", this.shape, this.name, this.light);
    this.digits = make("span", "digits");
    this.sign = make("span", "sign");
    this.value = make("div", "value", this.digits, this.sign);
    this.fault = make("div", "fault");
    this.limit = make("div");
    this.age = make("div", "age");
    this.rest = make("div", "rest");
    this.outage = make("div", "outage");
    this.hand = make("div", "hand");
    this.append(
      this.head,
      make("div", "body", make("div", "main", this.fault, this.value),
        make("div", "side", this.limit, this.age, this.rest)),
      this.outage, this.hand,
    );
    // What it has been like: the page opens its trend.
    this.tabIndex = 0;
    this.setAttribute("role", "button");
    pressed(this, () => this.choose());
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      // Or the page would scroll.
      event.preventDefault();
      this.choose();
    });
  }

  choose() {
    this.dispatchEvent(new CustomEvent("trend", { detail: this.dataset.id, bubbles: true }));
  }

  show(unit, elapsedMs) {
    const main = mainSensor(unit.sensors);
    mark(this, "light", unit.light);
    write(this.shape, SHAPES[unit.light]);
    write(this.name, unit.name);
    write(this.light, say(`light.${unit.light}`));
    this.number(main, elapsedMs);
    write(this.limit, bounds(main));
    write(this.age, age(main, elapsedMs));
    writeOrHide(this.rest, rest(unit.sensors, main));
    writeOrHide(this.outage, unit.outage ? outage(unit.outage) : "");
    writeOrHide(this.hand, byHand(unit.byHand, main, elapsedMs));
  }

  number(main, elapsedMs) {
    const known = main?.milli !== undefined;
    mark(this, "stale", String(known && (main.stale || main.fault !== undefined)));
    writeOrHide(this.fault, main?.fault ? say(`fault.${main.fault}`) : "");
    if (contact(main)) {
      write(this.digits, known ? state(main) : "—");
      write(this.sign, "");
      return;
    }
    write(this.digits, known ? number(main.milli) : "—");
    write(this.sign, known ? unitSign(main.uom) + (this.dataset.stale === "true" ? " ?" : "") : "");
  }
}

/** What most needs to be seen: a temperature out of its limits, a faulty one, the first. */
function mainSensor(sensors) {
  const temperatures = sensors.filter((s) => s.measures === "temperature");
  const among = temperatures.length > 0 ? temperatures : sensors;
  return (
    among.find((s) => s.outMs !== undefined) ?? among.find((s) => s.fault !== undefined) ?? among[0]
  );
}

function bounds(sensor) {
  if (!sensor || contact(sensor)) return "";
  const { above, below } = sensor;
  if (above !== undefined && below !== undefined) return `${limit(below)} ~ ${limit(above)}`;
  if (above !== undefined) return say("limit.above", { limit: limit(above) });
  if (below !== undefined) return say("limit.below", { limit: limit(below) });
  return say("limit.none");
}

/** What somebody measured, while the probe does not: never without the word that says so. */
function byHand(read, main, elapsedMs) {
  const measures = main?.milli !== undefined && !main.stale && main.fault === undefined;
  if (!read || measures || read.ageMs === undefined || read.ageMs > HAND_MS) return "";
  const told = say("age", { age: length(read.ageMs + elapsedMs) });
  return `${say("hand", { value: measure(read.milli, "Cel") })} · ${told}`;
}

function age(sensor, elapsedMs) {
  if (!sensor || sensor.milli === undefined) return "";
  if (sensor.ageMs === undefined) return say("age.unknown");
  return say("age", { age: length(sensor.ageMs + elapsedMs) });
}

/** What nobody watched, as short as a tile is small: how long, whether it may have been too warm, what to do. */
function outage(told) {
  return [away(told), beyond(told), told.check ? say("outage.check") : ""].filter(Boolean).join(" · ");
}

/** The same for whoever judges the food: from what to what, and how bad it may have been. */
export function outageWhole(told) {
  const { before, after, worst } = told;
  const value = (key, milli) => (milli === undefined ? "" : say(`outage.${key}`, { value: number(milli) }));
  const values = [value("before", before), value("after", after), value("worst", worst)];
  return [away(told), say("outage.unseen"), ...values, beyond(told)].filter(Boolean).join(" · ");
}

function away({ leastMs, mostMs }) {
  const least = length(leastMs);
  if (mostMs === undefined) return say("outage.least", { least });
  const most = length(mostMs);
  return say(least === most ? "outage" : "outage.between", { least, most });
}

function beyond({ beyondMostMs }) {
  if (beyondMostMs === undefined) return "";
  return beyondMostMs > 0 ? say("outage.beyond", { most: length(beyondMostMs) }) : say("outage.within");
}

/** A contact has no number: a door is open or shut, a detector reports or does not. */
const CONTACTS = ["door", "mains", "smoke", "gas", "water", "defrost"];
export const contact = (sensor) => CONTACTS.includes(sensor?.measures);

export function state(sensor) {
  const on = sensor.milli > 0;
  if (sensor.measures === "door") return say(on ? "door.open" : "door.closed");
  if (sensor.measures === "defrost") return on ? say("defrost.on") : "";
  if (sensor.measures === "mains") return say(on ? "mains.lost" : "mains.there");
  return say(on ? "contact.on" : "contact.off");
}

function rest(sensors, main) {
  return sensors
    .filter((s) => s !== main)
    .map((s) => {
      if (s.fault) return say(`fault.${s.fault}`);
      if (s.milli === undefined) return "";
      const doubt = s.stale ? "?" : "";
      return (contact(s) ? state(s) : number(s.milli) + unitSign(s.uom)) + doubt;
    })
    .filter(Boolean)
    .join(" ");
}

customElements.define("unit-tile", UnitTile);
customElements.define("unit-grid", UnitGrid);
