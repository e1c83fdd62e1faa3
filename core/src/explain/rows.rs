//! Deliveries of another scheme: of another row, or signed a little otherwise than this one says.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::cause::{CauseCode, Change};
use super::trial::Trial;
use super::{Explainer, Explanation};
use crate::facts::{Algorithm, Encoding, KeyFormat};
use crate::providers::ALL;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::signatures::Signatures;
use crate::source::Place;
use crate::template;
use crate::template::Template;

/// Tries the schemes that are nearly this one, under the same secrets: before any other spelling of
/// the secret, as they may differ in just that. Whether one is proved.
pub(super) fn prove_kin(
    explainer: &Explainer<'_>,
    request: &Request<'_>,
    trial: &mut Trial<'_, '_>,
    found: &mut Explanation,
) -> bool {
    let scheme = explainer.scheme;
    let kin = |row: &Scheme<'_>| explainer.is_near(row);
    by_row(scheme, &other_rows(scheme, request, trial, &kin), found)
}

/// Tries every row of which the request has a signature, and then other readings of this scheme,
/// under the same secrets. Whether one is proved.
pub(super) fn prove(
    explainer: &Explainer<'_>,
    request: &Request<'_>,
    trial: &mut Trial<'_, '_>,
    found: &mut Explanation,
) -> bool {
    let scheme = explainer.scheme;
    let stranger = |row: &Scheme<'_>| !explainer.is_near(row);
    if by_row(scheme, &other_rows(scheme, request, trial, &stranger), found) {
        return true;
    }
    if let Some(what) = other_reading(scheme, request, trial) {
        found.prove(Change::new(CauseCode::WrongScheme, what));
        return true;
    }
    let rows = "every built-in scheme of which the request has a signature";
    found.excluded.push(rows.into());
    let readings = "other hashes, encodings and orders of what is signed";
    found.excluded.push(readings.into());
    false
}

impl Explainer<'_> {
    /// Whether a row is of the same provider; or is alike, and the secret has its prefix: it is then
    /// as a provider shows it, and not it is wrong but what is made of it.
    fn is_near(&self, row: &Scheme<'_>) -> bool {
        let whole = |key: KeyFormat<'_>| {
            let KeyFormat::Base64 { prefix } = key else { return false };
            let begins = |secret: &&[u8]| secret.starts_with(prefix.as_bytes());
            !prefix.is_empty() && self.secrets.iter().any(begins)
        };
        let is_alike = kind_of(self.scheme, row) == CauseCode::WrongScheme;
        is_kin(self.scheme.name, row.name)
            || (is_alike && (whole(self.scheme.key) || whole(row.key)))
    }
}

/// Names the rows by which the request verifies, where there are any.
fn by_row(scheme: &Scheme<'_>, rows: &[&Scheme<'_>], found: &mut Explanation) -> bool {
    let Some((first, more)) = rows.split_first() else { return false };
    let more: Vec<&str> = more.iter().map(|row| row.name).collect();
    let others = match more.as_slice() {
        [] => String::new(),
        more => format!(", as by {}", more.join(", ")),
    };
    let name = first.name;
    let what = format!("the delivery verifies by the scheme {name} under the same secret{others}");
    found.prove(Change::new(kind_of(scheme, first), what));
    true
}

/// Another provider's deliveries differ in more than how a key or a signature is spelled.
pub(super) fn kind_of(scheme: &Scheme<'_>, other: &Scheme<'_>) -> CauseCode {
    let is_alike = scheme.signature == other.signature
        && scheme.signed.text() == other.signed.text()
        && scheme.signature.place == Place::Header;
    if is_alike || is_kin(scheme.name, other.name) {
        CauseCode::WrongScheme
    } else {
        CauseCode::WrongProvider
    }
}

/// The schemes of one provider have names with one beginning.
pub(super) fn is_kin(one: &str, other: &str) -> bool {
    let begins = |name: &'_ str| name.find(['-']).unwrap_or(name.len());
    one.get(..begins(one)) == other.get(..begins(other))
}

/// Most names that a sentence lists.
const MOST_NAMES: usize = 3;

/// The rows by which the request verifies: those of which it has most headers first; shared tokens,
/// of which nothing is computed, last.
fn other_rows(
    scheme: &Scheme<'_>,
    request: &Request<'_>,
    trial: &mut Trial<'_, '_>,
    which: &dyn Fn(&Scheme<'_>) -> bool,
) -> Vec<&'static Scheme<'static>> {
    let has_signature = |row: &&&Scheme<'_>| {
        row.name != scheme.name && which(row) && Signatures::none().find(row, request).is_ok()
    };
    let mut rows: Vec<&Scheme<'static>> = ALL.iter().filter(has_signature).copied().collect();
    rows.sort_by_cached_key(|row| {
        let headers = row.headers_there(request).unwrap_or_default();
        (row.is_token(), u8::MAX.saturating_sub(headers))
    });
    rows.retain({
        let mut met: usize = 0;
        move |row| {
            let accepts = met < MOST_NAMES && trial.accepts_by(row, request);
            met = met.saturating_add(usize::from(accepts));
            accepts
        }
    });
    rows
}

/// The contents that are met most, beside the scheme's own.
const CONTENTS: [Template<'static>; 8] = [
    template!("{body}"),
    template!("{timestamp}.{body}"),
    template!("{timestamp}{body}"),
    template!("{body}{timestamp}"),
    template!("{timestamp}:{body}"),
    template!("v0:{timestamp}:{body}"),
    template!("{event_id}.{timestamp}.{body}"),
    template!("{url}{body}"),
];

const ALGORITHMS: [Algorithm; 5] = [
    Algorithm::HmacSha256,
    Algorithm::HmacSha1,
    Algorithm::HmacSha512,
    Algorithm::HmacSha384,
    Algorithm::HmacMd5,
];

const ENCODINGS: [Encoding; 4] =
    [Encoding::HexAnyCase, Encoding::Base64, Encoding::Base64Url, Encoding::Base64UrlPadded];

/// The same scheme with another hash or encoding, another content, or all of these.
fn other_reading(
    scheme: &Scheme<'_>,
    request: &Request<'_>,
    trial: &mut Trial<'_, '_>,
) -> Option<String> {
    // Of other algorithms the key is no secret of this kind.
    ALGORITHMS.contains(&scheme.algorithm).then_some(())?;
    for signed in [scheme.signed].into_iter().chain(CONTENTS) {
        for algorithm in ALGORITHMS {
            for encoding in [scheme.encoding].into_iter().chain(ENCODINGS) {
                let reading = Scheme { signed, algorithm, encoding, ..*scheme };
                if !scheme.is_jws() && trial.accepts_by(&reading, request) {
                    return Some(difference(scheme, &reading));
                }
            }
        }
    }
    None
}

/// What the delivery is, and what the scheme says.
fn difference(scheme: &Scheme<'_>, reading: &Scheme<'_>) -> String {
    let tag = |row: &Scheme<'_>| format!("{} in {}", row.algorithm.name(), row.encoding.name());
    let (is, says) = (tag(reading), tag(scheme));
    let (content, own) = (reading.signed.text(), scheme.signed.text());
    match (is == says, content == own) {
        (true, _) => format!("the signature is that of {content}, and this scheme signs {own}"),
        (false, true) => format!("the signature is {is}, and this scheme's is {says}"),
        (false, false) => {
            format!("the signature is {is} of {content}, and this scheme's is {says} of {own}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::SchemeError;
    use crate::providers::by_name;

    #[test]
    fn a_provider_s_schemes_are_known_by_their_names() {
        assert!(is_kin("paddle", "paddle-classic") && is_kin("paddle-classic", "paddle"));
        assert!(is_kin("stripe-one", "stripe-two"));
        assert!(!is_kin("github", "git") && !is_kin("git", "github"));
    }

    #[test]
    fn rows_that_differ_in_the_key_alone_are_no_other_provider() {
        let kind = |one, other| Ok::<_, SchemeError>(kind_of(by_name(one)?, by_name(other)?));
        assert_eq!(kind("standard-webhooks", "polar"), Ok(CauseCode::WrongScheme));
        assert_eq!(kind("stripe", "github"), Ok(CauseCode::WrongProvider));
    }
}
