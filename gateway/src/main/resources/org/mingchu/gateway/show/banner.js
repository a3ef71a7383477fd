import { button, label, make, mark, write, writeOrHide } from "./parts.js";
import { clock, drawable, length, limit, measure, say, spoken, unitSign } from "./words.js";

const SHAPES = { P1: "▲", P2: "▲", P3: "◆" };
const LEADERS = ["safety-officer", "manager", "technician"];
const PICTURES = ["hear", "press", "shut"];
const WAITING = ["unack-active", "unack-returned", "latched-unack"];

export const waits = (alarm) => WAITING.includes(alarm.state);

export const alarmName = (alarm) => alarm.name ?? say(alarm.subject === "cameras" ? "subject.cameras" : "subject.gateway");

export function alarmCause(alarm) {
  return say(`cause.${alarm.cause}`, { rule: alarm.rule });
}

/** The one alarm that matters most, what to do about it, and the button that takes it. */
class AlarmBanner extends HTMLElement {
  connectedCallback() {
    this.head = make("strong", "head");
    // Spoken when another alarm comes forward; its times change each second and are not.
    this.head.setAttribute("role", "alert");
    this.facts = make("p", "facts");
    this.what = make("p", "what");
    this.after = make("p", "after");
    this.word = make("p", "word");
    this.word.setAttribute("role", "alert");
    this.word.hidden = true;
    this.takeButton = button("take", () => this.send("take", this.alarm));
    this.silenceButton = button("silence", () => this.send("silence"));
    this.didButton = button("did", () => this.send("did", this.alarm));
    this.moreButton = button("more", () => this.send("more"));
    this.asideButton = button("aside", () => this.send("alarm-act", { act: this.aside, alarm: this.alarm }));
    this.pictures = make("div", "pictures", ...PICTURES.map(picture));
    this.setAttribute("role", "region");
    this.append(
      make("div", "told", this.head, this.facts, this.what, this.after, this.pictures, this.word),
      make(
        "div", "acts",
        this.takeButton, this.didButton, this.silenceButton, this.asideButton, this.moreButton,
      ),
    );
    this.hidden = true;
  }

  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** Shows alarm number {@code i} of the list, to whoever is signed in. */
  show(state, i, { nameOf, role, elapsedMs }) {
    this.hidden = state.alarms.length === 0;
    if (this.hidden) return;
    const alarm = state.alarms[i];
    this.alarm = alarm;
    label(this, say("light.alarm"));
    mark(this, "priority", alarm.priority);
    mark(this, "waits", String(waits(alarm)));
    write(this.head, `${SHAPES[alarm.priority]} ${alarmName(alarm)} ${alarmCause(alarm)}`);
    write(this.facts, facts(alarm, state.now.wallMs, nameOf, elapsedMs));
    this.instruct(alarm);
    write(this.takeButton, say("take"));
    this.takeButton.hidden = !waits(alarm);
    write(this.silenceButton, say("silence"));
    const one = state.cases.find((each) => each.id === alarm.id);
    write(this.didButton, say("did"));
    this.didButton.hidden = waits(alarm) || !one || Boolean(one.remedy);
    this.silenceButton.hidden = !state.sound.sounding;
    this.aside = aside(alarm, role);
    writeOrHide(this.asideButton, this.aside ? say(`act.${this.aside}`) : "");
    this.pictures.hidden = Boolean(alarm.drill); // nobody has to shut a door for it
    this.pictures.querySelectorAll("span").forEach((node) => write(node, say(`picture.${node.dataset.name}`)));
    const others = state.alarms.length - 1;
    writeOrHide(this.moreButton, others > 0 ? say("alarm.more", { n: others }) : "");
  }

  instruct(alarm) {
    const advice = alarm.advice?.[spoken()];
    const steps = advice?.steps ?? [say("advice.none")];
    const question = alarm.asks ? [say(`asks.${alarm.asks}`)] : [];
    write(this.what, drawable([...question, ...steps].join("\n")));
    const after = [
      advice?.who && say("advice.who", { who: advice.who }),
      advice?.then && say("advice.then", { then: advice.then }),
    ];
    writeOrHide(this.after, drawable(after.filter(Boolean).join(" · ")));
  }

  /** A word from the gateway about the last act; empty takes it away. */
  tell(text) {
    writeOrHide(this.word, text);
  }
}

/** What else can be done with it by somebody who leads: he has proven who he is. */
function aside(alarm, role) {
  if (!LEADERS.includes(role) || alarm.drill) return undefined;
  if (alarm.state === "shelved") return "unshelve";
  return alarm.state === "latched-ack" ? "reset" : "shelve";
}

/** For somebody who does not read: it calls, press, shut the door and tell somebody. */
function picture(name) {
  const image = make("img");
  image.src = `/picture-${name}.svg`;
  image.alt = "";
  const caption = make("span");
  caption.dataset.name = name;
  return make("div", "picture", image, caption);
}

/** When it calls again, or somebody else is asked. */
function nextCall(alarm, elapsedMs) {
  if (!alarm.next) return "";
  const age = length(alarm.next.inMs - elapsedMs);
  return alarm.next.who ? say(`alarm.next.${alarm.next.who}`, { age }) : say("alarm.next", { age });
}

function facts(alarm, nowMs, nameOf, elapsedMs) {
  const since = say("alarm.since", {
    time: clock(alarm.sinceMs, nowMs),
    held: length((alarm.heldMs ?? nowMs - alarm.sinceMs) + elapsedMs),
  });
  return [say(`priority.${alarm.priority}`), ...numbers(alarm), since, ...standing(alarm, nowMs, nameOf), nextCall(alarm, elapsedMs)]
    .filter(Boolean)
    .join(" · ");
}

function numbers(alarm) {
  const known = alarm.nowMilli ?? alarm.milli;
  if (known === undefined || alarm.uom === "/") return [];
  const value =
    alarm.nowMilli === undefined
      ? say("alarm.value", { value: measure(alarm.milli, alarm.uom) })
      : measure(alarm.nowMilli, alarm.uom);
  if (alarm.limitMilli === undefined) return [value];
  const side = alarm.cause.endsWith("below") ? "below" : "above";
  const bound = `${limit(alarm.limitMilli)} ${unitSign(alarm.uom)}`;
  return [value, say(`alarm.limit.${side}`, { limit: bound })];
}

function standing(alarm, nowMs, nameOf) {
  if (alarm.state === "unack-returned") return [say("alarm.returned")];
  if (alarm.state === "shelved") return [say("alarm.shelved")];
  if (!alarm.person || waits(alarm)) return [];
  const who = nameOf(alarm.person);
  return alarm.takenMs === undefined
    ? [say("alarm.taken", { who })]
    : [say("alarm.taken.at", { who, time: clock(alarm.takenMs, nowMs) })];
}

customElements.define("alarm-banner", AlarmBanner);
