import helper from "./nest.cjs";

export const { BodyConsumedError, Receiver, WebhookGuard, deliveryOf } = helper;
