//! The table of providers: a row of facts each, and nothing else.
//!
//! A row says what a receiver must know: what the signature covers ([`Scheme::bound`]), what the
//! event id is worth ([`Identity`](crate::Identity)), how well the facts are known
//! ([`Confidence`]) and where they were read ([`Scheme::source`]). A second
//! scheme of one provider is a row of its own, and no row falls back to another.

/// The rows of one file, as constants and as a list: a row stands in one place. Sorted by name. A
/// row that needs a feature says so behind its text.
macro_rules! rows {
    ($($(#[doc = $doc:literal])* $(#[cfg($if:meta)])? $name:ident = $row:expr;)+) => {
        $($(#[doc = $doc])* $(#[cfg($if)])? pub const $name: Scheme<'static> = $row;)+
        pub(super) const ROWS: &[&Scheme<'static>] = &[$($(#[cfg($if)])? &$name),+];
    };
}

/// The files of the table.
macro_rules! tables {
    ($($(#[$if:meta])* $file:ident)+) => {
        $($(#[$if])* mod $file; $(#[$if])* pub use self::$file::*;)+
        const TABLES: &[&[&Scheme<'static>]] = &[$($(#[$if])* $file::ROWS),+];
    };
}

pub mod handshakes;
mod out;

pub use self::out::{OUT, Out};
use crate::{Confidence, Scheme, SchemeError};

tables! {
    base64
    #[cfg(feature = "ecdsa")]
    ecdsa
    #[cfg(feature = "ed25519")]
    ed25519
    forms
    hashes
    header_fields
    hex
    json_fields
    #[cfg(feature = "jwt")]
    jws
    #[cfg(all(feature = "jwt", feature = "ecdsa"))]
    jws_ecdsa
    #[cfg(all(feature = "jwt", feature = "rsa"))]
    jws_rsa
    keys
    request_line
    #[cfg(feature = "rsa")]
    rsa
    #[cfg(feature = "sha1")]
    sha1
    #[cfg(feature = "sha512")]
    sha512
    signed_headers
    standard_webhooks
    timed
    timed_header
    tokens
}

/// Every row that this build can run, sorted by name.
pub const ALL: &[&Scheme<'static>] = &merged();

const COUNT: usize = {
    let (mut count, mut rest) = (0, TABLES);
    while let [table, tail @ ..] = rest {
        count += table.len();
        rest = tail;
    }
    count
};

/// The tables in one, the smallest name first.
#[expect(clippy::indexing_slicing, reason = "const; every index is below a length just compared")]
#[expect(clippy::arithmetic_side_effects, reason = "const; counts of rows")]
const fn merged() -> [&'static Scheme<'static>; COUNT] {
    let mut all = [TABLES[0][0]; COUNT];
    let mut taken = [0; TABLES.len()];
    let mut at = 0;
    while at < COUNT {
        let (mut smallest, mut table) = (TABLES.len(), 0);
        while table < TABLES.len() {
            if taken[table] < TABLES[table].len()
                && (smallest == TABLES.len()
                    || precedes(
                        TABLES[table][taken[table]].name.as_bytes(),
                        TABLES[smallest][taken[smallest]].name.as_bytes(),
                    ))
            {
                smallest = table;
            }
            table += 1;
        }
        all[at] = TABLES[smallest][taken[smallest]];
        taken[smallest] += 1;
        at += 1;
    }
    all
}

/// The row of a name, as `"stripe"`.
///
/// # Errors
/// [`SchemeError::UnknownProvider`] where [`ALL`] has no row of this name.
pub fn by_name(name: &str) -> Result<&'static Scheme<'static>, SchemeError> {
    let at = ALL.binary_search_by(|row| row.name.cmp(name));
    at.ok().and_then(|at| ALL.get(at)).copied().ok_or(SchemeError::UnknownProvider)
}

const _: () = assert!(rows_hold_together(), "a row breaks a rule, or does not say its source");
const _: () = assert!(names_rise(), "the rows are not sorted by name, or two share one");

#[allow(dead_code, reason = "Rust 1.88 does not see that a const uses it")]
const fn rows_hold_together() -> bool {
    let mut rest = ALL;
    while let [row, tail @ ..] = rest {
        let is_builtin = !matches!(row.confidence, Confidence::Custom) && !row.source.is_empty();
        if row.check().is_err() || !is_builtin {
            return false;
        }
        rest = tail;
    }
    true
}

#[allow(dead_code, reason = "Rust 1.88 does not see that a const uses it")]
const fn names_rise() -> bool {
    let mut rest = ALL;
    while let [first, tail @ ..] = rest {
        if let [second, ..] = tail
            && !precedes(first.name.as_bytes(), second.name.as_bytes())
        {
            return false;
        }
        rest = tail;
    }
    true
}

/// `<` of two names, which a const fn cannot use.
#[allow(dead_code, reason = "Rust 1.88 does not see that a const uses it")]
const fn precedes(mut left: &[u8], mut right: &[u8]) -> bool {
    while let ([a, more_left @ ..], [b, more_right @ ..]) = (left, right) {
        if *a != *b {
            return *a < *b;
        }
        (left, right) = (more_left, more_right);
    }
    left.len() < right.len()
}
