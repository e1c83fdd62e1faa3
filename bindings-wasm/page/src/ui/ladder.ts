// The steps of the walk, and at which one the delivery was refused.

import type { Outcome, StepName } from "hookseal";

import type { Analysis } from "../shared/protocol.js";
import { fill, h, prose } from "./dom.js";
import { panel } from "./panel.js";

const TITLES: Record<StepName, string> = {
  signature: "Find the signature",
  timestamp: "Read the signed time",
  event_id: "Read the signed event id",
  content: "Put together what was signed",
  mac: "Compare the signature",
  conditions: "Check what else must hold",
  window: "Judge the time",
};

const OUTCOMES: Record<Outcome, readonly [sign: string, word: string]> = {
  ok: ["✓", "passed"],
  failed: ["✕", "refused here"],
  absent: ["–", "not in this scheme"],
  not_reached: ["·", "not reached"],
};

export function ladder() {
  const it = panel("Step by step", "What a receiver does with a delivery, in this order.");
  return {
    root: it.root,
    show({ explanation, needsSecret }: Analysis): void {
      const steps = explanation.steps.map(({ name, outcome, note }) => {
        const waits = needsSecret && (name === "mac" || name === "window");
        const now = waits && outcome !== "absent" ? "not_reached" : outcome;
        const [sign, word] = OUTCOMES[now];
        const text = waits && name === "mac" ? "waits for the secret" : note;
        return h(
          "li",
          { class: `step ${now}` },
          h("span", { class: "sign", "aria-hidden": "true" }, sign),
          h(
            "div",
            {},
            h("p", { class: "name" }, TITLES[name], h("span", { class: "word" }, word)),
            text !== "" && h("p", { class: "text" }, ...prose(text)),
          ),
        );
      });
      fill(it.body, h("ol", { class: "ladder" }, ...steps));
    },
  };
}
