//! Times that are not signed, not checked, or not of the attempt.

use hookseal::{Clock, Identity, Place, Retry, Scheme, UnixTime, providers};

use crate::case::{Case, NOW, YEAR};
use crate::moment::{LIFE, spell_time};
use crate::rows::timed_rows;

/// The time was taken from a header that the signature does not cover: a fresh header made an old
/// body fresh.
#[test]
fn linear_unsigned_time_header_decides_freshness() {
    unsigned_times_change_nothing(&Case::code).unwrap();
    unsigned_times_change_nothing(&wrong::trusts_any_time_header).unwrap_err();
}

/// Every header in which any row has a time, and usual names beside.
fn unsigned_times_change_nothing(code: &dyn Fn(&Case) -> &'static str) -> Result<(), String> {
    let usual = ["date", "x-timestamp", "timestamp", "linear-timestamp", "webhook-time"];
    let known = timed_rows().filter(|(_, time)| time.source.place == Place::Header);
    let names: Vec<&str> = known.flat_map(|(_, time)| time.source.names()).chain(usual).collect();
    for (row, time) in timed_rows() {
        for (age, expected) in [(YEAR, "timestamp_too_old"), (0, "verified")] {
            let mut case = Case::at(row, UnixTime::from_secs(NOW - age));
            case.now = UnixTime::from_secs(NOW);
            for other in [NOW, NOW - YEAR, NOW + YEAR] {
                for clock in [Clock::Seconds, Clock::Millis, Clock::Rfc3339] {
                    let text = spell_time(clock, UnixTime::from_secs(other));
                    let mut case = case.clone();
                    for name in names.iter().filter(|name| !reads(row, name)) {
                        case.headers.insert(0, ((*name).to_owned(), text.clone().into_bytes()));
                    }
                    if code(&case) != expected {
                        return Err(format!("{} ({:?}): {}", row.name, time.clock, code(&case)));
                    }
                }
            }
        }
    }
    Ok(())
}

fn reads(row: &Scheme<'_>, name: &str) -> bool {
    let time = row.timestamp.map(|time| time.source);
    let id = row.event_id.map(|id| id.source);
    [time, id, Some(row.signature)]
        .into_iter()
        .flatten()
        .any(|source| source.place == Place::Header && source.names().any(|own| own == name))
}

/// A signed time was read and never compared with the clock: a delivery of last year was taken.
#[test]
fn symfony_mailer_signed_time_never_checked() {
    the_window_is_exact(&Case::code).unwrap();
    the_window_is_exact(&wrong::has_no_window).unwrap_err();
}

/// Both edges belong to the window, the next second does not.
fn the_window_is_exact(code: &dyn Fn(&Case) -> &'static str) -> Result<(), String> {
    for (row, time) in timed_rows() {
        let genuine = Case::of(row);
        // One that says until when it is good is good from the beginning of time.
        let life = if time.clock == Clock::Expiry { LIFE } else { 0 };
        let last = life - i64::from(life > 0);
        let (past, future) = (i64::from(time.past) + last, i64::from(time.future));
        let early = if life == 0 { "timestamp_too_new" } else { "verified" };
        for (later, expected) in [
            (past, "verified"),
            (past + 1, "timestamp_too_old"),
            (YEAR, "timestamp_too_old"),
            (-future, "verified"),
            (-future - 1, early),
            (-YEAR, early),
        ] {
            let case = genuine.received_at(UnixTime::from_secs(NOW + later));
            if code(&case) != expected {
                return Err(format!("{} at {later}: {}", row.name, code(&case)));
            }
        }
    }
    Ok(())
}

/// A provider's retries kept the time of the first attempt, hours old, and a window of 300 seconds
/// lost them.
#[test]
fn opencouncil_retry_keeps_the_time_of_the_first_attempt() {
    providers::ALL.iter().try_for_each(|row| its_window_is_for_its_retries(row)).unwrap();
    its_window_is_for_its_retries(&wrong::KEEPS_THE_FIRST_TIME).unwrap_err();
    retries_of_one_event_share_a_key();
}

/// A row whose retries repeat a signed time needs a window of its own.
fn its_window_is_for_its_retries(row: &Scheme<'_>) -> Result<(), String> {
    match row.timestamp {
        Some(time) if row.retry == Retry::Repeated && time.past <= 300 => Err(row.name.to_owned()),
        _ => Ok(()),
    }
}

/// And where a retry has a time of its own, it is the same event, hours later.
fn retries_of_one_event_share_a_key() {
    let key = |case: Case| case.ask(|verdict| verdict.unwrap().replay_key(b""));
    let mut count = 0;
    for (row, _) in timed_rows().filter(|(row, _)| row.retry == Retry::Resigned) {
        if row.event_id.is_some_and(|id| id.names == Identity::Event) {
            let [first, retry] = [NOW, NOW + 4 * 3600].map(UnixTime::from_secs);
            assert_eq!(key(Case::at(row, first)), key(Case::at(row, retry)), "{}", row.name);
            count += 1;
        }
    }
    assert!(count > 0, "no row whose retries are signed anew");
}

mod wrong {
    use hookseal::{Retry, Scheme, Verifier, header, seconds, template};

    use super::{Case, NOW};

    /// The first number in any header, signed or not, is the time.
    pub(super) fn trusts_any_time_header(case: &Case) -> &'static str {
        let numbers = case.headers.iter().filter_map(|(_, value)| {
            let number: i64 = str::from_utf8(value).ok()?.parse().ok()?;
            Some(if number > 100_000_000_000 { number / 1000 } else { number })
        });
        match (has_no_window(case), { numbers }.next()) {
            ("verified", Some(sent)) if (NOW - sent).abs() <= 300 => "verified",
            ("verified", Some(_)) => "timestamp_too_old",
            _ => case.code(),
        }
    }

    pub(super) fn has_no_window(case: &Case) -> &'static str {
        let verifier = Verifier::new(case.scheme, case.secret()).unwrap().danger_any_time();
        case.ask_of(&verifier, |verdict| verdict.map_or_else(|error| error.code(), |_| "verified"))
    }

    pub(super) const KEEPS_THE_FIRST_TIME: Scheme<'static> = Scheme {
        signature: header("signature"),
        timestamp: Some(seconds(header("time"))),
        signed: template!("{timestamp}.{body}"),
        retry: Retry::Repeated,
        ..Scheme::BASE
    };
}
