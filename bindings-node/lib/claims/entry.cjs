"use strict";

// A delivery out of the inbox, which is leased to whoever has taken it.

const { Buffer } = require("node:buffer");

const { nameOf } = require("./report.cjs");

class Entry {
  #settle;
  #body;

  constructor(row, settle) {
    const { event_id: eventId, event_type: eventType, sent_at: sentAt } = row;
    this.key = Buffer.from(row.key);
    this.scheme = row.scheme;
    this.eventId = eventId ?? undefined;
    this.eventType = eventType ?? undefined;
    this.sentAt = sentAt === null ? undefined : new Date(Number(sentAt));
    this.receivedAt = new Date(Number(row.received_at));
    this.tries = Number(row.tries);
    this.fence = Number(row.fence);
    this.#body = row.body;
    this.#settle = (name, given) => settle(name, { key: this.key, fence: this.fence, ...given });
    Object.freeze(this);
  }

  // A copy, as of a Delivery.
  get body() {
    return Buffer.from(this.#body);
  }

  json() {
    const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return JSON.parse(utf8.decode(this.#body));
  }

  // These give whether it was still ours.
  async finish() {
    return this.#settle("inbox-finish");
  }

  async extend() {
    return this.#settle("inbox-extend");
  }

  // `after`: in so many seconds it is run again; without it, it is kept for people.
  async fail(error, after) {
    const state = after === undefined ? "failed" : "waiting";
    const delay = Math.round((after ?? 0) * 1000);
    if (!Number.isSafeInteger(delay) || delay < 0) {
      throw new RangeError("after how many seconds it is run again is a number from 0");
    }
    const trouble = error === undefined ? null : nameOf(error);
    return this.#settle("inbox-fail", { state, delay, trouble });
  }
}

module.exports = { Entry };
