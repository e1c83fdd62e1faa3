"use strict";

// What makes a delivery verify: its headers, for most providers.

const { PLACES } = require("../facts.cjs");
const { signWhole } = require("../verifier.cjs");
const { deliveryOf, schemeOfArgs, secretsOf } = require("./input.cjs");
const { Failure, show, showJson } = require("./output.cjs");

// Prints what is added to the delivery, or the whole of it.
function run(args) {
  const [scheme, secrets] = [schemeOfArgs(args), secretsOf(args)];
  const { eventId, now } = args;
  check(scheme, secrets);
  const delivery = deliveryOf(args);
  const options = { dangerWeakSecret: args.allowWeakSecret };
  const made = signWhole(scheme, secrets[0], { ...delivery, eventId, now }, options);
  if (args.whole) show(made.whole);
  else if (args.json) showJson(pairs(made));
  else show(lines(made));
  return 0;
}

function check({ algorithm }, secrets) {
  if (secrets.length !== 1) {
    throw new Failure("a delivery is signed with one secret: give one only");
  }
  if (algorithm === "shared-token") {
    throw new Failure(
      "this provider sends the secret itself in place of a signature, and a secret is never printed",
    );
  }
}

function pairs({ headers, elsewhere }) {
  const added = Object.entries(headers);
  if (elsewhere === undefined) return added;
  return [...added, elsewhere];
}

function lines({ headers, elsewhere }) {
  const texts = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  if (elsewhere !== undefined) {
    const [name, value, place] = elsewhere;
    texts.push(`${`${PLACES[place]} ${name}`.trimEnd()}: ${value}\n`);
  }
  return texts.join("");
}

module.exports = { run };
