//! The value that a source names, found in whole copies.

use std::collections::BTreeMap;

use hookseal::{Place, Scheme, Source};
use serde_json::value::RawValue;

use super::Received;
use crate::support::text::unbase64;

/// Name and value, decoded, in the order received.
pub(crate) type Pairs = Vec<(String, String)>;

/// Every value that a source names, in order.
pub(crate) fn all(source: &Source<'_>, of: &Received, row: &Scheme<'_>) -> Vec<Vec<u8>> {
    source.name.split('|').flat_map(|name| values(source, name, of, row)).collect()
}

/// The one value: of the first alternative that is there, and of a list without a prefix the first
/// item that fits.
pub(crate) fn one(
    source: &Source<'_>,
    of: &Received,
    row: &Scheme<'_>,
    fits: &dyn Fn(&[u8]) -> bool,
) -> Option<Vec<u8>> {
    let mut names = source.name.split('|').map(|name| values(source, name, of, row));
    let found = names.find(|values| !values.is_empty())?;
    let positional = !source.split.is_empty() && source.prefix.is_empty();
    found.into_iter().find(|value| !positional || fits(value))
}

fn values(source: &Source<'_>, name: &str, of: &Received, row: &Scheme<'_>) -> Vec<Vec<u8>> {
    let Some(value) = raw(source.place, name, of, row) else { return Vec::new() };
    let splits = |byte: &u8| source.split.as_bytes().contains(byte);
    let items = value.split(splits).filter(|item| source.split.is_empty() || !item.is_empty());
    let cut = |item: &[u8]| {
        let mut prefixes = source.prefix.split('|');
        let cut = |prefix: &str| {
            let value = item.strip_prefix(prefix.as_bytes())?;
            // A quote that the prefix opens is closed.
            let value = if prefix.ends_with('"') { value.strip_suffix(b"\"")? } else { value };
            Some(value.to_vec())
        };
        prefixes.find_map(cut)
    };
    items.filter_map(cut).collect()
}

/// What a place holds under a name, uncut.
fn raw(place: Place, name: &str, of: &Received, row: &Scheme<'_>) -> Option<Vec<u8>> {
    match place {
        Place::Header => header(of, name),
        Place::Json => json(&of.body, name).map(String::into_bytes),
        Place::Form => field(&form(&of.body), name),
        Place::Query => field(&query(&of.url), name),
        Place::Claim => {
            json(&unbase64(jws(row, of)?.split('.').nth(1)?), name).map(String::into_bytes)
        }
        Place::Body => Some(of.body.clone()),
        _ => panic!("a place that the reference does not know: {place:?}"),
    }
}

pub(crate) fn header(of: &Received, name: &str) -> Option<Vec<u8>> {
    let mut headers = of.headers.iter();
    headers.find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
}

pub(crate) fn form(body: &[u8]) -> Pairs {
    form_urlencoded::parse(body).into_owned().collect()
}

pub(crate) fn query(url: &str) -> Pairs {
    let query = sent(url).split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// The URL without its fragment.
pub(crate) fn sent(url: &str) -> &str {
    url.split('#').next().unwrap()
}

fn field(pairs: &[(String, String)], name: &str) -> Option<Vec<u8>> {
    pairs.iter().find(|(it, _)| it == name).map(|(_, value)| value.clone().into_bytes())
}

/// The JWS that is the signature.
pub(crate) fn jws(row: &Scheme<'_>, of: &Received) -> Option<String> {
    all(&row.signature, of, row).into_iter().find_map(|text| String::from_utf8(text).ok())
}

/// A value of the JSON body as text: a string's content, else the token itself.
pub(crate) fn json(body: &[u8], path: &str) -> Option<String> {
    let raw = json_raw(body, path)?;
    match raw.chars().next()? {
        '"' => serde_json::from_str(&raw).ok(),
        '{' | '[' | 'n' => None,
        _ => Some(raw),
    }
}

/// A value of the JSON body as it is written. `a[].b` is that of the first element.
pub(crate) fn json_raw(body: &[u8], path: &str) -> Option<String> {
    let mut raw: Box<RawValue> = serde_json::from_slice(body).ok()?;
    for step in path.split('.') {
        let name = step.trim_end_matches("[]");
        if step != "[]" {
            let mut object: BTreeMap<String, Box<RawValue>> =
                serde_json::from_str(raw.get()).ok()?;
            raw = object.remove(name)?;
        }
        if step.ends_with("[]") {
            let list: Vec<Box<RawValue>> = serde_json::from_str(raw.get()).ok()?;
            raw = list.into_iter().next()?;
        }
    }
    Some(raw.get().trim().to_owned())
}
