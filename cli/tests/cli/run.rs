//! Runs the program, and searches all that it prints for the secrets.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::ffi::OsStr;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

pub(crate) const SECRET: &str = "kX9vQ2mZ7pLr4TnB8wYc";
pub(crate) const OTHER: &str = "hJ5dF1sG6uEa3RoM0iVq";
pub(crate) const WEAK: &str = "zW3yP8kT";
pub(crate) const STANDARD: &str = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHM=";
pub(crate) const HEX: &str = "5e7c0f9a41d84b6632c91ab0e7f3d852";

/// A time that every delivery of these tests is signed at.
pub(crate) const NOW: &str = "1700000000";

/// What a run printed, and its status.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("not JSON: {}", self.out))
    }

    /// Asserts that it ended with this status and one sentence that holds all of `words`.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        assert!(self.err.starts_with("hookseal: "), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in: {}", self.err);
        }
    }
}

/// The program with some arguments.
#[track_caller]
pub(crate) fn hookseal(args: &[&str]) -> Run {
    hookseal_with(args, b"")
}

/// The program with some arguments and something to read.
#[track_caller]
pub(crate) fn hookseal_with(args: &[impl AsRef<OsStr>], input: &[u8]) -> Run {
    let mut child = command()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    assert!(!leaks(&output.stdout), "a secret was printed");
    assert!(!leaks(&output.stderr), "a secret was printed");
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!err.contains("panicked"), "{err}");
    let code = output.status.code().expect("the program was ended by a signal");
    Run { code, out: String::from_utf8(output.stdout).unwrap(), err }
}

pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hookseal"));
    command.env("TEST_SECRET", SECRET).env("OTHER_SECRET", OTHER).env("WEAK_SECRET", WEAK);
    command.env("HEX_SECRET", HEX).env("HALVES_SECRET", format!("public_id:{SECRET}"));
    command.env("STANDARD_SECRET", STANDARD).env("EMPTY_SECRET", "").env_remove("UNSET_SECRET");
    command
}

/// Whether a text holds a secret, or half of one.
pub(crate) fn leaks(text: &[u8]) -> bool {
    [SECRET, OTHER, WEAK, STANDARD, HEX].iter().any(|secret| {
        let (first, last) = secret.as_bytes().split_at(secret.len() / 2);
        [first, last].iter().any(|half| text.windows(half.len()).any(|part| part == *half))
    })
}

#[test]
fn the_search_for_secrets_finds_them() {
    for secret in [SECRET, OTHER, WEAK, STANDARD, HEX] {
        let half = &secret[secret.len() / 2..];
        assert!(leaks(format!("the secret {secret} is wrong").as_bytes()));
        assert!(leaks(format!("unexpected argument '{half}' found").as_bytes()));
    }
    assert!(!leaks(b"the secret is wrong"));
}

/// A new file with these bytes.
pub(crate) fn file(bytes: &[u8]) -> String {
    let path = fresh_path();
    std::fs::write(&path, bytes).unwrap();
    path.into_os_string().into_string().unwrap()
}

/// A path in this run's own directory at which nothing is.
pub(crate) fn fresh_path() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(std::process::id().to_string());
    std::fs::create_dir_all(&directory).unwrap();
    directory.join(COUNT.fetch_add(1, Ordering::Relaxed).to_string())
}

/// The header line that `sign` prints for a provider with one header.
pub(crate) fn signature(provider: &str, body: &str) -> String {
    let args = ["sign", "--provider", provider, "--secret-env", "TEST_SECRET", "--now", NOW];
    let run = hookseal(&[args.as_slice(), &["--body", body]].concat());
    assert_eq!((run.code, run.out.lines().count()), (0, 1), "{}", run.err);
    run.out.trim_end().to_owned()
}

/// The arguments that verify a body with one header.
pub(crate) fn verify<'a>(provider: &'a str, header: &'a str, body: &'a str) -> Vec<&'a str> {
    let args = ["verify", "--provider", provider, "--secret-env", "TEST_SECRET", "--now", NOW];
    [args.as_slice(), &["--header", header, "--body", body]].concat()
}
