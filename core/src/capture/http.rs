//! A raw HTTP/1.x request message (RFC 9112), with CRLF or bare LF at the ends of its lines.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use httparse::{EMPTY_HEADER, Error, Header, Request, Status};

use super::{CaptureError, Captured};

const MAX_HEADERS: usize = 256;

pub(super) fn read(message: &[u8]) -> Result<Captured, CaptureError> {
    let mut slots = [EMPTY_HEADER; MAX_HEADERS];
    let mut head = Request::new(&mut slots);
    let rest = match head.parse(message) {
        Ok(Status::Complete(length)) => message.get(length..).unwrap_or_default(),
        Ok(Status::Partial) => return Err(CaptureError::TruncatedHead),
        Err(error) => return Err(refused(error)),
    };
    let url = head.path.and_then(|target| url(target, head.headers));
    let headers = head.headers.iter();
    Ok(Captured {
        method: head.method.map(ToOwned::to_owned),
        url,
        body: body(head.headers, rest)?,
        headers: headers.map(|header| (header.name.into(), header.value.to_vec())).collect(),
    })
}

fn refused(error: Error) -> CaptureError {
    match error {
        Error::Version => CaptureError::UnsupportedVersion,
        Error::TooManyHeaders => CaptureError::TooManyHeaders,
        Error::HeaderName | Error::HeaderValue => CaptureError::MalformedHeader,
        _ => CaptureError::MalformedRequestLine,
    }
}

/// An absolute target is the URL; a path is one together with the only `Host`, as a guess.
fn url(target: &str, headers: &[Header<'_>]) -> Option<String> {
    if target.contains("://") && !target.starts_with('/') {
        return Some(target.into());
    }
    let hosts = values(headers, "host");
    let [host] = hosts.as_slice() else { return None };
    let host = core::str::from_utf8(host).ok()?;
    target.starts_with('/').then(|| format!("https://{host}{target}"))
}

/// Where nothing announces the length, all that was captured is the body.
fn body(headers: &[Header<'_>], rest: &[u8]) -> Result<Vec<u8>, CaptureError> {
    let lengths = values(headers, "content-length");
    let codings = values(headers, "transfer-encoding");
    match (lengths.as_slice(), codings.as_slice()) {
        ([], []) => Ok(rest.to_vec()),
        ([length], []) => counted(length, rest),
        ([], [coding]) if coding.eq_ignore_ascii_case(b"chunked") => chunked(rest),
        ([], [_]) => Err(CaptureError::UnsupportedEncoding),
        _ => Err(CaptureError::AmbiguousLength),
    }
}

fn values<'h>(headers: &[Header<'h>], name: &str) -> Vec<&'h [u8]> {
    let named = headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
    named.map(|header| header.value).collect()
}

fn counted(length: &[u8], rest: &[u8]) -> Result<Vec<u8>, CaptureError> {
    // The standard parser would take a sign as well.
    if length.is_empty() || !length.iter().all(u8::is_ascii_digit) {
        return Err(CaptureError::MalformedLength);
    }
    let length = core::str::from_utf8(length).ok().and_then(|digits| digits.parse().ok());
    let body = length.and_then(|length: usize| rest.get(..length));
    body.map(<[u8]>::to_vec).ok_or(CaptureError::TruncatedBody)
}

fn chunked(mut rest: &[u8]) -> Result<Vec<u8>, CaptureError> {
    let mut body = Vec::new();
    loop {
        // A body that was put together before it was captured may be one line without an end.
        if rest.first().is_some_and(|byte| !byte.is_ascii_hexdigit()) {
            return Err(CaptureError::MalformedChunks);
        }
        let (line, after) = line(rest)?;
        let size = chunk_size(line)?;
        if size == 0 {
            end_of_trailers(after)?;
            return Ok(body);
        }
        let (chunk, after) = after.split_at_checked(size).ok_or(CaptureError::TruncatedBody)?;
        body.extend_from_slice(chunk);
        rest = match after {
            [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => after,
            [] | [b'\r'] => return Err(CaptureError::TruncatedBody),
            _ => return Err(CaptureError::MalformedChunks),
        };
    }
}

fn chunk_size(line: &[u8]) -> Result<usize, CaptureError> {
    let size = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii_end();
    if size.is_empty() || !size.iter().all(u8::is_ascii_hexdigit) {
        return Err(CaptureError::MalformedChunks);
    }
    let digits = core::str::from_utf8(size).ok();
    let size = digits.and_then(|digits| usize::from_str_radix(digits, 16).ok());
    size.ok_or(CaptureError::TruncatedBody)
}

/// Trailers are skipped: a receiver that verifies looks at the headers before the body.
fn end_of_trailers(mut rest: &[u8]) -> Result<(), CaptureError> {
    loop {
        let (line, after) = line(rest)?;
        if line.is_empty() {
            return Ok(());
        }
        rest = after;
    }
}

fn line(rest: &[u8]) -> Result<(&[u8], &[u8]), CaptureError> {
    let mut parts = rest.splitn(2, |byte| *byte == b'\n');
    match (parts.next(), parts.next()) {
        (Some(line), Some(after)) => Ok((line.strip_suffix(b"\r").unwrap_or(line), after)),
        _ => Err(CaptureError::TruncatedBody),
    }
}
