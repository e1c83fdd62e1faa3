//! A row and its memory side by side, for code that keeps both in one value and gives them back.

use super::{OwnedScheme, SchemeMemory};
use crate::scheme::Scheme;

impl OwnedScheme {
    /// Memory that is filled with what [`row`](Self::row) needs.
    #[must_use]
    pub fn memory(&self) -> SchemeMemory<'_> {
        SchemeMemory { checks: self.checks() }
    }

    /// The row, over memory that [`memory`](Self::memory) has filled: as
    /// [`scheme`](Self::scheme), for a holder that cannot lend the memory for ever.
    ///
    /// ```
    /// use hookseal::{OwnedScheme, Verifier};
    ///
    /// let owned = OwnedScheme::from_toml("name = \"acme\"\nsignature = { header = \"acme-mac\" }")?;
    /// let memory = owned.memory();
    /// let row = owned.row(&memory);
    /// assert!(Verifier::new(&row, "a secret of at least 16 bytes").is_ok());
    /// # Ok::<(), hookseal::SchemeTextError>(())
    /// ```
    #[must_use]
    pub fn row<'a>(&'a self, memory: &'a SchemeMemory<'a>) -> Scheme<'a> {
        Scheme { checks: &memory.checks, ..self.without_checks() }
    }
}
