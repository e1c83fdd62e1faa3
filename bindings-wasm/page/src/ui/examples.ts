// Examples at one click: they are signed on the spot, and some are broken on purpose.

import type { Example, ProviderFacts } from "../shared/protocol.js";
import type { Client } from "./client.js";
import { byId, fill, h } from "./dom.js";
import { EMPTY, held, type Store } from "./store.js";

const FAULTS: Record<string, string> = {
  genuine: "Genuine",
  "changed-body": "Body changed by one letter",
  "reserialised-json": "JSON parsed and written again",
  "trailing-newline": "A newline at the body's end",
  "secret-of-another": "Secret of another endpoint",
  "secret-with-newline": "Secret pasted with a newline",
  "late-replay": "Three days late",
  "header-renamed": "Signature under another header",
  "url-behind-proxy": "http for https behind a proxy",
};

/** What a visitor sees first. */
const FIRST: readonly (readonly [provider: string, fault: string, title: string])[] = [
  ["stripe", "reserialised-json", "The framework parsed the body first"],
  ["github", "trailing-newline", "A newline crept into the body"],
  ["shopify", "secret-of-another", "The secret is another endpoint's"],
  ["slack", "late-replay", "The delivery is three days old"],
  ["square", "url-behind-proxy", "A proxy changed the URL"],
  ["standard-webhooks", "genuine", "All is well"],
];

export class Examples {
  readonly #store: Store;
  readonly #client: Client;
  readonly #onTaken: (example: Example) => void;
  #providers: readonly ProviderFacts[] = [];

  constructor(store: Store, client: Client, onTaken: (example: Example) => void) {
    this.#store = store;
    this.#client = client;
    this.#onTaken = onTaken;
    store.listen((state, before) => {
      if (state.provider !== before.provider) this.#more();
    });
    this.#first();
  }

  set providers(providers: readonly ProviderFacts[]) {
    this.#providers = providers;
    this.#first();
    this.#more();
  }

  async #take(provider: string, fault: string): Promise<void> {
    const it = await this.#client.ask({ ask: "example", example: { provider, fault } });
    const { framework } = this.#store.state;
    this.#store.update({
      ...EMPTY,
      framework,
      ...held(it),
      provider,
      isChosen: true,
      secret: it.secret,
      otherSecrets: it.otherSecrets.join("\n"),
      now: typeof it.now === "number" ? "typed" : it.now,
      typedNow: typeof it.now === "number" ? String(it.now) : "",
      weak: it.weak,
    });
    this.#onTaken(it);
    byId("result").scrollIntoView({ block: "nearest" });
  }

  #first(): void {
    const cards = FIRST.map(([provider, fault, title]) =>
      h(
        "button",
        { type: "button", class: "example", onclick: () => void this.#take(provider, fault) },
        h("span", { class: "title" }, title),
        h("span", { class: "who" }, provider),
      ),
    );
    const all = this.#providers.map(({ name }) =>
      h(
        "button",
        { type: "button", class: "quiet", onclick: () => void this.#take(name, "genuine") },
        name,
      ),
    );
    fill(
      byId("empty"),
      h("h2", {}, "See it find a cause"),
      h(
        "p",
        { class: "about" },
        "Each of these is signed on the spot, and all but the last are broken in one way.",
      ),
      h("div", { class: "examples" }, ...cards),
      h(
        "details",
        { id: "every" },
        h("summary", {}, `A delivery of any of ${this.#providers.length || "all"} schemes`),
        h("div", { class: "chips" }, ...all),
      ),
    );
  }

  // For the provider that is chosen, what can go wrong with it.
  #more(): void {
    const { provider } = this.#store.state;
    const facts = this.#providers.find(({ name }) => name === provider);
    const box = byId("more-examples");
    box.hidden = facts === undefined;
    if (facts === undefined) return;
    const buttons = facts.faults.map((fault) =>
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "data-fault": fault,
          onclick: () => void this.#take(provider, fault),
        },
        FAULTS[fault] ?? fault,
      ),
    );
    fill(box, h("h2", {}, `Try ${provider}`), h("div", { class: "chips" }, ...buttons));
  }
}
