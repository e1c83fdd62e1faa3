//! How much of an explanation's work the changes of one kind may use.

use crate::explain::trial::MAX_HASHED;

/// How many of them may still be tried. Of a large body few may: the next kind has its share too.
pub(in crate::explain) struct Budget {
    left: usize,
}

/// One part in so many of what an explanation may hash.
const SHARE: usize = MAX_HASHED / 4;

/// So many are tried however large the body is.
const AT_LEAST: usize = 2;

impl Budget {
    /// For `most` trials, where each hashes so many bytes.
    pub(in crate::explain) fn new(most: usize, bytes: usize) -> Self {
        let fit = SHARE.checked_div(bytes).unwrap_or(most);
        Budget { left: most.min(fit.max(AT_LEAST)) }
    }

    /// One trial more, where there may be one.
    pub(in crate::explain) fn take(&mut self) -> bool {
        let left = self.left.checked_sub(1);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    /// Whether no trial is left.
    pub(in crate::explain) const fn is_over(&self) -> bool {
        self.left == 0
    }
}
