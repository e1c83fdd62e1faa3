//! Codings that bodies go through on their way: percent, gzip, character sets.

/// Percent-encoded but for letters, digits and `safe`; a blank is `space`.
pub(crate) fn percent(bytes: &[u8], safe: &str, space: &str, upper: bool) -> String {
    let mut text = String::new();
    for byte in bytes {
        match byte {
            b' ' if !space.is_empty() => text.push_str(space),
            _ if byte.is_ascii_alphanumeric() || safe.as_bytes().contains(byte) => {
                text.push(char::from(*byte));
            }
            _ if upper => text.push_str(&format!("%{byte:02X}")),
            _ => text.push_str(&format!("%{byte:02x}")),
        }
    }
    text
}

/// A way to write forms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FormStyle {
    pub(crate) name: &'static str,
    safe: &'static str,
    space: &'static str,
    upper: bool,
}

/// What browsers and `URLSearchParams` write.
pub(crate) const WHATWG: FormStyle =
    FormStyle { name: "URLSearchParams", safe: "*-._", space: "+", upper: true };
/// Python's `urlencode`.
pub(crate) const URLENCODE: FormStyle =
    FormStyle { name: "urlencode", safe: "-._~", space: "+", upper: true };
/// Node's `qs.stringify`: RFC 3986.
pub(crate) const QS: FormStyle =
    FormStyle { name: "qs.stringify", safe: "-._~", space: "%20", upper: true };
/// JavaScript's `encodeURIComponent`, and Node's `querystring`.
pub(crate) const COMPONENT: FormStyle =
    FormStyle { name: "querystring", safe: "-._~!*'()", space: "%20", upper: true };
/// PHP's `http_build_query`.
pub(crate) const PHP_QUERY: FormStyle =
    FormStyle { name: "http_build_query", safe: "-._", space: "+", upper: true };
/// .NET's `HttpUtility.UrlEncode`: lower-case hex.
pub(crate) const DOTNET_QUERY: FormStyle =
    FormStyle { name: "HttpUtility.UrlEncode", safe: "-_.!*()", space: "+", upper: false };

impl FormStyle {
    pub(crate) fn encode(&self, text: &str) -> String {
        percent(text.as_bytes(), self.safe, self.space, self.upper)
    }

    pub(crate) fn write(&self, pairs: &[(String, String)]) -> String {
        let pairs = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", self.encode(name), self.encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// Percent-decoded once.
pub(crate) fn unpercent(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match (byte, tail) {
            (b'%', [one, two, after @ ..]) => {
                let digits = [*one, *two];
                let digits = str::from_utf8(&digits).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                rest = after;
            }
            _ => bytes.push(*byte),
        }
    }
    bytes
}

/// As `gzip` writes it.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    out.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    out.extend(crc32(bytes).to_le_bytes());
    out.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
    out
}

/// The same with a file's name in its head, as a file is.
pub(crate) fn gzip_of_file(bytes: &[u8]) -> Vec<u8> {
    let plain = gzip(bytes);
    let mut out = plain[..10].to_vec();
    out[3] = 8;
    out.extend(b"event.json\0");
    out.extend(&plain[10..]);
    out
}

/// As `Content-Encoding: deflate` has it.
pub(crate) fn zlib(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}

/// As some servers have it.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(bytes, 6)
}

/// How many bytes a block has: few, so that no text stands in one piece.
const BLOCK: usize = 48;

/// A frame of Zstandard (RFC 8878) whose blocks are as they are.
pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x28, 0xb5, 0x2f, 0xfd, 0xe0];
    out.extend(u64::try_from(bytes.len()).unwrap().to_le_bytes());
    let count = bytes.chunks(BLOCK).count();
    for (at, block) in bytes.chunks(BLOCK).enumerate() {
        let head = u32::try_from(block.len()).unwrap() << 3 | u32::from(at + 1 == count);
        out.extend(&head.to_le_bytes()[..3]);
        out.extend(block);
    }
    out
}

/// A stream of Brotli (RFC 7932) whose blocks are as they are: the first after one bit of the
/// window, each with its length in sixteen bits, and filled up to a whole byte.
pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, block) in bytes.chunks(BLOCK).enumerate() {
        let head = (u32::try_from(block.len() - 1).unwrap() << 3) | 1 << 19;
        let head = if at == 0 { head << 1 } else { head };
        out.extend(&head.to_le_bytes()[..3]);
        out.extend(block);
    }
    out.push(3);
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _: usize| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// UTF-8 read as ISO 8859-1, and written as UTF-8 again.
pub(crate) fn twice_latin1(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes()
}

/// UTF-8 read as Windows-1252, and written as UTF-8 again; bytes that it leaves out, as browsers
/// read them.
pub(crate) fn twice_cp1252(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| cp1252(*byte)).collect::<String>().into_bytes()
}

fn cp1252(byte: u8) -> char {
    const HIGH: [u32; 32] = [
        0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
        0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
    ];
    match byte {
        0x80..=0x9f => char::from_u32(HIGH[usize::from(byte - 0x80)]).unwrap(),
        _ => char::from(byte),
    }
}

/// Written in ISO 8859-1; what it has not is a question mark.
pub(crate) fn to_latin1(text: &str) -> Vec<u8> {
    text.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect()
}

/// Written in Windows-1252; what it has not is a question mark.
pub(crate) fn to_cp1252(text: &str) -> Vec<u8> {
    let byte = |it: char| (0..=255).find(|byte| cp1252(*byte) == it).unwrap_or(b'?');
    text.chars().map(byte).collect()
}

/// Written in ASCII; what it has not is a question mark.
pub(crate) fn to_ascii(text: &str) -> Vec<u8> {
    text.chars().map(|it| if it.is_ascii() { it as u8 } else { b'?' }).collect()
}

/// Read as ASCII: each other byte is U+FFFD.
pub(crate) fn from_ascii(bytes: &[u8]) -> Vec<u8> {
    let read = |byte: &u8| if byte.is_ascii() { char::from(*byte) } else { '\u{fffd}' };
    bytes.iter().map(read).collect::<String>().into_bytes()
}

pub(crate) fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let units = mark.encode_utf16().chain(text.encode_utf16());
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    units.flat_map(bytes).collect()
}

/// As Java's `DataOutputStream` writes text: each half of a pair of surrogates for itself.
pub(crate) fn cesu8(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for character in text.chars() {
        let mut units = [0; 2];
        match character.encode_utf16(&mut units) {
            [high, low] => {
                for unit in [*high, *low] {
                    bytes.push(0xe0 | u8::try_from(unit >> 12).unwrap());
                    bytes.push(0x80 | u8::try_from(unit >> 6 & 0x3f).unwrap());
                    bytes.push(0x80 | u8::try_from(unit & 0x3f).unwrap());
                }
            }
            _ => bytes.extend(character.to_string().as_bytes()),
        }
    }
    bytes
}

#[test]
fn codings_code_as_their_texts_say() {
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    assert_eq!(miniz_oxide::inflate::decompress_to_vec(&gzip(b"aaaa")[10..]).unwrap(), b"aaaa");
    assert_eq!(twice_latin1("é".as_bytes()), "Ã©".as_bytes());
    assert_eq!(twice_cp1252("€".as_bytes()), "â‚¬".as_bytes());
    assert_eq!(to_cp1252("€é"), [0x80, 0xe9]);
    assert_eq!(cesu8("\u{10400}"), [0xed, 0xa0, 0x81, 0xed, 0xb0, 0x80]);
    assert_eq!(utf16("é", false, true), [0xfe, 0xff, 0, 0xe9]);
    assert_eq!(WHATWG.encode("a b~é"), "a+b%7E%C3%A9");
    assert_eq!(unpercent("a%20b%C3%a9"), "a b\u{e9}".as_bytes());
}
