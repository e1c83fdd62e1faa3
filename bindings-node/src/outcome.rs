//! What comes out. JavaScript makes an exception of an error: its class is the `code` of Node's
//! error; code, status or key, and sentence are the lines of its text.

use hookseal_bindings::javascript::{flat, lines};
use hookseal_bindings::{Failure, Sent};

pub(crate) type Result<T> = napi::Result<T, String>;

/// Status, headers (name and value in turn) and body.
pub(crate) type Answered = (u32, Vec<String>, String);

pub(crate) fn failed(error: impl Into<Failure>) -> napi::Error<String> {
    let failure = error.into();
    napi::Error::new(failure.class.to_owned(), lines(failure))
}

pub(crate) fn answered((status, headers, body): Sent) -> Answered {
    (status.into(), flat(headers).collect(), body)
}
