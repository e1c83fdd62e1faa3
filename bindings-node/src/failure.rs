//! What JavaScript makes an exception of: its class is the `code` of Node's error, and the rest is
//! in the text.

use hookseal::capture::CaptureError;
use hookseal::{Error, SchemeTextError, SetupError};

pub(crate) type Result<T> = napi::Result<T, String>;

pub(crate) fn refused(error: Error) -> napi::Error<String> {
    failure("VerificationError", error.code(), &error.status().to_string(), error.message())
}

pub(crate) fn unsigned(error: Error) -> napi::Error<String> {
    failure("SigningError", error.code(), "", error.message())
}

pub(crate) fn setup(error: impl Into<SetupError>) -> napi::Error<String> {
    let error = error.into();
    let is_key = matches!(error, SetupError::Key(_));
    failure(if is_key { "SecretError" } else { "SchemeError" }, error.code(), "", error.message())
}

pub(crate) fn unreadable(error: &SchemeTextError) -> napi::Error<String> {
    failure("SchemeError", error.code(), &error.key(), &error.to_string())
}

pub(crate) fn uncaptured(error: CaptureError) -> napi::Error<String> {
    failure("CaptureError", error.code(), "", &error.to_string())
}

/// `more`: the status of a refusal, the key of a scheme.
fn failure(class: &str, code: &str, more: &str, message: &str) -> napi::Error<String> {
    napi::Error::new(class.to_owned(), format!("{code}\n{more}\n{message}"))
}
