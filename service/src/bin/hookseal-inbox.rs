//! Lists what an inbox keeps, lets what failed run again, and deletes what need not be known.
#![allow(clippy::print_stdout, reason = "it is a command")]

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use hookseal_service::{Inbox, Listed, State};

type Failure = Box<dyn core::error::Error>;

const HELP: &str = "\
hookseal-inbox: what waits in an inbox, and what has failed

The database is named by the environment variable HOOKSEAL_INBOX, as
postgres://user@host/database or sqlite:file.db

  hookseal-inbox list [waiting|done|failed] [MOST]
      entries in a state (failed), the oldest first, at most so many (100); in columns parted by
      tabs: key, tries, received in Unix seconds, scheme, type, event id, kind of the last failure
  hookseal-inbox again KEY...
      lets entries that have failed wait again, with all their tries
  hookseal-inbox forget
      deletes the entries that were handled and need not be known any longer
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let done = runtime.map_err(Failure::from).and_then(|it| it.block_on(run(&arguments)));
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("hookseal-inbox: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: &[&str]) -> Result<ExitCode, Failure> {
    match arguments {
        ["list"] => list("failed", "100").await,
        ["list", state] => list(state, "100").await,
        ["list", state, most] => list(state, most).await,
        ["again", keys @ ..] if !keys.is_empty() => again(keys).await,
        ["forget"] => {
            writeln!(io::stdout(), "{} forgotten", inbox().await?.forget().await.map_err(told)?)?;
            Ok(ExitCode::SUCCESS)
        }
        ["help" | "--help" | "-h"] => {
            write!(io::stdout(), "{HELP}")?;
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(format!("this is none of its commands\n\n{HELP}").into()),
    }
}

async fn list(state: &str, most: &str) -> Result<ExitCode, Failure> {
    let state = State::by_name(state).ok_or("a state is waiting, done or failed")?;
    let most = most.parse().map_err(|_| "how many entries at most is a number")?;
    for entry in inbox().await?.list(state, most).await.map_err(told)? {
        writeln!(io::stdout(), "{}", line(&entry))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Success where each of them had failed.
async fn again(keys: &[&str]) -> Result<ExitCode, Failure> {
    let inbox = inbox().await?;
    let mut code = ExitCode::SUCCESS;
    for key in keys {
        let bytes = from_hex(key).ok_or("a key is 64 hex digits, as `list` prints it")?;
        let is_again = inbox.again(&bytes).await.map_err(told)?;
        writeln!(io::stdout(), "{key}\t{}", if is_again { "waits" } else { "had not failed" })?;
        if !is_again {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

async fn inbox() -> Result<Inbox, Failure> {
    let url = env::var("HOOKSEAL_INBOX").map_err(|_| "HOOKSEAL_INBOX is not set: see help")?;
    #[cfg(feature = "postgres")]
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return Ok(Inbox::postgres(sqlx::PgPool::connect(&url).await?));
    }
    #[cfg(feature = "sqlite")]
    if url.starts_with("sqlite:") {
        return Ok(Inbox::sqlite(sqlx::SqlitePool::connect(&url).await?));
    }
    Err("HOOKSEAL_INBOX names no database that this build knows: see help".into())
}

/// With what the database said.
fn told(error: hookseal_service::StoreError) -> Failure {
    let cause = core::error::Error::source(&error).map(ToString::to_string);
    cause.unwrap_or_else(|| error.to_string()).into()
}

fn line(entry: &Listed) -> String {
    let shown = |text: &Option<String>| text.as_deref().unwrap_or("-").escape_debug().to_string();
    let (key, received) = (hex(&entry.key), entry.received_at.as_secs());
    let (event_type, event_id) = (shown(&entry.event_type), shown(&entry.event_id));
    let (tries, scheme, trouble) = (entry.tries, &entry.scheme, shown(&entry.trouble));
    format!("{key}\t{tries}\t{received}\t{scheme}\t{event_type}\t{event_id}\t{trouble}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let pairs = text.as_bytes().chunks(2).map(|pair| {
        let pair = core::str::from_utf8(pair).ok().filter(|it| it.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    pairs.collect::<Option<Vec<_>>>()?.try_into().ok()
}
