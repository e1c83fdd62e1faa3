//! Feature `outgoing`: a delivery signed as its provider sends it.
//!
//! [`Signer::sign`](crate::Signer::sign) gives the signature. A delivery that is *sent* needs more:
//! the event id where it is a header that nobody signs, the names of the signed headers before they
//! are signed, and the signature in its own place, which is a header for most providers, and for the
//! others a field of the body, a parameter of the URL or the whole body.
//!
//! ```
//! use hookseal::capture::Captured;
//! use hookseal::{Request, Signer, UnixTime, providers};
//!
//! let url = "https://hooks.example.com/docs";
//! let request = Request::new(&[] as &[(&str, &str)], b"[]").url(url);
//! let signer = Signer::new(&providers::PANDADOC, "a secret of 16 bytes or more")?;
//!
//! let added = signer.sign_outgoing(&request, None, UnixTime::from_secs(1_700_000_000))?;
//! let mut whole = Captured::from(&request);
//! added.put_into(&mut whole)?;
//! assert!(whole.url.is_some_and(|it| it.starts_with("https://hooks.example.com/docs?signature=")));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod error;
mod json;
mod place;
mod sign;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use self::error::OutgoingError;
use crate::scheme::Scheme;
use crate::source::Place;

/// What makes a delivery verify: headers for most providers, and a signature that is elsewhere.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq)]
pub struct Added {
    /// Names and values, in the order in which providers write them.
    pub headers: Vec<(String, String)>,
    /// The signature where it is no header.
    pub elsewhere: Option<Elsewhere>,
}

/// A signature that is no header.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The place.
    pub place: Place,
    /// The name in it: a path of JSON, a field, a parameter; nothing to say of the whole body.
    pub name: String,
    /// The signature, with what stands before it.
    pub value: String,
}

impl<'s> Scheme<'s> {
    /// The header in which the provider sends the event id, signed or not.
    ///
    /// ```
    /// use hookseal::providers::{GITHUB, SLACK};
    /// assert_eq!(GITHUB.event_id_header(), Some("x-github-delivery"));
    /// assert_eq!(SLACK.event_id_header(), None);
    /// ```
    #[must_use]
    pub fn event_id_header(&self) -> Option<&'s str> {
        let source = self.event_id?.source;
        source.names().next().filter(|_| source.place == Place::Header)
    }

    /// Whether the body is read as a form where it is one.
    ///
    /// ```
    /// use hookseal::providers::{GITHUB, TWILIO};
    /// assert!(TWILIO.reads_form() && !GITHUB.reads_form());
    /// ```
    #[must_use]
    pub fn reads_form(&self) -> bool {
        self.signature.place == Place::Form || self.signed.text().contains("{form")
    }
}

/// No signature in a log.
impl fmt::Debug for Added {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Added")
            .field("headers", &names)
            .field("elsewhere", &self.elsewhere)
            .finish_non_exhaustive()
    }
}

/// No signature in a log.
impl fmt::Debug for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elsewhere")
            .field("place", &self.place)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
