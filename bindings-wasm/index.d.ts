export * from "./types/index.js";
export { BodyConsumedError, Receiver, verifyRequest, webhook } from "./types/receive/web.js";
export type { Connection, RequestOptions } from "./types/receive/web.js";
export type { ReceiverOptions } from "./types/receive/index.js";
