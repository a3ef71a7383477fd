import { button, keep, make, question, write, writeOrHide } from "./parts.js";
import { alarmCause, alarmName } from "./banner.js";
import { say } from "./words.js";

export const takeQuestion = (alarm) =>
  say("take.who", { name: alarmName(alarm), cause: alarmCause(alarm) });

/** Who takes it? It stands where the units stood; the alarm above stays in sight. */
class NameTiles extends HTMLElement {
  connectedCallback() {
    this.question = question();
    this.backButton = button("back", () => this.dispatchEvent(new CustomEvent("back")));
    this.nobody = make("p");
    this.tiles = make("div", "tiles");
    this.append(make("div", "ask", this.question, this.backButton), this.nobody, this.tiles);
    this.hidden = true;
  }

  show(question, people) {
    const able = people.filter((person) => person.role !== "inspector");
    write(this.question, question);
    write(this.backButton, say("back"));
    writeOrHide(this.nobody, able.length === 0 ? say("take.nobody") : "");
    keep(this.tiles, able, (person) => this.tile(person), (tile, person) => {
      write(tile.children[0], person.name);
      write(tile.children[1], say(`role.${person.role}`));
    });
  }

  tile(person) {
    const tile = button("tile", () =>
      this.dispatchEvent(new CustomEvent("person", { detail: person.id })),
    );
    tile.append(make("strong"), make("span"));
    return tile;
  }
}

customElements.define("name-tiles", NameTiles);
