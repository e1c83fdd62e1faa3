//! The three clocks against a strict grammar (regular expressions) and a calendar of another
//! house (chrono): the same texts are accepted, and they mean the same moment.
#![no_main]

use std::sync::LazyLock;

use chrono::{NaiveDate, TimeDelta};
use hookseal::{Clock, Error, Request, Scheme, Timestamp, UnixTime, Verifier, header, template};
use hookseal_fuzz::{KEY, mac};
use libfuzzer_sys::fuzz_target;
use regex::bytes::Regex;

const fn row(clock: Clock) -> Scheme<'static> {
    Scheme {
        name: "fuzz",
        signature: header("signature"),
        timestamp: Some(Timestamp::new(clock, header("time"))),
        signed: template!("{timestamp}.{body}"),
        ..Scheme::BASE
    }
}

const SECONDS: Scheme<'static> = row(Clock::Seconds);
const MILLIS: Scheme<'static> = row(Clock::Millis);
const RFC3339: Scheme<'static> = row(Clock::Rfc3339);

static DIGITS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?-u)\A[1-9][0-9]*\z").unwrap());
static MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    let date = r"([0-9]{4})-([0-9]{2})-([0-9]{2})";
    let time = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?";
    let zone = r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))";
    Regex::new(&format!(r"(?-u)\A{date}T{time}{zone}\z")).unwrap()
});

fuzz_target!(|data: &[u8]| {
    let Some((pick, text)) = data.split_first() else { return };
    let (scheme, expected) = match pick % 3 {
        0 => (&SECONDS, digits(text, 10).map(|value| value * 1000)),
        1 => (&MILLIS, digits(text, 13)),
        _ => (&RFC3339, moment(text)),
    };
    let signature = mac(&[text, b".", b"{}"]);
    let headers: [(&str, &[u8]); 2] = [("signature", signature.as_bytes()), ("time", text)];
    let verifier = Verifier::new(scheme, KEY).unwrap().danger_any_time();
    let found = verifier.verify(&Request::new(&headers, b"{}"), UnixTime::from_secs(0));
    match (found, expected) {
        (Ok(delivery), Some(millis)) => {
            assert_eq!(delivery.sent_at().map(UnixTime::as_millis), Some(millis));
        }
        (Err(error), None) => {
            let too_long = text.len() > 8192 && error == Error::HeaderTooLarge;
            assert!(error == Error::MalformedTimestamp || too_long, "{error:?}");
        }
        (found, expected) => panic!("{found:?} where {expected:?} was expected"),
    }
});

fn digits(text: &[u8], width: usize) -> Option<i64> {
    let fits = text.len() == width && DIGITS.is_match(text);
    fits.then(|| str::from_utf8(text).unwrap().parse().unwrap())
}

fn moment(text: &[u8]) -> Option<i64> {
    let parts = MOMENT.captures(text)?;
    let part = |at: usize| parts.get(at).map(|part| str::from_utf8(part.as_bytes()).unwrap());
    let number = |at: usize| part(at).map_or(0, |digits| digits.parse::<u32>().unwrap());
    let nanos = format!("{:0<9}", part(7).unwrap_or_default()).parse().unwrap();
    let date = NaiveDate::from_ymd_opt(i32::try_from(number(1)).unwrap(), number(2), number(3))?;
    // chrono reads a leap second as the one before, with a billion nanoseconds more: not here.
    let local = date.and_hms_nano_opt(number(4), number(5), number(6), nanos)?;
    if number(9) > 23 || number(10) > 59 {
        return None;
    }
    let offset = TimeDelta::minutes(i64::from(number(9) * 60 + number(10)));
    let sign = if part(8) == Some("-") { -1 } else { 1 };
    Some((local - offset * sign).and_utc().timestamp_millis())
}
