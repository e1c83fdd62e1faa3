//! What verifiers, signers and explanations are made of: a row, its secrets, and limits.

use hookseal::capture::Captured;
use hookseal::explain::{Explainer, Framework};
use hookseal::{DEFAULT_BODY_LIMIT, Request, SetupError, Signer, UnixTime, Verifier};
use zeroize::Zeroizing;

use crate::answer::{Outgoing, Signed, pairs};
use crate::failure::Failure;
use crate::prepared::Prepared;
use crate::row::Row;

/// The secrets are wiped when they are no longer used.
pub struct Setup {
    row: Row,
    secrets: Vec<Zeroizing<Vec<u8>>>,
    limits: Limits,
}

/// Options: what is not there is as the scheme has it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Secrets may be short.
    pub is_weak: bool,
    /// A delivery may be of any time.
    pub any_time: bool,
    /// The oldest delivery, in seconds.
    pub tolerance: Option<u32>,
    /// How far ahead of the clock a delivery may be, in seconds.
    pub future_tolerance: Option<u32>,
    /// The largest body, in bytes.
    pub body_limit: Option<u32>,
}

/// Secrets that a verifier does not have, a framework by its name, and whether to tell the signature
/// that is expected.
pub type Asked = (Vec<Vec<u8>>, Option<String>, bool);

/// As JSON; as a report, without the signed content and with it, without colours and with them; and
/// that signature.
pub type Told = (String, [[String; 2]; 2], Option<String>);

/// Whether secrets may be short, and times any; the two tolerances, and the largest body.
pub type LimitsInTurn = (bool, bool, Option<u32>, Option<u32>, Option<u32>);

impl From<LimitsInTurn> for Limits {
    fn from(in_turn: LimitsInTurn) -> Self {
        let (is_weak, any_time, tolerance, future_tolerance, body_limit) = in_turn;
        Limits { is_weak, any_time, tolerance, future_tolerance, body_limit }
    }
}

impl Setup {
    /// The first secret signs.
    pub fn new(row: &Row, secrets: impl IntoIterator<Item = Vec<u8>>, limits: Limits) -> Self {
        let secrets = secrets.into_iter().map(Zeroizing::new).collect();
        Setup { row: row.clone(), secrets, limits }
    }

    /// The verifier.
    ///
    /// # Errors
    /// A secret, the scheme or a limit cannot be used.
    pub fn verifier(&self) -> Result<Prepared, Failure> {
        Ok(Prepared::try_new(self.row.clone(), |row| self.prepare(row))?)
    }

    /// The largest body that is read, in bytes.
    #[must_use]
    pub fn body_limit(&self) -> usize {
        self.limits.body_limit.map_or(DEFAULT_BODY_LIMIT, size)
    }

    /// The row.
    #[must_use]
    pub const fn row(&self) -> &Row {
        &self.row
    }

    /// Explains the verdict of that verifier.
    #[must_use]
    pub fn explain(&self, asked: &Asked, request: &Request<'_>, now: UnixTime) -> Told {
        let (others, framework, tells) = asked;
        let explainer = self.explainer(others, framework.as_deref());
        let found = explainer.explain(request, now);
        let reports = [found.report(), found.report().with_content()];
        let reports = reports.map(|it| [false, true].map(|is| it.coloured(is).to_string()));
        let expected = tells.then(|| explainer.danger_expected_signature(request));
        (found.to_json(), reports, expected.flatten())
    }

    /// What explains the verdicts of that verifier, with other secrets that it does not have.
    pub fn explainer<'s>(
        &'s self,
        others: &'s [impl AsRef<[u8]>],
        framework: Option<&str>,
    ) -> Explainer<'s> {
        let limits = &self.limits;
        let (first, more) = self.secrets();
        let it = Explainer::new(self.row.scheme(), first);
        let it = more.fold(it, Explainer::and_secret);
        let it = others.iter().fold(it, Explainer::other_secret);
        let it = if limits.is_weak { it.danger_weak_secrets() } else { it };
        let it = if limits.any_time { it.danger_any_time() } else { it };
        let it = limits.tolerance.into_iter().fold(it, Explainer::tolerance);
        let it = limits.future_tolerance.into_iter().fold(it, Explainer::future_tolerance);
        let it = limits.body_limit.into_iter().map(size).fold(it, Explainer::body_limit);
        framework.and_then(Framework::by_name).into_iter().fold(it, Explainer::framework)
    }

    /// Signs a request with the first secret, as the provider does.
    ///
    /// # Errors
    /// The secret cannot sign, or something is missing that is signed.
    pub fn sign(
        &self,
        request: &Request<'_>,
        event_id: Option<&str>,
        now: UnixTime,
    ) -> Result<Signed, Failure> {
        let signed = self.signer()?.sign(request, event_id, now).map_err(Failure::unsigned)?;
        Ok((pairs(signed.headers()), signed.signature().to_owned()))
    }

    /// Signs a request as it is sent: with the signature where the provider puts it.
    ///
    /// # Errors
    /// As `sign`; or the signature has no place in the request.
    pub fn sign_outgoing(
        &self,
        request: &Request<'_>,
        event_id: Option<&str>,
        now: UnixTime,
    ) -> Result<Outgoing, Failure> {
        let added = self.signer()?.sign_outgoing(request, event_id, now);
        let added = added.map_err(Failure::unsigned)?;
        let (headers, elsewhere) = (added.headers.clone(), added.elsewhere.clone());
        let mut whole = Captured::from(request);
        added.put_into(&mut whole).map_err(Failure::unsigned)?;
        let elsewhere = elsewhere.map(|it| (it.name, it.value, it.place.name()));
        Ok((headers, elsewhere, whole.to_json()))
    }

    fn signer(&self) -> Result<Signer<'_>, Failure> {
        let make = if self.limits.is_weak { Signer::danger_weak_secret } else { Signer::new };
        Ok(make(self.row.scheme(), self.secrets().0)?)
    }

    fn prepare<'r>(&self, row: &'r Row) -> Result<Verifier<'r>, SetupError> {
        let Limits { is_weak, any_time, tolerance, future_tolerance, body_limit } = self.limits;
        let (first, mut others) = self.secrets();
        let make = if is_weak { Verifier::danger_weak_secret } else { Verifier::new };
        let add = if is_weak { Verifier::and_danger_weak_secret } else { Verifier::and_secret };
        let it = others.try_fold(make(row.scheme(), first)?, add)?;
        let it = if any_time { it.danger_any_time() } else { it };
        let it = tolerance.into_iter().try_fold(it, Verifier::tolerance)?;
        let it = future_tolerance.into_iter().try_fold(it, Verifier::future_tolerance)?;
        Ok(body_limit.into_iter().map(size).fold(it, Verifier::body_limit))
    }

    /// The first, without which there is an empty one, and those beside which it is rotated.
    fn secrets(&self) -> (&[u8], impl Iterator<Item = &[u8]>) {
        let mut secrets = self.secrets.iter().map(|it| it.as_slice());
        (secrets.next().unwrap_or_default(), secrets)
    }
}

pub(crate) fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
