// A link to this configuration.

import { base64url } from "../shared/bytes.js";
import { bodyOf, fragmentOf, MOST_BODY, sharedBy, type Shared } from "../shared/link.js";
import { copyButton, fill, h } from "./dom.js";
import { isFramework } from "./fields.js";
import { panel } from "./panel.js";
import { headerLines, headersOf, toleranceOf, type State, type Store } from "./store.js";

export function share(store: Store) {
  const it = panel(
    "Share it",
    "A link that opens this page with the same provider and settings. The secret is never in it.",
  );
  const box = h("input", { type: "checkbox", id: "share-request" });
  const link = h("input", {
    id: "share-link",
    readonly: true,
    class: "mono",
    "aria-label": "The link",
  });
  const told = h("p", { class: "hint" });
  const copy = copyButton(() => link.value, "Copy the link");

  function write(): void {
    const { state } = store;
    const secrets = [state.secret, ...state.otherSecrets.split("\n")];
    const { fragment, leftOut } = fragmentOf(sharedOf(state, box.checked), secrets);
    link.value = `${location.origin}${location.pathname}#${fragment}`;
    const isLong = box.checked && state.body.length > MOST_BODY;
    const names = [...leftOut, ...(isLong ? ["body, which is too long"] : [])];
    fill(told, names.length > 0 && `Left out: ${names.join(", ")}. `, TOLD[String(box.checked)]);
  }

  box.addEventListener("change", write);
  it.body.append(
    h("label", { class: "check" }, box, " With the request: URL, headers and body"),
    h("div", { class: "with-button" }, link, copy),
    told,
  );
  return { root: it.root, show: write };
}

const TOLD: Record<string, string> = {
  true: "Whoever has the link can read the request: do not share one with personal data.",
  false: "It holds the settings, and nothing of the request.",
};

function sharedOf(state: State, withRequest: boolean): Shared {
  const settings = {
    provider: state.provider === "" ? undefined : state.provider,
    toml: state.toml,
    framework: state.framework === "" ? undefined : state.framework,
    tolerance: toleranceOf(state),
  };
  if (!withRequest) return settings;
  return {
    ...settings,
    url: state.url === "" ? undefined : state.url,
    method: state.method === "" ? undefined : state.method,
    headers: headersOf(state.headers),
    body: state.body.length > MOST_BODY ? undefined : base64url(state.body),
  };
}

/** Takes over what the address of the page says. */
export function openShared(store: Store): void {
  const shared = sharedBy(location.hash.slice(1));
  if (shared === undefined) return;
  const { provider, toml, framework = "", tolerance, url, method, headers } = shared;
  const body = bodyOf(shared);
  store.update({
    ...(provider === undefined ? {} : { provider, isChosen: true }),
    toml,
    framework: isFramework(framework) ? framework : "",
    tolerance: tolerance === undefined ? "" : String(tolerance),
    url: url ?? "",
    method: method ?? "",
    headers: headers === undefined ? "" : headerLines(headers),
    ...(body === undefined ? {} : { body }),
  });
}
