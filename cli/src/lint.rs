//! `hookseal lint`: whether a scheme holds together, what it binds, and what is weak about it.

use std::path::PathBuf;

use clap::Args;
use hookseal::{Finding, Scheme, Severity};
use serde::Serialize;

use crate::card::card;
use crate::custom;
use crate::output::{Exit, Failure, Output, coloured};
use crate::row::Row;
use crate::setup;
use crate::text::folded;

#[derive(Args)]
pub(crate) struct LintArgs {
    /// The file of the scheme, in TOML or JSON; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "provider", conflicts_with = "provider")]
    file: Option<PathBuf>,
    /// Look at a built-in row instead: a name that `hookseal providers` lists
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
}

/// What is told of a scheme that holds together.
#[derive(Serialize)]
struct Linted {
    verdict: &'static str,
    #[serde(flatten)]
    row: Row,
    #[serde(skip)]
    scheme: &'static Scheme<'static>,
}

/// A finding, as it is told of a scheme or of a built-in row.
#[derive(Serialize)]
pub(crate) struct Found {
    code: &'static str,
    severity: &'static str,
    message: &'static str,
    #[serde(skip)]
    is_weak: bool,
}

pub(crate) fn run(args: &LintArgs, out: Output) -> Result<Exit, Failure> {
    let scheme = match (&args.file, &args.provider) {
        (Some(path), _) => custom::read(path)?,
        (None, Some(name)) => setup::scheme(name)?,
        (None, None) => return Err(Failure::usage("give the file of a scheme")),
    };
    scheme.check()?;
    let linted = Linted::new(scheme);
    out.show(&linted, || linted.text())?;
    Ok(Exit::Good)
}

impl Linted {
    fn new(scheme: &'static Scheme<'static>) -> Self {
        Linted { verdict: "holds_together", row: Row::new(scheme), scheme }
    }

    fn text(&self) -> String {
        let mut text = card(self.scheme);
        let findings = &self.row.findings;
        text.extend(findings.iter().map(Found::line));
        let weak = findings.iter().filter(|it| it.is_weak).count();
        let notes = findings.len().saturating_sub(weak);
        text.push_str(&format!(
            "{} holds together: {}, {}\n",
            self.scheme.name,
            counted(weak, "weak point"),
            counted(notes, "note"),
        ));
        text
    }
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Found {
            code: finding.code(),
            severity: finding.severity().name(),
            message: finding.message(),
            is_weak: finding.severity() == Severity::Weak,
        }
    }
}

impl Found {
    fn line(&self) -> String {
        let name = format!("{:<11}", self.severity);
        let name = if self.is_weak { coloured(&name, false) } else { name };
        format!("  {name}{}\n", folded(&format!("{} ({})", self.message, self.code), 13))
    }
}

fn counted(count: usize, what: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {what}{end}")
}
