import { button, make, mark, write, writeOrHide } from "./parts.js";
import { length, limit, measure, number, say, spoken, unitSign } from "./words.js";

const SPANS = ["24h", "7d", "30d"];
const REFRESH_MS = 60_000;
/** A panel that nobody touches goes back to all units. */
const LEFT_ALONE_MS = 180_000;
const HOUR_MS = 3_600_000;
/** Room left of the plot, for its numbers; the lanes below it begin there too. In the page's letters. */
const AXIS = 3.5;
/** Room below it, for the times. */
const AXIS_HEIGHT = 2;
/** How large the canvas writes. */
const LETTERS = 0.8;
/** So wide six times stand side by side. */
const ROOMY = 20;
/** Half of the last time. */
const RIGHT = 1.25;
const HUMIDITY = "%RH";

/** One lane for each kind of happening; shapes and words tell them apart, not colour. */
const LANES = [
  ["alarm", ["alarm"]],
  ["door", ["door"]],
  ["defrost", ["defrost", "warmed"]],
  ["acts", ["cleaning", "loading", "stopped", "out-of-service"]],
  ["check", ["check", "by-hand"]],
  ["cycle", ["cycle-passed", "cycle-failed"]],
  ["mains", ["mains"]],
];

/** What takes no time. */
const MOMENTS = ["check", "by-hand"];

const kind = (one) =>
  say(`trend.kind.${one.kind}`, { value: one.milli === undefined ? "" : measure(one.milli, "Cel") });

/** The page's letter in pixels: on a wall it is larger, and the canvas has to be told. */
const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
/** What a drawn chart was drawn for; it does not change by itself when that is switched. */
const dress = () => [spoken(), rem(), getComputedStyle(document.documentElement).getPropertyValue("--text")].join();

let plot;
const formats = new Map();

/** Nothing moves under a finger: what is shown has its style first. */
export async function dressed() {
  const wanted = ["/vendor/uPlot.min.css", "/trend.css"].filter(
    (href) => !document.querySelector(`link[href="${href}"]`),
  );
  await Promise.all(
    wanted.map((href) => {
      const link = make("link");
      link.rel = "stylesheet";
      link.href = href;
      const ready = new Promise((done, failed) => {
        link.onload = done;
        link.onerror = () => {
          link.remove();
          failed(new Error(href));
        };
      });
      document.head.append(link);
      return ready;
    }),
  );
}

/** The chart's own code comes when the first chart is opened, not with the page. */
async function load() {
  if (plot) return plot;
  plot = (await import("./vendor/uPlot.esm.js")).default;
  return plot;
}

/** One unit over time: its values, its limits, what nobody saw, and what happened. */
class TrendView extends HTMLElement {
  connectedCallback() {
    if (this.head) return;
    this.hidden = true;
    this.span = SPANS[0];
    this.backButton = button("back", () => this.leave());
    this.name = make("h2");
    this.spans = SPANS.map((span) => {
      const node = button("span", () => this.turn(span));
      node.dataset.span = span;
      return node;
    });
    this.record = button("record", () => {
      const { id } = this.unit;
      this.leave();
      this.dispatchEvent(new CustomEvent("unit-act", { detail: id, bubbles: true }));
    });
    this.head = make(
      "div", "head", this.backButton, this.name, this.record, make("div", "spans", ...this.spans),
    );
    this.word = make("p", "word");
    this.word.setAttribute("role", "status");
    this.canvas = make("div", "canvas");
    this.canvas.setAttribute("role", "img");
    this.lanes = make("div", "lanes");
    this.readout = make("p", "readout");
    this.sums = make("ul", "sums");
    this.list = make("ul", "list");
    this.append(this.head, this.word, this.canvas, this.lanes, this.readout, this.sums, this.list);
    this.addEventListener("pointerdown", () => this.touched());
    new ResizeObserver(() => this.resize()).observe(this.canvas);
  }

  get open() {
    return this.unit !== undefined;
  }

  show(unit, zone) {
    this.unit = unit;
    this.zone = zone;
    this.hidden = false;
    this.touched();
    this.label();
    this.fetch();
    clearInterval(this.refreshing);
    this.refreshing = setInterval(() => this.fetch(), REFRESH_MS);
    this.backButton.focus({ preventScroll: true });
  }

  touched() {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.leave(), LEFT_ALONE_MS);
  }

  leave() {
    clearTimeout(this.patience);
    clearInterval(this.refreshing);
    this.unit = undefined;
    this.hidden = true;
    this.empty();
    this.dispatchEvent(new CustomEvent("back"));
  }

  turn(span) {
    this.span = span;
    this.label();
    this.fetch();
  }

  /** Texts that depend on the language; the page calls it when that is switched. */
  label() {
    if (!this.open) return;
    write(this.backButton, say("back"));
    write(this.record, say("act"));
    write(this.name, this.unit.name);
    for (const node of this.spans) {
      write(node, say(`trend.span.${node.dataset.span}`));
      node.setAttribute("aria-pressed", String(node.dataset.span === this.span));
    }
    if (this.drawn && this.dressed !== dress()) this.draw(this.drawn);
  }

  async fetch() {
    const { unit, span } = this;
    const asked = (this.asked = (this.asked ?? 0) + 1);
    writeOrHide(this.word, this.drawn?.span === span ? "" : say("trend.wait"));
    try {
      const [reply] = await Promise.all([fetch(`/api/trend?unit=${unit.id}&span=${span}`), load()]);
      if (asked !== this.asked || !this.open) return;
      if (!reply.ok) throw new Error(reply.status);
      this.draw(await reply.json());
      writeOrHide(this.word, "");
    } catch {
      if (asked === this.asked && this.open) writeOrHide(this.word, say("trend.lost"));
    }
  }

  empty() {
    this.chart?.destroy();
    this.chart = undefined;
    this.drawn = undefined;
    this.lanes.replaceChildren();
    this.sums.replaceChildren();
    this.list.replaceChildren();
    write(this.readout, "");
  }

  draw(trend) {
    if (!this.open || trend.id !== this.unit.id) return;
    this.empty();
    this.drawn = trend;
    this.dressed = dress();
    const told = trend.curves.map((curve) => summary(curve, trend.curves.length > 1));
    this.sums.replaceChildren(...told.map((text) => make("li", "", text)));
    this.canvas.setAttribute("aria-label", [this.unit.name, ...told].join(". "));
    this.drawLanes(trend);
    this.list.replaceChildren(
      ...trend.happened.slice(-50).reverse().map((one) => make("li", "", this.happening(one))),
    );
    // Last: it takes the room that the others leave.
    this.chart = new plot(this.options(trend), columns(trend), this.canvas);
  }

  options(trend) {
    const look = getComputedStyle(this);
    const colour = (name) => look.getPropertyValue(name).trim();
    const font = (ratio) => `${Math.round(LETTERS * rem() * ratio)}px ${getComputedStyle(document.body).fontFamily}`;
    const grid = { stroke: colour("--edge"), width: 1 };
    const axis = { stroke: colour("--text"), font: font(1), size: AXIS_HEIGHT * rem(), grid, ticks: grid };
    const humid = trend.curves.some((curve) => curve.uom === HUMIDITY);
    const dashes = [[], [6, 3], [2, 3]];
    return {
      ...this.room(),
      padding: [8, humid ? null : RIGHT * rem(), 0, null],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: true, range: [trend.fromMs / 1000, (trend.fromMs + 720 * trend.stepMs) / 1000] },
        main: { range: (_, least, greatest) => around(least, greatest, bounds(trend)) },
        humid: { range: [0, 100] },
      },
      axes: [
        { ...axis, splits: () => this.splits(trend), values: (_, all) => all.map((at) => this.tick(at)) },
        { ...axis, scale: "main", size: AXIS * rem(), values: (_, all) => all.map((v) => String(v).replace("-", "−")) },
        ...(humid ? [{ ...axis, scale: "humid", side: 1, size: 2.75 * rem(), grid: { show: false } }] : []),
      ],
      series: [
        {},
        ...trend.curves.flatMap((curve, i) => {
          const scale = curve.uom === HUMIDITY ? "humid" : "main";
          const edge = { scale, width: 0, points: { show: false } };
          // A lone value between two gaps is a point, or nobody would see it.
          const points = { show: true, size: 5, fill: colour("--text"), filter: (chart, series) => lone(chart.data[series]) };
          const line = { scale, points, stroke: colour("--text"), width: 2, dash: dashes[i % dashes.length] };
          return [edge, edge, line];
        }),
      ],
      bands: trend.curves.map((_, i) => ({ series: [3 * i + 1, 3 * i + 2], fill: colour("--band") })),
      hooks: {
        drawClear: [(chart) => this.drawHoles(chart, trend, colour("--hole"))],
        draw: [(chart) => this.drawLimits(chart, trend, colour("--beyond"), font)],
        setCursor: [(chart) => this.read(chart, trend)],
      },
    };
  }

  room() {
    return { width: Math.max(200, this.canvas.clientWidth), height: Math.max(120, this.canvas.clientHeight) };
  }

  resize() {
    if (!this.chart || this.hidden) return;
    if (this.dressed === dress()) this.chart.setSize(this.room());
    else this.draw(this.drawn);
  }

  /** What nobody saw: hatched from top to bottom, at least a pixel wide, never bridged. */
  drawHoles(chart, trend, colour) {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.fillStyle = hatch(ctx, colour);
    const pixelsAMs = bbox.width / (720 * trend.stepMs);
    const right = bbox.left + bbox.width;
    for (const curve of trend.curves.slice(0, 1)) {
      // A probe that comes and goes for a month has more holes than there are pixels: each of these once.
      let drawn = bbox.left;
      for (const [fromMs, toMs] of curve.holes) {
        const from = Math.max(drawn, bbox.left + (fromMs - trend.fromMs) * pixelsAMs);
        const to = Math.min(right, Math.max(from + 1, bbox.left + (toMs - trend.fromMs) * pixelsAMs));
        if (bbox.left + (toMs - trend.fromMs) * pixelsAMs <= drawn || to <= from) continue;
        ctx.fillRect(from, bbox.top, to - from, bbox.height);
        drawn = to;
      }
    }
    ctx.restore();
  }

  /** The limits as dashed lines with their number, and whatever went beyond them. */
  drawLimits(chart, trend, colour, font) {
    const { ctx, bbox } = chart;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.font = `bold ${font(ratio)}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    for (const curve of trend.curves.filter((c) => c.uom !== HUMIDITY)) {
      for (const side of ["above", "below"]) {
        if (curve[side] === undefined) continue;
        const y = chart.valToPos(curve[side] / 1000, "main", true);
        if (y < bbox.top || y > bbox.top + bbox.height) continue;
        ctx.lineWidth = ratio;
        ctx.setLineDash([6 * ratio, 4 * ratio]);
        ctx.beginPath();
        ctx.moveTo(bbox.left, y);
        ctx.lineTo(bbox.left + bbox.width, y);
        ctx.stroke();
        const words = say(`trend.limit.${side}`, { limit: limit(curve[side]) });
        ctx.fillText(words, bbox.left + 6 * ratio, side === "above" ? y - 4 * ratio : y + 0.875 * rem() * ratio);
        this.drawBeyond(chart, trend, curve, side, y);
      }
    }
    ctx.restore();
  }

  drawBeyond(chart, trend, curve, side, y) {
    const { ctx } = chart;
    const column = side === "above" ? curve.max : curve.min;
    const beyond = (v) => v !== null && (side === "above" ? v > curve.above : v < curve.below);
    ctx.setLineDash([]);
    ctx.lineWidth = Math.max(2 * devicePixelRatio, chart.bbox.width / 720);
    ctx.beginPath();
    column.forEach((value, step) => {
      if (!beyond(value)) return;
      const x = chart.valToPos((trend.fromMs + (step + 0.5) * trend.stepMs) / 1000, "x", true);
      ctx.moveTo(x, y);
      ctx.lineTo(x, chart.valToPos(value / 1000, "main", true));
    });
    ctx.stroke();
  }

  /** The value under the finger. */
  read(chart, trend) {
    const step = chart.cursor.idx;
    if (step === null || step === undefined) return write(this.readout, "");
    const at = this.at(trend.fromMs + step * trend.stepMs);
    const words = trend.curves.map((curve) => {
      if (curve.mean[step] === null) return say("trend.none");
      const unit = unitSign(curve.uom);
      const range = `${number(curve.min[step])} ~ ${number(curve.max[step])}`;
      return `${number(curve.mean[step])} ${unit} (${range})`;
    });
    write(this.readout, `${at}  ${words.join("  ")}`);
  }

  drawLanes(trend) {
    const length = 720 * trend.stepMs;
    const shown = LANES.filter(([, kinds]) => trend.happened.some((one) => kinds.includes(one.kind)));
    this.lanes.replaceChildren(
      ...shown.map(([lane, kinds]) => {
        const bars = make("div", "bars");
        for (const one of trend.happened.filter((h) => kinds.includes(h.kind))) {
          const from = Math.max(0, one.fromMs - trend.fromMs);
          const to = Math.min(length, (one.toMs ?? (one.kind === "alarm" ? Infinity : one.fromMs)) - trend.fromMs);
          const bar = make("i", one.kind);
          bar.style.left = `${(100 * from) / length}%`;
          bar.style.width = `${(100 * Math.max(0, to - from)) / length}%`;
          bar.title = this.happening(one);
          bars.append(bar);
        }
        const node = make("div", "lane", make("span", "", say(`trend.lane.${lane}`)), bars);
        mark(node, "lane", lane);
        return node;
      }),
    );
  }

  happening(one) {
    const what = one.kind === "alarm" ? say(`cause.${one.cause}`, { rule: one.rule }) : kind(one);
    if (one.toMs === undefined) {
      return MOMENTS.includes(one.kind)
        ? `${this.at(one.fromMs)} ${what}`
        : say("trend.since", { time: this.at(one.fromMs), what });
    }
    return `${this.at(one.fromMs)} ${what} (${length(one.toMs - one.fromMs)})`;
  }

  /** Whole hours of a day, midnights of a week, each fifth midnight of a month, in the kitchen. */
  splits(trend) {
    const hours = [];
    // On a telephone in large type there is room for three times.
    const every = this.canvas.clientWidth < ROOMY * rem() ? 8 : 4;
    const end = trend.fromMs + 720 * trend.stepMs;
    for (let at = Math.ceil(trend.fromMs / HOUR_MS) * HOUR_MS; at < end; at += HOUR_MS) {
      const hour = Number(this.part(at, { hour: "2-digit", hourCycle: "h23" }));
      if (trend.span === "24h" ? hour % every === 0 : hour === 0) hours.push(at / 1000);
    }
    return trend.span === "30d" ? hours.filter((_, i) => i % 5 === 2) : hours;
  }

  tick(at) {
    return this.drawn?.span === "24h" || this.span === "24h" ? this.time(at * 1000) : this.day(at * 1000);
  }

  at(ms) {
    return `${this.day(ms)} ${this.time(ms)}`;
  }

  day(ms) {
    return this.part(ms, { year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA").slice(5);
  }

  time(ms) {
    return this.part(ms, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  part(ms, wanted, locale = "en-GB") {
    // Made once: a formatter takes longer to make than a hundred times to be used.
    const key = locale + this.zone + Object.keys(wanted);
    if (!formats.has(key)) {
      formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: this.zone, ...wanted }));
    }
    return formats.get(key).format(ms);
  }
}

function columns(trend) {
  const at = Array.from({ length: 720 }, (_, i) => (trend.fromMs + (i + 0.5) * trend.stepMs) / 1000);
  const unmilli = (column) => column.map((v) => (v === null ? null : v / 1000));
  return [at, ...trend.curves.flatMap((c) => [unmilli(c.max), unmilli(c.min), unmilli(c.mean)])];
}

function lone(column) {
  const none = (i) => column[i] === null || column[i] === undefined;
  return [...column.keys()].filter((i) => !none(i) && none(i - 1) && none(i + 1));
}

const bounds = (trend) =>
  trend.curves
    .filter((curve) => curve.uom !== HUMIDITY)
    .flatMap((curve) => [curve.above, curve.below])
    .filter((milli) => milli !== undefined)
    .map((milli) => milli / 1000);

/** Values and limits with some room around them. */
function around(least, greatest, limits) {
  const all = [least, greatest, ...limits].filter((v) => v !== null && Number.isFinite(v));
  if (all.length === 0) return [0, 10];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = Math.max(1, (high - low) * 0.08);
  return [low - room, high + room];
}

function hatch(ctx, colour) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift, 8);
    pen.lineTo(shift + 8, 0);
  }
  pen.stroke();
  return ctx.createPattern(tile, "repeat");
}

/** The same in words, for whoever cannot see the picture, and for whoever writes it down. */
function summary(curve, named) {
  const unit = unitSign(curve.uom);
  const parts = [say(`trend.measures.${curve.measures}`)];
  if (named) parts[0] += ` ${curve.sensor}`;
  if (curve.all) {
    parts.push(
      say("trend.all", {
        min: number(curve.all.min),
        mean: number(curve.all.mean),
        max: number(curve.all.max),
        unit,
      }),
    );
  } else parts.push(say("trend.nothing"));
  for (const side of ["above", "below"]) {
    if (curve[side] === undefined) continue;
    const ms = curve[`${side}Ms`];
    const words = { limit: limit(curve[side]), unit, time: length(ms) };
    parts.push(say(ms > 0 ? `trend.beyond.${side}` : `trend.within.${side}`, words));
  }
  const { ms, count } = curve.missing;
  parts.push(ms > 0 ? say("trend.missing", { time: length(ms), n: count }) : say("trend.whole"));
  if (curve.byMinutes) parts.push(say("trend.minutes"));
  return parts.join(" · ");
}

customElements.define("trend-view", TrendView);
