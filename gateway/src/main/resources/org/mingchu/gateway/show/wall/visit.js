import { button, keep, make, mark, write, writeOrHide } from "../parts.js";
import { clock, length, loadTexts, other, say, speak } from "../words.js";
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
  shares,
  standings,
  value,
} from "./told.js";

const ASK_MS = 5_000;

/** What a resident reads on a telephone: what is measured where, and what happened. */
class KitchenVisit extends HTMLElement {
  async connectedCallback() {
    await loadTexts("/wall");
    speak("zh-CN");
    this.build();
    this.notices = await notices();
    follow(ASK_MS, (told) => this.heard(told), (silentMs) => this.draw(silentMs));
  }

  build() {
    this.simulated = make("div", "simulated");
    this.simulated.setAttribute("role", "status");
    this.kitchen = make("h1");
    this.language = button("language", () => this.switch());
    this.interrupted = make("p", "interrupted");
    this.interrupted.setAttribute("role", "alert");
    this.sections = ["now", "week", "happened", "watched", "coverage", "certificates", "papers"].map((name) => {
      const list = make("ul");
      const section = make("section", name, make("h2"), list);
      section.dataset.name = name;
      return section;
    });
    this.call = make("p", "call");
    this.form = make("a", "form");
    this.form.rel = "noreferrer";
    this.append(
      this.simulated,
      make("header", "", this.kitchen, this.language),
      this.interrupted,
      make("main", "", ...this.sections),
      make("footer", "", this.call, this.form),
    );
    writeOrHide(this.interrupted, say("connecting"));
  }

  switch() {
    speak(other(), this.told?.site.zone);
    this.draw(this.silentMs ?? 0);
  }

  heard(told) {
    if (!this.told) speak(told.site.language, told.site.zone);
    this.told = told;
    this.draw(0);
  }

  draw(silentMs) {
    this.silentMs = silentMs;
    if (!this.told) return;
    const { told } = this;
    const interrupted = interruption(told, silentMs);
    mark(document.documentElement, "interrupted", String(Boolean(interrupted)));
    writeOrHide(this.simulated, told.simulated ? say("simulated") : "");
    writeOrHide(this.interrupted, interrupted);
    write(this.kitchen, told.site.name);
    write(this.language, say("switch.language"));
    const lists = {
      now: told.units.map((unit) => this.unit(unit, silentMs)),
      week: this.week().map((text) => ({ text })),
      happened: this.happened(),
      watched: this.watched(silentMs),
      coverage: this.notices.coverage.map((one) => ({
        text: `${COVERAGE_SHAPES[one.by]} ${say(`point.${one.point}`)}`,
        more: say(`by.${one.by}`, { n: one.seen, all: one.all }),
        state: one.by,
      })),
      certificates: told.dated ? told.expiries.map((one) => this.expiry(one)) : [{ text: say("clock.unsynced") }],
      papers: this.papers(),
    };
    for (const section of this.sections) {
      const { name } = section.dataset;
      section.hidden = lists[name].length === 0;
      write(section.children[0], say(`page.${name}`));
      keep(section.children[1], lists[name].map((one, i) => ({ id: String(i), ...one })), () => make("li", "", make("b"), make("span"), make("a")), (row, one) => {
        mark(row, "state", one.state ?? "");
        mark(row, "stale", String(Boolean(one.stale)));
        write(row.children[0], one.text);
        writeOrHide(row.children[1], one.more ?? "");
        row.children[2].hidden = !one.href;
        if (one.href) {
          row.children[2].href = one.href;
          write(row.children[2], say("paper.open"));
        }
      });
    }
    write(this.call, this.notices.phone ? say("complain.both", { phone: this.notices.phone }) : say("complain"));
    this.form.hidden = !this.notices.form;
    if (this.notices.form) {
      this.form.href = this.notices.form;
      write(this.form, say("complain.form"));
    }
  }

  unit(unit, silentMs) {
    const shown = unit.values.map((one) => value(one, silentMs));
    const limits = unit.values.length > 0 ? bounds(unit.values[0]) : "";
    return {
      text: `${SHAPES[unit.state]} ${unit.name}  ${shown.map((one) => one.text).join("  ")}`,
      more: [unit.place, limits, say(`state.${unit.state}`), shown.find((one) => one.age)?.age].filter(Boolean).join(" · "),
      state: unit.state,
      stale: shown.some((one) => one.stale),
    };
  }

  week() {
    const { week } = this.told;
    if (!week) return [say("week.counting")];
    const { within, seen } = shares(week.units);
    const count = standings(week.deviations);
    return [
      within === undefined ? say("week.nothing") : say("week.within", { n: within }),
      seen === undefined ? "" : say("week.seen", { n: seen }),
      count.all === 0 ? say("week.none") : say("week.deviations", count),
    ].filter(Boolean);
  }

  happened() {
    const { week, units, now } = this.told;
    return (week?.deviations ?? []).slice(0, 30).map((one) => ({
      text: `${units.find((unit) => unit.id === one.unit)?.name ?? one.unit} ${say(`standing.${one.standing}`)}`,
      more:
        one.toMs === undefined
          ? say("happened.since", { time: clock(one.fromMs, now.wallMs) })
          : say("happened.for", { time: clock(one.fromMs, now.wallMs), age: length(one.toMs - one.fromMs) }),
      state: one.standing === "open" ? "handling" : "",
    }));
  }

  watched(silentMs) {
    const { cameras } = this.told;
    const byHand = (name) => this.notices.coverage.find((one) => one.point === name)?.by === "by-hand";
    const unconnected = (name) => ({
      text: say(`point.${name}`),
      more: say(byHand(name) ? "by-hand" : "not-connected"),
      state: "nothing",
    });
    return [
      ...cameras.map((one) => ({ text: one.name, more: camera(one, silentMs), state: one.state })),
      unconnected("samples"),
      ...(this.told.disinfection.length > 0
        ? this.told.disinfection.map((one) => ({ text: one.name, more: disinfection(one) }))
        : [unconnected("disinfection")]),
    ];
  }

  expiry(one) {
    const { what, until } = expiry(one);
    return { text: one.kind === "health" ? `${say("expiry.health")} ${what}` : what, more: until, state: one.expired ? "handling" : "" };
  }

  papers() {
    const { inspection } = this.notices;
    return [
      ...(inspection ? [{ text: say("page.inspection"), more: [inspection.date, inspection.result, inspection.by].filter(Boolean).join(" · ") }] : []),
      ...this.notices.papers.map((paper) => ({
        text: paper.title,
        more: paper.missing ? say("paper.missing") : paper.text,
        href: paper.picture,
      })),
    ];
  }
}

customElements.define("kitchen-visit", KitchenVisit);
