import { button, keep, make, question, write, writeOrHide } from "./parts.js";
import { has, say } from "./words.js";

const CODE_DIGITS = 10;
const PIN_DIGITS = 6;
/** What is asked, one after the other, and how many digits answer it. */
const STEPS = { person: 0, code: CODE_DIGITS, pin: PIN_DIGITS, again: PIN_DIGITS };

/** All PINs are lost: with the code on the label a manager gives himself a new one. */
class NewPin extends HTMLElement {
  connectedCallback() {
    this.classList.add("ask-panel");
    this.question = question();
    this.backButton = button("back", () => this.close());
    this.word = make("p", "word");
    this.word.setAttribute("role", "alert");
    this.names = make("div", "tiles");
    this.typedShown = make("p", "typed");
    this.keys = make("div", "keys");
    for (const key of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "⌫"]) {
      const node = button("key", () => this.press(key));
      node.textContent = key;
      this.keys.append(node);
    }
    this.append(
      make("div", "ask", this.question, this.backButton), this.word, this.names,
      make("div", "number", this.typedShown, this.keys),
    );
    this.hidden = true;
  }

  open(managers) {
    this.managers = managers;
    this.answers = {};
    this.step = "person";
    this.typed = "";
    this.told = "";
    this.hidden = false;
    if (managers.length === 1) this.answer(managers[0].id);
  }

  close() {
    this.hidden = true;
    this.changed();
  }

  changed() {
    this.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
  }

  press(key) {
    if (this.waiting) return;
    this.told = "";
    const digits = STEPS[this.step];
    this.typed = key === "⌫" ? this.typed.slice(0, -1) : (this.typed + key).slice(0, digits);
    if (this.typed.length === digits) this.answer(this.typed);
    this.changed();
  }

  answer(value) {
    this.answers[this.step] = value;
    this.typed = "";
    const steps = Object.keys(STEPS);
    const next = steps[steps.indexOf(this.step) + 1];
    if (next) {
      this.step = next;
      this.changed();
    } else {
      this.finish();
    }
  }

  async finish() {
    const { person, code, pin, again } = this.answers;
    if (pin !== again) {
      this.refuse("pin", say("newpin.differ"));
      return;
    }
    this.waiting = true;
    try {
      const reply = await fetch("/api/new-pin", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ person, code, pin }),
      });
      if (reply.ok) {
        this.close();
        this.dispatchEvent(new CustomEvent("renewed", { detail: person, bubbles: true }));
        return;
      }
      const { refused } = await reply.json();
      const key = `newpin.${refused}`;
      this.refuse(refused === "weak-pin" ? "pin" : "code", say(has(key) ? key : "refused.not-kept"));
    } catch {
      this.refuse("code", say("refused.lost"));
    } finally {
      this.waiting = false;
    }
  }

  /** Asked anew from there. */
  refuse(step, text) {
    this.step = step;
    this.told = text;
    this.changed();
  }

  show() {
    if (this.hidden) return;
    write(this.question, say(`newpin.${this.step}`));
    write(this.backButton, say("back"));
    writeOrHide(this.word, this.told);
    const asksWho = this.step === "person";
    this.names.hidden = !asksWho;
    this.keys.parentNode.hidden = asksWho;
    keep(this.names, asksWho ? this.managers : [], (one) => button("tile", () => this.answer(one.id)), (tile, one) =>
      write(tile, one.name),
    );
    // The code stands on the label for everybody who is here; a PIN does not.
    const shown = this.step === "code" ? this.typed : "●".repeat(this.typed.length);
    const open = "○".repeat(Math.max(0, STEPS[this.step] - this.typed.length));
    write(this.typedShown, shown + open);
    this.typedShown.setAttribute("aria-label", say("pin.typed", { n: this.typed.length }));
  }
}

customElements.define("new-pin", NewPin);
