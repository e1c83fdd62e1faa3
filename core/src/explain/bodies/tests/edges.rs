//! What came is not what was signed, but by its edges, its line ends or its coding.

use super::*;

#[test]
fn an_empty_body() {
    all_are(CauseCode::BodyEmpty, &[(b"{}", b""), (b"[]", b""), (b"null", b"")]);
    assert!(proved(JSON.as_bytes(), b"").is_empty());
}

#[test]
fn byte_order_marks() {
    let marked = ["\u{feff}", JSON].concat();
    all_are(
        CauseCode::BodyBom,
        &[(JSON.as_bytes(), marked.as_bytes()), (marked.as_bytes(), JSON.as_bytes())],
    );
}

#[test]
fn line_ends() {
    let unix = "{\n \"a\": 1,\n \"b\": \"x\"\n}\n";
    let dos = unix.replace('\n', "\r\n");
    let mac = unix.replace('\n', "\r");
    let last = unix.trim_end().to_string() + "\r\n";
    let (unix, dos, mac, last) = (unix.as_bytes(), dos.as_bytes(), mac.as_bytes(), last.as_bytes());
    all_are(
        CauseCode::BodyLineEndings,
        &[
            (unix, dos),
            (dos, unix),
            (unix, mac),
            (last, unix),
            (unix, last),
            (b"{}\n", b"{}\r\n"),
            (b"{}\r\n", b"{}\n"),
            (b"{}\n", b"{}\r"),
            (b"a b c", b"a \nb \nc"),
            (b"{\"a\":\"b\\nc\"}", b"{\"a\":\"b\nc\"}"),
        ],
    );
}

#[test]
fn bytes_at_the_edges() {
    let json = JSON.as_bytes();
    let mut cases: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for end in ["\n", "\r\n", "\r", " ", "\0", "\n\n", "\t", "\r\n\r\n"] {
        cases.push(([json, end.as_bytes()].concat(), json.to_vec()));
        cases.push((json.to_vec(), [json, end.as_bytes()].concat()));
    }
    cases.push((json.to_vec(), [b"  \n", json, b"\r\n \n"].concat()));
    cases.push((json.to_vec(), [b" ", json].concat()));
    cases.push(([b"\n", json].concat(), json.to_vec()));
    cases.push((json.to_vec(), [json, b"\0\0\0\0\0\0\0\0\0\0\0"].concat()));
    cases.push((json.to_vec(), [json, b"<!-- request 42 served by a.example -->"].concat()));
    cases.push((json.to_vec(), [b"b2\r\n", json, b"\r\n0\r\n\r\n"].concat()));
    cases.push((json.to_vec(), [json, json].concat()));
    for lost in 1..=2 {
        cases.push((json.to_vec(), json[..json.len() - lost].to_vec()));
    }
    cases.push((b"plain text".to_vec(), b"plain text12345678".to_vec()));
    cases.push((b"plain text".to_vec(), b"XYplain text".to_vec()));
    let cases: Vec<(&[u8], &[u8])> =
        cases.iter().map(|(one, other)| (&one[..], &other[..])).collect();
    all_are(CauseCode::BodyTrailingBytes, &cases);
    // Content-Length tells how much of it is the body.
    let longer = [&b"plain text"[..], b" and what was in the buffer before"].concat();
    let found = explained(b"plain text", &longer, &[("Content-Length", "10")]);
    assert_eq!(found.causes()[0].code(), CauseCode::BodyTrailingBytes);
    assert_eq!(found.causes()[0].confidence(), Certainty::Proved);
}

#[test]
fn base64_and_hex() {
    let standard = base64(JSON.as_bytes());
    let url = standard.replace('+', "-").replace('/', "_").replace('=', "");
    let lines = standard.as_bytes().chunks(64).map(|it| String::from_utf8_lossy(it));
    let lines = lines.collect::<Vec<_>>().join("\r\n");
    let data = format!("data:application/json;base64,{standard}");
    let hex: String = JSON.bytes().map(|byte| format!("{byte:02X}")).collect();
    let of = |text: &str| {
        assert_eq!(proved(JSON.as_bytes(), text.as_bytes()), ["body_base64"], "{text}");
    };
    [&standard, &url, &lines, &data, &hex, &hex.to_lowercase()].into_iter().for_each(|it| of(it));
    let back = |text: &str| {
        assert_eq!(proved(text.as_bytes(), JSON.as_bytes()), ["body_base64"], "{text}");
    };
    [&standard, &url, &hex.to_lowercase()].into_iter().for_each(|it| back(it));
    of(&JSON
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;"));
}

#[test]
fn compressed_bodies() {
    let text = JSON.as_bytes();
    let zlib = miniz_oxide::deflate::compress_to_vec_zlib(text, 6);
    let bare = miniz_oxide::deflate::compress_to_vec(text, 6);
    let all = [gzip(text, 0), gzip(text, 8), gzip(text, 0x1E), zlib, bare];
    let all: Vec<(&[u8], &[u8])> = all.iter().map(|it| (text, &it[..])).collect();
    all_are(CauseCode::BodyCompressed, &all);
    // A bomb, and streams that end early.
    let bomb = gzip(&vec![0; 64 << 20], 0);
    assert!(proved(text, &bomb).is_empty());
    for cut in 0..24 {
        assert!(proved(text, &gzip(text, 0x1E)[..cut]).is_empty());
    }
}

#[test]
fn character_sets() {
    let json = r#"{"name":"Café – “naïve” 10 €"}"#;
    let latin = r#"{"name":"Café naïve"}"#;
    let widened = |text: &str| text.bytes().map(char::from).collect::<String>().into_bytes();
    let narrow = |text: &str| text.chars().map(|it| u8::try_from(it).unwrap()).collect::<Vec<u8>>();
    // As Windows-1252 has the bytes of an é.
    let windows = latin.replace('é', "Ã©").replace('ï', "Ã¯");
    let quotes = br#"{"name":"Caf\u00e9 x"}"#.to_vec();
    let in_windows = b"{\"name\":\"10 \x80 \x93x\x94\"}".to_vec();
    let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let surrogates = b"{\"e\":\"\xED\xA0\xBD\xED\xB8\x80\"}".to_vec();
    assert_eq!(quotes.len(), 22);
    let cases: [(Vec<u8>, Vec<u8>); 14] = [
        (json.into(), widened(json)),
        (latin.into(), windows.into_bytes()),
        (latin.into(), narrow(latin)),
        (narrow(latin), latin.into()),
        ("{\"name\":\"10 € “x”\"}".into(), in_windows.clone()),
        (in_windows, "{\"name\":\"10 € “x”\"}".into()),
        (json.into(), units(json)),
        (json.into(), units(&["\u{feff}", json].concat())),
        (json.into(), big(json)),
        (json.into(), big(&["\u{feff}", json].concat())),
        (units(json), json.into()),
        (big(&["\u{feff}", json].concat()), json.into()),
        ("{\"e\":\"😀\"}".into(), surrogates.clone()),
        (surrogates, "{\"e\":\"😀\"}".into()),
    ];
    for (signed, received) in cases {
        assert_eq!(proved(&signed, &received), ["body_charset"], "{}", received.escape_ascii());
    }
}
