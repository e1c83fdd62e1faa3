//! The same row, run backwards: headers for a delivery that verifies.

use core::fmt;

use crate::content::{Content, Ours};
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
use crate::digest::Feed;
use crate::encoding::{MAX_SIGNATURE, MAX_SPELLED};
use crate::error::{Error, KeyError, SchemeError, SetupError};
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
use crate::facts::KeyFormat;
use crate::facts::{Encoding, Timestamp};
use crate::key::Key;
use crate::key_id::{MAX_KEY_ID, halves};
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
use crate::public_key::{Form, PrivateKey};
use crate::request::Request;
use crate::scheme::Scheme;
use crate::secret::Weak;
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
    key: SigningKey,
    /// The public half of the secret.
    pub(crate) id: Spelled<MAX_KEY_ID>,
    /// The secret where it is sent as it is; else empty.
    token: &'s str,
}

/// What a signature is made with.
enum SigningKey {
    /// The key that verifies it too.
    Shared(Key),
    #[cfg(any(feature = "ed25519", feature = "ecdsa"))]
    Private(PrivateKey),
}

impl<'s> Signer<'s> {
    /// A signer with the secret as the provider shows it; with the private key, where the scheme
    /// is verified with a public one: Ed25519 and ECDSA P-256, as PEM, base64 or hex.
    ///
    /// # Errors
    /// As [`Verifier::new`](crate::Verifier::new), and `cannot_sign` for RSA.
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
        if scheme.signature.key_mark.is_some() && scheme.signature.place == Place::Header {
            return Err(SchemeError::CannotSign.into());
        }
        let (id, secret) = halves(scheme, secret)?;
        let key = SigningKey::read(scheme, secret, weak)?;
        let token = if scheme.is_token() { secret } else { b"" };
        let token = str::from_utf8(token).map_err(|_| KeyError::MalformedSecret)?;
        if token.bytes().any(|byte| byte.is_ascii_control()) {
            return Err(KeyError::MalformedSecret.into());
        }
        Ok(Signer { scheme, key, id, token })
    }

    /// Signs a body at a given time. `event_id` is needed where the scheme has an id in a header
    /// that it signs; a scheme whose id or time is a field of the body finds it there. The
    /// request's own headers are read only where the scheme signs one (`{header:name}`).
    ///
    /// # Errors
    /// What verifying would refuse: `missing_event_id`, `malformed_event_id`, `missing_url`,
    /// `missing_method`, `missing_timestamp`, `malformed_timestamp`, `missing_field`,
    /// `malformed_body`.
    pub fn sign<'d>(
        &self,
        request: &Request<'d>,
        event_id: Option<&'d str>,
        now: UnixTime,
    ) -> Result<Signed<'d>, Error>
    where
        's: 'd,
    {
        let mut signed = Signed::new(self.scheme, *request, event_id, self.token);
        signed.key_id = self.id.clone();
        #[cfg(feature = "jwt")]
        if self.scheme.is_jws() {
            signed.jws = crate::jws_sign::sign(self, request, event_id, now)?;
            return Ok(signed);
        }
        let time = self.timestamp(request, now, &mut signed.time)?;
        let id = self.event_id(request, event_id)?;
        let content = Content::new(self.scheme, request, time, id);
        content.check()?;
        signed.signature = self.tag(&content);
        Ok(signed)
    }

    /// The tag of a content, as it is spelled.
    pub(crate) fn tag(&self, content: &Content<'_>) -> Spelled<MAX_SIGNATURE> {
        let spelled = self.spelled(content);
        if self.scheme.encoding == Encoding::Base64OfHex {
            return spelled.in_base64();
        }
        Spelled::by(|memory| {
            memory.get_mut(..spelled.bytes().len())?.copy_from_slice(spelled.bytes());
            Some(spelled.bytes().len())
        })
    }

    fn spelled(&self, content: &Content<'_>) -> Spelled<MAX_SPELLED> {
        if self.scheme.is_token() {
            let token = self.token.as_bytes();
            return Spelled::by(|memory| self.scheme.encoding.encode(token, memory));
        }
        match &self.key {
            SigningKey::Shared(key) => {
                key.tag(content, &Ours::id(self.id.bytes()), &mut 0).spell(self.scheme.encoding)
            }
            #[cfg(any(feature = "ed25519", feature = "ecdsa"))]
            SigningKey::Private(key) => {
                let ours = &Ours::id(self.id.bytes());
                let message: Feed<'_> = &|sink| content.for_each_run(ours, &mut |run| sink(run));
                let form = if self.scheme.is_jws() { Form::Fixed } else { Form::Der };
                let mut tag = [0; 72];
                let length = key.sign(form, message, &mut tag);
                let tag = tag.get(..length).unwrap_or_default();
                Spelled::by(|memory| self.scheme.encoding.encode(tag, memory))
            }
        }
    }

    #[cfg(any(feature = "jwt", feature = "outgoing"))]
    pub(crate) const fn scheme(&self) -> &'s Scheme<'s> {
        self.scheme
    }

    #[cfg(feature = "jwt")]
    pub(crate) fn ours(&self) -> Ours<'_> {
        Ours::id(self.id.bytes())
    }

    /// The time's text: now, written into `spelled`; or what the request says, where the time is
    /// in it already.
    fn timestamp<'t>(
        &self,
        request: &Request<'t>,
        now: UnixTime,
        spelled: &'t mut Spelled<MAX_TIME>,
    ) -> Result<Option<Value<'t>>, Error> {
        let Some(time) = &self.scheme.timestamp else { return Ok(None) };
        if time.source.place != Place::Header {
            return given(time, request).map(Some);
        }
        // A moment without a spelling in this clock, as a year past 9999, cannot be signed.
        time.clock.write(now, spelled).map_err(|_| Error::MalformedTimestamp)?;
        // Nor can one whose spelling is that of another, where a clock has two.
        let read = time.clock.read(spelled.bytes());
        read.filter(|it| it.as_secs() == now.as_secs()).ok_or(Error::MalformedTimestamp)?;
        Ok(Some(Value::plain(spelled.bytes())))
    }

    fn event_id<'d>(
        &self,
        request: &Request<'d>,
        given: Option<&'d str>,
    ) -> Result<Option<Value<'d>>, Error> {
        match &self.scheme.event_id {
            Some(id) if self.scheme.signs_event_id() => {
                let value = match id.source.place {
                    Place::Header => given.map(|id| Value::plain(id.as_bytes())),
                    _ => id.source.one(request, Error::MalformedEventId)?,
                };
                if value.is_none() && !self.scheme.signed.has_optional_event_id() {
                    return Err(Error::MissingEventId);
                }
                Ok(value)
            }
            _ => Ok(None),
        }
    }
}

/// A time that the request has already.
fn given<'t>(time: &Timestamp<'_>, request: &Request<'t>) -> Result<Value<'t>, Error> {
    let text = time.source.one(request, Error::MalformedTimestamp)?;
    let text = text.ok_or(Error::MissingTimestamp)?;
    let read = time.clock.read(Spelled::<MAX_TIME>::of(&text).bytes());
    read.map(|_| text).ok_or(Error::MalformedTimestamp)
}

impl SigningKey {
    fn read(scheme: &Scheme<'_>, secret: &[u8], weak: Weak) -> Result<Self, SetupError> {
        if !scheme.algorithm.is_public_key() {
            return Ok(Self::Shared(Key::new(scheme, secret, weak)?));
        }
        #[cfg(any(feature = "ed25519", feature = "ecdsa"))]
        if let (Some(kind), KeyFormat::PublicKey { private_prefix, .. }) =
            (scheme.algorithm.signing_kind(), scheme.key)
        {
            return Ok(Self::Private(PrivateKey::read(kind, private_prefix, secret)?));
        }
        Err(SchemeError::CannotSign.into())
    }
}

impl fmt::Debug for Signer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("scheme", &self.scheme.name).finish_non_exhaustive()
    }
}
