// What an error for the developer has to be.

import assert from "node:assert/strict";

import { BodyConsumedError } from "hookseal/receive";

export function advises(error, advice) {
  assert.ok(error instanceof BodyConsumedError, `${error}`);
  assert.deepEqual([error.name, error.code], ["BodyConsumedError", "HOOKSEAL_BODY_CONSUMED"]);
  assert.match(error.message, /a signature is over the raw body: /);
  assert.match(error.message, advice);
  assert.doesNotMatch(error.stack, /evt_1|v1=/);
}
