//! The same row, run backwards: headers for a delivery that verifies.

use core::fmt;

use crate::content::Content;
use crate::error::{Error, KeyError, SetupError};
use crate::key::{Key, Weak};
use crate::request::Request;
use crate::scheme::Scheme;
use crate::signed::Signed;
use crate::source::Place;
use crate::spelled::Spelled;
use crate::time::{MAX_TIME, UnixTime};
use crate::value::Value;

/// Signs deliveries as a provider does: for tests, for a sender of your own, for sending a
/// captured delivery again.
///
/// ```
/// use hookseal::{Request, Signer, UnixTime, Verifier, providers};
///
/// let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// let now = UnixTime::from_secs(1_700_000_000);
/// let signer = Signer::new(&providers::STANDARD_WEBHOOKS, secret)?;
/// let signed = signer.sign(&Request::new(&[] as &[(&str, &str)], b"{}"), Some("msg_1"), now)?;
///
/// let headers: Vec<(&str, String)> =
///     signed.headers().map(|(name, value)| (name, value.to_string())).collect();
/// let headers: Vec<(&str, &str)> =
///     headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
/// let verifier = Verifier::new(&providers::STANDARD_WEBHOOKS, secret)?;
/// assert!(verifier.verify(&Request::new(headers.as_slice(), b"{}"), now).is_ok());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub struct Signer<'s> {
    scheme: &'s Scheme<'s>,
    key: Key,
    /// The secret where it is sent as it is; else empty.
    token: &'s str,
}

impl<'s> Signer<'s> {
    /// A signer with the secret as the provider shows it.
    ///
    /// # Errors
    /// As [`Verifier::new`](crate::Verifier::new).
    pub fn new(
        scheme: &'s Scheme<'s>,
        secret: &'s (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Self, SetupError> {
        Self::make(scheme, secret.as_ref(), Weak::Refuse)
    }

    /// A signer with a secret that may be shorter than 16 bytes.
    ///
    /// # Errors
    /// As [`new`](Self::new), without `weak_secret`.
    pub fn danger_weak_secret(
        scheme: &'s Scheme<'s>,
        secret: &'s (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Self, SetupError> {
        Self::make(scheme, secret.as_ref(), Weak::Allow)
    }

    fn make(scheme: &'s Scheme<'s>, secret: &'s [u8], weak: Weak) -> Result<Self, SetupError> {
        scheme.check()?;
        let key = Key::new(scheme, secret, weak)?;
        let token = if scheme.is_token() { secret } else { b"" };
        let token = str::from_utf8(token).map_err(|_| KeyError::MalformedSecret)?;
        if token.bytes().any(|byte| byte.is_ascii_control()) {
            return Err(KeyError::MalformedSecret.into());
        }
        Ok(Signer { scheme, key, token })
    }

    /// Signs a body at a given time. `event_id` is needed where the scheme has an id in a header
    /// that it signs; a scheme whose id or time is a field of the body finds it there. The
    /// request's own headers are read only where the scheme signs one (`{header:name}`).
    ///
    /// # Errors
    /// What verifying would refuse: `missing_event_id`, `malformed_event_id`, `missing_url`,
    /// `missing_method`, `missing_timestamp`, `malformed_timestamp`, `missing_field`.
    pub fn sign<'d>(
        &self,
        request: &Request<'d>,
        event_id: Option<&'d str>,
        now: UnixTime,
    ) -> Result<Signed<'d>, Error>
    where
        's: 'd,
    {
        let mut signed = Signed::new(self.scheme, event_id, self.token);
        let time = self.timestamp(request, now, &mut signed.time)?;
        let id = self.event_id(request, event_id)?;
        let content = Content::new(self.scheme, request, time, id);
        content.check()?;
        let tag = self.key.tag(&content, &mut |_| {});
        signed.signature = tag.spell(self.scheme);
        Ok(signed)
    }

    /// The time's text: now, written into `spelled`; or what the body says.
    fn timestamp<'t>(
        &self,
        request: &Request<'t>,
        now: UnixTime,
        spelled: &'t mut Spelled<MAX_TIME>,
    ) -> Result<Option<Value<'t>>, Error> {
        let Some(time) = &self.scheme.timestamp else { return Ok(None) };
        if time.source.place == Place::Json {
            let text = time.source.one(request, Error::MalformedTimestamp)?;
            let text = text.ok_or(Error::MissingTimestamp)?;
            let digits = text.as_bytes().and_then(|digits| time.clock.read(digits));
            return digits.map(|_| Some(text)).ok_or(Error::MalformedTimestamp);
        }
        // A moment without a spelling in this clock, as a year past 9999, cannot be signed.
        time.clock.write(now, spelled).map_err(|_| Error::MalformedTimestamp)?;
        time.clock.read(spelled.bytes()).ok_or(Error::MalformedTimestamp)?;
        Ok(Some(Value::plain(spelled.bytes())))
    }

    fn event_id<'d>(
        &self,
        request: &Request<'d>,
        given: Option<&'d str>,
    ) -> Result<Option<Value<'d>>, Error> {
        match &self.scheme.event_id {
            Some(id) if self.scheme.signs_event_id() => {
                let id = match id.source.place {
                    Place::Header => given.map(|id| Value::plain(id.as_bytes())),
                    Place::Json => id.source.one(request, Error::MalformedEventId)?,
                };
                Ok(Some(id.ok_or(Error::MissingEventId)?))
            }
            _ => Ok(None),
        }
    }
}

impl fmt::Debug for Signer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("scheme", &self.scheme.name).finish_non_exhaustive()
    }
}
