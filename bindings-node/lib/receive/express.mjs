import helper from "./express.cjs";

export const { BodyConsumedError, Receiver, webhook } = helper;
