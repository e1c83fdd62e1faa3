//! Signatures that are in the URL, or over a part of it: the path, the query.

#[cfg(feature = "rsa")]
use crate::{Algorithm, KeyFormat, rfc3339};
use crate::{
    Confidence::{Docs, Sdk},
    Encoding, Scheme, Weakness, header, query, seconds, template, unconfirmed,
};

rows! {
    /// MessageBird before it was Bird. Of the URL the query is bound, and neither host nor path.
    MESSAGEBIRD_LEGACY = Scheme {
        name: "messagebird-legacy",
        signature: header("messagebird-signature"),
        encoding: Encoding::Base64,
        timestamp: Some(seconds(header("messagebird-request-timestamp")).window(100, 300)),
        signed: template!("{timestamp}\n{query|sorted}\n{body|sha256}"),
        confidence: Sdk,
        source: "messagebird 4.0 (npm) signature.js, 2.2 (PyPI) signed_request.py; November 2026",
        ..Scheme::BASE
    };

    /// Midtrans, SNAP notifications. The body is bound but for blanks between its tokens.
    #[cfg(feature = "rsa")]
    MIDTRANS = Scheme {
        name: "midtrans",
        signature: header("x-signature"),
        encoding: Encoding::Base64,
        timestamp: Some(rfc3339(header("x-timestamp"))),
        signed: template!("{method}:{path}:{body|minified|sha256|hex}:{timestamp}"),
        key: KeyFormat::PUBLIC_KEY,
        algorithm: Algorithm::RsaSha256,
        confidence: Sdk,
        source: "midtrans-client 1.4 (npm) lib/snapBi/snapBi.js, run; November 2026",
        ..Scheme::BASE
    };

    /// PandaDoc. The signature is in the URL, so it is in access logs.
    PANDADOC = Scheme {
        name: "pandadoc",
        signature: query("signature"),
        confidence: Docs,
        source: "PandaDoc's text on verifying webhook authenticity; November 2026",
        ..Scheme::BASE
    };

    /// Plivo: messages, signature version 2. Neither query nor body is bound.
    PLIVO_V2 = Scheme {
        name: "plivo-v2",
        signature: header("x-plivo-signature-v2|x-plivo-signature-ma-v2"),
        encoding: Encoding::Base64,
        signed: template!("{url|base}{event_id}"),
        event_id: Some(unconfirmed(header("x-plivo-signature-v2-nonce"))),
        admits: &[Weakness::BodyUnsigned],
        confidence: Sdk,
        source: "plivo 4.63 (PyPI) plivo/utils, 4.79 (npm) security.js, run; November 2026",
        ..Scheme::BASE
    };
}
