//! Causes: what went wrong between the provider's signature and the verifier, and what to do.

use alloc::string::String;
use core::fmt;

/// Makes the codes of causes from the list of their names, groups, sentences and fixes.
macro_rules! causes {
    ($($variant:ident $code:literal $group:ident $text:literal $fix:literal)+) => {
        /// What went wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum CauseCode {
            $(#[doc = concat!("`", $code, "`: ", $text)] $variant,)+
        }

        impl CauseCode {
            /// Every cause.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The frozen code, in snake_case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What it means, without its first letter's capital and without a full stop.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// What to do about it, one sentence.
            #[must_use]
            pub const fn fix(self) -> &'static str {
                match self { $(Self::$variant => $fix,)+ }
            }

            /// Whose fault it is.
            #[must_use]
            pub const fn group(self) -> Group {
                match self { $(Self::$variant => Group::$group,)+ }
            }
        }
    };
}

/// What a cause is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The body is not the bytes that were signed.
    Body,
    /// The secret is another, or spelled otherwise.
    Secret,
    /// The URL is not the one that was signed.
    Url,
    /// A header is not there, or not as it was sent; or the delivery is of another scheme.
    Header,
    /// The two clocks, or what they count.
    Time,
    /// Nothing was found.
    None,
}

causes! {
    BodyEmpty "body_empty" Body
        "the body is empty"
        "Read the raw body before anything else reads the request: a body can be read once."
    BodyParsed "body_parsed" Body
        "the body is a program's rendering of a parsed object"
        "Hand over the bytes as they came, not the object that a parser made of them."
    BodyReserialised "body_reserialised" Body
        "the body was parsed and written again"
        "Hand over the bytes as they came: JSON that is parsed and written again has other bytes."
    BodyCharset "body_charset" Body
        "the body was decoded and encoded in another character set"
        "Keep the body as bytes; where a text is needed, decode and encode it as UTF-8."
    BodyBom "body_bom" Body
        "a byte order mark was put before the body, or taken away"
        "Keep the body as bytes: a reader or writer of text handles the byte order mark as its own."
    BodyLineEndings "body_line_endings" Body
        "the body's line ends were changed"
        "Keep the body as bytes: do not read it line by line, nor in a text mode."
    BodyTrailingBytes "body_trailing_bytes" Body
        "bytes at the body's edge were added or taken away"
        "Hand over all bytes of the body and no more: do not trim it, nor end it with a newline."
    BodyBase64 "body_base64" Body
        "the body is in another coding, as gateways put it into base64"
        "Undo what the gateway did, decoding the body where its flag says base64, or have it pass binary bodies through."
    BodyJsonString "body_json_string" Body
        "the body is wrapped in JSON once more, as a string or a field"
        "Take the text out of its wrapping once, before verifying, or have the gateway pass the body through."
    BodyFormEncoded "body_form_encoded" Body
        "the body went through the parsing or writing of a form"
        "Hand over the body as it came, before a form parser reads it."
    BodyCompressed "body_compressed" Body
        "the body was compressed, or taken out of its compression, after it was signed"
        "Verify the bytes on the side of the compression on which the provider signs them."

    SecretWhitespace "secret_whitespace" Secret
        "white space stands around or in the secret, or is missing"
        "Store the secret without the newline or blanks that came with it."
    SecretQuotes "secret_quotes" Secret
        "quotes stand around the secret"
        "Store the secret without its quotes: they were the shell's or the file's."
    SecretPrefix "secret_prefix" Secret
        "the secret has a prefix too many, or lacks its own"
        "Store the secret exactly as the provider shows it for this scheme."
    SecretEncoding "secret_encoding" Secret
        "the secret is spelled in another encoding than this scheme's secrets are"
        "Store the secret exactly as the provider shows it: neither decode nor encode it."
    SecretOfAnotherEndpoint "secret_of_another_endpoint" Secret
        "the delivery is signed with another of your secrets"
        "Use the secret of this endpoint and this environment; each has one of its own."
    SecretIsApiKey "secret_is_api_key" Secret
        "the secret looks like an API key or an access token"
        "Use the endpoint's signing secret, which the provider shows beside the webhook; and take care where the API key has been."
    SecretIsPublicKey "secret_is_public_key" Secret
        "the secret is a public key, or a secret stands where a public key must"
        "Use the kind of key that this scheme verifies with."

    UrlScheme "url_scheme" Url
        "the URL has http for https, or the reverse"
        "Give the URL as it is configured at the provider: the proxy that ends TLS hides it from you."
    UrlHost "url_host" Url
        "the URL has another host"
        "Give the URL as it is configured at the provider, with its public host name."
    UrlPort "url_port" Url
        "the URL has a port too many, or lacks one"
        "Give the URL as it is configured at the provider, with or without a port as it is there."
    UrlPath "url_path" Url
        "the URL has another path"
        "Give the URL as it is configured at the provider: a proxy or router has changed the path."
    UrlTrailingSlash "url_trailing_slash" Url
        "the URL's path has a slash at its end, or lacks it"
        "Give the URL as it is configured at the provider, to the last slash."
    UrlQuery "url_query" Url
        "the URL has another query"
        "Give the URL with the query of the request, as it came."

    HeaderMissing "header_missing" Header
        "a header that the scheme needs is not there under its name"
        "Pass all headers on under the names under which they came; look at proxies and at code that picks headers."
    HeaderRepeated "header_repeated" Header
        "a header that must be there once is there more than once"
        "Find what adds the header a second time, a proxy or a test client, and stop it."
    HeaderTruncated "header_truncated" Header
        "a header has lost a part of its value"
        "Pass the header's value on whole: look for code that splits it, and for limits of length."
    WrongProvider "wrong_provider" Header
        "this is a delivery of another provider"
        "Verify these deliveries with that provider's scheme and secret, or send them to another endpoint."
    WrongScheme "wrong_scheme" Header
        "the delivery is signed by another scheme than the one you verify"
        "Verify with the scheme that the delivery was signed by."

    ClockSkew "clock_skew" Time
        "the two clocks differ"
        "Set this machine's clock by NTP, and hand over the time in UTC."
    TimestampUnit "timestamp_unit" Time
        "a time is counted in another unit"
        "Hand over now in the unit that is asked for, and the timestamp as it came."
    OldRetry "old_retry" Time
        "the delivery is genuine but was signed long ago, as a late retry or a replay is"
        "Let late retries be fetched from the provider's API, or widen the window knowingly and refuse what was handled before."

    NoCauseFound "no_cause_found" None
        "nothing that was tried makes the signature match"
        "Compare the fingerprint of the secret with that of the one at the provider, and check that the body is raw."
}

/// How sure a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// It was tried: with this changed the delivery verifies.
    Proved,
    /// There are signs of it.
    Likely,
    /// Nothing was found.
    Unknown,
}

impl Certainty {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Likely => "likely",
            Self::Unknown => "unknown",
        }
    }
}

/// One cause, with what to do about it. Its texts hold no byte of a secret, of a key or of a
/// signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Cause {
    pub(super) code: CauseCode,
    pub(super) certainty: Certainty,
    pub(super) what: String,
    pub(super) fix: String,
}

impl Cause {
    /// What went wrong.
    #[must_use]
    pub const fn code(&self) -> CauseCode {
        self.code
    }

    /// How sure that is.
    #[must_use]
    pub const fn confidence(&self) -> Certainty {
        self.certainty
    }

    /// What happened, with the evidence: one sentence.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to do: one or two sentences.
    #[must_use]
    pub fn fix(&self) -> &str {
        &self.fix
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cause")
            .field("code", &self.code.code())
            .field("certainty", &self.certainty.name())
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}

/// What one change to a delivery says of the cause: a code and a sentence for each fault that it
/// undoes.
pub(super) struct Change {
    pub(super) faults: [Option<(CauseCode, String)>; 4],
}

impl Change {
    pub(super) fn new(code: CauseCode, what: impl Into<String>) -> Self {
        Change { faults: [Some((code, what.into())), None, None, None] }
    }
}
