// Handled once: stores that know which deliveries were handled.

export type * from "./claims/clients.js";
export * from "./claims/inbox.js";
export type * from "./claims/outcomes.js";
export * from "./claims/stores.js";
