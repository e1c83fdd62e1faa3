//! The spellings of bytes that more than one form uses.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use base64ct::{Base64, Encoding};

use super::CaptureError;

pub(super) fn from_base64(text: &str) -> Result<Vec<u8>, CaptureError> {
    Base64::decode_vec(text).map_err(|_| CaptureError::MalformedBase64)
}

pub(super) fn to_base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// Everything but the unreserved characters of RFC 3986 as `%XX`, and the space as asked for.
pub(crate) fn percent_encoded(text: &[u8], space: &str) -> String {
    let mut encoded = String::new();
    for byte in text {
        // Writing to a string does not fail.
        let _ = match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.write_char(char::from(*byte))
            }
            b' ' => encoded.write_str(space),
            _ => write!(encoded, "%{byte:02X}"),
        };
    }
    encoded
}
