//! The rows over which every property is asked.

use hookseal::{
    Algorithm, Encoding, KeyFormat, Scheme, Timestamp, event, header, json, providers, seconds,
    template,
};

/// Rows that no provider has: longer tags, URL-safe base64, a hex key, signed fields.
const CUSTOM: [&Scheme<'static>; 2] = [
    &Scheme {
        name: "custom-sha512",
        signature: header("custom-signature").item(" ", "v2,"),
        encoding: Encoding::Base64Url,
        algorithm: Algorithm::HmacSha512,
        key: KeyFormat::Hex,
        timestamp: Some(seconds(header("custom-time"))),
        signed: template!("{header:custom-tenant}|{timestamp}|{body}"),
        event_id: Some(event(json("id"))),
        ..Scheme::BASE
    },
    &Scheme {
        name: "custom-sha384",
        signature: header("custom-signature").prefix("sha384="),
        algorithm: Algorithm::HmacSha384,
        signed: template!("{json:account.id}|{body}"),
        ..Scheme::BASE
    },
];

/// Every row of the table, and the custom ones.
pub(crate) fn rows() -> impl Iterator<Item = &'static Scheme<'static>> {
    providers::ALL.iter().copied().chain(CUSTOM)
}

/// The rows that sign.
pub(crate) fn signing_rows() -> impl Iterator<Item = &'static Scheme<'static>> {
    rows().filter(|row| row.algorithm != Algorithm::Token)
}

/// The rows that sign a time.
pub(crate) fn timed_rows() -> impl Iterator<Item = (&'static Scheme<'static>, Timestamp<'static>)> {
    rows().filter_map(|row| row.timestamp.map(|time| (row, time)))
}
