//! Why the text of a scheme could not be read, and where.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::fmt::Write as _;

use crate::error::{SchemeError, TextError};

/// Longest part of a key that is shown, in characters.
const SHOWN: usize = 64;

/// Why the text of a scheme could not be read: of the text only the name of the key at fault, never
/// a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeTextError {
    reason: Reason,
    /// The way to the key: the innermost step first.
    path: Vec<Step>,
    /// What is meant, where that can be said shortly.
    hint: String,
    at: Option<(usize, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Text(TextError),
    Scheme(SchemeError),
}

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

impl SchemeTextError {
    /// The frozen code: one of [`TextError`] or of [`SchemeError`].
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.reason {
            Reason::Text(error) => error.code(),
            Reason::Scheme(error) => error.code(),
        }
    }

    /// The key at fault, as `timestamp.clock` or `checks[1].when`; empty where it is not one key.
    #[must_use]
    pub fn key(&self) -> String {
        let mut key = String::new();
        for step in self.path.iter().rev() {
            let _ = match step {
                Step::Item(at) => write!(key, "[{at}]"),
                Step::Key(name) => {
                    let dot = if key.is_empty() { "" } else { "." };
                    let name: String = name.chars().take(SHOWN).collect();
                    write!(key, "{dot}{}", name.escape_debug())
                }
            };
        }
        key
    }

    /// Line and column, both counted from 1, where the reader knows them.
    #[must_use]
    pub const fn position(&self) -> Option<(usize, usize)> {
        self.at
    }

    /// The same error of something inside `key`.
    pub(super) fn within(self, key: &str) -> Self {
        self.inside(Step::Key(key.into()))
    }

    /// The same error of something inside an item of a list.
    pub(super) fn within_item(self, at: usize) -> Self {
        self.inside(Step::Item(at))
    }

    fn inside(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        SchemeTextError { hint: hint.into(), ..self }
    }

    /// Line and column.
    pub(super) fn at(self, position: (usize, usize)) -> Self {
        SchemeTextError { at: Some(position), ..self }
    }

    /// The steps to the key, the outermost first.
    pub(super) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.path.iter().rev()
    }

    const fn of(reason: Reason) -> Self {
        SchemeTextError { reason, path: Vec::new(), hint: String::new(), at: None }
    }
}

impl From<TextError> for SchemeTextError {
    fn from(error: TextError) -> Self {
        Self::of(Reason::Text(error))
    }
}

impl From<SchemeError> for SchemeTextError {
    fn from(error: SchemeError) -> Self {
        Self::of(Reason::Scheme(error))
    }
}

impl fmt::Display for SchemeTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.at {
            write!(f, "line {line}, column {column}: ")?;
        }
        let key = self.key();
        if !key.is_empty() {
            write!(f, "{key}: ")?;
        }
        match self.reason {
            Reason::Text(error) => error.fmt(f)?,
            Reason::Scheme(error) => error.fmt(f)?,
        }
        if self.hint.is_empty() { Ok(()) } else { write!(f, ": {}", self.hint) }
    }
}

impl core::error::Error for SchemeTextError {}
