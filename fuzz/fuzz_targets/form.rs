//! Any bytes as a form, and as a query: what is signed of the fields is what another reader of
//! forms finds there; and what is refused has a reason.
#![no_main]

use hookseal::{
    Encoding, Error, Request, Scheme, Signer, Template, UnixTime, Weakness, header, template,
};
use hookseal_fuzz::{KEY, Owned};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    pick: u8,
    query: bool,
    text: &'a [u8],
}

const SIGNED: [(Template<'static>, bool); 7] = [
    (template!("{form}"), false),
    (template!("{form|repeated}"), false),
    (template!("{form|pairs}"), true),
    (template!("{form|marked}"), true),
    (template!("{form|json}"), true),
    (template!("{form|php}"), true),
    (template!("{url|sorted}{form|repeated}"), false),
];

fuzz_target!(|input: Input<'_>| {
    let (mut signed, mut distinct) = SIGNED[usize::from(input.pick) % SIGNED.len()];
    let text = str::from_utf8(input.text).ok().filter(|it| !it.contains('#'));
    let query = text.filter(|_| input.query);
    if query.is_some() && input.pick % 2 == 0 {
        (signed, distinct) = (template!("{query|sorted}"), true);
    }
    let scheme = Scheme {
        name: "fuzz",
        signature: header("signature"),
        encoding: Encoding::Hex,
        signed,
        admits: &[Weakness::BodyUnsigned, Weakness::LooseFields, Weakness::LooseJoins],
        ..Scheme::BASE
    };
    let signer = Signer::new(&scheme, KEY).expect("a row that holds together");
    let mut of = Owned {
        headers: Vec::new(),
        body: input.text.to_vec(),
        url: "https://hooks.example.com/in".into(),
        method: "POST".into(),
    };
    if let Some(query) = query {
        of.body.clear();
        of.url = format!("{}?{query}", of.url);
    }
    let none: &[(&str, &str)] = &[];
    let request = Request::new(none, &of.body).url(&of.url).method("POST");
    let made = signer.sign(&request, None, UnixTime::from_secs(1_700_000_000));
    match made.map(|signed| signed.signature().to_owned()) {
        Ok(signature) => {
            of.headers.push(("signature".into(), signature.into_bytes()));
            assert!(of.holds(&scheme, KEY), "another reader finds other fields");
        }
        Err(error) => {
            let reason = refusal(input.text, distinct, query.is_some());
            assert!(matches!(error, Error::MalformedBody | Error::MalformedField), "{error:?}");
            assert!(reason, "refused for no reason");
        }
    }
});

/// Whether a strict reader refuses these fields.
fn refusal(text: &[u8], distinct: bool, query: bool) -> bool {
    let is_escape = |at: usize| {
        let digits = text.get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let bad = text.iter().enumerate().any(|(at, byte)| *byte == b'%' && !is_escape(at));
    let items: Vec<&[u8]> =
        text.split(|byte| *byte == b'&').filter(|item| !item.is_empty()).collect();
    // The reader puts U+FFFD where the bytes are no text; it may stand there itself.
    let pairs: Vec<_> = form_urlencoded::parse(text).into_owned().collect();
    let no_text = pairs.iter().any(|(name, value)| (name.clone() + value).contains('\u{fffd}'));
    let mut names: Vec<&String> = pairs.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    let twice = names.windows(2).any(|pair| pair[0] == pair[1]);
    let nothing = items.is_empty() && !text.is_empty() && !query;
    // Where nothing stands between name and value, no name may be empty.
    let nameless = !distinct && !query && pairs.iter().any(|(name, _)| name.is_empty());
    bad || no_text || nameless || items.len() > 256 || nothing || (distinct && twice)
}
