//! The window: both edges to the unit in which the time is written, and clocks that say anything.

use core::cell::Cell;

use hookseal::{Clock, Encoding, Error, Place, SchemeError, UnixTime, Verifier};

use crate::for_every_row;
use crate::made::{Made, event, secret};
use crate::sender::send;

/// The moment that the delivery tells, and the smallest step of its clock, in milliseconds. An
/// end, which has no future, and a JWS, which names its own, are tested by their vectors.
fn told(made: &Made) -> Option<(i64, i64)> {
    let is_jws = made.row.encoding == Encoding::Jws;
    let time = made.row.timestamp.filter(|time| time.clock != Clock::Expiry && !is_jws)?;
    let sent = made.verify().unwrap().sent_at?.as_millis();
    let seconds = matches!(time.clock, Clock::Seconds | Clock::HttpDate);
    Some((sent, if seconds { 1000 } else { 1 }))
}

#[test]
fn both_edges_belong_to_the_window() {
    let timed = Cell::new(0);
    for_every_row(8, 50, |row, seed| {
        let made = Made::new(row, seed);
        let Some((sent, step)) = told(&made) else { return };
        timed.set(timed.get() + 1);
        let time = row.timestamp.unwrap();
        let own = |tolerance: u32, ahead: u32| {
            let verifier = Verifier::new(row, &made.secret.verifier).unwrap();
            verifier.tolerance(tolerance).unwrap().future_tolerance(ahead).unwrap()
        };
        let other = u32::try_from(seed.dice % 100_000).unwrap() + 1;
        for (verifier, past, future) in [
            (Verifier::new(row, &made.secret.verifier).unwrap(), time.past, time.future),
            (own(other, 1), other, 1),
            (own(1, other), 1, other),
            (own(u32::MAX, u32::MAX), u32::MAX, u32::MAX),
        ] {
            let at = |now: i64| made.verify_by(&verifier, now).map(|_| ());
            let (past, future) = (i64::from(past) * 1000, i64::from(future) * 1000);
            assert_eq!(at(sent), Ok(()));
            assert_eq!(at(sent + past), Ok(()));
            assert_eq!(at(sent + past + step - 1), Ok(()));
            assert_eq!(at(sent + past + step), Err(Error::TimestampTooOld));
            assert_eq!(at(sent - future), Ok(()));
            assert_eq!(at(sent - future - 1), Err(Error::TimestampTooNew));
        }
    });
    assert!(timed.get() >= 8 * 10, "rows that sign a time were left out");
}

const ENDS: [i64; 9] =
    [i64::MIN, i64::MIN + 1, i64::MIN / 1000, -1, 0, 1, i64::MAX / 1000, i64::MAX - 1, i64::MAX];

#[test]
fn no_clock_makes_it_panic() {
    for_every_row(4, 50, |row, seed| {
        let made = Made::new(row, seed);
        let any_time = Verifier::new(row, &made.secret.verifier).unwrap().danger_any_time();
        // A JWS has an end and a beginning, whether or not the row reads them.
        let is_jws = row.encoding == Encoding::Jws;
        for now in ENDS {
            let late = now > made.now;
            let answer = made.verify_by(&made.verifier, now).map(|_| ());
            let expected = match row.timestamp {
                _ if is_jws && late => Err(Error::TimestampTooOld),
                _ if is_jws => Err(Error::TimestampTooNew),
                None => Ok(()),
                Some(_) if late => Err(Error::TimestampTooOld),
                Some(time) if time.clock == Clock::Expiry => Ok(()),
                Some(_) => Err(Error::TimestampTooNew),
            };
            assert_eq!(answer, expected, "at {now}");
            assert!(made.verify_by(&any_time, now).is_ok(), "at {now}");
            // Seconds that are no milliseconds any more stay at the end.
            assert!((UnixTime::from_secs(now) > UnixTime::from_secs(0)) == (now > 0));
        }
    });
}

/// A signer writes what its verifier reads, or says that it cannot.
#[test]
fn no_clock_makes_the_signer_lie() {
    let written = Cell::new(0);
    for_every_row(2, 50, |row, seed| {
        // A time that is no header is not the signer's.
        if row.timestamp.is_some_and(|time| time.source.place != Place::Header) {
            return;
        }
        let made = Made::new(row, seed);
        let years =
            [-62_167_219_200_001, -62_167_219_200_000, 253_402_300_799_999, 253_402_300_800_000];
        let digits = [999_999_999_999, 1_000_000_000_000, 9_999_999_999_999, 10_000_000_000_000];
        for now in ENDS.into_iter().chain(years).chain(digits) {
            // Where the sender has to write the time itself it writes what a calendar has.
            if row.signed_headers.is_some() && !digits.contains(&now) {
                continue;
            }
            let mut event = event(seed);
            event.sent = now;
            let Ok(sent) = send(row, &made.secret, &event) else { continue };
            let (headers, body, url) =
                (sent.received.headers, sent.received.body, sent.received.url);
            let signed = Made { headers, body, url, now, ..Made::new(row, seed) };
            let answer = signed.verify();
            assert!(answer.is_ok(), "signed at {now}, refused: {answer:?}");
            written.set(written.get() + 1);
        }
    });
    assert!(written.get() > 200, "only {} moments were written", written.get());
}

#[test]
fn a_tolerance_of_nothing_is_an_error() {
    for_every_row(1, 10, |row, seed| {
        let verifier = || Verifier::new(row, secret(row, &seed.key).verifier).unwrap();
        let invalid = Some(SchemeError::InvalidTolerance);
        assert_eq!(verifier().tolerance(0).err(), invalid);
        assert_eq!(verifier().future_tolerance(0).err(), invalid);
        assert!(verifier().tolerance(1).is_ok() && verifier().future_tolerance(1).is_ok());
    });
}
