//! What SQLite and PostgreSQL have in common: how the texts are read, and what is done with them.

use core::time::Duration;

use crate::store::{StoreError, Verdict};

/// How often a claim is tried again that another run got in the way of.
pub(crate) const TRIES: usize = 3;

/// The text with the client's own placeholders: `:name` is the number of the name in the list.
pub(crate) fn numbered(text: &str, mark: char, names: &[&str]) -> String {
    let mut numbered = String::with_capacity(text.len());
    for (at, piece) in text.split(':').enumerate() {
        let end = piece.find(|it: char| !(it.is_ascii_lowercase() || it == '_'));
        let (name, rest) = piece.split_at(end.unwrap_or(piece.len()));
        match names.iter().position(|it| at > 0 && *it == name) {
            Some(number) => {
                numbered.push(mark);
                numbered.push_str(&number.saturating_add(1).to_string());
                numbered.push_str(rest);
            }
            None => {
                numbered.extend((at > 0).then_some(':'));
                numbered.push_str(piece);
            }
        }
    }
    numbered
}

/// What `look` tells: whether it is done, is the same, how many milliseconds of the lease are left,
/// and whether it is forgotten.
pub(crate) type Held = (bool, bool, i64, bool);

/// Why a claim gave no fence. `None`: the run is free by now.
pub(crate) fn verdict(held: Option<Held>) -> Option<Verdict> {
    match held? {
        (_, _, _, true) => None,
        (is_done, false, _, _) => Some(Verdict::Conflict { is_done }),
        (true, true, _, _) => Some(Verdict::Done),
        (false, true, left, _) => {
            let left = u64::try_from(left).ok().filter(|left| *left > 0)?;
            Some(Verdict::Busy { left: Duration::from_millis(left) })
        }
    }
}

/// What is said where others got in the way each time.
pub(crate) const CONTENDED: Verdict = Verdict::Busy { left: Duration::from_secs(1) };

pub(crate) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

pub(crate) fn unavailable(error: sqlx::Error) -> StoreError {
    StoreError::unavailable(error)
}

/// Whether two got in each other's way, as at the higher isolation levels.
pub(crate) fn is_serialization(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| code == "40001")
}

/// Makes the tables. Two who do so at once can be in each other's way: then again.
macro_rules! set_up {
    ($pool:expr, $schema:expr) => {{
        let mut made = sqlx::raw_sql($schema).execute($pool).await;
        for _ in 0..TRIES {
            if made.is_err() {
                made = sqlx::raw_sql($schema).execute($pool).await;
            }
        }
        made.map(|_| ()).map_err(unavailable)
    }};
}
pub(crate) use set_up;

/// A text, numbered once.
macro_rules! text {
    ($folder:literal, $mark:literal, $file:literal, [$($name:literal)*]) => {{
        static TEXT: LazyLock<String> = LazyLock::new(|| {
            let text = include_str!(concat!("../texts/", $folder, "/", $file, ".sql"));
            numbered(text, $mark, &[$($name),*])
        });
        TEXT.as_str()
    }};
}
pub(crate) use text;

/// The claims of one database: the store, and claims in a transaction.
macro_rules! sql_claims {
    ($folder:literal $mark:literal $store:ident $claims:ident $database:ident $pool:ty, $connection:ty) => {
        impl $claims {
            /// The SQL that makes its table: for your migrations.
            pub const SCHEMA: &'static str =
                include_str!(concat!("../texts/", $folder, "/claims-schema.sql"));

            /// Claims in the database of a pool.
            #[must_use]
            pub fn new(pool: $pool) -> Self {
                Claims::over($store { pool })
            }

            /// Makes the table, where it is not there.
            ///
            /// # Errors
            /// The database cannot be asked, or does not allow it.
            pub async fn setup(&self) -> Result<(), StoreError> {
                set_up!(&self.store().pool, Self::SCHEMA)
            }

            /// Claims a delivery in the handler's own transaction: never lost, and never handled
            /// twice. [`Claim::Run`]: do the work in the same transaction, and commit; that makes
            /// it done. Whoever comes with the same delivery meanwhile waits for the end of the
            /// transaction, and then gets [`Claim::Done`], or the run.
            ///
            /// # Errors
            /// The database cannot be asked; or it cannot have the two transactions one after the
            /// other, as at the higher isolation levels. Roll back, and answer 503.
            pub async fn claim_within(
                &self,
                transaction: &mut Transaction<'_, $database>,
                delivery: &impl Claimable,
            ) -> Result<Claim<InTransaction>, StoreError> {
                self.warn_of(delivery);
                let (key, digest) = (delivery.key(&self.settings().scope), delivery.digest());
                let times = (self.settings().lease(), self.settings().keep());
                let verdict = claim(transaction, &key, digest.as_ref(), true, times).await;
                Ok(verdict.map_err(unavailable)?.claim(|_| InTransaction))
            }

            /// Deletes what need not be known any longer, and tells how much that was. Claims do
            /// not wait for it; without it the table grows.
            ///
            /// # Errors
            /// The database cannot be asked.
            pub async fn forget(&self) -> Result<u64, StoreError> {
                let text = text!($folder, $mark, "forget", ["most"]);
                let mut forgotten: u64 = 0;
                loop {
                    let query = sqlx::query(text).bind(FORGOTTEN_AT_ONCE);
                    let done = query.execute(&self.store().pool).await.map_err(unavailable)?;
                    forgotten = forgotten.saturating_add(done.rows_affected());
                    if done.rows_affected() == 0 {
                        return Ok(forgotten);
                    }
                }
            }
        }

        impl Store for $store {
            fn claim<'a>(
                &'a self,
                key: &'a Key,
                digest: Option<&'a Digest>,
                lease: Duration,
                keep: Duration,
            ) -> Pending<'a, Verdict> {
                Box::pin(async move {
                    let mut connection = self.pool.acquire().await.map_err(unavailable)?;
                    for _ in 0..TRIES {
                        let times = (lease, keep);
                        match claim(&mut connection, key, digest, false, times).await {
                            Err(error) if is_serialization(&error) => {}
                            verdict => return verdict.map_err(unavailable),
                        }
                    }
                    Ok(CONTENDED)
                })
            }

            fn settle<'a>(&'a self, key: &'a Key, fence: i64, settle: Settle) -> Pending<'a, bool> {
                let (text, time) = match settle {
                    Settle::Complete { keep } => {
                        (text!($folder, $mark, "complete", ["key" "fence" "keep"]), Some(keep))
                    }
                    Settle::Extend { lease } => {
                        (text!($folder, $mark, "extend", ["key" "fence" "lease"]), Some(lease))
                    }
                    Settle::Release => (text!($folder, $mark, "release", ["key" "fence"]), None),
                };
                Box::pin(async move {
                    let query = sqlx::query(text).bind(key.as_slice()).bind(fence);
                    let query = time.map(millis).into_iter().fold(query, |query, it| query.bind(it));
                    let done = query.execute(&self.pool).await.map_err(unavailable)?;
                    Ok(done.rows_affected() == 1)
                })
            }
        }

        async fn claim(
            connection: &mut $connection,
            key: &Key,
            digest: Option<&Digest>,
            is_done: bool,
            (lease, keep): (Duration, Duration),
        ) -> Result<Verdict, sqlx::Error> {
            let digest = digest.map(<[u8; 32]>::as_slice);
            for _ in 0..TRIES {
                let names = text!($folder, $mark, "claim", ["key" "digest" "is_done" "lease" "keep"]);
                let query = sqlx::query_scalar(names).bind(key.as_slice()).bind(digest);
                let query = query.bind(is_done).bind(millis(lease)).bind(millis(keep));
                if let Some(fence) = query.fetch_optional(&mut *connection).await? {
                    return Ok(Verdict::Run { fence });
                }
                let look = sqlx::query_as(text!($folder, $mark, "look", ["key" "digest"]));
                let look = look.bind(key.as_slice()).bind(digest);
                if let Some(verdict) = verdict(look.fetch_optional(&mut *connection).await?) {
                    return Ok(verdict);
                }
            }
            Ok(CONTENDED)
        }
    };
}
pub(crate) use sql_claims;

/// How many rows one statement deletes.
pub(crate) const FORGOTTEN_AT_ONCE: i64 = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_numbers() {
        let text = "-- see: b\nSELECT :a, :b_c, ':d', :a WHERE x = :b;";
        let expected = "-- see: b\nSELECT $1, $2, ':d', $1 WHERE x = $3;";
        assert_eq!(numbered(text, '$', &["a", "b_c", "b"]), expected);
    }

    #[test]
    fn why_a_claim_gave_no_fence() {
        let busy = |left| Some(Verdict::Busy { left: Duration::from_millis(left) });
        assert_eq!(verdict(None), None);
        assert_eq!(verdict(Some((true, false, 0, true))), None);
        assert_eq!(verdict(Some((false, true, 0, false))), None);
        assert_eq!(verdict(Some((false, true, 7, false))), busy(7));
        assert_eq!(verdict(Some((true, true, 7, false))), Some(Verdict::Done));
        for is_done in [true, false] {
            let conflict = Some(Verdict::Conflict { is_done });
            assert_eq!(verdict(Some((is_done, false, 7, false))), conflict);
        }
    }
}
