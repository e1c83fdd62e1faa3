// The CommonJS modules, so that a class is one class however it is imported.
import testing from "./index.cjs";

export const { SignedDelivery, secretFor, signDelivery } = testing;
