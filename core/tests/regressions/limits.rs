//! Bodies without an end, and work that a sender could ask for without a secret.

use core::time::Duration;
use std::thread::Builder;
use std::time::Instant;

use hookseal::{Error, KeyFormat, Scheme, Verifier};

use crate::case::{Case, ID, Verify};
use crate::compare::survives;
use crate::rows::{
    KEPT, has_public_key, keeps_secret, reads_json, rows, signing_rows, signs_bytes,
};

/// The body was read without a limit before it was checked (CVE-2026-42294, GHSA-rm59-992w-x2mv).
#[test]
fn argo_workflows_2026_42294_body_without_a_limit() {
    the_limit_comes_first(&|case, limit| {
        let verifier = case.verifier().body_limit(limit);
        case.ask_of(&verifier, |verdict| verdict.map_or_else(|error| error.code(), |_| "verified"))
    })
    .unwrap();
    the_limit_comes_first(&|case, _| case.code()).unwrap_err();
}

fn the_limit_comes_first(code: &dyn Fn(&Case, usize) -> &'static str) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        let unsigned = genuine.without_signature();
        let [length, short] = [genuine.body.len(), unsigned.body.len()];
        for (case, limit, expected) in [
            (&genuine, length, "verified"),
            (&genuine, length - 1, "body_too_large"),
            (&genuine, 0, "body_too_large"),
            // A body that is the signature is nothing without it.
            (&unsigned, short.saturating_sub(1), "body_too_large"),
            (&unsigned, short, "missing_signature"),
        ] {
            if limit == short && short == 0 {
                continue;
            }
            if code(case, limit) != expected {
                return Err(format!("{}: {}", row.name, code(case, limit)));
            }
        }
    }
    assert_eq!(Error::BodyTooLarge.status(), 413);
    Ok(())
}

/// All of a message was decoded and hashed before the checks that cost nothing (RUSTSEC-2026-0227).
#[test]
fn nostr_2026_0227_work_before_the_cheap_checks() {
    cheap_refusals_are_cheap(&Case::accepted).unwrap();
    cheap_refusals_are_cheap(&wrong::hashes_first).unwrap_err();
}

/// Without a signature, or with a malformed one, a body of 256 KiB costs a small part of
/// what it costs to hash it.
fn cheap_refusals_are_cheap(verify: Verify<'_>) -> Result<(), String> {
    for row in signing_rows().filter(|row| signs_bytes(row) && !reads_json(row)) {
        let mut genuine = Case::of(row);
        genuine.body = vec![b'x'; 256 << 10];
        let unsigned = genuine.without_signature();
        let hashing = fastest(|| assert!(!genuine.accepted()));
        for case in [&unsigned, &genuine.with_signature("junk")] {
            let refusing = fastest(|| assert!(!verify(case)));
            if refusing * 4 > hashing {
                return Err(format!("{}: {refusing:?} of {hashing:?}", row.name));
            }
        }
    }
    Ok(())
}

/// Of three: what disturbs a measurement makes it longer, never shorter.
fn fastest(run: impl Fn()) -> Duration {
    let time = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..3).map(|_| time()).min().unwrap()
}

/// A reader called itself for each level of its input, until the stack was full
/// (RUSTSEC-2026-0009).
#[test]
fn time_2026_0009_stack_exhausted_by_depth() {
    depth_is_bounded(&|text| {
        let mut json_rows = rows().filter(|row| reads_json(row));
        let row = json_rows.next().unwrap();
        let text = text.to_vec();
        // The whole walk, on a stack of 128 KiB.
        on_a_stack_of(128 << 10, move || {
            Case::with_body(row, "", ID, text).code() != Error::MalformedBody.code()
        })
    })
    .unwrap();
    depth_is_bounded(&wrong::calls_itself).unwrap_err();
}

/// `reads` says whether a text is read to its end, and not refused.
fn depth_is_bounded(reads: &dyn Fn(&[u8]) -> bool) -> Result<(), String> {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for (levels, expected) in [(1, true), (100, true), (200, false), (20_000, false)] {
            let text = format!("{}1{}", open.repeat(levels), close.repeat(levels));
            if reads(text.as_bytes()) != expected {
                return Err(format!("{levels} levels of {open}"));
            }
        }
    }
    Ok(())
}

fn on_a_stack_of<T: Send + 'static>(bytes: usize, run: impl FnOnce() -> T + Send + 'static) -> T {
    Builder::new().stack_size(bytes).spawn(run).unwrap().join().unwrap()
}

/// The length of a buffer was computed without a check, and overflowed (RUSTSEC-2017-0004).
#[test]
fn base64_2017_0004_length_overflows() {
    every_length_is_answered(&|row, length| {
        let taken = |letter: u8| {
            let secret = vec![letter; length];
            survives(|| Verifier::danger_weak_secret(row, &secret).is_ok())
        };
        taken(b'A').and(taken(b'=')).and(taken(b'1'))
    })
    .unwrap();
    every_length_is_answered(&wrong::length_in_a_byte).unwrap_err();
}

/// `taken` says whether a secret of so many digits 1 is taken; `None`: it panicked.
fn every_length_is_answered(
    taken: &dyn Fn(&'static Scheme<'static>, usize) -> Option<bool>,
) -> Result<(), String> {
    let mut formats: Vec<(KeyFormat<'_>, bool)> = Vec::new();
    for row in rows().filter(|row| row.key_id.is_none()) {
        if formats.contains(&(row.key, keeps_secret(row))) {
            continue;
        }
        formats.push((row.key, keeps_secret(row)));
        // A public key is read as whatever it could be, which takes its time.
        let step = if has_public_key(row) { 43 } else { 1 };
        let lengths = (1..180).chain(670..700).chain(1010..1040).step_by(step);
        for length in lengths.chain([4096, 65_535, 65_536, 65_537]) {
            // A decoded key has at most 512 bytes; a secret that is kept as it is, 160.
            let expected = match row.key {
                _ if keeps_secret(row) => length <= KEPT,
                KeyFormat::Text | KeyFormat::Sha1 => true,
                KeyFormat::Hex => length % 2 == 0 && length / 2 <= 512,
                _ => length % 4 == 0 && length / 4 * 3 <= 512,
            };
            let is_public = has_public_key(row);
            if taken(row, length).is_none_or(|taken| taken != expected && !is_public) {
                return Err(format!("{}: {length}", row.name));
            }
        }
    }
    assert!(formats.len() >= 3, "{formats:?}");
    Ok(())
}

mod wrong {
    use hookseal::{Algorithm, Scheme};

    use super::{Case, on_a_stack_of};
    use crate::case::KEY;
    use crate::compare::survives;
    use crate::rows::{KEPT, has_public_key, is_text, keeps_secret};
    use crate::spell::mac;

    pub(super) fn hashes_first(case: &Case) -> bool {
        let tag = mac(Algorithm::HmacSha256, KEY, &case.body);
        case.accepted() && tag != case.tag()
    }

    /// As deep as its input, on whatever stack that takes.
    pub(super) fn calls_itself(text: &[u8]) -> bool {
        fn read(text: &[u8]) -> usize {
            match text {
                [b'[' | b'{', rest @ ..] => 1 + read(rest),
                [b'"', b'a', b'"', b':', rest @ ..] => read(rest),
                _ => 0,
            }
        }
        let text = text.to_vec();
        on_a_stack_of(256 << 20, move || read(&text)) > 0
    }

    /// Room for a key, computed in a byte.
    pub(super) fn length_in_a_byte(row: &'static Scheme<'static>, length: usize) -> Option<bool> {
        if keeps_secret(row) {
            return Some(length <= KEPT);
        }
        if is_text(row) || has_public_key(row) {
            return Some(true);
        }
        survives(|| {
            let mut room = vec![0; usize::from(length.to_le_bytes()[0]) / 4 * 3];
            room[..length / 4 * 3].fill(1);
            length.is_multiple_of(4)
        })
    }
}
