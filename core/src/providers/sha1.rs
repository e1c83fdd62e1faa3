//! HMAC-SHA-1 of the body in hex: what these providers still sign with. No time is signed: an old
//! delivery verifies for ever.

use crate::{
    Algorithm,
    Confidence::{Docs, Sdk},
    Scheme, event, header, json, unconfirmed,
};

const SHA1: Scheme<'static> = Scheme { algorithm: Algorithm::HmacSha1, ..Scheme::BASE };

rows! {
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

    /// Intercom. The key is the app's client secret. The body counts the attempts, so a retry has other
    /// bytes under the same id.
    INTERCOM = Scheme {
        name: "intercom",
        signature: header("x-hub-signature").prefix("sha1="),
        event_id: Some(event(json("id"))),
        event_type: Some(json("topic")),
        confidence: Docs,
        source: "Intercom's text on signed notifications and on their fields; November 2026",
        ..SHA1
    };

    /// Vercel. The key is the webhook's secret, or the integration's client secret. By Vercel's text
    /// `id` is the delivery's; whether a retry keeps it is not said.
    VERCEL = Scheme {
        name: "vercel",
        signature: header("x-vercel-signature"),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "vercel/example-marketplace-integration app/webhook, and Vercel's text; November 2026",
        ..SHA1
    };
}
