import helper from "./web.cjs";

export const { BodyConsumedError, Receiver, verifyRequest, webhook } = helper;
