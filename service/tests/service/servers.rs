//! Servers of the tests' own. Each ends with the process, however that ends: a shell waits for the
//! end of its input, and cleans up.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use redis::aio::ConnectionManager;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};

const POSTGRES: &str = r#"
set -eu
as=; if [ "$(id -u)" = 0 ]; then as='setpriv --reuid=postgres --regid=postgres --init-groups'; chown postgres "$1"; fi
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
cd "$1"
$as "$bin/initdb" --pgdata="$1/data" --username=postgres --auth=trust --no-sync >"$1/log" 2>&1
$as "$bin/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c max_connections=300 >>"$1/log" 2>&1 &
server=$!
cat >/dev/null || true
kill -INT "$server" && wait "$server" || true
rm -rf "$1"
"#;

const REDIS: &str = r#"
set -eu
redis-server --port 0 --unixsocket "$1/redis.sock" --save '' --appendonly no --dir "$1" >"$1/log" 2>&1 &
server=$!
cat >/dev/null || true
kill -TERM "$server" && wait "$server" || true
rm -rf "$1"
"#;

/// A server, and where it is.
pub struct Server {
    child: Mutex<Child>,
    pub folder: PathBuf,
}

impl Server {
    fn start(script: &str, socket: &str) -> Server {
        let folder = folder();
        let child = Command::new("bash")
            .args(["-c", script, "server"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .spawn()
            .expect("no shell");
        let server = Server { child: Mutex::new(child), folder };
        let until = Instant::now() + Duration::from_secs(60);
        while !server.folder.join(socket).exists() {
            let ended = server.child.lock().unwrap().try_wait().unwrap();
            let log = std::fs::read_to_string(server.folder.join("log")).unwrap_or_default();
            assert!(ended.is_none() && Instant::now() < until, "the server did not start: {log}");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// Ends it, and waits for that.
    pub fn stop(&self) {
        let mut child = self.child.lock().unwrap();
        drop(child.stdin.take());
        child.wait().unwrap();
    }
}

/// A folder of its own that others may enter.
pub fn folder() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("hookseal-test-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The PostgreSQL of all tests.
fn postgres_server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(own_postgres)
}

/// A PostgreSQL that a test may stop.
pub fn own_postgres() -> Server {
    Server::start(POSTGRES, ".s.PGSQL.5432")
}

pub async fn postgres() -> PgPool {
    static SCHEMAS: AtomicU32 = AtomicU32::new(0);
    let schema = format!("test_{}", SCHEMAS.fetch_add(1, Ordering::Relaxed));
    let pool = postgres_in(&postgres_server().folder, &schema).await;
    sqlx::raw_sql(&format!("CREATE SCHEMA {schema}")).execute(&pool).await.unwrap();
    pool
}

pub async fn postgres_in(folder: &Path, schema: &str) -> PgPool {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(folder)
        .username("postgres")
        .database("postgres")
        .options([("search_path", schema)]);
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(Duration::from_secs(20));
        match pool.connect_with(options.clone()).await {
            Ok(pool) => return pool,
            Err(error) => assert!(Instant::now() < until, "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A Redis that a test may stop.
pub fn own_redis() -> Server {
    Server::start(REDIS, "redis.sock")
}

pub async fn redis() -> ConnectionManager {
    static SERVER: OnceLock<Server> = OnceLock::new();
    redis_in(&SERVER.get_or_init(own_redis).folder).await
}

pub async fn redis_in(folder: &Path) -> ConnectionManager {
    let url = format!("redis+unix://{}", folder.join("redis.sock").display());
    redis::Client::open(url).unwrap().get_connection_manager().await.unwrap()
}

/// A database in a file that is deleted with its folder.
pub struct File(pub PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub async fn sqlite() -> (SqlitePool, File) {
    let file = File(folder());
    (sqlite_in(&file).await, file)
}

pub async fn sqlite_in(file: &File) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(file.0.join("test.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(Duration::from_secs(20));
    SqlitePoolOptions::new().max_connections(8).connect_with(options).await.unwrap()
}
