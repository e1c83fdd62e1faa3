//! Every error of the core as what an exception is made of.

use std::borrow::Cow;
use std::fmt;

use hookseal::capture::CaptureError;
use hookseal::outgoing::OutgoingError;
use hookseal::{EndpointError, Error, Finding, SchemeTextError, SetupError};

/// Code and sentence are the core's; the class is that of the exception, in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// As `VerificationError`.
    pub class: &'static str,
    /// The frozen code.
    pub code: &'static str,
    /// What else exceptions of this class have.
    pub more: More,
    /// The sentence. It holds no byte of a request, and no secret.
    pub message: Cow<'static, str>,
}

/// What some exceptions have beside code and sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// Nothing.
    Nothing,
    /// The HTTP status to answer with.
    Status(u16),
    /// The key of a scheme, or the option, that is at fault; empty where it is none.
    Key(String),
}

impl Failure {
    pub(crate) fn unsigned(error: impl Into<OutgoingError>) -> Self {
        let error = error.into();
        let message = error.to_string().into();
        Failure { class: "SigningError", code: error.code(), more: More::Nothing, message }
    }

    pub(crate) const fn of_body(weakness: Finding) -> Self {
        Failure::new("BodyUnsignedError", weakness.code(), weakness.message(), More::Nothing)
    }

    pub(crate) const fn of_option(error: EndpointError, option: String) -> Self {
        Failure::new("SchemeError", error.code(), error.message(), More::Key(option))
    }

    const fn new(
        class: &'static str,
        code: &'static str,
        message: &'static str,
        more: More,
    ) -> Self {
        Failure { class, code, more, message: Cow::Borrowed(message) }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = More::Status(error.status());
        Failure::new("VerificationError", error.code(), error.message(), status)
    }
}

impl From<SetupError> for Failure {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::Key(error) => {
                Failure::new("SecretError", error.code(), error.message(), More::Nothing)
            }
            SetupError::Scheme(error) => {
                Failure::new("SchemeError", error.code(), error.message(), More::Key(String::new()))
            }
        }
    }
}

impl From<SchemeTextError> for Failure {
    fn from(error: SchemeTextError) -> Self {
        let (message, more) = (error.to_string().into(), More::Key(error.key()));
        Failure { class: "SchemeError", code: error.code(), more, message }
    }
}

impl From<CaptureError> for Failure {
    fn from(error: CaptureError) -> Self {
        let message = error.to_string().into();
        Failure { class: "CaptureError", code: error.code(), more: More::Nothing, message }
    }
}

/// As it stands in a text; nothing is empty.
impl fmt::Display for More {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            More::Nothing => Ok(()),
            More::Status(status) => status.fmt(f),
            More::Key(key) => key.fmt(f),
        }
    }
}
