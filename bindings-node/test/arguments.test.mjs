// What may be handed over, in every shape; and what comes of everything else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import vm from "node:vm";

import {
  BodyUnsignedError,
  Delivery,
  PUBLIC_MESSAGE,
  Scheme,
  SchemeError,
  SecretError,
  VerificationError,
  Verifier,
  acknowledgement,
  detect,
  enrol,
  explain,
  handshake,
  providers,
  sign,
  verify,
} from "hookseal";

const SECRET = "whsec_test_9f0c1b7a5d3e4f60";
const body = Buffer.from('{"id":"evt_1","type":"invoice.paid","note":"żółć"}');
const now = 1_700_000_002;
const verifier = new Verifier("stripe", SECRET);
const signature = sign("stripe", SECRET, { body, now }).headers["stripe-signature"];
const headers = { "stripe-signature": signature };

const accepts = (request) =>
  assert.ok(verifier.verify({ body, headers, now, ...request }) instanceof Delivery);
const refuses = (request, code) =>
  assert.throws(() => verifier.verify({ body, headers, now, ...request }), {
    name: "VerificationError",
    code,
  });
const isTypeError = (call, text = /./) =>
  assert.throws(call, (error) => error instanceof TypeError && text.test(error.message));
const typeErrorOf = (request, text) =>
  isTypeError(() => verifier.verify({ body, headers, now, ...request }), text);

test("headers of every shape", () => {
  const name = "Stripe-Signature";
  accepts({ headers: { [name]: signature } });
  accepts({
    headers: { [name.toUpperCase()]: [signature], host: undefined, other: null, more: 1 },
  });
  accepts({ headers: Object.assign(Object.create(null), { [name]: signature }) });
  accepts({ headers: new Headers([[name, signature]]) });
  accepts({ headers: new Map([[name, signature]]) });
  accepts({
    headers: [
      ["host", "a"],
      [name, signature],
    ],
  });
  accepts({ headers: ["host", "a", name, signature] });
  accepts({
    headers: (function* () {
      yield [name, signature];
    })(),
  });
  accepts({ headers: new Proxy({ [name]: signature }, {}) });
  accepts({
    headers: {
      get [name]() {
        return signature;
      },
    },
  });
  accepts({ headers: vm.runInNewContext(`({ "${name}": "${signature}" })`) });
  accepts({ headers: { ["__proto__"]: signature, [name]: signature } });
});

test("a header that is there twice is refused", () => {
  refuses(
    { headers: { "stripe-signature": signature, "Stripe-Signature": signature } },
    "repeated_header",
  );
  refuses({ headers: { "stripe-signature": [signature, signature] } }, "repeated_header");
  refuses(
    { headers: ["stripe-signature", signature, "STRIPE-SIGNATURE", signature] },
    "repeated_header",
  );
  refuses(
    {
      headers: [
        ["stripe-signature", signature],
        ["stripe-signature", signature],
      ],
    },
    "repeated_header",
  );
});

test("a header that is not there, or of another name, is missing", () => {
  const long = "stripe-signature".padEnd(48, "x");
  for (const other of [
    {},
    [],
    { [long]: signature },
    { "ſtripe-signature": signature },
    { "stripe-\u212Aignature": signature },
  ]) {
    refuses({ headers: other }, "missing_signature");
  }
  refuses({ headers: { ["__proto__"]: signature } }, "missing_signature");
  refuses({ headers: Object.create({ "stripe-signature": signature }) }, "missing_signature");
});

test("headers of other types are a TypeError", () => {
  for (const other of [undefined, null, 1, "a: b", Symbol("s"), () => {}])
    typeErrorOf({ headers: other }, /headers are/);
  for (const value of [null, 1, {}, [1], [[signature]]])
    typeErrorOf({ headers: { "stripe-signature": value } }, /value/);
  typeErrorOf({ headers: ["a"] }, /in turn/);
  typeErrorOf({ headers: ["a", "b", 1, "c"] }, /name/);
  typeErrorOf({ headers: [["a"]] }, /pair/);
  typeErrorOf({ headers: [[1, "a"]] }, /name/);
  typeErrorOf(
    {
      headers: (function* () {
        for (;;) yield ["a", "b"];
      })(),
    },
    /more than/,
  );
});

test("an exception of a header object comes out as it is", () => {
  const own = new Error("mine");
  const fails = () => {
    throw own;
  };
  const all = [
    Object.defineProperty({}, "stripe-signature", { get: fails, enumerable: true }),
    new Proxy({}, { ownKeys: fails }),
    { [Symbol.iterator]: fails },
  ];
  for (const hostile of all)
    assert.throws(
      () => verifier.verify({ body, headers: hostile, now }),
      (error) => error === own,
    );
});

test("a header's characters are the bytes that came", () => {
  const scheme = new Scheme({
    name: "acme",
    signature: { header: "x-mac" },
    signed: "{header:x-name}.{body}",
    admits: ["loose-joins"],
  });
  const raw = Buffer.from([0x61, 0xe9, 0xff, 0x7f]).toString("latin1");
  const secret = "a secret of at least 16 bytes";
  const signedWith = (value) =>
    sign(scheme, secret, { body, headers: { "x-name": value } }).signature;
  // In UTF-8 too: with what Latin-1 lacks it can only have been decoded so.
  const texts = [raw, "plain", "é", "日本", "😀é", "é日", "\ud800"];
  assert.equal(new Set(texts.map(signedWith)).size, texts.length);
  for (const text of texts) {
    const own = new Verifier(scheme, secret);
    own.verify({ body, headers: { "x-other": "ü", "x-name": text, "x-mac": signedWith(text) } });
    own.verify({
      body,
      headers: {
        "x-mac": signedWith(text),
        "x-name": Buffer.from(text).toString("latin1"),
        ...(/[^\0-\xff]/.test(text) ? {} : { "x-name": text }),
      },
    });
  }
});

test("more headers than fit into the small list", () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`x-${at}`, `${at}`]));
  assert.ok(
    detect({
      ...many,
      "X-GitHub-Event": "push",
      "X-Hub-Signature-256": `sha256=${"0".repeat(64)}`,
    }).includes("github"),
  );
  assert.deepEqual(detect(many), []);
});

test("a body of every kind of bytes", () => {
  accepts({ body: new Uint8Array(body) });
  accepts({ body: new Uint8Array(body).buffer });
  accepts({
    body: Buffer.concat([Buffer.from("xx"), body, Buffer.from("y")]).subarray(2, 2 + body.length),
  });
  accepts({ body: vm.runInNewContext("bytes => Uint8Array.from(bytes)")([...body]) });
  accepts({ body: undefined, bodyText: body.toString() });
  class Own extends Uint8Array {
    get length() {
      return 1;
    }
    get byteLength() {
      return 1;
    }
    get buffer() {
      return new ArrayBuffer(1);
    }
    static get [Symbol.species]() {
      throw new Error();
    }
  }
  accepts({ body: new Own(body) });
  refuses({ body: Buffer.from("{}") }, "signature_mismatch");
  refuses({ body: new Uint8Array() }, "signature_mismatch");
});

test("a body that is not raw is a TypeError that names the call", () => {
  typeErrorOf({ body: { id: 1 } }, /parsed.*express\.raw/);
  typeErrorOf({ body: [1] }, /parsed/);
  typeErrorOf({ body: body.toString() }, /text/);
  typeErrorOf({ body: undefined }, /undefined/);
  typeErrorOf({ body: null }, /null/);
  typeErrorOf({ body: () => body }, /not called/);
  typeErrorOf({ body: new Response("a").text() }, /not awaited/);
  typeErrorOf({ body: new Response("a").body }, /not read.*arrayBuffer/);
  typeErrorOf({ body: new DataView(new ArrayBuffer(2)) }, /other numbers/);
  typeErrorOf({ body: new Uint16Array(2) }, /other numbers/);
  typeErrorOf({ body: new Proxy(new Uint8Array(2), {}) });
  typeErrorOf({ body: Object.create(Uint8Array.prototype) });
  typeErrorOf({ body: 1n }, /bigint/);
  typeErrorOf({ bodyText: "a" }, /in place of/);
  typeErrorOf({ body: undefined, bodyText: body }, /bodyText/);
});

test("headers that take the body's memory away, or write to it", () => {
  const moved = (change) => {
    const bytes = new Uint8Array(body);
    const hostile = {
      get "stripe-signature"() {
        change(bytes);
        return signature;
      },
    };
    return () => verifier.verify({ body: bytes, headers: hostile, now });
  };
  isTypeError(
    moved((bytes) => structuredClone(bytes.buffer, { transfer: [bytes.buffer] })),
    /taken away/,
  );
  assert.throws(
    moved((bytes) => bytes.fill(0)),
    { code: "signature_mismatch" },
  );
  // The other way: a body that becomes genuine before it is read.
  const bytes = new Uint8Array(body.length);
  const late = {
    get "stripe-signature"() {
      bytes.set(body);
      return signature;
    },
  };
  assert.deepEqual(Buffer.from(verifier.verify({ body: bytes, headers: late, now }).body), body);
});

test("memory that changes its size, or is shared", () => {
  const resizable = (shrunk) => {
    const memory = new ArrayBuffer(body.length, { maxByteLength: 1 << 20 });
    const bytes = new Uint8Array(memory, 0, body.length);
    bytes.set(body);
    const hostile = {
      get "stripe-signature"() {
        memory.resize(shrunk);
        return signature;
      },
    };
    return () => verifier.verify({ body: bytes, headers: hostile, now });
  };
  assert.deepEqual(Buffer.from(resizable(1 << 20)().body), body);
  isTypeError(resizable(1), /taken away/);
  isTypeError(resizable(0), /taken away/);
  const tracking = new ArrayBuffer(body.length, { maxByteLength: 1 << 10 });
  new Uint8Array(tracking).set(body);
  accepts({ body: new Uint8Array(tracking) });
  accepts({ body: tracking });
  tracking.resize(1);
  refuses({ body: tracking }, "signature_mismatch");

  const shared = new Uint8Array(new SharedArrayBuffer(body.length));
  shared.set(body);
  const delivery = verifier.verify({ body: shared, headers, now });
  shared.fill(0);
  assert.deepEqual(Buffer.from(delivery.body), body);
  shared.set(body);
  accepts({ body: shared.buffer });
  Object.setPrototypeOf(shared.buffer, null);
  accepts({ body: shared });
});

test("what was verified is what a delivery holds, whatever is written later", () => {
  for (const length of [0, 1, 1 << 10, 64 << 10, (64 << 10) + 1, 1 << 20]) {
    const genuine = Buffer.alloc(length, '{"id":"evt_9"}  ');
    const bytes = new Uint8Array(genuine);
    const signed = sign("stripe", SECRET, { body: genuine, now }).headers;
    const delivery = verifier.verify({ body: bytes, headers: signed, now });
    assert.deepEqual(Buffer.from(delivery.body), genuine);
    bytes.fill(0x20);
    delivery.body.fill(0x21);
    assert.equal(delivery.replayKey().length, 32);
    delivery.body.buffer.transfer?.();
    assert.equal(delivery.replayKey("x").length, 32);
    const late = verifier.verify({ body: new Uint8Array(genuine), headers: signed, now });
    assert.deepEqual(
      late.replayKey(),
      verifier.verify({ body: genuine, headers: signed, now }).replayKey(),
    );
  }
});

test("a large body that was written to does not come out as verified", () => {
  const genuine = Buffer.alloc(1 << 20, "x");
  const signed = sign("stripe", SECRET, { body: genuine, now }).headers;
  for (const ask of [
    (it) => it.body,
    (it) => it.json(),
    (it) => it.eventId,
    (it) => it.replayKey(),
  ]) {
    const bytes = new Uint8Array(genuine);
    const delivery = verifier.verify({ body: bytes, headers: signed, now });
    bytes[77] = 0;
    isTypeError(() => ask(delivery), /written to/);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    isTypeError(() => ask(delivery), /./);
  }
  // Of a scheme that does not sign it, nothing could tell: there it is copied at once.
  const bytes = new Uint8Array(genuine);
  const token = sign("gitlab-shared-token", SECRET, { body: genuine }).headers;
  const delivery = verify("gitlab-shared-token", SECRET, { body: bytes, headers: token });
  bytes.fill(0);
  assert.deepEqual(Buffer.from(delivery.dangerUnsignedBody), genuine);
});

test("time", () => {
  accepts({ now: new Date(now * 1000) });
  accepts({ now: now + 0.5 });
  accepts({ now: vm.runInNewContext(`new Date(${now * 1000})`) });
  refuses({ now: undefined }, "timestamp_too_old");
  refuses({ now: -1 }, "timestamp_too_new");
  refuses({ now: 1e11 }, "timestamp_too_old");
  for (const wrong of [
    now * 1000,
    NaN,
    Infinity,
    new Date(NaN),
    `${now}`,
    null,
    BigInt(now),
    {},
    Object.create(Date.prototype),
  ]) {
    typeErrorOf({ now: wrong }, /now is/);
  }
});

test("the other arguments", () => {
  for (const wrong of [null, 1, {}, Buffer.from("a")]) {
    typeErrorOf({ url: wrong }, /url/);
    typeErrorOf({ method: wrong }, /method/);
  }
  for (const wrong of [undefined, null, 1, "a"])
    isTypeError(() => verifier.verify(wrong), /one object/);
  for (const wrong of [undefined, null, 1, [], ["stripe"]])
    isTypeError(() => new Verifier(wrong, SECRET), /provider/);
  for (const wrong of [undefined, null, 1, {}, [1], [undefined]])
    isTypeError(() => new Verifier("stripe", wrong), /secret/);
  isTypeError(() => new Verifier("stripe", undefined), /environment/);
  const options = [
    null,
    1,
    { tolerance: 1.5 },
    { tolerance: -1 },
    { bodyLimit: 2 ** 32 },
    { tolerance: "300" },
    { dangerAnyTime: 1 },
    { dangerWeakSecret: "no" },
    { tolerence: 1 },
  ];
  for (const wrong of options) isTypeError(() => new Verifier("stripe", SECRET, wrong));
  isTypeError(() => new Delivery(), /verify alone/);
  isTypeError(() => Delivery.prototype.body);
  isTypeError(() => Verifier.prototype.verify.call({}, { body, headers }));
});

test("set up", () => {
  assert.throws(() => new Verifier("strype", SECRET), {
    name: "SchemeError",
    code: "unknown_provider",
  });
  assert.throws(() => new Verifier("stripe", ""), { name: "SecretError", code: "empty_secret" });
  assert.throws(() => new Verifier("stripe", []), { name: "SecretError", code: "empty_secret" });
  assert.throws(() => new Verifier("stripe", "short"), {
    name: "SecretError",
    code: "weak_secret",
  });
  assert.throws(() => new Verifier("stripe", Array(5).fill(SECRET)), {
    name: "SecretError",
    code: "too_many_secrets",
  });
  assert.throws(() => new Verifier("stripe", SECRET, { tolerance: 0 }), {
    name: "SchemeError",
    code: "invalid_tolerance",
  });
  const rotated = new Verifier("stripe", [
    "another secret, of the time before",
    Buffer.from(SECRET),
  ]);
  assert.equal(rotated.verify({ body, headers, now }).secretIndex, 1);
  const late = { body, headers, now: now + 1000 };
  assert.throws(() => verifier.verify(late), { code: "timestamp_too_old" });
  assert.equal(verify("stripe", SECRET, late, { tolerance: 1000 }).secretIndex, 0);
  assert.equal(verify("stripe", SECRET, late, { dangerAnyTime: true }).secretIndex, 0);
  assert.throws(() => verify("stripe", SECRET, { body, headers, now: now - 1000 }), {
    code: "timestamp_too_new",
  });
  verify("stripe", SECRET, { body, headers, now: now - 1000 }, { futureTolerance: 1000 });
  assert.throws(() => verify("stripe", SECRET, { body, headers, now }, { bodyLimit: 3 }), {
    code: "body_too_large",
    status: 413,
  });
  assert.equal(verifier.scheme.name, "stripe");
});

test("a delivery tells what was verified", () => {
  const delivery = verifier.verify({ body, headers, now });
  assert.deepEqual(
    [delivery.eventId, delivery.eventType, delivery.scheme, delivery.secretIndex],
    ["evt_1", "invoice.paid", "stripe", 0],
  );
  assert.equal(delivery.sentAt.getTime(), now * 1000);
  delivery.sentAt.setTime(0);
  assert.equal(delivery.sentAt.getTime(), now * 1000);
  assert.equal(delivery.json().note, "żółć");
  assert.deepEqual(delivery.bound, {
    body: "whole",
    eventId: true,
    timestamp: true,
    url: false,
    method: false,
  });
  assert.ok(Object.isFrozen(delivery.bound));
  assert.deepEqual(delivery.replayKey("a"), delivery.replayKey(Buffer.from("a")));
  assert.notDeepEqual(delivery.replayKey("a"), delivery.replayKey());
  isTypeError(() => delivery.replayKey(1), /scope/);
  const text = Buffer.from("no json");
  const of = (it) =>
    verifier.verify({ body: it, headers: sign("stripe", SECRET, { body: it, now }).headers, now });
  assert.throws(() => of(text).json(), SyntaxError);
  isTypeError(() => of(Buffer.from([0x22, 0xff, 0x22])).json());
  assert.equal(of(text).eventId, undefined);
  const github = verify("github", SECRET, {
    body,
    headers: sign("github", SECRET, { body }).headers,
  });
  assert.equal(github.sentAt, undefined);
});

test("a body that is not signed cannot be mistaken", () => {
  const { headers: token } = sign("gitlab-shared-token", SECRET, { body });
  const delivery = verify("gitlab-shared-token", SECRET, { body, headers: token });
  assert.throws(() => delivery.body, BodyUnsignedError);
  assert.throws(() => delivery.json(), { name: "BodyUnsignedError", code: "token_binds_nothing" });
  assert.deepEqual(Buffer.from(delivery.dangerUnsignedBody), body);
});

test("nothing that is shown holds a secret, a header or a body", () => {
  const marked = "whsec_marked_marked_marked";
  const own = new Verifier("stripe", marked);
  const { headers: signed } = own.sign({ body: Buffer.from("bodymark"), now });
  const delivery = own.verify({ body: Buffer.from("bodymark"), headers: signed, now });
  const errors = [
    () => own.verify({ body: Buffer.from("bodymark"), headers, now }),
    () => own.verify({ body: "bodymark", headers: signed, now }),
    () => own.verify({ body, headers: { "stripe-signature": ["t=1,v1=headermark", 1] } }),
    () => new Verifier("github", "weakmarked"),
    () => new Verifier("stripe", { secret: marked }),
    () => sign("standard-webhooks", marked, { body: Buffer.from("bodymark") }),
  ].map((call) => {
    try {
      return call();
    } catch (error) {
      return error;
    }
  });
  const shown = [own, delivery, own.scheme, ...errors].flatMap((it) => [
    inspect(it, { depth: 9, showHidden: true, getters: false }),
    JSON.stringify(it),
    String(it),
    it.stack,
  ]);
  assert.ok(errors.every((error) => error instanceof Error));
  assert.ok(!shown.join("\n").match(/marked|bodymark|headermark/i), shown.join("\n"));
  assert.equal(inspect(own), 'Verifier of "stripe"');
});

test("errors are errors", () => {
  const error = assert.throws(() => verifier.verify({ body, headers: {} })) ?? null;
  assert.equal(error, null);
  try {
    verifier.verify({ body, headers: {} });
  } catch (refusal) {
    assert.ok(refusal instanceof VerificationError && refusal instanceof Error);
    assert.deepEqual(
      [refusal.name, refusal.code, refusal.status],
      ["VerificationError", "missing_signature", 401],
    );
    assert.match(refusal.stack, /^VerificationError: the request has no signature/);
    assert.deepEqual(JSON.parse(JSON.stringify(refusal)), {
      code: "missing_signature",
      status: 401,
    });
  }
  assert.ok(SecretError.prototype instanceof Error && SchemeError.prototype instanceof Error);
  assert.equal(PUBLIC_MESSAGE, "the delivery could not be verified");
});

test("schemes", () => {
  const acme = {
    name: "acme",
    signature: { header: "acme-signature", split: ",", prefix: "v1=" },
    timestamp: { header: "acme-signature", split: ",", prefix: "t=", clock: "seconds" },
    eventId: { json: "id", names: "event" },
    signed: "{timestamp}.{body}",
  };
  const scheme = new Scheme(acme);
  assert.deepEqual(
    [scheme.name, scheme.algorithm, scheme.bound.body, scheme.confidence],
    ["acme", "hmac-sha256", "whole", "custom"],
  );
  const made = sign(acme, SECRET, { body, now }).headers;
  for (const of of [acme, scheme, Scheme.fromToml(scheme.toToml())]) {
    assert.equal(verify(of, SECRET, { body, headers: made, now }).eventId, "evt_1");
  }
  assert.equal(
    Scheme.fromJson('{"name":"a","base":"github","event_id":"none"}').bound.eventId,
    false,
  );
  assert.ok(scheme.lint().every(({ severity }) => severity === "note"));
  const wrong = (facts, code, key) =>
    assert.throws(() => new Scheme(facts), { name: "SchemeError", code, key });
  wrong({ ...acme, eventId: { jsn: "id" } }, "unknown_key", "eventId.jsn");
  wrong({ ...acme, event_id: "none" }, "repeated_key", "eventId");
  wrong({ ...acme, ["__proto__"]: 1 }, "unknown_key", "__proto__");
  wrong({ ...acme, signed: "{timestamp}" }, "content_unsigned", "");
  wrong({ name: "a" }, "missing_key", "signature");
  wrong("acme", "wrong_type", "");
  assert.throws(() => Scheme.fromToml("name = "), { name: "SchemeError", code: "malformed_text" });
  const deep = {};
  deep.deep = deep;
  for (const value of [null, () => {}, NaN, 1n, Symbol("s"), deep, new Array(1e9)])
    isTypeError(() => new Scheme({ ...acme, signed: value }));
  for (const text of [undefined, 1, {}]) isTypeError(() => Scheme.fromToml(text));
  assert.equal(new Set(providers().map((it) => it.name)).size, providers().length);
  assert.equal(
    providers().find((it) => it.name === "stripe"),
    verifier.scheme,
  );
});

test("explanations", () => {
  const broken = { body: Buffer.concat([body, Buffer.from("\n")]), headers, now };
  const explanation = verifier.explain(broken);
  assert.equal(explanation.verdict, "signature_mismatch");
  assert.ok(explanation.causes.length > 0 && explanation.report.includes("signature_mismatch"));
  assert.ok([explanation, explanation.causes, explanation.steps[0]].every(Object.isFrozen));
  assert.deepEqual(explain("stripe", SECRET, broken), explanation);
  assert.equal(explain("stripe", SECRET, { body, headers, now }).verdict, "verified");
  assert.equal(explain("stripe", "", { body, headers, now }).verdict, "empty_secret");
  assert.ok(!JSON.stringify(explanation).includes(SECRET));
  isTypeError(() => verifier.explain({ ...broken, framework: "none such" }), /framework/);
  isTypeError(() => verifier.explain({ ...broken, otherSecrets: [1] }), /secret/);
  const other = explain("stripe", "another secret, of another endpoint", {
    body,
    headers,
    now,
    otherSecrets: [SECRET],
  });
  assert.equal(other.secrets.length, 1);
});

test("endpoint validations", () => {
  const empty = new Uint8Array();
  const url = "https://hooks.example.com/dropbox?challenge=Vw8Xz";
  const request = { body: empty, headers: {}, method: "GET", url };
  const answer = handshake("dropbox", request);
  assert.deepEqual([answer.status, answer.body], [200, "Vw8Xz"]);
  assert.equal(new Response(answer.body, answer).headers.get("content-type"), "text/plain");
  assert.deepEqual(handshake(new Verifier("dropbox", SECRET), request), answer);
  assert.equal(handshake("dropbox", { ...request, method: "POST" }), undefined);
  assert.throws(
    () =>
      handshake("meta", {
        ...request,
        url: "https://a.example/?hub.mode=subscribe&hub.challenge=1&hub.verify_token=a",
      }),
    VerificationError,
  );
  const meta = {
    ...request,
    url: "https://a.example/?hub.mode=subscribe&hub.challenge=1&hub.verify_token=a",
  };
  assert.equal(handshake("meta", { ...meta, expected: "a" }).body, "1");
  assert.deepEqual(acknowledgement("stripe"), { status: 200, headers: {}, body: "" });
  assert.deepEqual(acknowledgement(verifier), acknowledgement("stripe"));
  const brought = enrol("asana", {
    body: empty,
    headers: { "X-Hook-Secret": "b537207f20cbfa02357cf448" },
    method: "POST",
  });
  assert.deepEqual(
    [brought.value, brought.isKey, brought.answer.status],
    ["b537207f20cbfa02357cf448", true, 200],
  );
  assert.throws(() => enrol("asana", { body: empty, headers: {}, method: "POST" }), {
    code: "missing_field",
  });
});
