//! The two halves of a secret, `id:key`: the public one is lost, too many, or in the other's place.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Spelling;
use crate::explain::cause::CauseCode;
use crate::find::Each;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::Place;

/// Most values of the request that are tried as the public half, and the longest.
const MOST: usize = 24;
const MAX_ID: usize = 128;

/// The public half with its mark, and the key. A secret without a public half is all key.
pub(super) fn of<'k>(scheme: &Scheme<'_>, secret: &'k [u8]) -> (&'k [u8], &'k [u8]) {
    let at = scheme.key_id.and_then(|mark| secret.iter().rposition(|byte| *byte == mark));
    let split = at.and_then(|at| secret.split_at_checked(at.saturating_add(1)));
    split.unwrap_or((b"", secret))
}

/// The secret with its public half mended.
pub(super) fn mend(
    scheme: &Scheme<'_>,
    request: &Request<'_>,
    secret: &[u8],
    to: &mut Vec<Spelling>,
) {
    let mut add = |how: String, bytes: Vec<u8>| {
        to.push(Spelling::new(CauseCode::SecretPrefix, how, bytes));
    };
    let Some(mark) = scheme.key_id else {
        // All before the last mark may be an id; most ids are longer than a prefix.
        let at = secret.iter().rposition(|byte| *byte == b':');
        if let Some(key) = at.and_then(|at| secret.get(at.saturating_add(1)..)) {
            add("without the id before it".into(), key.into());
        }
        return;
    };
    let (head, key) = of(scheme, secret);
    if let Some((_, id)) = head.split_last() {
        add("with its two halves in each other's place".into(), [key, &[mark], id].concat());
    }
    each_id(scheme, request, &mut |place, id| {
        add(format!("with the id before it that {place} holds"), [id, &[mark], key].concat());
    });
}

/// The values of the request that can be the public half: what signatures are filed under, what a
/// claim says, what stands in a header.
fn each_id(scheme: &Scheme<'_>, request: &Request<'_>, each: &mut dyn FnMut(String, &[u8])) {
    let mut left = MOST;
    let mut offer = |place: String, id: &[u8]| {
        let fits = (1..=MAX_ID).contains(&id.len()) && id.iter().all(u8::is_ascii_graphic);
        if fits && left > 0 {
            left = left.saturating_sub(1);
            each(place, id);
        }
    };
    if let Some(mark) = scheme.signature.key_mark {
        let each: &mut Each<'_, '_> = &mut |value| {
            let mut text = Vec::new();
            value.for_each_run(&mut |run| text.extend_from_slice(run));
            let id = text.split(|byte| *byte == mark).next().unwrap_or_default();
            offer("the signature".into(), id);
            Ok(())
        };
        let _ = scheme.signature.for_each(request, each);
    }
    claims(scheme, request, &mut offer);
    let is_signature = |name: &str| {
        let mut names = scheme.signature.names();
        scheme.signature.place == Place::Header && names.any(|it| it.eq_ignore_ascii_case(name))
    };
    request.headers.each(|name, value| {
        if !is_signature(name) && name.len() <= 64 && name.bytes().all(|it| it.is_ascii_graphic()) {
            offer(format!("header {}", name.to_ascii_lowercase()), value);
        }
    });
}

/// The claims that a condition compares with the public half.
#[cfg(feature = "jwt")]
fn claims(scheme: &Scheme<'_>, request: &Request<'_>, offer: &mut dyn FnMut(String, &[u8])) {
    use crate::error::Error;
    use crate::jws::Jws;
    use crate::signatures::Signatures;
    use crate::word::Word;

    let mut signatures = Signatures::none();
    let found = scheme.is_jws() && signatures.find(scheme, request).is_ok();
    let text = signatures.only().filter(|_| found);
    let Some(jws) = text.and_then(|text| Jws::read(text, scheme)) else { return };
    for check in scheme.checks.iter().filter(|check| check.equals.has(Word::KeyId)) {
        if let Ok(Some(id)) = check.source.one(&request.with(jws), Error::MalformedField) {
            let mut text = Vec::new();
            id.for_each_run(&mut |run| text.extend_from_slice(run));
            offer(format!("claim {}", check.source.name), &text);
        }
    }
}

#[cfg(not(feature = "jwt"))]
fn claims(_: &Scheme<'_>, _: &Request<'_>, _: &mut dyn FnMut(String, &[u8])) {}
