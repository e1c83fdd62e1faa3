//! Changes to the rows.

use super::trial::Trial;
use super::{Explainer, Explanation};
use crate::request::Request;

/// Tries what may be wrong with the rows. Whether it is proved.
pub(super) fn prove(
    _: &Explainer<'_>,
    _: &Request<'_>,
    _: &mut Trial<'_, '_>,
    _: &mut Explanation,
) -> bool {
    false
}
