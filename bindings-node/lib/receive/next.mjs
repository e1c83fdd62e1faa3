import helper from "./next.cjs";

export const { BodyConsumedError, Receiver, webhook } = helper;
