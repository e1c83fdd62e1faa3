//! A signed time beside the body, under HMAC-SHA-512: an old delivery cannot be sent again.

use crate::{Algorithm, Confidence::Sdk, Encoding, Scheme, header, seconds, template};

/// What Convoy's settings do not change: see its rows of SHA-256.
const CONVOY: Scheme<'static> = Scheme {
    signature: header("x-convoy-signature").item(",", "v1="),
    timestamp: Some(seconds(header("x-convoy-signature").item(",", "t="))),
    signed: template!("{timestamp},{body}"),
    algorithm: Algorithm::HmacSha512,
    confidence: Sdk,
    ..Scheme::BASE
};

rows! {
    /// Convoy, advanced signatures, SHA-512 in base64: hash and spelling are the sender's settings.
    CONVOY_ADVANCED_SHA512_BASE64 = Scheme {
        name: "convoy-advanced-sha512-base64",
        encoding: Encoding::Base64,
        source: "frain-dev/convoy pkg/signature and its published vectors; November 2026",
        ..CONVOY
    };

    /// Convoy, advanced signatures, SHA-512 in hex: hash and spelling are the sender's settings.
    CONVOY_ADVANCED_SHA512_HEX = Scheme {
        name: "convoy-advanced-sha512-hex",
        source: "frain-dev/convoy pkg/signature and its published vectors; November 2026",
        ..CONVOY
    };
}
