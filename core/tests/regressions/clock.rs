//! Times that are not spelled as times are, and times that are far away.

use hookseal::{Clock, Place, Scheme, UnixTime};
use serde_json::Value;

use crate::case::{Case, ID, NOW};
use crate::compare::survives;
use crate::moment::{LIFE, spell_time};
use crate::rows::{is_in_body, timed_rows};

/// A number with a sign was read as the number (RUSTSEC-2021-0078): two readers of one text did
/// not agree. Each text here is rightly signed, and refused for its spelling alone.
#[test]
fn hyper_2021_0078_lenient_number() {
    odd_spellings_are_refused(&Case::code).unwrap();
    odd_spellings_are_refused(&wrong::reads_numbers_kindly).unwrap_err();
}

fn odd_spellings_are_refused(code: &dyn Fn(&Case) -> &'static str) -> Result<(), String> {
    for (row, time) in timed_rows() {
        let right = spell_time(time.clock, UnixTime::from_secs(NOW));
        let (head, tail) = right.split_at(1);
        let arabic: String = right.chars().map(to_arabic).collect();
        let wide: String = right.chars().map(to_full_width).collect();
        let odd = [
            format!("+{right}"),
            format!("-{right}"),
            format!(" {right}"),
            format!("{right} "),
            format!("\t{right}"),
            format!("{head}_{tail}"),
            format!("0{right}"),
            format!("0{}", &right[..right.len() - 1]),
            format!("{right}0"),
            format!("{right}.0"),
            format!("{right}e0"),
            format!("{right}\0"),
            format!("0x{right}"),
            tail.to_owned(),
            arabic,
            wide,
            "1e9".to_owned(),
            "1.7e9".to_owned(),
            "1.7e12".to_owned(),
            "0".to_owned(),
            "NaN".to_owned(),
            "null".to_owned(),
            "9007199254740993".to_owned(),
            "9223372036854775807".to_owned(),
            "9223372036854775809".to_owned(),
            "18446744073709551617".to_owned(),
            "9".repeat(400),
        ];
        for text in odd {
            let case = Case::signed(row, &text, ID, &[]);
            // In a list that is parted by what stands behind the number, that is no part of it; the
            // signature covers it.
            let behind = text.strip_prefix(&right).and_then(|behind| behind.chars().next());
            let parted = behind.is_some_and(|behind| time.source.split.contains(behind));
            let expected = if parted { "signature_mismatch" } else { "malformed_timestamp" };
            if code(&case) != expected {
                return Err(format!("{}: {text:?}: {}", row.name, code(&case)));
            }
        }
        if time.source.place == Place::Json {
            odd_json_numbers_are_refused(row, &right, code)?;
        }
    }
    Ok(())
}

/// The same in a body that is JSON, where a number has spellings of its own.
fn odd_json_numbers_are_refused(
    row: &'static Scheme<'static>,
    right: &str,
    code: &dyn Fn(&Case) -> &'static str,
) -> Result<(), String> {
    let genuine = Case::of(row);
    let body = String::from_utf8(genuine.body.clone()).unwrap();
    assert!(body.contains(right));
    let is_json = ["-{}", "{}.0", "{}e0", "{}E+0", "{}0", "[{}]", "true", "\" {}\"", "1.7e12"];
    let no_json = ["+{}", "0{}", "{}_", "0x{}", "{}.", "NaN", "{} {}"];
    for pattern in is_json.iter().chain(&no_json) {
        let body = body.replace(right, &pattern.replace("{}", right));
        let can_be_signed = serde_json::from_str::<Value>(&body).is_ok() && !is_in_body(row);
        let case = match can_be_signed {
            true => Case::with_body(row, right, ID, body.into_bytes()),
            false => genuine.with_other_body(&body),
        };
        let refused = ["malformed_timestamp", "malformed_field", "malformed_body"];
        if !refused.contains(&code(&case)) {
            return Err(format!("{}: {pattern}: {}", row.name, code(&case)));
        }
    }
    Ok(())
}

fn to_arabic(digit: char) -> char {
    digit.to_digit(10).and_then(|value| char::from_u32(0x660 + value)).unwrap_or(digit)
}

fn to_full_width(digit: char) -> char {
    digit.to_digit(10).and_then(|value| char::from_u32(0xff10 + value)).unwrap_or(digit)
}

/// A time was kept in 32 bits.
#[test]
fn stripe_dotnet_time_in_32_bits() {
    far_times_are_told(&Case::code).unwrap();
    far_times_are_told(&wrong::keeps_32_bits).unwrap_err();
}

/// The ends of 31, 32 and 53 bits and of the calendar: as far as a clock can spell them they
/// verify, in their own second and not in any other.
fn far_times_are_told(code: &dyn Fn(&Case) -> &'static str) -> Result<(), String> {
    const FAR: [i64; 8] = [
        2_147_483_647,
        2_147_483_648,
        4_294_967_295,
        4_294_967_296,
        NOW + (1 << 32),
        9_999_999_999,
        10_000_000_000,
        253_402_300_799,
    ];
    for (row, time) in timed_rows() {
        for sent in FAR {
            let spelled = match time.clock {
                Clock::Seconds | Clock::Millis | Clock::SecondsOrMillis => sent <= 9_999_999_999,
                Clock::Expiry => sent + LIFE <= 9_999_999_999,
                _ => true,
            };
            let case = Case::at(row, UnixTime::from_secs(sent));
            let near = if spelled { "verified" } else { "malformed_timestamp" };
            let far = match time.clock {
                _ if !spelled => "malformed_timestamp",
                // What is good until then is good now.
                Clock::Expiry => "verified",
                _ => "timestamp_too_new",
            };
            let now = case.received_at(UnixTime::from_secs(NOW));
            if code(&case) != near || code(&now) != far {
                return Err(format!("{} at {sent}: {}, {}", row.name, code(&case), code(&now)));
            }
        }
    }
    Ok(())
}

/// Sums that panic only where overflow is checked (RUSTSEC-2025-0009).
#[test]
fn ring_2025_0009_overflow_panics_where_it_is_checked() {
    extremes_are_survived(&|case, tolerance| {
        let verifier =
            case.verifier().tolerance(tolerance).unwrap().future_tolerance(tolerance).unwrap();
        case.ask_of(&verifier, |verdict| verdict.is_ok())
    })
    .unwrap();
    // Where sums are not checked this one wraps round, and takes what it must refuse.
    extremes_are_survived(&wrong::adds_without_a_check).unwrap_err();
}

/// `verify` judges a delivery with one tolerance for both ways.
fn extremes_are_survived(verify: &dyn Fn(&Case, u32) -> bool) -> Result<(), String> {
    let powers = [31, 32, 53, 62].map(|bits| 1i64 << bits);
    let ends = powers.into_iter().flat_map(|end| [end - 1, end, end + 1]);
    let ends = ends
        .chain([0, i64::MAX - 1, i64::MAX, i64::MAX - NOW * 1000 + 1])
        .flat_map(|end| [end, -end, !end]);
    let ends: Vec<i64> = ends.collect();
    for (row, time) in timed_rows() {
        let genuine = Case::of(row);
        for tolerance in [1, u32::MAX] {
            for now in
                ends.iter().flat_map(|end| [UnixTime::from_secs(*end), UnixTime::from_millis(*end)])
            {
                let away = i128::from(now.as_millis()) - i128::from(NOW) * 1000;
                let most = i128::from(tolerance) * 1000;
                let inside = match time.clock {
                    // Judged to the second, and what is good until then is good before.
                    Clock::Expiry => away.div_euclid(1000) * 1000 < most + i128::from(LIFE) * 1000,
                    _ => away.abs() <= most,
                };
                let case = genuine.received_at(now);
                if survives(|| verify(&case, tolerance)) != Some(inside) {
                    return Err(format!("{} at {now:?}, {tolerance}", row.name));
                }
            }
        }
    }
    Ok(())
}

mod wrong {
    use super::{Case, NOW};

    /// What many languages' own readers of numbers take.
    pub(super) fn reads_numbers_kindly(case: &Case) -> &'static str {
        let number = case.time.trim().replace('_', "").parse::<f64>();
        if number.is_ok_and(f64::is_finite) { "verified" } else { "malformed_timestamp" }
    }

    /// Cuts the seconds to 32 bits.
    pub(super) fn keeps_32_bits(case: &Case) -> &'static str {
        let sent = case.ask(|verdict| verdict.ok().and_then(|delivery| delivery.sent_at()));
        let Some(sent) = sent else { return case.code() };
        let [a, b, c, d, ..] = sent.as_secs().to_le_bytes();
        let age = case.now.as_secs() - i64::from(i32::from_le_bytes([a, b, c, d]));
        if age > 300 { "timestamp_too_old" } else { "verified" }
    }

    pub(super) fn adds_without_a_check(case: &Case, tolerance: u32) -> bool {
        (case.now.as_millis() - NOW * 1000).abs() <= i64::from(tolerance) * 1000
    }
}
