"use strict";

// Why a delivery is refused.

const { SchemeError, SecretError } = require("../errors.cjs");
const { Verifier, explain } = require("../verifier.cjs");
const { deliveryOf, requestOf, schemeOfArgs, secretFile, secretsOf } = require("./input.cjs");
const { isColoured, show, showJson, warn } = require("./output.cjs");
const { optionsOf } = require("./verify.cjs");

// Prints the explanation; 0 where the delivery verifies, 2 where the secret is at fault.
function run(args) {
  const [scheme, secrets, options] = [schemeOfArgs(args), secretsOf(args), optionsOf(args)];
  const { otherSecretFile: others = [], framework, dangerShowExpected = false } = args;
  const otherSecrets = others.map((path) => secretFile(path, "other-secret-file"));
  const shown = { showContent: !args.json, showColours: isColoured(), dangerShowExpected };
  const request = { ...requestOf(deliveryOf(args), args.now), otherSecrets, framework, ...shown };
  const explanation = explain(scheme, secrets, request, options);
  const { report, ...told } = explanation;
  if (args.json) showJson(told);
  else show(report);
  if (dangerShowExpected) showExpected(explanation.expected);
  if (told.verdict === "verified") return 0;
  return isUsable(scheme, secrets, options) ? 1 : 2;
}

// On standard error, so that it stays out of what is piped on.
function showExpected(expected) {
  warn(
    expected === undefined
      ? "the signature that is expected cannot be made of this key and this delivery"
      : `DANGER, forges this delivery: ${expected}`,
  );
}

function isUsable(scheme, secrets, options) {
  try {
    return new Verifier(scheme, secrets, options) instanceof Verifier;
  } catch (error) {
    if (error instanceof SecretError || error instanceof SchemeError) return false;
    throw error;
  }
}

module.exports = { run };
