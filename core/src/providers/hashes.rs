//! Plain hashes over a content that holds the secret.
//!
//! Where the secret stands first, such a hash can be extended: whoever saw one delivery can sign
//! its bytes with a tail of NULs and more behind them. That is no JSON: read all of the body.

use crate::{Algorithm, Confidence, Scheme, header, json, seconds, template};

/// The hash is a setting of the account: SHA-1, unless it was changed.
const CLOUDINARY_ANY: Scheme<'static> = Scheme {
    signature: header("x-cld-signature"),
    timestamp: Some(seconds(header("x-cld-timestamp")).window(7200, 300)),
    signed: template!("{body}{timestamp}{secret}"),
    event_type: Some(json("notification_type")),
    confidence: Confidence::Sdk,
    source: "cloudinary 2.11 (npm) verifyNotificationSignature and its tests; November 2026",
    ..Scheme::BASE
};

/// What HubSpot's older signatures share. A delivery that has one has version 3 too: use that.
const HUBSPOT_OLD: Scheme<'static> = Scheme {
    signature: header("x-hubspot-signature"),
    algorithm: Algorithm::Sha256,
    confidence: Confidence::Sdk,
    source: "@hubspot/api-client 13.5 lib/src/utils/signature.js, run; November 2026",
    ..Scheme::BASE
};

/// What Lark (Feishu) signs: the nonce parts nothing from the time, which has ten digits.
const LARK_ANY: Scheme<'static> = Scheme {
    signature: header("x-lark-signature"),
    timestamp: Some(seconds(header("x-lark-request-timestamp"))),
    signed: template!("{timestamp}{header:x-lark-request-nonce}{secret}{body}"),
    confidence: Confidence::Sdk,
    source: "@larksuiteoapi/node-sdk 1.74.0 (npm), checkIsEventValidated; November 2026",
    ..Scheme::BASE
};

rows! {
    /// Cloudinary's notifications, accounts set to SHA-1, the default. No event id.
    #[cfg(feature = "sha1")]
    CLOUDINARY = Scheme {
        name: "cloudinary",
        algorithm: Algorithm::Sha1,
        ..CLOUDINARY_ANY
    };

    /// Cloudinary's notifications, accounts set to SHA-256. No event id.
    CLOUDINARY_SHA256 = Scheme {
        name: "cloudinary-sha256",
        algorithm: Algorithm::Sha256,
        ..CLOUDINARY_ANY
    };

    /// HubSpot, signature version 1. No time: prefer [`HUBSPOT`](super::HUBSPOT), version 3.
    HUBSPOT_V1 = Scheme {
        name: "hubspot-v1",
        signed: template!("{secret}{body}"),
        ..HUBSPOT_OLD
    };

    /// HubSpot, signature version 2. No time: prefer [`HUBSPOT`](super::HUBSPOT), version 3.
    HUBSPOT_V2 = Scheme {
        name: "hubspot-v2",
        signed: template!("{secret}{method}{url}{body}"),
        ..HUBSPOT_OLD
    };

    /// Lark and Feishu, events. The secret is the app's encrypt key: without one nothing is signed,
    /// and with it the body is encrypted, so that id and type are not in reach.
    LARK = Scheme {
        name: "lark",
        algorithm: Algorithm::Sha256,
        handshakes: &[super::handshakes::LARK],
        ..LARK_ANY
    };

    /// Lark and Feishu, card actions. The secret is the app's verification token.
    #[cfg(feature = "sha1")]
    LARK_CARD = Scheme {
        name: "lark-card",
        algorithm: Algorithm::Sha1,
        ..LARK_ANY
    };

    /// Midtrans, payouts (Iris). The secret is the Iris merchant key. No time is signed.
    #[cfg(feature = "sha512")]
    MIDTRANS_IRIS = Scheme {
        name: "midtrans-iris",
        signature: header("iris-signature"),
        signed: template!("{body}{secret}"),
        algorithm: Algorithm::Sha512,
        confidence: Confidence::Docs,
        source: "Midtrans's text on validating payout notifications; November 2026",
        ..Scheme::BASE
    };
}
