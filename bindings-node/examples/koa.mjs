// Koa: node koa.mjs

import { Receiver, webhook } from "hookseal/koa";
import Koa from "koa";
import bodyParser from "koa-bodyparser";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });
const app = new Koa();

const paid = webhook(stripe, (delivery, ctx) => {
  console.log(delivery.json());
  ctx.body = `took ${delivery.eventId}, ${delivery.eventType}`;
});

app.use((ctx, next) => (ctx.path === "/stripe" ? paid(ctx, next) : next()));
app.use(bodyParser()); // below: it would use up the raw body
app.listen(Number(process.env.PORT ?? 3000));
