// From secret to key, and the computed signature against the received one.

import type { Analysis } from "../shared/protocol.js";
import { fill, h } from "./dom.js";
import { panel, toggle } from "./panel.js";
import type { Store } from "./store.js";

const VEIL = "•".repeat(24);

export function compared(store: Store) {
  const it = panel("Secret, key and signature", "");
  const reveal = toggle("Reveal the computed signature", "Hide it again", (isOn) =>
    store.update({ showsExpected: isOn }),
  );
  const key = h("div");
  const values = h("dl", { class: "headers" });
  const told = h("p", { class: "hint" });
  it.body.append(
    key,
    h("h3", {}, "Computed against received"),
    values,
    h("div", { class: "row" }, reveal.button),
    told,
  );
  return {
    root: it.root,
    show(analysis: Analysis): void {
      fill(key, ...keySteps(analysis));
      fill(values, ...both(analysis));
      reveal.set(store.state.showsExpected);
      reveal.button.hidden = !analysis.compared.canShow;
      told.textContent = remark(analysis);
    },
  };
}

function keySteps({ key, row, explanation, needsSecret }: Analysis): Node[] {
  if (needsSecret) return [h("p", { class: "hint" }, "Give the secret to see what becomes of it.")];
  const [print] = explanation.secrets;
  const steps = key?.steps ?? [
    KEYLESS[row.key.format] ?? "not spelled as this scheme's secrets are",
  ];
  return [
    h("ol", { class: "steps" }, ...steps.map((step) => h("li", {}, step))),
    h(
      "p",
      { class: "hint" },
      "Its fingerprint, by which two secrets are told apart without showing them: ",
      h("code", {}, print ?? ""),
    ),
  ];
}

const KEYLESS: Record<string, string> = {
  "public-key": "a public key: it verifies signatures, and nobody can sign with it",
};

function both({ compared: { received, expected, canShow }, row }: Analysis): Node[] {
  const isToken = row.algorithm === "shared-token";
  const got = received.length > 0 ? received : [isToken ? VEIL : "none"];
  const first = got[0] ?? "";
  const made = expected === undefined ? VEIL : differing(expected, first);
  const computed = canShow ? [h("dt", {}, "computed"), h("dd", { class: "mono" }, made)] : [];
  const rows = got.map((one) =>
    h("dd", { class: "mono" }, expected === undefined ? one : differing(one, expected)),
  );
  return [...computed, h("dt", {}, "received"), ...rows];
}

// The characters that differ are marked.
function differing(text: string, other: string): HTMLElement {
  const pieces: (Node | string)[] = [];
  for (let at = 0; at < text.length;) {
    const differs = text[at] !== other[at];
    let end = at;
    while (end < text.length && (text[end] !== other[end]) === differs) end += 1;
    const piece = text.slice(at, end);
    pieces.push(differs ? h("mark", {}, piece) : piece);
    at = end;
  }
  return h("span", {}, ...pieces);
}

function remark({ compared: it, row, explanation, needsSecret }: Analysis): string {
  if (needsSecret) return "";
  if (row.algorithm === "shared-token") {
    return "There is no signature: the secret itself is sent along. It is not shown.";
  }
  if (!it.canShow) return "Only the sender, who has the private key, can make this signature.";
  if (it.expected === undefined) {
    return "Whoever has the computed signature can forge this delivery: show it to nobody.";
  }
  const matches = it.received.includes(it.expected);
  if (matches) return "They are the same.";
  if (explanation.verdict === "verified") return "Both are right: they spell the time in two ways.";
  return "One changed bit of body, time or key changes about half of all bits: how alike the two look says nothing.";
}
