//! Feature `scheme-text`: a scheme of a user's own, made at run time from TOML or JSON.
//!
//! The keys are those of [`Key`](crate::Key) and [`InnerKey`](crate::InnerKey), the words those of
//! [`Encoding`](crate::Encoding) and its like. What is not known is refused, with its key. The
//! endpoint validations of a row ([`Scheme::handshakes`]) have no text yet: a row keeps those of
//! the row that it is based on.

mod error;
mod owned;
mod read;
mod shared;
mod source;
mod spell;
mod toml;
mod write;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use self::error::SchemeTextError;
pub use self::owned::OwnedScheme;
use crate::error::TextError;
use crate::facts::Check;
use crate::scheme::Scheme;
use crate::tree;

/// Longest text that is read, in bytes.
const MAX_TEXT: usize = 64 << 10;

/// The list of a scheme's conditions, for [`OwnedScheme::scheme`] to fill.
#[derive(Debug, Default)]
pub struct SchemeMemory<'a> {
    checks: Vec<Check<'a>>,
}

impl SchemeMemory<'_> {
    /// Memory that is not filled yet.
    #[must_use]
    pub const fn new() -> Self {
        SchemeMemory { checks: Vec::new() }
    }
}

impl OwnedScheme {
    /// Reads a scheme from TOML.
    ///
    /// ```
    /// use hookseal::{OwnedScheme, SchemeMemory, Verifier};
    ///
    /// let owned = OwnedScheme::from_toml(r#"
    ///     name = "acme"
    ///     signature = { header = "acme-signature", split = ",", prefix = "v1=" }
    ///     timestamp = { header = "acme-signature", split = ",", prefix = "t=", clock = "seconds" }
    ///     signed = "{timestamp}.{body}"
    /// "#)?;
    /// let mut memory = SchemeMemory::new();
    /// let scheme = owned.scheme(&mut memory);
    /// let verifier = Verifier::new(&scheme, "a secret of at least 16 bytes")?;
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong with which key, and where it stands. Whether the row
    /// [holds together](Scheme::check) is checked when a verifier or a signer is made of it.
    pub fn from_toml(text: &str) -> Result<Self, SchemeTextError> {
        let document = toml::Document::parse(sized(text)?)?;
        read::scheme(&document.tree()).map_err(|error| document.place(error))
    }

    /// Reads a scheme from JSON: an object with the same keys and words.
    ///
    /// ```
    /// use hookseal::OwnedScheme;
    ///
    /// let text = r#"{"name": "acme", "base": "github", "signature": {"header": "acme-mac"}}"#;
    /// assert_eq!(OwnedScheme::from_json(text)?.name(), "acme");
    ///
    /// let error = OwnedScheme::from_json(r#"{"name": "acme", "encodin": "hex"}"#).unwrap_err();
    /// assert_eq!((error.code(), error.key()), ("unknown_key", "encodin".into()));
    /// # Ok::<(), hookseal::SchemeTextError>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong with which key; the line and the column only of what is not JSON at all.
    pub fn from_json(text: &str) -> Result<Self, SchemeTextError> {
        let tree = tree::parse(sized(text)?.as_bytes())
            .map_err(|at| SchemeTextError::from(TextError::MalformedText).at(position(text, at)))?;
        match tree.repeated_key() {
            Some(key) => Err(SchemeTextError::from(TextError::RepeatedKey).within(key)),
            None => read::scheme(&tree),
        }
    }

    /// The row, for as long as its strings are here. Of every row that lives as long as the
    /// program, [`leak`](Self::leak) is simpler.
    #[must_use]
    pub fn scheme<'a>(&'a self, memory: &'a mut SchemeMemory<'a>) -> Scheme<'a> {
        memory.checks = self.checks();
        Scheme { checks: &memory.checks, ..self.without_checks() }
    }

    /// The row for the rest of the program, as a service wants it that makes its verifiers once,
    /// when it starts. Its memory is never given back.
    #[must_use]
    pub fn leak(self) -> &'static Scheme<'static> {
        let owned: &'static Self = Box::leak(Box::new(self));
        Box::leak(Box::new(owned.scheme(Box::leak(Box::default()))))
    }
}

fn sized(text: &str) -> Result<&str, SchemeTextError> {
    if text.len() > MAX_TEXT { Err(TextError::TextTooLarge.into()) } else { Ok(text) }
}

/// Line and column of a byte, both counted from 1, the column in characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count();
    let column = before.chars().rev().take_while(|it| *it != '\n').count();
    (line.saturating_add(1), column.saturating_add(1))
}
