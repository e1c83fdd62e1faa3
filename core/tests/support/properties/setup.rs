//! Secrets that cannot be used, and one too many.

use hookseal::{KeyError, KeyFormat, SetupError, Signer, Verifier};

use crate::for_every_row;
use crate::made::{secret, under_id};
use crate::reference::tag::is_public;
use crate::support::text::hex;

#[test]
fn a_fifth_secret_is_an_error() {
    for_every_row(2, 10, |row, seed| {
        let next = || secret(row, &seed.key).verifier;
        let four = Verifier::new(row, next())
            .and_then(|verifier| verifier.and_secret(next()))
            .and_then(|verifier| verifier.and_secret(next()))
            .and_then(|verifier| verifier.and_secret(next()));
        let five = four.unwrap().and_secret(next());
        assert_eq!(five.err(), Some(SetupError::Key(KeyError::TooManySecrets)));
    });
}

#[test]
fn a_short_secret_needs_its_name() {
    for_every_row(4, 10, |row, seed| {
        if is_public(row) {
            return;
        }
        for length in 1..16 {
            // Zeros at the end of a key add nothing to it: a key of them alone is an empty one.
            let mut key = seed.key.clone();
            key[0] |= 1;
            let short = secret(row, &key[..length]).verifier;
            // A key that is text has a byte for each character.
            let short = match row.key {
                KeyFormat::Base64 { .. } | KeyFormat::Hex => short,
                _ => under_id(row, &hex(&key)[..length]),
            };
            let weak = Some(SetupError::Key(KeyError::WeakSecret));
            assert_eq!(Verifier::new(row, &short).err(), weak);
            assert_eq!(Signer::new(row, &short).err(), weak);
            assert!(Verifier::danger_weak_secret(row, &short).is_ok());
            assert!(Signer::danger_weak_secret(row, &short).is_ok());
        }
    });
}

#[test]
fn an_empty_secret_is_never_taken() {
    for_every_row(1, 10, |row, _| {
        let mut empty = vec![String::new(), " ".into(), "\n".into(), " \t\r\n ".repeat(9)];
        if let KeyFormat::Base64 { prefix } = row.key {
            empty.push(prefix.to_owned());
        }
        for nothing in empty {
            let nothing = under_id(row, &nothing);
            let error = Some(SetupError::Key(KeyError::EmptySecret));
            assert_eq!(Verifier::danger_weak_secret(row, &nothing).err(), error, "{nothing:?}");
            assert_eq!(Signer::danger_weak_secret(row, &nothing).err(), error, "{nothing:?}");
        }
        let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----";
        // Where the byte between the halves is in a PEM, there is no telling what it is.
        let parted = row.key_id.is_some_and(|mark| pem.contains(char::from(mark)));
        if !is_public(row) && !parted {
            let error = Some(SetupError::Key(KeyError::WrongKeyType));
            assert_eq!(Verifier::new(row, under_id(row, pem)).err(), error);
        }
        if let KeyFormat::Base64 { prefix } = row.key {
            for text in ["!", "QUJD RA==", "QUI", "QUJ=", "_-_-"] {
                let text = under_id(row, &format!("{prefix}{text}"));
                let error = Some(SetupError::Key(KeyError::MalformedSecret));
                assert_eq!(Verifier::danger_weak_secret(row, &text).err(), error, "{text}");
            }
        }
    });
}
