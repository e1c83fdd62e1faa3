// Keeps what is refused: node keep-refused.mjs

import { writeFileSync } from "node:fs";

import express from "express";
import { Receiver, webhook } from "hookseal/express";

const stripe = new Receiver("stripe", {
  secretEnv: "STRIPE_WEBHOOK_SECRET",
  onRefused: (code, capture) => writeFileSync("refused.json", JSON.stringify(capture)),
});
const app = express();

app.post(
  "/stripe",
  webhook(stripe, (delivery) => console.log(delivery.eventId)),
);

app.listen(Number(process.env.PORT ?? 3000));
