//! One test for each public thread about a refused delivery that can be rebuilt, named after its
//! repository and number. What is taken from a thread is what its setup did to the delivery; the
//! texts are our own. Each delivery is signed as its provider does it and verifies as it was sent,
//! is then changed as it was there, and the first cause must be the one that was found in the end:
//! proved, where the change can be undone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects)]

mod bytes;
mod parsed;
mod places;
#[path = "../sender/secrets.rs"]
#[allow(dead_code, reason = "pairs of keys alone are needed")]
mod secrets;
mod sent;
#[path = "../support/mod.rs"]
mod support;
mod times;
mod wrong_secret;
