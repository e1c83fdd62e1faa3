"use strict";

// A response of Node whose end waits: until it is noted that the delivery was handled, the provider is
// not told so.

// What a handler may ask of a response that it has ended.
const ENDED = ["headersSent", "writableEnded"];

class Held {
  #response;
  #end;
  #head;
  #listeners;
  #kept; // the arguments of `end`, and the head as it was then
  #settle;

  constructor(response) {
    this.#response = response;
    this.#end = Object.getOwnPropertyDescriptor(response, "end");
    this.#head = headOf(response);
    this.#listeners = response.listenerCount("finish");
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    response.end = (...given) => this.#ending(given);
  }

  // Ends it now, if it was ended.
  go() {
    const kept = this.#kept;
    this.#restore();
    if (kept === undefined) return;
    setHead(this.#response, kept.head);
    this.#response.end(...kept.given);
  }

  // Takes the end back, so that another answer can be given. Where a part of the first one is out, the
  // sender must not take it for the whole.
  drop() {
    const hadEnd = this.#kept !== undefined;
    this.#restore();
    if (this.#response.writableEnded) return;
    if (!this.#response.headersSent) setHead(this.#response, this.#head);
    else if (hadEnd) this.#response.destroy();
  }

  #ending(given) {
    const response = this.#response;
    if (this.#kept !== undefined) return response;
    this.#kept = { given, head: headOf(response) };
    // Somebody waits for the end, who may be the handler.
    const isAwaited = given.some((it) => typeof it === "function");
    if (isAwaited || response.listenerCount("finish") > this.#listeners) this.go();
    else for (const name of ENDED) Object.defineProperty(response, name, TRUE);
    this.#settle();
    return response;
  }

  #restore() {
    if (this.#end === undefined) delete this.#response.end;
    else Object.defineProperty(this.#response, "end", this.#end);
    if (this.#kept !== undefined) for (const name of ENDED) delete this.#response[name];
    this.#kept = undefined;
  }
}

const TRUE = { value: true, configurable: true, writable: true };

// Nothing, once it is on its way.
function headOf(response) {
  if (response.headersSent) return undefined;
  const { statusCode, statusMessage } = response;
  return { statusCode, statusMessage, headers: Object.entries(response.getHeaders()) };
}

function setHead(response, head) {
  if (head === undefined) return;
  const { statusCode, statusMessage, headers } = head;
  response.statusCode = statusCode;
  if (response.statusMessage !== statusMessage) response.statusMessage = statusMessage; // not of HTTP/2
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  for (const [name, value] of headers) response.setHeader(name, value);
}

module.exports = { Held };
