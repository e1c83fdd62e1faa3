"use strict";

// A verified delivery where the receiver has claims or an inbox; else the handler is just run.

const { handlingOf } = require("./receiver.cjs");
const { StoreError } = require("./store-errors.cjs");

// Gives the `answer` to send; or, where the handler was run, the `value` that it gave. `isFailed`:
// whether by this value the delivery has to come again.
async function handled(receiver, delivery, run, isFailed) {
  const handling = handlingOf(receiver);
  if (handling === undefined) return { value: await run() };
  try {
    const found = await asked(handling, delivery, run, isFailed);
    if (Object.hasOwn(found, "value")) return { value: found.value };
    return { answer: found.status === 200 ? receiver.acknowledgement() : bare(found) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { answer: bare(error) };
  }
}

function asked({ claims, inbox, onOutcome }, delivery, run, isFailed) {
  if (claims === undefined) return inbox.receive(delivery, { onOutcome });
  return claims.handle(delivery, run, { onOutcome, isFailed });
}

// Why is for the receiver's log.
function bare({ status, headers }) {
  return { status, headers, body: "" };
}

module.exports = { handled };
