//! One delivery, from flags or as it was captured.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use hookseal::capture::{self, Captured};
use hookseal::{DEFAULT_BODY_LIMIT, Request};

use crate::input;
use crate::output::Failure;

/// A captured request may spell its body in base64, or with an escape for every other byte.
const MAX_CAPTURE: usize = DEFAULT_BODY_LIMIT * 2;

/// A delivery: its parts, or one captured request. A part that is given replaces the captured
/// one.
#[derive(Args)]
pub(crate) struct DeliveryArgs {
    /// A captured request: raw HTTP, HAR, a curl command, an AWS Lambda event or JSON; `-` is
    /// standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// A header as received; repeat the flag for each
    #[arg(long = "header", short = 'H', value_name = "NAME: VALUE")]
    headers: Vec<OsString>,
    /// The file that holds the raw body; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) body: Option<PathBuf>,
    /// The URL as it is configured at the provider
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// The HTTP method
    #[arg(long, value_name = "METHOD")]
    pub(crate) method: Option<String>,
}

impl DeliveryArgs {
    /// Reads the delivery. Of a body that is too large only so much is read that verifying it
    /// refuses it.
    pub(crate) fn read(&self) -> Result<Captured, Failure> {
        let mut delivery = self.captured()?;
        let headers = self.headers.iter().map(header).collect::<Result<Vec<_>, _>>()?;
        let given = |name: &str| headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        delivery.headers.retain(|(name, _)| !given(name));
        delivery.headers.extend(headers);
        if let Some(path) = &self.body {
            delivery.body = input::read(path, "the body", DEFAULT_BODY_LIMIT)?;
        }
        if let Some(url) = &self.url {
            delivery.url = Some(url.clone());
        }
        if let Some(method) = &self.method {
            delivery.method = Some(method.to_ascii_uppercase());
        }
        Ok(delivery)
    }

    fn captured(&self) -> Result<Captured, Failure> {
        let Some(path) = &self.request else {
            return match &self.body {
                Some(_) => Ok(Captured::default()),
                None => Err(Failure::usage(
                    "give the delivery: --body FILE with its headers (-H 'Name: value'), or \
                     --request FILE for a captured one; - is standard input",
                )),
            };
        };
        if input::is_stdin(path) && self.body.as_deref().is_some_and(input::is_stdin) {
            return Err(Failure::usage(
                "--body and --request cannot both be read from standard input",
            ));
        }
        let bytes = input::read(path, "the captured request", MAX_CAPTURE)?;
        if bytes.len() > MAX_CAPTURE {
            return Err(Failure::new(
                "body_too_large",
                "the captured request is larger than 64 MiB: no delivery that is verified is",
            ));
        }
        Ok(capture::read(&bytes)?)
    }
}

/// A delivery's headers, in the form in which a [`Request`] takes them.
pub(crate) fn pairs(delivery: &Captured) -> Vec<(&str, &[u8])> {
    delivery.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
}

/// A delivery as the engine reads it.
pub(crate) fn request<'r>(
    delivery: &'r Captured,
    headers: &'r [(&'r str, &'r [u8])],
) -> Request<'r> {
    let mut request = Request::new(headers, &delivery.body);
    if let Some(url) = &delivery.url {
        request = request.url(url);
    }
    if let Some(method) = &delivery.method {
        request = request.method(method);
    }
    request
}

/// Takes off blanks and tabs, and no line end.
fn trim(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// `Name: value`. The value may be any bytes but line ends; the blanks around it are none of it.
fn header(text: &OsString) -> Result<(String, Vec<u8>), Failure> {
    let bytes = text.as_encoded_bytes();
    let wrong = || {
        Failure::usage(
            "a header is written 'Name: value', with a name of letters, digits and signs, and a \
             value on one line",
        )
    };
    let colon = bytes.iter().position(|byte| *byte == b':').ok_or_else(wrong)?;
    let (name, rest) = bytes.split_at_checked(colon).ok_or_else(wrong)?;
    let value = rest.strip_prefix(b":").map(trim).unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    if name.is_empty() || !name.iter().all(is_name) || value.iter().any(|it| b"\r\n\0".contains(it))
    {
        return Err(wrong());
    }
    Ok((String::from_utf8_lossy(name).into_owned(), value.to_vec()))
}
