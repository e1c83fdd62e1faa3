//! A signature in its place: in the headers, the body, the URL.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Added, Elsewhere, OutgoingError, json};
use crate::capture::{Captured, percent_encoded};
use crate::source::Place;

impl Added {
    /// Signs a delivery: what was there in the place of what is added is replaced, and all other
    /// values stay byte for byte.
    ///
    /// # Errors
    /// `malformed_body` where the signature is a field of the body, and the body is not JSON with
    /// objects on the way to that field. The delivery is then not to be sent.
    pub fn put_into(self, delivery: &mut Captured) -> Result<(), OutgoingError> {
        let replaced =
            |name: &str| self.headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        delivery.headers.retain(|(name, _)| !replaced(name));
        let headers = self.headers.into_iter().map(|(name, value)| (name, value.into_bytes()));
        delivery.headers.extend(headers);
        self.elsewhere.map_or(Ok(()), |it| it.put_into(delivery))
    }
}

impl Elsewhere {
    fn put_into(self, delivery: &mut Captured) -> Result<(), OutgoingError> {
        let Elsewhere { place, name, value } = self;
        match place {
            Place::Json => {
                let body = json::with(&delivery.body, &name, &value);
                delivery.body = body.ok_or(OutgoingError::NoPlaceInBody)?.into_bytes();
            }
            Place::Form => delivery.body = in_form(&delivery.body, &name, &value),
            Place::Query => {
                let url = delivery.url.as_deref().unwrap_or_default();
                delivery.url = Some(in_url(url, &name, &value));
            }
            Place::Body => delivery.body = value.into_bytes(),
            Place::Header | Place::Claim => return Err(OutgoingError::NoPlace),
        }
        Ok(())
    }
}

/// A form with one field, there once and at the end.
fn in_form(form: &[u8], name: &str, value: &str) -> Vec<u8> {
    let named = |field: &&[u8]| field.split(|byte| *byte == b'=').next() != Some(name.as_bytes());
    let others = form.split(|byte| *byte == b'&').filter(|it| !it.is_empty()).filter(named);
    let encoded = [name, value].map(|it| percent_encoded(it.as_bytes(), "%20"));
    let field = encoded.join("=").into_bytes();
    let fields: Vec<&[u8]> = others.chain([field.as_slice()]).collect();
    fields.join(&b'&')
}

/// A URL with one parameter of its query, there once and at the end.
fn in_url(url: &str, name: &str, value: &str) -> String {
    let mark = url.bytes().position(|byte| byte == b'?');
    let (base, query) = mark.and_then(|at| url.split_at_checked(at)).unwrap_or((url, ""));
    let query = in_form(query.as_bytes().get(1..).unwrap_or_default(), name, value);
    format!("{base}?{}", String::from_utf8_lossy(&query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_the_field_once_and_encoded() {
        assert_eq!(in_form(b"", "sig", "a+/=|! "), b"sig=a%2B%2F%3D%7C%21%20");
        assert_eq!(in_form(b"a=1&sig=old&b=%20&&sig", "sig", "x"), b"a=1&b=%20&sig=x");
        assert_eq!(in_form(b"\xff&signature=1", "sig", "x"), b"\xff&signature=1&sig=x");
        assert_eq!(in_url("https://a.example/h", "s", "x"), "https://a.example/h?s=x");
        assert_eq!(in_url("https://a.example/h?s=1&t=2", "s", "x"), "https://a.example/h?t=2&s=x");
        assert_eq!(in_url("/h?t=a?b", "s", "x"), "/h?t=a?b&s=x");
        assert_eq!(in_url("", "s", "x"), "?s=x");
    }
}
