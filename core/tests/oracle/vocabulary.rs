//! What of the rows' vocabulary a row uses, and where that is tested which no recipe has.

use std::collections::BTreeSet;

use hookseal::{Clock, Encoding, KeyFormat, Place, Scheme};

/// Where the vocabulary is read a second time: of every row, against every vector and against
/// deliveries by chance.
const REFERENCE: &str = "core/tests/words.rs";
/// Where signatures that are a JWS are held against another reader and another writer.
const JWS: &str = "core/tests/jws.rs";
/// Where a published delivery of each row is verified.
const VECTORS: &str = "core/tests/vectors.rs";

/// What the table uses and no recipe does, and the program that tests it.
pub(crate) const ELSEWHERE: &[(&str, &str)] = &[
    ("algorithm ecdsa-p256-sha256", REFERENCE),
    ("algorithm ed25519", REFERENCE),
    ("algorithm hmac-md5", REFERENCE),
    ("algorithm hmac-sha384", REFERENCE),
    ("algorithm md5", REFERENCE),
    ("algorithm rsa-pkcs1-sha1", VECTORS),
    ("algorithm rsa-pkcs1-sha256", VECTORS),
    ("algorithm rsa-pkcs1-sha512", VECTORS),
    ("algorithm sha512", REFERENCE),
    ("clock Expiry", JWS),
    ("clock Iso8601", REFERENCE),
    ("condition WithBody", JWS),
    ("condition in a claim", JWS),
    ("encoding Base64Url", REFERENCE),
    ("encoding HexOrBase64", REFERENCE),
    ("encoding Jws", JWS),
    ("id in a claim", JWS),
    ("key PublicKey", REFERENCE),
    ("quoted signature", REFERENCE),
    ("signature in the body as a whole", JWS),
    ("time in a claim", JWS),
    ("type in a claim", JWS),
    ("word body|base64url", JWS),
    ("word body|crc32", VECTORS),
    ("word body|minified|sha256|hex", VECTORS),
    ("word body|sha256|base64", REFERENCE),
    ("word body|sha256|base64url", REFERENCE),
    ("word body|sha512|base64", REFERENCE),
    ("word body|sorted", REFERENCE),
    ("word form|pairs", VECTORS),
    ("word form|php", VECTORS),
    ("word json|text", REFERENCE),
    ("word jws", JWS),
    ("word jws|header", JWS),
    ("word method|lower", REFERENCE),
    ("word query|sorted", REFERENCE),
    ("word url|base", REFERENCE),
    ("word url|sha256|hex", REFERENCE),
];

/// All that a row uses, a word each: `word url|port`, `clock Rfc3339`.
pub(crate) fn used(row: &Scheme<'_>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut templates = vec![row.signed];
    let mut places = vec![("signature", row.signature.place)];
    places.extend(row.timestamp.map(|time| ("time", time.source.place)));
    places.extend(row.event_id.map(|id| ("id", id.source.place)));
    places.extend(row.event_type.map(|kind| ("type", kind.place)));
    for check in row.checks {
        templates.push(check.equals);
        places.push(("condition", check.source.place));
        used.insert(format!("condition {:?}", check.when));
    }
    for template in templates {
        used.extend(words(template.text()).map(|word| format!("word {word}")));
    }
    used.extend(places.iter().map(|(what, place)| format!("{what} in {}", name_of(*place))));
    used.insert(format!("encoding {}", encoding(row.encoding)));
    used.insert(format!("key {}", key(row.key)));
    used.insert(format!("algorithm {}", row.algorithm.name()));
    used.extend(row.timestamp.map(|time| format!("clock {}", clock(time.clock))));
    used.extend(row.key_id.map(|_| "key of two halves".to_owned()));
    used.extend(row.signature.key_mark.map(|_| "signature under a key's id".to_owned()));
    used.extend(row.signed_headers.map(|_| "list of signed headers".to_owned()));
    used.extend(row.signature.prefix.ends_with('"').then(|| "quoted signature".to_owned()));
    used
}

/// The words between a template's braces, without the names after their colons.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let text = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let word = text.map(|(word, _)| word.split_once(':').map_or(word, |(word, _)| word));
    // A doubled brace opens no word.
    word.filter(|word| !word.is_empty() && !word.contains('"'))
}

fn name_of(place: Place) -> &'static str {
    match place {
        Place::Header => "a header",
        Place::Json => "JSON",
        Place::Query => "the query",
        Place::Form => "a form",
        Place::Claim => "a claim",
        Place::Body => "the body as a whole",
        other => panic!("a place that this test does not know: {other:?}"),
    }
}

fn encoding(encoding: Encoding) -> String {
    format!("{encoding:?}")
}

fn key(key: KeyFormat<'_>) -> &'static str {
    match key {
        KeyFormat::Text => "Text",
        KeyFormat::Hex => "Hex",
        KeyFormat::Base64 { prefix: "" } => "Base64",
        KeyFormat::Base64 { .. } => "Base64 behind a prefix",
        KeyFormat::Sha1 => "Sha1",
        KeyFormat::AfterTimestamp => "AfterTimestamp",
        KeyFormat::PublicKey { .. } => "PublicKey",
        other => panic!("a key format that this test does not know: {other:?}"),
    }
}

fn clock(clock: Clock) -> String {
    format!("{clock:?}")
}
