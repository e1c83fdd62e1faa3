//! A verifier: a scheme, its secrets, its window.

use core::{array, fmt};

use crate::delivery::Delivery;
use crate::error::{Error, KeyError, SchemeError, SetupError};
use crate::key::Key;
use crate::key_id::{MAX_KEY_ID, halves};
use crate::request::Request;
use crate::scheme::Scheme;
use crate::secret::Weak;
use crate::spelled::Spelled;
use crate::time::{UnixTime, Window};

/// Most secrets that a verifier holds.
pub const MAX_SECRETS: usize = 4;

/// Largest body that is read unless [`Verifier::body_limit`] says otherwise: 32 MiB, above the
/// 25 MiB that the largest known sender allows itself.
pub const DEFAULT_BODY_LIMIT: usize = 32 << 20;

/// Verifies deliveries of one scheme under 1 to 4 secrets. Make it once and keep it: keys are
/// prepared when it is made, and wiped when it is dropped.
///
/// ```
/// use hookseal::{Request, UnixTime, Verifier, providers};
///
/// let verifier = Verifier::new(&providers::GITHUB, "It's a Secret to Everybody")?;
/// let headers = [(
///     "X-Hub-Signature-256",
///     "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
/// )];
/// let request = Request::new(&headers, b"Hello, World!");
/// let delivery = verifier.verify(&request, UnixTime::from_secs(1_700_000_000))?;
/// assert_eq!(delivery.body().signed(), Some(&b"Hello, World!"[..]));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub struct Verifier<'s> {
    pub(crate) scheme: &'s Scheme<'s>,
    pub(crate) keys: [Key; MAX_SECRETS],
    /// The public halves of the secrets.
    pub(crate) ids: [Spelled<MAX_KEY_ID>; MAX_SECRETS],
    pub(crate) secrets: usize,
    pub(crate) window: Window,
    pub(crate) body_limit: usize,
    /// Whether the row signs values beside its time and the body.
    pub(crate) has_values: bool,
    /// Whether the row has conditions, or claims.
    pub(crate) has_afterthoughts: bool,
}

impl<'s> Verifier<'s> {
    /// A verifier with one secret, as the provider shows it.
    ///
    /// # Errors
    /// [`KeyError`]: the secret is empty, shorter than 16 bytes, or not spelled as the scheme's
    /// secrets are. [`SchemeError`]: the scheme does not pass [`Scheme::check`].
    pub fn new(scheme: &'s Scheme<'s>, secret: impl AsRef<[u8]>) -> Result<Self, SetupError> {
        Self::empty(scheme)?.with(secret.as_ref(), Weak::Refuse)
    }

    /// A verifier with one secret that may be shorter than 16 bytes. Such a secret can be guessed
    /// from one delivery that somebody saw: ask the provider for a longer one.
    ///
    /// # Errors
    /// As [`new`](Self::new), without `weak_secret`. An empty secret is always refused.
    pub fn danger_weak_secret(
        scheme: &'s Scheme<'s>,
        secret: impl AsRef<[u8]>,
    ) -> Result<Self, SetupError> {
        Self::empty(scheme)?.with(secret.as_ref(), Weak::Allow)
    }

    /// One more secret, while secrets are rotated: a delivery may match any of them.
    ///
    /// # Errors
    /// As [`new`](Self::new), and [`KeyError::TooManySecrets`] for the fifth.
    pub fn and_secret(self, secret: impl AsRef<[u8]>) -> Result<Self, SetupError> {
        self.with(secret.as_ref(), Weak::Refuse)
    }

    /// One more secret, which may be shorter than 16 bytes: see
    /// [`danger_weak_secret`](Self::danger_weak_secret).
    ///
    /// # Errors
    /// As [`and_secret`](Self::and_secret), without `weak_secret`.
    pub fn and_danger_weak_secret(self, secret: impl AsRef<[u8]>) -> Result<Self, SetupError> {
        self.with(secret.as_ref(), Weak::Allow)
    }

    /// How many seconds a delivery's time may lie in the past. Schemes that sign no time have no
    /// window: see [`Scheme::bound`].
    ///
    /// # Errors
    /// [`SchemeError::InvalidTolerance`] for 0.
    pub fn tolerance(mut self, seconds: u32) -> Result<Self, SchemeError> {
        self.window.past = Some(at_least_one(seconds)?);
        Ok(self)
    }

    /// How many seconds a delivery's time may lie in the future.
    ///
    /// # Errors
    /// [`SchemeError::InvalidTolerance`] for 0.
    pub fn future_tolerance(mut self, seconds: u32) -> Result<Self, SchemeError> {
        self.window.future = Some(at_least_one(seconds)?);
        Ok(self)
    }

    /// No window at all: whoever has seen a delivery can send it again, for ever. For captured
    /// deliveries on your own machine.
    #[must_use]
    pub const fn danger_any_time(mut self) -> Self {
        self.window = Window { past: None, future: None };
        self
    }

    /// The largest body that is read, in bytes.
    #[must_use]
    pub const fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// For how many seconds a delivery is taken, from the earliest moment to the last: whoever notes
    /// that it was handled must know it for at least as long. `None`: for ever, or there is no
    /// signed time.
    ///
    /// ```
    /// use hookseal::{Verifier, providers};
    /// let verifier = Verifier::new(&providers::STRIPE, "whsec_test_9f0c1b7a5d3e4f60")?;
    /// assert_eq!(verifier.tolerance(60)?.future_tolerance(20)?.window_length(), Some(80));
    /// # Ok::<(), hookseal::SetupError>(())
    /// ```
    #[must_use]
    pub fn window_length(&self) -> Option<u64> {
        let (past, future) = (self.window.past?, self.window.future?);
        Some(u64::from(past).saturating_add(u64::from(future)))
    }

    /// The scheme that this verifier reads.
    #[must_use]
    pub const fn scheme(&self) -> &'s Scheme<'s> {
        self.scheme
    }

    /// One of the secrets: its key and its public half.
    pub(crate) fn secret(&self, index: usize) -> Option<(&Key, &[u8])> {
        let index = (index < self.secrets).then_some(index)?;
        Some((self.keys.get(index)?, self.ids.get(index)?.bytes()))
    }

    /// Verifies one delivery at a given time. Nothing is copied, nothing is allocated, and the
    /// body is hashed once a secret, however many signatures the request carries.
    ///
    /// # Errors
    /// The first stage that fails says why the delivery is refused.
    #[inline]
    pub fn verify<'r>(&self, request: &Request<'r>, now: UnixTime) -> Result<Delivery<'r>, Error>
    where
        's: 'r,
    {
        self.walk(request, now, &mut ())
    }

    /// Without a secret: it verifies nothing.
    pub(crate) fn empty(scheme: &'s Scheme<'s>) -> Result<Self, SchemeError> {
        scheme.check()?;
        let window = match &scheme.timestamp {
            Some(time) => Window { past: Some(time.past), future: Some(time.future) },
            // A JWS may hold times of its own.
            None if scheme.is_jws() => Window { past: Some(0), future: Some(300) },
            None => Window { past: None, future: None },
        };
        Ok(Verifier {
            scheme,
            keys: array::from_fn(|_| Key::none()),
            ids: [Spelled::EMPTY; MAX_SECRETS],
            secrets: 0,
            window,
            body_limit: DEFAULT_BODY_LIMIT,
            has_values: scheme.signed.has_values() || !scheme.handshakes.is_empty(),
            has_afterthoughts: scheme.is_jws() || !scheme.checks.is_empty(),
        })
    }

    fn with(mut self, secret: &[u8], weak: Weak) -> Result<Self, SetupError> {
        let free = self.keys.get_mut(self.secrets).ok_or(KeyError::TooManySecrets)?;
        let (id, key) = halves(self.scheme, secret)?;
        *free = Key::new(self.scheme, key, weak)?;
        if let Some(free) = self.ids.get_mut(self.secrets) {
            *free = id;
        }
        self.secrets = self.secrets.saturating_add(1);
        Ok(self)
    }
}

impl fmt::Debug for Verifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("scheme", &self.scheme.name)
            .field("secrets", &self.secrets)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

const fn at_least_one(seconds: u32) -> Result<u32, SchemeError> {
    if seconds == 0 { Err(SchemeError::InvalidTolerance) } else { Ok(seconds) }
}
