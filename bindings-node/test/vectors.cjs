"use strict";

// The vectors of the core, and what a package makes of them.

const assert = require("node:assert/strict");
const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const FOLDER = join(__dirname, "../../core/vectors");

// `COUNTS` has the number of every imported file. Of the generated ones that many were there when
// this was written, and each new row adds some.
const GENERATED = 6045;

function filesOf(folder) {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}

const imported = filesOf(FOLDER);
const files = [...imported, ...filesOf(join(FOLDER, "generated"))];

function countsInTree() {
  return readFileSync(join(FOLDER, "COUNTS"), "utf8").trimEnd();
}

function bodyOf(test) {
  if (test.body_base64 !== undefined) return Buffer.from(test.body_base64, "base64");
  return Buffer.from(test.body);
}

// As Node decodes what came over the wire.
function headersOf(test) {
  return test.headers.map(([name, value]) => [name, Buffer.from(value).toString("latin1")]);
}

function requestOf(test) {
  const { url, method, now } = test;
  return { body: bodyOf(test), headers: headersOf(test), url, method, now: new Date(now * 1000) };
}

function optionsOf(test) {
  return { dangerWeakSecret: test.allow_weak_secret === true, bodyLimit: test.body_limit };
}

// What a delivery says of all that a test can speak of.
function verdict(hookseal, scheme, test) {
  const request = requestOf(test);
  let delivery;
  try {
    delivery = new hookseal.Verifier(scheme, test.secrets, optionsOf(test)).verify(request);
  } catch (error) {
    assert.ok(
      error instanceof hookseal.VerificationError || error instanceof hookseal.SecretError,
      error,
    );
    return { expect: error.code };
  }
  assert.deepEqual(delivery.dangerUnsignedBody, request.body);
  if (delivery.bound.body === "whole") assert.deepEqual(delivery.body, request.body);
  else assert.throws(() => delivery.body, hookseal.BodyUnsignedError);
  assert.equal(delivery.scheme, scheme);
  return {
    expect: "verified",
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    replay_key: delivery.replayKey("vectors").toString("hex"),
    secret_index: delivery.secretIndex,
    sent_at_ms: delivery.sentAt?.getTime(),
  };
}

// Runs all; gives how many ran.
function run(hookseal) {
  const counts = imported.map(({ scheme, tests }) => `${scheme} ${tests.length}`);
  assert.deepEqual(counts.sort(), countsInTree().split("\n").sort());
  let ran = 0;
  for (const { scheme, tests } of files) {
    for (const test of tests) {
      const got = verdict(hookseal, scheme, test);
      for (const [key, value] of Object.entries(got)) {
        if (key in test) assert.equal(value, test[key], `${scheme}#${test.id} ${key}`);
      }
      ran += 1;
    }
  }
  const inTree = countsInTree()
    .split("\n")
    .reduce((sum, line) => sum + Number(line.split(" ")[1]), 0);
  assert.ok(ran >= inTree + GENERATED, `only ${ran} ran`);
  return ran;
}

module.exports = { bodyOf, files, headersOf, requestOf, run };
