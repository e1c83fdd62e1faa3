//! What verifiers, signers and explanations are made of: a row, its secrets, and limits.

use std::sync::Arc;

use hookseal::explain::{Explainer, Framework};
use hookseal::{KeyError, SetupError, Signer, Verifier as Core};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use zeroize::Zeroizing;

use crate::cells::Prepared;
use crate::failure::{Result, setup, unsigned};
use crate::request::{Arrived, lend};
use crate::row::{AnyRow, Row};
use crate::verifier::{Inside, Verifier};

/// The secrets are here for `sign` and `explain`, and wiped when they are no longer used.
#[napi]
pub struct Setup {
    row: AnyRow,
    secrets: Vec<Zeroizing<Vec<u8>>>,
    limits: Limits,
}

/// Options: what is not there is as the scheme has it.
#[napi(object, object_to_js = false)]
pub struct Limits {
    pub danger_weak_secret: bool,
    pub danger_any_time: bool,
    pub tolerance: Option<u32>,
    pub future_tolerance: Option<u32>,
    pub body_limit: Option<u32>,
}

#[napi]
impl Setup {
    #[napi(constructor, catch_unwind)]
    pub fn new(row: &Row, secrets: Vec<Uint8Array>, limits: Limits) -> Self {
        let secrets = secrets.iter().map(|it| Zeroizing::new(it.to_vec())).collect();
        Setup { row: row.0.clone(), secrets, limits }
    }

    #[napi(catch_unwind)]
    pub fn verifier(&self) -> Result<Verifier> {
        let core = Prepared::try_new(self.row.clone(), |row| self.prepare(row)).map_err(setup)?;
        Ok(Verifier(Arc::new(Inside { core, names: self.row.header_names() })))
    }

    /// The bare signature, and then name and value of each header in turn.
    #[napi(catch_unwind)]
    pub fn sign(&self, arrived: Arrived, event_id: Option<String>) -> Result<Vec<String>> {
        let secret = self.secrets.first().ok_or_else(|| setup(KeyError::EmptySecret))?.as_slice();
        let weak = self.limits.danger_weak_secret;
        let make = if weak { Signer::danger_weak_secret } else { Signer::new };
        let signer = make(self.row.get(), secret).map_err(setup)?;
        lend(&arrived, &[], |request, now| {
            let signed = signer.sign(request, event_id.as_deref(), now).map_err(unsigned)?;
            let headers = signed.headers().map(|(name, it)| [name.to_owned(), it.to_string()]);
            Ok([signed.signature().to_owned()].into_iter().chain(headers.flatten()).collect())
        })
    }

    /// The explanation as JSON, and as a report for people: with the signed content, and with
    /// colours, where that is asked for. So is, last, the signature that is expected.
    #[napi(catch_unwind)]
    pub fn explain(
        &self,
        arrived: Arrived,
        others: Vec<Uint8Array>,
        framework: Option<String>,
        (content, colours, shows_expected): (bool, bool, bool),
    ) -> (String, String, Option<String>) {
        let explainer = others.iter().fold(self.explainer(), Explainer::other_secret);
        let framework = framework.as_deref().and_then(Framework::by_name);
        let explainer = framework.into_iter().fold(explainer, Explainer::framework);
        lend(&arrived, &[], |request, now| {
            let found = explainer.explain(request, now);
            let report = if content { found.report().with_content() } else { found.report() };
            let expected = shows_expected.then(|| explainer.danger_expected_signature(request));
            (found.to_json(), report.coloured(colours).to_string(), expected.flatten())
        })
    }

    fn prepare<'a>(&self, row: &'a AnyRow) -> core::result::Result<Core<'a>, SetupError> {
        let limits = &self.limits;
        let (first, others) = self.secrets.split_first().ok_or(KeyError::EmptySecret)?;
        let weak = limits.danger_weak_secret;
        let make = if weak { Core::danger_weak_secret } else { Core::new };
        let add = if weak { Core::and_danger_weak_secret } else { Core::and_secret };
        let core = others.iter().try_fold(make(row.get(), first)?, add)?;
        let core = if limits.danger_any_time { core.danger_any_time() } else { core };
        let core = limits.tolerance.into_iter().try_fold(core, Core::tolerance)?;
        let core = limits.future_tolerance.into_iter().try_fold(core, Core::future_tolerance)?;
        Ok(limits.body_limit.into_iter().map(bytes).fold(core, Core::body_limit))
    }

    fn explainer(&self) -> Explainer<'_> {
        let limits = &self.limits;
        let mut secrets = self.secrets.iter().map(|it| it.as_slice());
        let it = Explainer::new(self.row.get(), secrets.next().unwrap_or_default());
        let it = secrets.fold(it, Explainer::and_secret);
        let it = if limits.danger_weak_secret { it.danger_weak_secrets() } else { it };
        let it = if limits.danger_any_time { it.danger_any_time() } else { it };
        let it = limits.tolerance.into_iter().fold(it, Explainer::tolerance);
        let it = limits.future_tolerance.into_iter().fold(it, Explainer::future_tolerance);
        limits.body_limit.into_iter().map(bytes).fold(it, Explainer::body_limit)
    }
}

fn bytes(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
