// The answer: the verdict, the cause, and what to do. What it says of a delivery is the core's.

import type { Explanation } from "hookseal";

import type { Analysis, Taken, Trouble } from "../shared/protocol.js";
import { byId, copyButton, fill, h, prose } from "./dom.js";
import type { Store } from "./store.js";

type Cause = Explanation["causes"][number];
type Tone = "good" | "bad" | "calm";

const CERTAINTY: Record<Cause["confidence"], readonly [word: string, meaning: string]> = {
  proved: ["Proved", "With this one thing changed, the delivery verifies: it was tried."],
  likely: ["Likely", "There are signs of it; it could not be proved."],
  unknown: ["Not found", "Nothing that was tried makes the signature match."],
};

const SIGNS: Record<Tone, string> = { good: "✓", bad: "✕", calm: "…" };

export interface Said {
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
}

export class Answer {
  readonly #store: Store;
  readonly #root = byId("answer");

  constructor(store: Store) {
    this.#store = store;
  }

  nothing(): void {
    fill(this.#root);
    say(undefined);
  }

  /** What is still missing before anything can be judged. */
  wants(title: string, text: string): void {
    this.#show({ tone: "calm", title, text });
  }

  trouble({ code, message }: Trouble): void {
    const said = {
      tone: "bad",
      title: "This scheme does not hold together",
      text: message,
    } as const;
    this.#show(said, h("p", { class: "code" }, h("code", {}, code)));
  }

  show(it: Analysis): void {
    if (it.needsSecret) {
      const text = "Without the signing secret nobody can tell. What can be seen so far is below.";
      this.#show({ tone: "calm", title: "The secret is missing", text });
    } else if (it.explanation.verdict === "verified") {
      this.#verified(it);
    } else {
      this.#refused(it);
    }
  }

  #verified(it: Analysis): void {
    const { byClock } = it.timed;
    const said = { tone: "good", title: "Verified", text: it.explanation.message } as const;
    const judge = () => this.#store.update({ now: "clock" });
    this.#show(
      said,
      it.taken && taken(it.taken),
      byClock &&
        h(
          "div",
          { class: "note" },
          h("p", {}, `At its own time, that is. By the clock of now: ${byClock.message}.`),
          h("button", { type: "button", class: "quiet", onclick: judge }, "Judge it by the clock"),
        ),
      it.bound.body !== "whole" &&
        h(
          "div",
          { class: "note" },
          h("p", {}, "Mind what this signature does not cover: see below."),
        ),
      allTheSame(it.explanation.secrets[0] ?? ""),
    );
  }

  #refused(it: Analysis): void {
    const { verdict, message, causes, excluded, trials, report } = it.explanation;
    const said = { tone: "bad", title: "Refused", text: message } as const;
    this.#show(
      said,
      h("p", { class: "code" }, "In your log: ", h("code", {}, verdict)),
      it.answer && validation(it.answer),
      verdict === "weak_secret" && this.#weak(),
      ...causes.map((cause, at) => this.#cause(cause, at === 0)),
      excluded.length > 0 && inVain(excluded, trials),
      h(
        "div",
        { class: "row" },
        copyButton(() => report, "Copy as a report"),
      ),
    );
  }

  #cause({ code, confidence, what, fix }: Cause, isFirst: boolean): HTMLElement {
    const [word, meaning] = CERTAINTY[confidence];
    const kind = h(
      "p",
      { class: "kind" },
      h("span", { class: `chip ${confidence}` }, word),
      h("code", {}, code),
    );
    return h(
      "article",
      { class: isFirst ? "cause first" : "cause" },
      kind,
      h("h3", { class: "what" }, ...prose(what)),
      h("p", { class: "fix-label" }, "What to do"),
      h("p", { class: "fix" }, ...prose(fix)),
      code.startsWith("body_") && this.#store.state.framework === "" && askFramework(),
      isFirst && confidence !== "unknown" && h("p", { class: "hint" }, meaning),
    );
  }

  #weak(): HTMLElement {
    const onclick = () => this.#store.update({ weak: true });
    const button = h(
      "button",
      { type: "button", class: "quiet", onclick },
      "Judge it all the same",
    );
    return h(
      "div",
      { class: "note" },
      h("p", {}, "Does your program take such a secret? "),
      button,
    );
  }

  #show(said: Said, ...more: Parameters<typeof fill>[1][]): void {
    fill(
      this.#root,
      h(
        "section",
        { class: `card verdict ${said.tone}`, "aria-labelledby": "verdict-title" },
        h(
          "div",
          { class: "head" },
          h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[said.tone]),
          h(
            "div",
            {},
            h("h2", { id: "verdict-title" }, said.title),
            h("p", { class: "message" }, sentence(said.text)),
          ),
        ),
        ...more,
      ),
    );
    say(said, this.#root.querySelector(".cause .what")?.textContent ?? "");
  }
}

// Who looks for a fault, and finds none here, has it in the program.
function allTheSame(fingerprint: string): HTMLElement {
  return h(
    "details",
    { class: "vain" },
    h("summary", {}, "Your program refuses it all the same?"),
    h(
      "p",
      { class: "hint" },
      "Then it does not have what is here. Most often a parser read the body first, and wrote it " +
        "again: hand over the raw bytes. Or it has another secret: here the fingerprint is ",
      h("code", {}, fingerprint),
      "; explain tells it there, too. Or its clock is wrong.",
    ),
  );
}

function taken({ eventId, eventType }: Taken): HTMLElement | undefined {
  const facts = [
    ["Event", eventId],
    ["Type", eventType],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  if (facts.length === 0) return undefined;
  const rows = facts.map(([name, text]) =>
    h("div", {}, h("dt", {}, name), h("dd", { class: "mono" }, text)),
  );
  return h("dl", { class: "taken" }, ...rows);
}

// The fix of a fault in the body names the call, once it is known what receives it.
function askFramework(): HTMLElement {
  const onclick = () => byId("framework").focus();
  const link = h("button", { type: "button", class: "link", onclick }, "Say what receives it");
  return h("p", { class: "hint" }, link, ", and this names the call that gives the raw body.");
}

function inVain(excluded: readonly string[], trials: number): HTMLElement {
  return h(
    "details",
    { class: "vain" },
    h("summary", {}, `What was tried in vain: ${trials.toLocaleString("en")} changes`),
    h("ul", {}, ...excluded.map((text) => h("li", {}, ...prose(text)))),
  );
}

function validation({ status, body }: NonNullable<Analysis["answer"]>): HTMLElement {
  return h(
    "div",
    { class: "note" },
    h(
      "p",
      {},
      `This is no delivery but a question to your endpoint. It wants status ${status} and this body:`,
    ),
    h("pre", { class: "mono" }, body),
  );
}

/** Shows the line at the foot of a phone only while the verdict is out of sight. */
export function watchVerdict(): void {
  const floating = byId("floating");
  new IntersectionObserver(([entry]) => {
    floating.classList.toggle("needless", entry?.isIntersecting === true);
  }).observe(byId("answer"));
}

// For a screen reader, and for the line at the foot of a phone.
function say(said: Said | undefined, cause = ""): void {
  const text = said === undefined ? "" : `${said.title}: ${sentence(said.text)} ${cause}`.trim();
  if (byId("said").textContent !== text) byId("said").textContent = text;
  const floating = byId("floating");
  floating.hidden = said === undefined;
  floating.dataset.tone = said?.tone ?? "";
  floating.textContent = said === undefined ? "" : `${said.title} ↓`;
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
