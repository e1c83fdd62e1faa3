// Express, each delivery handled once: node claims.mjs

import express from "express";
import { PostgresClaims } from "hookseal/claims";
import { Receiver, webhook } from "hookseal/express";
import pg from "pg";

const pool = new pg.Pool(); // your own: the variables PGHOST, PGDATABASE, … say where
const claims = await new PostgresClaims(pool).setup();
const stripe = new Receiver("stripe", {
  secretEnv: "STRIPE_WEBHOOK_SECRET",
  claims,
});
const app = express();

app.post(
  "/stripe",
  webhook(stripe, async (delivery, request, response) => {
    console.log(delivery.json());
    response.send(`took ${delivery.eventId}, ${delivery.eventType}`);
  }),
);

app.listen(Number(process.env.PORT ?? 3000));
