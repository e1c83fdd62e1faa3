//! The parser of templates: const, so that a typo in a row does not compile.

use crate::error::SchemeError;
use crate::word::{MAX_PARTS, Part, Word};

/// The parser: one pass over the text. `{word}`, `[group]` without another in it, or a literal, in
/// which a bracket of either kind is written twice.
#[expect(clippy::indexing_slicing, reason = "const; every index is below a length just compared")]
#[expect(clippy::arithmetic_side_effects, reason = "const; every sum is below the text's length")]
pub(crate) const fn parse(text: &str, parts: &mut [Part; MAX_PARTS]) -> Result<usize, SchemeError> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 4096 {
        return Err(SchemeError::MalformedTemplate);
    }
    let (mut at, mut count) = (0, 0);
    let (mut groups, mut open) = (0, false);
    while at < bytes.len() {
        let doubled = is_bracket(bytes[at]) && at + 1 < bytes.len() && bytes[at + 1] == bytes[at];
        if !doubled && (bytes[at] == b'[' || bytes[at] == b']') {
            if (bytes[at] == b'[') == open {
                return Err(SchemeError::MalformedTemplate);
            }
            open = !open;
            groups += if open { 1 } else { 0 };
            at += 1;
            continue;
        }
        if count >= MAX_PARTS {
            return Err(SchemeError::TooManyParts);
        }
        let mut end = at + 1;
        let next;
        parts[count] = if doubled {
            next = at + 2;
            part(Word::Literal, at, end)
        } else if bytes[at] == b'{' {
            while end < bytes.len() && bytes[end] != b'}' {
                end += 1;
            }
            next = end + 1;
            match word(bytes, at + 1, end) {
                Some(part) if end < bytes.len() => part,
                _ => return Err(SchemeError::MalformedTemplate),
            }
        } else if bytes[at] == b'}' {
            return Err(SchemeError::MalformedTemplate);
        } else {
            while end < bytes.len() && !is_bracket(bytes[end]) {
                end += 1;
            }
            next = end;
            part(Word::Literal, at, end)
        };
        parts[count].group = if open { groups } else { 0 };
        at = next;
        count += 1;
    }
    if open || count == 0 { Err(SchemeError::MalformedTemplate) } else { Ok(count) }
}

const fn is_bracket(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']')
}

/// The word whose name is `bytes[start..end]`.
#[expect(clippy::indexing_slicing, reason = "const; every index is below a length just compared")]
#[expect(clippy::arithmetic_side_effects, reason = "const; every sum is below the text's length")]
const fn word(bytes: &[u8], start: usize, end: usize) -> Option<Part> {
    let mut i = 0;
    while i < Word::PLAIN.len() {
        let (name, word) = Word::PLAIN[i];
        if end - start == name.len() && begins(bytes, start, name) {
            return Some(part(word, start, start));
        }
        i += 1;
    }
    let mut i = 0;
    while i < Word::FIELDS.len() {
        let (name, word) = Word::FIELDS[i];
        if end - start > name.len() && begins(bytes, start, name) {
            return Some(part(word, start + name.len(), end));
        }
        i += 1;
    }
    None
}

#[expect(clippy::indexing_slicing, reason = "const; every index is below a length just compared")]
#[expect(clippy::arithmetic_side_effects, reason = "const; every sum is below the text's length")]
const fn begins(bytes: &[u8], start: usize, name: &str) -> bool {
    let name = name.as_bytes();
    let mut i = 0;
    while i < name.len() {
        if start + i >= bytes.len() || bytes[start + i] != name[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[expect(clippy::as_conversions, reason = "const; the text is at most 4096 bytes long")]
const fn part(word: Word, start: usize, end: usize) -> Part {
    Part { word, group: 0, start: start as u16, end: end as u16 }
}
