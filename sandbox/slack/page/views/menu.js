// A small menu under a button, for the keyboard as well.

import { el } from "../dom.js";

/** Put a popover next to a node, inside the window. */
export function place(popover, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = box.bottom + 4 + height <= innerHeight;
  popover.style.setProperty("left", `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`);
  popover.style.setProperty("top", `${below ? box.bottom + 4 : Math.max(8, box.top - height - 4)}px`);
}

function move(menu, key) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[key];
  if (next === undefined) return false;
  items[(next + items.length) % items.length].focus();
  return true;
}

/** Open a menu of `{label, hint?, run}` under the anchor; a choice, Escape or a click elsewhere closes it. */
export function openMenu(anchor, items, props = {}) {
  const menu = el(
    "div",
    {
      class: "menu", role: "menu", popover: "auto", ...props,
      onkeydown: (event) => move(menu, event.key) && event.preventDefault(),
      ontoggle: (event) => {
        if (event.newState !== "closed") return;
        menu.remove();
        anchor.setAttribute("aria-expanded", "false");
      },
    },
    items.map(({ label, hint, run, name }) =>
      el(
        "button",
        {
          type: "button", role: "menuitem", class: "menu-item", "aria-label": name, title: name,
          onclick: () => {
            menu.hidePopover();
            anchor.focus();
            run();
          },
        },
        el("span", {}, label),
        hint && el("span", { class: "menu-hint" }, hint),
      ),
    ),
  );
  document.body.append(menu);
  anchor.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place(menu, anchor);
  menu.firstElementChild?.focus();
}
