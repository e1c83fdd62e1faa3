//! Explaining, seen from outside: deliveries are signed right, one thing is broken as frameworks,
//! gateways and people break it, and the cause that is named must be the one that was made. What is
//! here is written from the list of causes alone; it shares no code with what finds them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod breaking;
mod coding;
mod confusion;
mod delivery;
mod fault;
mod hidden;
mod leaks;
mod nothing;
mod provider;
mod random;
#[path = "../reference/mod.rs"]
mod reference;
#[path = "../sender/mod.rs"]
mod sender;
#[path = "../support/mod.rs"]
mod support;
mod tree;
mod verdict;
