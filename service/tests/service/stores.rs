//! The same tests over every store.

use std::time::Duration;

use hookseal_service::{Claims, MemoryClaims, PostgresClaims, RedisClaims, SqliteClaims, Store};
use redis::aio::ConnectionManager;

use crate::servers;

/// Runs a test over every store: `async fn test(place: impl Place)`.
macro_rules! over_every_store {
    ($($test:ident)+) => {$(
        mod $test {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn memory() {
                super::$test($crate::stores::Memory::new()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$test($crate::stores::Sqlite::new().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                super::$test($crate::stores::Postgres::new().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn redis() {
                super::$test($crate::stores::Redis::new().await).await;
            }
        }
    )+};
}
pub(crate) use over_every_store;

/// A store, and a hold on its clock.
pub trait Place {
    type Store: Store;

    fn claims(&self) -> Claims<Self::Store>;

    /// Lets all that is stored grow older by so much.
    async fn age(&self, by: Duration);
}

pub struct Memory {
    claims: MemoryClaims,
    ahead: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Memory {
    pub fn new() -> Self {
        let ahead = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
        let (start, more) = (std::time::Instant::now(), ahead.clone());
        let clock = move || {
            let ahead = more.load(std::sync::atomic::Ordering::SeqCst);
            start.elapsed() + Duration::from_millis(ahead)
        };
        let store = hookseal_service::MemoryStore::with_clock(100_000, clock);
        Memory { claims: Claims::over(store), ahead }
    }
}

impl Place for Memory {
    type Store = hookseal_service::MemoryStore;

    fn claims(&self) -> MemoryClaims {
        self.claims.clone()
    }

    async fn age(&self, by: Duration) {
        let by = by.as_millis().try_into().unwrap();
        self.ahead.fetch_add(by, std::sync::atomic::Ordering::SeqCst);
    }
}

pub struct Sqlite {
    pub pool: sqlx::SqlitePool,
    pub claims: SqliteClaims,
    _file: servers::File,
}

impl Sqlite {
    pub async fn new() -> Self {
        let (pool, file) = servers::sqlite().await;
        let claims = SqliteClaims::new(pool.clone());
        claims.setup().await.unwrap();
        Sqlite { pool, claims, _file: file }
    }
}

impl Place for Sqlite {
    type Store = hookseal_service::SqliteStore;

    fn claims(&self) -> SqliteClaims {
        self.claims.clone()
    }

    async fn age(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap();
        let older = "UPDATE hookseal_claims SET lease_until = lease_until - ?1, \
            keep_until = keep_until - ?1";
        sqlx::query(older).bind(by).execute(&self.pool).await.unwrap();
    }
}

pub struct Postgres {
    pub pool: sqlx::PgPool,
    pub claims: PostgresClaims,
}

impl Postgres {
    pub async fn new() -> Self {
        let pool = servers::postgres().await;
        let claims = PostgresClaims::new(pool.clone());
        claims.setup().await.unwrap();
        Postgres { pool, claims }
    }
}

impl Place for Postgres {
    type Store = hookseal_service::PostgresStore;

    fn claims(&self) -> PostgresClaims {
        self.claims.clone()
    }

    async fn age(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap();
        let older = "UPDATE hookseal_claims SET \
            lease_until = lease_until - $1 * INTERVAL '1 millisecond', \
            keep_until = keep_until - $1 * INTERVAL '1 millisecond'";
        sqlx::query(older).bind(by).execute(&self.pool).await.unwrap();
    }
}

pub struct Redis {
    pub connection: ConnectionManager,
    claims: RedisClaims<ConnectionManager>,
    prefix: String,
}

impl Redis {
    pub async fn new() -> Self {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let (prefix, connection) = (format!("test{number}:"), servers::redis().await);
        let claims = RedisClaims::with_prefix(connection.clone(), &prefix);
        Redis { connection, claims, prefix }
    }
}

impl Place for Redis {
    type Store = hookseal_service::RedisStore<ConnectionManager>;

    fn claims(&self) -> RedisClaims<ConnectionManager> {
        self.claims.clone()
    }

    async fn age(&self, by: Duration) {
        let older = redis::Script::new(
            "for _, key in ipairs(redis.call('KEYS', ARGV[1] .. '*')) do
                local left = redis.call('PTTL', key) - tonumber(ARGV[2])
                if left <= 0 then
                    redis.call('DEL', key)
                else
                    local held = redis.call('GET', key)
                    local fence, ends, digest = string.match(held, '^(%d+):(%d+):(.*)$')
                    if ends ~= '0' then ends = string.format('%.0f', ends - ARGV[2]) end
                    redis.call('SET', key, fence .. ':' .. ends .. ':' .. digest, 'PX', left)
                end
            end",
        );
        let mut connection = self.connection.clone();
        let by = i64::try_from(by.as_millis()).unwrap();
        let mut call = older.arg(&self.prefix);
        call.arg(by).invoke_async::<()>(&mut connection).await.unwrap();
    }
}
