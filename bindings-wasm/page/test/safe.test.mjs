// Nothing leaves the tab: no request after load, a policy that holds, no trace of the secret.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after as afterAll, test } from "node:test";

import { after, asked, example, open, stop, told, unplug, verdict } from "./browser.mjs";

afterAll(stop);

const SECRET = "whsec_canary_9f0c1b7a5d3e4f60";

// A host that sends the policy as a header, and one that cannot.
for (const options of [{}, { plain: true }]) {
  const where = options.plain ? "without headers" : "with headers";

  test(`no request after load, ${where}`, async () => {
    const { page, seen, close } = await open({ server: options });
    assert.ok(asked(options).length > 0, "the server counts nothing");
    asked(options).length = 0;
    await example(page, "stripe", "reserialised-json");
    await after(page, () => page.locator("#secret").fill(SECRET));
    await page.locator(".maths summary").click();
    await after(page, () => page.getByRole("button", { name: "Reveal the computed" }).click());
    await page.getByRole("button", { name: "Copy the link" }).click();
    await page.waitForTimeout(300);
    assert.deepEqual(asked(options), []);
    assert.deepEqual(seen.errors, []);
    assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
    await close();
  });

  test(`what is injected cannot send, ${where}`, async () => {
    const other = await listener();
    const { page, base, close } = await open({ server: options });
    asked(options).length = 0;
    for (const url of [`${base}/icon.svg?own`, `${other.url}/page`]) {
      assert.equal(await page.evaluate(send, url), "refused");
    }
    const [violation] = await page.evaluate(() => globalThis.violations);
    assert.equal(violation, "connect-src");
    await page.evaluate((url) => {
      document.body.append(Object.assign(new Image(), { src: `${url}/image` }));
      navigator.sendBeacon(`${url}/beacon`, "x");
    }, other.url);

    const [worker] = page.workers();
    assert.equal(
      await worker.evaluate(() => typeof fetch + typeof XMLHttpRequest),
      "undefinedundefined",
    );
    for (const url of [`${other.url}/module.js`, `${base}/none.js`]) {
      const imported = await worker.evaluate(
        (it) =>
          import(it).then(
            () => "sent",
            () => "refused",
          ),
        url,
      );
      assert.equal(imported, "refused");
    }
    await page.waitForTimeout(300);
    assert.deepEqual(other.asked, []);
    assert.deepEqual(asked(options), []);

    // The control: a page without the policy does send.
    const free = await page.context().newPage();
    await free.goto(`${other.url}/free`);
    assert.equal(await free.evaluate(send, `${other.url}/sent`), "sent");
    assert.ok(other.asked.includes("/sent"));
    other.close();
    await close();
  });
}

function send(url) {
  return fetch(url).then(
    () => "sent",
    () => "refused",
  );
}

function listener() {
  const asked = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/html" });
    response.end("");
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ asked, close, url: `http://localhost:${server.address().port}` });
    });
  });
}

test("the page works without its server, once it was loaded", async () => {
  const options = { own: "offline" };
  const { page, seen, close } = await open({ server: options });
  await unplug(options);
  await page.reload();
  await page.waitForSelector("body[data-ready]");
  await example(page, "github", "trailing-newline");
  assert.deepEqual((await verdict(page)).causes, ["body_trailing_bytes"]);
  assert.deepEqual(seen.errors, []);
  await close();
});

test("it works from any folder, also offline", async () => {
  const options = { plain: true, isAbove: true };
  const { page, seen, close } = await open({ server: options, at: "/dist/" });
  await example(page, "github");
  await unplug(options);
  await page.reload();
  await page.waitForSelector("body[data-ready]");
  await example(page, "stripe");
  assert.equal((await verdict(page)).title, "Verified");
  assert.deepEqual(seen.errors, []);
  await close();
});

test("it can be installed", async () => {
  const { page, base, close } = await open();
  const response = await fetch(`${base}/manifest.webmanifest`);
  const manifest = await response.json();
  assert.equal(manifest.display, "standalone");
  const icon = await fetch(new URL(manifest.icons[0].src, base));
  assert.equal(icon.headers.get("content-type"), "image/svg+xml");
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  const ids = installabilityErrors.map(({ errorId }) => errorId);
  assert.deepEqual(
    ids.filter((id) => id !== "in-incognito"),
    [],
  );
  await close();
});

async function traces(page, secret) {
  return page.evaluate(async (it) => {
    const caches = await globalThis.caches.keys();
    const found = {
      text: document.documentElement.outerHTML.includes(it),
      address: location.href.includes(it) || location.href.includes(encodeURIComponent(it)),
      local: JSON.stringify({ ...localStorage }).includes(it),
      session: JSON.stringify({ ...sessionStorage }).includes(it),
      link: document.getElementById("share-link").value.includes(it),
      databases: (await indexedDB.databases()).length > 0,
      cookie: document.cookie !== "",
      caches: caches.length > 1,
    };
    return Object.keys(found).filter((key) => found[key]);
  }, secret);
}

test("the secret is in no text, no storage, no address, no link", async () => {
  const { page, base, close } = await open();
  for (const name of ["stripe", "gitlab-shared-token", "twilio", "standard-webhooks"]) {
    await example(page, name);
    await page.locator("#share-request").check();
    const secret = await page.locator("#secret").inputValue();
    assert.ok(secret.length > 4, name);
    assert.deepEqual(await traces(page, secret), [], name);
    const link = await page.locator("#share-link").inputValue();
    const plain = Buffer.from(new URL(link).hash.slice(1), "base64url").toString();
    assert.ok(plain.includes(`"provider":"${name}"`), plain);
    assert.ok(!plain.includes(secret), plain);
  }
  // The control.
  await page.evaluate((it) => document.body.append(it), SECRET);
  assert.deepEqual(await traces(page, SECRET), ["text"]);
  assert.ok(base.startsWith("http://localhost"));
  await close();
});

test("a link carries the settings; the request only when that is ticked", async () => {
  const { page, close } = await open();
  await example(page, "github", "trailing-newline");
  await page.locator("#framework").selectOption("django");
  await told(page);
  const bare = new URL(await page.locator("#share-link").inputValue());
  const settings = JSON.parse(Buffer.from(bare.hash.slice(1), "base64url"));
  assert.deepEqual(settings, { provider: "github", framework: "django" });

  await page.locator("#share-request").check();
  const full = new URL(await page.locator("#share-link").inputValue());
  const secret = await page.locator("#secret").inputValue();
  const other = await open({ at: `/${full.hash}` });
  assert.equal(await other.page.locator("#framework").inputValue(), "django");
  assert.equal(await other.page.locator("#secret").inputValue(), "");
  await after(other.page, () => other.page.locator("#secret").fill(secret));
  assert.deepEqual((await verdict(other.page)).causes, ["body_trailing_bytes"]);
  await other.close();
  await close();
});

test("a link that is none, or is made to harm, opens the page as it is", async () => {
  const evil = {
    provider: "<img src=x onerror=alert(1)>",
    headers: [["a", 1], "x"],
    body: 7,
    x: {},
  };
  const hash = Buffer.from(JSON.stringify(evil)).toString("base64url");
  for (const at of ["/#privacy", "/#%%%", `/#${hash}`]) {
    const { page, seen, close } = await open({ at });
    assert.equal(await page.locator("#headers").inputValue(), "");
    assert.equal(await page.locator("img[src=x]").count(), 0);
    assert.deepEqual(seen.errors, []);
    await close();
  }
});
