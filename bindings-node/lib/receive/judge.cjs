"use strict";

// What is the same for every helper.

const { kind } = require("../errors.cjs");
const { Receiver, handlingOf, judged } = require("./receiver.cjs");

// The client has gone: nobody reads an answer.
const GONE = Symbol("gone");

// A body of which more came than is read.
const TOO_LARGE = Symbol("too large");

// A delivery, the answer to send, or GONE. `read` is called with the most bytes that are wanted.
async function judge(receiver, head, read) {
  const refusal = receiver.tooLarge(head);
  if (refusal !== undefined) return refusal;
  const body = await read(receiver.bodyLimit);
  if (body === GONE) return GONE;
  return body === TOO_LARGE ? receiver.refuseSize(head) : judged(receiver, head, body);
}

// Before the first request, so that a mistake shows when the application is loaded.
function check(receiver, handler) {
  if (!(receiver instanceof Receiver)) {
    throw new TypeError(`a webhook has a Receiver, and this is ${kind(receiver)}`);
  }
  const hasInbox = handlingOf(receiver)?.inbox !== undefined;
  if (hasInbox && handler !== undefined) {
    throw new TypeError(
      "with an inbox it is an InboxWorker that has the handler: leave it out here",
    );
  }
  if (!hasInbox && typeof handler !== "function") {
    throw new TypeError(`a webhook has a function that takes the delivery, not ${kind(handler)}`);
  }
}

// `rawHeaders` of Node, which are name and value in turn.
function inPairs(rawHeaders) {
  const pairs = [];
  for (let at = 0; at < rawHeaders.length; at += 2)
    pairs.push([rawHeaders[at], rawHeaders[at + 1]]);
  return pairs;
}

module.exports = { GONE, TOO_LARGE, check, inPairs, judge };
