//! What the body shows of its way.

use alloc::format;
use alloc::string::String;

use super::wording::Bytes;
use super::{CauseCode, Explanation, Verdict, bodies, likely};
use crate::bound::Coverage;
use crate::error::Error;
use crate::json;
use crate::json_walk::{Visit, walk};
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::{Place, header};
use crate::value::Value;

/// Names what a body shows, where its bytes count.
pub(super) fn find(scheme: &Scheme<'_>, request: &Request<'_>, found: &mut Explanation) {
    let is_mismatch = found.verdict == Verdict::Refused(Error::SignatureMismatch);
    let bound = scheme.bound().body;
    if bound == Coverage::Nothing && !scheme.signature.is_in_body() {
        return;
    }
    // A JWS has what it signs in itself: the body is compared when its tag has matched.
    if scheme.is_jws() && scheme.signature.place != Place::Body && is_mismatch {
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
    } else if NOTHING.contains(&body.trim_ascii()) {
        let what = "the body is what a parser gives that was handed none";
        likely(found, CauseCode::BodyEmpty, what);
    } else if let Some(rendering) = bodies::is_rendering(body) {
        likely(found, CauseCode::BodyParsed, format!("the body looks like {rendering}"));
    } else if let Some(at) = position(body, "\u{fffd}".as_bytes()) {
        let what = format!(
            "at byte {at} the body has U+FFFD, which stands for bytes that were lost in decoding"
        );
        likely(found, CauseCode::BodyCharset, what);
    } else if let Some(what) = compression(body, coding).or_else(|| is_dense(body)) {
        likely(found, CauseCode::BodyCompressed, what);
    } else if let Err(error) = str::from_utf8(body) {
        let what = format!("at byte {} the body is no UTF-8", error.valid_up_to());
        likely(found, CauseCode::BodyCharset, what);
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
    } else if is_decoded_form(body) {
        let what = "the body is a form with characters that a form has only percent-encoded";
        likely(found, CauseCode::BodyFormEncoded, what);
    } else if let Some(at) = odd_question_mark(body) {
        let what = format!("at byte {at} a question mark may stand for a letter that was lost");
        likely(found, CauseCode::BodyCharset, what);
    } else if is_sorted(body) {
        let what =
            "the names of every JSON object are sorted, as a program writes them that does so";
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

/// What an application hands over that has no body.
const NOTHING: [&[u8]; 6] = [b"{}", b"[]", b"null", b"\"\"", b"undefined", b"None"];

/// Whether the bytes look like no text at all: more than a fourth of them are in none.
fn is_dense(body: &[u8]) -> Option<String> {
    let is_odd = |byte: &&u8| matches!(byte, 0..=8 | 0xB..=0xC | 0xE..=0x1F | 0x7F..);
    let odd = body.iter().filter(is_odd).count();
    let is_dense = str::from_utf8(body).is_err() && odd > body.len() / 4;
    is_dense.then(|| "the body is no text: it may be compressed".into())
}

/// `a=b c&d=é`
fn is_decoded_form(body: &[u8]) -> bool {
    let has = |byte| body.contains(&byte);
    let name =
        body.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let is_form = name > 0 && body.get(name) == Some(&b'=') && has(b'&');
    is_form && body.iter().any(|byte| *byte == b' ' || *byte >= 0x80)
}

/// Two question marks together, or one inside of a word, where no name and `=` follow as in a URL.
fn odd_question_mark(body: &[u8]) -> Option<usize> {
    let is_odd = |at: &usize| {
        let after = body.get(at.saturating_add(1)..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|at| body.get(at));
        let word = after.iter().take_while(|it| it.is_ascii_alphanumeric() || **it == b'_').count();
        let in_word = before.is_some_and(u8::is_ascii_alphabetic) && word > 0;
        after.first() == Some(&b'?') || (in_word && after.get(word) != Some(&b'='))
    };
    let is_ascii = body.is_ascii();
    body.iter()
        .enumerate()
        .filter(|(_, byte)| is_ascii && **byte == b'?')
        .map(|(at, _)| at)
        .find(is_odd)
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
        (None, Some(coded)) if str::from_utf8(body).is_err() => {
            Some(format!("Content-Encoding says {coded}, and the body is no text"))
        }
        (None, Some(coded)) => {
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
    walk(body, &mut names).is_ok() && (names.by_bytes || names.by_length) && names.pairs >= 5
}

/// Whether names follow each other in order: of their bytes, or of their lengths first, as
/// PostgreSQL keeps them. Of an object inside another the order is begun anew,
/// and the outer one's is not gone on with.
struct Names<'r> {
    last: Option<(u32, Value<'r>)>,
    pairs: usize,
    by_bytes: bool,
    by_length: bool,
}

impl Default for Names<'_> {
    fn default() -> Self {
        Names { last: None, pairs: 0, by_bytes: true, by_length: true }
    }
}

impl<'r> Visit<'r> for Names<'r> {
    fn name(&mut self, name: Value<'r>, depth: u32) {
        if let Some((_, last)) = self.last.filter(|(at, _)| *at == depth) {
            self.pairs = self.pairs.saturating_add(1);
            let (one, two) = (last.raw(), name.raw());
            self.by_bytes &= one <= two;
            self.by_length &= (one.len(), one) <= (two.len(), two);
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
