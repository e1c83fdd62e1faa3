//! How long an entry waits between its tries.

use core::hash::{BuildHasher, Hasher};
use core::time::Duration;
use std::hash::RandomState;

/// The wait after a try that failed: doubled each time up to the most, and then somewhere between
/// half of that and all of it, so that what failed together does not come again together.
///
/// ```
/// use hookseal_service::BackOff;
/// use std::time::Duration;
///
/// let back_off = BackOff::new(Duration::from_secs(5), Duration::from_secs(3600));
/// let third = back_off.after(3);
/// assert!(third >= Duration::from_secs(10) && third <= Duration::from_secs(20));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackOff {
    first: Duration,
    most: Duration,
}

impl BackOff {
    /// The first wait, and the longest.
    #[must_use]
    pub const fn new(first: Duration, most: Duration) -> Self {
        BackOff { first, most }
    }

    /// The wait after the try of this number, from 1.
    #[must_use]
    pub fn after(&self, tries: u32) -> Duration {
        let doubled = 1_u32.checked_shl(tries.saturating_sub(1)).unwrap_or(u32::MAX);
        let whole = self.first.saturating_mul(doubled).min(self.most);
        let half = whole.checked_div(2).unwrap_or_default();
        whole.saturating_sub(half.mul_f64(fraction()))
    }
}

/// From 5 seconds to an hour.
impl Default for BackOff {
    fn default() -> Self {
        BackOff::new(Duration::from_secs(5), Duration::from_secs(3600))
    }
}

/// Anything from 0 to 1: each `RandomState` hashes with other keys.
fn fraction() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    let top = u32::try_from(random >> 32).unwrap_or_default();
    f64::from(top) / f64::from(u32::MAX)
}
