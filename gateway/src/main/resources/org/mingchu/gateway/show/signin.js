import { button, keep, make, question, write, writeOrHide } from "./parts.js";
import { has, length, say } from "./words.js";

const PIN_DIGITS = 6;
const BADGE_DIGITS = 39;
/** A scanner types faster than anybody: a longer break begins anew. */
const SCAN_BREAK_MS = 200;
/** How often it is asked whether somebody is still signed in. */
const LOOK_MS = 20_000;

async function post(path, body) {
  const reply = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { ok: reply.ok, said: await reply.json() };
}

/** Who signs in, and six large digits. It stands where the units stood. */
class PinPad extends HTMLElement {
  connectedCallback() {
    this.typed = "";
    this.question = question();
    this.backButton = button("back", () => this.leave());
    this.word = make("p", "word");
    this.word.setAttribute("role", "alert");
    this.names = make("div", "tiles");
    this.dots = make("p", "dots");
    this.dots.setAttribute("role", "img");
    this.keys = make("div", "keys");
    for (const key of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "⌫"]) {
      const node = button("key", () => this.press(key));
      node.textContent = key;
      this.keys.append(node);
    }
    this.pad = make("div", "pad", this.dots, this.keys);
    this.append(make("div", "ask", this.question, this.backButton), this.word, this.names, this.pad);
    this.hidden = true;
    this.scan();
  }

  /** Asks; {@code then} is done once somebody has signed in. */
  open(person, reason, then, left) {
    this.person = person;
    this.left = left;
    this.reason = reason;
    this.then = then;
    this.typed = "";
    this.told = "";
    this.hidden = false;
  }

  leave() {
    if (this.hidden) return;
    this.hidden = true;
    this.typed = "";
    this.then = undefined;
    this.left?.();
    this.changed();
  }

  show(people, nameOf) {
    if (this.hidden) return;
    const who = this.person && nameOf(this.person);
    write(this.question, who ? say("pin.of", { who }) : say("pin.who"));
    write(this.backButton, say("back"));
    writeOrHide(this.word, this.told || this.reason || "");
    this.names.hidden = Boolean(this.person);
    this.pad.hidden = !this.person;
    write(this.dots, "●".repeat(this.typed.length) + "○".repeat(PIN_DIGITS - this.typed.length));
    this.dots.setAttribute("aria-label", say("pin.typed", { n: this.typed.length }));
    keep(this.names, people, (person) => this.tile(person), (tile, person) => {
      write(tile.children[0], person.name);
      write(tile.children[1], say(`role.${person.role}`));
    });
  }

  tile(person) {
    const tile = button("tile", () => {
      this.person = person.id;
      this.changed();
      this.question.focus();
    });
    tile.append(make("strong"), make("span"));
    return tile;
  }

  press(key) {
    if (this.waiting) return;
    this.told = "";
    this.typed = key === "⌫" ? this.typed.slice(0, -1) : (this.typed + key).slice(0, PIN_DIGITS);
    this.changed();
    if (this.typed.length === PIN_DIGITS) {
      const pin = this.typed;
      this.typed = "";
      this.enter({ person: this.person, pin });
    }
  }

  async enter(body) {
    this.waiting = true;
    this.told = say("pin.wait");
    this.changed();
    try {
      const { ok, said } = await post("/api/sign-in", body);
      if (ok) {
        const { then } = this;
        this.hidden = true;
        this.dispatchEvent(new CustomEvent("signed", { detail: said, bubbles: true }));
        this.then = undefined;
        await then?.(said);
        return;
      }
      const key = `signin.${said.refused}`;
      this.told = say(has(key) ? key : "refused.lost", { age: length(said.retryMs ?? 0) });
    } catch {
      this.told = say("refused.lost");
    } finally {
      this.waiting = false;
      this.changed();
    }
  }

  changed() {
    this.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
  }

  /** A scanner is a keyboard: it types the badge's digits and Enter, whatever has the focus. */
  scan() {
    let digits = "";
    let lastMs = 0;
    document.addEventListener("keydown", (event) => {
      const now = event.timeStamp;
      if (now - lastMs > SCAN_BREAK_MS) digits = "";
      lastMs = now;
      if (/^[0-9]$/.test(event.key)) {
        digits += event.key;
      } else if (event.key === "Enter" && digits.length === BADGE_DIGITS) {
        event.preventDefault();
        const badge = digits;
        digits = "";
        this.enter({ badge });
      } else {
        digits = "";
      }
    });
  }
}

/** Who is signed in at this browser, as far as the gateway has said. */
export class Guest {
  constructor(changed) {
    this.changed = changed;
    this.look();
    setInterval(() => this.look(), LOOK_MS);
  }

  set(said) {
    this.said = said.person ? said : undefined;
    this.heardAt = performance.now();
    this.newPinMs = said.newPinMs ?? 0;
    this.changed();
  }

  /** Empty when nobody is, or nothing was done for too long. */
  now() {
    const leftMs = this.said ? this.said.leftMs - (performance.now() - this.heardAt) : 0;
    return leftMs > 0 ? this.said : undefined;
  }

  /** Whether a manager can give himself a new PIN: somebody held the button at the start. */
  mayRenew() {
    return performance.now() - this.heardAt < this.newPinMs;
  }

  async look() {
    try {
      this.set(await (await fetch("/api/me")).json());
    } catch {
      // The stream says soon enough that the gateway is gone.
    }
  }

  async signOut() {
    try {
      await post("/api/sign-out", {});
    } catch {
      // It ends by itself when nothing is done.
    }
    await this.look();
  }
}

customElements.define("pin-pad", PinPad);
