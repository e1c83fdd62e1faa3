//! Ed25519: the provider signs with its private key, and what a receiver holds is no secret.

use crate::{
    Algorithm,
    Confidence::{Sdk, ThirdParty},
    Encoding, KeyFormat, Scheme, header, json, seconds, template, unconfirmed,
};

/// A public key without a prefix, and its signature in hex.
const ED25519: Scheme<'static> = Scheme {
    key: KeyFormat::PUBLIC_KEY,
    algorithm: Algorithm::Ed25519,
    confidence: Sdk,
    ..Scheme::BASE
};

rows! {
    /// Discord: interactions and webhook events. The key is the application's public key. Discord
    /// tries an endpoint with bad signatures too, and shuts off one that takes them.
    DISCORD = Scheme {
        name: "discord",
        signature: header("x-signature-ed25519"),
        signed: template!("{timestamp}{body}"),
        timestamp: Some(seconds(header("x-signature-timestamp"))),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("event.type|type")),
        handshakes: &[super::handshakes::DISCORD_EVENTS, super::handshakes::DISCORD_INTERACTIONS],
        source: "discord-interactions 4.4.0 (npm) verifyKey; November 2026",
        ..ED25519
    };

    /// fal. The hash of the body is signed. The keys are published as a set: give the `x`, or the
    /// whole JWK, of each.
    FAL = Scheme {
        name: "fal",
        signature: header("x-fal-webhook-signature"),
        signed: template!(
            "{event_id}\n{header:x-fal-webhook-user-id}\n{timestamp}\n{body|sha256|hex}"
        ),
        timestamp: Some(seconds(header("x-fal-webhook-timestamp"))),
        event_id: Some(unconfirmed(header("x-fal-webhook-request-id"))),
        event_type: Some(json("status")),
        confidence: ThirdParty,
        source: "fal's text on webhooks, and public receivers that follow it; November 2026",
        ..ED25519
    };

    /// Standard Webhooks with a key pair. The receiver's key begins with `whpk_`, the sender's with
    /// `whsk_`. Entries of the symmetric kind, `v1`, are passed over.
    STANDARD_WEBHOOKS_V1A = Scheme {
        name: "standard-webhooks-v1a",
        signature: header("webhook-signature").item(" ", "v1a,"),
        encoding: Encoding::Base64,
        key: KeyFormat::PublicKey { prefix: "whpk_", private_prefix: "whsk_" },
        algorithm: Algorithm::Ed25519,
        source: "the specification of Standard Webhooks and a test of svix-server; November 2026",
        ..super::STANDARD_WEBHOOKS
    };

    /// Telnyx. A pipe between time and body; the key is the account's public key.
    TELNYX = Scheme {
        name: "telnyx",
        signature: header("telnyx-signature-ed25519"),
        encoding: Encoding::Base64,
        signed: template!("{timestamp}|{body}"),
        timestamp: Some(seconds(header("telnyx-timestamp"))),
        event_id: Some(unconfirmed(json("data.id"))),
        event_type: Some(json("data.event_type")),
        source: "telnyx 7.24 (npm) src/lib/webhooks.ts, and 4.189 (PyPI); November 2026",
        ..ED25519
    };
}
