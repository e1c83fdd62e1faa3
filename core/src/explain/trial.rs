//! Trying a change: whether the delivery verifies with it.

use alloc::string::{String, ToString};

use super::Explainer;
use crate::content::{Content, Ours};
use crate::facts::Encoding;
#[cfg(feature = "jwt")]
use crate::jws::Jws;
use crate::request::Request;
use crate::scheme::Scheme;
#[cfg(feature = "jwt")]
use crate::signatures::Signatures;
use crate::time::UnixTime;
use crate::verifier::{MAX_SECRETS, Verifier};
use crate::walk::Probe;

/// Most changes that one explanation tries: each costs at most one MAC a secret, or two where the
/// scheme has a second reading.
pub const MAX_TRIALS: u32 = 4096;

/// Most bytes that all trials together hash: 128 MiB.
pub const MAX_HASHED: usize = 128 << 20;

/// Largest body to which changes are tried: 4 MiB.
pub const MAX_BODY: usize = 4 << 20;

/// What may still be tried for one delivery, and the secrets that it is tried with.
pub(super) struct Trial<'e, 's> {
    explainer: &'e Explainer<'s>,
    /// Of all secrets that can be used, without a window; none where there are none.
    verifier: Option<Verifier<'s>>,
    left: u32,
    bytes: Bytes,
}

impl<'e, 's> Trial<'e, 's> {
    pub(super) fn new(explainer: &'e Explainer<'s>) -> Self {
        let verifier = verifier_of(explainer.scheme, &explainer.secrets);
        Trial { explainer, verifier, left: MAX_TRIALS, bytes: Bytes(MAX_HASHED) }
    }

    /// Whether a request verifies under the secrets.
    pub(super) fn accepts(&mut self, request: &Request<'_>) -> bool {
        let Some(verifier) = self.verifier.take() else { return false };
        let accepted = self.verifies(&verifier, request);
        self.verifier = Some(verifier);
        accepted
    }

    /// Whether a request verifies by another scheme under the secrets.
    pub(super) fn accepts_by(&mut self, scheme: &Scheme<'_>, request: &Request<'_>) -> bool {
        let verifier = verifier_of(scheme, &self.explainer.secrets);
        verifier.is_some_and(|verifier| self.verifies(&verifier, request))
    }

    /// Whether a request verifies under another secret; by the scheme, or by one with another
    /// format of its key.
    pub(super) fn accepts_under(
        &mut self,
        scheme: &Scheme<'_>,
        secret: &[u8],
        request: &Request<'_>,
    ) -> bool {
        let verifier = verifier_of(scheme, &[secret]);
        verifier.is_some_and(|verifier| self.verifies(&verifier, request))
    }

    fn verifies(&mut self, verifier: &Verifier<'_>, request: &Request<'_>) -> bool {
        if self.is_spent() {
            return false;
        }
        self.left = self.left.saturating_sub(1);
        let bytes: &mut dyn Probe = &mut self.bytes;
        verifier.walk(request, ANY_TIME, bytes).is_ok()
    }

    /// Whether the work that an explanation may cost is done.
    pub(super) const fn is_spent(&self) -> bool {
        self.left == 0 || self.bytes.0 == 0
    }

    /// How many changes were tried.
    pub(super) const fn count(&self) -> u32 {
        MAX_TRIALS.saturating_sub(self.left)
    }

    /// The content of a request, whose signature need not be there, but where it is a JWS.
    pub(super) fn content<'r>(&self, request: &Request<'r>) -> Option<Content<'r>>
    where
        's: 'r,
    {
        let scheme = self.explainer.scheme;
        let verifier = Verifier::empty(scheme).ok()?;
        #[cfg(feature = "jwt")]
        if scheme.is_jws() {
            let mut signatures = Signatures::none();
            signatures.find(scheme, request).ok()?;
            let jws = Jws::read(signatures.only()?, scheme)?;
            return verifier.content(&request.with(jws)).ok();
        }
        verifier.content(request).ok()
    }

    /// The signature of a request under the first secret, as it is spelled. None of a public key,
    /// of a token, or of a JWS.
    pub(super) fn expected(&self, request: &Request<'_>) -> Option<String> {
        let scheme = self.explainer.scheme;
        let verifier = self.verifier.as_ref()?;
        if scheme.algorithm.is_public_key() || scheme.is_token() || scheme.is_jws() {
            return None;
        }
        let (key, id) = verifier.secret(0)?;
        let content = verifier.content(request).ok()?;
        let spelled = key.tag(&content, &Ours::id(id), &mut 0).spell(scheme.encoding);
        Some(match scheme.encoding {
            Encoding::Base64OfHex => spelled.in_base64().text().to_string(),
            _ => spelled.text().to_string(),
        })
    }
}

/// Any moment: what is tried has no window.
const ANY_TIME: UnixTime = UnixTime::from_secs(0);

/// A verifier of those of the secrets that can be used, however short, without a window.
fn verifier_of<'s>(scheme: &'s Scheme<'s>, secrets: &[&[u8]]) -> Option<Verifier<'s>> {
    let one = |secret: &&&[u8]| Verifier::danger_weak_secret(scheme, secret).is_ok();
    let mut usable = secrets.iter().filter(one).take(MAX_SECRETS);
    let first = Verifier::danger_weak_secret(scheme, usable.next()?).ok()?;
    let all = usable.try_fold(first, |verifier, secret| verifier.and_danger_weak_secret(secret));
    Some(all.ok()?.danger_any_time().body_limit(usize::MAX))
}

/// How many bytes may still be hashed.
struct Bytes(usize);

impl Probe for Bytes {
    fn hashed(&mut self, bytes: usize) {
        self.0 = self.0.saturating_sub(bytes);
    }
}
