// The technician's page: how the machine is, thing by thing, and the self-test. It asks anew as
// long as it is open; what it shows is never older than it says.

import { button, keep, make, mark, write, writeOrHide } from "./parts.js";
import "./places.js";
import { dress, remember, remembered, turn } from "./dress.js";
import { Guest } from "./signin.js";
import { contact, state } from "./units.js";
import { has, length, loadTexts, measure, other, say, speak, spoken } from "./words.js";

const ASK_EVERY_MS = 5000;
const TICK_MS = 1000;
/** An answer takes up to ten seconds; what is older is doubtful. */
const OLD_MS = 20_000;
const WHO = ["technician", "safety-officer", "manager"];
/** What says until when a certificate or paper holds. */
const DATED = ["platform.tls", "platform.certificate", "papers", "sensors.calibration"];
const SHAPES = { ok: "●", warn: "▲", fail: "✖", skipped: "○", todo: "□" };

class TechnicianPage extends HTMLElement {
  async connectedCallback() {
    this.people = [];
    dress();
    await loadTexts();
    speak(remembered("language", "zh-CN"));
    this.build();
    this.guest = new Guest(() => this.draw());
    this.addEventListener("signed", (event) => {
      this.guest.set(event.detail);
      this.ask();
    });
    this.addEventListener("changed", () => this.draw());
    this.fetchPeople();
    this.ask();
    setInterval(() => this.ask(), ASK_EVERY_MS);
    setInterval(() => this.draw(), TICK_MS);
  }

  build() {
    this.simulated = make("div", "simulated");
    this.notice = make("div", "notice");
    this.notice.setAttribute("role", "status");
    this.heading = make("h1");
    this.back = make("a", "link");
    this.back.href = "/";
    this.signIn = button("switch", () => this.enter());
    this.switches = ["language", "type", "theme"].map((name) => {
      const node = button("switch", () => this.turn(name));
      node.dataset.name = name;
      return node;
    });
    this.pad = make("pin-pad");
    this.sections = make("div", "sections");
    this.wrong = this.section("wrong");
    this.steps = this.section("steps");
    this.selfTest = this.section("test");
    this.run = button("run", () => this.test());
    this.verdict = make("p", "verdict");
    this.verdict.setAttribute("role", "status");
    this.selfTest.before(this.run, this.verdict);
    this.drill = this.section("drill");
    this.runDrill = button("run", () => this.send("/api/drill", "drillWord"));
    this.drilled = make("p", "verdict");
    this.drilled.setAttribute("role", "status");
    this.drill.before(this.runDrill, this.drilled);
    this.protocol = this.section("protocol");
    this.write = button("run", () => this.download());
    this.written = make("p", "verdict");
    this.written.setAttribute("role", "status");
    this.protocol.before(this.write, this.written);
    this.sensors = this.section("sensors");
    this.section("places");
    this.places = make("place-pictures");
    this.sections.lastElementChild.append(this.places);
    this.buses = this.section("buses");
    this.platforms = this.section("platforms");
    this.dated = this.section("dated");
    this.fine = this.section("fine");
    this.version = make("p", "version");
    this.main = make("main", "", this.pad, this.sections, this.version);
    const bar = make("div", "bar", this.heading);
    bar.append(make("span", "switches", this.back, this.signIn, ...this.switches));
    this.append(make("header", "", this.simulated, bar, this.notice), this.main);
  }

  section(name) {
    const list = make("div", `list ${name}`);
    const title = make("h2");
    title.dataset.key = `tech.${name}`;
    this.sections.append(make("section", name, title, list));
    return list;
  }

  turn(name) {
    if (name === "language") {
      remember("language", other());
      speak(other(), this.told?.site.zone);
    } else turn(name);
    this.draw();
  }

  enter() {
    if (this.guest.now()) {
      this.told = undefined;
      this.guest.signOut();
      return;
    }
    this.fetchPeople();
    this.pad.open(undefined, "", undefined);
    this.draw();
  }

  async fetchPeople() {
    try {
      const all = (await (await fetch("/api/people")).json()).people;
      this.people = all.filter((one) => WHO.includes(one.role));
      this.draw();
    } catch {
      // The next question says soon enough that the gateway is gone.
    }
  }

  /** One question at a time; an answer of the checks may take its time. */
  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      const reply = await fetch("/api/technician");
      const said = await reply.json();
      this.lost = false;
      this.refused = reply.ok ? "" : said.refused;
      this.told = reply.ok ? said : undefined;
      this.heardAt = performance.now();
      if (this.told) speak(remembered("language", said.site.language), said.site.zone);
    } catch {
      this.lost = true;
    } finally {
      this.asking = false;
    }
    this.draw();
  }

  async test() {
    if (this.testing) return;
    this.testing = true;
    this.testWord = "";
    this.draw();
    try {
      const reply = await fetch("/api/self-test", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: "{}",
      });
      const said = await reply.json();
      const key = `refused.${said.refused}`;
      this.testWord = reply.ok ? "" : say(has(key) ? key : "refused.lost");
    } catch {
      this.testWord = say("refused.lost");
    }
    this.testing = false;
    this.asking = false;
    await this.ask();
  }

  async send(path, word) {
    this[word] = "";
    try {
      const reply = await post(path, {});
      if (!reply.ok) this[word] = await refusal(reply);
    } catch {
      this[word] = say("refused.lost");
    }
    await this.ask();
  }

  /** A document takes seconds; the gateway keeps that it was made. */
  async download() {
    if (this.writing) return;
    this.writing = true;
    this.writeWord = "";
    this.draw();
    try {
      const reply = await post("/api/protocol", { language: spoken() });
      if (reply.ok) save(await reply.blob(), `mingchu-${this.told?.site.name ?? ""}-${spoken()}.pdf`);
      this.writeWord = reply.ok ? say("tech.protocol.made") : await refusal(reply);
    } catch {
      this.writeWord = say("refused.lost");
    }
    this.writing = false;
    this.draw();
  }

  fillDrill(drill, elapsedMs) {
    const goes = drill && !drill.over;
    write(this.runDrill, say(goes ? "tech.drill.running" : "tech.drill.run"));
    mark(this.runDrill, "busy", String(Boolean(goes)));
    mark(this.drilled, "passed", String(drill?.over ? drill.passed : ""));
    writeOrHide(this.drilled, this.drillWord || (drill ? drillVerdict(drill, elapsedMs) : ""));
    rows(this.drill, (drill?.hops ?? []).map(checkRow));
  }

  draw() {
    const { told } = this;
    document.title = say("tech");
    write(this.heading, told ? `${say("tech")} · ${told.site.name}` : say("tech"));
    write(this.back, say("tech.kitchen"));
    const guest = this.guest?.now();
    const name = guest && (this.people.find((one) => one.id === guest.person)?.name ?? guest.person);
    write(this.signIn, guest ? say("sign.out", { who: name }) : say("sign.in"));
    this.switches.forEach((node) => write(node, say(`switch.${node.dataset.name}`)));
    this.switches[0].lang = other();
    this.simulated.hidden = !told?.simulated;
    if (told?.simulated) write(this.simulated, `${say("simulated")} · ${say("simulated.detail")}`);
    this.pad.show(this.people, (id) => this.people.find((one) => one.id === id)?.name ?? id);
    const elapsedMs = told ? performance.now() - this.heardAt : 0;
    writeOrHide(this.notice, this.trouble(elapsedMs));
    mark(this.main, "view", this.pad.hidden ? "workshop" : "pad");
    this.sections.hidden = !told || !this.pad.hidden;
    if (told) this.fill(told, elapsedMs);
  }

  trouble(elapsedMs) {
    if (this.lost) return `${say("dead")}${this.told ? ` — ${say("dead.detail", { age: length(elapsedMs) })}` : ""}`;
    if (this.refused) return say(this.refused === "not-your-role" ? "tech.not-yours" : "tech.sign-in");
    if (!this.told) return say("tech.wait");
    return elapsedMs > OLD_MS ? say("dead.detail", { age: length(elapsedMs) }) : "";
  }

  fill(told, elapsedMs) {
    for (const title of this.sections.querySelectorAll("h2")) write(title, say(title.dataset.key));
    this.steps.parentElement.hidden = told.commissioning.every((one) => one.status !== "fail");
    rows(this.steps, told.commissioning.map(stepRow));
    const wrong = told.checks.filter((one) => one.status === "fail" || one.status === "warn");
    const worst = wrong.sort((one, two) => (one.status === two.status ? 0 : one.status === "fail" ? -1 : 1));
    rows(this.wrong, worst.length > 0 ? worst.map(checkRow) : [nothing(say("tech.all-fine"))]);
    rows(this.fine, told.checks.filter((one) => !wrong.includes(one)).map(checkRow));
    rows(this.dated, told.checks.filter((one) => DATED.includes(one.id)).map(checkRow));
    rows(this.sensors, told.sensors.map((one) => sensorRow(one, elapsedMs)));
    this.places.fill(told.sensors.filter((one) => one.measures === "temperature"));
    rows(this.buses, told.buses.map(busRow));
    rows(this.platforms, told.platforms.length > 0 ? told.platforms.map((one) => platformRow(one, elapsedMs)) : [nothing(say("link.none"))]);
    write(this.run, say(this.testing ? "tech.testing" : "tech.run"));
    mark(this.run, "busy", String(Boolean(this.testing)));
    const { test } = told;
    mark(this.verdict, "passed", String(test?.passed ?? ""));
    writeOrHide(this.verdict, this.testWord || (test ? verdict(test, elapsedMs) : ""));
    rows(this.selfTest, (test?.steps ?? []).map(checkRow));
    this.fillDrill(told.drill, elapsedMs);
    write(this.write, say(this.writing ? "tech.protocol.writing" : "tech.protocol.run"));
    mark(this.write, "busy", String(Boolean(this.writing)));
    writeOrHide(this.written, this.writeWord ?? "");
    write(this.version, `${told.version} · ${say("tech.checked", { age: length(told.checkedMs + elapsedMs) })}`);
  }
}

const post = (path, body) =>
  fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

async function refusal(reply) {
  const key = `refused.${(await reply.json()).refused}`;
  return say(has(key) ? key : "refused.lost");
}

function save(blob, name) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function drillVerdict(drill, elapsedMs) {
  const age = length(drill.ageMs + elapsedMs);
  if (!drill.over) return say("tech.drill.goes", { age });
  const n = drill.hops.filter((one) => one.status === "fail").length;
  return say(drill.passed ? "tech.drill.passed" : "tech.drill.failed", { age, n });
}

const verdict = (test, elapsedMs) =>
  say(test.passed ? "tech.passed" : "tech.failed", {
    age: length(test.ageMs + elapsedMs),
    took: length(test.tookMs),
    n: test.steps.filter((one) => one.status === "fail").length,
  });

/** Rows of a list: a mark, a name, what is to be said, and what is to be done. */
function rows(list, items) {
  keep(list, items, () => make("div", "row", make("span", "shape"), make("strong"), make("span", "said"), make("span", "remedy")), (row, item) => {
    mark(row, "status", item.status);
    write(row.children[0], SHAPES[item.status]);
    write(row.children[1], item.name);
    write(row.children[2], item.said);
    writeOrHide(row.children[3], item.remedy ? `→ ${item.remedy}` : "");
  });
}

const nothing = (said) => ({ id: "none", status: "ok", name: said, said: "" });

function checkRow(check) {
  const words = check[spoken()];
  return {
    id: `${check.id}/${check.of}`,
    status: check.status,
    name: words.title,
    said: words.cause,
    remedy: words.remedy,
  };
}

/** A step that is left is no fault: it has a mark of its own, and what comes next. */
const stepRow = (step) => {
  const row = checkRow(step);
  return { ...row, status: step.status === "fail" ? "todo" : step.status };
};

/** Raw and calibrated, how old, and the fault's word when its latest word is no value. */
function sensorRow(sensor, elapsedMs) {
  const said = [];
  if (sensor.milli !== undefined) {
    if (contact(sensor)) said.push(state(sensor) || say("contact.off"));
    else said.push(say("tech.value", { value: measure(sensor.milli, sensor.uom), raw: measure(sensor.rawMilli, sensor.uom) }));
    said.push(sensor.ageMs === undefined ? say("age.unknown") : say("age", { age: length(sensor.ageMs + elapsedMs) }));
  }
  if (sensor.fault) said.unshift(`${say(`fault.${sensor.fault}`)} (${sensor.fault}) ${sensor.detail}`.trim());
  if (sensor.offsetMilli !== undefined) said.push(say("tech.offset", { offset: measure(sensor.offsetMilli, sensor.uom) }));
  if (sensor.due) said.push(say(sensor.calibrationExpired ? "tech.due.over" : "tech.due", { date: sensor.due }));
  const missing = sensor.milli === undefined && !sensor.fault;
  return {
    id: sensor.id,
    status: sensor.fault ? "fail" : missing || sensor.calibrationExpired ? "warn" : "ok",
    name: `${sensor.unit} · ${sensor.id}`,
    said: `${missing ? say("light.unknown") : said.join(say("comma"))} · ${sensor.source}`,
  };
}

const busRow = (bus) => ({
  id: bus.id,
  status: bus.answering === bus.sensors ? "ok" : "fail",
  name: bus.id,
  said: say("tech.bus", { n: bus.sensors, m: bus.answering }),
});

function platformRow(platform, elapsedMs) {
  const since = platform.forMs === undefined ? "" : ` · ${say("tech.since", { age: length(platform.forMs + elapsedMs) })}`;
  const words = say(`link.${platform.state}`, {
    id: platform.id,
    n: platform.waiting,
    reason: platform.reason || say("reason.unknown"),
  });
  return {
    id: platform.id,
    status: platform.state === "up" ? "ok" : platform.state === "unheard" ? "warn" : "fail",
    name: platform.address,
    said: `${words} · ${say("tech.waiting", { n: platform.waiting })}${since}`,
  };
}

customElements.define("technician-page", TechnicianPage);
