// What a person with old eyes and wet fingers would find wrong with the page as it stands now: one
// line each. It runs in the page and trusts none of the page's own words.
(limits) => {
  const faults = [];
  const name = (e) =>
    `${e.tagName.toLowerCase()}.${e.className || "-"} “${(e.innerText ?? "").trim().slice(0, 40)}”`;
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);

  // Cut off, at the right or at the bottom; a list that scrolls is not, a line of text that does is.
  for (const e of all("body *")) {
    const style = getComputedStyle(e);
    if (style.display === "inline" || e.closest(".uplot, .canvas, .bars")) continue;
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) faults.push(`cut off at the right: ${name(e)}`);
    const clipped = style.overflowY === "hidden" || style.overflowY === "clip";
    if (clipped && e.scrollHeight > e.clientHeight + 2) faults.push(`cut off at the bottom: ${name(e)}`);
  }
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) faults.push("the page moves sideways");

  // Too small for a finger.
  for (const e of all("button, [role=button], a[href]")) {
    const { width, height } = e.getBoundingClientRect();
    const least = e.matches(limits.acknowledges) ? limits.acknowledge : limits.target;
    if (Math.min(width, height) < least - 0.5) {
      faults.push(`${Math.round(width)} x ${Math.round(height)} px, wants ${least}: ${name(e)}`);
    }
  }

  // Below the edge, in the type that the panel has at first; without a gateway nothing is answered.
  const { dead, type } = document.documentElement.dataset;
  if (limits.inSight && type === "1" && dead !== "true") {
    for (const e of all(limits.inSight)) {
      const { bottom } = e.getBoundingClientRect();
      if (bottom > innerHeight) faults.push(`${Math.round(bottom - innerHeight)} px below the edge: ${name(e)}`);
    }
  }

  // Too pale to read: the value against each colour that lies behind it.
  const channel = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) =>
    0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a));
  const grey = (c) => Array(3).fill(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]);
  const colours = (image) => [...image.matchAll(/rgba?\([^)]*\)/g)].map(([text]) => parse(text));

  // All colours there can be behind an element, and what it is drawn with on each.
  const drawn = (element) => {
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.unshift(e);
    let grounds = [[255, 255, 255]];
    const groups = [];
    for (const e of chain) {
      const style = getComputedStyle(e);
      const opacity = Number(style.opacity);
      const dull = style.filter.includes("grayscale");
      if (opacity < 1 || dull) groups.push({ opacity, dull, behind: grounds[0] });
      grounds = grounds.map((ground) => over(parse(style.backgroundColor), ground));
      const stripes = colours(style.backgroundImage);
      if (stripes.length > 0) grounds = stripes.map((stripe) => over(stripe, grounds[0]));
    }
    const ink = parse(getComputedStyle(element).color);
    return grounds.map((ground) => {
      let pair = [over(ink, ground), ground];
      for (const { opacity, dull, behind } of groups.toReversed()) {
        pair = pair.map((c) => over([...(dull ? grey(c) : c), opacity], behind));
      }
      return pair;
    });
  };
  for (const e of all(limits.values)) {
    if (!e.innerText.trim()) continue;
    const least = Math.min(...drawn(e).map(([ink, ground]) => ratio(ink, ground)));
    if (least < limits.contrast) faults.push(`contrast ${least.toFixed(2)}: ${name(e)}`);
  }
  return faults;
}
