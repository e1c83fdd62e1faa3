//! What comes out. JavaScript makes an exception of an error: its class is the `code` of Node's
//! error; code, status or key, and sentence are the lines of its text.

use hookseal_bindings::{Failure, Sent};

pub(crate) type Result<T> = napi::Result<T, String>;

/// Status, headers (name and value in turn) and body.
pub(crate) type Answered = (u32, Vec<String>, String);

pub(crate) fn failed(error: impl Into<Failure>) -> napi::Error<String> {
    let Failure { class, code, more, message } = error.into();
    napi::Error::new(class.to_owned(), format!("{code}\n{more}\n{message}"))
}

pub(crate) fn answered((status, headers, body): Sent) -> Answered {
    (status.into(), flat(headers).collect(), body)
}

pub(crate) fn flat(headers: Vec<(String, String)>) -> impl Iterator<Item = String> {
    headers.into_iter().flat_map(|(name, value)| [name, value])
}
