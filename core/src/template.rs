//! What is signed: literals and `{words}`, read once, at compile time for the built-in rows.

use crate::error::SchemeError;
use crate::word::{MAX_PARTS, Part, Word, parse};

/// The signed bytes, in order: text between braces names a value, the rest stands for itself.
///
/// | word | value |
/// | --- | --- |
/// | `{body}` | the raw body |
/// | `{timestamp}` | the timestamp's text, as received |
/// | `{event_id}` | the event id, as received |
/// | `{url}` | the URL as it is configured at the provider |
/// | `{url\|unescaped}` | the same with `%3A %2F %3F %40 %21 %24 %27 %28 %29 %2A %2C %3B` decoded |
/// | `{method}` | the HTTP method, upper case |
/// | `{header:name}` `{json:a.b}` | a header, a field of the JSON body |
/// | `{secret}` | the secret itself: only for shared tokens, where nothing is signed |
///
/// Make one with [`template!`](crate::template!) (a typo does not compile) or, for a scheme made
/// at run time, with [`Template::parse`].
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    text: &'a str,
    parts: &'a [Part],
}

/// Reads a [`Template`] at compile time.
///
/// ```
/// const SIGNED: hookseal::Template = hookseal::template!("{timestamp}.{body}");
/// assert_eq!(SIGNED.text(), "{timestamp}.{body}");
/// ```
/// ```compile_fail
/// const SIGNED: hookseal::Template = hookseal::template!("{timestmp}.{body}");
/// ```
#[macro_export]
macro_rules! template {
    ($text:expr) => {{
        const PARTS: &[$crate::Part] =
            &$crate::Template::read::<{ $crate::Template::count($text) }>($text);
        $crate::Template::new($text, PARTS)
    }};
}

impl<'a> Template<'a> {
    /// The text that the template was read from.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Reads a template at run time, into memory that the caller gives.
    ///
    /// # Errors
    /// [`SchemeError::MalformedTemplate`] for an unknown word or an unbalanced brace,
    /// [`SchemeError::TooManyParts`] above [`MAX_PARTS`].
    pub const fn parse(
        text: &'a str,
        memory: &'a mut [Part; MAX_PARTS],
    ) -> Result<Self, SchemeError> {
        match parse(text, memory) {
            Ok(count) => match memory.split_at_checked(count) {
                Some((parts, _)) => Ok(Template { text, parts }),
                None => Err(SchemeError::TooManyParts),
            },
            Err(error) => Err(error),
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn new(text: &'a str, parts: &'a [Part]) -> Self {
        Template { text, parts }
    }

    #[doc(hidden)]
    #[must_use]
    #[expect(clippy::panic, reason = "runs at compile time: a malformed text must not compile")]
    pub const fn count(text: &str) -> usize {
        let mut memory = [Part::NONE; MAX_PARTS];
        match parse(text, &mut memory) {
            Ok(count) => count,
            Err(_) => panic!("malformed template"),
        }
    }

    #[doc(hidden)]
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "const; N is what `count` returned")]
    #[expect(clippy::arithmetic_side_effects, reason = "const; bounded by MAX_PARTS")]
    pub const fn read<const N: usize>(text: &str) -> [Part; N] {
        let mut memory = [Part::NONE; MAX_PARTS];
        let mut parts = [Part::NONE; N];
        assert!(parse(text, &mut memory).is_ok(), "malformed template");
        let mut i = 0;
        while i < N {
            parts[i] = memory[i];
            i += 1;
        }
        parts
    }

    /// The text of a part: a literal's own, a field's name, else nothing.
    pub(crate) fn text_of(&self, part: &Part) -> &'a str {
        self.text.get(usize::from(part.start)..usize::from(part.end)).unwrap_or_default()
    }

    /// The bytes of a literal.
    pub(crate) fn literal(&self, part: &Part) -> &'a [u8] {
        let bytes = self.text.as_bytes();
        bytes.get(usize::from(part.start)..usize::from(part.end)).unwrap_or_default()
    }

    /// Whether the template has this word.
    pub(crate) const fn has(&self, word: Word) -> bool {
        let mut rest = self.parts;
        while let [part, tail @ ..] = rest {
            if part.word.is(word) {
                return true;
            }
            rest = tail;
        }
        false
    }

    pub(crate) const fn parts(&self) -> &'a [Part] {
        self.parts
    }
}
