//! What a receiver is made of.

use core::fmt;
use std::env;
use std::sync::Arc;

use hookseal::receive::{AllowList, Network, PublicUrl};
use hookseal::{
    DEFAULT_BODY_LIMIT, Scheme, SchemeError, SetupError, UnixTime, Verifier, providers,
};
use zeroize::Zeroizing;

use super::outcome::{Hook, Reporter};
use super::{Mode, Receiver, Report, StartError};
use crate::claims::Claims;
#[cfg(feature = "sqlx")]
use crate::inbox::Inbox;
use crate::store::Store;

/// A row of the table: itself, or its name.
#[derive(Clone, Copy, Debug)]
pub struct Row(Result<&'static Scheme<'static>, SchemeError>);

impl From<&'static Scheme<'static>> for Row {
    fn from(scheme: &'static Scheme<'static>) -> Self {
        Row(Ok(scheme))
    }
}

impl From<&str> for Row {
    fn from(name: &str) -> Self {
        Row(providers::by_name(name))
    }
}

/// A secret, and the variable that it came from.
type Given = (Zeroizing<Vec<u8>>, Option<String>);

/// How the verifier is limited.
type Limit = fn(Verifier<'static>, u32) -> Result<Verifier<'static>, SchemeError>;

/// Builds a [`Receiver`]. What is wrong comes to light in [`build`](Self::build), when the service
/// starts.
pub struct ReceiverBuilder {
    row: Row,
    secrets: Vec<Result<Given, StartError>>,
    is_weak: bool,
    limits: Vec<(Limit, u32)>,
    body_limit: usize,
    url: Option<String>,
    expected: Result<String, StartError>,
    allow_from: Option<Vec<String>>,
    trusted_proxies: usize,
    modes: Vec<Mode>,
    hook: Option<Arc<Hook>>,
    clock: fn() -> UnixTime,
}

impl ReceiverBuilder {
    pub(super) const fn new(row: Row) -> Self {
        ReceiverBuilder {
            row,
            secrets: Vec::new(),
            is_weak: false,
            limits: Vec::new(),
            body_limit: DEFAULT_BODY_LIMIT,
            url: None,
            expected: Ok(String::new()),
            allow_from: None,
            trusted_proxies: 0,
            modes: Vec::new(),
            hook: None,
            clock: UnixTime::now,
        }
    }

    /// The secret in an environment variable, as the provider shows it. Up to four secrets may be
    /// given, while they are rotated.
    #[must_use]
    pub fn secret_env(mut self, name: &str) -> Self {
        let value = of_environment(name).map(|it| (it.into_bytes().into(), Some(name.to_owned())));
        self.secrets.push(value);
        self
    }

    /// A secret, as the provider shows it.
    #[must_use]
    pub fn secret(mut self, secret: impl AsRef<[u8]>) -> Self {
        self.secrets.push(Ok((secret.as_ref().to_vec().into(), None)));
        self
    }

    /// Lets secrets be shorter than 16 bytes: see [`Verifier::danger_weak_secret`].
    #[must_use]
    pub fn danger_weak_secret(self) -> Self {
        ReceiverBuilder { is_weak: true, ..self }
    }

    /// As [`Verifier::tolerance`], in seconds.
    #[must_use]
    pub fn tolerance(mut self, seconds: u32) -> Self {
        self.limits.push((Verifier::tolerance, seconds));
        self
    }

    /// As [`Verifier::future_tolerance`], in seconds.
    #[must_use]
    pub fn future_tolerance(mut self, seconds: u32) -> Self {
        self.limits.push((Verifier::future_tolerance, seconds));
        self
    }

    /// The largest body that is read, in bytes: 32 MiB, unless this says otherwise.
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        ReceiverBuilder { body_limit: bytes, ..self }
    }

    /// The URL that is configured at the provider, for schemes that sign it: see
    /// [`PublicUrl`].
    #[must_use]
    pub fn url(self, url: &str) -> Self {
        ReceiverBuilder { url: Some(url.to_owned()), ..self }
    }

    /// What was agreed on for an endpoint validation, as Meta's verify token.
    #[must_use]
    pub fn expected(self, value: &str) -> Self {
        ReceiverBuilder { expected: Ok(value.to_owned()), ..self }
    }

    /// The same in an environment variable.
    #[must_use]
    pub fn expected_env(self, name: &str) -> Self {
        ReceiverBuilder { expected: of_environment(name), ..self }
    }

    /// The networks that may send, as `192.0.2.0/24`: beside the signature, never instead of it.
    #[must_use]
    pub fn allow_from<N: AsRef<str>>(self, networks: impl IntoIterator<Item = N>) -> Self {
        let networks = networks.into_iter().map(|it| it.as_ref().to_owned()).collect();
        ReceiverBuilder { allow_from: Some(networks), ..self }
    }

    /// How many proxies of your own add to `X-Forwarded-For` on the way: see [`AllowList`].
    #[must_use]
    pub fn trusted_proxies(self, count: usize) -> Self {
        ReceiverBuilder { trusted_proxies: count, ..self }
    }

    /// Handles each delivery once.
    #[must_use]
    pub fn claims<S: Store>(mut self, claims: &Claims<S>) -> Self {
        self.modes.push(Mode::Claims(claims.erased()));
        self
    }

    /// Stores each delivery, and answers at once; the service behind the receiver is never called.
    /// An [`InboxWorker`](crate::InboxWorker) handles what was stored.
    #[cfg(feature = "sqlx")]
    #[must_use]
    pub fn inbox(mut self, inbox: &Inbox) -> Self {
        self.modes.push(Mode::Inbox(inbox.clone()));
        self
    }

    /// Is called with every request that was refused, and with whatever becomes of a delivery but
    /// that it was handled: for alarms of your own. All of it is logged and counted anyway.
    #[must_use]
    pub fn on_outcome(self, hook: impl Fn(&Report<'_>) + Send + Sync + 'static) -> Self {
        ReceiverBuilder { hook: Some(Arc::new(hook)), ..self }
    }

    /// Another clock than the system's.
    #[must_use]
    pub fn clock(self, clock: fn() -> UnixTime) -> Self {
        ReceiverBuilder { clock, ..self }
    }

    /// The receiver.
    ///
    /// # Errors
    /// [`StartError`]: end the process, as nothing could be verified.
    pub fn build(mut self) -> Result<Receiver, StartError> {
        let scheme = self.row.0.map_err(|error| StartError::Setup(error.into(), None))?;
        let verifier = self.verifier(scheme)?;
        PublicUrl::new(self.url.as_deref(), scheme)?;
        let networks = self.allow_from.as_deref().map(networks).transpose()?;
        let mode = self.modes.pop().unwrap_or(Mode::Verify);
        if !self.modes.is_empty() {
            return Err(StartError::ClaimsAndInbox);
        }
        if let Some(fresh) = verifier.window_length().filter(|it| mode.kept_for() < *it) {
            return Err(StartError::KeptTooShort(fresh));
        }
        let reporter = Reporter { scheme: scheme.name, hook: self.hook };
        Ok(Receiver(Arc::new(super::Parts {
            verifier,
            body_limit: self.body_limit,
            url: self.url,
            expected: self.expected?.into(),
            networks,
            trusted_proxies: self.trusted_proxies,
            mode,
            reporter,
            clock: self.clock,
        })))
    }

    fn verifier(
        &mut self,
        scheme: &'static Scheme<'static>,
    ) -> Result<Verifier<'static>, StartError> {
        let mut verifier: Option<Verifier<'static>> = None;
        for given in self.secrets.drain(..) {
            let (secret, variable) = given?;
            let with = match (verifier, self.is_weak) {
                (None, false) => Verifier::new(scheme, &secret),
                (None, true) => Verifier::danger_weak_secret(scheme, &secret),
                (Some(it), false) => it.and_secret(&secret),
                (Some(it), true) => it.and_danger_weak_secret(&secret),
            };
            verifier = Some(with.map_err(|error| StartError::Setup(error, variable))?);
        }
        let verifier = verifier.ok_or(StartError::NoSecret)?.body_limit(self.body_limit);
        let limited = self.limits.drain(..).try_fold(verifier, |it, (limit, to)| limit(it, to));
        limited.map_err(|error| StartError::Setup(SetupError::from(error), None))
    }
}

fn of_environment(name: &str) -> Result<String, StartError> {
    let value = env::var(name).ok().filter(|value| !value.is_empty());
    value.ok_or_else(|| StartError::Unset(name.to_owned()))
}

fn networks(listed: &[String]) -> Result<Vec<Network>, StartError> {
    let networks = listed.iter().map(|it| Network::parse(it)).collect::<Result<Vec<_>, _>>()?;
    AllowList::new(&networks, 0)?;
    Ok(networks)
}

impl fmt::Debug for ReceiverBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverBuilder").field("row", &self.row).finish_non_exhaustive()
    }
}
