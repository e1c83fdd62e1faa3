// NestJS: tsc nest.mts --module nodenext --experimentalDecorators --emitDecoratorMetadata

import "reflect-metadata";

import { Controller, HttpCode, Module, Post, Req, UseGuards } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Receiver, WebhookGuard, deliveryOf } from "hookseal/nest";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });

@Controller("stripe")
class StripeController {
  @Post()
  @HttpCode(200)
  @UseGuards(new WebhookGuard(stripe))
  paid(@Req() request: object) {
    const delivery = deliveryOf(request);
    console.log(delivery.json());
    return `took ${delivery.eventId}, ${delivery.eventType}`;
  }
}

@Module({ controllers: [StripeController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { rawBody: true, logger: ["error", "warn"] });
await app.listen(process.env["PORT"] ?? 3000);
