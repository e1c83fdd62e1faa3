//! Claims in Redis or Valkey.

use core::fmt;
use core::time::Duration;
use std::sync::LazyLock;

use ::redis::aio::ConnectionLike;
use ::redis::{RedisError, Script, Value};

use crate::claims::Claims;
use crate::store::{Digest, Key, Pending, Settle, Store, StoreError, Verdict};

/// Claims in Redis or Valkey. What it has written it can lose: at a failover, and in a crash all
/// since the last time it wrote to its disk. A delivery of that time is handled again when it comes
/// again. Where that costs money, use a database.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use hookseal_service::RedisClaims;
/// let client = redis::Client::open("redis://127.0.0.1/")?;
/// let claims = RedisClaims::new(client.get_multiplexed_async_connection().await?);
/// # Ok(())
/// # }
/// ```
///
/// Any connection will do that can be cloned: `redis::aio::ConnectionManager` connects again by
/// itself.
pub type RedisClaims<C> = Claims<RedisStore<C>>;

impl<C: ConnectionLike + Clone + Send + Sync + 'static> RedisClaims<C> {
    /// Claims under keys that begin with `hookseal:`.
    #[must_use]
    pub fn new(connection: C) -> Self {
        Self::with_prefix(connection, "hookseal:")
    }

    /// Claims under keys that begin as you say.
    #[must_use]
    pub fn with_prefix(connection: C, prefix: &str) -> Self {
        Claims::over(RedisStore { connection, prefix: prefix.to_owned() })
    }
}

/// The store of [`RedisClaims`].
pub struct RedisStore<C> {
    connection: C,
    prefix: String,
}

static CLAIM: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("../texts/redis/claim.lua")));
static SETTLE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("../texts/redis/settle.lua")));

impl<C: ConnectionLike + Clone + Send + Sync + 'static> Store for RedisStore<C> {
    fn claim<'a>(
        &'a self,
        key: &'a Key,
        digest: Option<&'a Digest>,
        lease: Duration,
        keep: Duration,
    ) -> Pending<'a, Verdict> {
        Box::pin(async move {
            let mut connection = self.connection.clone();
            let mut call = CLAIM.key(self.key(key));
            call.arg(digest.map_or(&[][..], <[u8; 32]>::as_slice)).arg(millis(lease));
            let told = call.arg(millis(keep)).invoke_async(&mut connection).await;
            verdict(&told.map_err(unavailable)?).ok_or_else(|| StoreError::unavailable(NOT_OURS))
        })
    }

    fn settle<'a>(&'a self, key: &'a Key, fence: i64, settle: Settle) -> Pending<'a, bool> {
        let (what, time) = match settle {
            Settle::Complete { keep } => ("complete", millis(keep)),
            Settle::Extend { lease } => ("extend", millis(lease)),
            Settle::Release => ("release", 0),
        };
        Box::pin(async move {
            let mut connection = self.connection.clone();
            let mut call = SETTLE.key(self.key(key));
            call.arg(fence)
                .arg(what)
                .arg(time)
                .invoke_async(&mut connection)
                .await
                .map_err(unavailable)
        })
    }
}

impl<C> RedisStore<C> {
    fn key(&self, key: &Key) -> Vec<u8> {
        [self.prefix.as_bytes(), key].concat()
    }
}

const NOT_OURS: &str = "the script gave what it never gives";

/// What the script gives: its first word, and a number behind some.
fn verdict(told: &Value) -> Option<Verdict> {
    let Value::Array(told) = told else { return None };
    let (word, number) = match told.as_slice() {
        [Value::BulkString(word)] => (word.as_slice(), 0),
        [Value::BulkString(word), Value::Int(number)] => (word.as_slice(), *number),
        _ => return None,
    };
    Some(match word {
        b"run" => Verdict::Run { fence: number },
        b"done" => Verdict::Done,
        b"busy" => Verdict::Busy { left: Duration::from_millis(u64::try_from(number).ok()?) },
        b"conflict" => Verdict::Conflict { is_done: number == 1 },
        _ => return None,
    })
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn unavailable(error: RedisError) -> StoreError {
    StoreError::unavailable(error)
}

impl<C> fmt::Debug for RedisStore<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisStore")
    }
}
