//! How a moment is written.

use hookseal::{Clock, UnixTime};

/// How long a delivery is good that says until when it is, in seconds.
pub(crate) const LIFE: i64 = 300;

/// A time in the spelling of a clock.
pub(crate) fn spell_time(clock: Clock, time: UnixTime) -> String {
    match clock {
        Clock::Seconds | Clock::SecondsOrMillis => time.as_secs().to_string(),
        Clock::Expiry => (time.as_secs() + LIFE).to_string(),
        Clock::Millis => time.as_millis().to_string(),
        Clock::Rfc3339 | Clock::Iso8601 => format!("{}Z", calendar(time.as_secs()).join("T")),
        Clock::HttpDate => http_date(time.as_secs()),
        other => panic!("a clock that this test does not know: {other:?}"),
    }
}

/// Date and time of day, in whole seconds: years and months counted off one by one.
fn calendar(seconds: i64) -> [String; 2] {
    let (mut days, clock) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let leap = |year: i64| i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let mut year = 1970;
    while days >= 365 + leap(year) {
        days -= 365 + leap(year);
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    [format!("{year:04}-{month:02}-{:02}", days + 1), format!("{hour:02}:{minute:02}:{second:02}")]
}

fn http_date(seconds: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let [date, clock] = calendar(seconds);
    let weekday = usize::try_from(seconds.div_euclid(86_400).rem_euclid(7)).unwrap();
    let month = (date[5..7].parse::<usize>().unwrap() - 1) * 3;
    let (year, day, month) = (&date[..4], &date[8..], &MONTHS[month..month + 3]);
    format!("{}, {day} {month} {year} {clock} GMT", DAYS[weekday])
}
