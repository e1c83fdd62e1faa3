//! Headers that hold any bytes, junk, or the name of another algorithm.

use hookseal::{Algorithm, Encoding, Place, Scheme, Source};

use crate::case::{Case, Verify};
use crate::compare::survives;
use crate::headers::missing;
use crate::rows::{has_public_key, rows, signing_rows};

/// A byte outside ASCII in the signature header became a type error, and an answer of 500.
#[test]
fn daiv_non_ascii_byte_in_the_signature_header() {
    every_byte_at_every_position(&Case::accepted).unwrap();
    every_byte_at_every_position(&wrong::takes_it_for_ascii).unwrap_err();
}

/// Every byte value at every position of every header that is checked: never a panic, and never
/// verified, unless one separator of a list became another.
fn every_byte_at_every_position(verify: Verify<'_>) -> Result<(), String> {
    let mut met = Vec::new();
    for row in rows() {
        let mut case = Case::of(row);
        for header in 0..case.headers.len() {
            if missing(row, &case.headers[header].0).is_none() {
                continue;
            }
            for at in 0..case.headers[header].1.len() {
                let genuine = case.headers[header].1[at];
                let name = case.headers[header].0.clone();
                let bytes = bytes(row, &mut met, at);
                for byte in bytes.into_iter().filter(|byte| *byte != genuine) {
                    case.headers[header].1[at] = byte;
                    let same = is_same(row, &name, [genuine, byte]);
                    if survives(|| verify(&case)) != Some(same) {
                        return Err(format!("{}: {byte} at {at} of {header}", row.name));
                    }
                }
                case.headers[header].1[at] = genuine;
            }
        }
    }
    Ok(())
}

/// The bytes that are tried at a position: all of them for the first row of a kind, and for those
/// like it, and those whose verifying is slow, some of every class, others at each position.
fn bytes(row: &Scheme<'static>, met: &mut Vec<(String, &'static str)>, at: usize) -> Vec<u8> {
    let turn = u8::try_from(at % 32).unwrap();
    if has_public_key(row) {
        return vec![turn, turn + 96];
    }
    let clock = row.timestamp.map(|time| format!("{:?}", time.clock));
    for kind in [Some(format!("{:?}", row.encoding)), clock].into_iter().flatten() {
        if !met.iter().any(|(other, name)| *other == kind && *name != row.name) {
            met.push((kind, row.name));
            return (0..=255).collect();
        }
    }
    (0..8).map(|class| class * 32 + turn).collect()
}

/// Whether one of two bytes does for the other: two that part a list; hex in either case.
fn is_same(row: &Scheme<'_>, name: &str, pair: [u8; 2]) -> bool {
    let sources = [Some(row.signature), row.timestamp.map(|time| time.source), row.signed_headers];
    let here = |source: &Source<'_>| {
        source.place == Place::Header && source.names().any(|other| other == name)
    };
    let parts = |source: Source<'_>| pair.iter().all(|it| source.split.as_bytes().contains(it));
    let list = sources.into_iter().flatten().filter(here).any(parts);
    let hex = row.encoding == Encoding::HexAnyCase && here(&row.signature);
    list || (hex && pair[0].eq_ignore_ascii_case(&pair[1]))
}

/// A request that nobody had signed made the receiver throw where nobody caught it.
#[test]
fn octokit_webhooks_uncaught_throw_on_junk() {
    junk_is_survived(&Case::accepted).unwrap();
    junk_is_survived(&wrong::takes_it_for_ascii).unwrap_err();
}

/// Junk in every header and in the body, and a part of the genuine value kept in half of them.
fn junk_is_survived(verify: Verify<'_>) -> Result<(), String> {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut junk = move |length: u64| -> Vec<u8> {
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let length = next() % length;
        (0..length).map(|_| next().to_le_bytes()[3]).collect()
    };
    for row in rows() {
        let genuine = Case::of(row);
        for round in 0..200 {
            let mut case = genuine.clone();
            if row.signature.place != Place::Header {
                let kept = &case.signature.as_bytes()[..round % 7];
                case = genuine.with_signature([kept, &junk(90)].concat());
            }
            for (_, value) in &mut case.headers {
                value.truncate(if round % 2 == 0 { value.len() * (round % 7) / 7 } else { 0 });
                value.extend(junk(90));
            }
            if round % 3 != 0 {
                case.body = junk(300);
            }
            if survives(|| verify(&case)) != Some(false) {
                return Err(format!("{}, round {round}", row.name));
            }
        }
    }
    Ok(())
}

/// The algorithm was taken from the header: an unknown name was an answer of 500, a weaker one
/// was obeyed.
#[test]
fn packagist_algorithm_named_by_the_header() {
    other_algorithms_are_refused(&Case::accepted).unwrap();
    other_algorithms_are_refused(&wrong::obeys_the_header).unwrap_err();
}

fn other_algorithms_are_refused(verify: Verify<'_>) -> Result<(), String> {
    for row in signing_rows().filter(|row| row.signature.place == Place::Header) {
        let genuine = Case::of(row);
        let weak = genuine.spelled(&genuine.tag_by(Algorithm::HmacSha1));
        let names = ["sha1", "sha256", "SHA256", "sha512", "sha3-256", "md5", "none", "", "v0"];
        for (name, sign) in names.iter().flat_map(|name| ["=", ",", ":"].map(|sign| (name, sign))) {
            let prefix = format!("{name}{sign}");
            for text in [&genuine.signature, &weak] {
                let case = genuine.with_list(&format!("{prefix}{text}"));
                // The row's own prefix before its own tag is no other algorithm, nor is an empty
                // item of a list.
                if !case.carries_its_signature() && survives(|| verify(&case)) != Some(false) {
                    return Err(format!("{}: {prefix}", row.name));
                }
            }
        }
    }
    Ok(())
}

mod wrong {
    use super::{Algorithm, Case};

    pub(super) fn takes_it_for_ascii(case: &Case) -> bool {
        let text = |value: &Vec<u8>| str::from_utf8(value).unwrap().is_ascii();
        case.headers.iter().all(|(_, value)| text(value)) && case.accepted()
    }

    /// HMAC by whatever name stands before the sign.
    pub(super) fn obeys_the_header(case: &Case) -> bool {
        let value = case.clone().header_of(case.scheme.signature).clone();
        let value = String::from_utf8(value).unwrap();
        let Some((name, tag)) = value.split_once('=') else { return false };
        let algorithm = match name {
            "sha1" => Algorithm::HmacSha1,
            "sha256" => Algorithm::HmacSha256,
            other => panic!("{other}"),
        };
        tag == case.spelled(&case.tag_by(algorithm))
    }
}
