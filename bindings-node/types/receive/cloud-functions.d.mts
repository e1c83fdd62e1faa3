export * from "./cloud-functions.js";
