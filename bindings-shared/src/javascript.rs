//! What the bindings for JavaScript have in common: headers in one text, and verdicts and errors as
//! plain values.

use hookseal::{Delivery, Headers};

use crate::{Failure, Pairs};

/// Code, status or key, and sentence of an error are the lines of a text.
#[must_use]
pub fn lines(error: impl Into<Failure>) -> String {
    let Failure { code, more, message, .. } = error.into();
    format!("{code}\n{more}\n{message}")
}

/// Code, status and sentence of what becomes of a delivery at a receiver, as the lines of texts.
#[must_use]
pub fn outcomes() -> Vec<String> {
    let lines = |(code, status, message)| format!("{code}\n{status}\n{message}");
    crate::outcomes().into_iter().map(lines).collect()
}

/// The signed time in milliseconds, times 8, and the index of the secret; and 4 where no time is
/// signed.
#[must_use]
pub fn packed(delivery: &Delivery<'_>) -> i64 {
    let index = i64::try_from(delivery.secret_index()).unwrap_or_default();
    match delivery.sent_at() {
        Some(time) => time.as_millis().saturating_mul(8).saturating_add(index),
        None => index.saturating_add(4),
    }
}

/// Name and value in turn.
pub fn flat(headers: Pairs) -> impl Iterator<Item = String> {
    headers.into_iter().flat_map(|(name, value)| [name, value])
}

/// Most headers that need no memory of their own.
const FEW: usize = 8;

/// Headers out of one text, which JavaScript hands over faster than a list: name and value in turn,
/// each behind its length, as `2:hi`. A name is its place among `names`, where there are such.
#[inline]
pub fn pairs<T>(text: &str, names: &[String], with: impl FnOnce(Headers<'_>) -> T) -> T {
    let wire = if text.is_ascii() { Vec::new() } else { as_received(text) };
    let mut rest = if text.is_ascii() { text.as_bytes() } else { &wire };
    let mut few: [(&str, &[u8]); FEW] = [("", b""); FEW];
    let mut count = 0;
    let mut many = Vec::new();
    while let (Some(name), Some(value)) = (field(&mut rest), field(&mut rest)) {
        let name = if names.is_empty() { str::from_utf8(name).ok() } else { wanted(name, names) };
        let pair = (name.unwrap_or_default(), value);
        match few.get_mut(count).filter(|_| many.is_empty()) {
            Some(free) => *free = pair,
            None if many.is_empty() => many = [few.as_slice(), &[pair]].concat(),
            None => many.push(pair),
        }
        count = count.saturating_add(1);
    }
    let few = few.get(..count).unwrap_or_default();
    with(if many.is_empty() { few.into() } else { many.as_slice().into() })
}

fn wanted<'n>(place: &[u8], names: &'n [String]) -> Option<&'n str> {
    names.get(number(place)).map(String::as_str)
}

fn field<'t>(text: &mut &'t [u8]) -> Option<&'t [u8]> {
    let end = text.iter().position(|byte| *byte == b':')?;
    let (length, rest) = (text.get(..end)?, text.get(end.checked_add(1)?..)?);
    let (field, rest) = rest.split_at_checked(number(length))?;
    *text = rest;
    Some(field)
}

fn number(digits: &[u8]) -> usize {
    let add = |sum: usize, digit: &u8| sum.saturating_mul(10).saturating_add((digit & 15).into());
    digits.iter().fold(0, add)
}

/// The same fields with the bytes that came over the wire. Node and browsers decode headers as
/// Latin-1; what Latin-1 lacks can only have been decoded as UTF-8. JavaScript counts in UTF-16.
fn as_received(mut text: &str) -> Vec<u8> {
    let mut wire = Vec::new();
    while let Some((length, rest)) = text.split_once(':') {
        let mut left = number(length.as_bytes());
        let end = rest.char_indices().find_map(|(at, next)| {
            let is_over = left == 0;
            left = left.saturating_sub(next.len_utf16());
            is_over.then_some(at)
        });
        let (field, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or_default();
        let latin_1: Result<Vec<u8>, _> = field.chars().map(u8::try_from).collect();
        let bytes = latin_1.unwrap_or_else(|_| field.into());
        wire.extend([bytes.len().to_string().as_bytes(), b":", &bytes].concat());
        text = after;
    }
    wire
}
