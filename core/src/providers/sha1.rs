//! HMAC-SHA-1: what these providers still sign with. No time is signed: an old delivery verifies
//! for ever.

use crate::{
    Algorithm,
    Confidence::{Docs, Sdk},
    Encoding, Scheme, event, header, json, template, unconfirmed,
};

/// The body, in hex.
const SHA1: Scheme<'static> = Scheme { algorithm: Algorithm::HmacSha1, ..Scheme::BASE };

/// The body, in base64.
const BASE64: Scheme<'static> = Scheme { encoding: Encoding::Base64, ..SHA1 };

rows! {
    /// Agora's first header, still sent beside the newer one, which is a scheme of its own: never a
    /// second try after that one refused. A product's event types are numbers.
    AGORA_V1 = Scheme {
        name: "agora-v1",
        signature: header("agora-signature"),
        event_id: Some(unconfirmed(json("noticeId"))),
        event_type: Some(json("eventType")),
        confidence: Docs,
        source: "Agora's page on signature verification and its worked example; November 2026",
        ..SHA1
    };

    /// Appwrite. The URL, as it is configured at Appwrite, is signed before the body.
    /// `x-appwrite-webhook-id` names the webhook; the events header is a list.
    APPWRITE = Scheme {
        name: "appwrite",
        signature: header("x-appwrite-webhook-signature"),
        signed: template!("{url}{body}"),
        event_type: Some(header("x-appwrite-webhook-events")),
        confidence: Sdk,
        source: "the sender, appwrite/appwrite Workers/Webhooks.php; November 2026",
        ..BASE64
    };

    /// Expo's builds (EAS). `id` names the build or the submission.
    EXPO = Scheme {
        name: "expo",
        signature: header("expo-signature").prefix("sha1="),
        event_id: Some(unconfirmed(json("id"))),
        confidence: Docs,
        source: "expo/expo docs/pages/eas/webhooks.mdx; November 2026",
        ..SHA1
    };

    /// Front's rule webhooks. The key is the company's API secret. Its applications sign otherwise,
    /// under the same header.
    FRONT_RULE = Scheme {
        name: "front-rule",
        signature: header("x-front-signature"),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        confidence: Docs,
        source: "Front's text on rule webhooks; November 2026",
        ..BASE64
    };

    /// GitHub's first header, still sent beside the newer one. For receivers that cannot yet do
    /// without it; never a second try after [`GITHUB`](super::GITHUB) refused.
    GITHUB_LEGACY_SHA1 = Scheme {
        name: "github-legacy-sha1",
        signature: header("x-hub-signature").prefix("sha1="),
        event_id: Some(event(header("x-github-delivery"))),
        event_type: Some(header("x-github-event")),
        confidence: Sdk,
        source: "octokit/webhooks-methods.js 6.0.0 and GitHub's text; November 2026",
        ..SHA1
    };

    /// Help Scout. No id of the delivery.
    HELPSCOUT = Scheme {
        name: "helpscout",
        signature: header("x-helpscout-signature"),
        event_type: Some(header("x-helpscout-event")),
        confidence: Sdk,
        source: "helpscout/helpscout-api-php IncomingWebhook.php and its test; November 2026",
        ..BASE64
    };

    /// Intercom. The key is the app's client secret. The body counts the attempts, so a retry has
    /// other bytes under the same id.
    INTERCOM = Scheme {
        name: "intercom",
        signature: header("x-hub-signature").prefix("sha1="),
        event_id: Some(event(json("id"))),
        event_type: Some(json("topic")),
        handshakes: &[super::handshakes::INTERCOM],
        confidence: Docs,
        source: "Intercom's text on signed notifications and on their fields; November 2026",
        ..SHA1
    };

    /// Segment's webhook destinations. Of a batch only the first event is signed, and its bytes are
    /// not in the request: batches are refused, so turn batching off.
    SEGMENT = Scheme {
        name: "segment",
        signature: header("x-signature"),
        event_id: Some(unconfirmed(json("messageId"))),
        event_type: Some(json("type")),
        confidence: Docs,
        source: "Segment's text on webhook destinations; November 2026",
        ..SHA1
    };

    /// Sinch Numbers. Sinch's other products sign otherwise.
    SINCH_NUMBERS = Scheme {
        name: "sinch-numbers",
        signature: header("x-sinch-signature"),
        confidence: Sdk,
        source: "sinch (PyPI) sinch_events authentication_validation.py, run; November 2026",
        ..SHA1
    };

    /// Trello. The callback URL, as it was given to Trello, is signed after the body. Trello signs
    /// the low byte of each UTF-16 unit: a body with letters beyond ASCII is refused.
    TRELLO = Scheme {
        name: "trello",
        signature: header("x-trello-webhook"),
        signed: template!("{body}{url}"),
        event_id: Some(unconfirmed(json("action.id"))),
        event_type: Some(json("action.type")),
        handshakes: &[super::handshakes::TRELLO],
        confidence: Docs,
        source: "Trello's text on webhook signatures, as others quote it; November 2026",
        ..BASE64
    };

    /// Vercel. The key is the webhook's secret, or the integration's client secret. By Vercel's
    /// text `id` is the delivery's; whether a retry keeps it is not said.
    VERCEL = Scheme {
        name: "vercel",
        signature: header("x-vercel-signature"),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "vercel/example-marketplace-integration app/webhook, and Vercel's text; November 2026",
        ..SHA1
    };

    /// WebSub, a hub that signs with SHA-1. The hub chooses; take a better hash where you can. The
    /// specification does not fix the case of the digits.
    WEBSUB_SHA1 = Scheme {
        name: "websub-sha1",
        signature: header("x-hub-signature").prefix("sha1="),
        handshakes: &[super::handshakes::WEBSUB],
        confidence: Docs,
        source: "the W3C's Recommendation WebSub, section 8; November 2026",
        ..SHA1
    };
}
