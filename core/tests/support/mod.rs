//! What the test programs share. Nothing here reads a row or calls the crate.

pub(crate) mod dice;
