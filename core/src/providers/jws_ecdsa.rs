//! A JWS under ECDSA over P-256, ES256.

use super::jws::JWS;
use crate::{
    Algorithm, Confidence, KeyFormat, Scheme, check, claim, json, header, seconds, template,
};

rows! {
    /// Plaid. The key is the JWK that Plaid's API gives for the token's `kid`. The type is in two
    /// parts, of which this is the second.
    PLAID = Scheme {
        name: "plaid",
        signature: header("plaid-verification"),
        checks: &[check(claim("request_body_sha256"), template!("{body|sha256|hex}"))],
        key: KeyFormat::PUBLIC_KEY,
        algorithm: Algorithm::EcdsaP256,
        timestamp: Some(seconds(claim("iat"))),
        event_type: Some(json("webhook_code")),
        confidence: Confidence::Docs,
        source: "Plaid's text on verifying webhooks; November 2026",
        ..JWS
    };
}
