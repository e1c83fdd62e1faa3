//! The rows over which every property is asked, and what of a row decides whether one can be asked
//! of it. Nothing here goes by a row's name; `every_rule_leaves_rows` holds how many each leaves.

use hookseal::{
    Algorithm, Clock, Encoding, KeyFormat, Place, Scheme, Source, Timestamp, check, claim, event,
    header, json, providers, seconds, template,
};

use crate::reference::template::words;

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

/// A JWS, whose claims bind the body.
#[cfg(feature = "jwt")]
const JWS: Scheme<'static> = Scheme {
    name: "custom-jws",
    signature: header("authorization").prefix("Bearer "),
    encoding: Encoding::Jws,
    signed: template!("{jws}"),
    checks: &[check(claim("hash"), template!("{body|sha256|hex}"))],
    timestamp: Some(Timestamp::new(Clock::Seconds, claim("iat"))),
    event_id: Some(event(claim("jti"))),
    ..Scheme::BASE
};

/// The same under a shared secret, and under a public key.
#[cfg(all(feature = "jwt", feature = "ecdsa"))]
pub(crate) const JWS_ROWS: &[&Scheme<'static>] = &[
    &JWS,
    &Scheme {
        name: "custom-jws-es256",
        key: KeyFormat::PUBLIC_KEY,
        algorithm: Algorithm::EcdsaP256,
        ..JWS
    },
];

/// Every row of the table, and the custom ones.
pub(crate) fn rows() -> impl Iterator<Item = &'static Scheme<'static>> {
    let rows = providers::ALL.iter().copied().chain(CUSTOM);
    #[cfg(all(feature = "jwt", feature = "ecdsa"))]
    let rows = rows.chain(JWS_ROWS.iter().copied());
    rows
}

/// Whether the tests make its deliveries: not where it takes a private key of RSA.
pub(crate) fn is_signed_here(row: &Scheme<'_>) -> bool {
    let rsa = [Algorithm::RsaSha1, Algorithm::RsaSha256, Algorithm::RsaSha512];
    !rsa.contains(&row.algorithm)
}

/// The rows of which any delivery can be made.
pub(crate) fn made_rows() -> impl Iterator<Item = &'static Scheme<'static>> {
    rows().filter(|row| is_signed_here(row))
}

/// The rows of these that sign.
pub(crate) fn signing_rows() -> impl Iterator<Item = &'static Scheme<'static>> {
    made_rows().filter(|row| row.algorithm != Algorithm::Token)
}

/// The rows of these whose tag one key both makes and checks.
pub(crate) fn shared_key_rows() -> impl Iterator<Item = &'static Scheme<'static>> {
    signing_rows().filter(|row| !has_public_key(row))
}

/// The rows that sign a time.
pub(crate) fn timed_rows() -> impl Iterator<Item = (&'static Scheme<'static>, Timestamp<'static>)> {
    made_rows().filter_map(|row| row.timestamp.map(|time| (row, time)))
}

pub(crate) fn has_public_key(row: &Scheme<'_>) -> bool {
    matches!(row.key, KeyFormat::PublicKey { .. })
}

/// Whether the body is a form.
pub(crate) fn reads_form(row: &Scheme<'_>) -> bool {
    reads(row, Place::Form)
        || words(row.signed.text()).iter().any(|(word, _)| word.starts_with("form"))
}

/// Whether a row needs a field of the JSON body to verify.
pub(crate) fn reads_json(row: &Scheme<'_>) -> bool {
    let signed_id = row.signed.text().contains("{event_id}");
    let id = row.event_id.is_some_and(|id| signed_id && id.source.place == Place::Json);
    let time = row.timestamp.is_some_and(|time| time.source.place == Place::Json);
    let words = words(row.signed.text());
    let needs = |(word, _): &(String, String)| {
        word.starts_with("json") || word.contains("minified") || word == "body|sorted"
    };
    id || time || row.signature.place == Place::Json || words.iter().any(needs)
}

/// Whether something that the row needs is in this place.
pub(crate) fn reads(row: &Scheme<'_>, place: Place) -> bool {
    let is = |source: &Source<'_>| source.place == place;
    is(&row.signature)
        || row.timestamp.is_some_and(|time| is(&time.source))
        || row.event_id.is_some_and(|id| is(&id.source))
}

/// Whether the signature is inside of the body.
pub(crate) fn is_in_body(row: &Scheme<'_>) -> bool {
    [Place::Json, Place::Form, Place::Body].contains(&row.signature.place)
}

/// Whether each byte of the body is bound, and not what they say: a form and JSON without its blanks
/// are written anew before they are hashed.
pub(crate) fn signs_bytes(row: &Scheme<'_>) -> bool {
    let texts = row.checks.iter().map(|check| check.equals).chain([row.signed]);
    let mut words = texts.flat_map(|template| words(template.text()));
    let written_anew = words.any(|(word, _)| word.starts_with("form") || word.contains("minified"));
    row.bound().body.is_whole() && !written_anew
}

/// Most bytes of a secret that is kept as it is, as no hash state can be prepared.
pub(crate) const KEPT: usize = 160;

pub(crate) fn keeps_secret(row: &Scheme<'_>) -> bool {
    let hashed = row.algorithm != Algorithm::Token && row.signed.text().contains("{secret}");
    hashed || row.key == KeyFormat::AfterTimestamp
}

/// Whether a secret is the bytes of a text.
pub(crate) fn is_text(row: &Scheme<'_>) -> bool {
    matches!(row.key, KeyFormat::Text | KeyFormat::Sha1 | KeyFormat::AfterTimestamp)
}

/// Whether the tag is an HMAC under the secret, and under nothing made of it.
pub(crate) fn is_hmac_of_its_secret(row: &Scheme<'_>) -> bool {
    let direct = !matches!(row.key, KeyFormat::Sha1 | KeyFormat::AfterTimestamp);
    direct && row.algorithm == hmac_of(row)
}

/// The row's HMAC; where it has none, another.
pub(crate) fn hmac_of(row: &Scheme<'_>) -> Algorithm {
    match row.algorithm {
        hmac @ (Algorithm::HmacMd5
        | Algorithm::HmacSha1
        | Algorithm::HmacSha384
        | Algorithm::HmacSha512) => hmac,
        _ => Algorithm::HmacSha256,
    }
}

/// How many rows each rule leaves: a rule that leaves fewer skips rows in silence.
#[cfg(all(
    feature = "md5",
    feature = "canonical",
    feature = "jwt",
    feature = "ed25519",
    feature = "ecdsa",
    feature = "rsa"
))]
#[test]
fn every_rule_leaves_rows() {
    let count =
        |rule: &dyn Fn(&Scheme<'static>) -> bool| made_rows().filter(|row| rule(row)).count();
    let all = rows().count();
    assert_eq!(all, providers::ALL.len() + CUSTOM.len() + JWS_ROWS.len());
    // What is verified and never signed is all that the tests cannot make.
    let verified_only: Vec<_> = rows().filter(|row| !is_signed_here(row)).collect();
    assert!(verified_only.iter().all(|row| row.algorithm.name().starts_with("rsa-")));
    assert!(verified_only.len() * 12 < all, "more than a twelfth of the rows");
    let of_body = |row: &Scheme<'_>| signs_bytes(row) && !is_in_body(row);
    for (what, left, least) in [
        ("rows whose deliveries are made here", made_rows().count(), 289),
        ("rows that sign", signing_rows().count(), 266),
        ("rows with a shared key", shared_key_rows().count(), 256),
        ("rows with a public key", count(&has_public_key), 10),
        ("rows with a time", timed_rows().count(), 128),
        ("signatures in a header", count(&|row| row.signature.place == Place::Header), 271),
        ("signatures in the body", count(&is_in_body), 17),
        ("signatures in the query", count(&|row| row.signature.place == Place::Query), 1),
        ("bodies that are forms", count(&reads_form), 14),
        ("bodies that must be JSON", count(&reads_json), 16),
        ("bodies each byte of which is bound", count(&of_body), 240),
    ] {
        assert!(left >= least, "{what}: {left}, and not {least}");
        println!("{left} {what}");
    }
}
