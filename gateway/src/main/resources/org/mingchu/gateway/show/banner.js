import { button, label, make, mark, write, writeOrHide } from "./parts.js";
import { clock, drawable, length, limit, measure, say, spoken, unitSign } from "./words.js";

const SHAPES = { P1: "▲", P2: "▲", P3: "◆" };
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
    this.setAttribute("role", "region");
    this.append(
      make("div", "told", this.head, this.facts, this.what, this.after, this.word),
      make("div", "acts", this.takeButton, this.didButton, this.silenceButton, this.moreButton),
    );
    this.hidden = true;
  }

  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** Shows alarm number {@code i} of the list. */
  show(state, i, nameOf, elapsedMs) {
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

function facts(alarm, nowMs, nameOf, elapsedMs) {
  const since = say("alarm.since", {
    time: clock(alarm.sinceMs, nowMs),
    held: length((alarm.heldMs ?? nowMs - alarm.sinceMs) + elapsedMs),
  });
  return [say(`priority.${alarm.priority}`), ...numbers(alarm), since, ...standing(alarm, nowMs, nameOf)]
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
  if (!alarm.person || waits(alarm)) return [];
  const who = nameOf(alarm.person);
  return alarm.takenMs === undefined
    ? [say("alarm.taken", { who })]
    : [say("alarm.taken.at", { who, time: clock(alarm.takenMs, nowMs) })];
}

customElements.define("alarm-banner", AlarmBanner);
