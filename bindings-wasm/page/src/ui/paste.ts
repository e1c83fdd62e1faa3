// The box into which a whole request is pasted, dropped or opened.

import { size, textOf, utf8, type Bytes } from "../shared/bytes.js";
import type { Example, Held, Trouble } from "../shared/protocol.js";
import type { Client } from "./client.js";
import { byId } from "./dom.js";
import { EMPTY, held, headersOf, type State, type Store } from "./store.js";

/** A text that is longer is not put into a field: a browser is slow with long lines. */
export const MOST_TYPED = 65_536;

const PAUSE = 150;

/** What was asked of the request before holds no more for another one. */
const OTHER: Partial<State> = { now: "delivery", showsExpected: false, showsKey: false };

export function bindPaste(store: Store, client: Client): (example: Example) => void {
  const box = byId("paste") as HTMLTextAreaElement;
  const told = byId("paste-told");
  const untouched = told.textContent ?? "";
  let newest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  let isReading = false;

  async function take(captured: Bytes, isOther: boolean): Promise<void> {
    const mine = ++newest;
    const answer = await client.ask({ ask: "read", captured });
    if (mine !== newest) return;
    if ("kind" in answer) return refuse(answer);
    told.textContent = summary(answer);
    told.classList.remove("bad");
    isReading = true;
    store.update({ ...held(answer), ...(isOther ? OTHER : {}) });
    isReading = false;
  }

  function refuse({ message }: Trouble): void {
    told.textContent = `Not read: ${message}. You can also fill the fields of “The request, field by field”.`;
    told.classList.add("bad");
  }

  function clear(): void {
    newest += 1;
    box.value = "";
    told.textContent = untouched;
    told.classList.remove("bad");
  }

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    const { value } = box;
    if (value.trim() === "") return clear();
    const isOther = (event as InputEvent).inputType === "insertFromPaste";
    timer = setTimeout(() => void take(utf8(value), isOther), PAUSE);
  });
  onLongPaste(box, (text) => {
    box.value = "";
    void take(utf8(text), true);
  });
  onFile(byId("drop"), byId("file") as HTMLInputElement, (bytes) => void take(bytes, true));
  byId("open-file").addEventListener("click", () => byId("file").click());
  byId("clear").addEventListener("click", () => {
    store.update(EMPTY);
    clear();
    box.focus();
  });
  store.listen((state, before) => {
    if (isReading || box.value === "" || isSameRequest(state, before)) return;
    told.textContent = "The fields have been changed since: what they say counts.";
  });
  return (example) => {
    clear();
    box.value = rawHttp(example) ?? "";
    told.textContent = example.isFresh
      ? "An example, signed just now. Change it, here or in the fields below, and see."
      : "An example as it was recorded: only its sender can sign. Change it, and see.";
  };
}

function isSameRequest(one: State, other: State): boolean {
  const keys = ["method", "url", "headers", "body"] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** Calls back instead of putting a long text into the field. */
export function onLongPaste(field: HTMLElement, take: (text: string) => void): void {
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length <= MOST_TYPED) return;
    event.preventDefault();
    take(text);
  });
}

function onFile(zone: HTMLElement, input: HTMLInputElement, take: (bytes: Bytes) => void): void {
  const read = async (file: File | undefined) => {
    if (file !== undefined) take(new Uint8Array(await file.arrayBuffer()));
  };
  input.addEventListener("change", () => {
    void read(input.files?.[0]);
    input.value = "";
  });
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void read(file);
  });
}

/** The request as a log might have it; undefined where a field of text would change it. */
function rawHttp({ method = "POST", url, headers, body }: Held): string | undefined {
  const text = textOf(body);
  if (text === undefined || text.includes("\r") || text.length > MOST_TYPED) return undefined;
  const { host, pathname, search } = new URL(url ?? "https://example.com/webhooks");
  const own = headers.some(([name]) => name.toLowerCase() === "host");
  const lines = [
    `${method} ${pathname}${search} HTTP/1.1`,
    ...(own ? [] : [`Host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join("\n")}\n\n${text}`;
}

function summary({ method, url, headers, body }: Held): string {
  const line = [method, url].filter((it) => it !== undefined).join(" ");
  const count = headers.length === 1 ? "1 header" : `${headers.length} headers`;
  return `Read: ${line === "" ? "" : `${line}, `}${count}, a body of ${size(body.length)}.`;
}

/** Detects the provider by the headers, unless it was chosen. */
export function bindDetection(
  store: Store,
  client: Client,
  onFound: (names: readonly string[]) => void,
): void {
  let newest = 0;
  store.listen(async (state, before) => {
    const isSame = state.headers === before.headers && state.isChosen === before.isChosen;
    if (isSame) return;
    const mine = ++newest;
    const found = await client.ask({ ask: "detect", headers: headersOf(state.headers) });
    if (mine !== newest) return;
    onFound(found);
    const [first] = found;
    if (!store.state.isChosen && first !== store.state.provider) {
      store.update({ provider: first ?? "" });
    }
  });
}
