// Who sent it: a list to search in, what was detected, and schemes of one's own.

import type { ProviderFacts } from "../shared/protocol.js";
import { byId, fill, h } from "./dom.js";
import type { Store } from "./store.js";

const SAMPLE = `name = "acme"
signature = { header = "acme-signature", split = ",", prefix = "v1=" }
timestamp = { header = "acme-signature", split = ",", prefix = "t=", clock = "seconds" }
signed = "{timestamp}.{body}"
`;

export class ProviderField {
  readonly #store: Store;
  readonly #input = byId("provider") as HTMLInputElement;
  readonly #list = byId("provider-list");
  readonly #told = byId("provider-told");
  #providers: readonly ProviderFacts[] = [];
  #found: readonly string[] = [];
  #matches: readonly ProviderFacts[] = [];
  #at = -1;
  #toml = SAMPLE;

  constructor(store: Store) {
    this.#store = store;
    this.#input.addEventListener("input", () => this.#open(this.#input.value));
    this.#input.addEventListener("click", () => this.#open(""));
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("blur", () => this.#close());
    // Not a click: the field would lose its focus first.
    this.#list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = (event.target as Element).closest("li");
      if (item?.dataset.name !== undefined) this.#choose(item.dataset.name);
    });
    store.listen((state, before) => {
      if (state.provider !== before.provider || state.isChosen !== before.isChosen) this.#tell();
      if (document.activeElement !== this.#input) this.#input.value = state.provider;
    });
    bindOwn(store, () => this.#toml);
  }

  /** What is wrong with the text of one's own; nothing where it is right. */
  set trouble(message: string | undefined) {
    const told = byId("toml-told");
    told.textContent = message ?? "One row of facts, as in a scheme file of the library.";
    told.classList.toggle("bad", message !== undefined);
  }

  /** The scheme that is shown, as text: one's own begins as it. */
  set toml(toml: string) {
    this.#toml = toml;
  }

  set providers(providers: readonly ProviderFacts[]) {
    this.#providers = providers;
  }

  /** What the headers say, the best first. */
  set found(names: readonly string[]) {
    this.#found = names;
    this.#tell();
  }

  #tell(): void {
    const { provider, isChosen, headers } = this.#store.state;
    const others = this.#found.filter((name) => name !== provider).slice(0, 4);
    if (provider === "" && headers.trim() !== "") {
      fill(this.#told, "Its headers are those of no provider that is known: choose one.");
    } else if (provider === "") {
      fill(this.#told, "Found by its headers, once there is a request.");
    } else if (isChosen) {
      const [first] = this.#found;
      const differs = first !== undefined && !this.#found.includes(provider);
      const back = () => this.#store.update({ isChosen: false });
      fill(this.#told, "You chose it. ", differs && link(`The headers say ${first}`, back));
    } else if (others.length === 0) {
      fill(this.#told, "Found by its headers.");
    } else {
      const also = others.flatMap((name) => [" ", link(name, () => this.#choose(name))]);
      const count = `Found by its headers, which ${this.#found.length} schemes share.`;
      fill(this.#told, `${count} If it is another, choose it:`, ...also);
    }
  }

  #open(query: string): void {
    const words = query
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, "-");
    const starts = this.#providers.filter(({ name }) => name.startsWith(words));
    const holds = this.#providers.filter(
      ({ name }) => !name.startsWith(words) && name.includes(words),
    );
    this.#matches = [...starts, ...holds];
    this.#at = words === "" || this.#matches.length === 0 ? -1 : 0;
    fill(
      this.#list,
      ...this.#matches.map(({ name, algorithm }, at) =>
        h(
          "li",
          { role: "option", id: `provider-${at}`, "data-name": name, "aria-selected": "false" },
          h("span", {}, name),
          h("small", {}, algorithm),
        ),
      ),
      this.#matches.length === 0 && h("li", { class: "none" }, "No scheme of this name"),
    );
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#mark();
  }

  #close(): void {
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
    this.#input.value = this.#store.state.provider;
  }

  #choose(name: string): void {
    this.#store.update({ provider: name, isChosen: true, toml: undefined });
    this.#input.value = name;
    this.#close();
  }

  #key(event: KeyboardEvent): void {
    const isOpen = !this.#list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.#open("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = this.#matches.length;
      if (count > 0) this.#at = (Math.max(this.#at, step === 1 ? -1 : 0) + step + count) % count;
      this.#mark();
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      const chosen = this.#matches[Math.max(this.#at, 0)];
      if (chosen !== undefined) this.#choose(chosen.name);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.#close();
    }
  }

  #mark(): void {
    for (const [at, item] of Array.from(this.#list.children).entries()) {
      const isAt = at === this.#at;
      item.setAttribute("aria-selected", String(isAt));
      if (!isAt) continue;
      this.#input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
    if (this.#at < 0) this.#input.removeAttribute("aria-activedescendant");
  }
}

function link(text: string, onclick: () => void): HTMLElement {
  return h("button", { type: "button", class: "link", onclick }, text);
}

function bindOwn(store: Store, first: () => string): void {
  const button = byId("own-scheme");
  const own = byId("own");
  const field = byId("toml") as HTMLTextAreaElement;
  button.addEventListener("click", () => {
    const isOpen = store.state.toml !== undefined;
    store.update({ toml: isOpen ? undefined : field.value || first() });
    if (!isOpen) field.focus();
  });
  field.addEventListener("input", () => store.update({ toml: field.value }));
  store.listen(({ toml }) => {
    const isOpen = toml !== undefined;
    own.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? "Take a provider's scheme again" : "Type a scheme of your own";
    byId("provider-box").classList.toggle("overruled", isOpen);
    if (isOpen && field.value !== toml) field.value = toml;
  });
}
