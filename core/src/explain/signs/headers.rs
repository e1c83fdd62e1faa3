//! What the headers show.

use alloc::format;
use alloc::string::String;

use super::wording::place;
use super::{CauseCode, Explanation, likely, of_other_rows, of_rows_elsewhere};
use crate::error::Error;
use crate::facts::Encoding;
use crate::find::Each;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::{Place, Source, header};
use crate::word::Word;

/// A header that is not as the scheme needs it.
pub(super) fn find(
    scheme: &Scheme<'_>,
    request: &Request<'_>,
    error: Error,
    found: &mut Explanation,
) {
    let missing = |source: &Source<'_>| match names_like(source, request) {
        Some(other) => format!("there is no {}, and there is {other}", place(source)),
        None => format!("there is no {}", place(source)),
    };
    match error {
        Error::MissingSignature if scheme.signature.place == Place::Header => {
            let own = bears_other_headers(scheme, request);
            if !own {
                of_other_rows(scheme, request, found);
                of_rows_elsewhere(scheme, request, found);
            }
            likely(found, CauseCode::HeaderMissing, missing(&scheme.signature));
            if own {
                of_other_rows(scheme, request, found);
            }
        }
        Error::MissingTimestamp => {
            in_header(scheme.timestamp.map(|time| time.source), &missing, found);
        }
        Error::MissingEventId => {
            in_header(scheme.event_id.map(|id| id.source), &missing, found);
        }
        Error::MissingField => match missing_of_list(scheme, request) {
            Some(name) => {
                let what = format!("{name} is on the list of the signed headers, and is not there");
                likely(found, CauseCode::HeaderMissing, what);
            }
            None => in_header(missing_header(scheme, request), &missing, found),
        },
        Error::RepeatedHeader => {
            let name = repeated(scheme, request).unwrap_or("that must be there once");
            let what = format!("the header {name} is there more than once");
            likely(found, CauseCode::HeaderRepeated, what);
        }
        Error::MalformedSignature => of_signature(scheme, request, found),
        Error::MalformedTimestamp => {
            if let Some(what) = odd_time(scheme, request) {
                likely(found, CauseCode::TimestampUnit, what);
            }
        }
        _ => {}
    }
}

/// A header that is missing, or an item of one.
fn in_header(
    source: Option<Source<'_>>,
    missing: &dyn Fn(&Source<'_>) -> String,
    found: &mut Explanation,
) {
    match source {
        Some(source) if source.place != Place::Header => {}
        Some(source) if source.split.is_empty() => {
            likely(found, CauseCode::HeaderMissing, missing(&source));
        }
        Some(source) => {
            let what = format!("{} lacks an item that the scheme needs", place(&source));
            likely(found, CauseCode::HeaderTruncated, what);
        }
        None => {}
    }
}

/// A signature that is there, but cannot be one of this scheme.
fn of_signature(scheme: &Scheme<'_>, request: &Request<'_>, found: &mut Explanation) {
    let mut length = None;
    let each: &mut Each<'_, '_> = &mut |value| {
        length = length.or(Some(value.length()));
        Ok(())
    };
    let _ = scheme.signature.for_each(request, each);
    let what = match length {
        Some(length) => {
            let form = format!("{} in {}", scheme.algorithm.name(), scheme.encoding.name());
            format!("the signature has {length} characters, which is no {form}")
        }
        None => format!("{} is there, without a signature in it", place(&scheme.signature)),
    };
    let is_short = length.is_some_and(|length| scheme.is_jws() || length < shortest(scheme));
    if !is_short {
        of_other_rows(scheme, request, found);
    }
    likely(found, CauseCode::HeaderTruncated, what);
    if is_short {
        of_other_rows(scheme, request, found);
    }
}

/// The length of a tag as it is spelled; 0 where it has no fixed one.
const fn shortest(scheme: &Scheme<'_>) -> usize {
    let tag = scheme.algorithm.tag_length();
    match scheme.encoding {
        Encoding::Hex | Encoding::HexAnyCase => tag.saturating_mul(2),
        _ => tag.saturating_mul(4).div_ceil(3),
    }
}

/// A time of digits alone that is not the clock's.
fn odd_time(scheme: &Scheme<'_>, request: &Request<'_>) -> Option<String> {
    let time = scheme.timestamp?;
    let value = time.source.one(request, Error::MalformedTimestamp).ok()??;
    let mut digits: usize = 0;
    value.for_each_run(&mut |run| {
        let met = run.iter().filter(|it| it.is_ascii_digit()).count();
        digits = digits.saturating_add(met);
    });
    (digits > 0 && digits == value.length()).then(|| {
        format!(
            "the timestamp has {digits} digits, and this scheme's clock is {}",
            time.clock.name()
        )
    })
}

/// The name of a header that is nearly that of the source.
fn names_like<'r>(source: &Source<'_>, request: &Request<'r>) -> Option<&'r str> {
    let wanted = source.names().next()?;
    let last = |name: &str| name.rsplit(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let mut like = None;
    request.headers.each(|name, _| {
        if like.is_none() && last(name) == last(wanted) && is_plain(name) {
            like = Some(name);
        }
    });
    like
}

/// Whether a header's name can be shown: short, and of the characters of names.
fn is_plain(name: &str) -> bool {
    name.len() <= 64 && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
}

/// A header that the template names and that is not there.
fn missing_header<'s>(scheme: &Scheme<'s>, request: &Request<'_>) -> Option<Source<'s>> {
    let parts = scheme.signed.parts().iter().filter(|part| part.group == 0);
    let named = parts.filter(|part| part.word == Word::Field(Place::Header));
    let mut named = named.map(|part| header(scheme.signed.text_of(part)));
    named.find(|source| matches!(source.one(request, Error::MalformedField), Ok(None)))
}

/// A header that the delivery's own list of signed headers names, and that is not there.
fn missing_of_list<'r>(scheme: &Scheme<'_>, request: &Request<'r>) -> Option<&'r str> {
    let list = scheme.signed_headers?.one(request, Error::MalformedField).ok()??.as_str()?;
    let mut names = list.split([',', ';', ' ']).filter(|name| !name.is_empty() && is_plain(name));
    names.find(|name| count(name, request) == 0)
}

/// Whether a request bears headers of the scheme beside that of its signature.
fn bears_other_headers(scheme: &Scheme<'_>, request: &Request<'_>) -> bool {
    let of_signature =
        |name: &str| scheme.signature.names().any(|it| it.eq_ignore_ascii_case(name));
    let mut others = scheme.header_names().into_iter().flatten().filter(|name| !of_signature(name));
    others.any(|name| count(name, request) > 0)
}

fn repeated<'s>(scheme: &Scheme<'s>, request: &Request<'_>) -> Option<&'s str> {
    scheme.header_names()?.find(|name| count(name, request) > 1)
}

fn count(name: &str, request: &Request<'_>) -> usize {
    let mut count: usize = 0;
    request.headers.values(name, |_| count = count.saturating_add(1));
    count
}
