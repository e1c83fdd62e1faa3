//! Time: an argument of the caller, a text of the delivery, and the window between them.

use core::fmt;

use crate::date::{digits, http_date, iso8601, rfc3339, write_http_date, write_rfc3339};
use crate::error::Error;
use crate::facts::Clock;

/// A moment in Unix time, to the millisecond. The core reads no clock: the caller says what time
/// it is.
///
/// ```
/// use hookseal::UnixTime;
/// assert_eq!(UnixTime::from_secs(1_700_000_000), UnixTime::from_millis(1_700_000_000_000));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime {
    millis: i64,
}

impl UnixTime {
    /// From seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        UnixTime { millis: seconds.saturating_mul(1000) }
    }

    /// From milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        UnixTime { millis }
    }

    /// What the system's clock says. A clock before 1970 counts as 1970.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn now() -> Self {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        UnixTime { millis: i64::try_from(since.as_millis()).unwrap_or(i64::MAX) }
    }

    /// Whole seconds, rounded down.
    #[must_use]
    pub const fn as_secs(self) -> i64 {
        self.millis.div_euclid(1000)
    }

    /// Milliseconds.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.millis
    }
}

/// How far a delivery's time may lie from now, in seconds. `None`: without limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) past: Option<u32>,
    pub(crate) future: Option<u32>,
}

impl Window {
    /// Judges a time at the precision of its clock: with a clock of seconds, now is a whole
    /// second too, so that both edges belong to the window. An expiry is the first moment after it
    /// (RFC 7519 §4.1.4).
    pub(crate) fn judge(self, clock: Clock, sent: UnixTime, now: UnixTime) -> Result<(), Error> {
        let (sent, now, unit) = match clock {
            Clock::Seconds | Clock::HttpDate | Clock::Expiry => (sent.as_secs(), now.as_secs(), 1),
            Clock::Millis | Clock::SecondsOrMillis | Clock::Rfc3339 | Clock::Iso8601 => {
                (sent.as_millis(), now.as_millis(), 1000)
            }
        };
        let limit = |seconds: u32| i64::from(seconds).saturating_mul(unit);
        if clock == Clock::Expiry {
            let over = self.past.is_some_and(|past| now.saturating_sub(sent) >= limit(past));
            return if over { Err(Error::TimestampTooOld) } else { Ok(()) };
        }
        if self.past.is_some_and(|past| now.saturating_sub(sent) > limit(past)) {
            return Err(Error::TimestampTooOld);
        }
        if self.future.is_some_and(|future| sent.saturating_sub(now) > limit(future)) {
            return Err(Error::TimestampTooNew);
        }
        Ok(())
    }
}

impl Clock {
    /// Reads a time in this one spelling. The fixed width is what makes a join such as
    /// `{timestamp}{body}` unambiguous.
    #[inline]
    pub(crate) fn read(self, text: &[u8]) -> Option<UnixTime> {
        match self {
            Self::Seconds | Self::Expiry => fixed(text, 10).map(UnixTime::from_secs),
            Self::Millis => fixed(text, 13).map(UnixTime::from_millis),
            Self::SecondsOrMillis => Self::Seconds.read(text).or_else(|| Self::Millis.read(text)),
            Self::Rfc3339 => rfc3339(text),
            Self::Iso8601 => iso8601(text),
            Self::HttpDate => http_date(text),
        }
    }
}

/// Longest spelling of a time: RFC 3339 with nine digits of a fraction and an offset.
pub(crate) const MAX_TIME: usize = 35;

impl Clock {
    /// Writes a time in this spelling.
    pub(crate) fn write(self, time: UnixTime, to: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::Seconds | Self::SecondsOrMillis | Self::Expiry => {
                write!(to, "{}", time.as_secs())
            }
            Self::Millis => write!(to, "{}", time.as_millis()),
            Self::Rfc3339 | Self::Iso8601 => write_rfc3339(time, to),
            Self::HttpDate => write_http_date(time, to),
        }
    }
}

/// Exactly `width` digits, the first not 0.
#[inline]
fn fixed(text: &[u8], width: usize) -> Option<i64> {
    (text.len() == width && text.first() != Some(&b'0')).then(|| digits(text)).flatten()
}
