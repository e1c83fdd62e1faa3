//! Deliveries over real HTTP to real listeners: published by vendors, freshly signed, and wrong in
//! every way that a receiver meets. One table; exit status 0 only if every verdict is right.
//!
//! `cargo run --release --example demo`; `--self-test` falsifies one expectation, which must make
//! it fail; `--binary FILE` takes a `hookseal` that is already built.

mod cases;
mod http;
mod keys;
mod listener;
mod published;
mod recipes;
mod shapes;
mod table;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::cases::Case;
use crate::table::Outcome;

/// Whatever goes wrong outside of a verdict.
type Failure = Box<dyn core::error::Error>;

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(mut args: impl Iterator<Item = String>) -> Result<bool, Failure> {
    let (mut binary, mut self_test) = (None, false);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--self-test" => self_test = true,
            "--binary" => binary = args.next().map(PathBuf::from),
            _ => return Err("usage: demo [--self-test] [--binary FILE]".into()),
        }
    }
    let binary = binary.map_or_else(built, Ok)?;
    let mut outcomes = Vec::new();
    for batch in 0..=cases::BATCHES {
        // A batch is signed right before it is delivered: one provider's window is 5 seconds.
        let mut cases = if batch == 0 { published::cases()? } else { cases::fresh(batch)? };
        if self_test && batch == 0 {
            falsify(&mut cases);
        }
        outcomes.extend(listener::deliver(&binary, &cases)?);
    }
    print!("{}", table::table(&outcomes));
    Ok(outcomes.iter().all(Outcome::is_right))
}

/// The first expectation is turned round.
fn falsify(cases: &mut [Case]) {
    if let Some(case) = cases.first_mut() {
        let turned = if case.expected == "verified" { "signature_mismatch" } else { "verified" };
        turned.clone_into(&mut case.expected);
    }
}

/// The `hookseal` of this tree, in the profile in which the demo itself was built.
fn built() -> Result<PathBuf, Failure> {
    let demo = std::env::current_exe()?;
    let folder =
        demo.parent().and_then(Path::parent).ok_or("the demo is not where Cargo puts it")?;
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.args(["build", "--quiet", "--bin", "hookseal", "--manifest-path"]);
    build.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    if folder.ends_with("release") {
        build.arg("--release");
    }
    if !build.status()?.success() {
        return Err("hookseal could not be built".into());
    }
    Ok(folder.join(format!("hookseal{}", std::env::consts::EXE_SUFFIX)))
}
