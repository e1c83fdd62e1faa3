//! The row of a scheme: a built-in one, or a user's own.

use hookseal_bindings as core;
use napi_derive::napi;

use crate::outcome::{Answered, Result, answered, failed};
use crate::request::{Arrived, lend};

/// What `Scheme` wraps.
#[napi]
pub struct Row(pub(crate) core::Row);

#[napi]
impl Row {
    #[napi(factory, catch_unwind)]
    pub fn named(name: String) -> Result<Self> {
        core::Row::named(&name).map(Row).map_err(failed)
    }

    #[napi(factory, catch_unwind)]
    pub fn read(text: String, is_toml: bool) -> Result<Self> {
        core::Row::read(&text, is_toml).map(Row).map_err(failed)
    }

    /// Name, algorithm, signed content, retry, confidence, source, and the row as TOML and JSON; how
    /// much of the body is covered; and whether event id, time, URL and method, whether scheme and
    /// host of the URL are signed, and whether a body is read as a form.
    #[napi(catch_unwind)]
    pub fn facts(&self) -> (Vec<String>, &'static str, Vec<bool>) {
        let (texts, files, (body, others), reads, _) = self.0.facts();
        let texts = texts.map(str::to_owned).into_iter().chain(files);
        (texts.collect(), body, others.into_iter().chain(reads).collect())
    }

    /// Code, severity and sentence of what is weak.
    #[napi(catch_unwind)]
    pub fn lint(&self) -> Vec<Vec<&'static str>> {
        self.0.facts().4.into_iter().map(Vec::from).collect()
    }

    /// The headers that the row reads, in lower case; none: all.
    #[napi(catch_unwind)]
    pub fn header_names(&self) -> Vec<String> {
        self.0.header_names().unwrap_or_default()
    }

    /// The answer to a challenge that needs no key.
    #[napi(catch_unwind)]
    pub fn answer(&self, arrived: Arrived, expected: String) -> Result<Option<Answered>> {
        let answer = lend(&arrived, &[], |it, now| self.0.answer(it, now, &expected))?;
        Ok(answer.map(answered))
    }

    /// The answer to a delivery that was taken.
    #[napi(catch_unwind)]
    pub fn acknowledgement(&self) -> Answered {
        answered(self.0.acknowledgement())
    }

    /// What a request brought, whether that is a key, and the answer.
    #[napi(catch_unwind)]
    pub fn enrol(&self, arrived: Arrived) -> Result<(String, bool, Answered)> {
        let (value, is_key, answer) = lend(&arrived, &[], |it, _| self.0.enrol(it))?;
        Ok((value, is_key, answered(answer)))
    }
}
