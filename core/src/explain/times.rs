//! Causes in the time of a delivery that is genuine.

use alloc::format;

use super::cause::{CauseCode, Certainty};
use super::explanation::{Explanation, Verdict};
use super::wording::{Moment, Span, apart};
use crate::error::Error;
use crate::facts::{Clock, Retry};
use crate::scheme::Scheme;
use crate::time::UnixTime;

/// A delivery that is older than this is rather a late retry than a matter of clocks.
const LATE: i64 = 15 * 60;

/// Seconds.
const DAY: u64 = 86_400;
const YEAR: i64 = 365 * 86_400;

/// Names why a genuine delivery lies outside its window. `at` tells whether it verifies at another
/// time.
pub(super) fn find(
    scheme: &Scheme<'_>,
    (sent_at, now): (Option<UnixTime>, UnixTime),
    at: &dyn Fn(UnixTime) -> bool,
    found: &mut Explanation,
) {
    if let Some(unit) = other_unit(sent_at, now, at) {
        let what = format!("the delivery's time and now are near each other only where {unit}");
        found.add(CauseCode::TimestampUnit, Certainty::Proved, what);
        return;
    }
    let Some(sent) = sent_at else { return of_claims(found) };
    let when = format!("the delivery was signed at {}, {}", Moment(sent), apart(sent, now));
    let age = now.as_secs().saturating_sub(sent.as_secs());
    let is_expiry = scheme.timestamp.is_some_and(|time| time.clock == Clock::Expiry);
    if sent > now {
        // Nothing genuine comes from the future.
        let what = format!("{when}: one of the two clocks is wrong");
        let certainty = if is_expiry { Certainty::Likely } else { Certainty::Proved };
        found.add(CauseCode::ClockSkew, certainty, what);
        return;
    }
    let late = "it comes as a late retry, out of a queue, or was sent again by somebody";
    let zone = match hours(age) {
        Some(hours) => format!("; {hours} to the minute: is now in local time?"),
        None => format!("; is this machine's clock ahead by {}?", Span(age)),
    };
    let skew = format!("{when}{zone}");
    let retry = format!("{when}: {late}");
    let skew_first = match scheme.retry {
        _ if found.verdict == Verdict::Refused(Error::TimestampTooNew) => true,
        // Each attempt would have a new time.
        Retry::Resigned => hours(age).is_some() || age < LATE,
        Retry::Repeated => false,
        Retry::Unknown => age < LATE,
    };
    let mut both = [(CauseCode::OldRetry, retry), (CauseCode::ClockSkew, skew)];
    if skew_first {
        both.reverse();
    }
    for (code, what) in both {
        found.add(code, Certainty::Likely, what);
    }
}

/// The times of a JWS, of which the error alone is known.
fn of_claims(found: &mut Explanation) {
    if found.verdict == Verdict::Refused(Error::TimestampTooNew) {
        let what = "the token is not good yet: one of the two clocks is wrong";
        found.add(CauseCode::ClockSkew, Certainty::Proved, what);
        return;
    }
    let late = "the token is over: the delivery comes late, or was sent again by somebody";
    found.add(CauseCode::OldRetry, Certainty::Likely, late);
    let skew = "the token is over: is this machine's clock ahead?";
    found.add(CauseCode::ClockSkew, Certainty::Likely, skew);
}

/// Whether now is in another unit than it is taken for, or the delivery's time is: what says so.
fn other_unit(
    sent: Option<UnixTime>,
    now: UnixTime,
    at: &dyn Fn(UnixTime) -> bool,
) -> Option<&'static str> {
    let seconds = now.as_secs();
    // A moment near 1970 is no quotient of a true one.
    let scaled = |unit: i64| UnixTime::from_secs(seconds.div_euclid(unit));
    let ours = [
        (scaled(1000), "now counts milliseconds as seconds"),
        (scaled(1_000_000), "now counts microseconds as seconds"),
        (scaled(1_000_000_000), "now counts nanoseconds as seconds"),
        (
            UnixTime::from_millis(now.as_millis().saturating_mul(1000)),
            "now counts seconds as milliseconds",
        ),
    ];
    let is_true = |time: &UnixTime| time.as_secs() > YEAR && at(*time);
    let theirs = sent.filter(|sent| {
        let millis = UnixTime::from_millis(sent.as_secs());
        millis.as_secs().abs_diff(seconds) <= DAY && seconds > YEAR
    });
    ours.iter()
        .find(|(time, _)| is_true(time))
        .map(|(_, what)| *what)
        .or(theirs.map(|_| "the timestamp counts milliseconds as seconds"))
}

/// The hours of an age that is a whole number of half hours, give or take a minute, as the offset
/// of a time zone is.
fn hours(age: i64) -> Option<alloc::string::String> {
    let halves = age.saturating_add(60).div_euclid(1800);
    let off = age.saturating_sub(halves.saturating_mul(1800)).abs();
    let is_zone = off <= 60 && (1..=28).contains(&halves);
    is_zone.then(|| match halves.rem_euclid(2) {
        0 => format!("{} h", halves.div_euclid(2)),
        _ => format!("{}.5 h", halves.div_euclid(2)),
    })
}
