//! Which headers of a request a row reads.

use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::template::Template;
use crate::word::Word;

impl<'a> Scheme<'a> {
    /// The names of the headers that [`Verifier::verify`](crate::Verifier::verify) and the delivery
    /// that it gives look at: an adapter has to hand over no others. A name can be there twice.
    ///
    /// `None`: every header is needed, as the delivery itself names those that are signed.
    ///
    /// ```
    /// use hookseal::providers;
    ///
    /// let names = providers::STRIPE.header_names().map(|names| names.collect::<Vec<_>>());
    /// assert_eq!(names, Some(vec!["stripe-signature", "stripe-signature"]));
    /// ```
    #[must_use]
    pub fn header_names(&self) -> Option<impl Iterator<Item = &'a str> + use<'a>> {
        let sources = [
            Some(self.signature),
            self.timestamp.map(|it| it.source),
            self.event_id.map(|it| it.source),
            self.event_type,
        ];
        let templates = self.checks.iter().map(|check| check.equals);
        let checked = self.checks.iter().map(|check| check.source);
        let sources = sources.into_iter().flatten().chain(checked).flat_map(headers);
        let named = [self.signed].into_iter().chain(templates).flat_map(named);
        self.signed_headers.is_none().then(|| sources.chain(named))
    }
}

fn headers<'a>(source: Source<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    source.names().filter(move |_| source.place == Place::Header)
}

/// The headers that a template names; a word can name alternatives, as a source can.
fn named<'a>(template: Template<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let words = template.parts().iter().filter(|it| it.word == Word::Field(Place::Header));
    words.flat_map(move |part| headers(Source::at(Place::Header, template.text_of(part))))
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::*;
    use crate::providers::ALL;

    #[test]
    fn every_place_that_is_a_header_is_named() {
        for row in ALL {
            let Some(names) = row.header_names() else {
                assert!(row.signed_headers.is_some(), "{}", row.name);
                continue;
            };
            let names: Vec<&str> = names.collect();
            assert!(names.iter().all(|name| !name.is_empty() && !name.contains('|')));
            if row.signature.place == Place::Header {
                assert!(row.signature.names().all(|name| names.contains(&name)), "{}", row.name);
            }
        }
    }
}
