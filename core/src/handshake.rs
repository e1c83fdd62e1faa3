//! Endpoint validations: what a provider asks of an endpoint before it delivers to it.

use crate::source::Source;
use crate::template::Template;

/// One way in which a provider makes sure of an endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Handshake<'a> {
    /// Where the challenge is.
    pub challenge: Source<'a>,
    /// What is sent back.
    pub answer: Template<'a>,
}
