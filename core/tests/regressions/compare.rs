//! Signatures of the wrong length, with one wrong bit, or of another script.

use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use hookseal::{Algorithm, Encoding};

use crate::case::{Case, Verify};
use crate::engine::for_each_file;
use crate::rows::{is_signed_here, rows, signing_rows};
use crate::spell::{hex, spell};

/// A compare that stopped at the end of the shorter text accepted `v1,` (RUSTSEC-2024-0010,
/// CVE-2024-21491).
#[test]
fn svix_rust_2024_21491_truncated_signature_passes() {
    other_lengths_are_refused(&Case::accepted).unwrap();
    other_lengths_are_refused(&wrong::stops_at_the_shorter).unwrap_err();
}

fn other_lengths_are_refused(verify: Verify<'_>) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        let text = &genuine.signature;
        let twice = text.repeat(2);
        let lengths = (0..text.len()).chain(text.len() + 1..=twice.len());
        let cut = lengths.map(|length| twice[..length].to_owned());
        // Whole bytes cut off and spelled well, so that it is not the spelling that is refused.
        let tag = if is_signed_here(row) { genuine.tag().len() } else { 0 };
        let spelled = (0..tag).map(|length| genuine.spelled(&b"k".repeat(length)));
        for text in cut.chain(spelled) {
            if verify(&genuine.with_signature(&text)) {
                return Err(format!("{}: {text}", row.name));
            }
        }
    }
    Ok(())
}

/// A signature was taken in base64 and in base64url: one message, two texts.
#[test]
fn openclaw_telnyx_signature_in_another_spelling() {
    other_spellings_are_refused(&Case::accepted).unwrap();
    other_spellings_are_refused(&wrong::decodes_kindly).unwrap_err();
}

/// The right tag in every spelling but the row's own.
fn other_spellings_are_refused(verify: Verify<'_>) -> Result<(), String> {
    let all = [Encoding::Hex, Encoding::Base64, Encoding::Base64Url, Encoding::Base64UrlPadded];
    let mut count = 0;
    for row in signing_rows() {
        let genuine = Case::of(row);
        let own = &genuine.signature;
        let plain = own.trim_end_matches('=');
        let (front, last) = plain.split_at(plain.len() - 1);
        // The last letter of base64 has bits that say nothing, and must be 0.
        let unused = format!("{front}{}", char::from(last.as_bytes()[0] + 1));
        let mut texts = all.map(|encoding| spell(encoding, &genuine.tag())).to_vec();
        texts.extend([
            own.to_ascii_uppercase(),
            plain.to_owned(),
            unused.clone(),
            format!("{unused}{}", &own[plain.len()..]),
        ]);
        let around =
            ["{}=", "{}==", "={}", "{}\n", "{}\r\n", "{}\t", "\t{}", "0x{}", "\"{}\"", "{}\0"];
        texts.extend(around.iter().map(|around| around.replace("{}", own)));
        let is_own = |text: &String| match row.encoding {
            Encoding::HexAnyCase => text.eq_ignore_ascii_case(own),
            Encoding::HexOrBase64 => {
                [hex(&genuine.tag()), spell(Encoding::Base64, &genuine.tag())].contains(text)
            }
            _ => text == own,
        };
        for text in texts.iter().filter(|text| !is_own(text)) {
            count += 1;
            if verify(&genuine.with_signature(text)) {
                return Err(format!("{}: {text:?}", row.name));
            }
        }
    }
    assert!(count > 500, "{count} spellings");
    Ok(())
}

/// A select written by hand compared bits that did not belong to the values (RUSTSEC-2026-0212).
#[test]
fn libcrux_secrets_2026_0212_select_compares_garbage_bits() {
    one_wrong_bit_is_refused(&Case::accepted).unwrap();
    one_wrong_bit_is_refused(&wrong::compares_half_of_each_word).unwrap_err();
}

fn one_wrong_bit_is_refused(verify: Verify<'_>) -> Result<(), String> {
    for algorithm in ALGORITHMS {
        let row = signing_rows().find(|row| row.algorithm == algorithm).unwrap();
        let genuine = Case::of(row);
        assert!(verify(&genuine));
        let tag = genuine.tag();
        for bit in 0..8 * tag.len() {
            let mut tag = tag.clone();
            tag[bit / 8] ^= 1 << (bit % 8);
            if verify(&genuine.with_signature(spell(row.encoding, &tag))) {
                return Err(format!("{}: bit {bit}", row.name));
            }
        }
    }
    Ok(())
}

const ALGORITHMS: [Algorithm; 4] =
    [Algorithm::HmacSha1, Algorithm::HmacSha256, Algorithm::HmacSha384, Algorithm::HmacSha512];

/// Texts of equal length in characters had unequal lengths in bytes, and the compare that wants
/// equal lengths threw.
#[test]
fn timing_safe_equal_throws_on_unequal_lengths() {
    other_scripts_are_survived(&Case::accepted).unwrap();
    other_scripts_are_survived(&wrong::counts_characters).unwrap_err();
}

fn other_scripts_are_survived(verify: Verify<'_>) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        let length = genuine.signature.len();
        for script in ["é", "日", "🚀", "١", "\u{0}", "\u{7f}", "\u{feff}", "a\u{301}"] {
            // As many characters, as many bytes, as many UTF-16 units.
            for count in [length, length / script.len(), length / 2, 1] {
                let text = script.repeat(count);
                let case = genuine.with_signature(&text);
                match survives(|| verify(&case)) {
                    Some(false) => {}
                    end => return Err(format!("{}: {text}: {end:?}", row.name)),
                }
            }
        }
    }
    Ok(())
}

/// A decoded buffer that was too short was indexed past its end (RUSTSEC-2026-0216).
#[test]
fn nostr_2026_0216_short_buffer_panics() {
    every_length_is_survived(&Case::accepted).unwrap();
    every_length_is_survived(&wrong::indexes_the_decoded).unwrap_err();
}

fn every_length_is_survived(verify: Verify<'_>) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        for length in
            (0..150).chain((150..600).step_by(41)).chain([4095, 4096, 8191, 8192, 8193, 70_000])
        {
            for text in ["0".repeat(length), "A".repeat(length), "=".repeat(length)] {
                let case = genuine.with_signature(&text);
                if survives(|| verify(&case)) != Some(false) {
                    return Err(format!("{}: {length} times {:?}", row.name, text.get(..1)));
                }
            }
        }
    }
    Ok(())
}

/// What came back, or `None` for a panic.
pub(crate) fn survives<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

/// Tags were compared by `==`, which ends at the first byte that differs (PYSEC-2023-1,
/// CVE-2018-6596, PYSEC-2017-28, RUSTSEC-2022-0018, CVE-2022-43411). Here a tag, its
/// spelling and a key have no `==`: a line that used it would not compile.
#[test]
fn adyen_python_2023_1_tag_compared_by_equals() {
    let mut source = String::new();
    for_each_file(&mut |_, text| source.push_str(text));
    for name in ["Tag", "Spelled", "Key"] {
        assert!(!has_equals(&source, name), "{name} has `==`");
        // The control: each of the two ways to get it is seen.
        let planted = format!("#[derive(Clone, PartialEq)]\npub(crate) enum {name} {{}}");
        assert!(has_equals(&planted, name));
        assert!(has_equals(&format!("{source}\nimpl PartialEq for {name} {{}}"), name));
    }
}

/// Whether a type gets `PartialEq`, by derive or by hand. The type must be there.
fn has_equals(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let declares = |line: &&str| {
        let mut words = line.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word == "enum" || word == "struct")
            && line.split(|c: char| !c.is_alphanumeric()).any(|word| word == name)
    };
    let at = lines.iter().position(declares).expect(name);
    let attributes = lines[..at].iter().rev().take_while(|line| line.starts_with(['#', '/']));
    attributes.filter(|line| line.starts_with('#')).any(|line| line.contains("PartialEq"))
        || lines.iter().any(|line| line.contains("PartialEq for") && line.contains(name))
}

mod wrong {
    use super::Case;

    pub(super) fn stops_at_the_shorter(case: &Case) -> bool {
        case.received().iter().zip(case.signature.bytes()).all(|(ours, theirs)| *ours == theirs)
    }

    /// Takes either alphabet and either case, with padding or without, and blanks around.
    pub(super) fn decodes_kindly(case: &Case) -> bool {
        let plain = |text: &str| {
            let text = text.trim().trim_end_matches('=').to_ascii_lowercase();
            text.replace('-', "+").replace('_', "/")
        };
        plain(&String::from_utf8_lossy(&case.received())) == plain(&case.signature)
    }

    /// Of every eight bytes the first four.
    pub(super) fn compares_half_of_each_word(case: &Case) -> bool {
        let half = |text: &[u8]| -> Vec<u8> {
            text.chunks(8).flat_map(|word| word.iter().take(4)).copied().collect()
        };
        half(&case.received()) == half(case.signature.as_bytes())
    }

    /// Lengths are compared in characters, bytes are copied.
    pub(super) fn counts_characters(case: &Case) -> bool {
        let received = case.received();
        let received = String::from_utf8_lossy(&received);
        if received.chars().count() != case.signature.chars().count() {
            return false;
        }
        let mut same = vec![0; received.len()];
        same.copy_from_slice(case.signature.as_bytes());
        same == received.as_bytes()
    }

    /// Takes for granted that what was received is as long as a tag.
    pub(super) fn indexes_the_decoded(case: &Case) -> bool {
        let received = case.received();
        (0..case.signature.len()).all(|at| received[at] == case.signature.as_bytes()[at])
    }
}
