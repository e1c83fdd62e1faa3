//! The window: both edges to the unit in which the time is written, and clocks that say anything.

use core::cell::Cell;

use hookseal::{Clock, Error, Request, SchemeError, Signer, UnixTime, Verifier};

use crate::for_every_row;
use crate::made::{Made, URL};

/// The moment that the delivery tells, and the smallest step of its clock, in milliseconds.
fn told(made: &Made) -> Option<(i64, i64)> {
    match made.row.timestamp?.clock {
        Clock::Seconds => Some((made.now.div_euclid(1000) * 1000, 1000)),
        _ => Some((made.now, 1)),
    }
}

#[test]
fn both_edges_belong_to_the_window() {
    let timed = Cell::new(0);
    for_every_row(32, 50, |row, seed| {
        let made = Made::new(row, seed);
        let Some((sent, step)) = told(&made) else { return };
        timed.set(timed.get() + 1);
        let time = row.timestamp.unwrap();
        let own = |tolerance: u32, ahead: u32| {
            let verifier = Verifier::new(row, &made.secret).unwrap();
            verifier.tolerance(tolerance).unwrap().future_tolerance(ahead).unwrap()
        };
        let other = u32::try_from(seed.dice % 100_000).unwrap() + 1;
        for (verifier, past, future) in [
            (Verifier::new(row, &made.secret).unwrap(), time.past, time.future),
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
    assert!(timed.get() >= 32 * 10, "rows that sign a time were left out");
}

const ENDS: [i64; 9] =
    [i64::MIN, i64::MIN + 1, i64::MIN / 1000, -1, 0, 1, i64::MAX / 1000, i64::MAX - 1, i64::MAX];

#[test]
fn no_clock_makes_it_panic() {
    for_every_row(20, 50, |row, seed| {
        let made = Made::new(row, seed);
        let any_time = Verifier::new(row, &made.secret).unwrap().danger_any_time();
        for now in ENDS {
            let late = now > made.now;
            let answer = made.verify_by(&made.verifier, now).map(|_| ());
            let expected = match row.timestamp {
                None => Ok(()),
                Some(_) if late => Err(Error::TimestampTooOld),
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
        let made = Made::new(row, seed);
        let signer = Signer::new(row, &made.secret).unwrap();
        let years =
            [-62_167_219_200_001, -62_167_219_200_000, 253_402_300_799_999, 253_402_300_800_000];
        let digits = [999_999_999_999, 1_000_000_000_000, 9_999_999_999_999, 10_000_000_000_000];
        for now in ENDS.into_iter().chain(years).chain(digits) {
            let time = UnixTime::from_millis(now);
            let request = Request::new(&[] as &[(&str, &str)], &made.body).url(URL).method("POST");
            let Ok(signed) = signer.sign(&request, Some(&made.id), time) else { continue };
            let texts: Vec<(&str, String)> =
                signed.headers().map(|(name, value)| (name, value.to_string())).collect();
            let pairs: Vec<(&str, &str)> =
                texts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let request = Request::new(pairs.as_slice(), &made.body).url(URL).method("POST");
            let now = if made.time.is_some() { now } else { made.now };
            let answer = made.verifier.verify(&request, UnixTime::from_millis(now));
            assert!(answer.is_ok(), "signed at {now}, refused: {answer:?}");
            written.set(written.get() + 1);
        }
    });
    assert!(written.get() > 200, "only {} moments were written", written.get());
}

#[test]
fn a_tolerance_of_nothing_is_an_error() {
    for_every_row(1, 10, |row, seed| {
        let verifier = || Verifier::new(row, crate::made::secret(row, &seed.key)).unwrap();
        let invalid = Some(SchemeError::InvalidTolerance);
        assert_eq!(verifier().tolerance(0).err(), invalid);
        assert_eq!(verifier().future_tolerance(0).err(), invalid);
        assert!(verifier().tolerance(1).is_ok() && verifier().future_tolerance(1).is_ok());
    });
}
