//! `hookseal vectors`: runs files of test vectors, in the format of `core/vectors`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::input;
use crate::output::{Exit, Failure, Output, coloured};
use crate::text::printable;
use crate::vector::File;

/// The largest file of vectors that is read.
const MAX_FILE: usize = 64 << 20;

#[derive(Args)]
pub(crate) struct VectorsArgs {
    /// Files of vectors, or directories of them; a directory's own directories are not looked into
    #[arg(required = true, value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Summary {
    passed: usize,
    failed: usize,
    files: Vec<Ran>,
}

#[derive(Serialize)]
struct Ran {
    file: String,
    passed: usize,
    failures: Vec<Mismatch>,
}

#[derive(Serialize)]
struct Mismatch {
    id: u64,
    comment: String,
    expected: String,
    got: String,
}

pub(crate) fn run(args: &VectorsArgs, out: Output) -> Result<Exit, Failure> {
    let mut files = Vec::new();
    for path in &args.paths {
        for path in vector_files(path)? {
            files.push(run_file(&path)?);
        }
    }
    let failed = files.iter().map(|file| file.failures.len()).sum();
    let summary = Summary { passed: files.iter().map(|file| file.passed).sum(), failed, files };
    out.show(&summary, || summary.text())?;
    Ok(if failed == 0 { Exit::Good } else { Exit::Refused })
}

/// The path itself, or the `.json` files right in it.
fn vector_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable = |error: std::io::Error| {
        let shown = path.display();
        Failure::new("unreadable_file", format!("{shown} cannot be read: {error}"))
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_some_and(|it| it == "json") && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() { Err(no_vectors(path)) } else { Ok(files) }
}

fn run_file(path: &Path) -> Result<Ran, Failure> {
    let bytes = input::read(path, "the vectors", MAX_FILE)?;
    let file: File = serde_json::from_slice(&bytes).map_err(|error| malformed(path, &error))?;
    if file.tests.is_empty() {
        return Err(no_vectors(path));
    }
    let mut ran = Ran { file: path.display().to_string(), passed: 0, failures: Vec::new() };
    for test in file.tests {
        let (expected, got) = test.judge(&file.scheme).map_err(|failure| {
            let message = format!("{}#{}: {}", ran.file, test.id, failure.message);
            Failure { message, ..failure }
        })?;
        if got == expected {
            ran.passed = ran.passed.saturating_add(1);
        } else {
            ran.failures.push(Mismatch { id: test.id, comment: test.comment, expected, got });
        }
    }
    Ok(ran)
}

fn no_vectors(path: &Path) -> Failure {
    Failure::new("no_vectors", format!("{} holds no test vectors", path.display()))
}

fn malformed(path: &Path, error: &serde_json::Error) -> Failure {
    // Of the library's sentence only the name of a key is shown: the rest may quote a value.
    let text = error.to_string();
    let named = text.split(" at line ").next().unwrap_or_default().split(", expected").next();
    let about = ["unknown field", "missing field", "duplicate field"];
    let named = named.filter(|it| about.iter().any(|start| it.starts_with(start)));
    Failure::new(
        "malformed_vectors",
        format!(
            "{} is not a file of test vectors: line {}, column {}: {}",
            path.display(),
            error.line(),
            error.column(),
            printable(named.unwrap_or("not JSON, or a value of the wrong type"), 80),
        ),
    )
}

impl Summary {
    fn text(&self) -> String {
        let mut text = String::new();
        for Ran { file, passed, failures } in &self.files {
            text.push_str(&format!("{file}: {passed} passed\n"));
            for Mismatch { id, comment, expected, got } in failures {
                let comment = printable(comment, 200);
                let expected = printable(expected, 100);
                let failed = coloured("FAILED", false);
                text.push_str(&format!(
                    "{failed} {file}#{id} {comment}: expected {expected}, got {got}\n"
                ));
            }
        }
        let total = self.passed.saturating_add(self.failed);
        text + &format!("{total} vectors: {} passed, {} failed\n", self.passed, self.failed)
    }
}
