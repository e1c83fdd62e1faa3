// Google Cloud Functions: npx functions-framework --source=cloud-functions.mjs --target=stripe

import functions from "@google-cloud/functions-framework";
import { Receiver, webhook } from "hookseal/cloud-functions";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });

functions.http(
  "stripe",
  webhook(stripe, (delivery, request, response) => {
    console.log(delivery.json());
    response.send(`took ${delivery.eventId}, ${delivery.eventType}`);
  }),
);
