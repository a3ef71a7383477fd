// Small parts. Elements are made once and then only changed: a button that is replaced between a
// finger's down and up loses the tap.

export function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** A question that stands where something else stood: whoever uses keys or ears goes on there. */
export function question() {
  const node = make("h2");
  node.tabIndex = -1;
  return node;
}

export function button(className, press) {
  const node = make("button", className);
  node.type = "button";
  pressed(node, press);
  return node;
}

let touched;
document.addEventListener("touchstart", ({ touches }) => (touched = touches[0]), { capture: true, passive: true });

/**
 * A browser gives a touch between two buttons to the nearer one; a drop or a sleeve that lies there
 * means neither. What a touch presses is what it was put on.
 */
export function pressed(node, press) {
  node.addEventListener("click", (event) => {
    if (event.pointerType !== "touch" || within(node.getBoundingClientRect(), touched)) press(event);
  });
}

/** Where it began, as the page stood then and stands now; no touch seen is a reader's own press. */
function within({ left, right, top, bottom }, touch) {
  if (!touch) return true;
  const { clientX: x, clientY: y } = touch;
  return x >= left && x <= right && y >= top && y <= bottom;
}

export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows the node when there is something to say. */
export function writeOrHide(node, text) {
  node.hidden = !text;
  write(node, text ?? "");
}

export function mark(node, name, value) {
  if (node.dataset[name] !== value) node.dataset[name] = value;
}

/** What is heard of the node where its text is not seen. */
export function label(node, text) {
  if (node.ariaLabel !== text) node.ariaLabel = text;
}

/** One child per item, kept by id; children of items that are gone are removed. */
export function keep(parent, items, create, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.id, child]));
  items.forEach((item, i) => {
    const child = old.get(item.id) ?? create(item);
    old.delete(item.id);
    child.dataset.id = item.id;
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
    update(child, item);
  });
  old.forEach((child) => child.remove());
}
