// The body: as text where that loses nothing, as hex, or as a file. What is kept is its bytes.

import { fromHex, hex, size, textOf, utf8, type Bytes } from "../shared/bytes.js";
import { byId } from "./dom.js";
import { MOST_TYPED, onLongPaste } from "./paste.js";
import type { Store } from "./store.js";

type Mode = "text" | "hex" | "file";

const MOST_HEX = 4096;

export function bindBody(store: Store): void {
  const field = byId("body") as HTMLTextAreaElement;
  const file = byId("body-file") as HTMLInputElement;
  const told = byId("body-told");
  const radios = document.querySelectorAll<HTMLInputElement>("input[name=body-mode]");
  let mode: Mode = "text";
  let shown: Bytes = store.state.body;

  function show(wanted: Mode): void {
    const { body } = store.state;
    mode = possible(body, wanted);
    shown = body;
    for (const radio of radios) {
      radio.checked = radio.value === mode;
      radio.disabled = possible(body, radio.value as Mode) !== radio.value;
    }
    field.hidden = mode === "file";
    file.hidden = mode !== "file";
    field.value = mode === "text" ? (textOf(body) ?? "") : mode === "hex" ? spaced(body) : "";
    tell();
  }

  function tell(trouble?: string): void {
    const { body } = store.state;
    const why = reason(body);
    told.textContent = trouble ?? [`${size(body.length)}.`, why ?? ""].join(" ").trim();
    told.classList.toggle("bad", trouble !== undefined);
  }

  function change(body: Bytes): void {
    shown = body;
    store.update({ body });
    tell();
  }

  field.addEventListener("input", () => {
    const bytes = mode === "hex" ? fromHex(field.value) : utf8(field.value);
    if (bytes === undefined) tell("This is no hex: two digits make a byte.");
    else change(bytes);
  });
  onLongPaste(field, (text) => store.update({ body: utf8(text) }));
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (chosen !== undefined) change(new Uint8Array(await chosen.arrayBuffer()));
  });
  for (const radio of radios) {
    radio.addEventListener("change", () => show(radio.value as Mode));
  }
  store.listen(({ body }) => {
    if (body !== shown) show(mode === "file" ? "text" : mode);
  });
  tell();
}

/** The nearest mode in which nothing of the body is lost. */
function possible(body: Bytes, wanted: Mode): Mode {
  if (wanted === "text" && reason(body) === undefined) return "text";
  if (wanted !== "file" && body.length <= MOST_HEX) return "hex";
  return "file";
}

// Why it cannot be a text in a field.
function reason(body: Bytes): string | undefined {
  if (body.length > MOST_TYPED) return "Too long for a field: it is kept as a file.";
  const text = textOf(body);
  if (text === undefined) return "It is no UTF-8, which a field of text would change.";
  if (/[\r\0]/.test(text)) return "It has carriage returns, which a field of text would change.";
  return undefined;
}

function spaced(bytes: Bytes): string {
  return hex(bytes).replaceAll(/(..)(?=.)/g, "$1 ");
}
