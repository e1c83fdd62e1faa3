import helper from "./http.cjs";

export const { BodyConsumedError, Receiver, webhook } = helper;
