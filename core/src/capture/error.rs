//! Why a captured request could not be read: one list of variants, codes and sentences.

use core::fmt;

macro_rules! errors {
    ($($variant:ident, $code:literal, $sentence:literal;)+) => {
        /// Why a captured request could not be read. It holds no byte of the request.
        #[non_exhaustive]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum CaptureError {
            $(#[doc = $sentence] $variant,)+
        }

        impl CaptureError {
            /// Every error there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name of the error, in snake case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)+ }
            }
        }
    };
}

errors! {
    Empty, "empty", "The input is empty.";
    Unrecognised, "unrecognised", "The input is no HTTP message, HAR file, curl command line, \
        AWS Lambda event or JSON request; a body alone is not enough, its headers are needed too.";

    MalformedJson, "malformed_json",
        "The input is not valid JSON, or it is nested more than 127 levels deep.";
    DuplicateKey, "duplicate_key",
        "A JSON object has the same key twice, so that two readers may see different requests.";
    MalformedField, "malformed_field",
        "A JSON field of the request has a type that does not belong there.";
    MalformedBase64, "malformed_base64", "A field that should be padded base64 is not.";
    BodyNotText, "body_not_text", "The body is parsed JSON instead of text; the signature is over \
        the raw text as it was received, so give that as one string.";
    TwoBodies, "two_bodies", "The request has both `body` and `body_base64`; keep one.";

    NoRequest, "no_request", "The HAR file holds no request.";
    SeveralEntries, "several_entries",
        "The HAR file holds several entries; keep the one that is meant.";
    NoBodyText, "no_body_text", "The HAR file records that there was a body, but not its raw text.";

    MalformedRequestLine, "malformed_request_line",
        "The first line is not a method, a target and an HTTP version with one space between.";
    UnsupportedVersion, "unsupported_version",
        "The request line names an HTTP version other than 1.0 and 1.1.";
    MalformedHeader, "malformed_header", "A header line is malformed: it needs a name, a colon \
        and a value without control characters, all on one line.";
    TooManyHeaders, "too_many_headers", "The HTTP message has more than 256 headers.";
    TruncatedHead, "truncated_head", "The blank line after the headers is missing.";
    AmbiguousLength, "ambiguous_length", "Content-Length or Transfer-Encoding is there twice, or \
        both are there, so that the end of the body is not certain.";
    MalformedLength, "malformed_length", "Content-Length is not a number in decimal digits.";
    TruncatedBody, "truncated_body", "The body ends before the length that was announced.";
    MalformedChunks, "malformed_chunks", "The body is not in chunks although Transfer-Encoding \
        says so; if it was already put together, remove that header.";
    UnsupportedEncoding, "unsupported_encoding", "The body has an encoding that is not read; \
        known are chunked in HTTP messages and base64 in HAR files.";

    MalformedQuoting, "malformed_quoting",
        "A quote in the curl command is not closed, or an escape in it is malformed.";
    WindowsQuoting, "windows_quoting", "The curl command is quoted for the Windows command \
        prompt; copy it in the form for bash.";
    ShellSyntax, "shell_syntax", "The curl command uses the shell (a variable, a pipe, a second \
        command); only the words of one command are read.";
    NotUtf8, "not_utf8", "The method, the URL or a header name is not UTF-8.";
    MissingValue, "missing_value", "The last option of the curl command lacks its value.";
    FileData, "file_data", "The curl command takes a value from a file, and no file is read; \
        put the value itself into the command.";
    UnsupportedOption, "unsupported_option", "The curl command has an option whose effect on the \
        request is not known here, such as --form, --get, --upload-file or --next.";
    NoUrl, "no_url", "The curl command has no URL.";
    SeveralUrls, "several_urls", "The curl command has more than one URL, or an option that is \
        not known here and takes a value.";
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl core::error::Error for CaptureError {}

const _: () = assert!(size_of::<CaptureError>() <= 16);
