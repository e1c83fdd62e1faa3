//! Public keys at the edge of what is one: another spelling, small order, off the curve, size.

use super::*;

/// A base64 text whose last digit has bits that stand for nothing is another spelling.
#[test]
#[cfg(feature = "ed25519")]
fn unused_bits_are_zero() {
    let (raw, _) = keys::parts(Kind::Ed25519);
    let digits = base64url(&raw);
    let last = digits.chars().last().unwrap();
    let next = char::from(u8::try_from(last).unwrap() + 1);
    let other = format!("{}{next}", &digits[..42]);
    assert_eq!(
        (code(Kind::Ed25519, &digits), code(Kind::Ed25519, other)),
        ("", "malformed_secret")
    );
}

/// The eight points of small order, and two of them in an encoding that is not the shortest.
#[test]
#[cfg(feature = "ed25519")]
fn a_key_of_small_order_is_weak() {
    let low = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    for point in low {
        assert_eq!(code(Kind::Ed25519, point), "weak_secret", "{point}");
    }
    // On no curve.
    assert_eq!(code(Kind::Ed25519, "02".repeat(32)), "malformed_secret");
}

/// A JWK has all 32 bytes: half of the numbers below are points of the curve when filled up.
#[test]
#[cfg(feature = "ed25519")]
fn a_short_coordinate_is_not_filled_up() {
    let jwk = |x: &[u8]| format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, base64url(x));
    let (mut filled, code) = (0, |x: &[u8]| code(Kind::Ed25519, jwk(x)));
    for first in 2..34 {
        let x = [vec![first], vec![0; 30]].concat();
        assert_eq!(code(&x), "malformed_secret");
        filled += usize::from(code(&[&x[..], &[0]].concat()).is_empty());
    }
    assert!(filled > 8, "{filled}");
}

/// Whoever has the key can make a signature whose point is the identity. The control: a verifier
/// that is not strict takes it.
#[test]
#[cfg(feature = "ed25519")]
fn a_signature_of_small_order_is_refused() {
    let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let signature = from_hex(concat!(
        "0100000000000000000000000000000000000000000000000000000000000000",
        "79c605d25e237babd169a3f88a5cee725a12ae431cb4ad07ed7971d2af776f0b"
    ));
    let lax = ed25519_dalek::VerifyingKey::try_from(&from_hex(key)[..]).unwrap();
    let mut lax = lax.verify_stream(&signature[..].try_into().unwrap()).unwrap();
    lax.update(MESSAGE);
    assert!(lax.finalize_and_verify().is_ok());
    assert!(!verifies(&read(Kind::Ed25519, key).unwrap(), Form::Fixed, MESSAGE, &signature));
}

#[test]
#[cfg(feature = "ecdsa")]
fn a_point_is_on_its_curve() {
    let (mut raw, _) = keys::parts(Kind::EcdsaP256);
    raw[64] ^= 1;
    assert_eq!(code(Kind::EcdsaP256, base64(&raw)), "malformed_secret");
    assert_eq!(code(Kind::EcdsaP256, base64(&[0])), "malformed_secret");
}

#[test]
#[cfg(feature = "rsa")]
fn the_size_of_an_rsa_key_has_limits() {
    let jwk = |bytes: usize, first: u8, e: &[u8]| {
        let n = [vec![first], vec![0xFF; bytes - 1]].concat();
        format!(r#"{{"kty":"RSA","n":"{}","e":"{}"}}"#, base64url(&n), base64url(e))
    };
    let code = |text: String| code(Kind::RsaSha256, text);
    assert_eq!(code(pem("rsa1024.pub")), "weak_secret");
    assert_eq!(code(jwk(256, 0x7F, &[1, 0, 1])), "weak_secret"); // 2047 bits
    assert_eq!(code(jwk(256, 0x80, &[1, 0, 1])), "");
    assert_eq!(code(jwk(257, 0x00, &[1, 0, 1])), ""); // a zero in front is no bit
    assert_eq!(code(jwk(1024, 0x80, &[1, 0, 1])), "");
    assert_eq!(code(jwk(1025, 0x01, &[1, 0, 1])), "malformed_secret"); // 8193 bits
    // An exponent under which everything, or nothing, verifies.
    for e in [&[][..], &[0], &[1], &[2], &[1, 0, 0], &[0xFF; 5], &[0xFF; 300]] {
        assert_eq!(code(jwk(256, 0x80, e)), "malformed_secret", "{e:?}");
    }
    assert_eq!(code(jwk(256, 0x80, &[3])), "");
    // No more is read than a certificate needs.
    let padded = |blanks: usize| pem("rsa2048.pub") + &" ".repeat(blanks);
    assert_eq!((code(padded(15_000)), code(padded(16_000))), ("", "malformed_secret"));
}
