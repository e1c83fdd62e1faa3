//! For how long, and in which scope.

use core::error::Error;
use core::fmt;
use core::time::Duration;
use std::sync::Arc;

const LEASE: u32 = 60;
const KEEP: u32 = 7 * 24 * 60 * 60;

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) scope: Arc<[u8]>,
    pub(crate) lease: u32,
    pub(crate) keep: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { scope: Arc::new([]), lease: LEASE, keep: KEEP }
    }
}

impl Settings {
    pub(crate) fn with(self, lease: u32, keep: u32) -> Result<Self, SettingsError> {
        match (lease, keep) {
            (0, _) => Err(SettingsError::NoLease),
            (lease, keep) if lease >= keep => Err(SettingsError::LeaseNotBelowKeep),
            _ => Ok(Settings { lease, keep, ..self }),
        }
    }

    pub(crate) fn lease(&self) -> Duration {
        Duration::from_secs(self.lease.into())
    }

    pub(crate) fn keep(&self) -> Duration {
        Duration::from_secs(self.keep.into())
    }
}

/// A lease or a time to keep that cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SettingsError {
    /// A lease of 0 seconds would let two run at once.
    NoLease,
    /// A run must end before its delivery is forgotten.
    LeaseNotBelowKeep,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoLease => "a lease of 0 seconds would let two handlers run at once",
            Self::LeaseNotBelowKeep => "the lease must be shorter than what is kept",
        })
    }
}

impl Error for SettingsError {}
