//! ECDSA over P-256 with SHA-256, the signature in DER.

use crate::{
    Algorithm,
    Confidence::{Docs, Sdk},
    Encoding, KeyFormat, Scheme, header, json, seconds, template, unconfirmed,
};

/// A public key, and its signature over the body in base64.
const ECDSA: Scheme<'static> = Scheme {
    encoding: Encoding::Base64,
    key: KeyFormat::PUBLIC_KEY,
    algorithm: Algorithm::EcdsaP256,
    ..Scheme::BASE
};

rows! {
    /// Circle, notifications of version 2. `x-circle-key-id` names the key, which Circle's API
    /// gives. No time is signed.
    CIRCLE = Scheme {
        name: "circle",
        signature: header("x-circle-signature"),
        event_id: Some(unconfirmed(json("notificationId"))),
        event_type: Some(json("notificationType")),
        handshakes: &[super::handshakes::CIRCLE],
        confidence: Docs,
        source: "Circle's text on verifying webhook signatures; November 2026",
        ..ECDSA
    };

    /// SendGrid's Event Webhook. One delivery holds many events, whose ids are in an array. The
    /// line break at the end of the body is signed.
    SENDGRID = Scheme {
        name: "sendgrid",
        signature: header("x-twilio-email-event-webhook-signature"),
        signed: template!("{timestamp}{body}"),
        timestamp: Some(seconds(header("x-twilio-email-event-webhook-timestamp"))),
        confidence: Sdk,
        source: "sendgrid-python eventwebhook, its test, @sendgrid/eventwebhook 8; November 2026",
        ..ECDSA
    };
}
