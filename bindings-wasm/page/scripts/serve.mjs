// Serves the built page on loopback, with the headers that its `_headers` file asks for.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** A server of the folder; with `plain` it sends no policy, as a host that cannot. */
export function server(folder, { plain = false } = {}) {
  const headers = plain ? new Map() : policies(folder);
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const type = TYPES[extname(path)];
    try {
      if (type === undefined) throw new Error("not served");
      const content = await readFile(join(folder, normalize(path)));
      const policy = headers.get(pathname);
      response.writeHead(200, {
        "content-type": type,
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
        ...(policy === undefined ? {} : { "content-security-policy": policy }),
      });
      response.end(content);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    }
  });
}

function policies(folder) {
  const text = readFileSync(join(folder, "_headers"), "utf8");
  const rules = text.matchAll(/^(\/\S*)\n {2}Content-Security-Policy: (.*)$/gm);
  return new Map(Array.from(rules, ([, path, value]) => [path, value]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("../dist", import.meta.url));
  const port = Number(process.env.PORT ?? 8080);
  server(folder).listen(port, "127.0.0.1", () => {
    console.log(`The page is at http://localhost:${port}/ (Ctrl-C ends it)`);
  });
}
