//! The oracle's own spellings and MACs: nothing of the crate under test.

use ring::hmac;

pub(crate) use crate::support::text::{base64, hex, unbase64};

pub(crate) fn hmac_sha256(key: &[u8], content: &[u8]) -> Vec<u8> {
    sign(hmac::HMAC_SHA256, key, content)
}

pub(crate) fn hmac_sha1(key: &[u8], content: &[u8]) -> Vec<u8> {
    sign(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key, content)
}

pub(crate) fn hmac_sha512(key: &[u8], content: &[u8]) -> Vec<u8> {
    sign(hmac::HMAC_SHA512, key, content)
}

fn sign(algorithm: hmac::Algorithm, key: &[u8], content: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(algorithm, key), content).as_ref().to_vec()
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    ring::digest::digest(&ring::digest::SHA256, bytes).as_ref().try_into().unwrap()
}

/// RFC 4648 §5, padded.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    base64(bytes).replace('+', "-").replace('/', "_")
}

/// The moment as `YYYY-MM-DDThh:mm:ss`, counted off year by year and month by month.
pub(crate) fn calendar(seconds: i64) -> String {
    let (mut days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let mut year = 1970 + 400 * days.div_euclid(146_097);
    days = days.rem_euclid(146_097);
    let leap = |year: i64| year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let long = |year| if leap(year) { 366 } else { 365 };
    while days >= long(year) {
        days -= long(year);
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}", days + 1)
}

#[test]
fn spells_what_the_rfcs_spell() {
    assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    assert_eq!(base64(b"fooba"), "Zm9vYmE=");
    assert_eq!(base64url(&[0xfb, 0xff]), "-_8=");
    assert_eq!(unbase64("Zm9vYmE="), b"fooba");
    assert_eq!(hex(&[0, 0xaf]), "00af");
    assert_eq!(calendar(1_700_000_000), "2023-11-14T22:13:20");
    assert_eq!(calendar(951_782_400), "2000-02-29T00:00:00");
    assert_eq!(calendar(253_402_300_799), "9999-12-31T23:59:59");
    let tag = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
    assert_eq!(&hex(&tag)[..16], "5bdcc146bf60754e");
    let tag = hmac_sha1(b"Jefe", b"what do ya want for nothing?");
    assert_eq!(&hex(&tag)[..16], "effcdf6ae5eb2fa2");
}
