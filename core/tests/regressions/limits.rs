//! Bodies without an end, and work that a sender could ask for without a secret.

use core::time::Duration;
use std::thread::Builder;
use std::time::Instant;

use hookseal::Error;

use crate::body::reads_json;
use crate::case::{Case, ID, Verify};
use crate::rows::{rows, signing_rows};

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
        let junk = genuine.with_signature("junk").with_headers(Vec::new());
        let length = genuine.body.len();
        for (case, limit, expected) in [
            (&genuine, length, "verified"),
            (&genuine, length - 1, "body_too_large"),
            (&genuine, 0, "body_too_large"),
            (&junk, length - 1, "body_too_large"),
            (&junk, length, "missing_signature"),
        ] {
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
    for row in signing_rows().filter(|row| !reads_json(row)) {
        let mut genuine = Case::of(row);
        genuine.body = vec![b'x'; 256 << 10];
        let unsigned = genuine.with_headers(Vec::new());
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

mod wrong {
    use super::{Case, on_a_stack_of};

    pub(super) fn hashes_first(case: &Case) -> bool {
        let tag = case.tag();
        case.accepted() && case.tag() == tag
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
}
