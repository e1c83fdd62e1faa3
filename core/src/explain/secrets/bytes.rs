//! Bytes of a secret.

use alloc::vec::Vec;
use core::ops::Deref;

use zeroize::Zeroize;

/// Bytes that are wiped when they are dropped.
pub(in crate::explain) struct Bytes(Vec<u8>);

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes(bytes)
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
    }
}
