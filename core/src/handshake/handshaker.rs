//! Who is answered, and with what proof.

use core::fmt;

use super::asked::{Asked, find};
use super::check::MAX_TOKEN;
use super::{Answer, Guard, Handshake, Proof, Purpose};
use crate::content::{Content, Ours};
use crate::digest::{Hasher, digest_sha256};
use crate::encoding::{MAX_SPELLED, spell};
use crate::error::Error;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::spelled::Spelled;
use crate::template;
use crate::template::Template;
use crate::time::UnixTime;
use crate::url;
use crate::value::Value;
use crate::verifier::Verifier;
use crate::word::{Spelling, Word};

/// Answers the challenges of one row. Cheap to make: one for each request will do.
#[derive(Clone, Copy)]
pub struct Handshaker<'h> {
    scheme: &'h Scheme<'h>,
    verifier: Option<&'h Verifier<'h>>,
    expected: &'h str,
}

impl<'h> Handshaker<'h> {
    /// Answers what the verifier's row knows. Proofs of the key are made with the first secret,
    /// or with the one that signed the request.
    #[must_use]
    pub const fn new(verifier: &'h Verifier<'h>) -> Self {
        Handshaker { scheme: verifier.scheme(), verifier: Some(verifier), expected: "" }
    }

    /// For an endpoint that has no key yet: answers only what needs none.
    #[must_use]
    pub const fn without_key(scheme: &'h Scheme<'h>) -> Self {
        Handshaker { scheme, verifier: None, expected: "" }
    }

    /// The value that the two sides have agreed on, where the provider asks for one: the verify
    /// token of Meta, Lark or eBay; the topic of WebSub; the origin of CloudEvents. Without it,
    /// such a handshake is refused.
    #[must_use]
    pub const fn expecting(self, value: &'h str) -> Self {
        Handshaker { expected: value, ..self }
    }

    /// The answer to a handshake. `None`: the request is none, go on with
    /// [`Verifier::verify`]. The request must have its method, and its URL with the query.
    ///
    /// # Errors
    /// The request is a handshake, and must not be answered; send [`Error::status`].
    /// `malformed_field`: the challenge is not what a challenge of this row is. What `verify`
    /// says, where the row's handshakes are signed. `missing_signature`, `signature_mismatch`: the
    /// agreed value is missing, is another one, or was not given; or a proof needs a key that is
    /// not there. `missing_method`, `missing_url`: the request has none.
    pub fn answer<'r>(
        &self,
        request: &Request<'r>,
        now: UnixTime,
    ) -> Result<Option<Answer<'r>>, Error>
    where
        'h: 'r,
    {
        let Some(asked) = find(self.scheme, request, |it| it == Purpose::Challenge)? else {
            return Ok(None);
        };
        let secret_index = self.admit(asked.handshake, request, now)?;
        asked.check()?;
        let id = self.verifier.and_then(|it| it.secret(secret_index)).map_or(&b""[..], |it| it.1);
        let proof = self.prove(&asked, request, secret_index)?;
        Ok(Some(Answer { proof, id, ..asked.answer() }))
    }

    /// Whether this asker is answered, and which secret was used.
    fn admit(
        &self,
        handshake: &Handshake<'_>,
        request: &Request<'_>,
        now: UnixTime,
    ) -> Result<usize, Error> {
        match handshake.guard {
            Guard::Open => Ok(0),
            Guard::Expected(source) => {
                let value = source.one(request, Error::MalformedSignature)?;
                let value = value.ok_or(Error::MissingSignature)?;
                self.expects(value).then_some(0).ok_or(Error::SignatureMismatch)
            }
            Guard::Signature => {
                let verifier = self.verifier.ok_or(Error::SignatureMismatch)?;
                verifier.verify(request, now).map(|delivery| delivery.secret_index())
            }
        }
    }

    /// Whether a value is the agreed one, in constant time: the hashes of both are compared.
    fn expects(&self, value: Value<'_>) -> bool {
        let (mut wanted, mut received) = (Hasher::default(), Hasher::default());
        wanted.add(self.expected.as_bytes());
        value.for_each_run(&mut |run| received.add(run));
        let wanted = Spelled::<32>::by(|memory| {
            *memory = wanted.finish();
            Some(memory.len())
        });
        let same = wanted.difference(&received.finish()) == 0;
        !self.expected.is_empty() && same
    }

    /// What `{mac}` stands for.
    fn prove(
        &self,
        asked: &Asked<'_>,
        request: &Request<'_>,
        secret_index: usize,
    ) -> Result<Spelled<MAX_SPELLED>, Error> {
        match &asked.handshake.proof {
            Proof::None => Ok(Spelled::EMPTY),
            Proof::Mac => {
                let verifier = self.verifier.ok_or(Error::SignatureMismatch)?;
                mac(verifier, secret_index, asked.challenge).ok_or(Error::SignatureMismatch)
            }
            Proof::Sha256(template) if !self.expected.is_empty() => {
                let url = request.url.ok_or(Error::MissingUrl)?;
                Ok(self.hashed(template, asked.challenge, url))
            }
            Proof::Sha256(_) => Err(Error::SignatureMismatch),
        }
    }

    fn hashed(&self, template: &Template<'_>, of: Value<'_>, url: &str) -> Spelled<MAX_SPELLED> {
        let digested = digest_sha256(&|sink| {
            for part in template.parts() {
                match part.word {
                    Word::Literal => sink(template.literal(part)),
                    Word::Challenge => of.for_each_run(sink),
                    Word::Secret => sink(self.expected.as_bytes()),
                    Word::UrlBase => sink(url::base(url).as_bytes()),
                    _ => {} // refused by `Scheme::check`
                }
            }
        });
        let mut spelled = Spelled::EMPTY;
        spell(digested.bytes(), Spelling::Hex, &mut |run| {
            spelled = Spelled::of(&Value::plain(run));
        });
        spelled
    }
}

/// The row's MAC over a challenge alone, which `Handshake::fits` has found to be of a strict
/// grammar.
fn mac(
    verifier: &Verifier<'_>,
    secret_index: usize,
    challenge: Value<'_>,
) -> Option<Spelled<MAX_SPELLED>> {
    let scheme = Scheme { signed: template!("{body}"), handshakes: &[], ..*verifier.scheme() };
    let challenge = Spelled::<MAX_TOKEN>::of(&challenge);
    let no_headers: &[(&str, &str)] = &[];
    let request = Request::new(no_headers, challenge.bytes());
    let content = Content::new(&scheme, &request, None, None);
    let (key, _) = verifier.secret(secret_index)?;
    Some(key.tag(&content, &Ours::NONE, &mut 0).spell(scheme.encoding))
}

/// Nothing of the keys, nor of the agreed value.
impl fmt::Debug for Handshaker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handshaker").field("scheme", &self.scheme.name).finish_non_exhaustive()
    }
}
