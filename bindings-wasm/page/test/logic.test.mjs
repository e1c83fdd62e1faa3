// The page's own reading of schemes and deliveries, held against the package that it runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { bundled } from "./bundle.mjs";
import { MODULE } from "../scripts/module.mjs";

const api = await import(pathToFileURL(MODULE).href);
const page = await bundled("worker/analyse", "worker/examples", "worker/engine", "shared/code");

const REVEALED = { expected: true, key: true };

// At least that many; more rows, more of them.
const EXAMPLES = 1840;
const PROVIDERS = 304;
const DRAWN = 220;

const known = page.providersOf(api);
const told = new Map();
for (const { name, faults } of known) {
  for (const fault of faults) {
    const example = page.exampleOf(api, { provider: name, fault });
    const analysis = await page.analyse(api, { ...example, reveal: REVEALED });
    told.set(`${name} ${fault}`, { example, analysis, fault });
  }
}

test("every example has the verdict and the cause that it promises", () => {
  assert.ok(known.length >= PROVIDERS);
  assert.ok(told.size >= EXAMPLES, `only ${told.size}`);
  assert.ok(known.every(({ faults }) => faults.includes("genuine")));
  for (const [name, { example, analysis, fault }] of told) {
    const { verdict, causes } = analysis.explanation;
    assert.equal(verdict, example.promise.verdict, name);
    if (fault !== "changed-body") assert.equal(causes[0]?.code, example.promise.cause, name);
    else
      assert.ok(
        causes.every(({ confidence }) => confidence !== "proved"),
        name,
      );
  }
});

test("what is drawn is what the package computes, and drawn for nearly every HMAC", () => {
  const drawn = Array.from(told.values()).flatMap(({ analysis, fault }) =>
    fault === "genuine" && analysis.drawn !== undefined ? [analysis.drawn] : [],
  );
  assert.ok(drawn.length >= DRAWN, `only ${drawn.length}`);
  assert.ok(drawn.every(({ agrees }) => agrees));
});

test("the computed signature is that of the delivery, and none of tokens and public keys", () => {
  let same = 0;
  for (const [name, { example, analysis, fault }] of told) {
    if (fault !== "genuine") continue;
    const { algorithm, key } = analysis.row;
    const isOpen = algorithm !== "shared-token" && key.format !== "public-key";
    if (!isOpen) assert.equal(analysis.compared.canShow, false, name);
    const { expected, received } = analysis.compared;
    // Fresh ones are signed by this package: then it is the same text.
    if (isOpen && example.isFresh && received.includes(expected)) same += 1;
  }
  assert.ok(same >= DRAWN, `only ${same}`);
});

test("the signature that the package itself tells is the one that is shown", async () => {
  const { example } = told.get("stripe genuine");
  const explain = (...all) => ({ ...api.explain(...all), expected: "told" });
  const shown = await page.analyse({ ...api, explain }, { ...example, reveal: REVEALED });
  assert.equal(shown.compared.expected, "told");
  const reveal = { expected: false, key: false };
  const hidden = await page.analyse({ ...api, explain }, { ...example, reveal });
  assert.ok(!JSON.stringify(hidden).includes('"told"'));
});

test("a drawing that is wrong is not said to agree", async () => {
  const { example } = told.get("stripe genuine");
  const explain = (...all) => ({ ...api.explain(...all), expected: "0".repeat(64) });
  const other = { ...api, explain };
  const late = { ...example, now: "clock", secret: `${example.secret}x`, reveal: REVEALED };
  const analysis = await page.analyse(other, late);
  assert.equal(analysis.drawn.agrees, false);
});

test("what is shown of the signed bytes is as long as the package says", () => {
  for (const [name, { analysis }] of told) {
    for (const { length, head, tail } of analysis.parts) {
      if (head === undefined) continue;
      assert.ok(head.length + (tail?.length ?? 0) <= length, name);
      if (tail === undefined) assert.equal(head.length, length, name);
    }
  }
});

test("nothing that is not asked for holds the secret or the computed signature", async () => {
  let looked = 0;
  for (const [name, { example, analysis: open, fault }] of told) {
    if (fault === "genuine" || example.secret.length < 8) continue;
    const reveal = { expected: false, key: false };
    const hidden = await page.analyse(api, { ...example, reveal });
    // What the delivery itself has is not the page's to hide.
    const told = JSON.stringify({ ...hidden, parts: [], toml: "", row: {} });
    assert.ok(!told.includes(JSON.stringify(example.secret.trim()).slice(1, -1)), name);
    const expected = open.compared.expected;
    const isReceived = open.compared.received.includes(expected);
    if (expected !== undefined && !isReceived) assert.ok(!told.includes(expected), name);
    looked += 1;
  }
  assert.ok(looked > 1000, `only ${looked}`);
});

test("without a secret the verdict waits, but a missing header is told", async () => {
  const { example } = told.get("stripe genuine");
  const bare = { ...example, secret: "", reveal: REVEALED };
  const analysis = await page.analyse(api, bare);
  assert.equal(analysis.needsSecret, true);
  assert.equal(analysis.drawn, undefined);
  const headers = example.headers.filter(([name]) => name.toLowerCase() !== "stripe-signature");
  const missing = await page.analyse(api, { ...bare, headers });
  assert.equal(missing.needsSecret, false);
  assert.equal(missing.explanation.verdict, "missing_signature");
});

test("a delivery that was good in its time is told to be old by the clock", async () => {
  const { example } = told.get("stripe genuine");
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  const analysis = await page.analyse(api, { ...example, reveal: REVEALED }, inAnHour);
  assert.equal(analysis.explanation.verdict, "verified");
  assert.equal(analysis.timed.byClock.verdict, "timestamp_too_old");
});

test("a scheme of one's own is read, and one that does not hold together is told", async () => {
  const { example } = told.get("stripe genuine");
  const toml = api
    .providers()
    .find(({ name }) => name === "stripe")
    .toToml();
  const own = { ...example, provider: "", toml, reveal: REVEALED };
  assert.equal((await page.analyse(api, own)).explanation.verdict, "verified");
  const broken = await page.analyse(api, { ...own, toml: 'name = "a"\nsigned = "{body"\n' });
  assert.equal(broken.kind, "trouble");
  assert.notEqual(broken.code, "unknown");
});

const HEADERS = { "X-A": "b", "Content-Type": "application/json" };
const BODY = '{"id":1}';

const CAPTURED = {
  curl: `curl https://example.com/hook -H 'X-A: b' -d '${BODY}'`,
  http: `POST /hook HTTP/1.1\r\nHost: example.com\r\nX-A: b\r\n\r\n${BODY}`,
  har: JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method: "POST",
            url: "https://example.com/hook",
            headers: [{ name: "X-A", value: "b" }],
            postData: { mimeType: "application/json", text: BODY },
          },
        },
      ],
    },
  }),
  lambda: JSON.stringify({
    version: "2.0",
    rawPath: "/hook",
    rawQueryString: "",
    headers: HEADERS,
    requestContext: { http: { method: "POST", path: "/hook" }, domainName: "example.com" },
    body: Buffer.from(BODY).toString("base64"),
    isBase64Encoded: true,
  }),
  json: JSON.stringify({
    method: "POST",
    url: "https://example.com/hook",
    headers: Object.entries(HEADERS),
    body: BODY,
  }),
};

for (const [form, text] of Object.entries(CAPTURED)) {
  test(`a captured request is read: ${form}`, async () => {
    const read = await page.answer(api, { ask: "read", captured: Buffer.from(text) });
    assert.equal(read.kind, undefined, read.message);
    assert.equal(read.method, "POST");
    assert.equal(read.url, "https://example.com/hook");
    assert.ok(read.headers.some(([name, value]) => name === "X-A" && value === "b"));
    assert.equal(Buffer.from(read.body).toString(), BODY);
  });
}

test("headers and body without a request line are read; what is no request is told", async () => {
  const captured = Buffer.from(`X-A: b\nX-C: d\n\n${BODY}`);
  const read = await page.answer(api, { ask: "read", captured });
  assert.deepEqual(read.headers.slice(0, 2), [
    ["X-A", "b"],
    ["X-C", "d"],
  ]);
  assert.equal(read.url, undefined);
  assert.equal(Buffer.from(read.body).toString(), BODY);
  for (const text of ["what is this", "", "{", "note: x"]) {
    const none = await page.answer(api, { ask: "read", captured: Buffer.from(text) });
    assert.equal(none.kind, "trouble", text);
    assert.notEqual(none.message, "");
  }
});
