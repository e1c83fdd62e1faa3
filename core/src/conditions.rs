//! What must hold beside the signature: a claim, a hash of the body, a version.

use crate::content::{Content, Ours};
use crate::digest::Hasher;
use crate::error::Error;
use crate::facts::{Check, When};
use crate::template::Template;
use crate::value::Value;

impl<'r> Content<'r> {
    /// Every condition of the scheme. Asked after the signature has matched, so that a mismatch is
    /// only ever said of an authentic delivery.
    pub(crate) fn check_conditions(&self, ours: &Ours<'_>) -> Result<(), Error> {
        self.scheme().checks.iter().try_for_each(|check| self.check_condition(check, ours))
    }

    fn check_condition(&self, check: &Check<'r>, ours: &Ours<'_>) -> Result<(), Error> {
        let binds = check.equals.binds();
        let mismatch = if binds.body { Error::BodyHashMismatch } else { Error::ClaimMismatch };
        let value = check.source.one(self.request(), Error::MalformedField)?;
        let wanted = match check.when {
            When::Always => true,
            When::WithBody => !self.request().body.is_empty(),
            When::IfPresent => value.is_some(),
        };
        if binds.url {
            self.check_url()?;
        }
        match value {
            Some(value) if wanted => {
                self.equals(value, &check.equals, ours).then_some(()).ok_or(mismatch)
            }
            // An absent hash is not that of the body.
            None if wanted && binds.body => Err(mismatch),
            None if wanted => Err(Error::MissingField),
            Some(_) => Err(mismatch),
            None => Ok(()),
        }
    }

    /// Neither side needs to be in memory as a whole: their hashes are compared. Nothing is the
    /// same as a template without a byte, as one of an identity that the secret does not have.
    fn equals(&self, value: Value<'_>, template: &Template<'_>, ours: &Ours<'_>) -> bool {
        let (mut wanted, mut received, mut length) =
            (Hasher::default(), Hasher::default(), 0_usize);
        self.for_each_run_of(template, ours, &mut |run| {
            length = length.saturating_add(run.len());
            wanted.add(run);
        });
        value.for_each_run(&mut |run| received.add(run));
        length > 0 && wanted.finish() == received.finish()
    }
}
