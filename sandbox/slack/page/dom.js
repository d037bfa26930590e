// Building DOM nodes. Nothing here, or anywhere on the page, parses HTML: every string becomes a text node.

const SVG = "http://www.w3.org/2000/svg";

function assign(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.setAttribute("class", value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "selected") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  return node;
}

function keep(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

/** An HTML element; `props` are attributes, `on...` listeners and `style` properties; empty children are left out. */
export function el(tag, props = {}, ...children) {
  const node = assign(document.createElement(tag), props);
  node.append(...children.flat(Infinity).filter(keep).map((c) => (c instanceof Node ? c : String(c))));
  return node;
}

/** An SVG element. */
export function svg(tag, props = {}, ...children) {
  const node = assign(document.createElementNS(SVG, tag), props);
  node.append(...children.flat(Infinity).filter(keep).map((c) => (c instanceof Node ? c : String(c))));
  return node;
}

/** Replace all children of a node. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(keep));
  return node;
}

/** Make these the children of a node and leave those alone that are already in place: they keep focus, selection and scroll. */
export function patch(node, ...children) {
  const wanted = children.flat(Infinity).filter(keep);
  const staying = new Set(wanted);
  for (const old of [...node.childNodes]) if (!staying.has(old)) old.remove();
  wanted.forEach((child, index) => {
    if (node.childNodes[index] !== child) node.insertBefore(child, node.childNodes[index] ?? null);
  });
}

const drawn = new WeakMap();

/** Whether a node was drawn from these very values the last time this was asked. */
export function isDrawn(node, ...values) {
  const now = JSON.stringify(values);
  const same = drawn.get(node) === now;
  drawn.set(node, now);
  return same;
}

/** An address that is safe to open, or null: data may not bring `javascript:` and its like. */
export function safeUrl(text) {
  try {
    const url = new URL(text, location.origin);
    return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens in a new tab; plain text when its address is not safe. The address shows on hover. */
export function link(url, children, props = {}) {
  const href = safeUrl(url);
  if (!href) return el("span", {}, children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", title: href, ...props }, children);
}
