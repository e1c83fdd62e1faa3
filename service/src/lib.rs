//! Webhook deliveries in a Rust service: verified before a handler sees them, and handled once.
//!
#![cfg_attr(
    all(feature = "axum", feature = "sqlite", feature = "postgres", feature = "redis"),
    doc = include_str!("../README.md")
)]
//!
//! # Features
//! None is on by default; claims in memory are always there.
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `tower` | `Receiver::layer` |
//! | `axum` | the same with axum: the peer's address, and the extractor `Verified` |
//! | `sqlite` | `SqliteClaims`, `Inbox::sqlite` |
//! | `postgres` | `PostgresClaims`, `Inbox::postgres` |
//! | `redis` | `RedisClaims` |

#[cfg(feature = "axum")]
mod axum;
mod claim;
mod claimable;
mod claims;
mod guard;
#[cfg(feature = "sqlx")]
mod inbox;
#[cfg(feature = "tower")]
mod layer;
mod memory;
#[cfg(feature = "postgres")]
mod postgres;
mod receiver;
#[cfg(feature = "redis")]
mod redis;
mod settings;
#[cfg(feature = "sqlx")]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;

pub use claim::{Claim, Handled, InTransaction, Run};
pub use claimable::Claimable;
pub use claims::Claims;
#[cfg(feature = "sqlx")]
pub use inbox::{BackOff, Entry, Failure, Inbox, InboxWorker, Listed, Put, State};
#[cfg(feature = "tower")]
pub use layer::{Peer, ReceiverLayer, ReceiverService, Verified};
pub use memory::{MemoryClaims, MemoryStore};
#[cfg(feature = "postgres")]
pub use postgres::{PostgresClaims, PostgresStore};
pub use receiver::{Answer, Head, Outcome, Receiver, ReceiverBuilder, Report, Row, StartError};
#[cfg(feature = "redis")]
pub use redis::{RedisClaims, RedisStore};
pub use settings::SettingsError;
#[cfg(feature = "sqlite")]
pub use sqlite::{SqliteClaims, SqliteStore};
pub use store::{Digest, Key, Pending, Settle, Store, StoreError, Verdict};
