import helper from "./index.cjs";

export const { BODY_LIMIT, BodyConsumedError, Receiver } = helper;
