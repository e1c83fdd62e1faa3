//! Why a delivery cannot be signed as it is sent.

use alloc::string::String;
use core::fmt;

use crate::error::Error;

/// Why a delivery cannot be signed as it is sent. Something is missing that has to be given; it
/// holds no byte of the request, and its codes are those of [`Error`] and
/// [`SchemeError`](crate::SchemeError).
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutgoingError {
    /// What is signed is not there, or not as the scheme spells it.
    Unsigned(Error),
    /// The event id that was given cannot be sent in a header.
    EventIdNotPlain,
    /// The scheme signs the hash of a body that is no form as a part of the URL, and the URL has
    /// none.
    MissingHash {
        /// The parameter of the query.
        parameter: String,
        /// The template of what it is.
        equals: String,
    },
    /// The signature is a field of the body, and the body has no place for it.
    NoPlaceInBody,
    /// The scheme does not say where a sender puts the signature.
    NoPlace,
}

impl OutgoingError {
    /// The frozen code, in snake case.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unsigned(error) => error.code(),
            Self::EventIdNotPlain => "malformed_event_id",
            Self::MissingHash { .. } => "missing_field",
            Self::NoPlaceInBody => "malformed_body",
            Self::NoPlace => "cannot_sign",
        }
    }
}

impl From<Error> for OutgoingError {
    fn from(error: Error) -> Self {
        Self::Unsigned(error)
    }
}

impl fmt::Display for OutgoingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsigned(error) => return error.fmt(f),
            Self::EventIdNotPlain => "an event id in a header is plain ASCII text, and not empty",
            Self::MissingHash { parameter, equals } => {
                return write!(
                    f,
                    "a body that is no form needs its hash in the URL, as the query parameter \
                     {parameter}: {equals}"
                );
            }
            Self::NoPlaceInBody => {
                "the signature has no place in the body: it is a field of JSON objects"
            }
            Self::NoPlace => "the signature's place is not known",
        })
    }
}

impl core::error::Error for OutgoingError {}
