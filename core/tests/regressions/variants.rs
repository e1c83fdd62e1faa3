//! A delivery in other spellings: all that the signature does not see.

use hookseal::{Place, Source};

use crate::case::Case;
use crate::headers::missing;

/// Each must verify, and be the same delivery.
pub(crate) fn variants(genuine: &Case) -> Vec<(&'static str, Case)> {
    let mut variants = vec![
        ("header names in upper case", with_names(genuine, str::to_ascii_uppercase)),
        ("header names in mixed case", with_names(genuine, |name| name.replace('e', "E"))),
        ("headers in another order", {
            let mut headers = genuine.headers.clone();
            headers.reverse();
            genuine.with_headers(headers)
        }),
        ("other headers before and behind", {
            let other = |name: &str| (name.to_owned(), b"sha256=00".to_vec());
            let own = genuine.headers.iter().cloned();
            let all = ["x-first", "__proto__", "constructor"].map(other).into_iter();
            let all = all.chain(own).chain([other("x-last")]);
            genuine.with_headers(all.collect())
        }),
        ("unsigned headers with other values", {
            with_unsigned(genuine, |_| Some(b"another".to_vec()))
        }),
        ("unsigned headers twice", {
            let unsigned = |name: &String| missing(genuine.scheme, name).is_none();
            let again = genuine.headers.iter().filter(|(name, _)| unsigned(name)).cloned();
            genuine.with_headers(genuine.headers.iter().cloned().chain(again).collect())
        }),
        ("no unsigned headers", with_unsigned(genuine, |_| None)),
    ];
    variants.extend(lists(genuine));
    variants.extend(alternatives(genuine));
    if genuine.scheme.signed.text().contains("{url|unescaped}") {
        let mut case = genuine.clone();
        case.url = case.url.replace(':', "%3A").replace('?', "%3f").replace('/', "%2F");
        variants.push(("the URL in escapes", case));
    }
    variants
}

fn with_names(genuine: &Case, change: impl Fn(&str) -> String) -> Case {
    let headers = genuine.headers.iter();
    genuine.with_headers(headers.map(|(name, value)| (change(name), value.clone())).collect())
}

fn with_unsigned(genuine: &Case, change: impl Fn(&[u8]) -> Option<Vec<u8>>) -> Case {
    let change = |(name, value): &(String, Vec<u8>)| match missing(genuine.scheme, name) {
        Some(_) => Some((name.clone(), value.clone())),
        None => change(value).map(|value| (name.clone(), value)),
    };
    genuine.with_headers(genuine.headers.iter().filter_map(change).collect())
}

/// Items of a list: others beside, another order, twice, parted more than once.
fn lists(genuine: &Case) -> Vec<(&'static str, Case)> {
    let Source { split, prefix, .. } = genuine.scheme.signature;
    if genuine.scheme.signature.place != Place::Header {
        return Vec::new();
    }
    let Some(sign) = split.get(..1) else { return Vec::new() };
    let value = String::from_utf8(genuine.clone().header_of(genuine.scheme.signature).clone());
    let value = value.unwrap();
    let mut items: Vec<&str> = value.split(|c| split.contains(c)).collect();
    items.retain(|item| !item.is_empty());
    items.reverse();
    let other = genuine.signature.replace(['a', 'A', '0'], "b");
    let texts = [
        ("a malformed signature before", format!("{prefix}junk{sign}{value}")),
        ("a malformed signature behind", format!("{value}{sign}{prefix}junk")),
        ("another signature before", format!("{prefix}{other}{sign}{value}")),
        ("an item of another kind", format!("v9=1{sign}{value}{sign}v9,1")),
        ("the same signature twice", format!("{value}{sign}{prefix}{}", genuine.signature)),
        ("the same list twice", format!("{value}{sign}{value}")),
        ("empty items", format!("{sign}{sign}{}{sign}", value.replace(sign, &sign.repeat(3)))),
        ("another order", items.join(sign)),
    ];
    texts
        .into_iter()
        .map(|(what, text)| {
            let mut case = genuine.clone();
            *case.header_of(genuine.scheme.signature) = text.into_bytes();
            (what, case)
        })
        .collect()
}

/// Names that a row knows for one header.
fn alternatives(genuine: &Case) -> Option<(&'static str, Case)> {
    let row = genuine.scheme;
    let time = row.timestamp.map(|time| time.source);
    let id = row.event_id.map(|id| id.source);
    let sources: Vec<Source<'_>> =
        [time, id, row.event_type, Some(row.signature)].into_iter().flatten().collect();
    let other = |name: &str| {
        let headers = sources.iter().filter(|source| source.place == Place::Header);
        let mut own = headers.filter(|source| source.names().next() == Some(name));
        own.find_map(|source| source.names().nth(1)).unwrap_or(name).to_owned()
    };
    row.signature.names().nth(1)?;
    Some(("the other family of header names", with_names(genuine, other)))
}
