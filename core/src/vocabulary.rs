//! The words in which a row says its facts, wherever it is said: in Rust, in the text of a scheme
//! file, in lists and logs. One list makes an enum, the name and the meaning of each word.

use crate::facts::KeyFormat;

/// Makes an enum of words.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident $word:literal $meaning:literal)+ })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!($meaning, ".")] $variant,)+
        }

        impl $name {
            /// Every word, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word, as lists and scheme files write it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What it means, in a few words.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }

            /// The word of this name.
            #[must_use]
            pub fn by_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.name() == name)
            }
        }
    )+};
}

words! {
    /// A place in the request where values are.
    #[non_exhaustive]
    Place {
        Header "header" "A header; names compare without case"
        Json "json" "A field of the JSON body, as a path: `a.b`; `a[].b` is the same value in every element"
        Query "query" "A parameter of the URL's query, decoded, there once"
        Form "form" "A field of a form-encoded body, decoded, there once"
        Claim "claim" "A member of the payload of the JWS that is the signature (feature `jwt`)"
        Body "body" "The whole body"
    }

    /// How a signature is spelled: one spelling each, and no other is accepted.
    #[non_exhaustive]
    Encoding {
        Hex "hex" "Lower-case hex"
        Base64 "base64" "Standard base64 with padding"
        Base64Url "base64url" "URL-safe base64 without padding"
        Base64UrlPadded "base64url-padded" "URL-safe base64 with padding"
        Text "text" "The text itself: a shared token"
        Base64OfHex "base64-of-hex" "Base64 of the tag's lower-case hex digits"
        HexAnyCase "hex-any-case" "Hex in either case: for senders of which either is met"
        HexOrBase64 "hex-or-base64" "Lower-case hex, or standard base64 with padding: for senders of which either is told"
        Jws "jws" "A compact JWS (RFC 7515), whose last part is the tag in URL-safe base64 (feature `jwt`)"
    }

    /// The algorithm of a signature.
    #[non_exhaustive]
    Algorithm {
        HmacSha256 "hmac-sha256" "HMAC-SHA-256"
        HmacSha1 "hmac-sha1" "HMAC-SHA-1 (feature `sha1`)"
        HmacSha384 "hmac-sha384" "HMAC-SHA-384 (feature `sha512`)"
        HmacSha512 "hmac-sha512" "HMAC-SHA-512 (feature `sha512`)"
        HmacMd5 "hmac-md5" "HMAC-MD5 (feature `md5`)"
        Sha256 "sha256" "A plain SHA-256, over a content that holds the secret"
        Sha1 "sha1" "A plain SHA-1 over a content that holds the secret (feature `sha1`)"
        Sha512 "sha512" "A plain SHA-512 over a content that holds the secret (feature `sha512`)"
        Md5 "md5" "A plain MD5 over a content that holds the secret (feature `md5`)"
        Token "shared-token" "No signature: the secret itself is sent, and nothing is bound to it"
        Ed25519 "ed25519" "Ed25519 (feature `ed25519`)"
        EcdsaP256 "ecdsa-p256-sha256" "ECDSA over P-256 with SHA-256 (feature `ecdsa`): DER, or r and s in a JWS"
        RsaSha1 "rsa-pkcs1-sha1" "RSA PKCS #1 v1.5 with SHA-1 (features `rsa` and `sha1`)"
        RsaSha256 "rsa-pkcs1-sha256" "RSA PKCS #1 v1.5 with SHA-256 (feature `rsa`)"
        RsaSha512 "rsa-pkcs1-sha512" "RSA PKCS #1 v1.5 with SHA-512 (feature `rsa`)"
    }

    /// How a time is spelled.
    #[non_exhaustive]
    Clock {
        Seconds "seconds" "Unix time in seconds: exactly 10 digits, the first not 0"
        Millis "millis" "Unix time in milliseconds: exactly 13 digits, the first not 0"
        Rfc3339 "rfc3339" "RFC 3339: `YYYY-MM-DDThh:mm:ss`, 0 to 9 digits of a fraction, `Z` or `±hh:mm`"
        Iso8601 "iso8601" "The same, with an offset that may lack its colon (`+0000`) or be missing: then it is UTC"
        SecondsOrMillis "seconds-or-millis" "Unix time in seconds or in milliseconds, told apart by the number of digits"
        HttpDate "http-date" "An HTTP date (IMF-fixdate of RFC 9110): `Sun, 06 Nov 1994 08:49:37 GMT`"
        Expiry "expiry" "Unix time in seconds from which on the delivery is no longer good: the window's past is a grace after it, and it has no future"
    }

    /// How a secret is spelled: [`KeyFormat`](crate::KeyFormat) without its prefixes.
    #[non_exhaustive]
    KeySpelling {
        Text "text" "The secret's own bytes: nothing is trimmed or decoded"
        Hex "hex" "Hex, in either case"
        Base64 "base64" "Padded base64, after an optional prefix"
        Sha1 "sha1" "The SHA-1 of the secret's own bytes (feature `sha1`)"
        AfterTimestamp "after-timestamp" "The text of the delivery's time, and then the secret's own bytes"
        PublicKey "public-key" "A public key, after an optional prefix: 32 bytes in hex, base64 or base64url; PEM; the base64 inside of a PEM; a JWK; a certificate in PEM"
    }

    /// When a [`Check`](crate::Check) is made.
    When {
        Always "always" "Always: a delivery without the value is refused"
        WithBody "with-body" "Where there is a body; where there is none, the value must be absent"
        IfPresent "if-present" "Where the value is there; only for a value that is signed itself"
    }

    /// A weakness that a row admits, because its provider signs so. A row that has one without
    /// saying so is refused by [`Scheme::check`](crate::Scheme::check).
    Weakness {
        BodyUnsigned "body-unsigned" "The signature does not cover all of the body"
        LooseJoins "loose-joins" "Values run together in what is signed: some bytes could move from one to its neighbour"
        LooseFields "loose-fields" "So do the names and values of a form: which byte belongs to which field is not bound, nor, with `{form}`, how often a field is there"
    }

    /// What an event id names.
    Identity {
        Event "event" "One event: confirmed to be unique, and the same on every retry"
        Attempt "attempt" "One attempt to deliver: a retry has another"
        Unconfirmed "unconfirmed" "Not confirmed by the provider's text or code"
    }

    /// What a retry of a delivery looks like.
    Retry {
        Resigned "resigned" "It has a new time and so a new signature"
        Repeated "repeated" "It repeats the signed bytes of the first attempt"
        Unknown "unknown" "Not known"
    }

    /// How well the facts of a row are known.
    Confidence {
        Sdk "sdk" "The provider's own code was read, often run"
        Docs "docs" "The provider's text was read"
        ThirdParty "third-party" "Independent code agrees"
        Custom "custom" "The row is a user's own"
    }

    /// The keys of a scheme file, in the order in which one is written.
    #[non_exhaustive]
    Key {
        Name "name" "The name of the scheme: in lists, logs and the replay key; always there"
        Base "base" "The built-in row to start from; without it every fact is as listed below"
        Signature "signature" "Where the signatures are: a source; always there, but with a base"
        Encoding "encoding" "How a signature is spelled; `hex`"
        Signed "signed" "The signed bytes: a template; `{body}`"
        Algorithm "algorithm" "The algorithm of the signature; `hmac-sha256`"
        Key "key" "How the secret is spelled: a word, or a table of `format`, `prefix` and `private_prefix`; `text`"
        KeyId "key_id" "The one byte that parts a secret of two halves, `id:key`; `none`"
        Timestamp "timestamp" "The time of the delivery: a source with `clock`, `past` and `future`; `none`"
        EventId "event_id" "The id of the event: a source with `names`; `none`"
        EventType "event_type" "The type of the event: a source; `none`"
        SignedHeaders "signed_headers" "The list of the headers that are signed: a source; `none`"
        Checks "checks" "What must hold beside the signature: a list of sources with `equals` and `when`; empty"
        Retry "retry" "What a retry of a delivery looks like; `unknown`"
        Admits "admits" "The weaknesses that the scheme is known to have: a list; empty"
        Confidence "confidence" "How well the facts are known; `custom`"
        Source "source" "Where the facts were read, as an address; empty"
    }

    /// The keys of the tables inside a scheme file, beside the places of a source.
    #[non_exhaustive]
    InnerKey {
        Split "split" "Of a source: the bytes at any of which the value, a list, is parted; none: it is no list"
        Prefix "prefix" "Of a source: what the value, or the item of the list, begins with. Of a key: what is dropped from the secret's front where it is there"
        KeyMark "key_mark" "Of the signature: the one byte between the id of a key and the signature under it, where signatures are filed under their keys' ids"
        Clock "clock" "Of a time: how it is spelled; always there"
        Past "past" "Of a time: the seconds that it may lie in the past; 300, and 0 for `expiry`"
        Future "future" "Of a time: the seconds that it may lie in the future; 300"
        Names "names" "Of an event id: what it names; `unconfirmed`"
        Equals "equals" "Of a check: the template of what the value must be; always there"
        When "when" "Of a check: when it is made; `always`"
        Format "format" "Of a key: how the secret is spelled; always there"
        PrivatePrefix "private_prefix" "Of a public key: what is dropped from a private key's front, for a signer"
    }
}

impl KeyFormat<'_> {
    /// The word for it, without its prefixes.
    #[must_use]
    pub const fn spelling(self) -> KeySpelling {
        match self {
            Self::Text => KeySpelling::Text,
            Self::Hex => KeySpelling::Hex,
            Self::Base64 { .. } => KeySpelling::Base64,
            Self::Sha1 => KeySpelling::Sha1,
            Self::AfterTimestamp => KeySpelling::AfterTimestamp,
            Self::PublicKey { .. } => KeySpelling::PublicKey,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_name_and_finds_itself() {
        for word in Key::ALL {
            assert_eq!(Key::by_name(word.name()), Some(*word));
            assert!(InnerKey::by_name(word.name()).is_none());
        }
        for word in InnerKey::ALL {
            assert_eq!(InnerKey::by_name(word.name()), Some(*word));
            assert!(Place::by_name(word.name()).is_none());
        }
        assert_eq!(Encoding::by_name("base64url"), Some(Encoding::Base64Url));
        assert_eq!(Encoding::by_name("Base64"), None);
        assert_eq!(Algorithm::by_name(""), None);
    }
}
