//! What must hold beside the signature: a claim, a hash of the body, a version.

use crate::content::{Content, Halves};
use crate::digest::Hasher;
use crate::error::Error;
use crate::facts::{Check, When};
use crate::template::Template;
use crate::value::Value;

impl<'r> Content<'r> {
    /// Every condition of the scheme. Asked after the signature has matched, so that a mismatch is
    /// only ever said of an authentic delivery.
    pub(crate) fn check_conditions(&self, halves: Halves<'_>) -> Result<(), Error> {
        self.scheme().checks.iter().try_for_each(|check| self.check_condition(check, halves))
    }

    fn check_condition(&self, check: &Check<'r>, halves: Halves<'_>) -> Result<(), Error> {
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
                self.equals(value, &check.equals, halves).then_some(()).ok_or(mismatch)
            }
            None if wanted => Err(Error::MissingField),
            Some(_) => Err(mismatch),
            None => Ok(()),
        }
    }

    /// Neither side needs to be in memory as a whole: their hashes are compared. Nothing is the
    /// same as a template without a byte, as one of an identity that the secret does not have.
    fn equals(&self, value: Value<'_>, template: &Template<'_>, halves: Halves<'_>) -> bool {
        let (mut ours, mut theirs, mut length) = (Hasher::default(), Hasher::default(), 0_usize);
        self.for_each_run_of(template, halves, &mut |run| {
            length = length.saturating_add(run.len());
            ours.add(run);
        });
        value.for_each_run(&mut |run| theirs.add(run));
        length > 0 && ours.finish() == theirs.finish()
    }
}
