// What the visitor has given: one object, and who wants to know when it changes.

import type { Framework } from "hookseal";

import { utf8, type Bytes } from "../shared/bytes.js";
import type { Header, Held, Now, Question } from "../shared/protocol.js";

export interface State {
  readonly provider: string;
  /** Whether the visitor chose the provider: then nothing is detected any more. */
  readonly isChosen: boolean;
  /** The text of a scheme of one's own; undefined where a provider is meant. */
  readonly toml: string | undefined;
  readonly secret: string;
  readonly otherSecrets: string;
  readonly method: string;
  readonly url: string;
  /** A line each, `name: value`. */
  readonly headers: string;
  readonly body: Bytes;
  readonly now: "delivery" | "clock" | "typed";
  readonly typedNow: string;
  readonly framework: Framework | "";
  readonly tolerance: string;
  readonly weak: boolean;
  readonly showsExpected: boolean;
  readonly showsKey: boolean;
}

export const EMPTY: State = {
  provider: "",
  isChosen: false,
  toml: undefined,
  secret: "",
  otherSecrets: "",
  method: "",
  url: "",
  headers: "",
  body: utf8(""),
  now: "delivery",
  typedNow: "",
  framework: "",
  tolerance: "",
  weak: false,
  showsExpected: false,
  showsKey: false,
};

type Listener = (state: State, before: State) => void;

export class Store {
  #state = EMPTY;
  readonly #listeners: Listener[] = [];

  get state(): State {
    return this.#state;
  }

  update(change: Partial<State>): void {
    const before = this.#state;
    this.#state = { ...before, ...change };
    for (const listener of this.#listeners) listener(this.#state, before);
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }
}

/** Whether there is a delivery to speak of. */
export function hasDelivery({ headers, body }: State): boolean {
  return headers.trim() !== "" || body.length > 0;
}

export function headersOf(text: string): Header[] {
  return text.split("\n").flatMap((line): Header[] => {
    const at = line.indexOf(":");
    const value = line.slice(at + 1).replace(/^[ \t]+|[ \t]+$/g, "");
    return at < 1 ? [] : [[line.slice(0, at).trim(), value]];
  });
}

export function headerLines(headers: readonly Header[]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join("\n");
}

/** What a request that was read changes. */
export function held({ method, url, headers, body }: Held): Partial<State> {
  return { method: method ?? "", url: url ?? "", headers: headerLines(headers), body };
}

export function questionOf(state: State): Question {
  return {
    provider: state.provider,
    toml: state.toml,
    secret: state.secret,
    otherSecrets: state.otherSecrets.split("\n").filter((line) => line !== ""),
    method: state.method === "" ? undefined : state.method,
    url: state.url === "" ? undefined : state.url,
    headers: headersOf(state.headers),
    body: state.body,
    now: nowOf(state),
    framework: state.framework === "" ? undefined : state.framework,
    tolerance: toleranceOf(state),
    weak: state.weak,
    reveal: { expected: state.showsExpected, key: state.showsKey },
  };
}

export function toleranceOf({ tolerance }: State): number | undefined {
  const seconds = Number(tolerance);
  return /^[1-9]\d{0,8}$/.test(tolerance.trim()) ? seconds : undefined;
}

/** Seconds, or a date in words that a program reads; what is neither is the clock. */
function nowOf({ now, typedNow }: State): Now {
  if (now !== "typed") return now;
  const text = typedNow.trim();
  const seconds = /^\d{9,11}$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000);
  return Number.isFinite(seconds) ? seconds : "clock";
}
