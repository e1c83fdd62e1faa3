//! HMAC-SHA-256 of the body in base64. No time is signed: an old delivery verifies for ever.

use crate::{
    Confidence::{Docs, Sdk, ThirdParty},
    Encoding, KeyFormat, Retry, Scheme, attempt, event, header, json, template, unconfirmed,
};

/// One header that holds the signature in standard base64.
const BASE64: Scheme<'static> =
    Scheme { encoding: Encoding::Base64, confidence: Docs, ..Scheme::BASE };

/// An account can have up to 100 keys; a request may carry 16 signatures at most.
const DOCUSIGN_HEADERS: &str = "x-docusign-signature-1|x-docusign-signature-2|\
    x-docusign-signature-3|x-docusign-signature-4|x-docusign-signature-5|\
    x-docusign-signature-6|x-docusign-signature-7|x-docusign-signature-8";

rows! {
    /// Adyen's webhooks of the balance platform, of banking and of management. `data.id` names the
    /// object, not the event.
    ADYEN_PLATFORM = Scheme {
        name: "adyen-platform",
        signature: header("hmacsignature"),
        key: KeyFormat::Hex,
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "@adyen/api-library 32.1.0 (npm) and Adyen 16.0.0 (PyPI), run; November 2026",
        ..BASE64
    };

    /// Convoy, simple signatures, set to SHA-256 in base64. The header can be renamed.
    CONVOY_SIMPLE_SHA256_BASE64 = Scheme {
        name: "convoy-simple-sha256-base64",
        signature: header("x-convoy-signature"),
        confidence: Sdk,
        source: "the sender, frain-dev/convoy pkg/signature and its vectors; November 2026",
        ..BASE64
    };

    /// Cronofy. One signature per client secret that is active, parted by bare commas.
    CRONOFY = Scheme {
        name: "cronofy",
        signature: header("cronofy-hmac-sha256").item(",", ""),
        event_type: Some(json("notification.type")),
        confidence: Sdk,
        source: "cronofy 3.8 (npm) src/index.js, run, and Cronofy's text; November 2026",
        ..BASE64
    };

    /// DocuSign Connect. One header per key of the account, numbered; the first eight are read. The
    /// key looks like base64 and is used as text. The body may be XML.
    DOCUSIGN = Scheme {
        name: "docusign",
        signature: header(DOCUSIGN_HEADERS),
        event_type: Some(json("event")),
        confidence: Sdk,
        source: "docusign/code-examples-node validateWebhookMessage.js, run; November 2026",
        ..BASE64
    };

    /// Flutterwave, version 4. The key is the secret hash of the dashboard. Others' receivers that
    /// compare hex read a header of another name.
    FLUTTERWAVE = Scheme {
        name: "flutterwave",
        signature: header("flutterwave-signature"),
        event_id: Some(unconfirmed(json("webhook_id"))),
        event_type: Some(json("type")),
        confidence: ThirdParty,
        source: "receivers of others, of which those with this header use base64; November 2026",
        ..BASE64
    };

    /// Fourthwall. An app of its platform gets the second header, under the app's key.
    FOURTHWALL = Scheme {
        name: "fourthwall",
        signature: header("x-fourthwall-hmac-sha256|x-fourthwall-hmac-apps-sha256"),
        source: "Fourthwall's text on signature verification; November 2026",
        ..BASE64
    };

    /// Heroku's app webhooks. Unsigned, and so refused, where the webhook has no secret.
    HEROKU = Scheme {
        name: "heroku",
        signature: header("heroku-webhook-hmac-sha256"),
        event_id: Some(unconfirmed(json("webhook_metadata.event.id"))),
        event_type: Some(json("webhook_metadata.event.include")),
        confidence: ThirdParty,
        source: "getsentry/sentry's receiver and others', which agree; November 2026",
        ..BASE64
    };

    /// Hookdeck's event gateway. During a rotation the second header is under the other secret. The
    /// prefix of the names can be set per project.
    HOOKDECK = Scheme {
        name: "hookdeck",
        signature: header("x-hookdeck-signature|x-hookdeck-signature-2"),
        event_id: Some(unconfirmed(header("x-hookdeck-eventid"))),
        confidence: Sdk,
        source: "@hookdeck/sdk (npm) webhooks/helpers.js, run; November 2026",
        ..BASE64
    };

    /// Kontent.ai. The key looks like base64 and is used as text. The body has CRLF line breaks.
    KONTENT_AI = Scheme {
        name: "kontent-ai",
        signature: header("x-kontent-ai-signature"),
        confidence: Sdk,
        source: "@kontent-ai/webhook-helper 3.0.3 (npm) and its test, run; November 2026",
        ..BASE64
    };

    /// Leaf: farm data.
    LEAF = Scheme {
        name: "leaf",
        signature: header("x-leaf-signature"),
        source: "Leaf's text on the authentication of alerts; November 2026",
        ..BASE64
    };

    /// LINE. The key is the channel secret as text, though it looks like hex. One delivery holds
    /// many events, or none when the console checks the URL.
    LINE = Scheme {
        name: "line",
        signature: header("x-line-signature"),
        confidence: Sdk,
        source: "@line/bot-sdk 11 (npm), run, and line-bot-sdk 3.27 (PyPI); November 2026",
        ..BASE64
    };

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

    /// QuickBooks (Intuit). The key is the verifier token. One delivery holds many events, whose
    /// ids, where there are any, are in an array.
    QUICKBOOKS = Scheme {
        name: "quickbooks",
        signature: header("intuit-signature"),
        source: "Intuit's text on managing webhooks; November 2026",
        ..BASE64
    };

    /// Salesforce Marketing Cloud's event notifications. Whether the key has to be decoded first is
    /// not said; as text by the code of others. The body is an array of events.
    SALESFORCE = Scheme {
        name: "salesforce",
        signature: header("x-sfmc-ens-signature"),
        handshakes: &[super::handshakes::SALESFORCE],
        source: "Salesforce's text on signing; receivers of others for the key; November 2026",
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

    /// Tally: forms.
    TALLY = Scheme {
        name: "tally",
        signature: header("tally-signature"),
        event_id: Some(unconfirmed(json("eventId"))),
        event_type: Some(json("eventType")),
        confidence: ThirdParty,
        source: "Tally's help page; base64: receivers of others, which agree; November 2026",
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

    /// WooCommerce. The delivery id is new on every attempt. Its first request, a ping, is
    /// unsigned.
    WOOCOMMERCE = Scheme {
        name: "woocommerce",
        signature: header("x-wc-webhook-signature"),
        event_id: Some(attempt(header("x-wc-webhook-delivery-id"))),
        event_type: Some(header("x-wc-webhook-topic")),
        handshakes: &[super::handshakes::WOOCOMMERCE],
        confidence: Sdk,
        source: "the sender, woocommerce class-wc-webhook.php; November 2026",
        ..BASE64
    };

    /// Worldline's online payments. `x-gcs-keyid` names the key, unsigned: any of yours may match.
    WORLDLINE = Scheme {
        name: "worldline",
        signature: header("x-gcs-signature"),
        handshakes: &[super::handshakes::WORLDLINE],
        confidence: Sdk,
        source: "onlinepayments-sdk-nodejs 6.2.0 (npm) webhooks/validation.js, run; November 2026",
        ..BASE64
    };

    /// X, formerly Twitter. The key is the app's consumer secret. No id, and no one type: each
    /// top-level key of the body is a kind of event.
    X_TWITTER = Scheme {
        name: "x-twitter",
        signature: header("x-twitter-webhooks-signature").prefix("sha256="),
        handshakes: &[super::handshakes::X_TWITTER],
        source: "xdevplatform/docs x-api/webhooks; November 2026",
        ..BASE64
    };

    /// Xero. One delivery holds many events, without an id of their own. Answer 401 to a delivery
    /// that fails: Xero sends bad ones on purpose before it accepts a receiver.
    XERO = Scheme {
        name: "xero",
        signature: header("x-xero-signature"),
        source: "Xero's text on configuring a server; November 2026",
        ..BASE64
    };
}
