//! One request of JavaScript values, as the core reads it.

use hookseal::{Headers, Request, UnixTime};
use hookseal_bindings::{Failure, request};
use napi::bindgen_prelude::Uint8Array;

use crate::outcome::{Result, failed};

/// What was received, and when: body, headers, URL, method, milliseconds. It comes in one piece
/// where a call need not be fast.
pub(crate) type Arrived = (Uint8Array, String, Option<String>, Option<String>, i64);

pub(crate) fn lend<T>(
    (body, headers, url, method, now): &Arrived,
    names: &[String],
    with: impl FnOnce(&Request<'_>, UnixTime) -> core::result::Result<T, Failure>,
) -> Result<T> {
    let with = |request: &Request<'_>| with(request, UnixTime::from_millis(*now));
    pairs(headers, names, |headers| with(&request(headers, body, url, method))).map_err(failed)
}

/// Most headers that need no memory of their own.
const FEW: usize = 8;

/// Headers out of one text, which JavaScript hands over faster than a list: name and value in turn,
/// each behind its length, as `2:hi`. A name is its place among `names`, where there are such.
#[inline]
pub(crate) fn pairs<T>(text: &str, names: &[String], with: impl FnOnce(Headers<'_>) -> T) -> T {
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
        let latin_1: core::result::Result<Vec<u8>, _> = field.chars().map(u8::try_from).collect();
        let bytes = latin_1.unwrap_or_else(|_| field.into());
        wire.extend([bytes.len().to_string().as_bytes(), b":", &bytes].concat());
        text = after;
    }
    wire
}
