//! Headers that are signed beside the body: a list that the delivery names, or always the same.

use crate::{
    Confidence::{Docs, Sdk},
    Scheme, Weakness, header, millis, seconds, template, unconfirmed,
};
#[cfg(feature = "ed25519")]
use crate::{Algorithm, Clock, Encoding, KeyFormat, Timestamp, check};

/// Time, list, the listed headers' values and body, parted by dots; a dot in a value is no other.
/// An id or a type that is not on the list is not bound.
const LISTED: Scheme<'static> = Scheme {
    signature: header("x-hook0-signature").item(",", "v1="),
    timestamp: Some(seconds(header("x-hook0-signature").item(",", "t="))),
    signed_headers: Some(header("x-hook0-signature").item(",", "h=")),
    signed: template!("{timestamp}.{headers}.{headers|values}.{body}"),
    event_id: Some(unconfirmed(header("x-event-id"))),
    event_type: Some(header("x-event-type")),
    admits: &[Weakness::LooseJoins],
    ..Scheme::BASE
};

/// Ed25519 in base64.
#[cfg(feature = "ed25519")]
const ED25519: Scheme<'static> = Scheme {
    encoding: Encoding::Base64,
    key: KeyFormat::PUBLIC_KEY,
    algorithm: Algorithm::Ed25519,
    ..Scheme::BASE
};

rows! {
    /// Coinbase Developer Platform, which sends by Hook0.
    COINBASE_CDP = Scheme {
        name: "coinbase-cdp",
        confidence: Docs,
        source: "Coinbase's text on verifying signatures; hook0-client 1.1 (npm); November 2026",
        ..LISTED
    };

    /// Contentful. It allows less than 30 seconds. The URL's query is escaped twice.
    CONTENTFUL = Scheme {
        name: "contentful",
        signature: header("x-contentful-signature"),
        timestamp: Some(millis(header("x-contentful-timestamp")).window(29, 300)),
        signed_headers: Some(header("x-contentful-signed-headers")),
        signed: template!("{method}\n{path|quoted}\n{headers|lines}\n{body}"),
        event_type: Some(header("x-contentful-topic")),
        confidence: Sdk,
        source: "@contentful/node-apps-toolkit (npm) requests, run; November 2026",
        ..Scheme::BASE
    };

    /// Hook0. Its older signature, `v0`, is another scheme: never a second try.
    HOOK0 = Scheme {
        name: "hook0",
        confidence: Sdk,
        source: "hook0-client 1.1 (npm) signature.js, run; November 2026",
        ..LISTED
    };

    /// Integrated Finance. The hash is made of the body: the digest header is not read.
    #[cfg(all(feature = "ed25519", feature = "sha512"))]
    INTEGRATED_FINANCE = Scheme {
        name: "integrated-finance",
        signature: header("x-webhook-signature"),
        timestamp: Some(crate::rfc3339(header("x-webhook-request-timestamp"))),
        signed: template!("{body|sha512|base64}|{event_id}|{header:x-webhook-event-timestamp}|\
                {header:x-webhook-request-id}|{timestamp}|{header:x-webhook-key-version}"),
        event_id: Some(unconfirmed(header("x-webhook-event-id"))),
        confidence: Docs,
        source: "Integrated Finance's text on webhook authentication; November 2026",
        ..ED25519
    };

    /// Keygen: HTTP signatures, always over the same four headers, whatever they say.
    #[cfg(feature = "ed25519")]
    KEYGEN = Scheme {
        name: "keygen",
        signature: header("keygen-signature").item(", ", "signature=\""),
        timestamp: Some(Timestamp::new(Clock::HttpDate, header("date"))),
        signed: template!("(request-target): {method|lower} {path}\nhost: {header:host}\n\
                           date: {timestamp}\ndigest: {header:digest}"),
        checks: &[check(header("digest"), template!("sha-256={body|sha256|base64}"))],
        confidence: Sdk,
        source: "keygen-sh/keygen-go verifier.go and keygen.go; November 2026",
        ..ED25519
    };
}
