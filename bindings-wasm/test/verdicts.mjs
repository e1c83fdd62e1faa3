// Runs the vectors in any runtime: nothing here is Node's.

const utf8 = new TextEncoder();

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
}

function bodyOf({ body, body_base64: base64 }) {
  return base64 === undefined ? utf8.encode(body) : bytesOf(base64);
}

// As runtimes decode what came over the wire.
function headersOf({ headers }) {
  return headers.map(([name, value]) => [name, String.fromCharCode(...utf8.encode(value))]);
}

export function requestOf(test) {
  const { url, method, now } = test;
  return { body: bodyOf(test), headers: headersOf(test), url, method, now: new Date(now * 1000) };
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isSame(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

// All that a delivery says and a vector can speak of.
function verdict(hookseal, scheme, test) {
  const request = requestOf(test);
  const options = { dangerWeakSecret: test.allow_weak_secret === true, bodyLimit: test.body_limit };
  let delivery;
  try {
    delivery = new hookseal.Verifier(scheme, test.secrets, options).verify(request);
  } catch (error) {
    const { VerificationError, SecretError } = hookseal;
    if (error instanceof VerificationError || error instanceof SecretError) {
      return { expect: error.code };
    }
    throw error;
  }
  const isWhole = delivery.bound.body === "whole";
  const body = isWhole ? delivery.body : delivery.dangerUnsignedBody;
  return {
    expect: isSame(body, request.body) ? "verified" : "another body",
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    replay_key: hex(delivery.replayKey("vectors")),
    secret_index: delivery.secretIndex,
    sent_at_ms: delivery.sentAt?.getTime(),
  };
}

// How many ran, those that went wrong, and the schemes that this build does not have.
export function run(hookseal, files) {
  const names = new Set(hookseal.providers().map(({ name }) => name));
  const found = { ran: 0, wrong: [], absent: [] };
  for (const { scheme, tests } of files) {
    if (!names.has(scheme)) {
      found.absent.push(scheme);
      continue;
    }
    for (const test of tests) {
      const got = verdict(hookseal, scheme, test);
      const isWrong = Object.entries(got).some(([key, value]) => key in test && value !== test[key]);
      if (isWrong) found.wrong.push(`${scheme}#${test.id}`);
      found.ran += 1;
    }
  }
  return found;
}

// The same files with one expectation turned around, which `run` must see.
export function spoilt(files) {
  const copy = structuredClone(files);
  const [test] = copy.find(({ scheme }) => scheme === "stripe").tests;
  test.expect = test.expect === "verified" ? "signature_mismatch" : "verified";
  return copy;
}
