//! The headers that a scheme needs.

use alloc::vec::Vec;

use super::list::Need;
use crate::error::Error;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::template::Template;
use crate::word::Word;

/// Most headers that a list of signed ones may name.
const MOST_LISTED: usize = 32;

/// The headers that a scheme needs: those of the signature, of the time, of what is signed and of
/// what is compared. One that is needed for two things is there once.
pub(super) fn of<'n>(scheme: &'n Scheme<'n>, request: &Request<'n>) -> Vec<Need<'n>> {
    let id = scheme.event_id.filter(|_| scheme.signs_event_id()).map(|id| id.source);
    let time = scheme.timestamp.map(|time| time.source);
    let all = [Some(scheme.signature), time, id, scheme.signed_headers].into_iter().flatten();
    let checks = scheme.checks.iter();
    let mut needs: Vec<Need<'n>> = Vec::new();
    for source in all.chain(checks.clone().map(|check| check.source)) {
        if source.place == Place::Header {
            add(&mut needs, source.names().collect());
        }
    }
    fields(&scheme.signed, &mut needs);
    checks.for_each(|check| fields(&check.equals, &mut needs));
    if let Some(list) = scheme.signed_headers.and_then(|list| listed(&list, request)) {
        let names = list.split([' ', ',']).filter(|name| !name.is_empty());
        names.take(MOST_LISTED).for_each(|name| add(&mut needs, Vec::from([name])));
    }
    needs
}

fn add<'n>(needs: &mut Vec<Need<'n>>, need: Need<'n>) {
    if !needs.contains(&need) {
        needs.push(need);
    }
}

/// The headers that a template names.
fn fields<'n>(template: &Template<'n>, needs: &mut Vec<Need<'n>>) {
    let parts = template.parts().iter();
    for part in parts.filter(|part| part.word == Word::Field(Place::Header)) {
        add(needs, Source::at(Place::Header, template.text_of(part)).names().collect());
    }
}

/// The list of the headers that are signed, as the delivery has it.
fn listed<'n>(list: &Source<'_>, request: &Request<'n>) -> Option<&'n str> {
    list.one(request, Error::MalformedField).ok().flatten()?.as_str()
}
