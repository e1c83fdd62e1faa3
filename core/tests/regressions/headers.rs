//! Headers that are absent, repeated, or of another scheme.

use hookseal::{Check, Place, Scheme, Source, When};

use crate::build::LISTED;
use crate::case::{Case, Verify};
use crate::reference::template::{Piece, parts};
use crate::rows::rows;

/// The signature was not looked at unless an option was set (CVE-2026-21894).
#[test]
fn n8n_2026_21894_signature_never_checked() {
    the_unsigned_and_the_forged_are_refused(&Case::accepted).unwrap();
    the_unsigned_and_the_forged_are_refused(&|_| true).unwrap_err();
}

fn the_unsigned_and_the_forged_are_refused(verify: Verify<'_>) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        let unsigned = genuine.without_signature();
        let forged = genuine.with_signature(genuine.forged());
        if verify(&unsigned) || verify(&forged) {
            return Err(row.name.to_owned());
        }
    }
    Ok(())
}

/// A provider redelivered without its signature header, and receivers skipped the check.
#[test]
fn github_redelivery_without_signature_header() {
    a_missing_header_has_its_code(&Case::code).unwrap();
    a_missing_header_has_its_code(&wrong::skips_when_absent).unwrap_err();
}

fn a_missing_header_has_its_code(code: &dyn Fn(&Case) -> &'static str) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        for (at, (name, _)) in genuine.headers.iter().enumerate() {
            let Some(expected) = missing(row, name) else { continue };
            let mut case = genuine.clone();
            case.headers.remove(at);
            if code(&case) != expected {
                return Err(format!("{} without {name}: {}", row.name, code(&case)));
            }
        }
    }
    Ok(())
}

/// The code for a header that is not there; none where nothing that is checked is in it.
pub(crate) fn missing(row: &Scheme<'_>, name: &str) -> Option<&'static str> {
    let names = |source: Source<'_>| {
        source.place == Place::Header && source.names().any(|other| other == name)
    };
    // In a group, what is absent leaves other bytes to be signed.
    let signed = |word: &str, own: &str| {
        let parts = parts(row.signed.text()).into_iter();
        let mut found = parts.filter(
            |part| matches!(&part.piece, Piece::Word(other, name) if other == word && name == own),
        );
        found.next().map(|part| if part.group == 0 { None } else { Some("signature_mismatch") })
    };
    let always = |check: &Check<'_>| check.when == When::Always && names(check.source);
    if names(row.signature) {
        Some("missing_signature")
    } else if row.timestamp.is_some_and(|time| names(time.source)) {
        Some("missing_timestamp")
    } else if let (true, Some(group)) =
        (row.event_id.is_some_and(|id| names(id.source)), signed("event_id", ""))
    {
        Some(group.unwrap_or("missing_event_id"))
    } else if let Some(group) = signed("header", name) {
        Some(group.unwrap_or("missing_field"))
    } else {
        let list = row.signed_headers.is_some_and(names);
        let checked = row.checks.iter().any(always);
        (list || checked || is_listed(row, name)).then_some("missing_field")
    }
}

/// Whether a header is on the list of those that are signed.
fn is_listed(row: &Scheme<'_>, name: &str) -> bool {
    let own = |source: Source<'_>| source.split.is_empty() && source.names().next() == Some(name);
    let sources = [row.event_id.map(|id| id.source), row.event_type];
    row.signed_headers.is_some() && (name == LISTED || sources.into_iter().flatten().any(own))
}

/// Where the header of the stronger scheme was absent, that of the weaker one was used.
#[test]
fn githubhook_falls_back_to_the_weaker_header() {
    no_row_falls_back(&Case::code).unwrap();
    no_row_falls_back(&wrong::falls_back).unwrap_err();
}

/// A delivery that is rightly signed by another row under the same key, and says nothing in the
/// headers of this one.
fn no_row_falls_back(code: &dyn Fn(&Case) -> &'static str) -> Result<(), String> {
    let in_headers = |row: &&Scheme<'_>| row.signature.place == Place::Header;
    let cases: Vec<Case> = rows().filter(in_headers).map(Case::of).collect();
    for genuine in &cases {
        let row = genuine.scheme;
        for Case { scheme: other, headers, .. } in &cases {
            let shared = |name| row.signature.names().any(|own| own == name);
            if other.signature.names().any(shared) {
                continue;
            }
            let case = genuine.with_headers(headers.clone());
            if code(&case) != "missing_signature" {
                return Err(format!("{} takes {}", row.name, other.name));
            }
        }
    }
    Ok(())
}

/// Headers were kept in a map, and of two with one name one was lost.
#[test]
fn client_certificate_auth_header_silently_lost() {
    repeats_are_refused(&Case::code).unwrap();
    repeats_are_refused(&wrong::last_one_wins).unwrap_err();
}

fn repeats_are_refused(code: &dyn Fn(&Case) -> &'static str) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        for (at, (name, value)) in genuine.headers.iter().enumerate() {
            if missing(row, name).is_none() {
                continue;
            }
            for (place, value) in [(0, b"x".to_vec()), (at + 1, b"x".to_vec()), (0, value.clone())]
            {
                let mut case = genuine.clone();
                case.headers.insert(place, (name.to_ascii_uppercase(), value));
                if code(&case) != "repeated_header" {
                    return Err(format!("{} with {name} twice: {}", row.name, code(&case)));
                }
            }
        }
    }
    Ok(())
}

mod wrong {
    use hookseal::Algorithm;

    use super::Case;

    pub(super) fn skips_when_absent(case: &Case) -> &'static str {
        let mut names = case.headers.iter().map(|(name, _)| name.as_str());
        let signed = names.any(|name| case.scheme.signature.names().any(|own| own == name));
        if signed { case.code() } else { "verified" }
    }

    /// Reads whichever header is there.
    pub(super) fn falls_back(case: &Case) -> &'static str {
        let tag = |algorithm| case.spelled(&case.tag_by(algorithm));
        let tags = [case.signature.clone(), tag(Algorithm::HmacSha1)];
        let holds = |value: &str| tags.iter().any(|tag| value.ends_with(tag.as_str()));
        let mut values = case.headers.iter().map(|(_, value)| String::from_utf8_lossy(value));
        if values.any(|value| holds(&value)) { "verified" } else { "missing_signature" }
    }

    pub(super) fn last_one_wins(case: &Case) -> &'static str {
        let mut map = std::collections::BTreeMap::new();
        for (name, value) in &case.headers {
            map.insert(name.to_ascii_lowercase(), value.clone());
        }
        case.with_headers(map.into_iter().collect()).code()
    }
}
