//! Causes in the time of a delivery that is genuine.

use alloc::format;

use super::cause::{CauseCode, Certainty};
use super::explanation::Explanation;
use super::wording::{Moment, Span, apart};
use crate::error::Error;
use crate::facts::{Clock, Retry};
use crate::scheme::Scheme;
use crate::time::UnixTime;

/// A delivery that is older than this is rather a late retry than a matter of clocks.
const LATE: i64 = 15 * 60;

/// Names why a genuine delivery lies outside its window.
pub(super) fn find(
    scheme: &Scheme<'_>,
    sent_at: Option<UnixTime>,
    now: UnixTime,
    found: &mut Explanation,
) {
    let Some(sent) = sent_at else { return };
    if let Some(unit) = other_unit(sent, now) {
        let what = format!("the delivery's time and now are near each other only where {unit}");
        found.add(CauseCode::TimestampUnit, Certainty::Proved, what);
        return;
    }
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
        _ if found.verdict == super::Verdict::Refused(Error::TimestampTooNew) => true,
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

/// Whether a time is the other one's, in another unit: what says so.
fn other_unit(sent: UnixTime, now: UnixTime) -> Option<&'static str> {
    const DAY: i64 = 86_400;
    let near = |one: i64, other: i64| one.abs_diff(other) <= DAY.unsigned_abs();
    let (sent, now) = (sent.as_secs(), now.as_secs());
    // A moment near 1970 is no quotient of a true one.
    if now <= DAY || sent <= DAY {
        return None;
    }
    [
        (1000, "now counts milliseconds as seconds", "the timestamp counts milliseconds"),
        (1_000_000, "now counts microseconds as seconds", "the timestamp counts microseconds"),
        (1_000_000_000, "now counts nanoseconds as seconds", "the timestamp counts nanoseconds"),
    ]
    .into_iter()
    .find_map(|(unit, ours, theirs)| {
        if near(now.div_euclid(unit), sent) {
            Some(ours)
        } else if near(sent.div_euclid(unit), now) {
            Some(theirs)
        } else {
            None
        }
    })
    .or_else(|| {
        near(now.saturating_mul(1000), sent).then_some("now counts seconds as milliseconds")
    })
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
