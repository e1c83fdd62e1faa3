//! A scheme of the user's own, from a file.

use std::path::Path;

use hookseal::{OwnedScheme, Scheme, SchemeTextError};

use crate::input;
use crate::output::Failure;

/// Largest file that is read; the reader itself refuses what is longer than its own limit.
const MAX_FILE: usize = 1 << 20;

/// Reads a scheme, for the rest of the run.
pub(crate) fn read(path: &Path) -> Result<&'static Scheme<'static>, Failure> {
    let bytes = input::read(path, "the scheme", MAX_FILE)?;
    let text = core::str::from_utf8(&bytes).map_err(|_| {
        Failure::new("malformed_text", "the scheme cannot be read: it is not UTF-8")
    })?;
    let read = if is_json(path, text) { OwnedScheme::from_json } else { OwnedScheme::from_toml };
    Ok(read(text)?.leak())
}

/// By its name; else by its first letter, which no TOML begins with.
fn is_json(path: &Path, text: &str) -> bool {
    match path.extension().and_then(|it| it.to_str()) {
        Some("json") => true,
        Some("toml") => false,
        _ => text.trim_start().starts_with('{'),
    }
}

impl From<SchemeTextError> for Failure {
    fn from(error: SchemeTextError) -> Self {
        Self::new(error.code(), format!("the scheme cannot be read: {error}"))
    }
}
