//! HMAC-SHA-256 of the body in base64. No time is signed: an old delivery verifies for ever.

use crate::{
    Confidence::{Docs, Sdk},
    Encoding, KeyFormat, Retry, Scheme, attempt, event, header, json, template, unconfirmed,
};

/// One header that holds the signature in standard base64.
const BASE64: Scheme<'static> =
    Scheme { encoding: Encoding::Base64, confidence: Docs, ..Scheme::BASE };

rows! {
    /// Merge. URL-safe base64, with padding. `hook.id` names the hook and not the delivery.
    MERGE = Scheme {
        name: "merge",
        signature: header("x-merge-webhook-signature"),
        encoding: Encoding::Base64UrlPadded,
        event_type: Some(json("hook.event")),
        source: "Merge's text on webhook security; November 2026",
        ..BASE64
    };

    /// Microsoft Teams, outgoing webhooks. The security token is base64 of the key. `id` is the
    /// message's, not known to be unique outside its conversation.
    MICROSOFT_TEAMS = Scheme {
        name: "microsoft-teams",
        signature: header("authorization").prefix("HMAC "),
        key: KeyFormat::Base64 { prefix: "" },
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "microsoft-teams-sample-outgoing-webhook AuthProvider.cs; November 2026",
        ..BASE64
    };

    /// QuickBooks (Intuit). The key is the verifier token. One delivery holds many events, whose ids,
    /// where there are any, are in an array.
    QUICKBOOKS = Scheme {
        name: "quickbooks",
        signature: header("intuit-signature"),
        source: "Intuit's text on managing webhooks; November 2026",
        ..BASE64
    };

    /// Shopify, under either family of header names. The webhook id is a header, unsigned;
    /// `x-shopify-event-id` beside it is shared by all webhooks of one action.
    SHOPIFY = Scheme {
        name: "shopify",
        signature: header("x-shopify-hmac-sha256|shopify-hmac-sha256"),
        event_id: Some(unconfirmed(header("x-shopify-webhook-id|shopify-webhook-id"))),
        event_type: Some(header("x-shopify-topic|shopify-topic")),
        retry: Retry::Repeated,
        confidence: Sdk,
        source: "@shopify/shopify-api 13.1.0, run, and Shopify's text on retries; November 2026",
        ..BASE64
    };

    /// Square. The URL, as it is configured at Square, is signed before the body.
    SQUARE = Scheme {
        name: "square",
        signature: header("x-square-hmacsha256-signature"),
        signed: template!("{url}{body}"),
        event_id: Some(event(json("event_id"))),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "square 46.0.0 (npm) and squareup 46.0.0 (PyPI), run, and Square's text; November 2026",
        ..BASE64
    };

    /// Typeform. The body may end with a line break, and that is signed.
    TYPEFORM = Scheme {
        name: "typeform",
        signature: header("typeform-signature").prefix("sha256="),
        event_id: Some(unconfirmed(json("event_id"))),
        event_type: Some(json("event_type")),
        source: "Typeform's text on securing webhooks; November 2026",
        ..BASE64
    };

    /// WooCommerce. The delivery id is new on every attempt. Its first request, a ping, is unsigned.
    WOOCOMMERCE = Scheme {
        name: "woocommerce",
        signature: header("x-wc-webhook-signature"),
        event_id: Some(attempt(header("x-wc-webhook-delivery-id"))),
        event_type: Some(header("x-wc-webhook-topic")),
        confidence: Sdk,
        source: "the sender, woocommerce class-wc-webhook.php; November 2026",
        ..BASE64
    };

    /// X, formerly Twitter. The key is the app's consumer secret. No id, and no one type: each
    /// top-level key of the body is a kind of event.
    X_TWITTER = Scheme {
        name: "x-twitter",
        signature: header("x-twitter-webhooks-signature").prefix("sha256="),
        source: "xdevplatform/docs x-api/webhooks; November 2026",
        ..BASE64
    };

    /// Xero. One delivery holds many events, without an id of their own. Answer 401 to a delivery that
    /// fails: Xero sends bad ones on purpose before it accepts a receiver.
    XERO = Scheme {
        name: "xero",
        signature: header("x-xero-signature"),
        source: "Xero's text on configuring a server; November 2026",
        ..BASE64
    };
}
