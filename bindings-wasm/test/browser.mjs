// Real Chromium, and a server on loopback that hands out one folder.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html", ".mjs": "text/javascript", ".js": "text/javascript" };

// Nothing may be requested but scripts, and those from here.
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'; base-uri 'none'";

async function answer(folder, { url }, response) {
  const { pathname } = new URL(url, "http://localhost");
  const type = TYPES[extname(pathname)];
  try {
    const body = pathname === "/" ? "<!doctype html>" : await readFile(join(folder, pathname));
    response.setHeader("content-type", pathname === "/" ? TYPES[".html"] : (type ?? "text/plain"));
    response.setHeader("content-security-policy", POLICY);
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

// Calls `use` with a page at a path of the folder; gives what was requested, and fails where the page
// has an error.
export async function visit(folder, path, use) {
  const server = createServer((request, response) => void answer(folder, request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const requested = [];
    const errors = [];
    page.on("request", (request) => requested.push(request.url().replace(origin, "")));
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (it) => it.type() === "error" && errors.push(it.text()));
    await page.goto(origin + path);
    await use(page);
    if (errors.length > 0) throw new Error(errors.join("\n"));
    return requested.filter((it) => it !== "/favicon.ico");
  } finally {
    await browser.close();
    server.close();
  }
}
