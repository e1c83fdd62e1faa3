//! Changes to the text of the signature, the time and the id.

use super::{Effect, Mutation, refused};
use crate::oracle::genuine::{Genuine, Id, Spelling, Unit};
use crate::oracle::trial::Verdict;
use crate::support::dice::Dice;

pub(super) fn signature_bit(from: &mut Genuine, dice: &mut Dice) -> Effect {
    let spot = from.signature.clone();
    let mut text = from.value(&spot);
    dice.flip(&mut text);
    from.replace(&spot, &text);
    signature_changed(from, &text)
}

/// After a change to the signature that kept its length.
fn signature_changed(from: &Genuine, text: &[u8]) -> Effect {
    let length = from.signature.range.len();
    refused(match well_formed(from.spelling, text, length) {
        true => "signature_mismatch",
        false => "malformed_signature",
    })
}

/// Whether a text is a signature of this length in this one spelling.
fn well_formed(spelling: Spelling, text: &[u8], length: usize) -> bool {
    let (plus, slash) = match spelling {
        Spelling::Base64 => (b'+', b'/'),
        _ => (b'-', b'_'),
    };
    match spelling {
        _ if text.len() != length => false,
        Spelling::Token => !text.is_empty(),
        Spelling::Hex => text.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')),
        Spelling::Base64 | Spelling::Base64Url => {
            let letter = |byte: &u8| byte.is_ascii_alphanumeric() || [plus, slash].contains(byte);
            let (letters, end) = text.split_at(length - 1);
            // 32 bytes: 43 letters, of whose last only four bits count, and one sign of padding.
            let zero_bits = b"AEIMQUYcgkosw048".contains(&letters[length - 2]);
            end == b"=" && letters.iter().all(letter) && zero_bits
        }
    }
}

pub(super) fn time_bit(from: &mut Genuine, dice: &mut Dice) -> Option<Effect> {
    let spot = from.time_spot.clone()?;
    let mut text = from.value(&spot);
    dice.flip(&mut text);
    from.replace(&spot, &text);
    Some(match from.time.as_ref()?.unit {
        Unit::Rfc3339 => {
            Effect::Refused(Verdict::OneOf("malformed_timestamp", "signature_mismatch"))
        }
        _ if text.iter().all(u8::is_ascii_digit) && text[0] != b'0' => {
            refused("signature_mismatch")
        }
        _ => refused("malformed_timestamp"),
    })
}

pub(super) fn id_bit(from: &mut Genuine, dice: &mut Dice) -> Option<Effect> {
    let spot = from.id_spot.clone()?;
    let mut text = from.value(&spot);
    dice.flip(&mut text);
    from.replace(&spot, &text);
    Some(match &mut from.id {
        Id::Signed { dots, .. } if !*dots && text.contains(&b'.') => refused("malformed_event_id"),
        Id::Signed { .. } => refused("signature_mismatch"),
        _ => {
            from.id = Id::Open;
            Effect::Neutral
        }
    })
}

pub(super) fn resized(from: &mut Genuine, how: Mutation, dice: &mut Dice) -> Effect {
    let spot = from.signature.clone();
    let mut text = from.value(&spot);
    let length = text.len();
    if how == Mutation::Truncated {
        text.truncate(dice.below(length));
    } else {
        let more = dice.length(1..=length);
        let tail = match dice.below(3) {
            0 => text[..more].to_vec(),
            1 => vec![b'='; more],
            _ => dice.text("0123456789abcdef", more).into_bytes(),
        };
        text.extend(tail);
    }
    from.replace(&spot, &text);
    refused(match from.spelling {
        Spelling::Token if !text.is_empty() => "signature_mismatch",
        _ => "malformed_signature",
    })
}

/// The same signature in upper case, in the other base64 alphabet, or without its padding.
pub(super) fn respelled(from: &mut Genuine, how: Mutation) -> Option<Effect> {
    let spot = from.signature.clone();
    let text = String::from_utf8(from.value(&spot)).unwrap();
    let base64 = matches!(from.spelling, Spelling::Base64 | Spelling::Base64Url);
    let other = match how {
        Mutation::UpperCase if !base64 => text.to_ascii_uppercase(),
        Mutation::OtherAlphabet if base64 => {
            let swap = |letter| match letter {
                '+' => '-',
                '/' => '_',
                '-' => '+',
                '_' => '/',
                same => same,
            };
            text.chars().map(swap).collect()
        }
        Mutation::NoPadding if base64 => text.trim_end_matches('=').to_owned(),
        _ => return None,
    };
    if other == text {
        return None;
    }
    from.replace(&spot, other.as_bytes());
    Some(signature_changed(from, other.as_bytes()))
}

/// What stands before the signature is left out, or is in upper case.
pub(super) fn no_prefix(from: &mut Genuine, dice: &mut Dice) -> Option<Effect> {
    let end = from.signature.range.start;
    let start = from.list.map_or(0, |list| end - list.item.len());
    let value = &mut from.headers[from.signature.header].1;
    let upper = value[start..end].to_ascii_uppercase();
    let with = if dice.one_in(2) { Vec::new() } else { upper };
    if value[start..end] == with[..] {
        return None;
    }
    value.splice(start..end, with);
    Some(refused("malformed_signature"))
}
