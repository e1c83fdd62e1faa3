//! No answer to a handshake is ever the signature of a delivery that is taken.
//!
//! The attacker here may ask for a MAC over anything, and is even given signed requests to ask by.
//! A MAC is of use to him only where it is over the signed content of a delivery; so he writes a
//! delivery, asks for the MAC over its content, and sends the delivery with that.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(clippy::arithmetic_side_effects)]

mod support;

use hookseal::handshake::{Grammar, Guard, Handshake, Handshaker, Proof, Reply};
use hookseal::providers::{self, handshakes};
use hookseal::{
    Algorithm, Clock, KeyFormat, Place, Request, Scheme, Signer, Source, UnixTime, Verifier,
    Weakness, event, form, header, query, seconds, template,
};
use support::dice::Dice;

const SECRET: &str = "public:a secret of twenty-six bytes";
const NOW: i64 = 1_700_000_000;
const CASES: u64 = 400;
const NO_HEADERS: &[(&str, &str)] = &[];

/// A challenge that everyone may send, in the query.
const OPEN: Handshake = Handshake {
    challenge: Some(query("challenge")),
    grammar: Grammar::Token,
    proof: Proof::Mac,
    reply: Reply::Text(template!("{mac}")),
    ..Handshake::BASE
};

const ROW: Scheme = Scheme {
    name: "body alone",
    signature: header("acme-signature").prefix("v1="),
    handshakes: &[OPEN],
    ..Scheme::BASE
};

/// Braintree's, as far as this needs it.
const BRAINTREE: Scheme = Scheme {
    name: "braintree",
    signature: form("bt_signature").item("&|", ""),
    signed: template!("{form:bt_payload}"),
    key: KeyFormat::Sha1,
    key_id: Some(b':'),
    algorithm: Algorithm::HmacSha1,
    admits: &[Weakness::BodyUnsigned],
    handshakes: &[handshakes::BRAINTREE],
    ..Scheme::BASE
};

/// Rows whose content can be written in a challenge's letters, in different ways.
const OWN: [Scheme; 6] = [
    ROW,
    Scheme {
        name: "time and body",
        timestamp: Some(seconds(header("acme-time"))),
        signed: template!("{timestamp}{body}"),
        ..ROW
    },
    Scheme {
        name: "body and time, joined by a letter of the grammar",
        timestamp: Some(seconds(header("acme-time"))),
        signed: template!("{body}_{timestamp}"),
        ..ROW
    },
    Scheme {
        name: "id, time and body",
        timestamp: Some(seconds(header("acme-time"))),
        event_id: Some(event(header("acme-id"))),
        signed: template!("{event_id}-{timestamp}-{body}"),
        ..ROW
    },
    Scheme {
        name: "a field",
        signed: template!("{form:data}"),
        admits: &[Weakness::BodyUnsigned],
        ..ROW
    },
    BRAINTREE,
];

/// Every row that hands out a MAC: the built-in ones, and those above.
fn rows() -> Vec<&'static Scheme<'static>> {
    let proves = |row: &&Scheme<'_>| row.handshakes.iter().any(|it| matches!(it.proof, Proof::Mac));
    let built_in: Vec<&'static Scheme<'static>> =
        providers::ALL.iter().copied().filter(proves).collect();
    for name in ["smartcar", "x-twitter", "zoom"] {
        assert!(built_in.iter().any(|row| row.name == name), "{name}");
    }
    built_in.into_iter().chain(OWN.iter()).collect()
}

/// What the attacker sends, but for its signature.
#[derive(Clone, Debug)]
struct Delivery {
    time: String,
    id: String,
    body: String,
}

impl Delivery {
    fn new(row: &Scheme<'_>, dice: &mut Dice) -> Self {
        const TOKEN: &str = "abcXYZ0123456789_-";
        let time = match row.timestamp.map(|time| time.clock) {
            Some(Clock::Millis) => format!("{NOW}000"),
            _ => NOW.to_string(),
        };
        let length = dice.length(1..=40);
        let text = match dice.below(4) {
            0 => dice.text("0123456789abcdef", length),
            1 => dice.text("{}[]\":., a1", length),
            _ => dice.text(TOKEN, length),
        };
        let length = dice.length(1..=12);
        Delivery { time, id: dice.text(TOKEN, length), body: text }
    }

    /// The signed content, by the row's template.
    fn content(&self, row: &Scheme<'_>) -> String {
        let text = row.signed.text();
        let text = text.replace("{timestamp}", &self.time).replace("{event_id}", &self.id);
        let text = text.replace("{form:bt_payload}", &self.body).replace("{form:data}", &self.body);
        let text = text.replace("{body}", &self.body);
        assert!(!text.contains("{form") && !text.contains("{timestamp"), "{text}");
        text
    }

    /// Whether it is taken with this signature.
    fn verifies(&self, verifier: &Verifier<'_>, mac: &str) -> bool {
        let row = verifier.scheme();
        let signature = format!("{}{mac}", row.signature.prefix);
        let mut headers = Vec::new();
        let body = match row.signature.place {
            Place::Form => {
                format!("{}=public|{mac}&bt_payload={}", row.signature.name, encoded(&self.body))
            }
            _ if row.signed.text().contains("{form:data}") => {
                format!("data={}", encoded(&self.body))
            }
            _ => self.body.clone(),
        };
        let name = |source: Source<'_>| header(Box::leak(source.name.to_owned().into_boxed_str()));
        let mut put = |source: Source<'static>, value: &str| {
            headers.push((source.name, value.to_owned()));
        };
        if row.signature.place == Place::Header {
            put(name(row.signature), &signature);
        }
        if let Some(time) = row.timestamp {
            put(name(time.source), &self.time);
        }
        if let Some(id) = row.event_id {
            put(name(id.source), &self.id);
        }
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = Request::new(headers.as_slice(), body.as_bytes());
        verifier.verify(&request, UnixTime::from_secs(NOW)).is_ok()
    }
}

/// Who makes MACs for whoever asks.
type Oracle<'o> = &'o dyn Fn(&str) -> Option<String>;

/// The first delivery of many that is taken with a MAC that the oracle has made.
fn forged(verifier: &Verifier<'_>, oracle: Oracle<'_>) -> Option<Delivery> {
    let row = verifier.scheme();
    (0..CASES).find_map(|case| {
        let delivery = Delivery::new(row, &mut Dice::for_case(7, row.name, case));
        let mac = oracle(&delivery.content(row))?;
        delivery.verifies(verifier, &mac).then_some(delivery)
    })
}

/// The MAC that a row's handshake answers with.
fn answered(verifier: &Verifier<'_>, handshake: &Handshake<'_>, challenge: &str) -> Option<String> {
    let source = handshake.challenge.unwrap();
    let (mut url, mut body) = ("https://hooks.example.com/in".to_owned(), String::new());
    match source.place {
        Place::Query => url = format!("{url}?{}={}", source.name, encoded(challenge)),
        Place::Json => body = asking(handshake, challenge).to_string(),
        other => panic!("{other:?}: teach this test to ask so"),
    }
    let request = |headers: &[(&str, &str)]| {
        let request = Request::new(headers, body.as_bytes()).method(handshake.method).url(&url);
        let found = Handshaker::new(verifier).answer(&request, UnixTime::from_secs(NOW));
        found.ok().flatten().map(|answer| answer.body().to_string())
    };
    let text = if handshake.guard == Guard::Signature {
        let signer = Signer::new(verifier.scheme(), SECRET).unwrap();
        let plain = Request::new(NO_HEADERS, body.as_bytes());
        let signed = signer.sign(&plain, None, UnixTime::from_secs(NOW)).unwrap();
        let headers: Vec<(&str, String)> =
            signed.headers().map(|(name, value)| (name, value.to_string())).collect();
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        request(&headers)
    } else {
        request(&[])
    };
    Some(mac_in(handshake, &text?))
}

/// The MAC in the text of an answer: what stands where the template has it, at its end.
fn mac_in(handshake: &Handshake<'_>, text: &str) -> String {
    let (value, template) = match handshake.reply {
        Reply::Text(template) => (text.to_owned(), template),
        Reply::Json(members) => {
            let (name, template) =
                members.iter().find(|(_, value)| value.text().contains("{mac}")).unwrap();
            let json: serde_json::Value = serde_json::from_str(text).unwrap();
            (json[name].as_str().unwrap().to_owned(), *template)
        }
        other => panic!("{other:?}: no MAC in it"),
    };
    let before = template.text().strip_suffix("{mac}").unwrap().replace("{key_id}", "public");
    value.strip_prefix(&before).unwrap().to_owned()
}

/// The JSON body by which a handshake is asked.
fn asking(handshake: &Handshake<'_>, challenge: &str) -> serde_json::Value {
    let mut body = serde_json::json!({});
    let mut put = |path: &str, value: &str| {
        let mut at = &mut body;
        for name in path.split('.') {
            at = &mut at[name];
        }
        *at = value.into();
    };
    for cue in handshake.cues {
        match cue {
            hookseal::handshake::Cue::Is(source, value) => put(source.name, value),
            other => panic!("{other:?}: teach this test to ask so"),
        }
    }
    put(handshake.challenge.unwrap().name, challenge);
    body
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn verifier(row: &'static Scheme<'static>) -> Verifier<'static> {
    Verifier::new(row, SECRET).unwrap()
}

/// The MAC over any bytes under a row's key: what a handshake must not be.
fn lax(row: &'static Scheme<'static>) -> impl Fn(&str) -> Option<String> {
    move |content: &str| {
        let row = Scheme {
            signature: header("any"),
            signed: template!("{body}"),
            timestamp: None,
            handshakes: &[],
            ..*row
        };
        let signer = Signer::new(&row, SECRET).unwrap();
        let signed = signer.sign(
            &Request::new(NO_HEADERS, content.as_bytes()),
            None,
            UnixTime::from_secs(NOW),
        );
        signed.ok().map(|signed| signed.signature().to_owned())
    }
}

#[test]
fn no_answer_is_the_signature_of_a_delivery() {
    for row in rows() {
        let verifier = verifier(row);
        for handshake in row.handshakes.iter().filter(|it| matches!(it.proof, Proof::Mac)) {
            let asked = |content: &str| answered(&verifier, handshake, content);
            // The attacker can ask: else this test would show nothing.
            assert!(asked("0123456789abcdef0123").is_some(), "{}", row.name);
            let found = forged(&verifier, &asked);
            assert!(found.is_none(), "{}: {found:?}", row.name);
        }
    }
}

/// The answers are MACs over what was asked: without the rule that refuses what could be a
/// challenge, those deliveries would be taken.
#[test]
fn the_test_finds_a_verifier_that_takes_challenges() {
    for row in rows().into_iter().filter(|row| row.name != "zoom") {
        let careless: &'static Scheme<'static> =
            Box::leak(Box::new(Scheme { handshakes: &[], ..*row }));
        let (honest, careless) = (verifier(row), verifier(careless));
        for handshake in row.handshakes.iter().filter(|it| matches!(it.proof, Proof::Mac)) {
            let found = forged(&careless, &|content| answered(&honest, handshake, content));
            assert!(found.is_some(), "{}", row.name);
        }
    }
}

/// And without the grammar of the challenge, all others.
#[test]
fn the_test_finds_a_handshake_that_answers_anything() {
    for row in rows() {
        assert!(forged(&verifier(row), &lax(row)).is_some(), "{}", row.name);
    }
}

/// A row that hands out MACs refuses to sign what could be a challenge, as it refuses to take it.
#[test]
fn what_could_be_a_challenge_is_not_signed_either() {
    for (body, refused) in [("abc-_9", true), ("{}", false), ("a.b", false), ("", false)] {
        let signer = Signer::new(&providers::SMARTCAR, SECRET).unwrap();
        let request = Request::new(NO_HEADERS, body.as_bytes());
        let signed = signer.sign(&request, None, UnixTime::from_secs(NOW));
        let wanted = refused.then_some(hookseal::Error::MalformedBody);
        assert_eq!(signed.err(), wanted, "{body}");
    }
}
