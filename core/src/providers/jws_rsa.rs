//! A JWS under RSA: RS256, once RS512. The key is given: none is fetched, and what a token's header
//! says of keys is not looked at.

use super::FUSIONAUTH;
use super::jws::JWS;
use crate::{
    Algorithm,
    Confidence::{Docs, ThirdParty},
    KeyFormat, Scheme, Weakness, body, check, claim, event, expiry, header, json, template,
    unconfirmed,
};

const RS256: Scheme<'static> =
    Scheme { key: KeyFormat::PUBLIC_KEY, algorithm: Algorithm::RsaSha256, ..JWS };

rows! {
    /// Fireblocks' newer header: RS512, and the payload is the body. No time is signed.
    FIREBLOCKS_JWS = Scheme {
        name: "fireblocks-jws",
        signature: header("fireblocks-webhook-signature"),
        signed: template!("{jws|header}.{body|base64url}"),
        algorithm: Algorithm::RsaSha512,
        event_type: Some(json("eventType|type")),
        confidence: Docs,
        source: "Fireblocks' text on validating webhooks by its key set; November 2026",
        ..RS256
    };

    /// FusionAuth with an RSA key. A token under any other algorithm is refused.
    FUSIONAUTH_RS256 = Scheme {
        name: "fusionauth-rs256",
        key: KeyFormat::PUBLIC_KEY,
        algorithm: Algorithm::RsaSha256,
        ..FUSIONAUTH
    };

    /// Gong's automation rules. The URL is the rule's, with its query.
    GONG = Scheme {
        name: "gong",
        signature: header("authorization").prefix("Bearer |"),
        checks: &[
            check(claim("webhook_url"), template!("{url}")),
            check(claim("body_sha256"), template!("{body|sha256|hex}")),
        ],
        timestamp: Some(expiry(claim("exp"))),
        confidence: ThirdParty,
        source: "Gong's text on signed JWT headers, and two receivers that agree; November 2026",
        ..RS256
    };

    /// Google Cloud Pub/Sub's push. The secret is the service account's email, a colon, and one of
    /// Google's keys, which change about daily; the URL is the subscription's audience. The token
    /// is good for up to an hour, and says nothing of the body: whoever has one can send any.
    GOOGLE_PUBSUB = Scheme {
        name: "google-pubsub",
        signature: header("authorization").prefix("Bearer "),
        checks: &[
            check(claim("iss"), template!("https://accounts.google.com")),
            check(claim("aud"), template!("{url}")),
            check(claim("email"), template!("{key_id}")),
            check(claim("email_verified"), template!("true")),
        ],
        key_id: Some(b':'),
        timestamp: Some(expiry(claim("exp"))),
        event_id: Some(unconfirmed(json("message.messageId"))),
        admits: &[Weakness::BodyUnsigned],
        confidence: Docs,
        source: "Google Cloud's text on authentication for push subscriptions; November 2026",
        ..RS256
    };

    /// Kinde. The body is the token, which has no time.
    KINDE = Scheme {
        name: "kinde",
        signature: body(),
        event_id: Some(unconfirmed(claim("event_id"))),
        event_type: Some(claim("type")),
        source: "@kinde/webhooks 1.0.0 (npm) decodeWebhook; November 2026",
        ..RS256
    };

    /// Lago. The token holds the body once more, so that a header of 8 KiB, the longest that is
    /// read, has room for one of about 4 KB: larger bodies are refused. The id is a header,
    /// unsigned.
    LAGO = Scheme {
        name: "lago",
        signature: header("x-lago-signature"),
        checks: &[check(claim("data"), template!("{body}"))],
        event_id: Some(event(header("x-lago-unique-key"))),
        event_type: Some(json("webhook_type")),
        source: "the sender, getlago/lago-api webhooks/base_service.rb; November 2026",
        ..RS256
    };

    /// Saleor with the instance's key: the body itself is the payload (RFC 7797). No time is
    /// signed.
    SALEOR_JWS = Scheme {
        name: "saleor-jws",
        signature: header("saleor-signature"),
        signed: template!("{jws|header}.{body}"),
        event_type: Some(header("saleor-event")),
        source: "the sender, saleor core/jwt_manager.py and webhook/transport; November 2026",
        ..RS256
    };

    /// Wix. The body is the token; its claim `data` is JSON in JSON, with the type of the event.
    WIX = Scheme {
        name: "wix",
        signature: body(),
        timestamp: Some(expiry(claim("exp"))),
        source: "@wix/sdk (npm) AppStrategy.js decodeJWT, run, and Wix's text; November 2026",
        ..RS256
    };
}
