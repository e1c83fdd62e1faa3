// A part of the result: a heading that stays, and what is filled in anew for each analysis.

import { fill, h } from "./dom.js";

export interface Panel {
  readonly root: HTMLElement;
  readonly body: HTMLElement;
}

export function panel(title: string, about: string, isWide = false): Panel {
  const body = h("div", { class: "panel-body" });
  const root = h(
    "section",
    { class: isWide ? "card panel wide" : "card panel" },
    h("h2", {}, title),
    about !== "" && h("p", { class: "about" }, about),
    body,
  );
  return { root, body };
}

/** A button that shows something, and hides it again. */
export function toggle(show: string, hide: string, onToggle: (isOn: boolean) => void) {
  const button = h("button", { type: "button", class: "quiet", "aria-pressed": "false" }, show);
  const set = (isOn: boolean) => {
    button.setAttribute("aria-pressed", String(isOn));
    fill(button, isOn ? hide : show);
  };
  button.addEventListener("click", () => onToggle(button.getAttribute("aria-pressed") !== "true"));
  return { button, set };
}
