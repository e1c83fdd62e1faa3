// Every provider's example, opened in the page.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { open, stop, told, verdict } from "./browser.mjs";

after(stop);

const PROVIDERS = 304;

test("every provider's example opens at one click, and is verified", async () => {
  const { page, seen, close } = await open();
  await page.locator("#every").evaluate((it) => (it.open = true));
  const names = await page.locator("#every .chips button").allTextContents();
  assert.ok(names.length >= PROVIDERS);
  for (const [at, name] of names.entries()) {
    await page.evaluate(() => (document.body.dataset.state = "test"));
    await page
      .locator("#every .chips button")
      .nth(at)
      .evaluate((it) => it.click());
    await told(page);
    assert.equal((await verdict(page)).title, "Verified", name);
    assert.equal(await page.locator("#provider").inputValue(), name);
  }
  assert.deepEqual(seen.errors, []);
  await close();
});

test("each thing that can go wrong is told, at ten providers", async () => {
  const { page, seen, close } = await open();
  const names = ["stripe", "github", "slack", "shopify", "twilio", "square", "discord", "mailgun"];
  const causes = new Set();
  for (const name of [...names, "standard-webhooks", "gitlab-shared-token"]) {
    await page.locator("#every .chips").evaluate((it, name) => {
      document.body.dataset.state = "test";
      Array.from(it.children)
        .find(({ textContent }) => textContent === name)
        .click();
    }, name);
    await told(page);
    const faults = page.locator("#more-examples [data-fault]");
    for (let at = 1; at < (await faults.count()); at += 1) {
      await page.evaluate(() => (document.body.dataset.state = "test"));
      await faults.nth(at).evaluate((it) => it.click());
      await told(page);
      const found = await verdict(page);
      assert.equal(found.title, "Refused", `${name} ${at}`);
      causes.add(found.causes[0]);
    }
  }
  const wanted = [
    "body_reserialised",
    "body_trailing_bytes",
    "header_missing",
    "no_cause_found",
    "old_retry",
    "secret_of_another_endpoint",
    "secret_whitespace",
    "url_scheme",
  ];
  for (const cause of wanted) assert.ok(causes.has(cause), cause);
  assert.deepEqual(seen.errors, []);
  await close();
});
