//! A field of the body that may hold anything, in the middle of what is signed: the fields around it
//! may not, so that what is signed is read in one way.
#![allow(clippy::unwrap_used, missing_docs)]

use hookseal::{
    Error, Request, Scheme, SchemeError, Signer, UnixTime, Verifier, Weakness, event, header, json,
    template,
};

const SECRET: &str = "a secret of twenty-six bytes";
const NO_HEADERS: &[(&str, &str)] = &[];
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

const ROW: Scheme = Scheme {
    name: "acme",
    signature: header("acme-signature"),
    signed: template!(
        "text\n{json|text:text}\nid\n{event_id}\n[title\n{json:title}\n]type\n{json:type}\n"
    ),
    event_id: Some(event(json("id"))),
    admits: &[Weakness::BodyUnsigned],
    ..Scheme::BASE
};

fn sign(body: &str) -> String {
    let signer = Signer::new(&ROW, SECRET).unwrap();
    let request = Request::new(NO_HEADERS, body.as_bytes());
    signer.sign(&request, None, NOW).unwrap().signature().to_owned()
}

fn judge(signature: &str, body: &str) -> Result<(), Error> {
    let verifier = Verifier::new(&ROW, SECRET).unwrap();
    let headers = [("acme-signature", signature)];
    verifier.verify(&Request::new(&headers, body.as_bytes()), NOW).map(drop)
}

#[test]
fn the_text_is_long_and_holds_what_it_likes() {
    let long = "line\\n".repeat(20_000);
    for text in ["", "a", "\\nid\\nx\\ntype\\ny\\n", &long] {
        let body = format!(r#"{{"text":"{text}","id":"1","type":"note"}}"#);
        assert_eq!(judge(&sign(&body), &body), Ok(()));
        let with_title = format!(r#"{{"title":"t",{}"#, body.strip_prefix('{').unwrap());
        assert_eq!(judge(&sign(&body), &with_title), Err(Error::SignatureMismatch));
        assert_eq!(judge(&sign(&with_title), &body), Err(Error::SignatureMismatch));
    }
    let none = r#"{"id":"1","type":"note"}"#;
    assert_eq!(
        judge(&sign(r#"{"text":"","id":"1","type":"note"}"#), none),
        Err(Error::MissingField)
    );
}

/// Bodies with other fields, of which the very same bytes would be signed.
#[test]
fn no_field_reaches_into_another() {
    let body = r#"{"text":"a\nid\nb","id":"1","title":"t","type":"note"}"#;
    let signature = sign(body);
    assert_eq!(judge(&signature, body), Ok(()));
    for (other, refusal) in [
        (r#"{"text":"a","id":"b\nid\n1","title":"t","type":"note"}"#, Error::MalformedEventId),
        (r#"{"text":"a\nid\nb","id":"1\ntitle\nt","type":"note"}"#, Error::MalformedEventId),
        (r#"{"text":"a","id":"b","title":"t","type":"note"}"#, Error::SignatureMismatch),
    ] {
        assert_eq!(judge(&signature, other), Err(refusal), "{other}");
    }
    let untitled = r#"{"text":"a\nid\nb\ntype\nc","id":"1","type":"note"}"#;
    let other = r#"{"text":"a","id":"b","type":"c\nid\n1\ntype\nnote"}"#;
    assert_eq!(judge(&sign(untitled), other), Err(Error::MalformedField));
}

#[test]
fn one_text_and_no_body_beside_it() {
    for signed in [
        template!("{json|text:a}.{json|text:b}"),
        template!("{json|text:a}.{body}"),
        template!("{json|text:a}{json:b}"),
    ] {
        assert_eq!(Scheme { signed, ..ROW }.check(), Err(SchemeError::AmbiguousJoin));
    }
    let unsaid = Scheme { admits: &[], ..ROW };
    assert_eq!(unsaid.check(), Err(SchemeError::ContentUnsigned));
}
