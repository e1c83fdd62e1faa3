//! What the bindings for JavaScript have in common: headers in one text, and verdicts and errors as
//! plain values.

use hookseal::explain::Explainer;
use hookseal::{Delivery, Headers, Request, UnixTime};

use crate::{Failure, Pairs};

/// Code, status or key, and sentence of an error are the lines of a text.
#[must_use]
pub fn lines(error: impl Into<Failure>) -> String {
    let Failure { code, more, message, .. } = error.into();
    format!("{code}\n{more}\n{message}")
}

/// An explanation as JSON, as a report for people, and the signature that is expected: with the
/// signed content, with colours, and with the last, where that is asked for.
#[must_use]
pub fn explained(
    explainer: &Explainer<'_>,
    request: &Request<'_>,
    now: UnixTime,
    (content, colours, expected): (bool, bool, bool),
) -> (String, String, Option<String>) {
    let found = explainer.explain(request, now);
    let report = if content { found.report().with_content() } else { found.report() };
    let expected = expected.then(|| explainer.danger_expected_signature(request)).flatten();
    (found.to_json(), report.coloured(colours).to_string(), expected)
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

/// Headers out of bytes, which JavaScript hands over faster than texts or a list: the place of a
/// name among `names`, or where there are none its length and the name itself; then the length of
/// the value, and the value. Places and lengths are 32 bits each, the lowest first.
#[inline]
pub fn pairs<'b, T>(
    mut bytes: &'b [u8],
    names: &'b [String],
    with: impl FnOnce(Headers<'_>) -> T,
) -> T {
    let mut few: [(&str, &[u8]); FEW] = [("", b""); FEW];
    let mut count = 0;
    let mut many = Vec::new();
    while let Some(pair) = pair(&mut bytes, names) {
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

#[inline]
fn pair<'b>(bytes: &mut &'b [u8], names: &'b [String]) -> Option<(&'b str, &'b [u8])> {
    let name = if names.is_empty() {
        str::from_utf8(field(bytes)?).unwrap_or_default()
    } else {
        names.get(number(bytes)?).map(String::as_str).unwrap_or_default()
    };
    Some((name, field(bytes)?))
}

#[inline]
fn field<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = number(bytes)?;
    let (field, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(field)
}

#[inline]
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let (number, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    u32::from_le_bytes(*number).try_into().ok()
}
