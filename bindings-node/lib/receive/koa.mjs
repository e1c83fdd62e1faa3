import helper from "./koa.cjs";

export const { BodyConsumedError, Receiver, webhook } = helper;
