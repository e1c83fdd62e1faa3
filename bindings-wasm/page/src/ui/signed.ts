// What was signed: the headers taken apart, and the bytes that enter the hash, in the same colours.

import { size } from "../shared/bytes.js";
import type { Analysis, Part, Parted, Role } from "../shared/protocol.js";
import { visible } from "../shared/visible.js";
import { fill, h } from "./dom.js";
import { panel } from "./panel.js";

const ROLES: readonly (readonly [Role, string])[] = [
  ["signature", "signature"],
  ["timestamp", "time"],
  ["event", "event id"],
  ["body", "body"],
  ["url", "URL, method"],
  ["header", "another header"],
  ["literal", "fixed text"],
  ["secret", "secret"],
];

export function signed() {
  const it = panel("What was signed", "", true);
  return {
    root: it.root,
    show(analysis: Analysis): void {
      const { headers, parts, row } = analysis;
      fill(
        it.body,
        legend(analysis),
        h("h3", {}, "The headers it reads"),
        headers.length === 0
          ? h("p", { class: "hint" }, "None of the headers that this scheme reads is there.")
          : h("dl", { class: "headers" }, ...headers.flatMap(headerRow)),
        h("h3", {}, "The bytes that enter the signature"),
        h("p", { class: "hint" }, "The recipe: ", h("code", {}, row.signed)),
        parts.length === 0
          ? h("p", { class: "hint" }, "The delivery was refused before they were put together.")
          : bytesOf(parts),
        parts.length > 0 && lengths(parts),
      );
    },
  };
}

function legend({ headers, parts }: Analysis): HTMLElement {
  const roles = new Set([
    ...headers.flatMap(({ spans }) => spans.map(({ role }) => role)),
    ...parts.map(({ role }) => role),
  ]);
  const shown = ROLES.filter(([role]) => roles.has(role));
  const items = shown.map(([role, name]) =>
    h("li", {}, h("span", { class: `part r-${role}` }, name)),
  );
  return h("ul", { class: "legend", "aria-label": "Colours" }, ...items);
}

function headerRow({ name, spans }: Parted): HTMLElement[] {
  const value = spans.map(({ text, role }) =>
    h("span", { class: `part r-${role}`, title: titleOf(role) }, text),
  );
  return [h("dt", {}, name), h("dd", { class: "mono" }, ...value)];
}

function titleOf(role: Role): string {
  return ROLES.find(([it]) => it === role)?.[1] ?? "not signed";
}

function bytesOf(parts: readonly Part[]): HTMLElement {
  const spans = parts.map((part) => {
    const title = `${titleOf(part.role)}: ${size(part.length)}, ${part.from}`;
    return h("span", { class: `part r-${part.role}`, title }, ...inside(part));
  });
  const label = "The signed bytes";
  return h(
    "div",
    { class: "bytes mono", tabindex: 0, role: "group", "aria-label": label },
    ...spans,
  );
}

function inside({ name, role, length, head, tail }: Part): (Node | string)[] {
  if (role === "secret") return ["the secret"];
  if (head === undefined) return [`${name}, ${size(length)}, as the library makes them`];
  if (length === 0) return ["no bytes"];
  const hidden = length - head.length - (tail?.length ?? 0);
  const gap = h("span", { class: "gap" }, ` … ${size(hidden)} not shown … `);
  return [...signs(head), ...(tail === undefined ? [] : [gap, ...signs(tail)])];
}

function signs(bytes: Uint8Array): (Node | string)[] {
  return visible(bytes).flatMap(({ text, isSign, title, ends }): (Node | string)[] => {
    if (!isSign) return [text];
    const sign = h("span", { class: "invisible", title: title ?? "" }, text);
    return ends === true ? [sign, h("br")] : [sign];
  });
}

function lengths(parts: readonly Part[]): HTMLElement {
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  const rows = parts
    .filter(({ role }) => role !== "literal")
    .map(({ from, length, role }) => `${from}: ${role === "secret" ? "not shown" : size(length)}`);
  return h("p", { class: "hint" }, `${size(total)} in all; ${rows.join(", ")}.`);
}
