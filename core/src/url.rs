//! The parts of a configured URL, as they are written: nothing is normalised, for the provider
//! signs what it was given. A fragment is never sent, so it is no part of any.

use crate::fields::{percent, stream};

/// The URL without its query: `https://host/path`.
pub(crate) fn base(url: &str) -> &str {
    cut(sent(url), b'?').0
}

/// The path; `/` where the URL has none, as that is what is sent.
pub(crate) fn path(url: &str) -> &str {
    let path = cut(Parts::of(url).target, b'?').0;
    if path.is_empty() { "/" } else { path }
}

/// What follows the first `?`.
pub(crate) fn query(url: &str) -> Option<&str> {
    cut(Parts::of(url).target, b'?').1
}

/// The target of the request line: path, and query where there is one.
pub(crate) fn path_and_query(url: &str, sink: &mut dyn FnMut(&[u8])) {
    sink(path(url).as_bytes());
    if let Some(query) = query(url) {
        sink(b"?");
        sink(query.as_bytes());
    }
}

/// The same URL by its other spelling: the port taken away, or, where it has none, the scheme's
/// default put in.
pub(crate) fn other_port(url: &str, sink: &mut dyn FnMut(&[u8])) {
    let Parts { scheme, authority, target } = Parts::of(url);
    let (host, port) = split_port(authority);
    let default = if scheme.eq_ignore_ascii_case("https://") { ":443" } else { ":80" };
    let other = if port.is_empty() { default } else { "" };
    [scheme, host, other, target].into_iter().for_each(|part| sink(part.as_bytes()));
}

/// The path and the query up to a second `?`, escaped as JavaScript's `encodeURI` does, after the
/// query has been escaped as `encodeURIComponent` does: so what was an escape is one three times
/// over (`?a=%20` is `?a%253D%252520`). An empty query is none.
pub(crate) fn quoted(url: &str, sink: &mut dyn FnMut(&[u8])) {
    let of_uri = |byte: u8| percent(byte, is_of_component(byte) || b";,/?:@&=+$#".contains(&byte));
    stream(path(url).bytes().flat_map(of_uri), sink);
    let query = query(url).map(|query| cut(query, b'?').0).unwrap_or_default();
    if !query.is_empty() {
        sink(b"?");
        let of_component = |byte| percent(byte, is_of_component(byte));
        stream(query.bytes().flat_map(of_component).flat_map(of_uri), sink);
    }
}

/// What `encodeURIComponent` leaves as it is.
fn is_of_component(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte)
}

/// The escapes of `: / ? @ ! $ ' ( ) * , ;` decoded, and no other.
pub(crate) fn unescaped(url: &str, sink: &mut dyn FnMut(&[u8])) {
    let mut rest = url.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        let (run, tail) = rest.split_at(at);
        sink(run);
        rest = match tail {
            [b'%', a, b, after @ ..] if plain(*a, *b).is_some() => {
                sink(plain(*a, *b).unwrap_or_default());
                after
            }
            [percent, after @ ..] => {
                sink(&[*percent]);
                after
            }
            [] => return,
        };
    }
    sink(rest);
}

/// The character that an escape of the table stands for.
const fn plain(a: u8, b: u8) -> Option<&'static [u8]> {
    Some(match (a, b.to_ascii_uppercase()) {
        (b'3', b'A') => b":",
        (b'2', b'F') => b"/",
        (b'3', b'F') => b"?",
        (b'4', b'0') => b"@",
        (b'2', b'1') => b"!",
        (b'2', b'4') => b"$",
        (b'2', b'7') => b"'",
        (b'2', b'8') => b"(",
        (b'2', b'9') => b")",
        (b'2', b'A') => b"*",
        (b'2', b'C') => b",",
        (b'3', b'B') => b";",
        _ => return None,
    })
}

/// A URL cut where its authority begins and ends.
struct Parts<'u> {
    /// With its `://`; empty where the URL has none.
    scheme: &'u str,
    /// User information, host and port.
    authority: &'u str,
    /// Path and query, each of which may be missing.
    target: &'u str,
}

impl<'u> Parts<'u> {
    fn of(url: &'u str) -> Self {
        let url = sent(url);
        let (scheme, rest) = split_scheme(url).unwrap_or(("", url));
        let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?'));
        let (authority, target) =
            end.and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, ""));
        Parts { scheme, authority, target }
    }
}

/// `https://`, and what follows it.
fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let is_of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let end = url.bytes().position(|byte| !is_of_scheme(byte))?;
    let (scheme, rest) = url.split_at_checked(end.saturating_add(3))?;
    scheme.ends_with("://").then_some((scheme, rest))
}

/// The authority up to its port, and the port with its colon. A colon before an `@` is one of the
/// user information; one before a `]`, of an IPv6 address.
fn split_port(authority: &str) -> (&str, &str) {
    let last = authority.bytes().rposition(|byte| matches!(byte, b':' | b']' | b'@'));
    let split = last.and_then(|at| authority.split_at_checked(at));
    split.filter(|(_, port)| port.starts_with(':')).unwrap_or((authority, ""))
}

/// The URL without its fragment.
fn sent(url: &str) -> &str {
    cut(url, b'#').0
}

/// A text up to the first of a byte, and what follows it.
fn cut(text: &str, at: u8) -> (&str, Option<&str>) {
    let split = text.bytes().position(|byte| byte == at).and_then(|at| text.split_at_checked(at));
    split.map_or((text, None), |(head, tail)| (head, tail.get(1..)))
}

#[cfg(test)]
#[path = "url_tests.rs"]
mod tests;
