//! What the body shows of its way.

use alloc::format;
use alloc::string::String;

use super::wording::Bytes;
use super::{CauseCode, Explanation, bodies, likely};
use crate::bound::Coverage;
use crate::error::Error;
use crate::json;
use crate::json_walk::{Visit, walk};
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::header;
use crate::value::Value;

/// Names what a body shows, where its bytes count.
pub(super) fn find(scheme: &Scheme<'_>, request: &Request<'_>, found: &mut Explanation) {
    let bound = scheme.bound().body;
    if bound == Coverage::Nothing && !scheme.signature.is_in_body() {
        return;
    }
    let body = request.body;
    let length = header_number("content-length", request);
    let coding = header_text("content-encoding", request);
    let kind = header_text("content-type", request).unwrap_or_default().to_ascii_lowercase();
    let is_json = json::is_json(body);
    if body.is_empty() {
        let what = match length {
            Some(length @ 1..) => format!("the body is empty, and Content-Length says {length}"),
            _ => "the body is empty".into(),
        };
        likely(found, CauseCode::BodyEmpty, what);
    } else if let Some(rendering) = bodies::is_rendering(body) {
        likely(found, CauseCode::BodyParsed, format!("the body looks like {rendering}"));
    } else if let Some(at) = position(body, "\u{fffd}".as_bytes()) {
        let what = format!(
            "at byte {at} the body has U+FFFD, which stands for bytes that were lost in decoding"
        );
        likely(found, CauseCode::BodyCharset, what);
    } else if let Some(what) = compression(body, coding) {
        likely(found, CauseCode::BodyCompressed, what);
    } else if is_json && kind.starts_with("application/x-www-form-urlencoded") {
        let what = "Content-Type says a form, and the body is JSON";
        likely(found, CauseCode::BodyFormEncoded, what);
    } else if !is_json && kind.contains("json") && looks_like_form(body) {
        let what = "Content-Type says JSON, and the body is a form";
        likely(found, CauseCode::BodyFormEncoded, what);
    } else if let Some(what) = length.and_then(|length| question_marks(body, length)) {
        likely(found, CauseCode::BodyCharset, what);
    } else if let Some(length) = length.filter(|length| *length != body.len() && coding.is_none()) {
        let what = format!("Content-Length says {}, and {} came", Bytes(length), Bytes(body.len()));
        let code = match is_json {
            true => CauseCode::BodyReserialised,
            false => CauseCode::BodyTrailingBytes,
        };
        likely(found, code, what);
    } else if is_sorted(body) {
        let what = "the names of every JSON object are in alphabetical order, as a program writes \
                    them that sorts";
        likely(found, CauseCode::BodyReserialised, what);
    }
}

/// Whether question marks may stand for letters that ASCII has not: each was two to four bytes.
fn question_marks(body: &[u8], length: usize) -> Option<String> {
    let marks = body.iter().filter(|byte| **byte == b'?').count();
    let lost = length.saturating_sub(body.len());
    let fits = marks > 0 && (marks..=marks.saturating_mul(3)).contains(&lost);
    (fits && body.is_ascii()).then(|| {
        format!(
            "Content-Length says {}, {} came, all ASCII, with {marks} question marks: letters were \
             lost in encoding",
            Bytes(length),
            Bytes(body.len())
        )
    })
}

/// Magic numbers against what the header says.
fn compression(body: &[u8], coding: Option<&str>) -> Option<String> {
    let magic = match body {
        [0x1f, 0x8b, ..] => Some("gzip"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("zstd"),
        _ => None,
    };
    let coded = coding.filter(|it| ["gzip", "deflate", "br", "zstd"].contains(it));
    match (magic, coded) {
        (Some(magic), None) => Some(format!("the body is compressed ({magic})")),
        (Some(magic), Some(_)) => Some(format!(
            "the body is compressed ({magic}), and no signature is that of what is in it"
        )),
        (None, Some(coded)) if str::from_utf8(body).is_ok() => {
            Some(format!("Content-Encoding says {coded}, and the body is no longer compressed"))
        }
        _ => None,
    }
}

/// `a=b&c=d`, without a blank.
fn looks_like_form(body: &[u8]) -> bool {
    let has = |byte| body.contains(&byte);
    has(b'=') && !has(b' ') && !has(b'{') && !has(b'\n')
}

/// Where a text first is in another.
fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// Whether the names of every object are sorted, and there are enough of them to be no accident.
fn is_sorted(body: &[u8]) -> bool {
    let mut names = Names::default();
    walk(body, &mut names).is_ok() && names.sorted && names.pairs >= 4
}

/// Whether names follow each other in order. Of an object inside another the order is begun anew,
/// and the outer one's is not gone on with.
struct Names<'r> {
    last: Option<(u32, Value<'r>)>,
    pairs: usize,
    sorted: bool,
}

impl Default for Names<'_> {
    fn default() -> Self {
        Names { last: None, pairs: 0, sorted: true }
    }
}

impl<'r> Visit<'r> for Names<'r> {
    fn name(&mut self, name: Value<'r>, depth: u32) {
        if let Some((_, last)) = self.last.filter(|(at, _)| *at == depth) {
            self.pairs = self.pairs.saturating_add(1);
            self.sorted &= last.raw() <= name.raw();
        }
        self.last = Some((depth, name));
    }

    fn item(&mut self, _: u32) {}

    fn value(&mut self, _: &'r [u8], _: Option<Value<'r>>) {}

    fn open(&mut self, _: bool, _: &'r [u8], _: u32) {
        self.last = None;
    }

    fn close(&mut self, _: bool, _: &'r [u8], _: u32) {
        self.last = None;
    }
}

fn header_text<'r>(name: &str, request: &Request<'r>) -> Option<&'r str> {
    let value = header(name).one(request, Error::MalformedField).ok().flatten()?;
    value.as_str().map(str::trim)
}

fn header_number(name: &str, request: &Request<'_>) -> Option<usize> {
    header_text(name, request)?.parse().ok()
}
