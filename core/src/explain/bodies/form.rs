//! Form-encoded bodies: taken out of a form, put into one, or encoded by another program.

use alloc::format;
use alloc::vec::Vec;

use super::fields::{MAX_FIELDS, Pair, encoded, joined, of_json};
use super::{Flow, Take};
use crate::fields::{Encoded, Fields};

/// Fields that have JSON in them.
const JSON_FIELDS: [&str; 4] = ["payload", "body", "data", "json"];

/// Largest JSON that may have been, or been in, a form.
const MAX_JSON: usize = 256 << 10;

pub(super) fn each(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    let first = body.trim_ascii_start().first();
    if matches!(first, Some(b'{' | b'[')) {
        let bare = body.strip_suffix(b"=").unwrap_or(body);
        take("the body without the = that a form's writer put after it", bare)?;
        if body.len() > MAX_JSON {
            return Flow::Continue(());
        }
        of_json(body, all, take)?;
        return into_form(body, all, take);
    }
    if let Ok(fields) = Fields::read(body)
        && !fields.is_empty()
    {
        out_of_form(&fields, take)?;
        decoded_whole(body, take)?;
        if body.contains(&b'=') {
            again(&fields, all, take)?;
        }
    }
    if body.contains(&b'=') { respelled(body, all, take) } else { Flow::Continue(()) }
}

/// The field that has JSON, or the only one.
fn out_of_form(fields: &Fields<'_>, take: &mut Take<'_>) -> Flow {
    for name in JSON_FIELDS {
        if let Some((_, value)) = fields.received().find(|(field, _)| field.is(name)) {
            let value: Vec<u8> = value.bytes().collect();
            take(&format!("what is in the form's field {name}"), &value)?;
        }
    }
    let mut all = fields.received();
    let (Some((name, value)), None) = (all.next(), all.next()) else { return Flow::Continue(()) };
    let [name, value]: [Vec<u8>; 2] = [name.bytes().collect(), value.bytes().collect()];
    if value.is_empty() {
        return take("the body decoded, of which a form's writer made a name", &name);
    }
    take("what is in the form's only field", &value)?;
    // A `=` of the text parted it.
    take("the body decoded as one text", &[name, value].join(&b'='))
}

/// All escapes decoded, as of one text.
fn decoded_whole(body: &[u8], take: &mut Take<'_>) -> Flow {
    for plus in [true, false] {
        let Some(text) = decoded(body, plus) else { break };
        take("the body with its percent escapes decoded", &text)?;
    }
    Flow::Continue(())
}

fn decoded(body: &[u8], plus: bool) -> Option<Vec<u8>> {
    let mut text = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'%', [high, low, after @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                let code = digit(high)?.checked_mul(16)?.checked_add(digit(low)?)?;
                text.push(u8::try_from(code).ok()?);
                rest = after;
            }
            (b'%', _) => return None,
            (b'+', _) if plus => text.push(b' '),
            _ => text.push(*byte),
        }
    }
    Some(text)
}

/// The form decoded and encoded again.
fn again(fields: &Fields<'_>, all: bool, take: &mut Take<'_>) -> Flow {
    let own = |(name, value): (Encoded<'_>, Encoded<'_>)| {
        (name.bytes().collect(), value.bytes().collect())
    };
    let pairs: Vec<Pair> = fields.received().map(own).collect();
    encoded(&pairs, "the form's fields encoded", take)?;
    if all {
        let sorted: Vec<Pair> = fields.sorted().map(own).collect();
        encoded(&sorted, "the form's fields sorted and encoded", take)?;
        take("the form's fields sorted and not encoded", &joined(&sorted, None))?;
    }
    take("the form's fields not encoded", &joined(&pairs, None))
}

/// Forms whose escapes were decoded by somebody, or are spelled otherwise.
fn respelled(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    let pairs: Vec<Pair> = body.split(|byte| *byte == b'&').take(MAX_FIELDS).map(cut).collect();
    encoded(&pairs, "the form's fields, which came decoded, encoded", take)?;
    // With a `&` in its value there is one field.
    encoded(&[cut(body)], "the form's only field, which came decoded, encoded", take)?;
    if all && let Ok(text) = str::from_utf8(body) {
        take("the form with %20 for each +", text.replace('+', "%20").as_bytes())?;
        take("the form with + for each %20", text.replace("%20", "+").as_bytes())?;
        take("the form with its escapes in lower case", &in_case(body, u8::to_ascii_lowercase))?;
        take("the form with its escapes in upper case", &in_case(body, u8::to_ascii_uppercase))?;
    }
    Flow::Continue(())
}

fn cut(item: &[u8]) -> Pair {
    let at = item.iter().position(|byte| *byte == b'=').unwrap_or(item.len());
    let (name, value) = item.split_at_checked(at).unwrap_or((item, b""));
    (name.to_vec(), value.strip_prefix(b"=").unwrap_or(value).to_vec())
}

fn in_case(body: &[u8], turn: fn(&u8) -> u8) -> Vec<u8> {
    let mut left = 0_u8;
    let turned = |byte: &u8| {
        let is_digit = left > 0;
        left = if *byte == b'%' { 2 } else { left.saturating_sub(1) };
        if is_digit { turn(byte) } else { *byte }
    };
    body.iter().map(turned).collect()
}

/// The JSON as the field of a form.
fn into_form(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    for name in JSON_FIELDS.into_iter().take(if all { JSON_FIELDS.len() } else { 1 }) {
        let pair = (name.as_bytes().to_vec(), body.to_vec());
        encoded(
            &[pair],
            &format!("the form that has the JSON in its field {name}, encoded"),
            take,
        )?;
    }
    if all {
        let raw = [b"payload=", body].concat();
        take("the form that has the JSON in its field payload, not encoded", &raw)?;
    }
    Flow::Continue(())
}
