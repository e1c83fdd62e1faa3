//! Changes to the secrets.

use super::trial::Trial;
use super::{Explainer, Explanation};
use crate::request::Request;

/// Tries what may be wrong with the secrets. Whether it is proved.
pub(super) fn prove(
    _: &Explainer<'_>,
    _: &Request<'_>,
    _: &mut Trial<'_, '_>,
    _: &mut Explanation,
) -> bool {
    false
}

pub(super) fn looks_like_api_key(_: &[u8]) -> Option<&'static str> {
    None
}

pub(super) fn looks_like_public_key(_: &[u8]) -> bool {
    false
}
