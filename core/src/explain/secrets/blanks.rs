//! White space around a secret, in it, or missing.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Spelling;
use crate::explain::cause::CauseCode;

/// The secret without the white space that came with it.
pub(super) fn off(secret: &[u8], to: &mut Vec<Spelling>) {
    let mut add = |how: String, bytes: &[u8]| {
        to.push(Spelling::new(CauseCode::SecretWhitespace, how, bytes.into()));
    };
    let (before, inner, after) = cut(secret, |byte| byte.is_ascii_whitespace() || byte == 0x0B);
    let kind = kind(before, after);
    add(format!("without the {kind} {} it", place(before, after)), inner);
    if let Ok(text) = str::from_utf8(secret) {
        let head = text.trim_start_matches(is_invisible);
        let inner = head.trim_end_matches(is_invisible);
        let (before, after) = (text.len().cmp(&head.len()), head.len().cmp(&inner.len()));
        let place = match (before.is_gt(), after.is_gt()) {
            (true, false) => "before",
            (false, true) => "after",
            _ => "around",
        };
        let kind = match text.starts_with('\u{feff}') && text.get(3..) == Some(inner) {
            true => "byte order mark",
            false => "invisible characters",
        };
        add(format!("without the {kind} {place} it"), inner.as_bytes());
        // A zero inside is rather one of UTF-16.
        let stays = |it: &char| *it == '\0' || !is_invisible(*it);
        let squeezed: String = text.chars().filter(stays).collect();
        add("without the white space in it".into(), squeezed.as_bytes());
    }
    add("without the escaped line end after it".into(), unescaped(secret));
}

/// The secret with the white space that belongs to it.
pub(super) fn on(secret: &[u8], to: &mut Vec<Spelling>) {
    for (how, end) in [
        ("with a line end after it", "\n"),
        ("with a line end (CR and LF) after it", "\r\n"),
        ("with a blank after it", " "),
    ] {
        let bytes = [secret, end.as_bytes()].concat();
        to.push(Spelling::new(CauseCode::SecretWhitespace, how, bytes));
    }
}

/// What has no shape: white space, marks of order and direction, joiners, control characters.
fn is_invisible(character: char) -> bool {
    let is_mark = matches!(
        character,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{feff}'
    );
    is_mark || character.is_whitespace() || character.is_control()
}

/// What stands before and after the bytes that are not so, and these.
fn cut(text: &[u8], is: impl Fn(u8) -> bool) -> (&[u8], &[u8], &[u8]) {
    let start = text.iter().position(|byte| !is(*byte)).unwrap_or(text.len());
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, b""));
    let end = rest.iter().rposition(|byte| !is(*byte)).map_or(0, |at| at.saturating_add(1));
    let (inner, after) = rest.split_at_checked(end).unwrap_or((rest, b""));
    (before, inner, after)
}

fn kind(before: &[u8], after: &[u8]) -> &'static str {
    let all = |is: &dyn Fn(&u8) -> bool| before.iter().chain(after).all(is);
    let is_one = before.len().saturating_add(after.len()) == 1;
    if all(&|byte| matches!(byte, b'\r' | b'\n')) {
        "line end"
    } else if all(&|byte| *byte == b' ') {
        if is_one { "blank" } else { "blanks" }
    } else {
        "white space"
    }
}

fn place(before: &[u8], after: &[u8]) -> &'static str {
    match (before, after) {
        ([], _) => "after",
        (_, []) => "before",
        _ => "around",
    }
}

/// Without the line ends and blanks at its end that are written as escapes.
fn unescaped(mut secret: &[u8]) -> &[u8] {
    const ESCAPES: [&[u8]; 9] =
        [b"\\n", b"\\r", b"\\t", b"%0A", b"%0a", b"%0D", b"%0d", b"%20", b"^M"];
    while let Some(rest) = ESCAPES.iter().find_map(|escape| secret.strip_suffix(*escape)) {
        secret = rest.trim_ascii_end();
    }
    secret
}
