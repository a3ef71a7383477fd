import { button, keep, label, make, mark, write, writeOrHide } from "./parts.js";
import { SHAPES } from "./units.js";
import { clock, length, other, say } from "./words.js";

/** Whose business the machine itself is. */
const TEND = ["technician", "safety-officer", "manager"];

/** Whose kitchen, what time, and the three switches. */
class TopLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "banner");
    this.kitchen = make("h1", "kitchen");
    this.time = make("span", "time");
    this.sound = make("span", "sound");
    this.switches = ["language", "type", "theme"].map((name) => {
      const node = button("switch", () =>
        this.dispatchEvent(new CustomEvent("switch", { detail: name })),
      );
      node.dataset.name = name;
      return node;
    });
    this.today = button("switch today", () => this.dispatchEvent(new CustomEvent("today")));
    this.newPin = button("switch new-pin", () => this.dispatchEvent(new CustomEvent("new-pin")));
    this.signIn = button("switch sign", () => this.dispatchEvent(new CustomEvent("sign-in")));
    this.tend = make("a", "switch");
    this.tend.href = "/technician";
    this.append(
      this.kitchen, this.time, this.sound,
      make(
        "span", "switches",
        this.newPin, this.today, this.signIn, this.tend, ...this.switches,
      ),
    );
  }

  show(state, elapsedMs, { guest, role, today, mayRenew }) {
    const now = state.now.wallMs + elapsedMs;
    const doubt = state.now.clock === "unsynced" ? ` ${say("clock.unsynced")}` : "";
    write(this.kitchen, state.site.name);
    write(this.time, clock(now, now) + doubt);
    write(this.sound, sound(state.sound, elapsedMs));
    mark(this.sound, "on", String(Boolean(state.sound.sounding)));
    this.switches.forEach((node) => write(node, say(`switch.${node.dataset.name}`)));
    writeOrHide(this.newPin, mayRenew ? say("newpin") : "");
    writeOrHide(this.today, today);
    writeOrHide(this.tend, TEND.includes(role) ? say("tech") : "");
    write(this.signIn, guest ? say("sign.out", { who: guest }) : say("sign.in"));
    mark(this.signIn, "guest", String(Boolean(guest)));
    this.switches[0].lang = other();
  }
}

// Up to one message's worth is on its way, not waiting.
const UNDER_WAY = 30;

function sound(state, elapsedMs) {
  if (!state.fitted) return say("sound.none");
  if (state.silencedMs !== undefined) {
    return say("sound.silenced", { age: length(state.silencedMs - elapsedMs) });
  }
  return say(state.sounding ? "sound.on" : "sound.quiet");
}

/** The cameras and recorders: how they stand, not what is on their pictures. */
class CameraLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "region");
  }

  show(cameras) {
    label(this, say("subject.cameras"));
    this.hidden = cameras.length === 0;
    keep(this, cameras, () => make("div", "camera"), (node, camera) => {
      mark(node, "light", camera.light);
      write(node, cameraWords(camera));
    });
  }
}

/** What is wrong, level by level; else how its stream stands. */
function cameraWords(camera) {
  const wrong = camera.levels.filter((level) => level.light === "attention");
  const told = wrong.length > 0 ? wrong : camera.levels.slice(0, 1);
  const words = told.map((level) => say(level.verdict ? `verdict.${level.verdict}` : "light.unknown"));
  const name = camera.name ?? say("subject.cameras");
  return `${SHAPES[camera.light]} ${name}${say("colon")}${words.join(say("comma"))}`.trim();
}

/** What runs out within a month, each with the days that are left; the soonest first. */
class PaperLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "region");
  }

  show(papers) {
    this.hidden = papers.length === 0;
    label(this, say("paper"));
    const soonest = [...papers].sort((one, other) => one.daysLeft - other.daysLeft);
    keep(this, soonest, () => make("div", "paper"), (node, paper) => {
      mark(node, "stage", paper.stage);
      write(node, `◆ ${paperWords(paper)}`);
    });
  }
}

/** Whose or which paper it is, and until when it holds. */
export function paperWords(paper) {
  const holder = [paper.name, paper.detail].filter(Boolean).join(" ");
  const what = paper.kind === "health" ? say("paper.health", { who: holder }) : paper.name;
  const until = { what, date: paper.validTo, n: paper.daysLeft };
  if (paper.daysLeft < 0) return say("paper.over", until);
  return say(paper.daysLeft === 0 ? "paper.today" : "paper.in", until);
}

/** The platforms in plain words. */
class LinkLine extends HTMLElement {
  connectedCallback() {
    this.none = make("div", "link");
    this.list = make("div", "list");
    this.version = make("span", "version");
    this.setAttribute("role", "contentinfo");
    this.append(this.list, this.none, this.version);
  }

  show(state) {
    writeOrHide(this.none, state.links.length === 0 ? say("link.none") : "");
    write(this.version, state.version);
    keep(this.list, state.links, () => make("div", "link"), (node, link) => {
      mark(node, "state", link.state);
      const bare = link.state === "up" && link.waiting > UNDER_WAY ? "up.waiting" : link.state;
      write(
        node,
        say(`link.${bare}`, {
          id: link.id,
          n: link.waiting,
          reason: link.reason || say("reason.unknown"),
        }),
      );
      node.title = link.reason;
    });
  }
}

customElements.define("top-line", TopLine);
customElements.define("camera-line", CameraLine);
customElements.define("paper-line", PaperLine);
customElements.define("link-line", LinkLine);
