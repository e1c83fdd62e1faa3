//! Answers to endpoint validations.

use hookseal::handshake::{Answer, Handshaker};

use crate::failure::{Result, refused};
use crate::request::{Arrived, lend};

/// Status, headers (name and value in turn) and body.
pub(crate) type Answered = (u32, Vec<String>, String);

pub(crate) fn answered(
    handshaker: Handshaker<'_>,
    arrived: &Arrived,
    expected: &str,
) -> Result<Option<Answered>> {
    lend(arrived, &[], |request, now| {
        let answer = handshaker.expecting(expected).answer(request, now).map_err(refused)?;
        Ok(answer.map(|it| sent(&it)))
    })
}

pub(crate) fn sent(answer: &Answer<'_>) -> Answered {
    let headers = answer.headers().flat_map(|(name, value)| [name.to_owned(), value.to_string()]);
    (answer.status().into(), headers.collect(), answer.body().to_string())
}
