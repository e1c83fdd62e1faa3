//! Whatever is changed in the bound parts, one bit at a time or more, is refused.

use core::cell::Cell;

use hookseal::{Coverage, Encoding, Place};

use crate::for_every_row;
use crate::made::{Made, Spot};
use crate::reference::find::form;
use crate::sender::draft::first;
use crate::sender::reads;
use crate::support::dice::Dice;

/// Every bit of the signature, of the time and of a signed id; some of the body.
#[test]
fn no_single_bit_can_be_changed() {
    let flips = Cell::new(0_u64);
    let flipped = |bits: usize| flips.set(flips.get() + bits as u64);
    for_every_row(2, 300, |row, seed| {
        let mut made = Made::new(row, seed);
        assert!(made.verify().is_ok());
        let text = made.signature.clone();
        for bit in 0..8 * text.len() {
            let mut other = text.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            // Where either case is read, the case of a digit says nothing.
            let same = row.encoding == Encoding::HexAnyCase && other.eq_ignore_ascii_case(&text);
            let refused = made.refuses(&other).unwrap_or(!same);
            assert_eq!(refused, !same, "bit {bit} of {}", String::from_utf8_lossy(&text));
        }
        flipped(8 * text.len());
        if let Some(spot) = made.time.clone() {
            flip_all(&mut made, &spot, true);
            flipped(8 * spot.1.len());
        }
        if let Some(spot) = made.id_at.clone() {
            flip_all(&mut made, &spot, row.bound().event_id);
            flipped(8 * spot.1.len());
        }
        flip_body(&mut made, &mut Dice::for_case(seed.dice, row.name, 0));
    });
    assert!(flips.get() > 200_000, "only {} bits were changed", flips.get());
}

/// Some bits of the body: of one that is bound, none can be changed; of another, none that the
/// second reading of the row takes for signed.
fn flip_body(made: &mut Made, dice: &mut Dice) {
    let bound = made.row.bound().body;
    let is_form = reads(made.row, Place::Form, &["{form"]);
    let own = form(&made.body);
    for _ in 0..made.body.len().min(64) {
        let (at, bit) = (dice.below(made.body.len()), 1 << dice.below(8));
        made.body[at] ^= bit;
        let refused = made.verify().is_err();
        match bound {
            // `%2B` and `%2b` are one byte; so, to some, are the hex digits `B` and `b`.
            Coverage::Whole | Coverage::Checksum if is_form => {
                let same = form(&made.body) == own || made.row.encoding == Encoding::HexAnyCase;
                assert!(refused || same && made.holds(), "bit {bit} of byte {at}");
            }
            Coverage::Whole | Coverage::Checksum => assert!(refused, "bit {bit} of byte {at}"),
            Coverage::Nothing if !is_form && !reads(made.row, Place::Json, &["{json"]) => {
                assert!(!refused, "bit {bit} of byte {at}");
            }
            _ => assert!(refused || made.holds(), "bit {bit} of byte {at}"),
        }
        made.body[at] ^= bit;
    }
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
    for_every_row(1, 100, |row, seed| {
        let mut made = Made::new(row, seed);
        let text = made.signature.clone();
        let twice = [&text[..], &text].concat();
        let padded = [&text[..], &vec![b'='; text.len()]].concat();
        let zeros = [&text[..], &vec![b'0'; text.len()]].concat();
        for long in [twice, padded, zeros] {
            for length in 0..=long.len() {
                let refused = made.refuses(&long[..length]).unwrap();
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
    for_every_row(8, 100, |row, seed| {
        let whole = Made::new(row, seed);
        for header in 0..whole.headers.len() {
            let name = &whole.headers[header].0;
            let is_id = whole.id_at.as_ref().is_some_and(|(at, _)| *at == header);
            let is_kind = row.event_type.is_some_and(|kind| first(&kind) == name);
            let named = row.signed.text().contains(&format!("{{header:{name}}}"));
            let open = (is_id && !row.bound().event_id || is_kind) && !named;
            let changes: [&dyn Fn(&mut Made); 4] = [
                &|made| drop(made.headers.remove(header)),
                &|made| made.headers.push(made.headers[header].clone()),
                &|made| made.headers.insert(0, (made.headers[header].0.clone(), b"x".to_vec())),
                &|made| made.headers[header].1.clear(),
            ];
            for (which, change) in changes.into_iter().enumerate() {
                let mut made = Made::new(row, seed);
                change(&mut made);
                assert_eq!(made.verify().is_ok(), open, "{name}, change {which}");
                if open && is_id {
                    assert_eq!(made.verify().unwrap().id, None, "{name}, change {which}");
                }
            }
        }
    });
}
