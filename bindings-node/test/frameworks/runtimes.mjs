// Run by Bun and by Deno: the helper for Requests, under their own servers.

import { PUBLIC_MESSAGE, sign } from "hookseal";
import { Receiver, webhook } from "hookseal/web";

const SECRET = "whsec_test_9f0c1b7a5d3e4f60";
const codes = [];
const receiver = new Receiver("stripe", {
  secret: SECRET,
  bodyLimit: 1000,
  allowFrom: ["127.0.0.1", "::1"],
  onRefused: (code) => codes.push(code),
});

// What the servers call it with is not the same.
function connectionOf(request, more) {
  const peer = globalThis.Deno ? more.remoteAddr.hostname : more.requestIP(request).address;
  return { peer };
}

const take = webhook(receiver, (delivery) => new Response(delivery.eventId), connectionOf);

async function serve() {
  if (globalThis.Bun) {
    const server = globalThis.Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: take });
    return [server.port, () => server.stop(true)];
  }
  const options = { port: 0, hostname: "127.0.0.1", onListen: () => undefined };
  const server = globalThis.Deno.serve(options, take);
  return [server.addr.port, () => server.shutdown()];
}

const [port, stop] = await serve();

async function post(body, headers) {
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body, headers });
  return `${response.status} ${await response.text()}`;
}

function same(actual, expected) {
  if (actual !== expected) throw new Error(`${actual}, and not ${expected}`);
}

const bodyText = '{"id":"evt_1"}';
const { headers } = sign("stripe", SECRET, { bodyText });
same(await post(bodyText, headers), "200 evt_1");
same(await post(`${bodyText} `, headers), `401 ${PUBLIC_MESSAGE}`);
same(await post(" ".repeat(1001), headers), `413 ${PUBLIC_MESSAGE}`);
same(codes.join(), "signature_mismatch,body_too_large");
await stop();
console.log("a server of Requests");
