// Code for exactly this configuration, to copy.

import { codeFor, LANGUAGES, variable, type Language } from "../shared/code.js";
import type { Analysis } from "../shared/protocol.js";
import { readsMethod, readsUrl } from "../shared/row.js";
import { copyButton, fill, h } from "./dom.js";
import { panel } from "./panel.js";
import { toleranceOf, type Store } from "./store.js";

export function code(store: Store) {
  const it = panel(
    "In your program",
    "The secret is not in it: it is read from the environment.",
    true,
  );
  const text = h("code", {});
  const note = h("p", { class: "hint" });
  const body = h("div", { role: "tabpanel", id: "code", "aria-labelledby": "code-node" });
  body.append(h("pre", { class: "mono", tabindex: 0 }, text));
  let language: Language = "node";
  let shown: Analysis | undefined;

  const tabs = LANGUAGES.map(([name, title]) => {
    const tab = h(
      "button",
      { type: "button", role: "tab", id: `code-${name}`, "aria-controls": "code" },
      title,
    );
    tab.addEventListener("click", () => choose(name));
    return [name, tab] as const;
  });

  function choose(name: Language): void {
    language = name;
    for (const [other, tab] of tabs) {
      tab.setAttribute("aria-selected", String(other === name));
      tab.tabIndex = other === name ? 0 : -1;
    }
    body.setAttribute("aria-labelledby", `code-${name}`);
    if (shown !== undefined) write(shown);
  }

  function write({ row, toml }: Analysis): void {
    const { state } = store;
    const isHolding = state.secret !== "" && state.url.includes(state.secret);
    text.textContent = codeFor(language, {
      provider: row.name,
      toml: state.toml === undefined ? undefined : toml,
      url: state.url === "" || isHolding ? undefined : state.url,
      readsUrl: readsUrl(row),
      readsMethod: readsMethod(row),
      tolerance: toleranceOf(state),
      weak: state.weak,
      several: state.otherSecrets.trim() !== "",
    });
    fill(note, "Put the secret into ", h("code", {}, variable(row.name)), ".");
  }

  const list = h("div", { role: "tablist", "aria-label": "Language", class: "tabs" });
  list.append(...tabs.map(([, tab]) => tab));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(([name]) => name === language);
    const [name, tab] = tabs[(at + step + tabs.length) % tabs.length] ?? [];
    if (name === undefined || tab === undefined) return;
    choose(name);
    tab.focus();
  });
  const copy = copyButton(() => text.textContent ?? "", "Copy the code");
  it.body.append(list, body, h("div", { class: "row" }, copy), note);
  choose(language);
  return {
    root: it.root,
    show(analysis: Analysis): void {
      shown = analysis;
      write(analysis);
    },
  };
}
