//! The replay key: one event, one key, whatever can be changed by others.

use core::cell::Cell;

use hookseal::{Algorithm, Coverage, Encoding, KeyFormat, Place};

use crate::made::{Made, value};
use crate::support::text::base64;
use crate::{Seed, for_every_row};

#[test]
fn one_delivery_has_one_key_in_each_scope() {
    for_every_row(8, 300, |row, seed| {
        let (one, again) = (Made::new(row, seed).verify(), Made::new(row, seed).verify());
        assert_eq!(one, again);
        let one = one.unwrap();
        assert_ne!(one.key, one.other_scope);
    });
}

/// What nobody signed has no say: names' case, other headers, items that are passed over.
#[test]
fn what_is_malleable_leaves_the_key() {
    let (lists, ids) = (Cell::new(0), Cell::new(0));
    for_every_row(8, 300, |row, seed| {
        let key = Made::new(row, seed).verify().unwrap().key;
        let keeps = |what: &str, change: &dyn Fn(&mut Made)| {
            let mut made = Made::new(row, seed);
            change(&mut made);
            assert_eq!(made.verify().unwrap().key, key, "{what}");
        };
        keeps("names in upper case", &|made| {
            made.headers.iter_mut().for_each(|(name, _)| name.make_ascii_uppercase());
        });
        keeps("another header", &|made| made.headers.push(("x-other".into(), seed.body.clone())));
        keeps("headers in another order", &|made| made.headers.reverse());
        if !row.bound().event_id && Made::new(row, seed).id_at.is_some() {
            ids.set(ids.get() + 1);
            keeps("another unsigned id", &|made| {
                let (header, range) = made.id_at.clone().unwrap();
                made.headers[header].1.splice(range, seed.other_id.bytes());
            });
        }
        let split = row.signature.split;
        if let Some((header, _)) = Made::new(row, seed).signed_at.filter(|_| !split.is_empty()) {
            lists.set(lists.get() + 1);
            let prefix = row.signature.prefix.split('|').next().unwrap();
            let wrong = format!("{prefix}{}", "0".repeat(64));
            let version = format!("v9,{}", base64(&seed.key));
            for item in ["", "junk", &prefix.to_uppercase(), &wrong, &version] {
                keeps(item, &|made| {
                    made.headers[header].1.extend(format!("{split}{item}").bytes());
                });
                keeps(item, &|made| {
                    made.headers[header].1.splice(0..0, format!("{item}{split}").bytes());
                });
            }
        }
    });
    assert!(lists.get() >= 8 * 10 && ids.get() >= 8 * 5, "rows with lists and ids were left out");
}

/// The same event, sent again later: another time, signed again.
#[test]
fn a_retry_has_the_key_of_its_event() {
    let (same, other) = (Cell::new(0), Cell::new(0));
    for_every_row(8, 300, |row, seed| {
        let first = Made::new(row, seed);
        let later = Seed { now: seed.now - 3_600_000, ..seed.clone() };
        let later = Seed { now: later.now.max(1_000_000_000_000) + 7_000, ..later };
        let retry = Made::new(row, &later);
        // A JWS says when it was made, whether or not the row reads it.
        let resigned = row.timestamp.is_some() || row.encoding == Encoding::Jws;
        let keys = [first.verify().unwrap().key, retry.verify().unwrap().key];
        // A time that is part of the key is not part of what is signed.
        let timeless = row.key == KeyFormat::AfterTimestamp;
        let one_key = first.is_identified() || !resigned || timeless;
        assert_eq!(keys[0] == keys[1], one_key);
        let count = if one_key { &same } else { &other };
        count.set(count.get() + 1);
    });
    assert!(same.get() > 0 && other.get() > 0, "both kinds of row are there");
}

/// Another event never has the key, though it is about the same object and has the same time.
#[test]
fn two_events_never_share_a_key() {
    let told = Cell::new(0);
    for_every_row(6, 300, |row, seed| {
        let first = Made::new(row, seed).verify().unwrap().key;
        let made = Made::new(row, seed);
        let mut body = seed.body.clone();
        body.push(b'!');
        let other_body = Seed { body, ..seed.clone() };
        let other_id = Seed { id: seed.other_id.clone(), ..seed.clone() };

        let token = row.algorithm == Algorithm::Token;
        let id_is_signed = row.event_id.is_some_and(|_| row.bound().event_id);
        let key = Made::new(row, &other_id).verify().unwrap().key;
        if id_is_signed || Made::new(row, seed).id_at.is_some() {
            assert_eq!(key != first, id_is_signed, "another id");
        }
        let key = Made::new(row, &other_body).verify().unwrap().key;
        if row.bound().body == Coverage::Whole || token {
            assert_eq!(key != first, !made.is_identified(), "another body under the same id");
        }
        // A row that signs neither the body nor an id has nothing else to tell events apart.
        let other = Seed { id: seed.other_id.clone(), dice: !seed.dice, ..other_body };
        let named = Made::new(row, seed).replace(&value(seed), "");
        if row.bound().body == Coverage::Whole || token || id_is_signed || named {
            assert_ne!(Made::new(row, &other).verify().unwrap().key, first, "another event");
            told.set(told.get() + 1);
        }
    });
    assert!(told.get() > 6 * 150, "{} events were told apart", told.get());
}

/// No two rows give one key to the same bytes.
#[test]
fn no_two_rows_share_a_key() {
    let keys = core::cell::RefCell::new(std::collections::HashSet::new());
    let rows = for_every_row(1, 300, |row, seed| {
        let made = Made::new(row, seed);
        assert!(keys.borrow_mut().insert(made.verify().unwrap().key));
        let in_body = row.event_id.is_some_and(|id| id.source.place == Place::Json);
        assert!(!in_body || made.id_at.is_none());
    });
    assert_eq!(keys.borrow().len() as u64, rows);
}
