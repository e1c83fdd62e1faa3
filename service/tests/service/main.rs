//! The crate against real servers, which are started here: PostgreSQL, Redis, and axum over
//! loopback. A server that cannot be started fails the tests that need it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, missing_docs, unreachable_pub)]

mod claims;
mod deliveries;
mod down;
mod histories;
mod history;
mod http;
mod inbox;
mod inboxes;
mod layer;
mod linear;
mod memory;
mod naive;
mod receiver;
mod seen;
mod servers;
mod stores;
mod texts;
mod within;
mod worker;
mod wrong;
