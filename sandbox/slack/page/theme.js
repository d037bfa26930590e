// Light or dark: as the system says until the person chooses.

import { fill } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "sandbox.theme";

/** Make the button switch the theme, and restore the choice of last time. */
export function initTheme(button) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const draw = () => {
    const label = dark() ? "Light theme" : "Dark theme";
    fill(button, icon(dark() ? "sun" : "moon", 16));
    button.setAttribute("aria-label", label);
    button.title = label;
  };
  const chosen = localStorage.getItem(KEY);
  if (chosen) document.documentElement.dataset.theme = chosen;
  button.addEventListener("click", () => {
    const next = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem(KEY, next);
    draw();
  });
  system.addEventListener("change", draw);
  draw();
}
