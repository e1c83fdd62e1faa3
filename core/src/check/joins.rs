//! Whether what is signed can be read in one way only: what parts a value from its neighbour.

use crate::error::SchemeError;
use crate::facts::Weakness;
use crate::scheme::Scheme;
use crate::word::{Part, Word};

impl Scheme<'_> {
    /// A value of any form that is not the last of them is followed by a literal, or by a time as
    /// RFC 3339 writes it: both are refused inside the value (see `Content`). The secret parts
    /// values too: who does not know it cannot write it. What has a fixed width, or is the
    /// receiver's own configuration, parts nothing: it could be quoted in what follows. Nor does
    /// the literal after the values of a list of headers, which are of any form.
    pub(crate) const fn check_joins(&self) -> Result<(), SchemeError> {
        let joins_fields = self.signed.has(Word::Form) || self.signed.has(Word::FormRepeated);
        if joins_fields && !self.admits(Weakness::LooseFields) {
            return Err(SchemeError::AmbiguousJoin);
        }
        if !self.admits(Weakness::LooseJoins) && !self.groups_read_one_way() {
            return Err(SchemeError::AmbiguousJoin);
        }
        let mut rest = self.signed.parts();
        let (mut bodies, mut open, mut exposed): (u32, bool, bool) = (0, false, false);
        let mut free = false;
        while let [Part { word, .. }, tail @ ..] = rest {
            let parts_values = (word.is(Word::Literal) && !free)
                || word.is(Word::Secret)
                || (word.is(Word::Timestamp) && self.has_written_time());
            exposed = (exposed && !word.is(Word::Secret)) || (open && !parts_values);
            open = word.is_open();
            free = word.is(Word::HeaderValues);
            if open && exposed && !self.admits(Weakness::LooseJoins) {
                return Err(SchemeError::AmbiguousJoin);
            }
            if word.is(Word::Body) || matches!(word, Word::FieldText) {
                bodies = bodies.saturating_add(1);
            }
            rest = tail;
        }
        if bodies > 1 { Err(SchemeError::AmbiguousJoin) } else { Ok(()) }
    }
}
