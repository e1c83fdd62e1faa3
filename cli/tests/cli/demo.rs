//! The demo's own verdict: right as it is, and wrong when one expectation is falsified.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const HOOKSEAL: &str = env!("CARGO_BIN_EXE_hookseal");

/// Cargo builds examples before tests; not, however, when it is told which test to run.
fn demo() -> PathBuf {
    let folder = Path::new(HOOKSEAL).parent().unwrap();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--example", "demo", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .args(folder.ends_with("release").then_some("--release"))
        .status()
        .unwrap();
    assert!(built.success());
    folder.join("examples").join("demo")
}

fn run(more: &[&str]) -> (Output, String) {
    let output = Command::new(demo()).args(["--binary", HOOKSEAL]).args(more).output().unwrap();
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    (output, text)
}

#[test]
fn every_verdict_of_the_demo_is_right() {
    let (output, text) = run(&[]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(!text.contains("WRONG"), "{text}");
    let count = text.lines().count() - 2;
    assert!(text.ends_with(&format!("{count} deliveries, 0 wrong\n")), "{text}");
    let signed = text.lines().filter(|line| line.contains(": signed now ")).count();
    assert!(count >= 290 && signed >= 28, "{text}");
}

#[test]
fn the_demo_fails_when_one_expectation_is_wrong() {
    let (output, text) = run(&["--self-test"]);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(text.matches("WRONG").count(), 1, "{text}");
    assert!(text.ends_with(" deliveries, 1 wrong\n"), "{text}");
}
