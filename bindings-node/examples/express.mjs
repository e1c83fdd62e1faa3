// Express 4 and 5: node express.mjs

import express from "express";
import { Receiver, webhook } from "hookseal/express";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });
const app = express();

app.post(
  "/stripe",
  webhook(stripe, (delivery, request, response) => {
    console.log(delivery.json());
    response.send(`took ${delivery.eventId}, ${delivery.eventType}`);
  }),
);

app.use(express.json()); // below: it would use up the raw body
app.listen(Number(process.env.PORT ?? 3000));
