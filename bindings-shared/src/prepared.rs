//! A verifier beside its row.

use hookseal::handshake::Handshaker;
use hookseal::{Coverage, Request, UnixTime, Verifier};
use self_cell::self_cell;

use crate::answer::{Sent, answered};
use crate::failure::Failure;
use crate::row::Row;

self_cell! {
    /// A verifier of any row, with its key prepared: the core's own value is what it lends.
    pub struct Prepared {
        owner: Row,
        #[covariant]
        dependent: Verifier,
    }
}

impl Prepared {
    /// What there is to say where a body is asked for that is not all signed.
    ///
    /// # Errors
    /// It is not.
    pub fn body_is_signed(&self) -> Result<(), Failure> {
        let scheme = self.borrow_owner().scheme();
        let is_whole = scheme.bound().body == Coverage::Whole;
        let weakness = if is_whole { None } else { scheme.lint().next() };
        weakness.map_or(Ok(()), |it| Err(Failure::of_body(it)))
    }

    /// The answer to a challenge; `None`: it is none.
    ///
    /// # Errors
    /// It must not be answered.
    pub fn answer(
        &self,
        request: &Request<'_>,
        now: UnixTime,
        expected: &str,
    ) -> Result<Option<Sent>, Failure> {
        answered(Handshaker::new(self.borrow_dependent()), request, now, expected)
    }
}
