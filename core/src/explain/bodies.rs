//! Changes to the body.

use super::Explanation;
use super::trial::Trial;
use crate::request::Request;

/// Tries the changes that gateways and frameworks make to a body. Whether one is proved.
pub(super) fn prove(_: &Request<'_>, _: &mut Trial<'_, '_>, _: &mut Explanation) -> bool {
    false
}

/// What a body looks like that is a program's rendering of an object.
pub(super) fn is_rendering(_: &[u8]) -> Option<&'static str> {
    None
}
