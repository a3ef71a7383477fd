import { keep, make, mark, write, writeOrHide } from "../parts.js";
import { clock, loadTexts, say, speak } from "../words.js";
import {
  COVERAGE_SHAPES,
  SHAPES,
  bounds,
  camera,
  disinfection,
  expiry,
  follow,
  interruption,
  notices,
  perCent,
  shares,
  standings,
  value,
} from "./told.js";

const ASK_MS = 2_000;
const TURN_MS = 10_000;
const SHIFT_MS = 60_000;
const NOTICES_MS = 600_000;
/** How many fit one page in type that old people read from a bench. */
const UNITS = 8;
const ROWS = 8;
/** A screen that shows the same for years keeps a ghost of it: everything moves a little. */
const SHIFTS = [[0, 0], [4, 2], [8, 0], [6, 6], [2, 8], [0, 4]];

/** The wall: one page after the other, the telephone for complaints always. */
class PublicWall extends HTMLElement {
  async connectedCallback() {
    this.wanted = new URLSearchParams(location.search).get("lang");
    await loadTexts("/wall");
    speak(this.wanted ?? "zh-CN");
    this.build();
    await this.fetchNotices();
    follow(ASK_MS, (told) => this.heard(told), (silentMs) => this.draw(silentMs));
    setInterval(() => this.turn(), TURN_MS);
    setInterval(() => this.shift(), SHIFT_MS);
    setInterval(() => this.fetchNotices(), NOTICES_MS);
  }

  build() {
    this.simulated = make("div", "simulated");
    this.simulated.setAttribute("role", "status");
    this.interrupted = make("div", "interrupted");
    this.interrupted.setAttribute("role", "alert");
    this.kitchen = make("strong", "kitchen");
    this.name = make("h1");
    this.time = make("span", "time");
    this.stage = make("main");
    this.call = make("div", "call");
    this.count = make("div", "count");
    this.code = make("img", "code");
    this.code.alt = "";
    this.scan = make("div", "scan");
    this.append(
      this.simulated,
      make("header", "", this.name, make("div", "who", this.kitchen, this.time)),
      this.interrupted,
      this.stage,
      make("footer", "", this.call, this.count, this.scan, this.code),
    );
    writeOrHide(this.interrupted, say("connecting"));
    this.code.hidden = true;
  }

  async fetchNotices() {
    try {
      this.notices = await notices();
    } catch {
      this.notices ??= { papers: [], coverage: [] };
    }
    if (this.notices.form && this.code.hidden) {
      this.code.src = "/code.svg";
      this.code.hidden = false;
    }
  }

  heard(told) {
    const first = !this.told;
    this.told = told;
    if (first) {
      speak(this.wanted ?? told.site.language, told.site.zone);
      this.show(0);
    }
    this.draw(0);
  }

  /** All pages there are now; a page without anything to say is left out. */
  pages() {
    const { told } = this;
    return [
      ...chunks(told.units, UNITS).map((units, i, all) => ({
        title: part(say("page.now"), i, all.length),
        make: () => make("div", "units"),
        draw: (node, ms) => this.drawUnits(node, i * UNITS, ms),
      })),
      { title: say("page.week"), make: () => make("div", "week"), draw: (node) => this.drawWeek(node) },
      { title: say("page.watched"), make: () => make("div", "rows"), draw: (node, ms) => this.drawWatched(node, ms) },
      { title: say("page.coverage"), make: () => make("div", "points"), draw: (node) => this.drawCoverage(node) },
      ...chunks(told.expiries, ROWS).map((_, i, all) => ({
        title: part(say("page.certificates"), i, all.length),
        make: () => make("div", "rows"),
        draw: (node) => this.drawExpiries(node, i * ROWS),
      })),
      ...(this.notices.inspection
        ? [{ title: say("page.inspection"), make: () => make("div", "rows"), draw: (node) => this.drawInspection(node) }]
        : []),
      ...this.notices.papers.flatMap((paper) => this.papers(paper)),
    ];
  }

  papers(paper) {
    if (paper.picture) {
      return [{ title: paper.title, make: () => picture(paper), draw: () => {} }];
    }
    const text = paper.missing ? say("paper.missing") : paper.text;
    return this.fill(text).map((piece, i, all) => ({
      title: part(paper.title, i, all.length),
      make: () => make("div", "text", piece),
      draw: () => {},
    }));
  }

  /** A text in as many pieces as the stage needs: nothing runs, nothing is cut off. */
  fill(text) {
    const box = make("div", "text measuring");
    this.stage.append(box);
    const pieces = [];
    let piece = "";
    for (const line of text.split("\n").flatMap((one) => one.match(/.{1,120}/gu) ?? [""])) {
      box.textContent = `${piece}${line}\n`;
      if (piece && box.scrollHeight > box.clientHeight) {
        pieces.push(piece);
        piece = "";
      }
      piece += `${line}\n`;
    }
    box.remove();
    return [...pieces, piece].filter((one) => one.trim());
  }

  turn() {
    if (this.told) this.show((this.at ?? 0) + 1);
  }

  show(at) {
    const pages = this.pages();
    this.at = at % pages.length;
    this.page = pages[this.at];
    this.body = this.page.make();
    this.stage.replaceChildren(this.body);
    write(this.count, `${this.at + 1} / ${pages.length}`);
    this.draw(this.silentMs ?? 0);
  }

  draw(silentMs) {
    this.silentMs = silentMs;
    if (!this.told) return;
    const { told } = this;
    const now = told.now.wallMs + silentMs;
    const interrupted = interruption(told, silentMs);
    mark(document.documentElement, "interrupted", String(Boolean(interrupted)));
    writeOrHide(this.interrupted, interrupted);
    writeOrHide(this.simulated, told.simulated ? say("simulated") : "");
    write(this.kitchen, told.site.name);
    write(this.time, told.now.clock === "unsynced" ? say("clock.unsynced") : clock(now, now));
    write(this.name, this.page?.title ?? "");
    write(this.call, this.notices.phone ? say("complain.both", { phone: this.notices.phone }) : say("complain"));
    writeOrHide(this.scan, this.notices.form ? say("complain.scan") : "");
    if (this.page) this.page.draw(this.body, silentMs);
  }

  drawUnits(node, from, silentMs) {
    const units = this.told.units.slice(from, from + UNITS);
    mark(node, "count", String(units.length));
    keep(node, units, () => make("section", "unit", make("h2"), make("b"), make("p", "limit"), make("p", "state"), make("p", "age")), (box, unit) => {
      const most = worst(unit);
      const shown = value(most, silentMs);
      mark(box, "state", unit.state);
      mark(box, "stale", String(shown.stale));
      const [name, digits, limit, state, age] = box.children;
      write(name, unit.name);
      write(digits, shown.text);
      write(limit, most ? bounds(most) : "");
      write(state, `${SHAPES[unit.state]} ${say(`state.${unit.state}`)}`);
      write(age, shown.age);
    });
  }

  drawWeek(node) {
    const { week, units } = this.told;
    if (!week) return fill(node, [say("week.counting")]);
    const { within, seen } = shares(week.units);
    const count = standings(week.deviations);
    const lines = [
      within === undefined ? say("week.nothing") : say("week.within", { n: within }),
      seen === undefined ? "" : say("week.seen", { n: seen }),
      count.all === 0 ? say("week.none") : say("week.deviations", count),
      count.over > 0 ? say("week.over", count) : "",
      count.open > 0 ? say("week.open", count) : "",
    ].filter(Boolean);
    fill(node, lines);
    const bars = make("div", "shares");
    for (const one of week.units.slice(0, 10)) {
      const known = one.withinMs + one.beyondMs;
      const name = units.find((unit) => unit.id === one.id)?.name ?? one.id;
      bars.append(
        make("div", "share", make("span", "", name), bar(one), make("span", "", known === 0 ? say("state.no-data") : `${perCent(one.withinMs, known)} %`)),
      );
    }
    node.append(bars, make("p", "note", say("week.note", { time: clock(week.asOfMs, this.told.now.wallMs) })));
  }

  drawWatched(node, silentMs) {
    const { cameras } = this.told;
    const byHand = (name) => this.notices.coverage.find((one) => one.point === name)?.by === "by-hand";
    rows(node, [
      ...cameras.slice(0, 6).map((one) => [one.name, camera(one, silentMs), one.state]),
      ...(cameras.length === 0 ? [[say("point.cameras"), say("not-connected"), "nothing"]] : []),
      ...(cameras.length > 6 ? [[say("more", { n: cameras.length - 6 }), "", ""]] : []),
      [say("point.samples"), say(byHand("samples") ? "by-hand" : "not-connected"), "nothing"],
      ...(this.told.disinfection.length > 0
        ? this.told.disinfection.map((one) => [one.name, disinfection(one), ""])
        : [[say("point.disinfection"), say(byHand("disinfection") ? "by-hand" : "not-connected"), "nothing"]]),
    ]);
  }

  drawCoverage(node) {
    keep(node, this.notices.coverage.map((one) => ({ id: one.point, ...one })), () => make("section", "point", make("span", "shape"), make("b"), make("span")), (box, one) => {
      mark(box, "by", one.by);
      const [shape, name, by] = box.children;
      write(shape, COVERAGE_SHAPES[one.by]);
      write(name, say(`point.${one.point}`));
      write(by, say(`by.${one.by}`, { n: one.seen, all: one.all }));
    });
  }

  drawExpiries(node, from) {
    if (!this.told.dated) return fill(node, [say("clock.unsynced")]);
    rows(node, this.told.expiries.slice(from, from + ROWS).map((one) => {
      const { what, until } = expiry(one);
      const kind = say(`expiry.${one.kind}`);
      return [one.kind === "health" ? `${kind} ${what}` : what, until, one.expired ? "expired" : ""];
    }));
  }

  drawInspection(node) {
    const { date, result, by } = this.notices.inspection;
    rows(node, [
      [say("inspection.date"), date, ""],
      [say("inspection.result"), result, ""],
      ...(by ? [[say("inspection.by"), by, ""]] : []),
    ]);
  }

  shift() {
    this.shifted = ((this.shifted ?? 0) + 1) % SHIFTS.length;
    const [x, y] = SHIFTS[this.shifted];
    this.style.translate = `${x}px ${y}px`;
  }
}

/** Of several probes the one that is farthest from well: old, or beyond a limit, else the first. */
function worst(unit) {
  const beyond = (one) => one.milli > (one.above ?? Infinity) || one.milli < (one.below ?? -Infinity);
  return unit.values.find((one) => beyond(one)) ?? unit.values.find((one) => one.stale) ?? unit.values[0];
}

function bar({ withinMs, beyondMs, unseenMs }) {
  const all = withinMs + beyondMs + unseenMs;
  const piece = (name, ms) => {
    const node = make("i", name);
    node.style.width = `${(100 * ms) / all}%`;
    return node;
  };
  return make("div", "bar", piece("in", withinMs), piece("out", beyondMs), piece("unseen", unseenMs));
}

function picture(paper) {
  const image = make("img");
  image.src = paper.picture;
  image.alt = paper.title;
  return make("div", "picture", image);
}

function rows(node, all) {
  keep(node, all.map(([what, told, state], i) => ({ id: String(i), what, told, state })), () => make("div", "row", make("span"), make("b")), (row, one) => {
    mark(row, "state", one.state);
    write(row.children[0], one.what);
    write(row.children[1], one.told);
  });
}

function fill(node, lines) {
  node.replaceChildren(...lines.map((line) => make("p", "", line)));
}

const part = (title, i, n) => (n > 1 ? `${title} ${i + 1}/${n}` : title);

function chunks(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

customElements.define("public-wall", PublicWall);
