// Why was it refused? node explain-refused.mjs, which logs a report for every refusal

import { createServer } from "node:http";

import { explain } from "hookseal";
import { Receiver, webhook } from "hookseal/http";

const stripe = new Receiver("stripe", {
  secretEnv: "STRIPE_WEBHOOK_SECRET",
  onRefused(code, capture) {
    const { report } = explain("stripe", process.env.STRIPE_WEBHOOK_SECRET ?? "", capture);
    console.warn(code, report);
  },
});

// A handler that takes the delivery alone has it acknowledged.
const paid = webhook(stripe, (delivery) => console.log("took", delivery.eventId));
createServer(paid).listen(Number(process.env.PORT ?? 3000));
