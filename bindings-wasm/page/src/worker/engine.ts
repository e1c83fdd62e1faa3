// The worker: it holds the package, and answers the page's questions one after the other.

import { joined, latin1, utf8, type Bytes } from "../shared/bytes.js";
import type { Answers, Ask, Held, Header, Trouble } from "../shared/protocol.js";
import { analyse, troubleOf } from "./analyse.js";
import type { Api } from "./api.js";
import { exampleOf, providersOf } from "./examples.js";

/** Answers one question. */
export async function answer(api: Api, ask: Ask): Promise<Answers[Ask["ask"]] | undefined> {
  switch (ask.ask) {
    case "providers":
      return providersOf(api);
    case "analyse":
      return analyse(api, ask.question);
    case "read":
      return read(api, ask.captured);
    case "detect":
      return api.detect(ask.headers);
    case "example":
      return exampleOf(api, ask.example);
  }
}

function read(api: Api, captured: Bytes): Held | Trouble {
  try {
    return held(api, captured);
  } catch (error) {
    return headersAlone(api, captured) ?? troubleOf(error);
  }
}

function held(api: Api, captured: Bytes): Held {
  const { method, url, headers, body } = api.readCapture(captured);
  return { method, url, headers: headers.map(asText), body: new Uint8Array(body) };
}

// Logs often have headers and body, and no request line before them.
function headersAlone(api: Api, captured: Bytes): Held | undefined {
  const first = latin1(captured.subarray(0, 200));
  if (!/^[\w-]+:[^\n]*\n/.test(first)) return undefined;
  try {
    const { headers, body } = held(api, joined([utf8("POST / HTTP/1.1\n"), captured]));
    return { headers, body };
  } catch {
    return undefined;
  }
}

function asText([name, value]: readonly [string, string | Uint8Array]): Header {
  return [name, typeof value === "string" ? value : latin1(value)];
}
