//! The facts of a handshake: how it is asked, and what is wanted for an answer. Nothing here runs.

use crate::facts::Confidence;
use crate::source::Source;
use crate::template::Template;

/// One thing that a provider asks of an endpoint, beside its deliveries: data, as the rest of a
/// row is. [`providers::handshakes`](crate::providers::handshakes) has those of the providers.
///
/// ```
/// use hookseal::handshake::{Cue, Guard, Handshake, Reply};
/// use hookseal::{Scheme, header, json, template};
///
/// const HELLO: Handshake = Handshake {
///     method: "POST",
///     cues: &[Cue::Is(json("type"), "hello")],
///     guard: Guard::Signature,
///     challenge: Some(json("challenge")),
///     reply: Reply::Text(template!("{challenge}")),
///     ..Handshake::BASE
/// };
/// const ACME: Scheme = Scheme {
///     name: "acme",
///     signature: header("acme-signature"),
///     handshakes: &[HELLO],
///     ..Scheme::BASE
/// };
/// const _: () = assert!(ACME.check().is_ok());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Handshake<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// The HTTP method by which it is asked.
    pub method: &'a str,
    /// How the request is known, beside its method and its challenge: all of these hold.
    pub cues: &'a [Cue<'a>],
    /// Who is answered.
    pub guard: Guard<'a>,
    /// Where the challenge is. A request without it is another one.
    pub challenge: Option<Source<'a>>,
    /// What a challenge may be.
    pub grammar: Grammar,
    /// What `{mac}` stands for in the reply.
    pub proof: Proof<'a>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What is sent. Its templates know `{challenge}`, `{mac}` and `{key_id}`.
    pub reply: Reply<'a>,
    /// How well this is known.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: &'a str,
}

impl Handshake<'static> {
    /// A GET that is answered to everyone by 200 and no body.
    pub const BASE: Self = Handshake {
        purpose: Purpose::Challenge,
        method: "GET",
        cues: &[],
        guard: Guard::Open,
        challenge: None,
        grammar: Grammar::Printable,
        proof: Proof::None,
        status: 200,
        reply: Reply::Nothing,
        confidence: Confidence::Custom,
        source: "",
    };
}

/// What a handshake is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose {
    /// The provider makes sure of the endpoint: [`Handshaker::answer`](super::Handshaker::answer).
    Challenge,
    /// The request brings the secret of all later deliveries: [`enrol`](super::enrol).
    BringsKey,
    /// The request brings a text that is to be handed back by a call of the provider's API, and
    /// is no key: [`enrol`](super::enrol).
    BringsToken,
    /// No request of its own: what the provider wants to read for every delivery that was taken:
    /// [`acknowledgement`](super::acknowledgement).
    Acknowledgement,
}

/// By what a request is known to be a handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cue<'a> {
    /// This value is there, and is this text.
    Is(Source<'a>, &'a str),
    /// This value is there.
    There(Source<'a>),
    /// This value is not there.
    Absent(Source<'a>),
}

/// Who is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Guard<'a> {
    /// Everyone: the answer says nothing that the request did not.
    Open,
    /// Who sends the value that [`Handshaker::expecting`](super::Handshaker::expecting) was given.
    Expected(Source<'a>),
    /// Who signs the request as a delivery is signed.
    Signature,
}

/// What a challenge may be. Whatever is not, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Grammar {
    /// 1 to 1,024 bytes of printable ASCII; without `"` and `\` where it goes into JSON, without
    /// blanks where it goes into a header.
    Printable,
    /// 1 to 256 of `A-Z a-z 0-9 _ -`.
    Token,
    /// Lower-case hex digits, so many.
    Hex {
        /// The least.
        least: u8,
        /// The most.
        most: u8,
    },
}

/// What `{mac}` stands for in a reply.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Proof<'a> {
    /// Nothing.
    None,
    /// The row's own MAC over the challenge alone, spelled as the row's signatures are. No
    /// delivery whose signed content could be such a challenge is ever taken: so that no answer
    /// can be sent back as a signature. That holds for verifiers of this row; one of another make
    /// under the same key would take a body that is no more than a token.
    Mac,
    /// The SHA-256, in hex, of a text that is no delivery's. Its template knows `{challenge}`,
    /// `{url|base}`, and, as `{secret}`, the value that
    /// [`Handshaker::expecting`](super::Handshaker::expecting) was given.
    Sha256(Template<'a>),
}

/// What is sent for an answer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Reply<'a> {
    /// No body.
    Nothing,
    /// A text, as `text/plain` that no browser may take for anything else.
    Text(Template<'a>),
    /// A JSON object of strings.
    Json(&'a [(&'a str, Template<'a>)]),
    /// A JSON text as it is.
    FixedJson(&'a str),
    /// Headers, and no body.
    Headers(&'a [(&'a str, Template<'a>)]),
}
