// What the signature covers, and what it does not.

import type { Coverage, Severity } from "hookseal";

import type { Analysis } from "../shared/protocol.js";
import { fill, h, prose } from "./dom.js";
import { panel } from "./panel.js";

const BODY: Record<Coverage, readonly [covers: boolean, text: string]> = {
  whole: [true, "The whole body"],
  fields: [false, "Only some fields of the body"],
  checksum: [false, "Only a checksum of the body, which can be kept while the body is changed"],
  nothing: [false, "Nothing of the body"],
};

const WEIGHT: Record<Severity, string> = { weak: "Weak", note: "Note" };

export function bound() {
  const it = panel(
    "What the signature covers",
    "What it does not cover, whoever sees a delivery can change without being noticed.",
  );
  return {
    root: it.root,
    show({ bound: covers, findings, source, row }: Analysis): void {
      const [isWhole, body] = BODY[covers.body];
      const items: (readonly [boolean, string])[] = [
        [isWhole, body],
        [covers.timestamp, covers.timestamp ? "The time" : "No time: it can be replayed"],
        [covers.eventId, "The event id"],
        [covers.url, "The URL"],
        [covers.method, "The method"],
      ];
      const weak = findings.filter(({ severity }) => severity === "weak");
      const notes = findings.filter(({ severity }) => severity === "note");
      fill(
        it.body,
        h("ul", { class: "covers" }, ...items.map(covered)),
        ...[...weak, ...notes].map(({ severity, message }) =>
          h(
            "p",
            { class: `finding is-${severity}` },
            h("b", {}, WEIGHT[severity]),
            ": ",
            ...prose(message),
            ".",
          ),
        ),
        h(
          "p",
          { class: "hint" },
          `${row.name}: ${row.algorithm}. `,
          source !== "" && `Read in: ${source}.`,
        ),
      );
    },
  };
}

function covered([covers, text]: readonly [boolean, string]): HTMLElement {
  return h(
    "li",
    { class: covers ? "yes" : "no" },
    h("span", { class: "sign", "aria-hidden": "true" }, covers ? "✓" : "–"),
    h("span", { class: "hidden" }, covers ? "covered: " : "not covered: "),
    text,
  );
}
