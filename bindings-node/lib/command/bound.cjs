"use strict";

// What a signature covers, in words.

const BODY = {
  whole: ["body", ""],
  fields: ["fields of the body", "the rest of the body"],
  checksum: ["a checksum of the body", "the body itself"],
  nothing: ["", "body"],
};

const OTHERS = { eventId: "event id", timestamp: "time", url: "URL", method: "method" };

// What is covered, for programs.
function report({ body, eventId, timestamp, url, method }) {
  const others = { event_id: eventId, timestamp, url, method };
  return { body: body === "whole", body_coverage: body, ...others };
}

// What is covered, and what is not, as two lists.
function named(bound) {
  const lists = BODY[bound.body].map((word) => (word === "" ? [] : [word]));
  for (const [key, name] of Object.entries(OTHERS)) lists[bound[key] ? 0 : 1].push(name);
  return lists.map((list) => list.join(", "));
}

// What is weak about a scheme, the gravest first.
function weaknesses(scheme) {
  const weak = scheme.lint().filter(({ severity }) => severity === "weak");
  return weak.map(({ message }) => message);
}

// What has to be known of a scheme that does not cover the whole body: the gravest finding.
function weakness(scheme) {
  return scheme.bound.body === "whole" ? undefined : weaknesses(scheme)[0];
}

module.exports = { named, report, weakness, weaknesses };
