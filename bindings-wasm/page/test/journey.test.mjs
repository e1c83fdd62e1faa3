// The page as a person uses it: paste, see the verdict, break a byte, see the cause.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after as afterAll, test } from "node:test";

import { after, example, open, paste, stop, verdict } from "./browser.mjs";

afterAll(stop);

const SECRET = "whsec_test_9f0c1b7a5d3e4f60";
const BODY = '{"id":"evt_1","type":"invoice.paid","note":"Zoë"}';

function stripe(body, secret = SECRET, time = Math.floor(Date.now() / 1000)) {
  const tag = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return `t=${time},v1=${tag}`;
}

function curl(body, signature) {
  return `curl -X POST https://example.com/hooks -H 'Content-Type: application/json' -H 'Stripe-Signature: ${signature}' --data-raw '${body}'`;
}

test("a pasted curl with its secret is verified; one byte changed is told, and proved", async () => {
  const { page, seen, close } = await open();
  await paste(page, "#paste", curl(BODY, stripe(BODY)));
  await page.getByRole("heading", { name: "The secret is missing" }).waitFor();
  assert.equal(await page.locator("#provider").inputValue(), "stripe");
  const good = await after(page, () => page.locator("#secret").fill(SECRET));
  assert.deepEqual(good, { title: "Verified", code: undefined, causes: [] });
  await page.getByText("Your program refuses it all the same?").click();
  await page.getByText("a parser read the body first").waitFor();

  await page.locator("#by-field summary").click();
  const newline = await after(page, () => page.locator("#body").fill(`${BODY}\n`));
  assert.deepEqual(newline, {
    title: "Refused",
    code: "signature_mismatch",
    causes: ["body_trailing_bytes"],
  });
  assert.equal(await page.locator(".cause.first .chip").textContent(), "Proved");
  assert.equal(await page.locator(".bytes .invisible").last().textContent(), "\\n");

  const changed = await after(page, () => page.locator("#body").fill(BODY.replace("paid", "pald")));
  assert.deepEqual(changed.causes, ["no_cause_found"]);
  const back = await after(page, () => page.locator("#body").fill(BODY));
  assert.equal(back.title, "Verified");
  assert.deepEqual(seen.errors, []);
  await close();
});

test("raw HTTP out of a log, a JSON body written again, and the fix in the framework", async () => {
  const { page, close } = await open();
  const spaced = JSON.stringify(JSON.parse(BODY), null, 2);
  const raw = [
    "POST /hooks HTTP/1.1",
    "Host: example.com",
    "Content-Type: application/json",
    `Stripe-Signature: ${stripe(BODY)}`,
    `Content-Length: ${Buffer.byteLength(spaced)}`,
    "",
    spaced,
  ].join("\n");
  await paste(page, "#paste", raw);
  const first = await after(page, () => page.locator("#secret").fill(SECRET));
  assert.deepEqual(first.causes, ["body_reserialised"]);
  await after(page, () => page.locator("#framework").selectOption("express"));
  const fix = await page.locator(".cause.first .fix").textContent();
  assert.match(fix, /express\.raw\(/);
  await close();
});

test("a secret with a newline, one of another endpoint, a short one", async () => {
  const { page, close } = await open();
  await paste(page, "#paste", curl(BODY, stripe(BODY)));
  const newline = await after(page, () => page.locator("#secret").fill(`${SECRET}\n`));
  assert.deepEqual(newline.causes, ["secret_whitespace"]);
  await after(page, () => page.locator("#secret").fill("whsec_test_of_another_one"));
  await page.locator("#limits summary").click();
  const other = await after(page, () => page.locator("#other-secrets").fill(`a\n${SECRET}`));
  assert.deepEqual(other.causes, ["secret_of_another_endpoint"]);
  await page.locator("#other-secrets").fill("");
  const short = await after(page, () => page.locator("#secret").fill("short"));
  assert.equal(short.code, "weak_secret");
  const taken = await after(page, () =>
    page.getByRole("button", { name: "Judge it all the same" }).click(),
  );
  assert.equal(taken.code, "signature_mismatch");
  await close();
});

test("an old delivery is good at its own time, and too old by the clock", async () => {
  const { page, close } = await open();
  await page.locator("#secret").fill(SECRET);
  const own = await after(page, () =>
    paste(page, "#paste", curl(BODY, stripe(BODY, SECRET, 1_700_000_000))),
  );
  assert.equal(own.title, "Verified");
  const clock = await after(page, () =>
    page.getByRole("button", { name: "Judge it by the clock" }).click(),
  );
  assert.deepEqual(clock, {
    title: "Refused",
    code: "timestamp_too_old",
    causes: ["old_retry", "clock_skew"],
  });
  assert.equal(await page.locator(".timeline .sent.out").count(), 1);
  await page.locator("#limits summary").click();
  const typed = await after(page, () => page.locator("#typed-now").fill("2023-11-14T22:13:30Z"));
  assert.equal(typed.title, "Verified");
  assert.equal(await page.locator(".timeline .sent.in").count(), 1);
  await close();
});

test("the signature is computed, and shown only when asked for", async () => {
  const { page, close } = await open();
  await example(page, "github", "trailing-newline");
  const hidden = await page.locator("#panels").innerText();
  await after(page, () =>
    page.getByRole("button", { name: "Reveal the computed signature" }).click(),
  );
  const secret = await page.locator("#secret").inputValue();
  await page.locator("#by-field summary").click();
  const body = await page.locator("#body").inputValue();
  const expected = createHmac("sha256", secret).update(body).digest("hex");
  assert.ok(!hidden.includes(expected));
  assert.ok((await page.locator("#panels").textContent()).includes(expected));
  await close();
});

test("HMAC is drawn with the visitor's bytes", async () => {
  const { page, close } = await open();
  await example(page, "github");
  await page.locator(".maths summary").click();
  assert.equal(await page.locator(".drawn > li").count(), 6);
  const secret = await page.locator("#secret").inputValue();
  const inner = Array.from(Buffer.from(secret), (byte) =>
    (byte ^ 0x36).toString(16).padStart(2, "0"),
  );
  const cells = () => page.locator(".drawn > li").nth(1).locator(".cells span").allTextContents();
  assert.ok(!(await cells()).join("").includes(inner.slice(0, 4).join("")));
  await after(page, () => page.getByRole("button", { name: "with the bytes of my key" }).click());
  assert.ok((await cells()).join("").startsWith(inner.slice(0, 16).join("")));
  const signature = createHmac("sha256", secret)
    .update(await page.locator("#body").inputValue())
    .digest("hex");
  assert.equal(await page.locator(".drawn > li").last().locator(".mono").textContent(), signature);
  await close();
});

test("a scheme of one's own verifies what it signs, and a broken one is told", async () => {
  const { page, close } = await open();
  await page.locator("#own-scheme").click();
  const time = Math.floor(Date.now() / 1000);
  const tag = createHmac("sha256", SECRET).update(`${time}.${BODY}`).digest("hex");
  await page.locator("#secret").fill(SECRET);
  const own = await after(page, () =>
    paste(
      page,
      "#paste",
      `POST / HTTP/1.1\nHost: a\nAcme-Signature: t=${time},v1=${tag}\n\n${BODY}`,
    ),
  );
  assert.equal(own.title, "Verified");
  assert.match(await page.locator("#code").textContent(), /Scheme\.fromToml/);
  const broken = await after(page, () =>
    page.locator("#toml").fill('name = "acme"\nsigned = "{bod"\n'),
  );
  assert.equal(broken.title, "This scheme does not hold together");
  await close();
});

test("the code is of this configuration, in three languages, without the secret", async () => {
  const { page, close } = await open();
  await example(page, "square");
  const texts = [];
  for (const name of ["Node", "Python", "Rust"]) {
    await page.getByRole("tab", { name }).click();
    texts.push(await page.locator("#code").textContent());
  }
  const secret = await page.locator("#secret").inputValue();
  const url = await page.locator("#url").inputValue();
  for (const text of texts) {
    assert.ok(text.includes("SQUARE_WEBHOOK_SECRET"));
    assert.ok(text.includes(JSON.stringify(new URL(url).origin)));
    assert.ok(!text.includes(secret));
  }
  assert.match(texts[2], /providers::SQUARE/);
  await close();
});

test("what is pasted and is no request is told, and leaves the fields alone", async () => {
  const { page, close } = await open();
  await example(page, "github");
  const before = await verdict(page);
  await page.locator("#paste").fill("hello");
  await page.getByText("Not read:").waitFor();
  assert.deepEqual(await verdict(page), before);
  await close();
});

test("an example is in the box as raw HTTP, and read again when it is changed there", async () => {
  const { page, close } = await open();
  for (const name of ["stripe", "github", "slack", "standard-webhooks", "shopify"]) {
    await example(page, name);
    const text = await page.locator("#paste").inputValue();
    const same = await after(page, () => page.locator("#paste").fill(`${text} `));
    assert.deepEqual(same.causes, ["body_trailing_bytes"], name);
    const back = await after(page, () => page.locator("#paste").fill(text));
    assert.equal(back.title, "Verified", name);
  }
  await close();
});
