//! Signs of causes, where none is proved.

use super::{Explainer, Explanation};
use crate::request::Request;

/// Names the causes of which there are signs, the plainest first.
pub(super) fn find(_: &Explainer<'_>, _: &Request<'_>, _: &mut Explanation) {}
