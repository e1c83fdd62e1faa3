//! A JWS (RFC 7515) under a shared secret, HS256. The token vouches for its claims; for the body
//! only where one of them is its hash.

use crate::{
    Confidence::{Docs, Sdk, ThirdParty},
    Encoding, Scheme, Weakness, check, claim, expiry, header, json, seconds, template, unconfirmed,
};

/// Header and payload are signed.
pub(super) const JWS: Scheme<'static> =
    Scheme { encoding: Encoding::Jws, signed: template!("{jws}"), confidence: Sdk, ..Scheme::BASE };

rows! {
    /// FusionAuth with a secret key. The token has no time.
    FUSIONAUTH = Scheme {
        name: "fusionauth",
        signature: header("x-fusionauth-signature-jwt"),
        checks: &[check(claim("request_body_sha256"), template!("{body|sha256|base64}"))],
        event_id: Some(unconfirmed(json("event.id"))),
        event_type: Some(json("event.type")),
        confidence: Docs,
        source: "FusionAuth's site, events-and-webhooks/signing.mdx; November 2026",
        ..JWS
    };

    /// LiveKit. The secret is the API key, a colon, and its secret.
    LIVEKIT = Scheme {
        name: "livekit",
        signature: header("authorization"),
        checks: &[
            check(claim("iss"), template!("{key_id}")),
            check(claim("sha256"), template!("{body|sha256|base64}")),
        ],
        key_id: Some(b':'),
        timestamp: Some(expiry(claim("exp")).window(0, 60)),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("event")),
        source: "livekit-server-sdk 2.19 (npm), livekit-api 1.2.2 (PyPI); November 2026",
        ..JWS
    };

    /// MessageBird. The URL is that of the request, its query too, as it came.
    MESSAGEBIRD = Scheme {
        name: "messagebird",
        signature: header("messagebird-signature-jwt"),
        checks: &[
            check(claim("iss"), template!("MessageBird")),
            check(claim("url_hash"), template!("{url|sha256|hex}")),
            check(claim("payload_hash"), template!("{body|sha256|hex}")).with_body(),
        ],
        timestamp: Some(expiry(claim("exp")).window(0, 5)),
        event_id: Some(unconfirmed(claim("jti"))),
        source: "messagebird 4.0.1 (npm) lib/webhook-signature-jwt.js and its data; November 2026",
        ..JWS
    };

    /// monday.com. The token is for the URL, and says nothing of the body: whoever has one can send
    /// any body with it for five minutes.
    MONDAY = Scheme {
        name: "monday",
        signature: header("authorization"),
        checks: &[check(claim("aud"), template!("{url}"))],
        timestamp: Some(expiry(claim("exp"))),
        event_id: Some(unconfirmed(json("event.triggerUuid"))),
        event_type: Some(json("event.type")),
        admits: &[Weakness::BodyUnsigned],
        handshakes: &[super::handshakes::MONDAY],
        confidence: Docs,
        source: "monday.com's text on the authorization header; November 2026",
        ..JWS
    };

    /// Netlify's deploy notifications. `id` names the deploy. The token has no time.
    NETLIFY = Scheme {
        name: "netlify",
        signature: header("x-webhook-signature"),
        checks: &[
            check(claim("iss"), template!("netlify")),
            check(claim("sha256"), template!("{body|sha256|hex}")),
        ],
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(header("x-netlify-event")),
        confidence: ThirdParty,
        source: "Netlify's text as receivers quote it; November 2026",
        ..JWS
    };

    /// Upstash QStash. The URL is the destination as it was published; the token is for it alone.
    UPSTASH_QSTASH = Scheme {
        name: "upstash-qstash",
        signature: header("upstash-signature"),
        checks: &[
            check(claim("iss"), template!("Upstash")),
            check(claim("sub"), template!("{url}")),
            check(claim("body"), template!("{body|sha256|base64url}=")),
        ],
        timestamp: Some(expiry(claim("exp")).window(0, 0)),
        event_id: Some(unconfirmed(claim("jti"))),
        source: "@upstash/qstash 2.12.0 (npm) Receiver, qstash 3.4.0 (PyPI); November 2026",
        ..JWS
    };

    /// Vonage: its Voice and Messages APIs. The hash of the body is there where a body is.
    VONAGE = Scheme {
        name: "vonage",
        signature: header("authorization").prefix("Bearer "),
        checks: &[check(claim("payload_hash"), template!("{body|sha256|hex}")).with_body()],
        timestamp: Some(seconds(claim("iat"))),
        event_id: Some(unconfirmed(claim("jti"))),
        source: "vonage-jwt 1.1.5 (PyPI), @vonage/jwt 1.14 (npm), and Vonage's text; November 2026",
        ..JWS
    };
}
