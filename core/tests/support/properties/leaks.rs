//! Nothing that is printed holds eight bytes in a row of a secret, of a signature or of a body.

use core::cell::{Cell, RefCell};
use core::fmt::{Debug, Write};

use hookseal::{
    Encoding, KeyError, Request, Scheme, SchemeError, SetupError, Signer, UnixTime, Verifier,
};

use crate::made::Made;
use crate::support::text::{base64, hex, unbase64, unhex};
use crate::{Seed, for_every_row};

const WINDOW: usize = 8;

#[test]
fn nothing_that_is_printed_leaks() {
    let printed = Cell::new(0_u64);
    let planted = RefCell::new(Vec::new());
    let ran = for_every_row(16, 64, |row, seed| {
        let made = Made::new(row, seed);
        let hidden = Hidden::new(row, seed, &made);
        let mut text = String::new();
        print_all(row, seed, &made, &mut text);
        printed.set(printed.get() + text.len() as u64);
        assert_eq!(hidden.found_in(&text), None, "in {text}");
        plant(&hidden, &text, &mut planted.borrow_mut());
    });
    assert!(ran >= 4_000, "only {ran} deliveries");
    assert!(printed.get() > 800 * ran, "only {} bytes were printed", printed.get());
    // Each kind of leak was planted, and none of them was overlooked.
    for kind in &Hidden::KINDS {
        let found = planted.borrow().iter().filter(|it| **it == *kind).count() as u64;
        assert!(found > ran / 2, "{kind}: {found} of {ran} planted leaks were found");
    }
}

/// Everything with a `Debug` or a `Display`, before, after and instead of a verification.
fn print_all(row: &'static Scheme<'static>, seed: &Seed, made: &Made, to: &mut String) {
    let pairs: Vec<(&str, &[u8])> =
        made.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let request = Request::new(pairs.as_slice(), &made.body).url(&made.url).method("POST");
    let now = UnixTime::from_millis(made.now);
    let signer = Signer::new(row, &made.secret.signer).unwrap();
    let signed = signer.sign(&request, Some(&made.id), now).unwrap();
    let delivery = made.verifier.verify(&request, now).unwrap();
    let mut print = |what: &dyn Debug| write!(to, "{what:?}\n{what:#?}\n").unwrap();
    print(&made.verifier);
    print(&signer);
    print(&signed);
    signed.headers().for_each(|(name, value)| print(&(name, value)));
    print(&request);
    print(&delivery);
    #[cfg(feature = "alloc")]
    print(&delivery.clone().into_owned());
    print(&delivery.body());
    print(&(delivery.event_id(), delivery.event_type(), delivery.sent_at(), delivery.bound()));

    let mut errors: Vec<SetupError> = Vec::new();
    let short = &made.secret.verifier[..1];
    errors.extend(Verifier::new(row, short).err());
    errors.extend(Verifier::new(row, format!("{}!\u{17c}", made.secret.verifier)).err());
    errors.extend(Verifier::new(row, format!("-----BEGIN {}", made.secret.verifier)).err());
    if seed.dice.is_multiple_of(32) {
        errors.extend(KeyError::ALL.iter().map(|error| SetupError::Key(*error)));
        errors.extend(SchemeError::ALL.iter().map(|error| SetupError::Scheme(*error)));
    }
    errors.iter().for_each(|error| write!(to, "{error}\n{error:?}\n{error:#?}\n").unwrap());

    for (header, _) in made.headers.iter().enumerate() {
        let mut spoiled: Vec<(&str, &[u8])> = pairs.clone();
        let junk = [spoiled[header].1, &seed.body].concat();
        spoiled[header].1 = &junk;
        let request = Request::new(spoiled.as_slice(), &made.body).url(&made.url).method("POST");
        if let Err(error) = made.verifier.verify(&request, now) {
            write!(to, "{error}\n{error:?}\n{error:#?}\n{}\n", error.code()).unwrap();
        }
    }
}

/// Puts each hidden text into the middle of what was printed, as an ordinary mistake would, and
/// notes which of them were found.
fn plant(hidden: &Hidden, text: &str, found: &mut Vec<&'static str>) {
    for (kind, spellings) in &hidden.texts {
        let middle = spellings[0].len().saturating_sub(WINDOW) / 2;
        let window = spellings[0].get(middle..middle + WINDOW);
        let Some(window) = window else { continue };
        let leak = format!("{}{}", &text[..40], String::from_utf8_lossy(window));
        if hidden.found_in(&leak) == Some(kind) {
            found.push(kind);
        }
    }
    // What a derived `Debug` prints of bytes.
    let leak = format!("{:?}", hidden.body);
    if hidden.found_in(&leak).is_some() {
        found.push("derived");
    }
}

/// What must not be printed.
struct Hidden {
    /// Each in all the spellings in which it could be printed.
    texts: [(&'static str, Vec<Vec<u8>>); 3],
    body: Vec<u8>,
}

impl Hidden {
    const KINDS: [&'static str; 4] = ["secret", "signature", "body", "derived"];

    fn new(row: &Scheme<'_>, seed: &Seed, made: &Made) -> Self {
        let text = made.signature.clone();
        let spelled_tag = str::from_utf8(&text).unwrap().rsplit('.').next().unwrap();
        let tag = match row.encoding {
            Encoding::Text => text.clone(),
            _ => unhex(spelled_tag).unwrap_or_else(|| unbase64(spelled_tag)),
        };
        let mut secret = spelled(made.secret.signer.as_bytes());
        secret.extend(spelled(&seed.key));
        let mut signature = spelled(&tag);
        signature.insert(0, text);
        // Where the row needs JSON, the seed's bytes are in it as hex; as text in any case.
        let mut body = spelled(&seed.body);
        body.rotate_left(1);
        Hidden {
            texts: [("secret", secret), ("signature", signature), ("body", body)],
            body: seed.body.clone(),
        }
    }

    /// What is hidden and yet there.
    fn found_in(&self, text: &str) -> Option<&'static str> {
        let windows = Windows::of(text.as_bytes());
        let leaks = |spellings: &[Vec<u8>]| spellings.iter().any(|it| windows.share(it));
        self.texts.iter().find(|(_, spellings)| leaks(spellings)).map(|(kind, _)| *kind)
    }
}

/// The windows of a text, behind a table of bits that rules out nearly all others at once.
struct Windows<'t> {
    text: &'t [u8],
    bits: Vec<u64>,
}

impl<'t> Windows<'t> {
    const BITS: u32 = 17;

    fn of(text: &'t [u8]) -> Self {
        let mut bits = vec![0; 1 << (Self::BITS - 6)];
        for window in text.windows(WINDOW) {
            let (word, bit) = Self::place(window);
            bits[word] |= bit;
        }
        Windows { text, bits }
    }

    fn share(&self, other: &[u8]) -> bool {
        other.windows(WINDOW).any(|window| {
            let (word, bit) = Self::place(window);
            self.bits[word] & bit != 0 && self.text.windows(WINDOW).any(|own| own == window)
        })
    }

    fn place(window: &[u8]) -> (usize, u64) {
        let window = u64::from_le_bytes(window.try_into().unwrap());
        let hash = window.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - Self::BITS);
        (hash as usize >> 6, 1 << (hash & 63))
    }
}

/// Bytes as they are, in hex, in base64, and as a list of numbers.
fn spelled(bytes: &[u8]) -> Vec<Vec<u8>> {
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    let numbers = numbers.join(", ").into_bytes();
    vec![bytes.to_vec(), hex(bytes).into_bytes(), base64(bytes).into_bytes(), numbers]
}
