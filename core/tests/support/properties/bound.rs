//! What is signed verifies; what is bound matters, and what is not bound does not.

use core::cell::Cell;

use hookseal::{Clock, Coverage, Place, UnixTime, Verifier};

use crate::made::{Made, secret, value};
use crate::reference::tag::is_public;
use crate::sender::{needs_url, reads};
use crate::support::dice::Dice;
use crate::{Seed, for_every_row};

#[test]
fn what_is_signed_verifies() {
    for_every_row(8, 2000, |row, seed| {
        let made = Made::new(row, seed);
        let verified = made.verify().unwrap();
        assert_eq!(verified.secret_index, 0);
        assert_eq!(verified.body, made.body);
        assert_eq!(verified.id, row.event_id.map(|_| seed.id.clone()));
        assert!(made.holds(), "the second reading refuses it");
        let seconds = seed.now.div_euclid(1000);
        let precise =
            |sent: UnixTime| match row.timestamp.map(|time| (time.clock, time.source.place)) {
                Some((
                    Clock::Millis | Clock::Rfc3339 | Clock::Iso8601,
                    Place::Header | Place::Json,
                )) => sent.as_millis() == seed.now,
                // A signer writes milliseconds where either is read.
                _ => sent.as_secs() == seconds,
            };
        // An end is not the time of a delivery.
        let told = row.timestamp.is_some_and(|time| time.clock != Clock::Expiry);
        assert_eq!(verified.sent_at.is_some(), told);
        assert!(verified.sent_at.is_none_or(precise), "{:?}", verified.sent_at);
    });
}

#[test]
fn exactly_what_is_bound_matters() {
    let named = Cell::new(0);
    for_every_row(8, 300, |row, seed| {
        let bound = row.bound();
        let whole = bound.body == Coverage::Whole || bound.body == Coverage::Checksum;
        let change = |bound: bool, what: &str, change: &dyn Fn(&mut Made)| {
            let mut made = Made::new(row, seed);
            change(&mut made);
            assert_eq!(made.verify().is_err(), bound, "{what}");
        };
        // More of what the signature does not reach: a blank, a field, a field without a value.
        let form = reads(row, Place::Form, &["{form"]);
        let more = match (form, whole) {
            (true, true) => "&more=1",
            (true, false) => "&more=",
            (false, true) => "x",
            (false, false) => "\n",
        };
        change(whole, "a longer body", &|made| made.body.extend_from_slice(more.as_bytes()));
        let plain =
            bound.body == Coverage::Nothing && !form && !reads(row, Place::Json, &["{json"]);
        if whole || plain {
            change(whole, "a body cut off", &|made| {
                if made.body.pop().is_none() {
                    made.body.push(b'x');
                }
            });
        }
        // Where a part of the URL is bound, that it is is told by no fact of the row.
        if bound.url || !needs_url(row) {
            change(bound.url, "the URL", &|made| made.url = made.url.replace("in%3A", "out"));
        }
        change(bound.method, "the method", &|made| made.method = "PUT".into());
        let other = value(&Seed { dice: !seed.dice, ..seed.clone() });
        let mut made = Made::new(row, seed);
        if made.replace(&value(seed), &other) {
            named.set(named.get() + 1);
            assert!(made.verify().is_err(), "a value that the row signs by its name");
        }
        if row.event_id.is_some_and(|id| id.source.place != Place::Claim) {
            change(bound.event_id, "the event id", &|made| match made.id_at.clone() {
                Some((header, range)) => {
                    made.headers[header].1.splice(range, seed.other_id.bytes());
                }
                None => {
                    let before = made.verify().unwrap().id;
                    change_id(made, seed);
                    assert_ne!(made.verify().map(|it| it.id).unwrap_or_default(), before);
                }
            });
        }
        if let Some(time) = row.timestamp {
            assert!(bound.timestamp, "a time that is checked is signed");
            assert_eq!(time.source.place == Place::Header, Made::new(row, seed).time.is_some());
        }
    });
    assert!(named.get() > 8 * 8, "only {} deliveries with named values", named.get());
}

/// Puts the other id into the field that has it, which is behind a quote or an equals sign.
fn change_id(made: &mut Made, seed: &Seed) {
    let found = ["\"", "="].map(|before| {
        let [own, other] = [&seed.id, &seed.other_id].map(|id| format!("{before}{id}"));
        let ends = |end: &str| (format!("{own}{end}"), format!("{other}{end}"));
        let mut found = false;
        for (own, other) in [ends("\""), ends("&")] {
            found |= made.replace(&own, &other);
        }
        if !found && before == "=" && made.body.ends_with(own.as_bytes()) {
            let start = made.body.len() - own.len();
            made.body.splice(start.., other.bytes());
            found = true;
        }
        found
    });
    assert!(found.contains(&true), "no id in {}", String::from_utf8_lossy(&made.body));
}

/// The names of headers, in any case.
#[test]
fn header_names_compare_without_case() {
    for_every_row(8, 100, |row, seed| {
        let mut made = Made::new(row, seed);
        let before = made.verify();
        let mut dice = Dice::for_case(seed.dice, row.name, 0);
        for (name, _) in &mut made.headers {
            let recase = |letter: char| match dice.below(2) {
                0 => letter.to_ascii_uppercase(),
                _ => letter.to_ascii_lowercase(),
            };
            *name = name.chars().map(recase).collect();
        }
        assert!(before.is_ok());
        assert_eq!(made.verify(), before);
    });
}

/// Two to four secrets, and every place among them.
#[test]
fn the_secret_that_matched_is_told() {
    for_every_row(8, 100, |row, seed| {
        let made = Made::new(row, seed);
        for count in 2..=4 {
            for place in 0..count {
                let own = |at: usize| {
                    // Of five pairs of keys the one that follows, and so another one.
                    let step = u8::try_from(1 + at % 4).unwrap();
                    let other = match is_public(row) {
                        true => [&seed.key[..], &[step]].concat(),
                        false => [&seed.other_key[..], &[step]].concat(),
                    };
                    if at == place { made.secret.clone() } else { secret(row, &other) }
                };
                let mut verifier = Verifier::new(row, own(0).verifier).unwrap();
                for at in 1..count {
                    verifier = verifier.and_secret(own(at).verifier).unwrap();
                }
                let verified = made.verify_by(&verifier, made.now).unwrap();
                assert_eq!(verified.secret_index, place);
            }
        }
        let other = secret(row, &seed.other_key);
        let differs = other != made.secret;
        let other = Verifier::new(row, other.verifier).unwrap();
        assert_eq!(made.verify_by(&other, made.now).is_err(), differs);
    });
}
