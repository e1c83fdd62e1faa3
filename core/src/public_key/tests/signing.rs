//! Signatures that are made: those of the RFCs, byte for byte, and a round trip of any message.

use proptest::prelude::*;
use zeroize::ZeroizeOnDrop;

use super::*;
use crate::public_key::{MAX_SIGNATURE, PrivateKey};

fn sign(key: &PrivateKey, form: Form, runs: &[&[u8]]) -> Vec<u8> {
    let mut out = [0; MAX_SIGNATURE];
    let length = key.sign(form, &|sink| runs.iter().for_each(|run| sink(run)), &mut out);
    out[..length].to_vec()
}

fn private(kind: Kind, text: &str) -> PrivateKey {
    PrivateKey::read(kind, "", text.as_bytes()).unwrap()
}

/// RFC 8032 §7.1, tests 1 to 3: seed, public key, message, signature.
#[test]
#[cfg(feature = "ed25519")]
fn rfc_8032() {
    let tests = [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            concat!(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555",
                "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            concat!(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
        ],
        [
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            concat!(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac",
                "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ],
    ];
    for [seed, public, message, signature] in tests {
        let message = from_hex(message);
        let made = sign(&private(Kind::Ed25519, seed), Form::Der, &[&message]);
        assert_eq!(hex(&made), signature);
        let public = read(Kind::Ed25519, public).unwrap();
        assert!(verifies(&public, Form::Der, &message, &made));
    }
}

/// RFC 6979 §A.2.5, P-256 with SHA-256: message, r, s. The first s is a high one.
#[test]
#[cfg(feature = "ecdsa")]
fn rfc_6979() {
    let key = private(
        Kind::EcdsaP256,
        "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
    );
    let tests = [
        [
            "sample",
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        ],
        [
            "test",
            "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
            "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
        ],
    ];
    for [message, r, s] in tests {
        let fixed = sign(&key, Form::Fixed, &[message.as_bytes()]);
        assert_eq!(hex(&fixed), format!("{r}{s}"));
        // In DER a number whose first bit is set has a zero before it.
        let integer = |number: &str| {
            let zero = if number.as_bytes()[0] >= b'8' { "00" } else { "" };
            format!("02{:02x}{zero}{number}", 32 + zero.len() / 2)
        };
        let both = format!("{}{}", integer(r), integer(s));
        let der = sign(&key, Form::Der, &[message.as_bytes()]);
        assert_eq!(hex(&der), format!("30{:02x}{both}", both.len() / 2));
    }
}

#[test]
fn private_keys_are_wiped() {
    const fn wiped<T: ZeroizeOnDrop>() {}
    #[cfg(feature = "ed25519")]
    wiped::<ed25519_dalek::SigningKey>();
    #[cfg(feature = "ecdsa")]
    wiped::<p256::ecdsa::SigningKey>();
}

/// The pairs of this build, in every form.
fn pairs() -> Vec<(PrivateKey, PublicKey, Form)> {
    let pair = |kind: Kind, name: &str, form| {
        let public = read(kind, pem(&format!("{name}.pub"))).unwrap();
        (private(kind, &pem(name)), public, form)
    };
    vec![
        #[cfg(feature = "ed25519")]
        pair(Kind::Ed25519, "ed25519", Form::Fixed),
        #[cfg(feature = "ecdsa")]
        pair(Kind::EcdsaP256, "p256", Form::Der),
        #[cfg(feature = "ecdsa")]
        pair(Kind::EcdsaP256, "p256", Form::Fixed),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the runs of a message are, its signature is one; and with any bit of the message
    /// or of the signature changed it is refused.
    #[test]
    fn what_is_signed_verifies_and_nothing_else(
        message in proptest::collection::vec(any::<u8>(), 1..300),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..6),
        bit in any::<prop::sample::Index>(),
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(message.len())).collect();
        cuts.extend([0, message.len()]);
        cuts.sort_unstable();
        let runs: Vec<&[u8]> = cuts.windows(2).map(|cut| &message[cut[0]..cut[1]]).collect();
        for (private, public, form) in pairs() {
            let signature = sign(&private, form, &runs);
            prop_assert_eq!(&signature, &sign(&private, form, &[&message]));
            let in_runs = |sink: &mut dyn FnMut(&[u8])| runs.iter().for_each(|run| sink(run));
            prop_assert!(public.verifies(form, &in_runs, &mut [&signature[..]].into_iter()));
            prop_assert!(verifies(&public, form, &message, &signature));
            let flip = |bytes: &[u8]| {
                let (mut bytes, at) = (bytes.to_vec(), bit.index(bytes.len() * 8));
                bytes[at / 8] ^= 1 << (at % 8);
                bytes
            };
            prop_assert!(!verifies(&public, form, &flip(&message), &signature));
            prop_assert!(!verifies(&public, form, &message, &flip(&signature)));
            for cut in [&signature[..signature.len() - 1], &[&signature[..], &[0]].concat(), &[]] {
                prop_assert!(!verifies(&public, form, &message, cut));
            }
            let none = public.verifies(form, &in_runs, &mut core::iter::empty());
            prop_assert!(!none);
        }
    }
}
