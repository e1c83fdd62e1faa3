//! Bytes from files and from standard input, never more than a limit.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::output::Failure;

/// Whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads at most `limit` bytes and one more, by which the caller sees that there were too many.
pub(crate) fn read(path: &Path, what: &str, limit: usize) -> Result<Vec<u8>, Failure> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let done = if is_stdin(path) {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    match done {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::new("unreadable_file", unreadable(path, what, &error))),
    }
}

fn unreadable(path: &Path, what: &str, error: &std::io::Error) -> String {
    if is_stdin(path) {
        format!("{what} cannot be read from standard input: {error}")
    } else {
        format!("{what} cannot be read from {}: {error}", path.display())
    }
}
