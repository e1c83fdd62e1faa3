import helper from "./lambda.cjs";

export const { BodyConsumedError, Receiver, webhook } = helper;
