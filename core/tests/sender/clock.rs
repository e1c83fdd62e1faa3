//! How a moment is written.

use hookseal::{Clock, Timestamp};
use serde_json::Value;

/// How long a delivery is good that says until when it is, in milliseconds.
pub(crate) const LIFE: i64 = 300_000;

/// The time of a delivery that is sent at a moment, in Unix milliseconds.
pub(crate) fn written(time: &Timestamp<'_>, sent: i64) -> Value {
    match time.clock {
        Clock::Seconds | Clock::SecondsOrMillis => sent.div_euclid(1000).into(),
        Clock::Millis => sent.into(),
        Clock::Expiry => (sent + LIFE).div_euclid(1000).into(),
        Clock::HttpDate => http_date(sent).into(),
        _ => rfc3339(sent).into(),
    }
}

fn rfc3339(sent: i64) -> String {
    let (days, rest) = (sent.div_euclid(86_400_000), sent.rem_euclid(86_400_000));
    let (year, month, day) = civil(days);
    let (seconds, millis) = (rest / 1000, rest % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

fn http_date(sent: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let days = sent.div_euclid(86_400_000);
    let (year, month, day) = civil(days);
    let at = |of: i64, length: i64| usize::try_from(of.rem_euclid(length)).unwrap();
    let clock = &rfc3339(sent)[11..19];
    format!("{}, {day:02} {} {year:04} {clock} GMT", DAYS[at(days, 7)], MONTHS[at(month - 1, 12)])
}

/// Year, month and day, a day at a time from 1970 on: slow and plain.
fn civil(days: i64) -> (i64, i64, i64) {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let (mut year, mut left) = (1970, days);
    while left >= 365 + i64::from(leap(year)) {
        left -= 365 + i64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}
