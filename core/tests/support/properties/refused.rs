//! Whatever is changed in the bound parts, one bit at a time or more, is refused.

use core::cell::Cell;

use crate::for_every_row;
use crate::made::{Made, Spot};
use crate::support::dice::Dice;

/// Every bit of the signature, of the time and of a signed id; some of the body.
#[test]
fn no_single_bit_can_be_changed() {
    let flips = Cell::new(0_u64);
    for_every_row(8, 300, |row, seed| {
        let mut made = Made::new(row, seed);
        assert!(made.verify().is_ok());
        let spots = [Some(made.signature.clone()), made.time.clone()];
        for spot in spots.into_iter().flatten() {
            flip_all(&mut made, &spot, true);
            flips.set(flips.get() + 8 * spot.1.len() as u64);
        }
        if let Some(spot) = made.id_at.clone() {
            flip_all(&mut made, &spot, row.bound().event_id);
            flips.set(flips.get() + 8 * spot.1.len() as u64);
        }
        let mut dice = Dice::for_case(seed.dice, row.name, 0);
        for _ in 0..made.body.len().min(64) {
            let (at, bit) = (dice.below(made.body.len()), 1 << dice.below(8));
            made.body[at] ^= bit;
            assert_eq!(
                made.verify().is_err(),
                row.bound().body.is_whole(),
                "bit {bit} of byte {at}"
            );
            made.body[at] ^= bit;
        }
    });
    assert!(flips.get() > 150_000, "only {} bits were changed", flips.get());
}

fn flip_all(made: &mut Made, spot: &Spot, bound: bool) {
    let text = made.text(spot);
    for bit in 0..8 * text.len() {
        let mut other = text.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        let refused = made.with(spot, &other, |made| made.verify().is_err());
        assert_eq!(refused, bound, "bit {bit} of {}", String::from_utf8_lossy(&text));
    }
}

/// Every prefix, and every length up to twice the signature's.
#[test]
fn no_signature_of_another_length_passes() {
    let lengths = Cell::new(0_u64);
    for_every_row(6, 100, |row, seed| {
        let mut made = Made::new(row, seed);
        let spot = made.signature.clone();
        let text = made.text(&spot);
        let twice = [&text[..], &text].concat();
        let padded = [&text[..], &vec![b'='; text.len()]].concat();
        let zeros = [&text[..], &vec![b'0'; text.len()]].concat();
        for long in [twice, padded, zeros] {
            for length in 0..=long.len() {
                let refused = made.with(&spot, &long[..length], |made| made.verify().is_err());
                assert_eq!(refused, length != text.len(), "{length} of {}", text.len());
                lengths.set(lengths.get() + 1);
            }
        }
    });
    assert!(lengths.get() > 60_000, "only {} lengths were tried", lengths.get());
}

/// A header that is left out, there twice, or empty: refused where the scheme needs it, without a
/// say where it does not.
#[test]
fn every_header_that_is_needed_is_there_once() {
    for_every_row(24, 100, |row, seed| {
        let whole = Made::new(row, seed);
        for header in 0..whole.headers.len() {
            let unsigned_id =
                whole.id_at.as_ref().is_some_and(|(at, _)| *at == header) && !row.bound().event_id;
            let changes: [&dyn Fn(&mut Made); 4] = [
                &|made| drop(made.headers.remove(header)),
                &|made| made.headers.push(made.headers[header].clone()),
                &|made| made.headers.insert(0, (made.headers[header].0.clone(), b"x".to_vec())),
                &|made| made.headers[header].1.clear(),
            ];
            for (which, change) in changes.into_iter().enumerate() {
                let mut made = Made::new(row, seed);
                change(&mut made);
                let name = &whole.headers[header].0;
                assert_eq!(made.verify().is_ok(), unsigned_id, "{name}, change {which}");
                if unsigned_id {
                    assert_eq!(made.verify().unwrap().id, None, "{name}, change {which}");
                }
            }
        }
    });
}
