//! What is printed, and with which status the program ends.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use hookseal::capture::CaptureError;
use hookseal::{KeyError, SchemeError, SetupError};
use serde::Serialize;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Verified, or done.
    Good,
    /// Refused, or failed.
    Refused,
    /// Wrong usage, secret, scheme or input.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0,
            Exit::Refused => 1,
            Exit::Usage => 2,
        })
    }
}

/// Why a command could not do its work: a code for programs, a sentence for people. Its text is
/// written here and never quotes what was given, which may hold a secret.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) exit: Exit,
}

impl Failure {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Failure { code, message: message.into(), exit: Exit::Usage }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new("usage", message)
    }
}

impl From<SetupError> for Failure {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::Key(KeyError::WeakSecret) => Self::new(
                error.code(),
                "the secret is shorter than 16 bytes and can be guessed from one delivery; \
                 --allow-weak-secret takes it all the same",
            ),
            other => Self::new(other.code(), other.to_string()),
        }
    }
}

impl From<SchemeError> for Failure {
    fn from(error: SchemeError) -> Self {
        SetupError::from(error).into()
    }
}

impl From<CaptureError> for Failure {
    fn from(error: CaptureError) -> Self {
        Self::new(error.code(), format!("the captured request cannot be read: {error}"))
    }
}

/// Where results go: standard output, for people or for programs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Output { json }
    }

    /// Prints a result in the form that was asked for.
    pub(crate) fn show(
        self,
        result: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        print(&if self.json { json(result) } else { text() })
    }

    /// Reports a failure: a sentence on standard error, and the machine form where asked for.
    pub(crate) fn fail(self, failure: &Failure) -> Exit {
        #[derive(Serialize)]
        struct Failed<'f> {
            verdict: &'static str,
            code: &'static str,
            message: &'f str,
        }
        let Failure { code, message, exit } = failure;
        warn(message);
        if self.json {
            let _ = print(&json(&Failed { verdict: "error", code, message }));
        }
        *exit
    }
}

/// One line of JSON.
pub(crate) fn json(result: &impl Serialize) -> String {
    serde_json::to_string(result).unwrap_or_default() + "\n"
}

/// Writes to standard output. A reader that went away, as `head` does, wants no more: that is no
/// error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new("unwritable_output", format!("the output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// A sentence on standard error, for what does not end the program.
pub(crate) fn warn(message: &str) {
    // Nothing is left to tell the user by when standard error is closed.
    let _ = writeln!(std::io::stderr(), "hookseal: {message}");
}

/// Whether results are read by a person, at a terminal.
pub(crate) fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether results have colours: where a person looks, unless `NO_COLOR` is set.
pub(crate) fn is_coloured() -> bool {
    is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
}

/// Bold green or red where a person looks, unless `NO_COLOR` is set.
pub(crate) fn coloured(text: &str, good: bool) -> String {
    match (is_coloured(), good) {
        (false, _) => text.to_owned(),
        (_, true) => format!("\x1b[1;32m{text}\x1b[0m"),
        (_, false) => format!("\x1b[1;31m{text}\x1b[0m"),
    }
}
