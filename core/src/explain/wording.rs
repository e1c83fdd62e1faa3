//! How places, times and sizes are put into words.

use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::date::write_rfc3339;
use crate::source::{Place, Source};
use crate::time::UnixTime;

/// A source in words: `header webhook-signature`.
pub(super) fn place(source: &Source<'_>) -> String {
    match source.place {
        Place::Body => "the body".into(),
        place => format!("{} {}", place.name(), source.names().next().unwrap_or_default()),
    }
}

/// How far a time lies from now.
pub(super) fn apart(sent: UnixTime, now: UnixTime) -> String {
    let seconds = now.as_secs().saturating_sub(sent.as_secs());
    match seconds {
        0 => "now".into(),
        1.. => format!("{} before now", Span(seconds)),
        _ => format!("{} after now", Span(seconds.saturating_neg())),
    }
}

/// A moment as RFC 3339 writes it, to the second.
pub(super) struct Moment(pub(super) UnixTime);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write_rfc3339(self.0, &mut text)?;
        let end = text.rfind(['.']).unwrap_or(text.len());
        write!(f, "{}Z", text.get(..end).unwrap_or_default())
    }
}

/// A number of seconds, in words.
pub(super) struct Span(pub(super) i64);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            seconds @ ..120 => write!(f, "{seconds} s"),
            seconds @ 120..7200 => write!(f, "{} min", seconds.div_euclid(60)),
            seconds @ 7200..172_800 => write!(f, "{} h", seconds.div_euclid(3600)),
            seconds => write!(f, "{} days", seconds.div_euclid(86_400)),
        }
    }
}

/// A number of bytes, in words.
pub(super) struct Bytes(pub(super) usize);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} byte{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}
