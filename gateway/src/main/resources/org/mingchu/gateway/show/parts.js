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
  node.addEventListener("click", press);
  return node;
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
