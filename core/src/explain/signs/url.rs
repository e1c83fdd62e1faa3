//! What the URL shows, where it is signed.

use super::{CauseCode, Explanation, likely};
use crate::request::Request;
use crate::scheme::Scheme;

/// Names what is odd about a URL that a provider delivers to.
pub(super) fn find(scheme: &Scheme<'_>, request: &Request<'_>, found: &mut Explanation) {
    let Some(url) = request.url.filter(|_| scheme.bound().url) else { return };
    if scheme.names_origin() && host(url).is_some_and(is_inner) {
        let what = "the URL's host is that of this machine or of an inner network, which no provider \
                    delivers to";
        likely(found, CauseCode::UrlHost, what);
    }
    let query = url.split_once(['?']).map(|it| it.1).unwrap_or_default();
    if query.bytes().any(|byte| !byte.is_ascii_graphic() || b"\"<>\\^`{|}".contains(&byte)) {
        let what = "the query has characters that a URL has only percent-encoded: it was decoded";
        likely(found, CauseCode::UrlQuery, what);
    }
}

fn host(url: &str) -> Option<&str> {
    let authority = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once(['@']).map_or(authority, |it| it.1);
    Some(host.rsplit_once([':']).map_or(host, |it| it.0))
}

/// A name without a dot, of an inner network, or an address.
fn is_inner(host: &str) -> bool {
    let ends = [".local", ".internal", ".localhost", ".lan", ".svc"];
    let is_address = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    host.starts_with(['['])
        || !host.contains(['.'])
        || is_address
        || ends.iter().any(|end| host.ends_with(end))
}
