//! The explainer: the walk, and then the causes.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::steps::Recorder;
use super::trial::Trial;
use super::{
    CauseCode, Certainty, Explanation, Fingerprint, Framework, SignedContent, Verdict, bodies,
    framework, headers, rows, secrets, signs, times, urls,
};
use crate::error::{Error, SchemeError, SetupError};
use crate::request::Request;
use crate::scheme::Scheme;
use crate::time::{UnixTime, Window};
use crate::verifier::Verifier;
use crate::walk::Probe;

/// Explains deliveries of one scheme: what [`Verifier`] does, with the reasons. It holds the
/// secrets as they were given, because a fault may be in how they are spelled.
pub struct Explainer<'s> {
    pub(super) scheme: &'s Scheme<'s>,
    pub(super) secrets: Vec<&'s [u8]>,
    pub(super) others: Vec<&'s [u8]>,
    weak: bool,
    tolerance: Option<u32>,
    future_tolerance: Option<u32>,
    any_time: bool,
    body_limit: Option<usize>,
    framework: Option<Framework>,
}

impl<'s> Explainer<'s> {
    /// With one secret, as the verifier that refuses has it. A secret that cannot be used is no
    /// error here: it is what is explained.
    #[must_use]
    pub fn new(scheme: &'s Scheme<'s>, secret: &'s (impl AsRef<[u8]> + ?Sized)) -> Self {
        Explainer {
            scheme,
            secrets: [secret.as_ref()].into(),
            others: Vec::new(),
            weak: false,
            tolerance: None,
            future_tolerance: None,
            any_time: false,
            body_limit: None,
            framework: None,
        }
    }

    /// One more secret of the verifier, while secrets are rotated.
    #[must_use]
    pub fn and_secret(mut self, secret: &'s (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.secrets.push(secret.as_ref());
        self
    }

    /// A secret that you hold but that the verifier does not have: of another endpoint, of the test
    /// mode. If the delivery verifies under it, that is the cause.
    #[must_use]
    pub fn other_secret(mut self, secret: &'s (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.others.push(secret.as_ref());
        self
    }

    /// Secrets may be shorter than 16 bytes, as with
    /// [`Verifier::danger_weak_secret`](Verifier::danger_weak_secret).
    #[must_use]
    pub const fn danger_weak_secrets(mut self) -> Self {
        self.weak = true;
        self
    }

    /// As [`Verifier::tolerance`].
    #[must_use]
    pub const fn tolerance(mut self, seconds: u32) -> Self {
        self.tolerance = Some(seconds);
        self
    }

    /// As [`Verifier::future_tolerance`].
    #[must_use]
    pub const fn future_tolerance(mut self, seconds: u32) -> Self {
        self.future_tolerance = Some(seconds);
        self
    }

    /// As [`Verifier::danger_any_time`].
    #[must_use]
    pub const fn danger_any_time(mut self) -> Self {
        self.any_time = true;
        self
    }

    /// As [`Verifier::body_limit`].
    #[must_use]
    pub const fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = Some(bytes);
        self
    }

    /// The framework that receives the delivery, so that the fix names its raw body.
    #[must_use]
    pub const fn framework(mut self, framework: Framework) -> Self {
        self.framework = Some(framework);
        self
    }

    /// Explains one delivery at a given time. The verdict is that of
    /// [`Verifier::verify`] with the same secrets and window.
    #[must_use]
    pub fn explain(&self, request: &Request<'_>, now: UnixTime) -> Explanation {
        let mut recorder = Recorder::default();
        let (verdict, window) = match self.verifier() {
            Ok(verifier) => {
                let probe: &mut dyn Probe = &mut recorder;
                let walked = verifier.walk(request, now, probe);
                (walked.map_or_else(Verdict::Refused, |_| Verdict::Verified), verifier.window)
            }
            Err(error) => (Verdict::Unusable(error), Window { past: None, future: None }),
        };
        let mut trial = Trial::new(self);
        let mut found = Explanation {
            scheme: self.scheme.name.into(),
            verdict,
            steps: recorder.steps(self.scheme, verdict, request, (window, now)),
            signed: trial.content(request).map(|it| SignedContent::of(&it)).unwrap_or_default(),
            secrets: self.secrets.iter().map(|secret| Fingerprint::of(secret)).collect(),
            causes: Vec::new(),
            excluded: Vec::new(),
            trials: 0,
        };
        let sent_at = recorder.sent_at();
        self.find(request, (sent_at, now), &mut trial, &mut found);
        found.trials = trial.count();
        found
    }

    /// The signature that would verify, as it is spelled; of the first secret. Whoever has it can
    /// forge this delivery: show it to nobody, and write it into no log. `None` where it cannot be
    /// made: of a public key, or where the delivery lacks what is signed.
    #[must_use]
    pub fn danger_expected_signature(&self, request: &Request<'_>) -> Option<String> {
        Trial::new(self).expected(request)
    }

    /// The verifier that refuses.
    fn verifier(&self) -> Result<Verifier<'s>, SetupError> {
        let (first, others) = self.secrets.split_first().ok_or(SchemeError::MissingSource)?;
        let mut verifier = match self.weak {
            false => Verifier::new(self.scheme, first)?,
            true => Verifier::danger_weak_secret(self.scheme, first)?,
        };
        for secret in others {
            verifier = match self.weak {
                false => verifier.and_secret(secret)?,
                true => verifier.and_danger_weak_secret(secret)?,
            };
        }
        if let Some(seconds) = self.tolerance {
            verifier = verifier.tolerance(seconds)?;
        }
        if let Some(seconds) = self.future_tolerance {
            verifier = verifier.future_tolerance(seconds)?;
        }
        if self.any_time {
            verifier = verifier.danger_any_time();
        }
        let limit = self.body_limit.unwrap_or(verifier.body_limit);
        Ok(verifier.body_limit(limit))
    }

    /// Finds the causes: those that can be proved, else those of which there are signs.
    fn find(
        &self,
        request: &Request<'_>,
        (sent_at, now): (Option<UnixTime>, UnixTime),
        trial: &mut Trial<'_, 's>,
        found: &mut Explanation,
    ) {
        match found.verdict {
            Verdict::Verified => return,
            Verdict::Refused(Error::TimestampTooOld | Error::TimestampTooNew) => {
                let verifier = self.verifier().ok();
                let at = |now| verifier.as_ref().is_some_and(|it| it.verify(request, now).is_ok());
                times::find(self.scheme, (sent_at, now), &at, found);
            }
            _ => self.prove(request, trial, found),
        }
        if !found.causes.is_empty() {
            found.excluded.clear();
        }
        if found.causes.is_empty() {
            signs::find(self, request, found);
        }
        if found.causes.is_empty() {
            found.add(
                CauseCode::NoCauseFound,
                Certainty::Unknown,
                CauseCode::NoCauseFound.meaning(),
            );
        }
        for cause in &mut found.causes {
            framework::complete(cause, self.framework);
        }
    }

    /// Tries the causes, the cheap and the plain ones first, until one is proved. Where the delivery
    /// as it is verifies, refused for its size or for a secret that is not used, no change can prove
    /// anything.
    fn prove(&self, request: &Request<'_>, trial: &mut Trial<'_, 's>, found: &mut Explanation) {
        let _ = trial.accepts(request)
            || rows::prove_kin(self, request, trial, found)
            || secrets::prove(self, request, trial, found)
            || headers::prove(self, request, trial, found)
            || urls::prove(self, request, trial, found)
            || bodies::prove(request, trial, found)
            || rows::prove(self, request, trial, found);
    }
}

/// No secret in a log.
impl fmt::Debug for Explainer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explainer")
            .field("scheme", &self.scheme.name)
            .field("secrets", &self.secrets.len())
            .field("other_secrets", &self.others.len())
            .finish_non_exhaustive()
    }
}
