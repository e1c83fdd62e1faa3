//! Which handshake a request is, if any.

use super::{Answer, Cue, Handshake, Purpose};
use crate::error::Error;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::spelled::Spelled;
use crate::value::Value;

/// Largest body in which a handshake is looked for. They are a few hundred bytes long.
const MAX_BODY: usize = 64 << 10;

/// A handshake that a request is, and its challenge.
pub(super) struct Asked<'r> {
    pub(super) handshake: &'r Handshake<'r>,
    pub(super) challenge: Value<'r>,
}

impl<'r> Asked<'r> {
    pub(super) fn check(&self) -> Result<(), Error> {
        let fits = self.handshake.challenge.is_none() || self.handshake.fits(self.challenge);
        if fits { Ok(()) } else { Err(Error::MalformedField) }
    }

    pub(super) const fn answer(&self) -> Answer<'r> {
        let (handshake, challenge) = (self.handshake, self.challenge);
        Answer { handshake, challenge, proof: Spelled::EMPTY, id: b"" }
    }
}

/// The first handshake of a purpose that a request is.
pub(super) fn find<'r>(
    scheme: &'r Scheme<'r>,
    request: &Request<'r>,
    is_sought: impl Fn(Purpose) -> bool,
) -> Result<Option<Asked<'r>>, Error> {
    let mut sought = scheme.handshakes.iter().filter(|it| is_sought(it.purpose)).peekable();
    if sought.peek().is_none() || request.body.len() > MAX_BODY {
        return Ok(None);
    }
    let method = request.method.ok_or(Error::MissingMethod)?;
    for handshake in sought.filter(|it| it.method == method) {
        if !handshake.cues.iter().all(|cue| cue.holds(request)) {
            continue;
        }
        if let Some(challenge) = challenge(handshake, request)? {
            return Ok(Some(Asked { handshake, challenge }));
        }
    }
    Ok(None)
}

/// The challenge; nothing, where a handshake has none. `None`: the request is another one.
fn challenge<'r>(
    handshake: &Handshake<'_>,
    request: &Request<'r>,
) -> Result<Option<Value<'r>>, Error> {
    let Some(source) = handshake.challenge else { return Ok(Some(Value::plain(b""))) };
    match source.one(request, Error::MalformedField) {
        // No JSON, or no form: then it is for the verifier to say what it is.
        Err(Error::MalformedBody) => Ok(None),
        found => found,
    }
}

impl Cue<'_> {
    fn holds(&self, request: &Request<'_>) -> bool {
        let malformed = Error::MalformedField;
        match self {
            Self::Is(source, text) => {
                matches!(source.one(request, malformed), Ok(Some(value)) if value.is(text))
            }
            Self::There(source) => matches!(source.one(request, malformed), Ok(Some(_))),
            Self::Absent(source) => matches!(source.one(request, malformed), Ok(None)),
        }
    }
}
