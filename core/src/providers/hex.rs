//! HMAC-SHA-256 of the body alone, in hex. No time is signed: an old delivery verifies for ever.

use crate::{
    Confidence::{Docs, Sdk, ThirdParty},
    Scheme, attempt, event, header, json, unconfirmed,
};

rows! {
    /// Bitbucket Cloud and Data Center: SHA-256 under the header that GitHub uses for SHA-1. The
    /// request id is a header, unsigned.
    BITBUCKET = Scheme {
        name: "bitbucket",
        signature: header("x-hub-signature").prefix("sha256="),
        event_id: Some(unconfirmed(header("x-request-uuid|x-request-id"))),
        event_type: Some(header("x-event-key")),
        confidence: ThirdParty,
        source: "Atlassian's published vector and text as others quote them; November 2026",
        ..Scheme::BASE
    };

    /// CircleCI. Unsigned, and so refused, while no secret is set. A request may come twice.
    CIRCLECI = Scheme {
        name: "circleci",
        signature: header("circleci-signature").item(",", "v1="),
        event_id: Some(event(json("id"))),
        event_type: Some(json("type")),
        confidence: Docs,
        source: "CircleCI's text on webhooks and its published vectors; November 2026",
        ..Scheme::BASE
    };

    /// Coinbase Commerce. The outer `id` is the delivery's; `event.id` is the event's. The body counts
    /// the attempts, so a retry has other bytes under the same event id.
    COINBASE_COMMERCE = Scheme {
        name: "coinbase-commerce",
        signature: header("x-cc-webhook-signature"),
        event_id: Some(event(json("event.id"))),
        event_type: Some(json("event.type")),
        confidence: Sdk,
        source: "coinbase-commerce-node 1.0.4, run, and Coinbase's text on webhooks; November 2026",
        ..Scheme::BASE
    };

    /// Dropbox. It says which accounts changed, and nothing else: no id, no type.
    DROPBOX = Scheme {
        name: "dropbox",
        signature: header("x-dropbox-signature"),
        confidence: Sdk,
        source: "Dropbox's own sample, mdwebhook app.py; November 2026",
        ..Scheme::BASE
    };

    /// GitHub. The delivery id is a header, unsigned; a redelivery keeps it.
    GITHUB = Scheme {
        name: "github",
        signature: header("x-hub-signature-256").prefix("sha256="),
        event_id: Some(event(header("x-github-delivery"))),
        event_type: Some(header("x-github-event")),
        confidence: Sdk,
        source: "octokit/webhooks-methods.js 6.0.0, run, and GitHub's text; November 2026",
        ..Scheme::BASE
    };

    /// Lemon Squeezy. No delivery id; `meta.webhook_id` names the webhook.
    LEMON_SQUEEZY = Scheme {
        name: "lemon-squeezy",
        signature: header("x-signature"),
        event_type: Some(json("meta.event_name")),
        confidence: Sdk,
        source: "Lemon Squeezy's own nextjs-billing template and its text; November 2026",
        ..Scheme::BASE
    };

    /// Meta: WhatsApp, Messenger, Instagram. The key is the app secret. No delivery id; one delivery
    /// can hold many entries.
    META = Scheme {
        name: "meta",
        signature: header("x-hub-signature-256").prefix("sha256="),
        event_type: Some(json("object")),
        confidence: Sdk,
        source: "WhatsApp-Nodejs-SDK src/utils.ts and Meta's samples; November 2026",
        ..Scheme::BASE
    };

    /// PagerDuty, webhooks version 3. The secret is text, though it looks like base64.
    PAGERDUTY = Scheme {
        name: "pagerduty",
        signature: header("x-pagerduty-signature").item(",", "v1="),
        event_id: Some(unconfirmed(json("event.id"))),
        event_type: Some(json("event.event_type")),
        confidence: Sdk,
        source: "go-pagerduty webhookv3 and its published vector; November 2026",
        ..Scheme::BASE
    };

    /// Razorpay: payments. The event id is a header, unsigned.
    RAZORPAY = Scheme {
        name: "razorpay",
        signature: header("x-razorpay-signature"),
        event_id: Some(event(header("x-razorpay-event-id"))),
        event_type: Some(json("event")),
        confidence: Sdk,
        source: "razorpay 2.9.8 (npm) and 2.0.1 (PyPI), run, and Razorpay's text; November 2026",
        ..Scheme::BASE
    };

    /// Sentry's integration platform. The request id is new on every attempt, and the time in
    /// `sentry-hook-timestamp` is not signed.
    SENTRY = Scheme {
        name: "sentry",
        signature: header("sentry-hook-signature"),
        event_id: Some(attempt(header("request-id"))),
        event_type: Some(header("sentry-hook-resource")),
        confidence: Sdk,
        source: "the sender, getsentry/sentry app_platform_event.py; November 2026",
        ..Scheme::BASE
    };
}
