// How the maths works: HMAC drawn over the bytes of this delivery, and four things to know.

import { hex, size } from "../shared/bytes.js";
import type { Analysis, Drawn } from "../shared/protocol.js";
import { fill, h, prose } from "./dom.js";
import { toggle } from "./panel.js";
import type { Store } from "./store.js";
import { LESSONS, WITHOUT_HMAC } from "./teaching.js";

/** How many bytes of a block are drawn. */
const DRAWN = 16;

export function maths(store: Store) {
  const drawing = h("div");
  const reveal = toggle("Draw it with the bytes of my key", "Hide the bytes of my key", (isOn) =>
    store.update({ showsKey: isOn }),
  );
  const root = h(
    "details",
    { class: "card panel wide maths" },
    h("summary", {}, h("h2", {}, "How the maths works")),
    drawing,
    h("div", { class: "row" }, reveal.button),
    h("div", { class: "lessons" }, ...LESSONS.map(lesson)),
  );
  return {
    root,
    show(analysis: Analysis): void {
      const { drawn, needsSecret } = analysis;
      reveal.set(store.state.showsKey);
      reveal.button.hidden = drawn?.agrees !== true;
      if (drawn?.agrees === true) fill(drawing, ...steps(drawn));
      else
        fill(
          drawing,
          h("p", {}, needsSecret ? "Give the secret to see it drawn." : undrawn(analysis)),
        );
    },
  };
}

function lesson([title, text]: readonly [string, string]): HTMLElement {
  return h("div", {}, h("h3", {}, title), h("p", {}, ...prose(text)));
}

function undrawn({ row, isContentWhole, drawn }: Analysis): string {
  const family = row.algorithm.startsWith("hmac-") ? undefined : row.algorithm;
  if (family !== undefined) {
    const [, text] = WITHOUT_HMAC.find(([start]) => family.startsWith(start)) ?? [];
    return text ?? `This scheme uses ${family}, not HMAC.`;
  }
  if (!isContentWhole)
    return "A part of the signed bytes is made by the library alone, so this page does not draw it.";
  if (drawn === undefined) return "Browsers do not have this hash, so it is not drawn.";
  return "The page's own computation could not be held against the library's for this delivery, so it is not drawn.";
}

function steps(it: Drawn): Node[] {
  const { hash, block, keyLength, wasHashed, messageLength, secretBytes, tagLength } = it;
  const made = wasHashed
    ? `hashed by ${hash} first, since it is longer than ${block} bytes`
    : "as it is";
  return [
    h(
      "p",
      {},
      `HMAC with ${hash} mixes the key into the message twice, so that nobody without the key can make or lengthen a signature. Here it is for this delivery.`,
    ),
    h(
      "ol",
      { class: "drawn" },
      step(
        "The key, filled with zeros",
        `${size(keyLength)}, ${made}; then zeros, up to a block of ${block} bytes.`,
        secretBytes?.padded,
        "secret",
      ),
      step(
        "Inner key",
        "Each byte of it, XOR 36: the padding that is called ipad.",
        secretBytes?.inner,
        "secret",
      ),
      step(
        "The message after the inner key",
        `The signed bytes from above: ${size(messageLength)}.`,
        it.messageHead,
        "body",
        messageLength,
      ),
      step(
        `${hash} of both`,
        `The inner hash: ${size(tagLength)}.`,
        secretBytes?.innerHash,
        "header",
      ),
      step(
        "Outer key",
        "The filled key once more, each byte XOR 5c: opad.",
        secretBytes?.outer,
        "secret",
      ),
      step(
        `${hash} of outer key and inner hash`,
        `The signature: ${size(tagLength)}.`,
        secretBytes?.tag,
        "signature",
      ),
      secretBytes && spelled(secretBytes.spelled),
    ),
    h(
      "p",
      { class: "hint" },
      "Computed here by your browser's own hash functions. The result is the same as the library's.",
    ),
  ];
}

function step(
  title: string,
  text: string,
  bytes: Uint8Array | undefined,
  role: string,
  length?: number,
) {
  return h(
    "li",
    {},
    h("p", { class: "name" }, title),
    h("p", { class: "hint" }, text),
    bytes === undefined ? veiled(role) : cells(bytes, role, length ?? bytes.length),
  );
}

function cells(bytes: Uint8Array, role: string, length: number): HTMLElement {
  const shown = Array.from(bytes.subarray(0, DRAWN), (byte) =>
    h("span", {}, hex(Uint8Array.of(byte))),
  );
  const more = length - shown.length;
  const rest = more > 0 && h("span", { class: "more" }, `… ${more.toLocaleString("en")} more`);
  return h("div", { class: `cells mono r-${role}` }, ...shown, rest);
}

function veiled(role: string): HTMLElement {
  const dots = Array.from({ length: DRAWN }, () => h("span", { "aria-hidden": "true" }, "••"));
  return h(
    "div",
    { class: `cells mono r-${role}` },
    ...dots,
    h("span", { class: "hidden" }, "hidden"),
  );
}

function spelled(text: string): HTMLElement {
  return h(
    "li",
    {},
    h("p", { class: "name" }, "As the header spells it"),
    h("p", { class: "mono break" }, text),
  );
}
