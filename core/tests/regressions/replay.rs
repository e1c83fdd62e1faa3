//! Replay keys: one for each event, however its delivery is spelled.

use hookseal::{Algorithm, Identity, Scheme, UnixTime, Verifier};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::case::{Case, ID, NOW};
use crate::moment::spell_time;
use crate::reference::template::words;
use crate::rows::{made_rows, rows, signing_rows, timed_rows};
use crate::spell::secret;
use crate::variants::variants;

/// The key of a delivery; none where it is refused.
type KeyOf<'k> = &'k dyn Fn(&Case) -> Option<[u8; 32]>;

/// The key was the text of the signature: another spelling of the same bytes was a new key.
#[test]
fn openclaw_telnyx_replay_key_of_the_signature_text() {
    every_spelling_has_one_key(&key).unwrap();
    every_spelling_has_one_key(&wrong::of_the_signature_header).unwrap_err();
}

/// The key was made of the raw URL, of which the signature did not see all (CVE-2026-41395).
#[test]
fn openclaw_2026_41395_replay_key_of_the_raw_url() {
    every_spelling_has_one_key(&key).unwrap();
    every_spelling_has_one_key(&wrong::of_the_raw_url).unwrap_err();
}

fn every_spelling_has_one_key(key: KeyOf<'_>) -> Result<(), String> {
    let mut count = 0;
    for row in rows() {
        let genuine = Case::of(row);
        for (what, variant) in variants(&genuine) {
            assert_eq!(variant.code(), "verified", "{}: {what}", row.name);
            if key(&variant) != key(&genuine) {
                return Err(format!("{}: {what}", row.name));
            }
            count += 1;
        }
    }
    assert!(count > 5 * rows().count(), "{count} variants");
    Ok(())
}

/// The id was made anew at each reading (CVE-2026-32053).
#[test]
fn openclaw_2026_32053_id_made_at_each_reading() {
    the_key_is_a_function_of_the_delivery(&key).unwrap();
    the_key_is_a_function_of_the_delivery(&wrong::made_at_each_reading).unwrap_err();
}

/// The key as its documentation writes it, so that it is the same in another process, too.
fn the_key_is_a_function_of_the_delivery(key: KeyOf<'_>) -> Result<(), String> {
    for row in made_rows() {
        let case = Case::of(row);
        if key(&case) != key(&case) || key(&case) != key(&Case::of(row)) {
            return Err(format!("{}: another key for the same bytes", row.name));
        }
        let by_id =
            row.event_id.is_some_and(|id| id.names == Identity::Event) && row.bound().event_id;
        let value = match row.algorithm {
            _ if by_id => ID.as_bytes().to_vec(),
            Algorithm::Token => case.body.clone(),
            _ => case.content(),
        };
        let length = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap().to_be_bytes();
        let expected = Sha256::new()
            .chain_update(b"hookseal replay key 1")
            .chain_update(length(row.name.as_bytes()))
            .chain_update(row.name)
            .chain_update(length(SCOPE))
            .chain_update(SCOPE)
            .chain_update([u8::from(!by_id)])
            .chain_update(Sha256::digest(value));
        if key(&case) != Some(expected.finalize().into()) {
            return Err(format!("{}: not the documented key", row.name));
        }
    }
    Ok(())
}

/// A second valid signature of one message, which some algorithms allow anyone to make, was a new
/// key.
#[test]
fn elliptic_malleable_signature_as_replay_key() {
    two_signatures_have_one_key(&|verifier, case| {
        case.ask_of(verifier, |verdict| verdict.unwrap().replay_key(SCOPE))
    })
    .unwrap();
    two_signatures_have_one_key(&wrong::of_the_signature).unwrap_err();
}

/// One message under the two keys of a rotation.
fn two_signatures_have_one_key(
    key: &dyn Fn(&Verifier<'static>, &Case) -> [u8; 32],
) -> Result<(), String> {
    for row in signing_rows() {
        let first = Case::of(row);
        let verifier = first.verifier().and_secret(secret(row, &[b'n'; 32])).unwrap();
        let second = first.with_signature(first.spelled(&first.tag_under(&[b'n'; 32])));
        if key(&verifier, &first) != key(&verifier, &second) {
            return Err(row.name.to_owned());
        }
    }
    Ok(())
}

/// The number that was to be used once was never looked up (PYSEC-2014-85). A key that does not
/// tell events apart would hide the same failure.
#[test]
fn python_oauth2_2014_85_nonce_never_checked() {
    events_have_keys_of_their_own(&key).unwrap();
    events_have_keys_of_their_own(&|_| Some([0; 32])).unwrap_err();
}

/// Two events of one object: another id, and another body.
fn events_have_keys_of_their_own(key: KeyOf<'_>) -> Result<(), String> {
    let mut alike = Vec::new();
    for row in made_rows() {
        let case = Case::of(row);
        let words = words(row.signed.text()).into_iter();
        let signed =
            words.filter(|(word, name)| !name.is_empty() && ["json", "form"].contains(&&**word));
        let fields: Vec<(String, Value)> = signed
            .map(|(_, name)| (name, json!("another")))
            .chain([("note".to_owned(), json!("another"))])
            .collect();
        let fields: Vec<(&str, Value)> =
            fields.iter().map(|(name, value)| (&**name, value.clone())).collect();
        let other = Case::signed(row, &case.time, "evt_another", &fields);
        assert!(other.accepted(), "{}", row.name);
        if row.algorithm != Algorithm::Token && case.content() == other.content() {
            // Nothing of an event is signed but its time, or what names no event.
            alike.push(row.name);
            continue;
        }
        let in_another_scope = case.ask(|verdict| verdict.unwrap().replay_key(b"another endpoint"));
        if key(&case) == key(&other) || key(&case) == Some(in_another_scope) {
            return Err(row.name.to_owned());
        }
    }
    assert!(alike.len() <= 4, "{alike:?}");
    Ok(())
}

/// Values that run together can be parted elsewhere: a delivery whose body quotes a later date was
/// sent again with that date for its time, and with a longer id.
#[test]
fn joined_values_parted_elsewhere() {
    a_delivery_is_parted_in_one_way(&Case::accepted).unwrap();
    a_delivery_is_parted_in_one_way(&wrong::joins).unwrap_err();
}

fn a_delivery_is_parted_in_one_way(verify: &dyn Fn(&Case) -> bool) -> Result<(), String> {
    let parted: Vec<Case> = timed_rows().filter_map(|(row, _)| part_elsewhere(row)).collect();
    assert!(parted.len() > 5, "{} rows sign a value before the time", parted.len());
    parted.iter().try_for_each(
        |case| {
            if verify(case) { Err(case.scheme.name.to_owned()) } else { Ok(()) }
        },
    )
}

/// The same signed bytes, with the time that the body quotes for the time. `None`: the row signs
/// no value of the sender's before the time, or no body behind it.
fn part_elsewhere(row: &'static Scheme<'static>) -> Option<Case> {
    let time = row.timestamp?;
    let (before, after) = row.signed.text().split_once("{timestamp}")?;
    let (value, left) = before.strip_prefix('{')?.split_once('}')?;
    let right = after.strip_suffix("{body}")?;
    let [now, later] =
        [NOW, NOW + 100_000].map(|it| spell_time(time.clock, UnixTime::from_secs(it)));
    let (head, tail) = (r#"{"until":""#, r#"","id":"evt_1"}"#);
    let body = format!("{head}{left}{later}{right}{tail}");
    let mut case = Case::with_body(row, &now, ID, body.into_bytes());
    assert!(case.accepted(), "{}", row.name);
    let name = match value.split_once(':') {
        Some((_, name)) => name,
        None => row.event_id?.source.names().next()?,
    };
    let grown = &mut case.headers.iter_mut().find(|(other, _)| other == name)?.1;
    grown.extend(format!("{left}{now}{right}{head}").bytes());
    *case.header_of(time.source) = later.into_bytes();
    case.body = tail.into();
    Some(case.received_at(UnixTime::from_secs(NOW + 100_000)))
}

const SCOPE: &[u8] = b"endpoint 1";

fn key(case: &Case) -> Option<[u8; 32]> {
    case.ask(|verdict| verdict.ok().map(|delivery| delivery.replay_key(SCOPE)))
}

mod wrong {
    use core::sync::atomic::{AtomicU8, Ordering};

    use hookseal::Place;

    use super::{Case, Digest, Scheme, Sha256, Verifier};
    use crate::spell::tag;

    pub(super) fn of_the_signature_header(case: &Case) -> Option<[u8; 32]> {
        let value = match case.scheme.signature.place {
            Place::Header => case.clone().header_of(case.scheme.signature).clone(),
            _ => case.received(),
        };
        Some(Sha256::digest(value).into())
    }

    pub(super) fn of_the_raw_url(case: &Case) -> Option<[u8; 32]> {
        Some(Sha256::new().chain_update(&case.url).chain_update(&case.body).finalize().into())
    }

    pub(super) fn made_at_each_reading(_: &Case) -> Option<[u8; 32]> {
        static COUNT: AtomicU8 = AtomicU8::new(0);
        Some([COUNT.fetch_add(1, Ordering::Relaxed); 32])
    }

    pub(super) fn of_the_signature(_: &Verifier<'static>, case: &Case) -> [u8; 32] {
        Sha256::digest(case.received()).into()
    }

    /// Joins what it is given, and looks at nothing else.
    pub(super) fn joins(case: &Case) -> bool {
        let row: &Scheme<'_> = case.scheme;
        let mut content = row.signed.text().replace("{body}", str::from_utf8(&case.body).unwrap());
        let mut put = |word: &str, name: &str| {
            if let Some((_, value)) = case.headers.iter().find(|(other, _)| other == name) {
                content = content.replace(word, str::from_utf8(value).unwrap());
            }
        };
        put("{timestamp}", row.timestamp.unwrap().source.names().next().unwrap());
        put("{event_id}", row.event_id.unwrap().source.names().next().unwrap());
        put("{header:custom-tenant}", "custom-tenant");
        let tag = tag(row, crate::case::KEY, &case.time, content.as_bytes());
        case.spelled(&tag) == case.signature
    }
}
