//! The row of a scheme: a built-in one, or a user's own.

use std::sync::Arc;

use hookseal::handshake::{Handshaker, acknowledgement, enrol};
use hookseal::{Finding, OwnedScheme, Scheme, providers};
use napi_derive::napi;

use crate::answer::{Answered, answered, sent};
use crate::cells::{Conditions, OwnRow};
use crate::failure::{Result, refused, setup, unreadable};
use crate::request::{Arrived, lend};

#[derive(Clone)]
pub(crate) enum AnyRow {
    BuiltIn(&'static Scheme<'static>),
    Own(Arc<OwnRow>),
}

impl AnyRow {
    pub(crate) fn get(&self) -> &Scheme<'_> {
        match self {
            Self::BuiltIn(row) => row,
            Self::Own(row) => row.borrow_dependent(),
        }
    }

    /// The headers that the row reads, in lower case, each once; none: all.
    pub(crate) fn header_names(&self) -> Vec<String> {
        let names = self.get().header_names().into_iter().flatten();
        let mut names: Vec<String> = names.map(str::to_ascii_lowercase).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What `Scheme` wraps.
#[napi]
pub struct Row(pub(crate) AnyRow);

#[napi]
impl Row {
    #[napi(factory, catch_unwind)]
    pub fn named(name: String) -> Result<Self> {
        providers::by_name(&name).map(|row| Row(AnyRow::BuiltIn(row))).map_err(setup)
    }

    #[napi(factory, catch_unwind)]
    pub fn read(text: String, is_toml: bool) -> Result<Self> {
        let read = if is_toml { OwnedScheme::from_toml } else { OwnedScheme::from_json };
        let owned = read(&text).map_err(|error| unreadable(&error))?;
        let conditions = Conditions::new(owned, OwnedScheme::memory);
        let row = OwnRow::new(conditions, |it| it.borrow_owner().row(it.borrow_dependent()));
        row.borrow_dependent().check().map_err(setup)?;
        Ok(Row(AnyRow::Own(Arc::new(row))))
    }

    /// Name, algorithm, signed content, retry, confidence, source, and the row as TOML.
    #[napi(catch_unwind)]
    pub fn facts(&self) -> Vec<String> {
        let row = self.0.get();
        let (algorithm, retry) = (row.algorithm.name(), row.retry.name());
        let (signed, known) = (row.signed.text(), row.confidence.name());
        [row.name, algorithm, signed, retry, known, row.source, &row.to_toml()]
            .map(str::to_owned)
            .into()
    }

    /// How much of the body is covered, and whether event id, time, URL and method.
    #[napi(catch_unwind)]
    pub fn bound(&self) -> (&'static str, bool, bool, bool, bool) {
        let it = self.0.get().bound();
        (it.body.name(), it.event_id, it.timestamp, it.url, it.method)
    }

    /// Code, severity and sentence of what is weak.
    #[napi(catch_unwind)]
    pub fn lint(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let finding = |it: Finding| (it.code(), it.severity().name(), it.message());
        self.0.get().lint().map(finding).collect()
    }

    #[napi(catch_unwind)]
    pub fn header_names(&self) -> Vec<String> {
        self.0.header_names()
    }

    /// The answer to a challenge that needs no key.
    #[napi(catch_unwind)]
    pub fn answer(&self, arrived: Arrived, expected: String) -> Result<Option<Answered>> {
        answered(Handshaker::without_key(self.0.get()), &arrived, &expected)
    }

    /// The answer to a delivery that was taken.
    #[napi(catch_unwind)]
    pub fn acknowledgement(&self) -> Answered {
        sent(&acknowledgement(self.0.get()))
    }

    /// What a request brought, whether that is a key, and the answer.
    #[napi(catch_unwind)]
    pub fn enrol(&self, arrived: Arrived) -> Result<(String, bool, Answered)> {
        lend(&arrived, &[], |request, _| {
            let brought = enrol(self.0.get(), request).map_err(refused)?;
            Ok((brought.value().to_text(), brought.is_key(), sent(brought.answer())))
        })
    }
}
