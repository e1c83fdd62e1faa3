//! A signed time beside the body, in the header of the signature: an old delivery cannot be sent
//! again.

use crate::{
    Confidence::{Docs, Sdk},
    Encoding, KeyFormat, Retry, Scheme, event, header, json, millis, seconds, template,
    unconfirmed,
};

/// The time, a dot and the body. Most write `t=…,v1=…`.
const DOTTED: Scheme<'static> =
    Scheme { signed: template!("{timestamp}.{body}"), confidence: Sdk, ..Scheme::BASE };

/// What Convoy's settings do not change. Several `v1=` are sent while secrets are rotated. No event
/// id, no type; the name of the header is the sender's to set.
const CONVOY: Scheme<'static> = Scheme {
    signature: header("x-convoy-signature").item(",", "v1="),
    timestamp: Some(seconds(header("x-convoy-signature").item(",", "t="))),
    signed: template!("{timestamp},{body}"),
    ..DOTTED
};

rows! {
    /// Blockfrost: Cardano. Its library allows ten minutes. The id is the request's, and a retry
    /// keeps it.
    BLOCKFROST = Scheme {
        name: "blockfrost",
        signature: header("blockfrost-signature").item(",", "v1="),
        timestamp: Some(seconds(header("blockfrost-signature").item(",", "t=")).window(600, 300)),
        event_id: Some(event(json("id"))),
        event_type: Some(json("type")),
        source: "@blockfrost/blockfrost-js 6.2.0, run, and Blockfrost's text; November 2026",
        ..DOTTED
    };

    /// Buildkite, where the webhook is set to sign. No event id: `x-buildkite-request` names the
    /// request.
    BUILDKITE = Scheme {
        name: "buildkite",
        signature: header("x-buildkite-signature").item(", ", "signature="),
        timestamp: Some(seconds(header("x-buildkite-signature").item(", ", "timestamp="))),
        event_type: Some(header("x-buildkite-event")),
        confidence: Docs,
        source: "Buildkite's text on webhooks and its sample; November 2026",
        ..DOTTED
    };

    /// Calendly. No event id. Its sample allows three minutes.
    CALENDLY = Scheme {
        name: "calendly",
        signature: header("calendly-webhook-signature").item(",", "v1="),
        timestamp: Some(
            seconds(header("calendly-webhook-signature").item(",", "t=")).window(180, 300),
        ),
        event_type: Some(json("event")),
        confidence: Docs,
        source: "Calendly's text on webhook signatures and its sample application; November 2026",
        ..DOTTED
    };

    /// Cloudflare Stream. No event id: `uid` is the video's. Cloudflare's notifications are another
    /// scheme, a shared token.
    CLOUDFLARE = Scheme {
        name: "cloudflare",
        signature: header("webhook-signature").item(",", "sig1="),
        timestamp: Some(seconds(header("webhook-signature").item(",", "time="))),
        confidence: Docs,
        source: "Cloudflare's text on webhooks of Stream; November 2026",
        ..DOTTED
    };

    /// Coinflow: payments. The key is the webhook validation key, which the same request can also
    /// carry as it is, in `authorization`: that is no signature.
    COINFLOW = Scheme {
        name: "coinflow",
        signature: header("coinflow-signature").item(",", "v1="),
        timestamp: Some(seconds(header("coinflow-signature").item(",", "t="))),
        confidence: Docs,
        source: "Coinflow's text on verifying webhook signatures; November 2026",
        ..DOTTED
    };

    /// Convoy, advanced signatures, SHA-256 in base64: hash and spelling are the sender's settings.
    CONVOY_ADVANCED_SHA256_BASE64 = Scheme {
        name: "convoy-advanced-sha256-base64",
        encoding: Encoding::Base64,
        source: "frain-dev/convoy pkg/signature and its published vectors; November 2026",
        ..CONVOY
    };

    /// Convoy, advanced signatures, SHA-256 in hex: hash and spelling are the sender's settings.
    CONVOY_ADVANCED_SHA256_HEX = Scheme {
        name: "convoy-advanced-sha256-hex",
        source: "frain-dev/convoy pkg/signature and its published vectors; November 2026",
        ..CONVOY
    };

    /// Courier. No event id: `data.id` is the message's, and several events of one message share
    /// it.
    COURIER = Scheme {
        name: "courier",
        signature: header("courier-signature").item(",", "signature="),
        timestamp: Some(millis(header("courier-signature").item(",", "t="))),
        event_type: Some(json("type")),
        confidence: Docs,
        source: "trycourier/docs outbound-webhooks.mdx and its sample; November 2026",
        ..DOTTED
    };

    /// DocuSeal. One header: the time, a dot, the signature. The secret is text, its `whsec_`
    /// included.
    DOCUSEAL = Scheme {
        name: "docuseal",
        signature: header("x-docuseal-signature").item(".", ""),
        timestamp: Some(seconds(header("x-docuseal-signature").item(".", ""))),
        event_type: Some(json("event_type")),
        retry: Retry::Resigned,
        source: "the sender, docusealco/docuseal webhook_urls/signatures.rb; November 2026",
        ..DOTTED
    };

    /// ElevenLabs. Its libraries allow thirty minutes. The secret is text, its `wsec_` included.
    ELEVENLABS = Scheme {
        name: "elevenlabs",
        signature: header("elevenlabs-signature").item(",", "v0="),
        timestamp: Some(seconds(header("elevenlabs-signature").item(",", "t=")).window(1800, 300)),
        event_type: Some(json("type")),
        source: "ElevenLabs' Node 2.73.0 and Python 2.78.0 libraries, run; November 2026",
        ..DOTTED
    };

    /// Ghost. The time follows the body, with nothing between. Ghost before 5.87 signed the body
    /// alone under the same header: such a delivery does not verify. No event id, no type.
    GHOST = Scheme {
        name: "ghost",
        signature: header("x-ghost-signature").item(", ", "sha256="),
        timestamp: Some(millis(header("x-ghost-signature").item(", ", "t="))),
        signed: template!("{body}{timestamp}"),
        source: "the sender, TryGhost/Ghost services/webhooks/webhook-trigger.js; November 2026",
        ..DOTTED
    };

    /// Hook0's older signature, which covers no header: id and type are unsigned. It is sent beside
    /// the newer one; for receivers that cannot yet do without it, never a second try after that
    /// one.
    HOOK0_V0 = Scheme {
        name: "hook0-v0",
        signature: header("x-hook0-signature").item(",", "v0="),
        timestamp: Some(seconds(header("x-hook0-signature").item(",", "t="))),
        event_id: Some(unconfirmed(header("x-event-id"))),
        event_type: Some(header("x-event-type")),
        source: "hook0-client 1.1.0 (npm) signature.js, run; November 2026",
        ..DOTTED
    };

    /// Knock. A time in milliseconds and a signature in base64.
    KNOCK = Scheme {
        name: "knock",
        signature: header("x-knock-signature").item(",", "s="),
        encoding: Encoding::Base64,
        timestamp: Some(millis(header("x-knock-signature").item(",", "t="))),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        confidence: Docs,
        source: "Knock's text on outbound webhooks; November 2026",
        ..DOTTED
    };

    /// Langfuse. The id is the execution's, one for all its attempts, which repeat the time too and
    /// end within a minute: so much longer is the window. The secret is text, `lf-whsec_` included.
    LANGFUSE = Scheme {
        name: "langfuse",
        signature: header("x-langfuse-signature").item(",", "v1="),
        timestamp: Some(seconds(header("x-langfuse-signature").item(",", "t=")).window(360, 300)),
        event_id: Some(event(json("id"))),
        event_type: Some(json("type")),
        retry: Retry::Repeated,
        source: "the sender, langfuse/langfuse signature.ts and its worker; November 2026",
        ..DOTTED
    };

    /// Mux: video. The body counts the attempts, so a retry has other bytes under the same id.
    MUX = Scheme {
        name: "mux",
        signature: header("mux-signature").item(",", "v1="),
        timestamp: Some(seconds(header("mux-signature").item(",", "t="))),
        event_id: Some(event(json("id"))),
        event_type: Some(json("type")),
        source: "@mux/mux-node 15.3 resources/webhooks, run; November 2026",
        ..DOTTED
    };

    /// Novu, its calls of a bridge. The key is the environment's secret key. Its library signs
    /// re-formatted JSON; the raw body is what was signed. No event id, no type.
    NOVU = Scheme {
        name: "novu",
        signature: header("novu-signature").item(",", "v1="),
        timestamp: Some(millis(header("novu-signature").item(",", "t="))),
        source: "@novu/framework validateHmac, and the sender, novu's worker; November 2026",
        ..DOTTED
    };

    /// Outline: a knowledge base. The id is the delivery's.
    OUTLINE = Scheme {
        name: "outline",
        signature: header("outline-signature").item(",", "s="),
        timestamp: Some(millis(header("outline-signature").item(",", "t="))),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("event")),
        source: "the sender, outline/outline server/models/WebhookSubscription.ts; November 2026",
        ..DOTTED
    };

    /// Paddle Billing. Its libraries allow five seconds. One notification per destination.
    PADDLE = Scheme {
        name: "paddle",
        signature: header("paddle-signature").item(";", "h1="),
        timestamp: Some(seconds(header("paddle-signature").item(";", "ts=")).window(5, 5)),
        signed: template!("{timestamp}:{body}"),
        event_id: Some(event(json("event_id"))),
        event_type: Some(json("event_type")),
        retry: Retry::Resigned,
        source: "Paddle's Node 3.10.0 and Python 1.16.1 libraries, run; its text; November 2026",
        ..DOTTED
    };

    /// PayMongo. `te=` signs in test mode, `li=` in live mode, and the other is empty; a webhook,
    /// and so its secret, belongs to one mode.
    PAYMONGO = Scheme {
        name: "paymongo",
        signature: header("paymongo-signature").item(",", "te=|li="),
        timestamp: Some(seconds(header("paymongo-signature").item(",", "t="))),
        event_id: Some(event(json("data.id"))),
        event_type: Some(json("data.attributes.type")),
        confidence: Docs,
        source: "PayMongo's text on securing a webhook, on events and on retries; November 2026",
        ..DOTTED
    };

    /// Persona. While secrets are rotated it sends two sets in one header, parted by a blank. The
    /// secret is text, its `wbhsec_` included.
    PERSONA = Scheme {
        name: "persona",
        signature: header("persona-signature").item(", ", "v1="),
        timestamp: Some(seconds(header("persona-signature").item(", ", "t="))),
        event_id: Some(unconfirmed(json("data.id"))),
        event_type: Some(json("data.attributes.name")),
        confidence: Docs,
        source: "Persona's text on checking signatures and on best practices; November 2026",
        ..DOTTED
    };

    /// Quo, formerly OpenPhone, its older webhooks: `hmac;1;`, the time, the signature. The key is
    /// base64. Newer ones are Standard Webhooks.
    QUO = Scheme {
        name: "quo",
        signature: header("openphone-signature").item(";", ""),
        encoding: Encoding::Base64,
        key: KeyFormat::Base64 { prefix: "" },
        timestamp: Some(millis(header("openphone-signature").item(";", ""))),
        confidence: Docs,
        source: "Quo's text on validating legacy webhook signatures; November 2026",
        ..DOTTED
    };

    /// Recurly. One header: the time, then a signature for each key. The type is in two fields,
    /// `object_type` and `event_type`. No event id; notifications in XML are unsigned.
    RECURLY = Scheme {
        name: "recurly",
        signature: header("recurly-signature").item(",", ""),
        timestamp: Some(millis(header("recurly-signature").item(",", ""))),
        event_type: Some(json("event_type")),
        source: "recurly-client-ruby lib/recurly/webhooks.rb and its tests; November 2026",
        ..DOTTED
    };

    /// Retell AI. The time follows the body, with nothing between. The key is an API key. No event
    /// id.
    RETELL = Scheme {
        name: "retell",
        signature: header("x-retell-signature").item(",", "d="),
        timestamp: Some(millis(header("x-retell-signature").item(",", "v="))),
        signed: template!("{body}{timestamp}"),
        event_type: Some(json("event")),
        source: "retell-sdk 5.66.1 (npm) and 6.2.13 (PyPI), run, and Retell's text; November 2026",
        ..DOTTED
    };

    /// Sanity. URL-safe base64 without padding. The body is whatever the user's projection makes.
    SANITY = Scheme {
        name: "sanity",
        signature: header("sanity-webhook-signature").item(",", "v1="),
        encoding: Encoding::Base64Url,
        timestamp: Some(millis(header("sanity-webhook-signature").item(",", "t="))),
        event_id: Some(unconfirmed(header("idempotency-key"))),
        event_type: Some(header("sanity-operation")),
        source: "@sanity/webhook 4.0.4, run, and its published vector; November 2026",
        ..DOTTED
    };

    /// Shippo, where its support has switched signatures on. No event id.
    SHIPPO = Scheme {
        name: "shippo",
        signature: header("shippo-auth-signature").item(",", "v1="),
        timestamp: Some(seconds(header("shippo-auth-signature").item(",", "t="))),
        event_type: Some(json("event")),
        confidence: Docs,
        source: "Shippo's text on webhook security; November 2026",
        ..DOTTED
    };

    /// Stripe. The secret is text, its `whsec_` included, and each endpoint has its own.
    STRIPE = Scheme {
        name: "stripe",
        signature: header("stripe-signature").item(",", "v1="),
        timestamp: Some(seconds(header("stripe-signature").item(",", "t="))),
        event_id: Some(event(json("id"))),
        event_type: Some(json("type")),
        retry: Retry::Resigned,
        source: "stripe-node 23.1.0 and stripe-python 16.1.0, run; Stripe's text; November 2026",
        ..DOTTED
    };

    /// TabaPay. For 48 hours after a rotation `v2=` is the signature under the previous secret. The
    /// id is a header, unsigned; a retry keeps it.
    TABAPAY = Scheme {
        name: "tabapay",
        signature: header("x-hmac-signature").item(",", "v1=|v2="),
        timestamp: Some(seconds(header("x-hmac-signature").item(",", "t="))),
        event_id: Some(event(header("idempotency-key"))),
        confidence: Docs,
        source: "TabaPay's text on webhook signature headers and on verifying; November 2026",
        ..DOTTED
    };

    /// Tailscale. One delivery holds many events, in an array at the top: no id, and no one type.
    /// The secret is text, its `tskey-webhook-` included.
    TAILSCALE = Scheme {
        name: "tailscale",
        signature: header("tailscale-webhook-signature").item(",", "v1="),
        timestamp: Some(seconds(header("tailscale-webhook-signature").item(",", "t="))),
        confidence: Docs,
        source: "tailscale/tailscale docs/webhooks/example.go; November 2026",
        ..DOTTED
    };

    /// TikTok for Developers. The key is the app's client secret. No event id. TikTok Shop is
    /// another scheme.
    TIKTOK = Scheme {
        name: "tiktok",
        signature: header("tiktok-signature").item(",", "s="),
        timestamp: Some(seconds(header("tiktok-signature").item(",", "t="))),
        event_type: Some(json("event")),
        confidence: Docs,
        source: "TikTok's text on verifying webhooks; November 2026",
        ..DOTTED
    };

    /// WorkOS. The time is in milliseconds, and a blank follows the comma.
    WORKOS = Scheme {
        name: "workos",
        signature: header("workos-signature").item(", ", "v1="),
        timestamp: Some(millis(header("workos-signature").item(", ", "t=")).window(180, 180)),
        event_id: Some(event(json("id"))),
        event_type: Some(json("event")),
        source: "@workos-inc/node and workos 10.7.0 (PyPI), run, and WorkOS's text; November 2026",
        ..DOTTED
    };

    /// Zoho Payments. The time is in milliseconds. Every attempt is signed anew; the event id
    /// stays.
    ZOHO_PAYMENTS = Scheme {
        name: "zoho-payments",
        signature: header("x-zoho-webhook-signature").item(",", "v="),
        timestamp: Some(millis(header("x-zoho-webhook-signature").item(",", "t="))),
        event_id: Some(event(json("event_id"))),
        retry: Retry::Resigned,
        confidence: Docs,
        source: "Zoho Payments' text on verifying webhooks and on best practices; November 2026",
        ..DOTTED
    };
}
