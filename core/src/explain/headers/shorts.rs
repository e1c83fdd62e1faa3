//! Signatures that are cut short. Of what came, enough must be the expected signature's: then the
//! whole one is put in its place, and the delivery verifies or not.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use subtle::ConstantTimeEq;

use super::Faults;
use super::list::{Edit, List};
use super::spellings::each_item;
use crate::explain::secrets::{Bytes, base64_of};
use crate::facts::Encoding;
use crate::key::reveal;
use crate::source::{Place, Source};

/// Fewest characters that must have come: nobody guesses as many.
const FEWEST: usize = 16;

pub(super) fn find(list: &mut List<'_, '_, '_, '_>, secrets: &[&[u8]]) -> Option<Faults> {
    let source = list.scheme.signature;
    if source.place != Place::Header {
        return None;
    }
    let names: Vec<&str> = source.names().collect();
    let places = list.places(&names);
    let whole = whole(list, secrets);
    let edits = |at: usize| -> Vec<Edit> {
        whole.iter().filter_map(|whole| mended(list, &source, at, whole)).collect()
    };
    let changes: Vec<Vec<Edit>> = places.into_iter().map(edits).collect();
    list.first(changes)
}

/// The signatures that would verify. A token is its own.
fn whole(list: &List<'_, '_, '_, '_>, secrets: &[&[u8]]) -> Vec<Bytes> {
    if !list.scheme.is_token() {
        let expected = list.trial.expected(list.request).map(String::into_bytes);
        return expected.into_iter().map(Bytes::from).collect();
    }
    let spelled = |secret: &&[u8]| match list.scheme.encoding {
        Encoding::Base64 => base64_of(secret).into(),
        _ => Bytes::from(secret.to_vec()),
    };
    secrets.iter().map(spelled).collect()
}

/// The header with the whole signature in the place of the one that is cut.
fn mended(
    list: &List<'_, '_, '_, '_>,
    source: &Source<'_>,
    at: usize,
    whole: &[u8],
) -> Option<Edit> {
    let said = RefCell::new(None);
    let value = each_item(source, list.value(at), &|text| {
        let what = cut(list.scheme.encoding, text, whole)?;
        said.replace(Some(what));
        Some(whole.into())
    });
    let bare = || -> Option<Vec<u8>> {
        // Cut at its front, it has lost the prefix too.
        let prefix = source.prefix.split(['|']).next().unwrap_or_default();
        let what = cut(list.scheme.encoding, list.value(at), whole)?;
        said.replace(Some(what));
        let quote: &[u8] = if source.is_quoted() { b"\"" } else { b"" };
        source.split.is_empty().then(|| [prefix.as_bytes(), whole, quote].concat())
    };
    let value = value.or_else(bare)?;
    let what = format!("the signature in {} is cut short: {}", list.name(at), said.take()?);
    Some(list.edit(at, value, what))
}

/// What is missing of a text that is the beginning or the end of the whole.
fn cut(encoding: Encoding, text: &[u8], whole: &[u8]) -> Option<String> {
    let text = text.strip_suffix(b"...").unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    let text = if encoding == Encoding::HexAnyCase { lower.as_slice() } else { text };
    let (came, all) = (text.len(), whole.len());
    let missing = all.checked_sub(came).filter(|missing| *missing > 0)?;
    if came < FEWEST || came.saturating_mul(4) < all {
        return None;
    }
    if reveal(whole.get(..came)?.ct_eq(text)) {
        return Some(format!("its first {came} characters of {all} came"));
    }
    let is_end = reveal(whole.get(missing..)?.ct_eq(text));
    is_end.then(|| format!("its last {came} characters of {all} came"))
}
