//! The public half of a secret, `id:key`.

use crate::error::KeyError;
use crate::scheme::Scheme;
use crate::spelled::Spelled;
use crate::word::Word;

/// The two halves of a secret: the public one, and the key. A secret of a scheme without key ids is
/// all key. Where the key is a public one, which may hold the byte itself, the id ends at its first.
pub(crate) fn halves<'k>(
    scheme: &Scheme<'_>,
    secret: &'k [u8],
) -> Result<(Spelled<MAX_KEY_ID>, &'k [u8]), KeyError> {
    let Some(mark) = scheme.key_id else { return Ok((Spelled::EMPTY, secret)) };
    let is_mark = |byte: &u8| *byte == mark;
    let at = if scheme.algorithm.is_public_key() {
        secret.iter().position(is_mark)
    } else {
        secret.iter().rposition(is_mark)
    };
    let (id, key) = match at.and_then(|at| secret.split_at_checked(at)) {
        Some((id, key)) => (id, key.get(1..).unwrap_or_default()),
        None if scheme.names_key_id() => return Err(KeyError::MalformedSecret),
        None => (&b""[..], secret),
    };
    let spelled = Spelled::by(|memory| {
        memory.get_mut(..id.len())?.copy_from_slice(id);
        Some(id.len())
    });
    let fits = spelled.bytes().len() == id.len() && !(id.is_empty() && scheme.names_key_id());
    if fits { Ok((spelled, key)) } else { Err(KeyError::MalformedSecret) }
}

/// Longest public half of a secret.
pub(crate) const MAX_KEY_ID: usize = 128;

impl Scheme<'_> {
    /// Whether a signature, what is signed, or a condition names the public half of the secret.
    fn names_key_id(&self) -> bool {
        self.signature.key_mark.is_some()
            || self.signed.has(Word::KeyId)
            || self.checks.iter().any(|it| it.equals.has(Word::KeyId))
    }
}
