"use strict";

// One delivery, one verdict.

const { VerificationError } = require("../errors.cjs");
const { Verifier } = require("../verifier.cjs");
const { named, report, weakness } = require("./bound.cjs");
const { deliveryOf, requestOf, schemeOfArgs, secretsOf } = require("./input.cjs");
const { coloured, printable, show, showJson } = require("./output.cjs");

const HINTS = {
  missing_method: "give the method by --method",
  missing_url: "give the URL of the provider's settings by --url",
  missing_field: "give each header that is signed by -H",
};

// Prints the verdict; 0 where it is verified.
function run(args) {
  const scheme = schemeOfArgs(args);
  const verifier = new Verifier(scheme, secretsOf(args), optionsOf(args));
  const request = requestOf(deliveryOf(args), args.now ?? Date.now() / 1000);
  const started = performance.now();
  const found = outcome(verifier, request);
  const micros = (performance.now() - started) * 1000;
  const told = tell(scheme, found);
  if (args.json) showJson({ ...told, micros: Math.round(micros * 1000) / 1000 });
  else show(block(scheme, told, request.now, args.secrets.length) + notes(scheme, args, request));
  return told.verdict === "verified" ? 0 : 1;
}

function optionsOf({ tolerance, futureTolerance, allowWeakSecret, dangerAnyTime }) {
  return { tolerance, futureTolerance, dangerWeakSecret: allowWeakSecret, dangerAnyTime };
}

function outcome(verifier, request) {
  try {
    return verifier.verify(request);
  } catch (error) {
    if (error instanceof VerificationError) return error;
    throw error;
  }
}

function tell({ name: scheme, algorithm }, found) {
  if (found instanceof VerificationError) {
    const { code, message } = found;
    return { verdict: "refused", code, message, scheme, hint: HINTS[code] };
  }
  const isToken = algorithm === "shared-token";
  return {
    verdict: "verified",
    code: "verified",
    message: isToken ? "the token is right" : "the delivery is genuine",
    scheme,
    bound: report(found.bound),
    event_id: found.eventId ?? null,
    event_type: found.eventType ?? null,
    sent_at_ms: found.sentAt?.getTime() ?? null,
    secret_index: found.secretIndex,
    replay_key: found.replayKey().toString("hex"),
  };
}

// One block for a person.
function block(scheme, told, now, secrets) {
  const isVerified = told.verdict === "verified";
  const lines = isVerified ? verifiedLines(scheme, told, now, secrets) : refusedLines(told);
  const texts = lines.map(([label, value]) => `  ${label.padEnd(11)}${value}\n`);
  return `${coloured(told.verdict, isVerified)}  ${scheme.name}: ${told.message}\n${texts.join("")}`;
}

function refusedLines({ code, hint }) {
  return hint === undefined
    ? [["code", code]]
    : [
        ["code", code],
        ["hint", hint],
      ];
}

function verifiedLines(scheme, told, now, secrets) {
  const lines = boundLines(scheme);
  if (told.event_id !== null) {
    const worth = scheme.bound.eventId ? "" : "  (not signed)";
    lines.push(["event id", printable(told.event_id) + worth]);
  }
  if (told.event_type !== null) lines.push(["event type", printable(told.event_type)]);
  if (told.sent_at_ms !== null) lines.push(["sent at", moment(told.sent_at_ms, now)]);
  lines.push(["secret", `${told.secret_index + 1} of ${secrets} matched`]);
  lines.push(["replay key", told.replay_key]);
  return lines;
}

function boundLines(scheme) {
  const warning = weakness(scheme);
  if (scheme.algorithm === "shared-token") {
    return [["bound", coloured(`NOTHING: ${warning}`, false)]];
  }
  const [kept, free] = named(scheme.bound);
  const bound = `${kept || "NOTHING"}${free === "" ? "" : `  (not bound: ${free})`}`;
  const lines = [["bound", bound]];
  if (warning !== undefined) lines.push(["WARNING", coloured(warning, false)]);
  return lines;
}

// The time, and how far it lies from now.
function moment(millis, now) {
  const date = new Date(millis);
  if (Number.isNaN(date.getTime())) return "at no time that a calendar has";
  const apart = Math.floor(now) - Math.floor(millis / 1000);
  const ahead = apart < 0 ? `${-apart} s ahead` : "now";
  const distance = apart > 0 ? `${apart} s ago` : ahead;
  return `${date.toISOString().replace(".000Z", "Z")}  (${distance})`;
}

function notes(scheme, args, request) {
  let text = "";
  if (args.dangerAnyTime && scheme.toJSON().timestamp !== undefined) {
    text += "  window     NOT CHECKED: --danger-any-time\n";
  }
  if (scheme.bound.url && args.url === undefined && request.url !== undefined) {
    text += "  url        as captured; give the one of the provider's settings by --url\n";
  }
  return text;
}

module.exports = { optionsOf, run };
