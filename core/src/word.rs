//! The words of a template, and their parser: const, so that a typo in a row does not compile.

use crate::error::SchemeError;
use crate::source::Place;

/// The most parts that a template may have.
pub const MAX_PARTS: usize = 24;

/// One part of a template: what it is, and where its text stands in the template's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub(crate) word: Word,
    pub(crate) start: u16,
    pub(crate) end: u16,
}

/// The words of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Word {
    /// Text that stands for itself.
    Literal,
    /// `{body}`
    Body,
    /// `{timestamp}`
    Timestamp,
    /// `{event_id}`
    EventId,
    /// `{url}`
    Url,
    /// `{url|unescaped}`
    UrlUnescaped,
    /// `{method}`
    Method,
    /// `{secret}`
    Secret,
    /// `{header:name}`, `{json:path}`
    Field(Place),
}

impl Part {
    /// Memory for [`Template::parse`] to fill.
    pub const NONE: Self = Part { word: Word::Literal, start: 0, end: 0 };
}

impl Word {
    /// `==`, which a const fn cannot use.
    pub(crate) const fn is(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Literal, Self::Literal)
                | (Self::Body, Self::Body)
                | (Self::Timestamp, Self::Timestamp)
                | (Self::EventId, Self::EventId)
                | (Self::Url, Self::Url)
                | (Self::UrlUnescaped, Self::UrlUnescaped)
                | (Self::Method, Self::Method)
                | (Self::Secret, Self::Secret)
                | (Self::Field(_), Self::Field(_))
        )
    }

    /// Whether its value can be any bytes: a time and a method have a fixed form, and the URL is
    /// the receiver's own configuration.
    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Self::Body | Self::EventId | Self::Field(_))
    }

    const PLAIN: &'static [(&'static str, Self)] = &[
        ("body", Self::Body),
        ("timestamp", Self::Timestamp),
        ("event_id", Self::EventId),
        ("url", Self::Url),
        ("url|unescaped", Self::UrlUnescaped),
        ("method", Self::Method),
        ("secret", Self::Secret),
    ];

    const FIELDS: &'static [(&'static str, Self)] =
        &[("header:", Self::Field(Place::Header)), ("json:", Self::Field(Place::Json))];
}

/// The parser: one pass over the text, `{word}` or literal, no nesting and no escape.
#[expect(clippy::indexing_slicing, reason = "const; every index is below a length just compared")]
#[expect(clippy::arithmetic_side_effects, reason = "const; every sum is below the text's length")]
pub(crate) const fn parse(text: &str, parts: &mut [Part; MAX_PARTS]) -> Result<usize, SchemeError> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 4096 {
        return Err(SchemeError::MalformedTemplate);
    }
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        if count >= MAX_PARTS {
            return Err(SchemeError::TooManyParts);
        }
        let mut end = at + 1;
        while end < bytes.len() && bytes[end] != b'{' && bytes[end] != b'}' {
            end += 1;
        }
        if bytes[at] == b'{' {
            if end >= bytes.len() || bytes[end] != b'}' {
                return Err(SchemeError::MalformedTemplate);
            }
            parts[count] = match word(bytes, at + 1, end) {
                Some(part) => part,
                None => return Err(SchemeError::MalformedTemplate),
            };
            end += 1;
        } else if bytes[at] == b'}' {
            return Err(SchemeError::MalformedTemplate);
        } else {
            parts[count] = part(Word::Literal, at, end);
        }
        at = end;
        count += 1;
    }
    Ok(count)
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
    Part { word, start: start as u16, end: end as u16 }
}
