// Keeps the files of the page, and answers for nothing else: a request of the page for any other
// file is refused before it leaves.

declare const FILES: readonly string[];
declare const VERSION: string;
declare const POLICY: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const NAME = `hookseal-page-${VERSION}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  event.respondWith(answer(event.request));
});

async function keep(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
}

async function forget(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("hookseal-page-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const isPage = request.mode === "navigate";
  const kept = await cache.match(isPage ? "./" : request, { ignoreSearch: true });
  if (kept === undefined) return Response.error();
  const headers = new Headers(kept.headers);
  headers.set("content-security-policy", POLICY);
  return new Response(kept.body, { status: kept.status, headers });
}
