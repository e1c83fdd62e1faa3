// Examples: a genuine delivery of every provider, signed on the spot, and what can go wrong with it.

import recorded, { type Recorded } from "recorded-deliveries";

import { latin1, utf8 } from "../shared/bytes.js";
import { sentAt } from "../shared/find.js";
import type { Example, ExampleRequest, Header, ProviderFacts } from "../shared/protocol.js";
import { rowOf } from "../shared/row.js";
import { schemeOf } from "./analyse.js";
import type { Api } from "./api.js";
import { FAULTS, type Genuine } from "./faults.js";

/** Every provider, and the examples that there are of it. */
export function providersOf(api: Api): ProviderFacts[] {
  return api.providers().map(({ name, algorithm }) => {
    const genuine = genuineOf(api, name);
    const faults = genuine === undefined ? [] : faultsOf(genuine);
    return { name, algorithm, faults };
  });
}

/** An example; undefined where there is none of this provider with this fault. */
export function exampleOf(api: Api, { provider, fault }: ExampleRequest): Example | undefined {
  const genuine = signedNow(api, provider) ?? genuineOf(api, provider);
  return genuine && FAULTS[fault]?.(genuine);
}

function faultsOf(genuine: Genuine): string[] {
  return Object.keys(FAULTS).filter((fault) => FAULTS[fault]?.(genuine) !== undefined);
}

// As it was recorded, judged at its own time.
function genuineOf(api: Api, provider: string): Genuine | undefined {
  const found = recorded.find((it) => it.provider === provider);
  if (found === undefined) return undefined;
  const headers = found.headers.map(([name, value]) => [name, latin1(utf8(value))] as const);
  return genuine(api, found, headers, found.now, false);
}

// Signed anew, with the clock's time; undefined where that needs a key that only the provider has.
function signedNow(api: Api, provider: string): Genuine | undefined {
  const before = genuineOf(api, provider);
  const found = recorded.find((it) => it.provider === provider);
  if (before === undefined || found === undefined) return undefined;
  const now = Math.floor(Date.now() / 1000);
  const { method, url, body, secret } = before.it;
  const options = { dangerWeakSecret: before.it.weak };
  try {
    const eventId = found.eventId ?? "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    const toSign = { body, method, url, headers: before.it.headers, now, eventId };
    const { headers } = api.sign(provider as "stripe", secret, toSign, options);
    const merged = put(before.it.headers, headers);
    api.verify(provider as "stripe", secret, { body, method, url, headers: merged, now }, options);
    return genuine(api, found, merged, "delivery", true);
  } catch {
    return undefined;
  }
}

// The headers with those that were signed in their places.
function put(before: readonly Header[], signed: Readonly<Record<string, string>>): Header[] {
  const made = new Map(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]));
  const kept = before.map(([name, value]): Header => {
    const other = made.get(name.toLowerCase());
    made.delete(name.toLowerCase());
    return [name, other ?? value];
  });
  return [...kept, ...made];
}

function genuine(
  api: Api,
  found: Recorded,
  headers: readonly Header[],
  now: Example["now"],
  isFresh: boolean,
): Genuine {
  const { provider, secret, method, url } = found;
  const scheme = schemeOf(api, provider, undefined);
  const it: Example = {
    provider,
    secret,
    otherSecrets: [],
    method,
    url,
    headers,
    body: utf8(found.body),
    now,
    weak: found.weak === true,
    isFresh,
    promise: { verdict: "verified" },
  };
  const row = rowOf(scheme);
  return { it, row, bound: scheme.bound, sentAt: sentAt(it, row) };
}
