import { make, mark, writeOrHide } from "./parts.js";
import { dress, remember, remembered, shade, turn } from "./dress.js";
import { listen } from "./stream.js";
import { has, length, loadTexts, other, say, speak } from "./words.js";
import { waits } from "./banner.js";
import "./correct.js";
import { duties, today } from "./night.js";
import { takeQuestion } from "./people.js";
import { Guest } from "./signin.js";
import "./status.js";
import "./units.js";

const LEADERS = ["safety-officer", "manager", "technician"];
const STAFF = ["staff", ...LEADERS];
const TICK_MS = 1000;
/** The question who takes an alarm goes away when nobody answers it. */
const ASK_MS = 30_000;
/** Whoever began something and walked away has left it: the units are shown again, no PIN half typed. */
const LEFT_ALONE_MS = 180_000;
/** After so long without a touch, and while nothing waits for anybody, the page is dark. */
const DIM_AFTER_MS = 300_000;

class KitchenPage extends HTMLElement {
  async connectedCallback() {
    this.people = [];
    this.chosen = undefined;
    this.asking = undefined;
    this.touchedAt = performance.now();
    addEventListener("pointerdown", () => this.touched(), { capture: true });
    addEventListener("keydown", () => this.touched(), { capture: true });
    dress();
    await loadTexts();
    speak(remembered("language", "zh-CN"));
    this.build();
    listen((state) => this.heard(state), () => this.lost());
    setInterval(() => this.draw(), TICK_MS);
  }

  build() {
    this.simulated = make("div", "simulated");
    this.simulated.setAttribute("role", "status");
    this.notice = make("div", "notice");
    this.notice.setAttribute("role", "alert");
    this.top = make("top-line");
    this.banner = make("alarm-banner");
    this.units = make("unit-grid");
    this.names = make("name-tiles");
    this.pad = make("pin-pad");
    this.correct = make("correct-panel");
    this.night = make("night-panel");
    this.main = make("main", "", this.units, this.names, this.pad, this.correct, this.night);
    this.guest = new Guest(() => this.draw());
    this.cameras = make("camera-line");
    this.papers = make("paper-line");
    this.links = make("link-line");
    this.append(
      this.simulated, this.top, this.notice, this.banner,
      this.main, this.cameras, this.papers, this.links,
    );
    this.top.addEventListener("switch", (event) => this.turn(event.detail));
    this.banner.addEventListener("take", (event) => this.ask(event.detail));
    this.banner.addEventListener("silence", () => this.act("/api/silence", {}));
    this.banner.addEventListener("more", () => this.more());
    this.units.addEventListener("trend", (event) => this.openTrend(event.detail));
    this.banner.addEventListener("alarm-act", ({ detail }) => this.actOnAlarm(detail.act, detail.alarm));
    this.main.addEventListener("unit-act", (event) => this.actOnUnit(event.detail));
    this.main.addEventListener("act", (event) => this.sayAct(event.target, event.detail));
    this.top.addEventListener("sign-in", () => this.signIn());
    this.top.addEventListener("today", () => this.turnTo(this.night));
    this.top.addEventListener("new-pin", () => this.renew());
    this.main.addEventListener("renewed", () => this.guest.look());
    this.addEventListener("signed", (event) => this.signed(event.detail));
    this.addEventListener("changed", () => this.draw());
    this.banner.addEventListener("did", (event) => this.did(event.detail));
    duties(this);
    this.names.addEventListener("back", () => this.answered());
    this.names.addEventListener("person", (event) => this.take(event.detail));
    writeOrHide(this.notice, say("connecting"));
  }

  heard(state) {
    const first = this.state === undefined;
    // Another program answers: its own page belongs to it.
    if (!first && state.version !== this.state.version) location.reload();
    if (!first && this.somethingNew(state)) this.chosen = undefined;
    this.state = state;
    this.heardAt = performance.now();
    this.dead = false;
    if (first) speak(remembered("language", state.site.language), state.site.zone);
    if (first || this.strangers()) this.fetchPeople();
    this.draw();
  }

  /** An alarm that waits and did not before comes forward, whatever was looked at. */
  somethingNew(state) {
    const before = new Set(this.state.alarms.filter(waits).map((alarm) => alarm.id));
    return state.alarms.some((alarm) => waits(alarm) && !before.has(alarm.id));
  }

  lost() {
    this.dead = true;
    this.draw();
  }

  draw() {
    mark(document.documentElement, "dead", String(Boolean(this.dead)));
    this.shade();
    if (performance.now() - this.touchedAt > LEFT_ALONE_MS) this.leave();
    if (!this.state) {
      if (this.dead) writeOrHide(this.notice, say("dead"));
      return;
    }
    const { state } = this;
    const elapsedMs = performance.now() - this.heardAt;
    this.simulated.hidden = !state.simulated;
    if (state.simulated) writeOrHide(this.simulated, `${say("simulated")} · ${say("simulated.detail")}`);
    writeOrHide(this.notice, this.trouble(elapsedMs));
    const guest = this.guest.now();
    mark(document.documentElement, "role", guest?.role ?? "");
    mark(document.documentElement, "face", guest?.role === "volunteer" ? "simple" : state.site.face);
    this.top.show(state, elapsedMs, {
      guest: guest && this.nameOf(guest.person),
      role: guest?.role,
      today: today(state),
      mayRenew: this.guest.mayRenew(),
    });
    this.banner.show(state, this.current(), { nameOf: (id) => this.nameOf(id), role: guest?.role, elapsedMs });
    this.units.show(state.units, elapsedMs);
    this.cameras.show(state.cameras);
    this.papers.show(state.papers);
    this.links.show(state);
    this.trend?.label();
    this.pad.show(this.people, (id) => this.nameOf(id));
    this.askPanels().forEach((panel) => panel.show(state.units));
    this.night.show(state, (id) => this.nameOf(id), elapsedMs);
    this.question();
  }

  /** The first who signs in on a day is told of the night; whoever is about an act is not. */
  signed(guest) {
    this.guest.set(guest);
    const busy = this.pad.then || this.askPanels().some((panel) => !panel.hidden);
    if (this.state.night.due && !busy && STAFF.includes(guest.role)) this.night.open();
    this.draw();
  }

  turnTo(panel) {
    this.clear();
    panel.open();
    this.draw();
  }

  /** Whatever was asked is asked no more. */
  clear() {
    this.pad.leave();
    this.askPanels().forEach((one) => one.close());
    this.answered();
  }

  /** Nobody has touched anything for long: what was begun is over. */
  leave() {
    const open = [this.pad, this.night, ...this.askPanels()].some((panel) => panel && !panel.hidden);
    if (!open) return;
    this.night.close();
    this.clear();
  }

  /** What asks one question after the other, as far as it has been needed. */
  askPanels() {
    return [this.correct, this.unitActs, this.alarmActs, this.newPin].filter(Boolean);
  }

  async renew() {
    try {
      await this.fetchPeople();
      const panel = await this.latePanel("newPin", "new-pin", "./newpin.js");
      this.turnTo({ open: () => panel.open(this.people.filter((one) => one.role === "manager")) });
    } catch {
      this.banner.tell(say("refused.lost"));
    }
  }

  /** A panel whose code comes when it is first needed. */
  async latePanel(name, tag, file) {
    await import(file);
    if (!this[name]) {
      this[name] = make(tag);
      this.main.append(this[name]);
    }
    return this[name];
  }

  async actOnUnit(id) {
    try {
      const panel = await this.latePanel("unitActs", "unit-acts", "./acts.js");
      const unit = this.state.units.find((one) => one.id === id);
      this.turnTo({ open: () => panel.ask(unit, this.state.longest, () => this.nowMs()) });
    } catch {
      this.banner.tell(say("refused.lost"));
    }
  }

  async actOnAlarm(act, alarm) {
    if (act === "unshelve") {
      this.who(say("act.who"), (person) => this.act("/api/act", { act, alarm: alarm.id, person }), LEADERS);
      return;
    }
    try {
      const panel = await this.latePanel("alarmActs", "alarm-acts", "./acts.js");
      this.turnTo({ open: () => panel.ask(act, alarm) });
    } catch {
      this.banner.tell(say("refused.lost"));
    }
  }

  /** What was chosen is said to the gateway; the panel stays until it is recorded. */
  sayAct(panel, { body, roles }) {
    this.who(say("act.who"), async (person) => {
      const refused = await this.act("/api/act", { ...body, person });
      if (refused) panel.tell(refused);
      else panel.close();
      this.draw();
    }, roles);
  }

  nowMs() {
    return this.state.now.wallMs + (performance.now() - this.heardAt);
  }

  /** What was done about the alarm that stands in the banner. */
  did(alarm) {
    this.pad.leave();
    this.answered();
    this.correct.open(this.state.cases.find((one) => one.id === alarm.id));
    this.draw();
  }

  /** Who does it: whoever is signed in, else whose name is tapped. */
  who(question, then, roles) {
    const guest = this.guest.now();
    if (guest && (!roles || roles.includes(guest.role))) {
      then(guest.person);
      return;
    }
    this.asked = { question, then, roles };
    this.wait();
  }

  signIn() {
    if (this.guest.now()) {
      this.guest.signOut();
      return;
    }
    this.answered();
    this.fetchPeople();
    this.pad.open(undefined, "", undefined);
    this.draw();
  }

  /** What makes everything below it doubtful. */
  trouble(elapsedMs) {
    if (this.dead) return `${say("dead")} — ${say("dead.detail", { age: length(elapsedMs) })}`;
    if (this.state.kept.idle) {
      const age = this.state.kept.ageMs;
      const words = age === undefined ? "" : ` — ${say("idle.detail", { age: length(age) })}`;
      return say("idle") + words;
    }
    return drawn(this.state.battery) || makeshift(this.state.standIn);
  }

  /** The alarm that was chosen, as long as it is open; else the one that matters most. */
  current() {
    const i = this.state.alarms.findIndex((alarm) => alarm.id === this.chosen);
    return Math.max(i, 0);
  }

  more() {
    const { alarms } = this.state;
    this.chosen = alarms[(this.current() + 1) % alarms.length]?.id;
    this.answered();
  }

  ask(alarm) {
    this.pad.leave();
    this.chosen = alarm.id;
    this.asking = alarm.id;
    this.asked = undefined;
    this.banner.tell("");
    this.wait();
  }

  wait() {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      this.chosen = undefined;
      this.answered();
    }, ASK_MS);
    this.fetchPeople();
    this.draw();
  }

  question() {
    const alarm = this.state.alarms.find((a) => a.id === this.asking && waits(a));
    if (!alarm) this.asking = undefined;
    const view = this.view(alarm);
    const turned = this.main.dataset.view !== view;
    mark(this.main, "view", view);
    [this.pad, this.night, ...this.askPanels()].forEach((panel) =>
      mark(panel, "shown", String(panel.localName === view)),
    );
    this.names.hidden = view !== "names";
    this.units.hidden = view !== "units";
    if (this.trend) this.trend.hidden = view !== "trend";
    if (alarm) this.names.show(takeQuestion(alarm), this.people);
    else if (this.asked) {
      const { question, roles } = this.asked;
      this.names.show(question, this.people.filter((one) => !roles || roles.includes(one.role)));
    }
    if (turned) this.main.querySelector(":scope > :not([hidden]) > h2, :scope > :not([hidden]) > div > h2")?.focus();
  }

  /** What stands where the units stood: the question that was asked last. */
  view(alarm) {
    if (!this.pad.hidden) return "pin-pad";
    if (alarm || this.asked) return "names";
    const asking = this.askPanels().find((panel) => !panel.hidden);
    if (asking) return asking.localName;
    if (!this.night.hidden) return "night-panel";
    return this.trend?.open ? "trend" : "units";
  }

  answered() {
    this.asking = undefined;
    this.asked = undefined;
    this.draw();
  }

  /** Its code comes with the first tap: the first load of the page stays light. */
  async openTrend(id) {
    const unit = this.state.units.find((one) => one.id === id);
    try {
      await (await import("./trend.js")).dressed();
    } catch {
      return this.banner.tell(say("trend.lost"));
    }
    if (!this.trend) {
      this.trend = make("trend-view");
      this.units.after(this.trend);
      this.trend.addEventListener("back", () => this.draw());
    }
    this.trend.show(unit, this.state.site.zone);
    this.draw();
  }

  async take(person) {
    const alarm = this.asking;
    if (!alarm) {
      const then = this.asked?.then;
      this.answered();
      then?.(person);
      return;
    }
    this.answered();
    this.banner.tell(say("take.wait"));
    await this.act("/api/acknowledge", { alarm, person });
    // The next most urgent alarm comes forward by itself.
    this.chosen = undefined;
    this.draw();
  }

  /** Has it done; what there is to say about it, empty when it is kept. */
  async act(path, body) {
    try {
      const reply = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      const said = await reply.json();
      if (said.refused === "needs-pin") {
        return await this.prove(path, body);
      }
      const key = `refused.${said.refused}`;
      return this.said(reply.ok ? "" : say(has(key) ? key : "refused.lost"));
    } catch {
      return this.said(say("refused.lost"));
    }
  }

  /** The act takes more than a tap: who does it proves it, and it is done then. */
  prove(path, body) {
    const proven = new Promise((done) => {
      const again = async (guest) => done(await this.act(path, { ...body, person: guest.person }));
      this.pad.open(body.person, say("refused.needs-pin"), again, () => done(say("refused.needs-pin")));
    });
    this.draw();
    return proven;
  }

  said(text) {
    this.banner.tell(text);
    return text;
  }

  /** Somebody acted whose name this page has not heard yet. */
  strangers() {
    const known = new Set(this.people.map((person) => person.id));
    const acted = this.state.alarms.map((alarm) => alarm.person).filter(Boolean);
    return acted.some((id) => !known.has(id) && id !== this.soughtFor && (this.soughtFor = id));
  }

  async fetchPeople() {
    try {
      this.people = (await (await fetch("/api/people")).json()).people;
      this.draw();
    } catch {
      // The stream says soon enough that the gateway is gone.
    }
  }

  nameOf(id) {
    return this.people.find((person) => person.id === id)?.name ?? say("person.unknown", { id });
  }

  turn(name) {
    if (name === "language") {
      remember("language", other());
      speak(other(), this.state?.site.zone);
    } else turn(name);
    this.draw();
  }

  touched() {
    this.touchedAt = performance.now();
    this.shade();
  }

  /** A screen nobody looks at, and on which nothing waits for anybody, is dark. */
  shade() {
    const quiet = this.state && !this.dead && !this.state.alarms.some(waits);
    shade(Boolean(quiet) && performance.now() - this.touchedAt > DIM_AFTER_MS);
  }
}

/** What the gateway goes on by, when it cannot use the files it follows. */
function makeshift(standIn) {
  return standIn ? `${say(`standin.${standIn}`)} — ${say("standin.detail")}` : "";
}

/** What the board runs on, when that is its own battery. */
function drawn(battery) {
  if (!battery) return "";
  const words = { n: battery.percent ?? "?", stop: battery.stopAtPercent };
  return `${say(`battery.${battery.stage}`, words)} — ${say(`battery.${battery.stage}.detail`, words)}`;
}

customElements.define("kitchen-page", KitchenPage);
