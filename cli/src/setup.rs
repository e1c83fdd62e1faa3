//! From flags to a scheme, a verifier, a signer.

use std::path::PathBuf;

use clap::Args;
use hookseal::explain::Explainer;
use hookseal::{KeyError, MAX_SECRETS, Scheme, SetupError, Signer, UnixTime, Verifier, providers};

use crate::custom;
use crate::input;
use crate::output::Failure;
use crate::secret::Secrets;
use crate::sign::takes_private_key;
use crate::text::printable;

/// Whose deliveries, and under which secrets.
#[derive(Args)]
pub(crate) struct KeyArgs {
    #[command(flatten)]
    scheme: SchemeArgs,
    #[command(flatten)]
    pub(crate) secrets: Secrets,
}

/// Whose deliveries: a built-in row, or one of the user's own.
#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct SchemeArgs {
    /// Whose deliveries: a name that `hookseal providers` lists
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// A scheme of your own in place of a provider: a file that `hookseal lint` checks
    #[arg(long, value_name = "FILE")]
    scheme: Option<PathBuf>,
}

impl SchemeArgs {
    pub(crate) fn is_given(&self) -> bool {
        self.provider.is_some() || self.scheme.is_some()
    }

    pub(crate) fn read(&self) -> Result<&'static Scheme<'static>, Failure> {
        match (&self.provider, &self.scheme) {
            (Some(name), _) => scheme(name),
            // Standard input is for the delivery.
            (None, Some(path)) if input::is_stdin(path) => {
                Err(Failure::usage("--scheme takes a file, not standard input"))
            }
            (None, Some(path)) => custom::read(path),
            (None, None) => {
                Err(Failure::usage("--provider <NAME> or --scheme <FILE> must be given"))
            }
        }
    }
}

/// How far a delivery's time may lie from now.
#[derive(Args, Clone)]
pub(crate) struct WindowArgs {
    /// How far the delivery's time may lie in the past [default: the provider's]
    #[arg(long, value_name = "SECONDS")]
    tolerance: Option<u32>,
    /// How far the delivery's time may lie in the future [default: the provider's]
    #[arg(long, value_name = "SECONDS")]
    future_tolerance: Option<u32>,
    /// Check no window at all: anyone who has seen a delivery can send it again
    #[arg(long, conflicts_with_all = ["tolerance", "future_tolerance"])]
    pub(crate) danger_any_time: bool,
}

/// The time to judge by.
#[derive(Args)]
pub(crate) struct NowArgs {
    /// The time in Unix seconds [default: this machine's clock]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(0..=100_000_000_000))]
    now: Option<i64>,
}

impl NowArgs {
    /// The time that was given, or that of the clock whenever it is asked.
    pub(crate) fn clock(&self) -> Option<UnixTime> {
        self.now.map(UnixTime::from_secs)
    }

    pub(crate) fn time(&self) -> UnixTime {
        self.now.map_or_else(UnixTime::now, UnixTime::from_secs)
    }
}

/// The row of a provider.
pub(crate) fn scheme(name: &str) -> Result<&'static Scheme<'static>, Failure> {
    providers::by_name(name).map_err(|error| {
        let nearest = nearest(name).join(", ");
        Failure::new(
            error.code(),
            format!("{error}; the nearest are {nearest}, and `hookseal providers` lists all"),
        )
    })
}

impl KeyArgs {
    pub(crate) fn scheme(&self) -> Result<&'static Scheme<'static>, Failure> {
        self.scheme.read()
    }

    pub(crate) fn verifier(
        &self,
        scheme: &'static Scheme<'static>,
        secrets: &[Vec<u8>],
        window: &WindowArgs,
    ) -> Result<Verifier<'static>, Failure> {
        let verifier = verifier(scheme, secrets, self.secrets.allow_weak)
            .map_err(|(error, at)| which(error, at, secrets.len()))?;
        window.apply(verifier)
    }
}

impl WindowArgs {
    /// The same window for an explainer.
    pub(crate) fn explain<'s>(&self, mut explainer: Explainer<'s>) -> Explainer<'s> {
        if let Some(seconds) = self.tolerance {
            explainer = explainer.tolerance(seconds);
        }
        if let Some(seconds) = self.future_tolerance {
            explainer = explainer.future_tolerance(seconds);
        }
        if self.danger_any_time { explainer.danger_any_time() } else { explainer }
    }

    fn apply<'s>(&self, mut verifier: Verifier<'s>) -> Result<Verifier<'s>, Failure> {
        if let Some(seconds) = self.tolerance {
            verifier = verifier.tolerance(seconds)?;
        }
        if let Some(seconds) = self.future_tolerance {
            verifier = verifier.future_tolerance(seconds)?;
        }
        Ok(if self.danger_any_time { verifier.danger_any_time() } else { verifier })
    }
}

/// A verifier of some secrets, or what is wrong with which of them.
pub(crate) fn verifier<'s>(
    scheme: &'s Scheme<'s>,
    secrets: &[impl AsRef<[u8]>],
    weak: bool,
) -> Result<Verifier<'s>, (SetupError, usize)> {
    let mut made: Option<Verifier<'s>> = None;
    for (at, secret) in secrets.iter().enumerate() {
        let next = match (made, weak) {
            (None, false) => Verifier::new(scheme, secret),
            (None, true) => Verifier::danger_weak_secret(scheme, secret),
            (Some(verifier), false) => verifier.and_secret(secret),
            (Some(verifier), true) => verifier.and_danger_weak_secret(secret),
        };
        made = Some(next.map_err(|error| (error, at))?);
    }
    made.ok_or((KeyError::EmptySecret.into(), 0))
}

fn which(error: SetupError, at: usize, count: usize) -> Failure {
    let failure = Failure::from(error);
    if count == 1 || error == SetupError::Key(KeyError::TooManySecrets) || count > MAX_SECRETS {
        return failure;
    }
    let message = format!("secret {} of {count}: {}", at.saturating_add(1), failure.message);
    Failure { message, ..failure }
}

/// A signer of one secret.
pub(crate) fn signer<'s>(
    scheme: &'s Scheme<'s>,
    secret: &'s [u8],
    weak: bool,
) -> Result<Signer<'s>, Failure> {
    let make = if weak { Signer::danger_weak_secret } else { Signer::new };
    make(scheme, secret).map_err(|error| {
        let failure = Failure::from(error);
        let is_key = matches!(error, SetupError::Key(_)) && takes_private_key(scheme);
        let hint = if is_key { "; this provider signs with the private key" } else { "" };
        Failure { message: failure.message + hint, ..failure }
    })
}

/// The three names that are most like `name`.
fn nearest(name: &str) -> Vec<&'static str> {
    let name = printable(name, 40).to_ascii_lowercase();
    let mut names: Vec<&str> = providers::ALL.iter().map(|row| row.name).collect();
    names.sort_by_key(|other| {
        let within = other.contains(&name) || name.contains(other);
        (if within { 1 } else { edits(&name, other) }, *other)
    });
    names.truncate(3);
    names
}

/// How many letters must be added, dropped or changed to make one text of the other.
fn edits(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut corner = at;
        let mut left = at.saturating_add(1);
        let mut next = vec![left];
        for (above, wanted) in row.iter().skip(1).zip(other.chars()) {
            let changed = corner.saturating_add(usize::from(letter != wanted));
            left = changed.min(above.saturating_add(1)).min(left.saturating_add(1));
            corner = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("abc", ""), 3);
        assert_eq!(edits("stripe", "stripe"), 0);
    }

    #[test]
    fn a_slip_of_the_finger_finds_its_provider() {
        assert_eq!(nearest("strpe").first(), Some(&"stripe"));
        assert_eq!(nearest("GitHub-App").first(), Some(&"github"));
        assert_eq!(nearest("").len(), 3);
    }
}
