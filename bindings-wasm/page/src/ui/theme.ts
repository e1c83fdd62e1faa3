// Light, dark, or as the system has it. It is not stored: nothing is.

import { byId } from "./dom.js";

const THEMES = ["system", "light", "dark"] as const;

export function bindTheme(): void {
  const button = byId("theme");
  let at = 0;
  button.addEventListener("click", () => {
    at = (at + 1) % THEMES.length;
    const theme = THEMES[at] ?? "system";
    document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  });
}
