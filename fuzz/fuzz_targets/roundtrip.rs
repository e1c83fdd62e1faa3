//! Any row: what is signed verifies, and says what was signed; one flipped bit in anything that is
//! bound, and it does not.
#![no_main]

use hookseal::{Error, Place, Source, UnixTime, Verifier};
use hookseal_fuzz::{Facts, Owned, first_name, genuine, row, secret, told};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    row: u16,
    seconds: u32,
    place: u8,
    byte: u16,
    bit: u8,
    event_id: &'a str,
    body: &'a [u8],
}

fuzz_target!(|input: Input<'_>| {
    let scheme = row(input.row);
    let now = UnixTime::from_secs(1_000_000_000 + i64::from(input.seconds));
    let url = "https://hooks.example.com/in?tenant=a";
    let facts = Facts { body: input.body, event_id: input.event_id, now, url };
    let Some(sent) = genuine(scheme, &facts) else { return };
    let verifier = Verifier::new(scheme, secret(scheme)).unwrap();
    let bound = scheme.bound();
    sent.with(|request| {
        let delivery = verifier.verify(request, now).expect("what is signed verifies");
        assert_eq!(delivery.body().danger_unsigned(), sent.body);
        assert_eq!(delivery.body().signed().is_some(), bound.body.is_whole());
        assert_eq!(delivery.sent_at(), told(scheme, now));
        if bound.event_id && !input.event_id.is_empty() {
            let id = delivery.event_id().map(|id| id.to_text());
            assert_eq!(id.as_deref(), Some(input.event_id));
        }
    });

    let mut received = sent.clone();
    let header =
        |source: Source<'static>| (source.place == Place::Header).then(|| first_name(source));
    let time = scheme.timestamp.and_then(|time| header(time.source));
    let id = scheme.event_id.filter(|_| bound.event_id).and_then(|id| header(id.source));
    let place = input.place % 6;
    let flipped = match place {
        0 => flip(&mut received.body, &input),
        1 => flip_header(&mut received, header(scheme.signature), &input),
        2 => flip_header(&mut received, time, &input),
        3 => flip_header(&mut received, id, &input),
        4 => flip_text(&mut received.url, &input),
        5 => flip_text(&mut received.method, &input),
        _ => false,
    };
    if flipped {
        let refused = received.with(|request| verifier.verify(request, now).err());
        // What is not bound may change, and some of what is has two spellings: the second reading
        // of the row tells.
        let holds = refused.is_some() || received.holds(scheme, secret(scheme));
        assert!(holds, "one flipped bit of what is signed, and it verifies");
        let plain = scheme.signed.text().contains("{body}");
        assert!(place != 0 || !plain || refused.is_some(), "a changed body verifies");
        assert!(place != 0 || refused.is_none_or(is_of_body), "{refused:?} for a changed body");
    }
});

/// A changed body is another content; or, where a field of it is signed, not even that.
fn is_of_body(error: Error) -> bool {
    matches!(
        error,
        Error::SignatureMismatch
            | Error::BodyHashMismatch
            | Error::ClaimMismatch
            | Error::MissingSignature
            | Error::MalformedSignature
            | Error::TooManySignatures
            | Error::MalformedBody
            | Error::MissingField
            | Error::MalformedField
            | Error::MalformedTimestamp
            | Error::MissingTimestamp
            | Error::MalformedEventId
            | Error::MissingEventId
    )
}

fn flip(bytes: &mut [u8], input: &Input<'_>) -> bool {
    let length = bytes.len().max(1);
    let byte = bytes.get_mut(usize::from(input.byte) % length);
    byte.map(|byte| *byte ^= 1 << (input.bit % 8)).is_some()
}

fn flip_header(request: &mut Owned, name: Option<&str>, input: &Input<'_>) -> bool {
    let mut headers = request.headers.iter_mut();
    let header = headers.find(|(other, _)| Some(other.as_str()) == name);
    header.is_some_and(|(_, value)| flip(value, input))
}

/// As far as the text stays text.
fn flip_text(text: &mut String, input: &Input<'_>) -> bool {
    let mut bytes = text.clone().into_bytes();
    let flipped = flip(&mut bytes, input);
    let new = String::from_utf8(bytes).ok().filter(|_| flipped);
    new.map(|new| *text = new).is_some()
}
