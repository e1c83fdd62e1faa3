//! The signed content, taken apart: for the holder of the secret.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use crate::content::{Content, Ours};
use crate::template::Template;
use crate::word::{Part, Word};

/// Most bytes of one part that are kept to be shown; the rest is counted.
const MAX_SHOWN: usize = 64 << 10;

/// The bytes that are signed, part by part, in the order in which they enter the MAC.
#[derive(Clone, Default)]
pub struct SignedContent {
    parts: Vec<SignedPart>,
}

/// One part of the signed content.
#[derive(Clone)]
pub struct SignedPart {
    name: String,
    offset: usize,
    length: usize,
    literal: bool,
    secret: bool,
    shown: Vec<u8>,
}

impl SignedContent {
    /// The content of one delivery. What is of the secret is named, and not shown.
    pub(super) fn of(content: &Content<'_>) -> Self {
        let template = content.scheme().signed;
        let mut offset: usize = 0;
        let mut parts = Vec::new();
        for part in template.parts() {
            let secret = matches!(part.word, Word::Secret | Word::KeyId);
            let mut one = SignedPart {
                name: name(template.text(), part, template.text_of(part)),
                offset,
                length: 0,
                literal: part.word == Word::Literal,
                secret,
                shown: Vec::new(),
            };
            if part.group == 0 || !content.is_absent(&template, part.group) {
                let alone = [Part { group: 0, ..*part }];
                let alone = Template::new(template.text(), &alone);
                content.for_each_run_of(&alone, &Ours::NONE, &mut |run| one.push(run));
            }
            offset = offset.saturating_add(one.length);
            parts.push(one);
        }
        SignedContent { parts }
    }

    /// The parts; none where the delivery was refused before its content was put together.
    #[must_use]
    pub fn parts(&self) -> &[SignedPart] {
        &self.parts
    }

    /// The length of all parts together, without those of the secret.
    #[must_use]
    pub fn length(&self) -> usize {
        self.parts.iter().map(|part| part.length).fold(0, usize::saturating_add)
    }
}

impl SignedPart {
    fn push(&mut self, run: &[u8]) {
        self.length = self.length.saturating_add(run.len());
        let room = MAX_SHOWN.saturating_sub(self.shown.len());
        self.shown.extend_from_slice(run.get(..room).unwrap_or(run));
    }

    /// The word of the template, `{body}`, or the literal's own text.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is text of the scheme, not of the delivery.
    #[must_use]
    pub const fn is_literal(&self) -> bool {
        self.literal
    }

    /// Whether it is a part of the secret: it is then not shown, and has no length.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        self.secret
    }

    /// Where it begins in the signed content, in bytes, parts of the secret left out.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Its length in bytes.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Its bytes, the first 64 KiB of them: the delivery's own, so keep them out of logs.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.shown
    }

    /// Its bytes as text in which every invisible one is visible, at most `most` of them: see
    /// [`Visible`].
    #[must_use]
    pub fn visible(&self, most: usize) -> Visible<'_> {
        Visible(self.shown.get(..most).unwrap_or(&self.shown))
    }
}

/// Names and lengths: bytes of the delivery have no place in a log.
impl fmt::Debug for SignedContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.parts).finish()
    }
}

impl fmt::Debug for SignedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}, {} bytes", self.name, self.offset, self.length)
    }
}

/// Bytes as text in which every invisible one is visible: `\n`, `\r`, `\t`, `\u{feff}` for a
/// character that has no shape of its own, `\x80` for a byte that is no UTF-8, `\\` for a
/// backslash.
#[derive(Clone, Copy)]
pub struct Visible<'b>(&'b [u8]);

impl<'b> Visible<'b> {
    /// Of any bytes.
    #[must_use]
    pub const fn of(bytes: &'b [u8]) -> Self {
        Visible(bytes)
    }
}

/// The length only.
impl fmt::Debug for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Visible({} bytes)", self.0.len())
    }
}

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for character in chunk.valid().chars() {
                match character {
                    '\'' | '"' => f.write_char(character)?,
                    // What `char` itself thinks cannot be seen as it is.
                    _ => write!(f, "{}", character.escape_debug())?,
                }
            }
            chunk.invalid().iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))?;
        }
        Ok(())
    }
}

/// The word as the template spells it, or the literal.
fn name(template: &str, part: &Part, text: &str) -> String {
    if part.word == Word::Literal {
        return text.to_owned();
    }
    let (before, after) = template.split_at_checked(usize::from(part.start)).unwrap_or_default();
    let head = before.rfind(['{']).and_then(|at| before.get(at..)).unwrap_or_default();
    let tail = after.split(['}']).next().unwrap_or_default();
    [head, tail, "}"].concat()
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn what_is_invisible_becomes_visible() {
        let bytes = b"a b\r\n\t\0\\\"\xef\xbb\xbf\xe2\x80\x8b\xc3\xa9\xff\xc3";
        let visible = Visible::of(bytes).to_string();
        assert_eq!(visible, r#"a b\r\n\t\0\\"\u{feff}\u{200b}é\xff\xc3"#);
    }
}
