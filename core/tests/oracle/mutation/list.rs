//! Changes to a header that is a list, and headers that are too long.

use super::{Effect, Mutation, refused};
use crate::oracle::genuine::{Genuine, List, Spelling};
use crate::oracle::spell::{base64, hex};
use crate::support::dice::Dice;

/// Most signatures that are looked at.
const MOST: usize = 16;
/// Longest header that is looked at.
const LONGEST: usize = 8192;

/// Items that are no signature, or not the right one, among those that are there.
pub(super) fn items(from: &mut Genuine, how: Mutation, dice: &mut Dice) -> Option<Effect> {
    let list = from.list?;
    let more: Vec<String> = match how {
        Mutation::Junk => {
            let count = dice.length(1..=7);
            (0..count).map(|_| dice.pick(list.junk).to_owned()).collect()
        }
        Mutation::WrongItems => {
            let count = dice.pick(&[1, 1, 2, 3, MOST - 1]);
            (0..count).map(|_| wrong(from.spelling, list, dice)).collect()
        }
        _ => (0..MOST).map(|_| wrong(from.spelling, list, dice)).collect(),
    };
    more.into_iter().for_each(|item| insert(from, list, item, dice));
    Some(match how {
        Mutation::TooManyItems => refused("too_many_signatures"),
        _ => Effect::Neutral,
    })
}

/// A signature of the right form, of something else.
fn wrong(spelling: Spelling, list: List, dice: &mut Dice) -> String {
    let tag = dice.bytes(32);
    let text = if spelling == Spelling::Hex { hex(&tag) } else { base64(&tag) };
    format!("{}{text}", list.item)
}

fn insert(from: &mut Genuine, list: List, item: String, dice: &mut Dice) {
    let value = &mut from.headers[from.signature.header].1;
    let text = String::from_utf8(value.clone()).unwrap();
    let mut items: Vec<&str> = text.split(list.separator).collect();
    items.insert(dice.below(items.len() + 1), &item);
    *value = items.join(list.separator).into_bytes();
}

/// Items that are parted as another provider parts them: nothing is trimmed, and no list is split
/// at what is not its separator.
pub(super) fn other_separator(from: &mut Genuine, dice: &mut Dice) -> Option<Effect> {
    let list = from.list?;
    let start = from.signature.range.start - list.item.len();
    let end = from.signature.range.end;
    let another = wrong(from.spelling, list, dice);
    let value = &mut from.headers[from.signature.header].1;
    match list.separator {
        " " => value.extend_from_slice(format!(",{another}").as_bytes()),
        ", " => {
            value.splice(end..end, format!(";{another}").into_bytes());
        }
        _ => value.insert(start, b' '),
    }
    Some(refused("malformed_signature"))
}

/// The time's item twice: the same text is one time, two texts are none.
pub(super) fn another_time(from: &mut Genuine, how: Mutation, dice: &mut Dice) -> Option<Effect> {
    let list = from.list.filter(|list| !list.time.is_empty())?;
    let text = from.time.as_ref()?.text.clone();
    let other = format!("2{}", &text[1..]);
    if how == Mutation::SameTimeTwice {
        insert(from, list, format!("{}{text}", list.time), dice);
        return Some(Effect::Neutral);
    }
    let other = if other == text { format!("3{}", &text[1..]) } else { other };
    insert(from, list, format!("{}{other}", list.time), dice);
    Some(refused("malformed_timestamp"))
}

/// A header as long as can be, or one byte longer.
pub(super) fn long_header(from: &mut Genuine, dice: &mut Dice) -> Effect {
    let value = &mut from.headers[from.signature.header].1;
    value.extend_from_slice(from.list.map_or("", |list| list.separator).as_bytes());
    let long = LONGEST + dice.pick(&[0, 1, 1, 1000]);
    value.resize(long, b'z');
    match from.spelling {
        _ if long > LONGEST => refused("header_too_large"),
        _ if from.list.is_some() => Effect::Neutral,
        Spelling::Token => refused("signature_mismatch"),
        _ => refused("malformed_signature"),
    }
}
