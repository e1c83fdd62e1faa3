// A browser with the page in it, and what happened on the way: requests, errors, violations.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { server } from "../scripts/serve.mjs";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const SHOTS = fileURLToPath(new URL("../screenshots/", import.meta.url));
const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";

let browser;
const listening = new Map();

export async function origin(options = {}) {
  const key = JSON.stringify(options);
  if (!listening.has(key)) {
    const made = server(options.isAbove ? join(DIST, "..") : DIST, options);
    made.asked = [];
    made.on("request", ({ url }) => made.asked.push(url));
    await new Promise((resolve) => made.listen(0, "127.0.0.1", resolve));
    listening.set(key, made);
  }
  return `http://localhost:${listening.get(key).address().port}`;
}

/** What the server was asked for, by whomever. */
export function asked(options = {}) {
  return listening.get(JSON.stringify(options)).asked;
}

/** Ends a server, as a network that is gone. */
export async function unplug(options = {}) {
  const made = listening.get(JSON.stringify(options));
  made.closeAllConnections();
  await new Promise((resolve) => made.close(resolve));
  listening.delete(JSON.stringify(options));
}

export async function launch() {
  browser ??= await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  return browser;
}

export async function stop() {
  await browser?.close();
  for (const made of listening.values()) {
    made.closeAllConnections();
    made.close();
  }
}

/** The page, opened and ready. Each has a context of its own. */
export async function open({
  width = 1280,
  height = 900,
  scheme = "light",
  at = "/",
  server: options = {},
} = {}) {
  const context = await (
    await launch()
  ).newContext({
    viewport: { width, height },
    colorScheme: scheme,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const seen = { errors: [] };
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      seen.errors.push(message.text());
  });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(event.violatedDirective);
    });
  });
  const base = await origin(options);
  await page.goto(`${base}${at}`);
  await page.waitForSelector("body[data-ready]");
  return { page, context, seen, base, close: () => context.close() };
}

/** Waits until what was given last is judged. */
export async function told(page) {
  await page.waitForFunction(() => document.body.dataset.state === "told");
}

/** Opens an example of a provider. */
export async function example(page, provider, fault = "genuine") {
  await page.locator("#clear").click();
  await page.locator("#every").evaluate((it) => (it.open = true));
  await page.locator("#every .chips").getByRole("button", { name: provider, exact: true }).click();
  await told(page);
  if (fault === "genuine") return;
  await page.evaluate(() => (document.body.dataset.state = "test"));
  await page.locator(`#more-examples [data-fault="${fault}"]`).click();
  await told(page);
}

/** Puts a text into a field as a person does: by the clipboard. */
export async function paste(page, selector, text) {
  await page.evaluate((it) => navigator.clipboard.writeText(it), text);
  await page.locator(selector).focus();
  await page.keyboard.press("Control+V");
}

/** What is judged after something was done: not what was told before. */
export async function after(page, act) {
  await page.evaluate(() => (document.body.dataset.state = "test"));
  await act();
  await told(page);
  return verdict(page);
}

export async function verdict(page) {
  const title = await page.locator("#verdict-title").textContent();
  const code = await page.locator(".code code").allTextContents();
  const causes = await page.locator(".cause .kind code").allTextContents();
  return { title, code: code[0], causes };
}

export async function shot(page, name, fullPage = true) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png`, fullPage });
}
