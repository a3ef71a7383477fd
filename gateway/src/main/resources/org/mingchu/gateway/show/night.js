import { button, keep, make, mark, question, write, writeOrHide } from "./parts.js";
import { clock, length, say } from "./words.js";
import { causeOf, told } from "./correct.js";

const VERIFIERS = ["manager", "safety-officer"];
const STAFF = ["staff", "safety-officer", "manager", "technician"];

/** What of an alarm somebody still has to do. */
function owed(one) {
  if (!one.owes) return "";
  if (!one.remedy) return "correct";
  return one.open ? "" : "verify";
}

/** What happened, for how long, and which food is in doubt: to be answered for each morning. */
class NightPanel extends HTMLElement {
  connectedCallback() {
    this.question = question();
    this.backButton = button("back", () => this.close());
    this.word = make("p", "word");
    this.word.setAttribute("role", "alert");
    this.none = make("p", "none");
    this.rows = make("div", "rows");
    this.testButton = button("test", () => this.send("sound"));
    this.heardButton = button("heard", () => this.send("heard", true));
    this.deafButton = button("deaf", () => this.send("heard", false));
    this.ear = make("span", "question");
    this.buzzer = make("div", "row buzzer", this.testButton, this.ear, this.heardButton, this.deafButton);
    this.fineButton = button("fine", () => this.send("review", true));
    this.actButton = button("act", () => this.send("review", false));
    this.answers = make("div", "row answers", this.fineButton, this.actButton);
    this.append(
      make("div", "ask", this.question, this.backButton), this.word, this.none, this.rows,
      this.buzzer, this.answers,
    );
    this.hidden = true;
  }

  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  open() {
    this.hidden = false;
    this.told = "";
  }

  close() {
    this.hidden = true;
    this.sounded = false;
    this.send("changed");
  }

  tell(text) {
    this.told = text;
  }

  /** It has sounded: now it is asked whether somebody has heard it. */
  asks() {
    this.sounded = true;
  }

  /** The question about the buzzer is answered. */
  listened() {
    this.sounded = false;
  }

  show(state, nameOf, elapsedMs) {
    if (this.hidden) return;
    const { night, buzzer, cases, units } = state;
    const now = state.now.wallMs + elapsedMs;
    const unitName = (id) => units.find((unit) => unit.id === id)?.name ?? id;
    write(this.question, say(night.due ? "night" : "duties"));
    write(this.backButton, say("back"));
    writeOrHide(this.word, this.told ?? "");
    const doubts = units.filter((unit) => unit.outage).map((unit) => ({ id: `doubt-${unit.id}`, unit }));
    const shown = [...cases.filter((one) => (night.due ? !one.told || owed(one) : owed(one))), ...doubts];
    writeOrHide(this.none, shown.length === 0 ? say(night.due ? "night.none" : "duties.none") : "");
    keep(this.rows, shown, () => this.row(), (row, one) =>
      one.cause === undefined ? this.doubt(row, one.unit) : this.fill(row, one, { now, nameOf, unitName, elapsedMs }),
    );
    this.buzzer.hidden = !buzzer.fitted || !(buzzer.due || this.sounded || buzzer.heard === false);
    write(this.testButton, say("buzzer.test"));
    this.testButton.hidden = Boolean(this.sounded);
    write(this.ear, say(this.sounded ? "buzzer.heard" : buzzer.heard === false ? "buzzer.broken" : "buzzer.due"));
    write(this.heardButton, say("yes"));
    write(this.deafButton, say("no"));
    this.heardButton.hidden = !this.sounded;
    this.deafButton.hidden = !this.sounded;
    this.answers.hidden = !night.due;
    write(this.fineButton, say("night.fine"));
    write(this.actButton, say("night.act"));
  }

  row() {
    const row = make("div", "case", make("strong"), make("span", "how"), make("span", "done"));
    row.append(button("do", () => this.send(row.dataset.owed, row.one)));
    return row;
  }

  doubt(row, unit) {
    mark(row, "owed", "");
    write(row.children[0], `? ${unit.name} ${say("light.doubt")}`);
    write(row.children[1], unit.outage.check ? say("outage.check") : "");
    write(row.children[2], "");
    row.children[3].hidden = true;
  }

  fill(row, one, { now, nameOf, unitName, elapsedMs }) {
    row.one = one;
    mark(row, "owed", owed(one));
    mark(row, "open", String(one.goneMs === undefined));
    write(row.children[0], `${one.name ?? say("subject.gateway")} ${causeOf(one)}`);
    const since = clock(one.sinceMs, now);
    write(
      row.children[1],
      one.goneMs === undefined
        ? say("night.still", { time: since, held: length(one.heldMs + elapsedMs) })
        : say("night.was", { time: since, to: clock(one.goneMs, now), held: length(one.heldMs) }),
    );
    const { remedy } = one;
    write(row.children[2], remedy ? `${told(remedy, unitName)}（${nameOf(remedy.person)}）` : say(one.owes ? "night.undone" : "night.nothing"));
    row.children[3].hidden = !owed(one);
    write(row.children[3], say(owed(one) === "verify" ? "verify" : "did"));
  }
}

customElements.define("night-panel", NightPanel);

/** How many things somebody has to see to. */
function count(state) {
  return state.cases.filter((one) => (state.night.due ? !one.told || owed(one) : owed(one))).length;
}

/** The word on the button that leads to all this; empty when nothing is to be done. */
export function today(state) {
  if (state.night.due) return say("today.night", { n: count(state) });
  if (state.buzzer.fitted && state.buzzer.due) return say("today.buzzer");
  return count(state) > 0 ? say("today.duties", { n: count(state) }) : "";
}

/** Ties the two panels to the page: who does it is asked for as with an alarm. */
export function duties(page) {
  const { night, correct } = page;
  const back = async (path, body) => {
    night.tell("");
    night.tell(await page.act(path, body));
    page.draw();
  };
  night.addEventListener("correct", (event) => {
    correct.open(event.detail);
    page.draw();
  });
  night.addEventListener("verify", (event) =>
    page.who(say("verify.who"), (person) => back("/api/verify", { alarm: event.detail.id, person }), VERIFIERS),
  );
  night.addEventListener("review", (event) =>
    page.who(say("night.who"), async (person) => {
      await back("/api/review", { person, fine: String(event.detail) });
    }, STAFF),
  );
  night.addEventListener("sound", async () => {
    const refused = await page.act("/api/buzzer", {});
    night.tell(refused);
    if (!refused) night.asks();
    page.draw();
  });
  night.addEventListener("heard", async (event) => {
    night.listened();
    await back("/api/buzzer-heard", { heard: String(event.detail) });
  });
  correct.addEventListener("correct", (event) =>
    page.who(say("did.who"), async (person) => {
      const body = { person };
      Object.entries(event.detail).forEach(([key, value]) => (body[key] = String(value)));
      const refused = await page.act("/api/correct", body);
      if (refused) correct.tell(refused);
      else correct.close();
      page.draw();
    }, STAFF),
  );
}
