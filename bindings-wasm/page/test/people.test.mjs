// For everybody: keyboard, screen reader, phone and wide screen, light and dark, long bodies.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after as afterAll, test } from "node:test";

import { after, example, open, paste, shot, stop, told, verdict } from "./browser.mjs";

afterAll(stop);

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violationsOf(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
}

async function isScrolledSideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}

async function openAll(page) {
  await page.evaluate(() => {
    for (const it of document.querySelectorAll("details")) it.open = true;
  });
}

for (const scheme of ["light", "dark"]) {
  for (const [width, height] of [
    [360, 740],
    [1280, 900],
  ]) {
    test(`${width} px, ${scheme}: nothing overflows, and axe finds nothing`, async () => {
      const { page, seen, close } = await open({ width, height, scheme });
      const name = (what) => `${what}-${width}-${scheme}`;
      assert.equal(await isScrolledSideways(page), false);
      assert.deepEqual(await violationsOf(page), []);
      await shot(page, name("empty"));
      for (const [provider, fault] of [
        ["stripe", "reserialised-json"],
        ["slack", "late-replay"],
        ["standard-webhooks", "genuine"],
        ["gitlab-shared-token", "genuine"],
        ["discord", "changed-body"],
      ]) {
        await example(page, provider, fault);
        await shot(page, name(`${provider}-${fault}`));
        await openAll(page);
        assert.equal(await isScrolledSideways(page), false, provider);
        assert.deepEqual(await violationsOf(page), [], provider);
      }
      await page.locator("#show-secret").click();
      await after(page, () => page.locator("#secret").fill(""));
      assert.deepEqual(await violationsOf(page), []);
      const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(dark, scheme === "dark" ? "rgb(20, 21, 26)" : "rgb(250, 249, 247)");
      assert.deepEqual(seen.errors, []);
      await close();
    });
  }
}

test("axe finds what is wrong: the control", async () => {
  const { page, close } = await open();
  await page.evaluate(() => document.body.append(document.createElement("input")));
  const found = await violationsOf(page);
  assert.ok(
    found.some((it) => it.startsWith("label:")),
    found.join(),
  );
  await close();
});

test("something too wide is found: the control", async () => {
  const { page, close } = await open({ width: 360 });
  await page.evaluate(() => {
    const wide = document.createElement("pre");
    wide.textContent = "x".repeat(500);
    wide.style.overflowWrap = "normal";
    document.body.append(wide);
  });
  assert.equal(await isScrolledSideways(page), true);
  await close();
});

test("the theme can be chosen", async () => {
  const { page, close } = await open({ scheme: "light" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator("#theme").click();
  assert.equal(await paper(), light);
  await page.locator("#theme").click();
  assert.notEqual(await paper(), light);
  await close();
});

async function focused(page) {
  return page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
}

async function tabTo(page, id) {
  for (let steps = 0; steps < 80; steps += 1) {
    if ((await focused(page)) === id) {
      const outline = await page.evaluate(
        () => getComputedStyle(document.activeElement).outlineStyle,
      );
      assert.notEqual(outline, "none", `${id} does not show its focus`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`${id} is not reached by Tab; at ${await focused(page)}`);
}

test("by keyboard alone: a request, a secret, another provider, the code", async () => {
  const { page, close } = await open();
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to the verdict");
  const secret = "a secret of the keyboard";
  const tag = createHmac("sha256", secret).update("{}").digest("hex");
  await tabTo(page, "paste");
  await page.keyboard.type(`POST / HTTP/1.1\nHost: a\nX-Hub-Signature-256: sha256=${tag}\n\n{} `, {
    delay: 1,
  });
  await tabTo(page, "secret");
  await page.keyboard.type(secret);
  await page.locator(".cause").waitFor();
  assert.deepEqual((await verdict(page)).causes, ["body_trailing_bytes"]);
  assert.match(await page.locator("#said").textContent(), /^Refused: /);

  await tabTo(page, "provider");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("stan");
  await page.keyboard.press("ArrowDown");
  const active = await page.locator("#provider").getAttribute("aria-activedescendant");
  const second = await page.locator(`#${active}`).getAttribute("data-name");
  await after(page, () => page.keyboard.press("Enter"));
  assert.equal(await page.locator("#provider").inputValue(), second);
  assert.match(second, /^standard-webhooks/);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("#provider-list").isVisible(), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#provider-list").isVisible(), false);

  await tabTo(page, "code-node");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(page), "code-python");
  assert.match(await page.locator("#code").textContent(), /^import os/);
  await close();
});

test("an example by keyboard alone", async () => {
  const { page, close } = await open();
  for (let steps = 0; steps < 40; steps += 1) {
    const isButton = await page.evaluate(() => document.activeElement.localName === "button");
    if (isButton && /newline crept/.test(await focused(page))) break;
    await page.keyboard.press("Tab");
  }
  const found = await after(page, () => page.keyboard.press("Enter"));
  assert.deepEqual(found.causes, ["body_trailing_bytes"]);
  await close();
});

/** The longest that the page does not draw, in milliseconds, while something is done. */
async function longestPause(page, act) {
  await page.evaluate(() => {
    globalThis.pauses = [];
    let last = performance.now();
    const frame = (now) => {
      globalThis.pauses.push(now - last);
      last = now;
      globalThis.watching = requestAnimationFrame(frame);
    };
    globalThis.watching = requestAnimationFrame(frame);
  });
  await act();
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    cancelAnimationFrame(globalThis.watching);
    return Math.max(...globalThis.pauses);
  });
}

// Two cores, shared with whatever else runs: a person at a quiet machine waits much less.
const LONGEST_PAUSE = 700;

test("a body of 1 MiB: typing goes on while it is judged, and its cause is found", async () => {
  const { page, seen, close } = await open();
  const secret = "a secret for a long body";
  const body = JSON.stringify({ data: "é\n".repeat(2 ** 18) });
  assert.ok(Buffer.byteLength(body) >= 2 ** 20);
  const tag = createHmac("sha256", secret).update(body).digest("hex");
  const request = `POST / HTTP/1.1\nHost: a\nX-Hub-Signature-256: sha256=${tag}\n\n${body}\n`;
  const pause = await longestPause(page, async () => {
    await paste(page, "#paste", request);
    await page.locator("#secret").pressSequentially(secret, { delay: 25 });
    await page.locator(".cause").waitFor({ timeout: 120_000 });
    await told(page);
  });
  assert.ok(pause < LONGEST_PAUSE, `${Math.round(pause)} ms`);
  assert.equal(await page.locator("#secret").inputValue(), secret);
  await page.waitForFunction(
    () => document.querySelector(".cause .kind code")?.textContent === "body_trailing_bytes",
    undefined,
    { timeout: 120_000 },
  );
  console.log(`longest pause with 1 MiB: ${Math.round(pause)} ms`);
  const blocked = await longestPause(page, () =>
    page.evaluate(() => {
      for (const start = performance.now(); performance.now() - start < 900;);
    }),
  );
  assert.ok(blocked > LONGEST_PAUSE, "a pause is not seen");
  assert.deepEqual(seen.errors, []);
  await close();
});
