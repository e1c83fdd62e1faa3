//! Whether what is signed can be read in one way only where a part of it may fall away: the groups
//! of a template.
//!
//! The bytes are read from the front up to the one value that may hold anything, and from the back
//! down to it; without such a value, from either end to the other. On the way a value ends where
//! its separator is first met, as `Content` refuses that byte inside of it. So there is one reading
//! if two things are sure: whether a group is there, by its literals, and which byte ends a value,
//! whatever falls away behind it. What is not sure to this reader is refused, though another might
//! still tell it.

use crate::error::SchemeError;
use crate::scheme::Scheme;
use crate::template::Template;
use crate::word::{Part, Word};

impl Scheme<'_> {
    /// What falls away with a group is bound at times only. So a group has literals and values
    /// that may be absent, and nothing on which a verifier relies.
    pub(super) const fn check_groups(&self) -> Result<(), SchemeError> {
        let mut rest = self.signed.parts();
        while let [part, tail @ ..] = rest {
            match part.word {
                _ if part.group == 0 => {}
                Word::Literal => {}
                word if is_checked(word) => {}
                Word::Timestamp => return Err(SchemeError::TimestampUnsigned),
                _ => return Err(SchemeError::ContentUnsigned),
            }
            rest = tail;
        }
        Ok(())
    }

    /// Whether no other groups, with other values, come to the same bytes.
    pub(super) const fn groups_read_one_way(&self) -> bool {
        let (mut groups, mut free): (bool, u32) = (false, 0);
        let mut rest = self.signed.parts();
        while let [part, tail @ ..] = rest {
            groups = groups || part.group != 0;
            if is_free(part.word) {
                free = free.saturating_add(1);
            }
            rest = tail;
        }
        let way = Way { template: &self.signed, parts: self.signed.parts(), back: false };
        let (front, back) = (way.is_one(), Way { back: true, ..way }.is_one());
        match free {
            _ if !groups => true,
            0 => front || back,
            1 => front && back,
            _ => false,
        }
    }
}

/// A value whose bytes are looked at before they are hashed: its neighbours' are not in it.
const fn is_checked(word: Word) -> bool {
    matches!(word, Word::EventId | Word::Field(_) | Word::Item)
}

/// A value that may hold anything.
const fn is_free(word: Word) -> bool {
    word.is_open() && !is_checked(word)
}

/// What is left of a template, on the way from one of its ends to the other.
#[derive(Clone, Copy)]
struct Way<'a> {
    template: &'a Template<'a>,
    parts: &'a [Part],
    /// From the last part to the first.
    back: bool,
}

/// Two literals, side by side.
enum Compared {
    Same,
    /// They differ in a byte.
    Apart,
    /// One is the beginning of the other.
    Open,
}

impl<'a> Way<'a> {
    /// The next part, and the way behind it.
    const fn step(self) -> Option<(&'a Part, Self)> {
        match (self.parts, self.back) {
            ([part, parts @ ..], false) | ([parts @ .., part], true) => {
                Some((part, Way { parts, ..self }))
            }
            ([], _) => None,
        }
    }

    /// The way without the group that is next.
    const fn past(self, group: u8) -> Self {
        let mut way = self;
        while let Some((part, next)) = way.step()
            && part.group == group
        {
            way = next;
        }
        way
    }

    /// Whether there is one reading, up to the value that may hold anything.
    const fn is_one(self) -> bool {
        let (mut way, mut group) = (self, 0);
        while let Some((part, next)) = way.step()
            && !is_free(part.word)
        {
            let begins = part.group != 0 && part.group != group;
            if begins && !way.is_told(part.group) {
                return false;
            }
            if is_checked(part.word) && !next.ends_alike(part.group) {
                return false;
            }
            (way, group) = (next, part.group);
        }
        true
    }

    /// Whether the group that is next is told from all that may be there in its place.
    const fn is_told(self, group: u8) -> bool {
        let mut other = self.past(group);
        loop {
            if !self.differs(other) {
                return false;
            }
            match other.step() {
                Some((part, _)) if part.group != 0 => other = other.past(part.group),
                _ => return true,
            }
        }
    }

    /// Whether the bytes of the group that is next can be no others: some literal differs, and all
    /// before it is of one length.
    const fn differs(self, other: Self) -> bool {
        let (mut one, mut other) = (self, other);
        let (group, stand_in) = (self.group(), other.group());
        loop {
            let (Some((part, next)), theirs) = (one.step(), other.step()) else { return false };
            if part.group != group {
                return false;
            }
            let Some((their, their_next)) = theirs else { return true };
            if their.group != stand_in {
                return false;
            }
            if part.word.is(Word::Literal) && their.word.is(Word::Literal) {
                match self.compare(part, their) {
                    Compared::Apart => return true,
                    Compared::Open => return false,
                    Compared::Same => {}
                }
            } else {
                let end = next.ends(part.word) && their_next.ends(their.word);
                if !(end && next.begins_as(their_next)) {
                    return false;
                }
            }
            (one, other) = (next, their_next);
        }
    }

    /// Two literals, from the end at which the way begins.
    const fn compare(self, one: &Part, other: &Part) -> Compared {
        let (mut one, mut other) = (self.template.literal(one), self.template.literal(other));
        loop {
            match (one, other, self.back) {
                ([a, ..], [b, ..], false) | ([.., a], [.., b], true) if *a != *b => {
                    return Compared::Apart;
                }
                ([_, ones @ ..], [_, others @ ..], false)
                | ([ones @ .., _], [others @ .., _], true) => (one, other) = (ones, others),
                ([], [], _) => return Compared::Same,
                _ => return Compared::Open,
            }
        }
    }

    /// Whether all that may follow a value of a group begins with the byte that is refused in it.
    const fn ends_alike(self, group: u8) -> bool {
        let mut other = self;
        while let Some((part, _)) = other.step()
            && part.group != 0
            && part.group != group
        {
            other = other.past(part.group);
            if !(other.parts.is_empty() || self.begins_as(other)) {
                return false;
            }
        }
        true
    }

    /// Whether a value that is next to this way holds no byte with which the way begins.
    const fn ends(self, word: Word) -> bool {
        match word {
            Word::Timestamp => matches!(self.edge(), Some(byte) if !is_of_time(byte)),
            _ => is_checked(word),
        }
    }

    /// Whether both ways begin with a literal, and with the same byte.
    const fn begins_as(self, other: Self) -> bool {
        matches!((self.edge(), other.edge()), (Some(one), Some(other)) if one == other)
    }

    /// The byte with which the way begins, where that is a literal's.
    const fn edge(self) -> Option<u8> {
        let Some((part, _)) = self.step() else { return None };
        match (self.template.literal(part), self.back) {
            ([byte, ..], false) | ([.., byte], true) if part.word.is(Word::Literal) => Some(*byte),
            _ => None,
        }
    }

    /// The group of the next part.
    const fn group(self) -> u8 {
        match self.step() {
            Some((part, _)) => part.group,
            None => 0,
        }
    }
}

/// Whether a byte can be of a time, however it is spelled.
const fn is_of_time(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'+' | b',' | b'-' | b'.' | b':')
}
