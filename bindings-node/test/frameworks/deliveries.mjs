// Deliveries as the vendors' own packages sign them.

import { createHmac } from "node:crypto";

import { sign as signAsGitHub } from "@octokit/webhooks-methods";
import { Webhook as StandardWebhook } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as SvixWebhook } from "svix";
import twilio from "twilio/lib/webhooks/webhooks.js";

export const STRIPE_SECRET = "whsec_test_9f0c1b7a5d3e4f6081a2b3c4d5e6f708";
export const STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const GITHUB_SECRET = "It's a Secret to Everybody";
export const SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
export const TWILIO_SECRET = "12345678901234567890123456789012";
export const META_SECRET = "0123456789abcdef0123456789abcdef";
export const META_TOKEN = "the token that was agreed on";
export const ORIGIN = "https://hooks.example.com";

export const EVENT = '{"id":"evt_1","type":"invoice.paid","name":"Zoë"}';
export const JSON_TYPE = ["Content-Type", "application/json"];
export const FORM_TYPE = ["Content-Type", "application/x-www-form-urlencoded"];

const { webhooks } = new Stripe("sk_test_1");
const seconds = () => Math.floor(Date.now() / 1000);

// A request. The path may have a query.
export function sent(path, text = "", headers = [], method = "POST") {
  return { path, body: Buffer.from(text), headers, method };
}

export function byStripe(
  path = "/stripe",
  { event = EVENT, ago = 0, secret = STRIPE_SECRET } = {},
) {
  const timestamp = seconds() - ago;
  const header = webhooks.generateTestHeaderString({ payload: event, secret, timestamp });
  return sent(path, event, [JSON_TYPE, ["Stripe-Signature", header]]);
}

export function byStandardWebhooks(path = "/standard") {
  return symmetric(path, "webhook", new StandardWebhook(STANDARD_SECRET));
}

export function bySvix(path = "/svix") {
  return symmetric(path, "svix", new SvixWebhook(STANDARD_SECRET));
}

function symmetric(path, prefix, signer) {
  const now = new Date();
  const headers = [
    [`${prefix}-id`, "msg_1"],
    [`${prefix}-timestamp`, `${Math.floor(now / 1000)}`],
    [`${prefix}-signature`, signer.sign("msg_1", now, EVENT)],
  ];
  return sent(path, EVENT, [JSON_TYPE, ...headers]);
}

export async function byGitHub(path = "/github") {
  const headers = [
    ["X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"],
    ["X-Hub-Signature-256", await signAsGitHub(GITHUB_SECRET, EVENT)],
  ];
  return sent(path, EVENT, [JSON_TYPE, ...headers]);
}

// Slack's packages verify only: this is the other side of what they do.
export function bySlack(path = "/slack", text = "command=%2Fweather&text=94070") {
  const at = `${seconds()}`;
  const mac = createHmac("sha256", SLACK_SECRET).update(`v0:${at}:${text}`).digest("hex");
  const type = text.startsWith("{") ? JSON_TYPE : FORM_TYPE;
  return sent(path, text, [
    type,
    ["X-Slack-Request-Timestamp", at],
    ["X-Slack-Signature", `v0=${mac}`],
  ]);
}

export function byTwilio(path = "/twilio?foo=1&bar=a%20b") {
  const fields = { CallSid: "CA1234567890ABCDE", From: "+14158675309", Name: "Zoë" };
  const signature = twilio.getExpectedTwilioSignature(TWILIO_SECRET, ORIGIN + path, fields);
  const text = new URLSearchParams(fields).toString();
  return sent(path, text, [FORM_TYPE, ["X-Twilio-Signature", signature]]);
}

// Meta has no package that signs.
export function byMeta(path = "/meta") {
  const mac = createHmac("sha256", META_SECRET).update(EVENT).digest("hex");
  return sent(path, EVENT, [JSON_TYPE, ["X-Hub-Signature-256", `sha256=${mac}`]]);
}
