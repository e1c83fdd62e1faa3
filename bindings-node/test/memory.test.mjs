// Small requests are verified in memory that both halves share, larger ones where they are: nothing
// that a caller sees tells which.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Verifier, sign, verify } from "hookseal";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ROW = "standard-webhooks";
const EDGE = 16 << 10;

const verifier = new Verifier(ROW, SECRET);
const bodyOf = (length, byte) => Buffer.alloc(length, byte);

function signed(body, eventId = "msg_1") {
  return { body, headers: sign(ROW, SECRET, { body, eventId }).headers };
}

for (const length of [0, 1, 1024, EDGE - 1, EDGE, EDGE + 1, 2 * EDGE, 8 * EDGE]) {
  test(`a delivery of ${length} bytes is as it was when others were verified after it`, () => {
    const first = verifier.verify(signed(bodyOf(length, "a"), "msg_a"));
    const second = verifier.verify(signed(bodyOf(length, "b"), "msg_b"));
    assert.throws(() => verifier.verify({ ...signed(bodyOf(length, "c")), body: bodyOf(3, "d") }), {
      code: "signature_mismatch",
    });
    assert.ok(first.body.equals(bodyOf(length, "a")));
    assert.ok(second.body.equals(bodyOf(length, "b")));
    assert.equal(first.eventId, "msg_a");
    assert.equal(second.eventId, "msg_b");
    assert.notDeepEqual(first.replayKey(), second.replayKey());
  });

  test(`who writes to ${length} received bytes cannot change what was verified`, () => {
    const request = signed(bodyOf(length, "a"));
    const delivery = verifier.verify(request);
    request.body.fill("x");
    if (length > EDGE) {
      assert.throws(() => delivery.body, { name: "TypeError", message: /written to/ });
    } else {
      assert.ok(delivery.body.equals(bodyOf(length, "a")));
    }
  });

  test(`one changed byte of ${length} is seen, wherever it is`, () => {
    for (const at of [0, length >> 1, length - 1].filter((at) => at >= 0 && at < length)) {
      const request = signed(bodyOf(length, "a"));
      request.body[at] ^= 1;
      assert.throws(() => verifier.verify(request), { code: "signature_mismatch" });
    }
  });
}

test("headers that fill the memory, and more of them, are read whole", () => {
  const body = bodyOf(EDGE, "a");
  for (const length of [1, 100, 1_000, 2_500, 8_100, 20_000]) {
    const { headers } = signed(body);
    const spare = ["v1,", "A".repeat(length)].join("");
    headers["webhook-signature"] = `${headers["webhook-signature"]} ${spare}`;
    const isTooLarge = headers["webhook-signature"].length > 8192;
    if (isTooLarge) assert.throws(() => verifier.verify({ body, headers }), { code: "header_too_large" });
    else assert.ok(verifier.verify({ body, headers }).body.equals(body));
  }
});

test("a value beyond Latin-1 is read as UTF-8, and spoils no other", () => {
  const body = bodyOf(10, "a");
  for (const id of ["msg_\u00e9", "msg_\u0141", "msg_\u{1f600}", "msg_\ud800"]) {
    const { headers } = signed(body);
    assert.throws(() => verifier.verify({ body, headers: { ...headers, "webhook-id": id } }), {
      code: "signature_mismatch",
    });
    assert.ok(verifier.verify({ body, headers: { ...headers, "x-other": id } }));
  }
  // U+0141 has the low byte of an A: it must not pass for one.
  const { headers } = signed(body, "msg_A");
  const lookalike = { ...headers, "webhook-id": "msg_\u0141" };
  assert.throws(() => verifier.verify({ body, headers: lookalike }), { code: "signature_mismatch" });
});

test("a body that was taken away is no empty one", () => {
  const body = bodyOf(0, "");
  const { headers } = signed(body);
  assert.ok(verifier.verify({ body, headers }));
  const gone = new Uint8Array(16);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  assert.throws(() => verify(ROW, SECRET, { body: gone, headers }), { name: "TypeError" });
});

test("what a getter does to the body is done before it is read", () => {
  const request = signed(bodyOf(100, "a"));
  const { body } = request;
  const headers = { ...request.headers };
  Object.defineProperty(headers, "user-agent", { enumerable: true, get: () => "x" });
  Object.defineProperty(headers, "webhook-id", {
    enumerable: true,
    get() {
      body.fill("z");
      verifier.verify(signed(bodyOf(200, "y"), "msg_inner"));
      return request.headers["webhook-id"];
    },
  });
  assert.throws(() => verifier.verify({ body, headers }), { code: "signature_mismatch" });
  body.fill("a");
  assert.equal(verifier.verify(request).eventId, "msg_1");
});
