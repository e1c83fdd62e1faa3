"use strict";

// What makes a delivery verify: its headers, for most providers.

const { captureOf } = require("../capture.cjs");
const { PLACES } = require("../facts.cjs");
const { placeIn, signatureOf } = require("../outgoing.cjs");
const { deliveryOf, schemeOfArgs, secretsOf } = require("./input.cjs");
const { Failure, show, showJson } = require("./output.cjs");

// Prints what is added to the delivery, or the whole of it.
function run(args) {
  const [scheme, secrets] = [schemeOfArgs(args), secretsOf(args)];
  const { eventId, now } = args;
  check(scheme, secrets, eventId);
  const delivery = deliveryOf(args);
  const options = { dangerWeakSecret: args.allowWeakSecret };
  const made = signatureOf(scheme, secrets[0], { ...delivery, eventId, now }, options);
  if (args.whole) showJson(captureOf(whole(delivery, made)));
  else if (args.json) showJson(pairs(made));
  else show(lines(made));
  return 0;
}

function check({ algorithm }, secrets, eventId) {
  if (secrets.length !== 1) {
    throw new Failure("a delivery is signed with one secret: give one only");
  }
  if (algorithm === "shared-token") {
    throw new Failure(
      "this provider sends the secret itself in place of a signature, and a secret is never printed",
    );
  }
  if (eventId !== undefined && !/^[ -~]+$/.test(eventId)) {
    throw new Failure("an event id in a header is plain ASCII text, and not empty");
  }
}

function pairs({ headers, elsewhere }) {
  const added = Object.entries(headers);
  if (elsewhere === undefined) return added;
  return [...added, [elsewhere.name, elsewhere.value, elsewhere.place]];
}

function lines({ headers, elsewhere }) {
  const texts = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  if (elsewhere !== undefined) {
    const place = `${PLACES[elsewhere.place]} ${elsewhere.name}`.trimEnd();
    texts.push(`${place}: ${elsewhere.value}\n`);
  }
  return texts.join("");
}

// The delivery as `--request` reads it. What was there in the place of what is added goes.
function whole({ method, url, headers, body }, { headers: added, elsewhere }) {
  const names = new Set(Object.keys(added).map((name) => name.toLowerCase()));
  const kept = headers.filter(([name]) => !names.has(name.toLowerCase()));
  const placed = elsewhere === undefined ? { url, body } : placeIn(elsewhere, url, body);
  return { method, headers: [...kept, ...Object.entries(added)], ...placed };
}

module.exports = { run };
