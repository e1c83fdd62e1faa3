//! Dates as text: the calendar, RFC 3339 and the date of HTTP.

use core::fmt;

use crate::time::UnixTime;

/// ASCII digits as a number: at most 13 of them, so that nothing overflows.
pub(crate) fn digits(text: &[u8]) -> Option<i64> {
    let number = |value: i64, byte: &u8| {
        value.wrapping_mul(10).wrapping_add(i64::from(byte.wrapping_sub(b'0')))
    };
    text.iter().all(u8::is_ascii_digit).then(|| text.iter().fold(0, number))
}

/// `YYYY-MM-DDThh:mm:ss[.1–9 digits](Z|±hh:mm)`: RFC 3339 §5.6 in upper case, without leap
/// seconds. A fraction is cut to the millisecond.
pub(crate) fn rfc3339(text: &[u8]) -> Option<UnixTime> {
    moment(text, offset)
}

/// The same, where the offset may lack its colon, or be missing.
pub(crate) fn iso8601(text: &[u8]) -> Option<UnixTime> {
    moment(text, |zone| match *zone {
        [] => Some(0),
        [sign, h0, h1, m0, m1] => offset(&[sign, h0, h1, b':', m0, m1]),
        _ => offset(zone),
    })
}

/// Date, time of day, fraction; then an offset in seconds.
fn moment(text: &[u8], offset: impl Fn(&[u8]) -> Option<i64>) -> Option<UnixTime> {
    let (moment, rest) = text.split_at_checked(19)?;
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1] =
        moment
    else {
        return None;
    };
    let days = days(digits(&[y0, y1, y2, y3])?, digits(&[m0, m1])?, digits(&[d0, d1])?)?;
    let clock = hours(&[h0, h1], &[n0, n1])?;
    let second = digits(&[s0, s1]).filter(|second| *second < 60)?;
    let (fraction, zone) = fraction(rest)?;
    let offset = offset(zone)?;
    let seconds = days.checked_mul(86_400)?.checked_add(clock)?.checked_add(second)?;
    let millis = seconds.checked_sub(offset)?.checked_mul(1000)?.checked_add(fraction)?;
    Some(UnixTime::from_millis(millis))
}

/// Seconds since 1970 as a JSON number without an exponent: at most 12 digits, and 9 of a fraction,
/// which is cut to the millisecond.
#[cfg(feature = "jwt")]
pub(crate) fn numeric_date(text: &[u8]) -> Option<UnixTime> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (whole, rest) = text.split_at_checked(length).filter(|_| (1..=12).contains(&length))?;
    let (millis, rest) = fraction(rest)?;
    let millis = digits(whole)?.checked_mul(1000)?.checked_add(millis)?;
    rest.is_empty().then_some(UnixTime::from_millis(millis))
}

/// `Z` or `±hh:mm`, in seconds.
fn offset(zone: &[u8]) -> Option<i64> {
    match *zone {
        [b'Z'] => Some(0),
        [b'+', h0, h1, b':', m0, m1] => hours(&[h0, h1], &[m0, m1]),
        [b'-', h0, h1, b':', m0, m1] => hours(&[h0, h1], &[m0, m1])?.checked_neg(),
        _ => None,
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`: the IMF-fixdate of RFC 9110 §5.6.7, day of the week checked.
pub(crate) fn http_date(text: &[u8]) -> Option<UnixTime> {
    let &[
        w0,
        w1,
        w2,
        b',',
        b' ',
        d0,
        d1,
        b' ',
        n0,
        n1,
        n2,
        b' ',
        y0,
        y1,
        y2,
        y3,
        b' ',
        h0,
        h1,
        b':',
        m0,
        m1,
        b':',
        s0,
        s1,
        b' ',
        b'G',
        b'M',
        b'T',
    ] = text
    else {
        return None;
    };
    let month = MONTHS.iter().position(|name| name.as_bytes() == [n0, n1, n2])?;
    let month = i64::try_from(month).ok()?.checked_add(1)?;
    let days = days(digits(&[y0, y1, y2, y3])?, month, digits(&[d0, d1])?)?;
    let second = digits(&[s0, s1]).filter(|second| *second < 60)?;
    let clock = hours(&[h0, h1], &[m0, m1])?.checked_add(second)?;
    let is_day = weekday(days).as_bytes() == [w0, w1, w2];
    let seconds = days.checked_mul(86_400)?.checked_add(clock)?;
    is_day.then_some(UnixTime::from_secs(seconds))
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The day of the week of a day since 1970, which began on a Thursday.
fn weekday(days: i64) -> &'static str {
    const NAMES: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let at = usize::try_from(days.rem_euclid(7)).unwrap_or_default();
    NAMES.get(at).copied().unwrap_or_default()
}

pub(crate) fn write_http_date(time: UnixTime, to: &mut impl fmt::Write) -> fmt::Result {
    let seconds = time.as_secs();
    let days = seconds.div_euclid(86_400);
    let (year, month, day) = date(days);
    let second = seconds.rem_euclid(86_400);
    let name = usize::try_from(month).ok().and_then(|it| MONTHS.get(it.checked_sub(1)?));
    let (weekday, name) = (weekday(days), name.ok_or(fmt::Error)?);
    write!(to, "{weekday}, {day:02} {name} {year:04} ")?;
    write!(to, "{:02}:{:02}:{:02} GMT", second / 3600, second / 60 % 60, second % 60)
}

/// `hh` and `mm` in seconds.
fn hours(hour: &[u8; 2], minute: &[u8; 2]) -> Option<i64> {
    let hour = digits(hour).filter(|hour| *hour < 24)?;
    let minute = digits(minute).filter(|minute| *minute < 60)?;
    hour.checked_mul(3600)?.checked_add(minute.checked_mul(60)?)
}

/// The milliseconds of an optional fraction, and what follows it.
fn fraction(rest: &[u8]) -> Option<(i64, &[u8])> {
    let Some(rest) = rest.strip_prefix(b".") else {
        return Some((0, rest));
    };
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, zone) = rest.split_at_checked(length).filter(|_| (1..=9).contains(&length))?;
    let mut millis = *b"000";
    millis.iter_mut().zip(fraction).for_each(|(digit, given)| *digit = *given);
    Some((digits(&millis)?, zone))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, which is checked.
#[expect(clippy::arithmetic_side_effects, reason = "a year has four digits, so nothing overflows")]
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let (before, length) = match month {
        1 => (0, 31),
        2 => (31, if leap { 29 } else { 28 }),
        3 => (59, 31),
        4 => (90, 30),
        5 => (120, 31),
        6 => (151, 30),
        7 => (181, 31),
        8 => (212, 31),
        9 => (243, 30),
        10 => (273, 31),
        11 => (304, 30),
        12 => (334, 31),
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Leap days before this year, counted from year 0; 719,528 days lie between it and 1970.
    let past = year - 1;
    let leaps = past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) + 1;
    let this = i64::from(leap && month > 2);
    Some(year * 365 + leaps + this + before + day - 1 - 719_528)
}

/// The calendar date of a day since 1970: years are counted from March, so that the leap day is
/// a year's last, in cycles of 400 years.
#[expect(clippy::arithmetic_side_effects, reason = "days of 64-bit milliseconds fit 38 bits")]
const fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (cycle, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (cycle * 400 + year + carry, month, date)
}

pub(crate) fn write_rfc3339(time: UnixTime, to: &mut impl fmt::Write) -> fmt::Result {
    let seconds = time.as_secs();
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let second = seconds.rem_euclid(86_400);
    let millis = time.as_millis().rem_euclid(1000);
    write!(to, "{year:04}-{month:02}-{day:02}T")?;
    write!(to, "{:02}:{:02}:{:02}.{millis:03}Z", second / 3600, second / 60 % 60, second % 60)
}
