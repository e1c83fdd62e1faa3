//! What is signed verifies; what is bound matters, and what is not bound does not.

use hookseal::{Place, UnixTime};

use crate::for_every_row;
use crate::made::{Made, secret};
use crate::support::dice::Dice;

#[test]
fn what_is_signed_verifies() {
    for_every_row(48, 2000, |row, seed| {
        let made = Made::new(row, seed);
        let verified = made.verify().unwrap();
        assert_eq!(verified.secret_index, 0);
        assert_eq!(verified.body, made.body);
        assert_eq!(verified.id, row.event_id.map(|_| seed.id.clone()));
        let precise = |sent: UnixTime| match row.timestamp.map(|time| time.clock) {
            Some(hookseal::Clock::Seconds) => sent.as_secs() == seed.now.div_euclid(1000),
            _ => sent.as_millis() == seed.now,
        };
        assert_eq!(verified.sent_at.is_some(), row.timestamp.is_some());
        assert!(verified.sent_at.is_none_or(precise));
    });
}

#[test]
fn exactly_what_is_bound_matters() {
    for_every_row(32, 300, |row, seed| {
        let bound = row.bound();
        let change = |bound: bool, what: &str, change: &dyn Fn(&mut Made)| {
            let mut made = Made::new(row, seed);
            change(&mut made);
            assert_eq!(made.verify().is_err(), bound, "{what}");
        };
        change(bound.body.is_whole(), "a longer body", &|made| made.body.push(b'\n'));
        change(bound.body.is_whole(), "a body cut off", &|made| {
            if made.body.pop().is_none() {
                made.body.push(b' ');
            }
        });
        change(bound.url, "the URL", &|made| made.url = "https://hooks.example.com/in%3Aside?to=b");
        change(bound.method, "the method", &|made| made.method = "PUT");
        if row.event_id.is_some() {
            change(bound.event_id, "the event id", &|made| match made.id_at.clone() {
                Some((header, range)) => {
                    made.headers[header].1.splice(range, seed.other_id.bytes());
                }
                None => {
                    let body = String::from_utf8(made.body.clone()).unwrap();
                    let (own, other) =
                        (format!("\"{}\"", seed.id), format!("\"{}\"", seed.other_id));
                    assert!(body.contains(&own));
                    made.body = body.replace(&own, &other).into_bytes();
                }
            });
        }
        if let Some(time) = row.timestamp {
            assert!(bound.timestamp, "a time that is checked is signed");
            assert_eq!(time.source.place == Place::Header, Made::new(row, seed).time.is_some());
        }
    });
}

/// The names of headers, in any case.
#[test]
fn header_names_compare_without_case() {
    for_every_row(32, 100, |row, seed| {
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
    use hookseal::Verifier;
    for_every_row(32, 100, |row, seed| {
        let made = Made::new(row, seed);
        for count in 2..=4 {
            for place in 0..count {
                let own = |at: usize| {
                    let other = [&seed.other_key[..], &[u8::try_from(at).unwrap()]].concat();
                    if at == place { made.secret.clone() } else { secret(row, &other) }
                };
                let mut verifier = Verifier::new(row, own(0)).unwrap();
                for at in 1..count {
                    verifier = verifier.and_secret(own(at)).unwrap();
                }
                let verified = made.verify_by(&verifier, made.now).unwrap();
                assert_eq!(verified.secret_index, place);
            }
        }
        let other = Verifier::new(row, secret(row, &seed.other_key)).unwrap();
        assert_eq!(made.verify_by(&other, made.now).is_err(), seed.key != seed.other_key);
    });
}
