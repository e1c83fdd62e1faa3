//! Signs of causes, where none is proved.

mod body;
mod headers;
mod url;

use alloc::format;
use alloc::string::String;

use super::cause::{CauseCode, Certainty};
use super::{Explainer, Explanation, Verdict, bodies, rows, secrets, wording};
use crate::detect::detect;
use crate::error::{Error, KeyError, SetupError};
use crate::facts::KeyFormat;
use crate::providers::ALL;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::signatures::Signatures;
use crate::source::Place;

/// Names the causes of which there are signs, the plainest first: those of the step that failed,
/// then those of what goes into the MAC.
pub(super) fn find(explainer: &Explainer<'_>, request: &Request<'_>, found: &mut Explanation) {
    let scheme = explainer.scheme;
    match found.verdict {
        Verdict::Verified => {}
        Verdict::Unusable(error) => {
            of_key(explainer, error, found);
            if found.causes.is_empty() {
                found.add(CauseCode::NoCauseFound, Certainty::Unknown, error.message());
            }
        }
        Verdict::Refused(error) => {
            headers::find(scheme, request, error, found);
            if found.causes.is_empty() {
                of_key_kind(explainer, found);
                url::find(scheme, request, found);
                body::find(scheme, request, found);
                of_other_rows(scheme, request, found);
            }
            let is_of_values = !matches!(error, Error::SignatureMismatch);
            if found.causes.is_empty() && is_of_values {
                found.add(CauseCode::NoCauseFound, Certainty::Unknown, error.message());
            }
        }
    }
}

fn likely(found: &mut Explanation, code: CauseCode, what: impl Into<String>) {
    found.add(code, Certainty::Likely, what);
}

/// A secret of which no key can be made.
fn of_key(explainer: &Explainer<'_>, error: SetupError, found: &mut Explanation) {
    of_key_kind(explainer, found);
    if found.causes.is_empty() && error == SetupError::Key(KeyError::MalformedSecret) {
        let spelling = explainer.scheme.key.spelling();
        let what = format!("the secret is not spelled as this scheme's are ({})", spelling.name());
        likely(found, CauseCode::SecretEncoding, what);
    }
    if found.causes.is_empty() && error == SetupError::Key(KeyError::WrongKeyType) {
        likely(found, CauseCode::SecretIsPublicKey, error.message());
    }
}

/// A secret that looks like something else.
fn of_key_kind(explainer: &Explainer<'_>, found: &mut Explanation) {
    let wants_public = matches!(explainer.scheme.key, KeyFormat::PublicKey { .. });
    for secret in &explainer.secrets {
        if let Some(kind) = secrets::looks_like_api_key(secret) {
            likely(found, CauseCode::SecretIsApiKey, format!("the secret begins as {kind} does"));
            return;
        }
        if secrets::looks_like_public_key(secret) && !wants_public {
            let what = "the secret is a public key, and this scheme's is a shared secret";
            likely(found, CauseCode::SecretIsPublicKey, what);
            return;
        }
    }
    let malformed = |error| {
        matches!(error, SetupError::Key(KeyError::MalformedSecret | KeyError::WrongKeyType))
    };
    if wants_public && matches!(found.verdict, Verdict::Unusable(error) if malformed(error)) {
        let what = "this scheme verifies with a public key, and the secret is none";
        likely(found, CauseCode::SecretIsPublicKey, what);
    }
}

/// Other rows of which the request bears more headers than of this one.
fn of_other_rows(scheme: &Scheme<'_>, request: &Request<'_>, found: &mut Explanation) {
    let own = scheme.headers_there(request).unwrap_or_default();
    let is_other = |row: &&Scheme<'_>| {
        row.name != scheme.name && row.headers_there(request).unwrap_or_default() > own
    };
    // One of the same provider, if there is one.
    let kin = |row: &&Scheme<'_>| rows::is_kin(scheme.name, row.name);
    let near = detect(request.headers).filter(is_other).find(kin);
    let mut others = near.into_iter().chain(detect(request.headers).filter(is_other));
    let Some(first) = others.next() else { return };
    let more = others
        .find(|row| row.name != first.name)
        .map(|row| format!(", or of {}", row.name))
        .unwrap_or_default();
    let what = format!("by its headers this is a delivery of {}{more}", first.name);
    likely(found, rows::kind_of(scheme, first), what);
}

/// Other rows, whose signature is in no header, where the request has one.
fn of_rows_elsewhere(scheme: &Scheme<'_>, request: &Request<'_>, found: &mut Explanation) {
    let mut others = ALL.iter().filter(|row| {
        row.name != scheme.name
            && row.signature.place != Place::Header
            && Signatures::none().find(row, request).is_ok()
    });
    let Some(first) = others.next() else { return };
    let more = others.next().map(|row| format!(", or of {}", row.name)).unwrap_or_default();
    let place = wording::place(&first.signature);
    let what = format!("there is a signature in {place}, as in deliveries of {}{more}", first.name);
    likely(found, rows::kind_of(scheme, first), what);
}
