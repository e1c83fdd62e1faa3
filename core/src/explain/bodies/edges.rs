//! Byte order marks, line ends, and the body's two edges.

use alloc::vec::Vec;
use core::slice;

use super::{Flow, Take};
use crate::cursor::first;
use crate::json_walk::{Visit, walk};
use crate::value::Value;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What an empty body may have been, where something takes an empty value for none.
pub(super) fn empty(body: &[u8], _: bool, take: &mut Take<'_>) -> Flow {
    if body.is_empty() {
        take("an empty object of JSON", b"{}")?;
        take("an empty list of JSON", b"[]")?;
        take("JSON's null", b"null")?;
        take("an empty string of JSON", b"\"\"")?;
    }
    Flow::Continue(())
}

pub(super) fn bom(body: &[u8], _: bool, take: &mut Take<'_>) -> Flow {
    match body.strip_prefix(BOM) {
        Some(bare) => take("the body without the byte order mark before it", bare),
        None => take("the body with a byte order mark before it", &[BOM, body].concat()),
    }
}

pub(super) fn line_ends(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    let ends = Ends::of(body);
    if ends.both {
        take("the body with a line feed alone for each of its line ends", &unix(body))?;
    }
    if ends.feed {
        let dos = replaced(&unix(body), b'\n', b"\r\n");
        take("the body with a carriage return before each line feed", &dos)?;
    }
    if ends.carriage {
        let feeds = replaced(&unix(body), b'\r', b"\n");
        take("the body with a line feed for each carriage return", &feeds)?;
    }
    if !all {
        return Flow::Continue(());
    }
    if let Some(text) = body.strip_suffix(b"\r\n") {
        take("the body with a line feed alone at its end", &[text, b"\n"].concat())?;
    } else if let Some(text) = body.strip_suffix(b"\n") {
        let dos = [text, b"\r\n"].concat();
        take("the body with a carriage return before its last line feed", &dos)?;
    }
    // Without line ends inside, these would be changes to the edge.
    let inside = body.trim_ascii();
    if Ends::of(inside).any() {
        let joined: Vec<u8> =
            inside.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
        take("the body without its line ends", &joined)?;
        let spelled = replaced(&replaced(inside, b'\n', b"\\n"), b'\r', b"\\r");
        take("the body with an escape for each of its line ends", &spelled)?;
        let carriages = replaced(&unix(body), b'\n', b"\r");
        take("the body with a carriage return for each of its line ends", &carriages)?;
    }
    Flow::Continue(())
}

/// Bytes at the edges, added or taken away.
pub(super) fn edges(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    take("the body with a line feed after it", &[body, b"\n"].concat())?;
    take("the body with carriage return and line feed after it", &[body, b"\r\n"].concat())?;
    if let Some(bare) = body.strip_suffix(b"\n") {
        let bare = bare.strip_suffix(b"\r").unwrap_or(bare);
        take("the body without the line end after it", bare)?;
    }
    take("the body without the white space after it", body.trim_ascii_end())?;
    take("the body without the white space before it", body.trim_ascii_start())?;
    take("the body without the white space around it", body.trim_ascii())?;
    let nulls = body.iter().rev().take_while(|byte| **byte == 0).count();
    take("the body without the null bytes after it", shorter(body, nulls))?;
    // A lone = is what a form's writer puts there.
    if !body.trim_ascii_end().ends_with(b"}=") {
        take("the body without what stands around its JSON", json_part(body))?;
    }
    let (half, other) = body.split_at_checked(body.len() / 2).unwrap_or_default();
    if half == other {
        take("one half of the body, which came twice", half)?;
    }
    if all { more_edges(body, take) } else { Flow::Continue(()) }
}

fn more_edges(body: &[u8], take: &mut Take<'_>) -> Flow {
    for (what, end) in [
        ("the body with a carriage return after it", "\r"),
        ("the body with a blank after it", " "),
        ("the body with a null byte after it", "\0"),
        ("the body with two line feeds after it", "\n\n"),
        ("the body with two line ends of CR and LF after it", "\r\n\r\n"),
        ("the body with a tab after it", "\t"),
    ] {
        take(what, &[body, end.as_bytes()].concat())?;
    }
    take("the body with a line feed before it", &[b"\n", body].concat())?;
    take("the body with CR and LF before it", &[b"\r\n", body].concat())?;
    take("the body with a blank before it", &[b" ", body].concat())?;
    take("the body with a line feed before and after it", &[b"\n", body, b"\n"].concat())?;
    if let Some(end) = lost_end(body) {
        take("the body with the brackets closed that are open at its end", &[body, &end].concat())?;
    }
    for count in 1..=8.min(body.len().saturating_sub(1)) {
        let what = alloc::format!("the body without the last {count} of its bytes");
        take(&what, shorter(body, count))?;
    }
    for count in 1..=4.min(body.len().saturating_sub(1)) {
        let what = alloc::format!("the body without the first {count} of its bytes");
        take(&what, body.get(count..).unwrap_or_default())?;
    }
    Flow::Continue(())
}

fn shorter(body: &[u8], count: usize) -> &[u8] {
    body.get(..body.len().saturating_sub(count)).unwrap_or_default()
}

/// Which line ends a text has.
struct Ends {
    both: bool,
    feed: bool,
    carriage: bool,
}

impl Ends {
    fn of(body: &[u8]) -> Self {
        let mut ends = Ends { both: false, feed: false, carriage: false };
        let mut rest = body;
        while let Some(at) = first(rest, |byte| matches!(byte, b'\r' | b'\n')) {
            rest = match rest.get(at..).unwrap_or_default() {
                [b'\r', b'\n', after @ ..] => {
                    ends.both = true;
                    after
                }
                [end, after @ ..] => {
                    ends.feed |= *end == b'\n';
                    ends.carriage |= *end == b'\r';
                    after
                }
                [] => &[],
            };
        }
        ends
    }

    const fn any(&self) -> bool {
        self.both || self.feed || self.carriage
    }
}

/// CR LF as LF.
fn unix(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut bytes = body.iter().peekable();
    while let Some(byte) = bytes.next() {
        if *byte != b'\r' || bytes.peek() != Some(&&b'\n') {
            out.push(*byte);
        }
    }
    out
}

/// Another text for each of a byte.
fn replaced(body: &[u8], byte: u8, with: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for one in body {
        out.extend_from_slice(if *one == byte { with } else { slice::from_ref(one) });
    }
    out
}

/// The quote and the brackets that a JSON text lacks at its end; at most eight.
fn lost_end(body: &[u8]) -> Option<Vec<u8>> {
    let mut open = Vec::new();
    let (mut quoted, mut escaped) = (false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted && open.len() < 128 => open.push(byte.saturating_add(2)),
            b'}' | b']' if !quoted && open.pop() != Some(*byte) => return None,
            _ => {}
        }
    }
    let end = quoted.then_some(b'"').into_iter().chain(open.into_iter().rev());
    let end: Vec<u8> = end.collect();
    (1..=8).contains(&end.len()).then_some(end)
}

/// The first object or array of JSON in the text, or the whole text.
fn json_part(body: &[u8]) -> &[u8] {
    let start = first(body, |byte| matches!(byte, b'{' | b'[')).unwrap_or(body.len());
    let text = body.get(start..).unwrap_or_default();
    let mut end = End(None);
    // It is no error that something follows: that is what is cut off.
    let _ = walk(text, &mut end);
    end.0.map_or(body, |rest| shorter(text, rest.len()))
}

/// What follows the outermost container.
struct End<'r>(Option<&'r [u8]>);

impl<'r> Visit<'r> for End<'r> {
    fn name(&mut self, _: Value<'r>, _: u32) {}
    fn item(&mut self, _: u32) {}
    fn value(&mut self, _: &'r [u8], _: Option<Value<'r>>) {}
    fn open(&mut self, _: bool, _: &'r [u8], _: u32) {}

    fn close(&mut self, _: bool, rest: &'r [u8], depth: u32) {
        if depth == 1 {
            self.0 = Some(rest);
        }
    }
}
