//! One request of JavaScript values, as the core reads it.

use hookseal::{Headers, Request, UnixTime};
use hookseal_bindings::{Failure, request};
use js_sys::{Array, Uint8Array};

use crate::outcome::{Result, failed, no_memory};

/// What was received, and when.
pub(crate) struct Arrived {
    body: Vec<u8>,
    headers: String,
    url: Option<String>,
    method: Option<String>,
    now: UnixTime,
}

impl Arrived {
    /// Body, headers, URL, method, milliseconds: in one piece where a call need not be fast.
    pub(crate) fn new(values: &Array) -> Result<Self> {
        let text = |at| values.get(at).as_string();
        Ok(Arrived {
            body: bytes(&values.get(0).into())?,
            headers: text(1).unwrap_or_default(),
            url: text(2),
            method: text(3),
            now: moment(values.get(4).as_f64().unwrap_or_default()),
        })
    }

    pub(crate) fn lend<T>(
        &self,
        names: &[String],
        with: impl FnOnce(&Request<'_>, UnixTime) -> core::result::Result<T, Failure>,
    ) -> Result<T> {
        let with = |request: &Request<'_>| with(request, self.now).map_err(failed);
        pairs(&self.headers, names, |headers| {
            with(&request(headers, &self.body, &self.url, &self.method))
        })
    }
}

/// A copy of the bytes. A view that does not come from JavaScript's own class is not handed over.
pub(crate) fn bytes(array: &Uint8Array) -> Result<Vec<u8>> {
    let length = usize::try_from(array.length()).map_err(|_| no_memory())?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| no_memory())?;
    bytes.resize(length, 0);
    array.copy_to(&mut bytes);
    Ok(bytes)
}

/// JavaScript has whole milliseconds, which fit.
#[allow(clippy::as_conversions)] // saturates, and there is no other way
pub(crate) fn moment(milliseconds: f64) -> UnixTime {
    UnixTime::from_millis(milliseconds as i64)
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
