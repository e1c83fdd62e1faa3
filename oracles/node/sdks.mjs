// Vendors' SDKs from npm: for each row what verifies a delivery, and what signs one.
//
// `verify` gives a truth value or throws; both may be promises. Whatever is thrown is a refusal.
// A call has `body` (bytes), `text`, `headers` (lower case), `secret`, `url`, `method`,
// `event_id`, `seconds`. The clock is frozen by the adapter.
import { createRequire } from "node:module";
import { createSecretKey } from "node:crypto";

const require = createRequire(import.meta.url);

/** A file of a package that its `exports` keep back. */
const inside = (path) => require(new URL(`../node_modules/${path}`, import.meta.url).pathname);

/** For functions that throw, and give nothing back. */
const passes = async (value) => (await value, true);

const sdk = (name, verify, sign) => ({ package: name, verify, sign });

const form = (text) => Object.fromEntries(new URLSearchParams(text));

const headersOf = (call, names) => Object.fromEntries(names.map((name) => [name, call.headers[name]]));

// Clients. No key here is anybody's.
const stripe = new (require("stripe"))("sk_test_none");
const standardwebhooks = require("standardwebhooks");
const svix = require("svix");
const github = await import("@octokit/webhooks-methods");
const slack = inside("@slack/bolt/dist/receivers/verify-request.js");
const openai = new (require("openai").OpenAI)({ apiKey: "none" });
const { LinearWebhookClient } = require("@linear/sdk/webhooks");
const { WebhooksValidator } = inside("@paddle/paddle-node-sdk/dist/cjs/notifications/helpers/webhooks-validator.js");
const { Paddle } = require("@paddle/paddle-node-sdk");
new Paddle("none"); // sets the runtime, which the validator asks for its crypto
const mux = new (require("@mux/mux-node").Mux)({ tokenId: "none", tokenSecret: "none" });
const workos = new (require("@workos-inc/node").WorkOS)("sk_none");
const hubspot = require("@hubspot/api-client").Signature;
const { Resend } = require("resend");
const { verifyWebhook: clerk } = await import("@clerk/backend/webhooks");
const razorpay = require("razorpay");
const coinbase = require("coinbase-commerce-node").Webhook;
const twilio = require("twilio");
const { EventWebhook } = require("@sendgrid/eventwebhook");
const discord = require("discord-interactions");
const adyen = new (inside("@adyen/api-library/lib/src/utils/hmacValidator.js").default)();
const gocardless = await import("gocardless-nodejs/webhooks");
const contentful = require("@contentful/node-apps-toolkit");
const braintree = require("braintree");
const plivo = inside("plivo/dist/utils/security.js");
const vonage = require("@vonage/jwt");
const messagebird = inside("messagebird/lib/webhook-signature-jwt.js");
const easypost = new (require("@easypost/api"))("none");
const dropbox = require("@dropbox/sign");
const { WebhookEventVerifier } = require("@onfido/api");
const sanity = require("@sanity/webhook");
const lithic = new (require("lithic").Lithic)({ apiKey: "none" });
const finch = new (require("@tryfinch/finch-api").Finch)({ accessToken: "none" });
const orb = new (require("orb-billing").Orb)({ apiKey: "none" });
const moderntreasury = new (require("modern-treasury").ModernTreasury)({ apiKey: "none", organizationID: "none" });
const whop = require("@whop/sdk").Whop;
const { validateWebhook: replicate } = require("replicate");
const anthropic = new (require("@anthropic-ai/sdk").Anthropic)({ apiKey: "none" });
const cloudinary = require("cloudinary").v2;
const { Receiver } = require("@upstash/qstash");
const retell = inside("retell-sdk/lib/webhook_auth.js");
const worldline = inside("onlinepayments-sdk-nodejs/lib/cjs/src/webhooks/validation.js");
const smartcar = require("smartcar");
const stream = require("stream-chat");
const Pusher = require("pusher");
const dodo = new (require("dodopayments").DodoPayments)({ bearerToken: "none" });
const creem = await import(new URL("../node_modules/creem/dist/esm/webhooks.js", import.meta.url));
const hook0 = inside("hook0-client/dist/signature.js").Signature;
const blockfrost = require("@blockfrost/blockfrost-js");
const { WebhookHandler } = require("@liveblocks/node");
const hygraph = require("@hygraph/utils");
const { signatureHelper: kontent } = require("@kontent-ai/webhook-helper");
const notion = inside("@notionhq/client/build/src/webhooks.js");
const mercadopago = require("mercadopago").WebhookSignatureValidator;
const box = inside("box-node-sdk/lib/managers/webhooks.js").WebhooksManager;
const { WebflowClient } = require("webflow-api");
const webflow = new WebflowClient({ accessToken: "none" });
const Cronofy = require("cronofy");
const cronofy = new Cronofy({ client_id: "none", client_secret: "none" });
const { verifyWebhookSignature: hookdeck } = inside("@hookdeck/sdk/webhooks/helpers.js");
const line = await import("@line/bot-sdk");
const livekit = require("livekit-server-sdk");
const { Api: SolidGate } = require("@solidgate/node-sdk");
const { shopifyApi, ApiVersion } = await import("@shopify/shopify-api");
await import("@shopify/shopify-api/adapters/web-api");

const SVIX = ["svix-id", "svix-timestamp", "svix-signature"];

const standard = (Webhook, family) => ({
  verify: (call) => passes(new Webhook(call.secret).verify(call.text, call.headers)),
  sign: (call) => ({
    [`${family}-id`]: call.event_id,
    [`${family}-timestamp`]: `${call.seconds}`,
    [`${family}-signature`]: new Webhook(call.secret).sign(call.event_id, new Date(call.seconds * 1000), call.text),
  }),
});

const shopify = (call) =>
  shopifyApi({ apiKey: "none", apiSecretKey: call.secret, scopes: [], hostName: "example.com", apiVersion: "2026-10", isEmbeddedApp: false, logger: { level: 0 } })
    .webhooks.validate({
      rawBody: call.text,
      rawRequest: new Request("https://example.com/", {
        method: "POST", body: call.text,
        headers: { ...call.headers, "x-shopify-topic": "orders/create", "x-shopify-api-version": "2026-10", "x-shopify-shop-domain": "shop.myshopify.com", "x-shopify-webhook-id": "id" },
      }),
    })
    .then((answer) => answer.valid);

const hubspotCall = (version) => ({
  verify: (call) =>
    hubspot.isValid({
      signature: call.headers[version === "v3" ? "x-hubspot-signature-v3" : "x-hubspot-signature"],
      clientSecret: call.secret, requestBody: call.text, method: call.method, url: call.url, signatureVersion: version,
      timestamp: call.headers["x-hubspot-request-timestamp"],
    }),
  sign: (call) => {
    const timestamp = call.seconds * 1000;
    const made = hubspot.getSignature(call.method, version, { clientSecret: call.secret, requestBody: call.text, url: call.url, timestamp });
    return version === "v3"
      ? { "x-hubspot-signature-v3": made, "x-hubspot-request-timestamp": `${timestamp}` }
      : { "x-hubspot-signature": made };
  },
});

const contentfulRequest = (call) => ({ method: call.method, path: new URL(call.url).pathname, headers: call.headers, body: call.text });

const named = (call) => call.secret.split(":");

const braintreeGateway = (call) => {
  const [publicKey, privateKey] = named(call);
  return new braintree.BraintreeGateway({ environment: braintree.Environment.Sandbox, merchantId: "none", publicKey, privateKey });
};

const cloudinaryCall = (algorithm) => (call) => {
  cloudinary.config({ api_secret: call.secret, signature_algorithm: algorithm });
  return cloudinary.utils.verifyNotificationSignature(call.text, Number(call.headers["x-cld-timestamp"]), call.headers["x-cld-signature"]);
};

const livekitSign = async (call) => {
  const token = new livekit.AccessToken(...named(call), { ttl: 300 });
  const digest = await crypto.subtle.digest("SHA-256", call.body);
  token.sha256 = Buffer.from(digest).toString("base64");
  return { authorization: await token.toJwt() };
};

const hubspotV3 = hubspotCall("v3");
const standardCall = standard(standardwebhooks.Webhook, "webhook");
const svixCall = standard(svix.Webhook, "svix");

export const SDKS = {
  stripe: sdk("stripe",
    (call) => stripe.webhooks.signature.verifyHeader(call.body, call.headers["stripe-signature"], call.secret, 300),
    (call) => ({ "stripe-signature": stripe.webhooks.generateTestHeaderString({ payload: call.text, secret: call.secret, timestamp: call.seconds }) })),
  github: sdk("@octokit/webhooks-methods",
    (call) => github.verify(call.secret, call.text, call.headers["x-hub-signature-256"]),
    async (call) => ({ "x-hub-signature-256": await github.sign(call.secret, call.text) })),
  "standard-webhooks": sdk("standardwebhooks", standardCall.verify, standardCall.sign),
  svix: sdk("svix", svixCall.verify, svixCall.sign),
  slack: sdk("@slack/bolt",
    (call) => slack.isValidSlackRequest({
      signingSecret: call.secret, body: call.text,
      headers: { "x-slack-signature": call.headers["x-slack-signature"], "x-slack-request-timestamp": Number(call.headers["x-slack-request-timestamp"]) },
    })),
  shopify: sdk("@shopify/shopify-api", shopify),
  openai: sdk("openai", (call) => passes(openai.webhooks.verifySignature(call.text, call.headers, call.secret))),
  linear: sdk("@linear/sdk", (call) => new LinearWebhookClient(call.secret).verify(call.body, call.headers["linear-signature"])),
  paddle: sdk("@paddle/paddle-node-sdk", (call) => new WebhooksValidator().isValidSignature(call.text, call.secret, call.headers["paddle-signature"])),
  mux: sdk("@mux/mux-node",
    (call) => passes(mux.webhooks.verifySignature(call.text, call.headers, call.secret)),
    async (call) => ({ "mux-signature": `t=${call.seconds},v1=${await mux.webhooks.computeSignature(`${call.seconds}.${call.text}`, call.secret)}` })),
  workos: sdk("@workos-inc/node",
    (call) => workos.webhooks.verifyHeader({ payload: JSON.parse(call.text), sigHeader: call.headers["workos-signature"], secret: call.secret }),
    async (call) => ({ "workos-signature": `t=${call.seconds * 1000}, v1=${await workos.webhooks.computeSignature(call.seconds * 1000, JSON.parse(call.text), call.secret)}` })),
  hubspot: sdk("@hubspot/api-client", hubspotV3.verify, hubspotV3.sign),
  "hubspot-v1": sdk("@hubspot/api-client", hubspotCall("v1").verify, hubspotCall("v1").sign),
  "hubspot-v2": sdk("@hubspot/api-client", hubspotCall("v2").verify, hubspotCall("v2").sign),
  resend: sdk("resend", (call) => passes(new Resend("re_none").webhooks.verify({
    payload: call.text, webhookSecret: call.secret,
    headers: { id: call.headers["svix-id"], timestamp: call.headers["svix-timestamp"], signature: call.headers["svix-signature"] },
  }))),
  clerk: sdk("@clerk/backend", (call) => passes(clerk(
    new Request("https://example.com/", { method: "POST", body: call.text, headers: headersOf(call, SVIX.filter((name) => name in call.headers)) }),
    { signingSecret: call.secret },
  ))),
  razorpay: sdk("razorpay", (call) => razorpay.validateWebhookSignature(call.text, call.headers["x-razorpay-signature"], call.secret)),
  "coinbase-commerce": sdk("coinbase-commerce-node",
    (call) => coinbase.verifySigHeader(call.text, call.headers["x-cc-webhook-signature"], call.secret),
    (call) => ({ "x-cc-webhook-signature": coinbase.computeSignature(call.text, call.secret) })),
  twilio: sdk("twilio",
    (call) => twilio.validateRequest(call.secret, call.headers["x-twilio-signature"], call.url, form(call.text)),
    (call) => ({ "x-twilio-signature": twilio.getExpectedTwilioSignature(call.secret, call.url, form(call.text)) })),
  sendgrid: sdk("@sendgrid/eventwebhook", (call) => {
    const webhook = new EventWebhook();
    const [signature, time] = ["signature", "timestamp"].map((name) => call.headers[`x-twilio-email-event-webhook-${name}`]);
    return webhook.verifySignature(webhook.convertPublicKeyToECDSA(call.secret), call.body, signature, time);
  }),
  discord: sdk("discord-interactions", (call) => discord.verifyKey(call.body, call.headers["x-signature-ed25519"], call.headers["x-signature-timestamp"], call.secret)),
  adyen: sdk("@adyen/api-library", (call) => adyen.validateHMAC(JSON.parse(call.text).notificationItems[0].NotificationRequestItem, call.secret)),
  "adyen-platform": sdk("@adyen/api-library",
    (call) => adyen.validateHMACSignature(call.secret, call.headers.hmacsignature, call.text),
    (call) => ({ hmacsignature: adyen.calculateHmac(call.text, call.secret) })),
  gocardless: sdk("gocardless-nodejs", (call) => passes(gocardless.parse(call.text, call.secret, call.headers["webhook-signature"]))),
  contentful: sdk("@contentful/node-apps-toolkit",
    (call) => contentful.verifyRequest(call.secret, contentfulRequest(call)),
    (call) => contentful.signRequest(call.secret, contentfulRequest(call), call.seconds * 1000)),
  braintree: sdk("braintree", (call) => {
    const fields = form(call.text);
    return passes(braintreeGateway(call).webhookNotification.parse(fields.bt_signature, fields.bt_payload));
  }),
  "plivo-v2": sdk("plivo", (call) => plivo.validateSignature(call.url, call.headers["x-plivo-signature-v2-nonce"], call.headers["x-plivo-signature-v2"], call.secret)),
  vonage: sdk("@vonage/jwt", (call) => vonage.verifySignature(call.headers.authorization.replace("Bearer ", ""), call.secret)),
  messagebird: sdk("messagebird", (call) => messagebird.verify(call.url, call.body, call.headers["messagebird-signature-jwt"], createSecretKey(Buffer.from(call.secret)))),
  easypost: sdk("@easypost/api", (call) => passes(easypost.Utils.validateWebhook(call.body, call.headers, call.secret))),
  "dropbox-sign": sdk("@dropbox/sign", (call) => dropbox.EventCallbackHelper.isValid(call.secret, dropbox.EventCallbackRequest.init(JSON.parse(call.text)))),
  onfido: sdk("@onfido/api", (call) => passes(new WebhookEventVerifier(call.secret).readPayload(call.body, call.headers["x-sha2-signature"]))),
  sanity: sdk("@sanity/webhook",
    (call) => sanity.isValidSignature(call.text, call.headers["sanity-webhook-signature"], call.secret),
    async (call) => ({ "sanity-webhook-signature": await sanity.encodeSignatureHeader(call.text, call.seconds * 1000, call.secret) })),
  lithic: sdk("lithic", (call) => passes(lithic.webhooks.verifySignature(call.text, call.headers, call.secret))),
  finch: sdk("@tryfinch/finch-api", (call) => passes(finch.webhooks.verifySignature(call.text, call.headers, call.secret))),
  orb: sdk("orb-billing", (call) => passes(orb.webhooks.verifySignature(call.text, call.headers, call.secret))),
  "modern-treasury": sdk("modern-treasury",
    (call) => moderntreasury.webhooks.validateSignature(call.text, call.headers, { key: call.secret }),
    (call) => ({ "x-signature": moderntreasury.webhooks.getSignature(call.text, { key: call.secret }) })),
  whop: sdk("@whop/sdk", (call) => passes(new whop({ apiKey: "none", webhookKey: call.secret }).webhooks.unwrap(call.text, { headers: call.headers }))),
  replicate: sdk("replicate", (call) => replicate(call, call.secret)),
  anthropic: sdk("@anthropic-ai/sdk", (call) => passes(anthropic.beta.webhooks.unwrap(call.text, { headers: call.headers, key: call.secret }))),
  cloudinary: sdk("cloudinary", cloudinaryCall("sha1")),
  "cloudinary-sha256": sdk("cloudinary", cloudinaryCall("sha256")),
  "upstash-qstash": sdk("@upstash/qstash", (call) => new Receiver({ currentSigningKey: call.secret, nextSigningKey: call.secret })
    .verify({ signature: call.headers["upstash-signature"], body: call.text, url: call.url })),
  retell: sdk("retell-sdk",
    (call) => retell.verify(call.text, call.secret, call.headers["x-retell-signature"]),
    async (call) => ({ "x-retell-signature": await retell.symmetric.sign(call.text, call.secret, call.seconds * 1000) })),
  worldline: sdk("onlinepayments-sdk-nodejs", (call) => passes(worldline.newSignatureValidator({ getSecretKey: () => call.secret }).validate(call.body, call.headers))),
  smartcar: sdk("smartcar",
    (call) => smartcar.verifyPayload(call.secret, call.headers["sc-signature"], JSON.parse(call.text)),
    (call) => ({ "sc-signature": smartcar.hashChallenge(call.secret, call.text) })),
  getstream: sdk("stream-chat", (call) => stream.CheckSignature(call.body, call.secret, call.headers["x-signature"])),
  pusher: sdk("pusher", (call) => new Pusher({ appId: "1", key: "key", secret: call.secret }).webhook({ headers: call.headers, rawBody: call.text }).isValid()),
  "dodo-payments": sdk("dodopayments", (call) => passes(dodo.webhooks.unwrap(call.text, { headers: call.headers, key: call.secret }))),
  creem: sdk("creem", (call) => passes(creem.verifyWebhookSignature(call.text, call.headers, { secret: call.secret }))),
  "creem-standard": sdk("creem", (call) => passes(creem.verifyWebhookSignature(call.text, call.headers, { secret: call.secret }))),
  hook0: sdk("hook0-client", (call) => hook0.parse(call.headers["x-hook0-signature"]).verify(call.body, new Map(Object.entries(call.headers)), call.secret)),
  blockfrost: sdk("@blockfrost/blockfrost-js", (call) => blockfrost.verifyWebhookSignature(call.text, call.headers["blockfrost-signature"], call.secret)),
  liveblocks: sdk("@liveblocks/node", (call) => passes(new WebhookHandler(call.secret).verifyRequest({ headers: call.headers, rawBody: call.text }))),
  hygraph: sdk("@hygraph/utils", (call) => hygraph.verifyWebhookSignature({ rawPayload: call.text, signature: call.headers["gcms-signature"], secret: call.secret })),
  "kontent-ai": sdk("@kontent-ai/webhook-helper",
    (call) => kontent.isValidSignatureFromString(call.text, call.secret, call.headers["x-kontent-ai-signature"]),
    (call) => ({ "x-kontent-ai-signature": kontent.getHashFromString(call.text, call.secret) })),
  notion: sdk("@notionhq/client",
    (call) => notion.verifyWebhookSignature({ body: call.text, signature: call.headers["x-notion-signature"], verificationToken: call.secret }),
    async (call) => ({ "x-notion-signature": await notion.signWebhookPayload({ body: call.text, verificationToken: call.secret }) })),
  "mercado-pago": sdk("mercadopago", (call) => passes(mercadopago.validate({
    xSignature: call.headers["x-signature"], xRequestId: call.headers["x-request-id"], dataId: new URL(call.url).searchParams.get("data.id"), secret: call.secret,
  }))),
  box: sdk("box-node-sdk", (call) => box.validateMessage(call.text, call.headers, call.secret)),
  webflow: sdk("webflow-api", (call) => webflow.webhooks.verifySignature({ headers: call.headers, body: call.text, secret: call.secret })),
  cronofy: sdk("cronofy", (call) => cronofy.hmacValid({ hmac: call.headers["cronofy-hmac-sha256"], body: call.text, client_secret: call.secret })),
  hookdeck: sdk("@hookdeck/sdk", (call) => hookdeck({ headers: call.headers, rawBody: call.text, signingSecret: call.secret }).then((answer) => answer.isValidSignature)),
  line: sdk("@line/bot-sdk", (call) => line.validateSignature(call.body, call.secret, call.headers["x-line-signature"])),
  livekit: sdk("livekit-server-sdk", (call) => passes(new livekit.WebhookReceiver(...named(call)).receive(call.text, call.headers.authorization)), livekitSign),
  solidgate: sdk("@solidgate/node-sdk", (call) => {
    const [merchant, key] = named(call);
    return new SolidGate(merchant, key)._generateSignature(call.text) === call.headers.signature;
  }, (call) => {
    const [merchant, key] = named(call);
    return { merchant, signature: new SolidGate(merchant, key)._generateSignature(call.text) };
  }),
};
