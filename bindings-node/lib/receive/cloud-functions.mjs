import helper from "./cloud-functions.cjs";

export const { BodyConsumedError, Receiver, webhook } = helper;
