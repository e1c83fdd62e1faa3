//! What `listen` prints for a delivery: one line, and the causes of a refusal.

use hookseal::UnixTime;
use hyper::http::request::Parts;
use serde::Serialize;

use crate::client::Answer;
use crate::explain::Told;
use crate::output::{Failure, Output, coloured};
use crate::report::Report;
use crate::text::{date_time, printable};

/// A delivery that came, and what became of it.
#[derive(Serialize)]
pub(crate) struct Arrival {
    time: String,
    method: String,
    path: String,
    #[serde(flatten)]
    report: Report,
    answered: u16,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) causes: Vec<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kept: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) forwarded: Option<Forwarded>,
}

/// What the receiver behind answered.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Forwarded {
    Answered(Answer),
    Failed { error: String },
}

impl From<Result<Answer, Failure>> for Forwarded {
    fn from(answer: Result<Answer, Failure>) -> Self {
        match answer {
            Ok(answer) => Self::Answered(answer),
            Err(failure) => Self::Failed { error: failure.message },
        }
    }
}

impl Arrival {
    /// The path is kept without its query, which may hold a token.
    pub(crate) fn new(head: &Parts, report: Report, answered: u16) -> Self {
        Arrival {
            time: date_time(UnixTime::now()),
            method: printable(head.method.as_str(), 20),
            path: printable(head.uri.path(), 80),
            report,
            answered,
            causes: Vec::new(),
            kept: None,
            forwarded: None,
        }
    }

    /// Prints it. When nobody reads any more the listener goes on: it may be keeping deliveries.
    pub(crate) fn show(&self, out: Output) {
        let _ = out.show(self, || self.line());
    }

    fn line(&self) -> String {
        let Arrival { time, method, path, report, answered, causes, kept, forwarded } = self;
        let verdict = coloured(report.code, report.is_verified());
        let mut line = format!(
            "{time}  {method} {path}  {verdict}  {}  {:.1} µs  answered {answered}",
            report.event(),
            report.micros
        );
        match forwarded {
            Some(Forwarded::Answered(Answer { status, first_line })) => {
                line.push_str(&format!("  forwarded: {status} {first_line}"));
                line.truncate(line.trim_end().len());
            }
            Some(Forwarded::Failed { error }) => line.push_str(&format!("  forwarded: {error}")),
            None => {}
        }
        if let Some(hint) = report.hint {
            line.push_str(&format!("  ({hint})"));
        }
        if let Some(path) = kept {
            line.push_str(&format!("  kept {path}"));
        }
        line.push('\n');
        line.extend(causes.iter().map(Told::lines));
        line
    }
}
