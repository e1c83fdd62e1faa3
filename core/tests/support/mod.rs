//! What the test programs share. Nothing here reads a row or calls the crate.
#![allow(dead_code, reason = "each test program uses a part of it")]

pub(crate) mod dice;
pub(crate) mod text;
