// The server of Node itself: node http.mjs

import { createServer } from "node:http";

import { Receiver, webhook } from "hookseal/http";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });

const paid = webhook(stripe, (delivery, request, response) => {
  console.log(delivery.json());
  response.end(`took ${delivery.eventId}, ${delivery.eventType}`);
});

const server = createServer((request, response) => {
  if (request.url === "/stripe") return paid(request, response);
  response.writeHead(404).end();
});
server.listen(Number(process.env.PORT ?? 3000));
