//! The row of a scheme: a built-in one, or a user's own.

use std::sync::Arc;

use hookseal::handshake::{self, Handshaker, Purpose};
use hookseal::{Bound, OwnedScheme, Request, Scheme, SchemeMemory, SetupError, UnixTime};
use self_cell::self_cell;

use crate::answer::{Enrolled, Sent, answered, sent};
use crate::failure::Failure;

// The strings of a scheme, the list of its conditions, and the row over both.
self_cell! { struct Conditions { owner: OwnedScheme, #[covariant] dependent: SchemeMemory, } }
self_cell! { struct OwnRow { owner: Conditions, #[covariant] dependent: Scheme, } }

/// A row that is checked. A copy of it is the same row.
#[derive(Clone)]
pub struct Row(Kind);

#[derive(Clone)]
enum Kind {
    BuiltIn(&'static Scheme<'static>),
    Own(Arc<OwnRow>),
}

/// What a signature covers: how much of the body; and whether event id, time, URL and method.
pub type Covered = (&'static str, [bool; 4]);

/// What a row says of itself: name, algorithm, signed content, retry, confidence and source; itself
/// as TOML and as JSON; what its signature covers; whether it signs scheme and host of the URL, and
/// whether it reads a body as a form; and code, severity and sentence of what is weak.
pub type Facts<'r> = ([&'r str; 6], [String; 2], Covered, [bool; 2], Vec<[&'static str; 3]>);

impl Row {
    /// The row of a provider.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn named(name: &str) -> Result<Self, Failure> {
        let row = hookseal::providers::by_name(name).map_err(SetupError::from)?;
        Ok(Row(Kind::BuiltIn(row)))
    }

    /// A user's own, from TOML or JSON.
    ///
    /// # Errors
    /// The text cannot be read, or the scheme is unsound.
    pub fn read(text: &str, is_toml: bool) -> Result<Self, Failure> {
        let read = if is_toml { OwnedScheme::from_toml } else { OwnedScheme::from_json };
        let conditions = Conditions::new(read(text)?, OwnedScheme::memory);
        let row = OwnRow::new(conditions, |it| it.borrow_owner().row(it.borrow_dependent()));
        row.borrow_dependent().check().map_err(SetupError::from)?;
        Ok(Row(Kind::Own(Arc::new(row))))
    }

    /// The core's own value.
    #[must_use]
    pub fn scheme(&self) -> &Scheme<'_> {
        match &self.0 {
            Kind::BuiltIn(row) => row,
            Kind::Own(row) => row.borrow_dependent(),
        }
    }

    /// The headers that the row reads, in lower case, each once; `None`: all.
    #[must_use]
    pub fn header_names(&self) -> Option<Vec<String>> {
        let names = self.scheme().header_names()?.map(str::to_ascii_lowercase);
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names.dedup();
        Some(names)
    }

    /// What it says of itself.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        let row = self.scheme();
        let [algorithm, retry] = [row.algorithm.name(), row.retry.name()];
        let texts =
            [row.name, algorithm, row.signed.text(), retry, row.confidence.name(), row.source];
        let files = [row.to_toml(), row.to_json()];
        let findings = row.lint().map(|it| [it.code(), it.severity().name(), it.message()]);
        let reads = [row.names_origin(), row.reads_form()];
        (texts, files, covered(row.bound()), reads, findings.collect())
    }

    /// Whether a request can be a challenge.
    #[must_use]
    pub fn has_challenge(&self) -> bool {
        self.scheme().handshakes.iter().any(|it| it.purpose == Purpose::Challenge)
    }

    /// The answer to a challenge that needs no key; `None`: it is none.
    ///
    /// # Errors
    /// It must not be answered.
    pub fn answer(
        &self,
        request: &Request<'_>,
        now: UnixTime,
        expected: &str,
    ) -> Result<Option<Sent>, Failure> {
        answered(Handshaker::without_key(self.scheme()), request, now, expected)
    }

    /// The answer to a delivery that was taken.
    #[must_use]
    pub fn acknowledgement(&self) -> Sent {
        sent(&handshake::acknowledgement(self.scheme()))
    }

    /// What a request brought, and the answer to it.
    ///
    /// # Errors
    /// It brings nothing.
    pub fn enrol(&self, request: &Request<'_>) -> Result<Enrolled, Failure> {
        let brought = handshake::enrol(self.scheme(), request)?;
        Ok((brought.value().to_text(), brought.is_key(), sent(brought.answer())))
    }
}

/// What a signature covers, in a word and four answers.
#[must_use]
pub const fn covered(it: Bound) -> Covered {
    (it.body.name(), [it.event_id, it.timestamp, it.url, it.method])
}
