export * from "./lambda.js";
