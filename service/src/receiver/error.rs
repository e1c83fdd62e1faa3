//! Why a receiver cannot start.

use core::error::Error;
use core::fmt;

use hookseal::{EndpointError, SetupError};

/// A receiver that cannot be meant as it is: end the process before it takes a delivery.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StartError {
    /// No secret was given.
    NoSecret,
    /// This environment variable is not set, or empty.
    Unset(String),
    /// A secret, the scheme or a tolerance cannot be used. Behind it the environment variable that
    /// the secret came from.
    Setup(SetupError, Option<String>),
    /// The URL or a network cannot be used.
    Endpoint(EndpointError),
    /// Deliveries are forgotten while they still count as fresh: they must be kept for at least so
    /// many seconds.
    KeptTooShort(u64),
    /// Both claims and an inbox were given: an inbox knows itself what was handled.
    ClaimsAndInbox,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSecret => f.write_str("the receiver has no secret"),
            Self::Unset(name) => write!(f, "the environment variable {name} is not set, or empty"),
            Self::Setup(error, None) => error.fmt(f),
            Self::Setup(error, Some(name)) => write!(f, "the secret in {name} is no good: {error}"),
            Self::Endpoint(error) => error.fmt(f),
            Self::KeptTooShort(seconds) => write!(
                f,
                "deliveries are fresh for {seconds} seconds, and forgotten before: keep them longer"
            ),
            Self::ClaimsAndInbox => f.write_str("give the receiver claims or an inbox, not both"),
        }
    }
}

/// The sentence: it is what a `main` prints that ends with this error.
impl fmt::Debug for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Setup(error, _) => Some(error),
            Self::Endpoint(error) => Some(error),
            _ => None,
        }
    }
}

impl From<EndpointError> for StartError {
    fn from(error: EndpointError) -> Self {
        Self::Endpoint(error)
    }
}
