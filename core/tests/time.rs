//! Times of every spelling: what is read, what is refused, what is written, and the window.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]
#![allow(missing_docs)]

use hookseal::{
    Clock, Error, Request, Scheme, Signer, Timestamp, UnixTime, Verifier, header, template,
};

const SECRET: &str = "a secret of twenty-six bytes";

const fn row(clock: Clock) -> Scheme<'static> {
    Scheme {
        name: "acme",
        signature: header("signature"),
        timestamp: Some(Timestamp::new(clock, header("time"))),
        signed: template!("{timestamp}.{body}"),
        ..Scheme::BASE
    }
}

/// What the engine reads in a signed text: the time, or the code.
fn read(clock: Clock, text: &str) -> Result<i64, Error> {
    // The same content, signed by a row that takes the text as an event id.
    let id = Scheme {
        event_id: Some(hookseal::event(header("time"))),
        timestamp: None,
        signed: template!("{event_id}!{body}"),
        ..row(clock)
    };
    let row = Scheme { signed: template!("{timestamp}!{body}"), ..row(clock) };
    let signer = Signer::new(&id, SECRET).unwrap();
    let none: &[(&str, &str)] = &[];
    let signed = signer.sign(&Request::new(none, b""), Some(text), UnixTime::from_secs(0)).unwrap();
    let headers: Vec<(&str, String)> =
        signed.headers().map(|(name, value)| (name, value.to_string())).collect();
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let verifier = Verifier::new(&row, SECRET).unwrap().danger_any_time();
    let request = Request::new(headers.as_slice(), b"");
    verifier
        .verify(&request, UnixTime::from_secs(0))
        .map(|delivery| delivery.sent_at().unwrap().as_millis())
}

/// What the engine writes at a time.
fn write(clock: Clock, millis: i64) -> Result<String, Error> {
    let row = row(clock);
    let signer = Signer::new(&row, SECRET).unwrap();
    let none: &[(&str, &str)] = &[];
    let signed = signer.sign(&Request::new(none, b""), None, UnixTime::from_millis(millis))?;
    let time = signed.headers().find(|(name, _)| *name == "time").unwrap().1.to_string();
    Ok(time)
}

#[test]
fn digits_have_one_spelling() {
    assert_eq!(read(Clock::Seconds, "1700000000"), Ok(1_700_000_000_000));
    assert_eq!(read(Clock::Seconds, "1000000000"), Ok(1_000_000_000_000));
    assert_eq!(read(Clock::Seconds, "9999999999"), Ok(9_999_999_999_000));
    assert_eq!(read(Clock::Millis, "1700000000123"), Ok(1_700_000_000_123));
    for text in [
        "0700000000",
        "170000000",
        "17000000000",
        "+170000000",
        "-170000000",
        " 1700000000",
        "1700000000 ",
        "170000000x",
        "1_70000000",
        "1e00000000",
        "1700000.00",
        "0x70000000",
        "１７00000000",
        "170000000:",
        "170000000/",
    ] {
        assert_eq!(read(Clock::Seconds, text), Err(Error::MalformedTimestamp), "{text}");
    }
    for text in ["1700000000", "0700000000123", "17000000001234", "1700000000.12"] {
        assert_eq!(read(Clock::Millis, text), Err(Error::MalformedTimestamp), "{text}");
    }
}

#[test]
fn rfc3339_has_one_grammar() {
    let good = [
        ("1970-01-01T00:00:00Z", 0),
        ("2023-11-14T22:13:20Z", 1_700_000_000_000),
        ("2023-11-14T22:13:20.1Z", 1_700_000_000_100),
        ("2023-11-14T22:13:20.123456789Z", 1_700_000_000_123),
        ("2023-11-14T22:13:20.999999999Z", 1_700_000_000_999),
        ("2023-11-15T00:43:20+02:30", 1_700_000_000_000),
        ("2023-11-14T19:43:20-02:30", 1_700_000_000_000),
        ("2023-11-14T22:13:20+00:00", 1_700_000_000_000),
        ("2023-11-14T22:13:20-00:00", 1_700_000_000_000),
        ("2000-02-29T23:59:59Z", 951_868_799_000),
        ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ];
    for (text, millis) in good {
        assert_eq!(read(Clock::Rfc3339, text), Ok(millis), "{text}");
    }
    for text in [
        "2023-11-14t22:13:20Z",
        "2023-11-14 22:13:20Z",
        "2023-11-14T22:13:20z",
        "2023-11-14T22:13:20",
        "2023-11-14T22:13Z",
        "2023-11-14T22:13:20.Z",
        "2023-11-14T22:13:20.1234567890Z",
        "2023-11-14T22:13:20,5Z",
        "2023-11-14T22:13:20+0230",
        "2023-11-14T22:13:20+02:60",
        "2023-11-14T22:13:20+24:00",
        "2023-11-14T22:13:20-24:00",
        "2023-11-14T24:00:00Z",
        "2023-11-14T22:60:00Z",
        "2023-11-14T22:13:60Z",
        "2023-00-14T22:13:20Z",
        "2023-13-14T22:13:20Z",
        "2023-11-00T22:13:20Z",
        "2023-11-31T22:13:20Z",
        "2023-02-29T22:13:20Z",
        "1900-02-29T22:13:20Z",
        "2023-11-14T22:13:20ZZ",
        "20231-11-14T22:13:20Z",
        "2023-1-14T22:13:20Z",
        "+023-11-14T22:13:20Z",
        "2023/11/14T22:13:20Z",
        "2023-11-14T22.13.20Z",
        "2023-11-14T22:13:20.5",
        "2023-11-14T22:13:20.12345678９Z",
        "Z",
        "2023-11-14T22:13:2",
    ] {
        assert_eq!(read(Clock::Rfc3339, text), Err(Error::MalformedTimestamp), "{text}");
    }
}

/// The days of a month, by the rhyme.
fn length(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A calendar that is stepped day by day agrees with what is read and written, on the first and
/// last day of every month.
#[test]
fn the_calendar_is_right_for_ten_thousand_years() {
    let mut day = -719_528;
    for year in 0..=9999 {
        for month in 1..=12 {
            let last = length(year, month);
            let dense = (1895..=2105).contains(&year) || year % 97 == 0;
            for (date, days) in [(1, day), (last, day + last - 1)] {
                if dense {
                    let millis = days * 86_400_000 + 45_296_789;
                    let text = format!("{year:04}-{month:02}-{date:02}T12:34:56.789Z");
                    assert_eq!(read(Clock::Rfc3339, &text), Ok(millis), "{text}");
                    assert_eq!(write(Clock::Rfc3339, millis), Ok(text));
                }
            }
            day += last;
        }
    }
    assert_eq!(day, 2_932_897);
}

#[test]
fn what_has_no_spelling_is_not_signed() {
    for (clock, millis) in [
        (Clock::Seconds, 999_999_999_999),
        (Clock::Seconds, 10_000_000_000_000),
        (Clock::Seconds, -1),
        (Clock::Millis, 999_999_999_999),
        (Clock::Millis, i64::MAX),
        (Clock::Millis, i64::MIN),
        (Clock::Rfc3339, 253_402_300_800_000),
        (Clock::Rfc3339, -62_167_219_200_001),
        (Clock::Rfc3339, i64::MAX),
        (Clock::Rfc3339, i64::MIN),
    ] {
        assert_eq!(write(clock, millis), Err(Error::MalformedTimestamp), "{clock:?} {millis}");
    }
    assert_eq!(write(Clock::Seconds, 1_700_000_000_999), Ok("1700000000".into()));
    assert_eq!(write(Clock::Millis, 1_700_000_000_999), Ok("1700000000999".into()));
}

/// The verdict on a delivery of a given time at another.
fn judge(clock: Clock, sent: &str, now: UnixTime) -> Result<(), Error> {
    let row = row(clock);
    let signer = Signer::new(&row, SECRET).unwrap();
    let none: &[(&str, &str)] = &[];
    let millis = read(clock, sent).unwrap();
    let request = Request::new(none, b"");
    let signed = signer.sign(&request, None, UnixTime::from_millis(millis)).unwrap();
    let headers: Vec<(&str, String)> =
        signed.headers().map(|(name, value)| (name, value.to_string())).collect();
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let verifier = Verifier::new(&row, SECRET).unwrap();
    let verifier = verifier.tolerance(300).unwrap().future_tolerance(60).unwrap();
    verifier.verify(&Request::new(headers.as_slice(), b""), now).map(drop)
}

#[test]
fn both_edges_belong_to_the_window() {
    let old = Err(Error::TimestampTooOld);
    let new = Err(Error::TimestampTooNew);
    for (millis, verdict) in [
        // A clock of seconds is judged in whole seconds.
        (1_700_000_300_999, Ok(())),
        (1_700_000_301_000, old),
        (1_699_999_940_000, Ok(())),
        (1_699_999_939_999, new),
        (i64::MAX, old),
        (i64::MIN, new),
    ] {
        let now = UnixTime::from_millis(millis);
        assert_eq!(judge(Clock::Seconds, "1700000000", now), verdict, "{millis}");
    }
    for (millis, verdict) in [
        (1_700_000_300_000, Ok(())),
        (1_700_000_300_001, old),
        (1_699_999_940_000, Ok(())),
        (1_699_999_939_999, new),
        (i64::MAX, old),
        (i64::MIN, new),
    ] {
        let now = UnixTime::from_millis(millis);
        assert_eq!(judge(Clock::Millis, "1700000000000", now), verdict, "{millis}");
        assert_eq!(judge(Clock::Rfc3339, "2023-11-14T22:13:20Z", now), verdict, "{millis}");
    }
}

#[test]
fn unix_time_saturates() {
    assert_eq!(UnixTime::from_secs(i64::MAX).as_millis(), i64::MAX);
    assert_eq!(UnixTime::from_secs(i64::MIN).as_millis(), i64::MIN);
    assert_eq!(UnixTime::from_millis(-1).as_secs(), -1);
    assert_eq!(UnixTime::from_millis(1999).as_secs(), 1);
    let now = UnixTime::now().as_secs();
    assert!((1_767_225_600..4_102_444_800).contains(&now), "the clock says {now}");
}
