import helper from "./fastify.cjs";

export const { BodyConsumedError, Receiver, webhook } = helper;
