//! Why something was refused, grouped by whose fault it is.
//!
//! Every error is a small `Copy` value without text of the request: by its type it cannot hold a
//! secret, an expected signature or a byte of the delivery. One list makes the enum, the frozen
//! code, the sentence and [`ALL`](Error::ALL), from which the docs and the bindings are made.

use core::fmt;

use crate::json::Failure;

/// Makes an error enum from the list of its variants, codes and sentences.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$more:meta])* $variant:ident $code:literal $text:literal)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`: ", $text)] $(#[$more])* $variant,)+
        }

        impl $name {
            /// Every variant, in the order of the walk.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The frozen code, in snake_case: for logs, metrics and tests.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// One sentence for the receiver's log. Never send it to the sender.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.message())
            }
        }

        impl core::error::Error for $name {}
    };
}

codes! {
    /// The delivery is refused: the sender's fault, or that of something in between.
    ///
    /// Answer with [`status`](Error::status) and [`PUBLIC_MESSAGE`](Error::PUBLIC_MESSAGE), the
    /// same for every refusal; keep [`code`](Error::code) for your own log.
    Error {
        BodyTooLarge "body_too_large" "the body is larger than this verifier reads"
        MissingSignature "missing_signature" "the request has no signature where this scheme puts it"
        MalformedSignature "malformed_signature" "the signature is not spelled as this scheme spells it"
        TooManySignatures "too_many_signatures" "the request carries more than 16 signatures, or a list of more than 64 items"
        RepeatedHeader "repeated_header" "a header that must be there once is there more than once"
        HeaderTooLarge "header_too_large" "a header that this scheme reads is longer than 8 KiB"
        MissingTimestamp "missing_timestamp" "the request has no timestamp where this scheme puts it"
        MalformedTimestamp "malformed_timestamp" "the timestamp is not spelled as this scheme spells it"
        MissingEventId "missing_event_id" "the request has no event id, and this scheme signs one"
        MalformedEventId "malformed_event_id" "the event id is empty, over 256 bytes, or holds the scheme's separator"
        MissingField "missing_field" "the request lacks a field that this scheme signs"
        MalformedField "malformed_field" "a field that this scheme signs is repeated, empty, over 1024 bytes, or malformed"
        MalformedBody "malformed_body" "the body is not JSON, and this scheme reads a field of it"
        MissingUrl "missing_url" "this scheme signs the URL: give the one configured at the provider"
        MissingMethod "missing_method" "this scheme signs the HTTP method: give it in upper case"
        SignatureMismatch "signature_mismatch" "no signature of the request matches under any secret"
        BodyHashMismatch "body_hash_mismatch" "the signature is genuine, but the hash of the body that it covers is that of another body"
        ClaimMismatch "claim_mismatch" "the signature is genuine, but a value beside it is not what this scheme demands"
        TimestampTooOld "timestamp_too_old" "the delivery is genuine, but its time lies before the window"
        TimestampTooNew "timestamp_too_new" "the delivery is genuine, but its time lies after the window"
    }
}

codes! {
    /// Your secret cannot be used.
    KeyError {
        EmptySecret "empty_secret" "the secret is empty, blank or all zeros: anyone can sign with it"
        WeakSecret "weak_secret" "the secret is shorter than 16 bytes: allow it by name if you must"
        ///
        /// Or it is longer than what a verifier holds. A secret that is kept whole, as it stands
        /// in what is hashed or behind a time in the key, has at most 160 bytes; a token that is
        /// sent in base64, as `Basic` credentials are, at most 108; the key that hex or base64
        /// stands for, at most 512; the public half of a secret of two, at most 128.
        MalformedSecret "malformed_secret" "the secret is not spelled as this scheme's secrets are"
        WrongKeyType "wrong_key_type" "the secret is a key of another kind, as a PEM file is"
        TooManySecrets "too_many_secrets" "a verifier holds at most 4 secrets"
    }
}

codes! {
    /// Your scheme, or how the verifier is set up, is wrong.
    SchemeError {
        UnknownProvider "unknown_provider" "there is no provider of this name"
        MalformedTemplate "malformed_template" "the template of the signed content cannot be read"
        MissingSource "missing_source" "the scheme uses a value without saying where it is"
        ContentUnsigned "content_unsigned" "the scheme does not sign the body"
        TimestampUnsigned "timestamp_unsigned" "the scheme checks a time that it does not sign"
        AmbiguousJoin "ambiguous_join" "two values of the signed content run together"
        TooManyParts "too_many_parts" "the template has more than 24 parts"
        AlgorithmDisabled "algorithm_disabled" "this build leaves out the scheme's algorithm"
        WrongKeyFormat "wrong_key_format" "the scheme's key and its algorithm do not fit each other"
        CannotSign "cannot_sign" "signatures of this scheme are only verified: it takes a private key that this build cannot use"
        CheckUnsigned "check_unsigned" "the scheme lets a condition be left out whose value is not signed"
        UnsafeHandshake "unsafe_handshake" "a handshake of the scheme would hand out signatures of what a stranger chose, or proves nothing"
        InvalidTolerance "invalid_tolerance" "a tolerance of 0 seconds would refuse every delivery"
    }
}

codes! {
    /// The text of a scheme cannot be read: see
    /// [`SchemeTextError`](crate::SchemeTextError), which names the key (feature `scheme-text`).
    TextError {
        TextTooLarge "text_too_large" "the text of the scheme is larger than 64 KiB"
        MalformedText "malformed_text" "the text of the scheme is not well-formed TOML or JSON"
        RepeatedKey "repeated_key" "a key is there twice"
        MissingKey "missing_key" "a key that must be there is missing"
        UnknownKey "unknown_key" "a scheme has no such key here"
        UnknownWord "unknown_word" "the value is none of the words that this key takes"
        WrongType "wrong_type" "the value is of another type than this key takes"
        WrongValue "wrong_value" "the value is not one that this key takes"
        TwoPlaces "two_places" "a value has one place in the request, and here are two"
    }
}

codes! {
    /// How an endpoint is set up is wrong: see [`receive`](crate::receive).
    EndpointError {
        NoPublicUrl "no_public_url" "this scheme signs the URL: give its public address, as https://example.com"
        MalformedPublicUrl "malformed_public_url" "the public URL is not spelled as https://example.com is, with a path and a query or without, and without a fragment"
        NoNetworks "no_networks" "the list of networks that may send is empty: it would refuse every delivery"
        MalformedNetwork "malformed_network" "a network that may send is neither an address nor a CIDR block, as 192.0.2.0/24"
        NetworkHostBits "network_host_bits" "a network that may send has host bits set: its address is not the first of the block"
    }
}

codes! {
    /// What becomes of a delivery at a receiver beside the refusals of [`Error`]: who may send it,
    /// and whether it is still to be handled.
    ReceiverOutcome {
        AddressNotAllowed "address_not_allowed" "its sender is not listed"
        AlreadyHandled "already_handled" "it was handled before, and is not handled again"
        BeingHandled "being_handled" "it is being handled right now: the next retry tells what became of it"
        Conflict "conflict" "another body came under the same event id before, and is not handled yet"
        ConflictAfterDone "conflict_after_done" "another body came under the same event id before, and was handled: this one is not"
        HandlerFailed "handler_failed" "its handler failed: the next retry runs it again"
        LeaseLost "lease_lost" "its handler took longer than the lease, and another run has taken over"
        StoreUnavailable "store_unavailable" "the store that knows what was handled cannot be asked: the next retry asks again"
        StoreFull "store_full" "the store that knows what was handled takes no more: the next retry asks again"
        NothingBound "nothing_bound" "this scheme signs neither an event id nor a time: equal deliveries are one, and an old one can be sent again once it is forgotten"
    }
}

impl ReceiverOutcome {
    /// The HTTP status to answer with. The provider retries after any that is not 2xx.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::AlreadyHandled
            | Self::ConflictAfterDone
            | Self::LeaseLost
            | Self::NothingBound => 200,
            Self::AddressNotAllowed => 403,
            Self::HandlerFailed => 500,
            Self::BeingHandled | Self::Conflict | Self::StoreUnavailable | Self::StoreFull => 503,
        }
    }
}

impl Error {
    /// The one line of text for the sender, whatever the reason was.
    pub const PUBLIC_MESSAGE: &'static str = "the delivery could not be verified";

    /// The HTTP status to answer with: 413 for a body too large, else 401.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BodyTooLarge => 413,
            _ => 401,
        }
    }
}

/// What reading a JSON body came to.
impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotJson => Self::MalformedBody,
            Failure::Ambiguous => Self::MalformedField,
        }
    }
}

/// Why a [`Verifier`](crate::Verifier) or a [`Signer`](crate::Signer) could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetupError {
    /// The secret is at fault.
    Key(KeyError),
    /// The scheme or the tolerance is at fault.
    Scheme(SchemeError),
}

impl SetupError {
    /// The frozen code of what is inside.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Key(error) => error.code(),
            Self::Scheme(error) => error.code(),
        }
    }

    /// One sentence, as what is inside says it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Key(error) => error.message(),
            Self::Scheme(error) => error.message(),
        }
    }
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for SetupError {}

impl From<KeyError> for SetupError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<SchemeError> for SetupError {
    fn from(error: SchemeError) -> Self {
        Self::Scheme(error)
    }
}

const _: () = assert!(size_of::<Error>() <= 16 && size_of::<SetupError>() <= 16);
