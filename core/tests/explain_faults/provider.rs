//! Providers of different shape, and what each of them sends.

use hookseal::{KeyFormat, Scheme, Signer, UnixTime, providers};

use crate::coding::{FormStyle, QS, URLENCODE, WHATWG};
use crate::delivery::{Row, Scene, Setup};
use crate::fault::Inapplicable;
use crate::sender::secrets::{Secret, Seed, secret};
use crate::tree::{self, Style, Tree};

/// When all is sent.
pub(crate) const NOW: i64 = 1_700_000_000;

/// What stands for the signature in a body until it is made.
const HERE: &str = "SIGNATUREGOESHERE";

const EVENT_ID: &str = "msg_2bCkT1xQ0JmV7n";

/// One provider.
pub(crate) struct Provider {
    pub(crate) name: &'static str,
    pub(crate) row: &'static Scheme<'static>,
    pub(crate) body: Body,
    /// How it writes JSON.
    pub(crate) style: Style,
    /// The URL that is configured there.
    pub(crate) url: &'static str,
    /// Headers that are there before it signs.
    given: &'static [(&'static str, &'static str)],
    /// Secrets of its own form; without one, 36 letters and digits.
    secret: fn(number: usize) -> Option<String>,
    /// Begins an API key of the provider.
    pub(crate) api_key: &'static str,
    /// Other schemes of the same provider.
    pub(crate) schemes: &'static [&'static Scheme<'static>],
}

/// What a provider's bodies are.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Body {
    /// An object, with these fields of its own.
    Json(&'static [(&'static str, &'static str)]),
    /// A list of events.
    List,
    /// Pairs.
    Form(&'static [(&'static str, &'static str)], FormStyle),
    /// A form in whose one field stands JSON.
    Payload,
}

/// What is sent, and how it is written.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) of: Tree,
    pub(crate) style: Style,
    /// What stands around the body.
    pub(crate) around: (&'static str, &'static str),
}

/// A delivery as it was sent, with the receiver that takes it.
pub(crate) struct Sent {
    pub(crate) provider: &'static Provider,
    pub(crate) event: Event,
    pub(crate) scene: Scene,
    pub(crate) signature: String,
}

const PLAIN: Provider = Provider {
    name: "",
    row: &Scheme::BASE,
    body: Body::Json(&[]),
    style: tree::JS,
    url: "https://hooks.example.com/in/orders?tenant=acme&v=2",
    given: &[("content-type", "application/json"), ("user-agent", "Sender/1.0")],
    secret: |_| None,
    api_key: "",
    schemes: &[],
};

const FORM: &[(&str, &str)] =
    &[("content-type", "application/x-www-form-urlencoded"), ("user-agent", "Sender/1.0")];

const SMS: &[(&str, &str)] = &[
    ("ToCountry", "DE"),
    ("MessageSid", "SM0123456789abcdef"),
    ("Body", "Hi & bye, café – 1+1=2 \u{1f389} ~ok* (yes)"),
    ("From", "+15005550006"),
    ("MediaUrl", "https://media.example.com/a b?x=1&y=2"),
    ("NumMedia", "0"),
];

const COMMAND: &[(&str, &str)] = &[
    ("token", "gIkuvaNzQIHg97ATvDxqgjtO"),
    ("team_domain", "example"),
    ("command", "/weather"),
    ("text", "café & co (94070) *bold* ~strike~"),
    ("response_url", "https://hooks.example.com/commands/1234/5678"),
    ("user_name", "Steve O'Neil"),
];

/// All of them.
pub(crate) static PROVIDERS: &[Provider] = &[
    Provider {
        name: "stripe",
        row: &providers::STRIPE,
        style: tree::JS_2,
        secret: |number| Some(format!("whsec_{}", letters(number))),
        api_key: "sk_live_",
        ..PLAIN
    },
    Provider {
        name: "github",
        row: &providers::GITHUB,
        api_key: "ghp_",
        schemes: &[&providers::GITHUB_LEGACY_SHA1],
        ..PLAIN
    },
    Provider {
        name: "standard-webhooks",
        row: &providers::STANDARD_WEBHOOKS,
        style: tree::PYTHON_COMPACT,
        api_key: "sk_test_",
        schemes: &[&providers::STANDARD_WEBHOOKS_V1A],
        ..PLAIN
    },
    Provider {
        name: "slack",
        row: &providers::SLACK,
        style: tree::PHP_UNICODE,
        api_key: "xoxb-",
        ..PLAIN
    },
    Provider {
        name: "slack-command",
        row: &providers::SLACK,
        body: Body::Form(COMMAND, WHATWG),
        given: FORM,
        api_key: "xoxp-",
        ..PLAIN
    },
    Provider {
        name: "shopify",
        row: &providers::SHOPIFY,
        style: tree::RAILS,
        api_key: "shpat_",
        ..PLAIN
    },
    Provider {
        name: "twilio",
        row: &providers::TWILIO,
        body: Body::Form(SMS, URLENCODE),
        given: FORM,
        secret: |number| Some(hex_digits(number, 32)),
        api_key: "SK",
        schemes: &[&providers::TWILIO_SHARED_KEY],
        ..PLAIN
    },
    Provider { name: "square", row: &providers::SQUARE, api_key: "EAAA", ..PLAIN },
    Provider { name: "cashfree", row: &providers::CASHFREE, style: tree::GSON, ..PLAIN },
    Provider { name: "vercel", row: &providers::VERCEL, style: tree::JS, api_key: "vca_", ..PLAIN },
    Provider { name: "paystack", row: &providers::PAYSTACK, api_key: "sk_live_", ..PLAIN },
    Provider {
        name: "mailgun",
        row: &providers::MAILGUN,
        body: Body::Json(&[(
            "signature",
            r#"{"token":"c0a1b2","timestamp":"1700000000","signature":"SIGNATUREGOESHERE"}"#,
        )]),
        style: tree::PYTHON,
        secret: |number| Some(hex_digits(number, 32)),
        api_key: "key-",
        schemes: &[&providers::MAILGUN_FORM],
        ..PLAIN
    },
    Provider { name: "pandadoc", row: &providers::PANDADOC, style: tree::PYTHON_RAW, ..PLAIN },
    Provider {
        name: "gitlab-shared-token",
        row: &providers::GITLAB_SHARED_TOKEN,
        api_key: "glpat-",
        schemes: &[&providers::GITLAB],
        ..PLAIN
    },
    Provider {
        name: "gitea-form",
        row: &providers::GITEA_FORM,
        body: Body::Payload,
        style: tree::GO,
        given: FORM,
        schemes: &[&providers::GITEA],
        ..PLAIN
    },
    Provider { name: "vonage", row: &providers::VONAGE, style: tree::JS, ..PLAIN },
    Provider {
        name: "livekit",
        row: &providers::LIVEKIT,
        style: tree::GO_MAP,
        secret: |number| Some(format!("APIk{number}:{}", letters(number))),
        ..PLAIN
    },
    Provider { name: "discord", row: &providers::DISCORD, style: tree::PYTHON_COMPACT, ..PLAIN },
    Provider {
        name: "sendgrid",
        row: &providers::SENDGRID,
        body: Body::List,
        style: tree::JS,
        api_key: "SG.",
        ..PLAIN
    },
    Provider {
        name: "ably",
        row: &providers::ABLY,
        secret: |number| Some(format!("a1B2c3.k{number}:{}", letters(number))),
        ..PLAIN
    },
    Provider {
        name: "hubspot",
        row: &providers::HUBSPOT,
        body: Body::List,
        api_key: "pat-na1-",
        schemes: &[&providers::HUBSPOT_V1, &providers::HUBSPOT_V2],
        ..PLAIN
    },
    Provider {
        name: "contentful",
        row: &providers::CONTENTFUL,
        style: tree::JS,
        given: &[
            ("content-type", "application/json"),
            ("x-contentful-topic", "ContentManagement.Entry.publish"),
            (
                "x-contentful-signed-headers",
                "x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic",
            ),
            ("x-contentful-timestamp", "1700000000000"),
        ],
        api_key: "CFPAT-",
        ..PLAIN
    },
    Provider {
        name: "adyen-platform",
        row: &providers::ADYEN_PLATFORM,
        style: tree::JACKSON_PRETTY,
        api_key: "AQE",
        ..PLAIN
    },
    Provider {
        name: "cloudinary",
        row: &providers::CLOUDINARY,
        style: tree::RAILS,
        schemes: &[&providers::CLOUDINARY_SHA256],
        ..PLAIN
    },
    Provider { name: "box", row: &providers::BOX, style: tree::JS, ..PLAIN },
    Provider { name: "gitguardian", row: &providers::GITGUARDIAN, style: tree::PYTHON, ..PLAIN },
    Provider {
        name: "braintree",
        row: &providers::BRAINTREE,
        body: Body::Form(
            &[
                ("bt_signature", "publicSIGNATUREGOESHERE"),
                ("bt_payload", "PG5vdGlmaWNhdGlvbj48L25vdGlmaWNhdGlvbj4=\n"),
            ],
            URLENCODE,
        ),
        given: FORM,
        secret: |number| Some(format!("public:{}", letters(number))),
        ..PLAIN
    },
    Provider {
        name: "messagebird-bird",
        row: &providers::MESSAGEBIRD_BIRD,
        style: tree::GO,
        url: "https://hooks.example.com/in/bird%20calls/",
        schemes: &[&providers::MESSAGEBIRD_LEGACY],
        ..PLAIN
    },
    Provider {
        name: "upstash-qstash",
        row: &providers::UPSTASH_QSTASH,
        style: tree::JS,
        secret: |number| Some(format!("sig_{}", letters(number))),
        ..PLAIN
    },
    Provider {
        name: "chargebee",
        row: &providers::CHARGEBEE,
        secret: |number| Some(format!("hook:{}", letters(number))),
        ..PLAIN
    },
    Provider {
        name: "convoy-advanced",
        row: &providers::CONVOY_ADVANCED_SHA256_HEX,
        style: tree::GO_MAP,
        schemes: &[&providers::CONVOY_SIMPLE_SHA256_HEX],
        ..PLAIN
    },
];

/// The provider of a name.
pub(crate) fn by_name(name: &str) -> &'static Provider {
    PROVIDERS.iter().find(|it| it.name == name).unwrap()
}

/// 36 letters and digits, as many secrets as there are numbers.
pub(crate) fn letters(number: usize) -> String {
    let mut dice = crate::support::dice::Dice::for_case(7, "secret", number as u64);
    dice.text(crate::support::dice::LETTERS, 36)
}

fn hex_digits(number: usize, length: usize) -> String {
    let mut dice = crate::support::dice::Dice::for_case(8, "secret", number as u64);
    dice.text("0123456789abcdef", length)
}

impl Provider {
    /// The secret of a number, for both sides: 0 is the endpoint's.
    pub(crate) fn secret(&self, number: usize) -> Secret {
        self.secret_for(self.row, number)
    }

    /// The same in the spelling of another row.
    pub(crate) fn secret_for(&self, row: &Scheme<'_>, number: usize) -> Secret {
        let shared = !matches!(row.key, KeyFormat::Hex | KeyFormat::Base64 { .. })
            && !matches!(row.key, KeyFormat::PublicKey { .. });
        if let Some(text) = (self.secret)(number).filter(|_| shared) {
            return Secret { signer: text.clone(), verifier: text };
        }
        let mut dice = crate::support::dice::Dice::for_case(9, self.name, number as u64);
        let seed = Seed { text: letters(number), bytes: dice.bytes(32), pair: number };
        secret(row, &seed, number)
    }

    /// The event that it sends where nothing else is asked for.
    pub(crate) fn event(&self) -> Event {
        Event { of: rich(), style: self.style, around: ("", "") }
    }

    /// Whether its bodies hold JSON that a style can write.
    pub(crate) fn has_json(&self) -> bool {
        !matches!(self.body, Body::Form(..))
    }

    /// The body of an event.
    pub(crate) fn write(&self, event: &Event) -> Vec<u8> {
        let text = match self.body {
            Body::Json(fields) => self.with(fields, &event.of).write(&event.style),
            Body::List => Tree::List(vec![event.of.clone()]).write(&event.style),
            Body::Form(fields, style) => style.write(&pairs(fields)),
            Body::Payload => {
                format!("payload={}", WHATWG.encode(&event.of.write(&event.style)))
            }
        };
        format!("{}{text}{}", event.around.0, event.around.1).into_bytes()
    }

    /// The tree that is in its body.
    pub(crate) fn tree(&self, event: &Event) -> Option<Tree> {
        Some(match self.body {
            Body::Json(fields) => self.with(fields, &event.of),
            Body::List => Tree::List(vec![event.of.clone()]),
            Body::Payload => event.of.clone(),
            Body::Form(..) => return None,
        })
    }

    fn with(&self, fields: &[(&str, &str)], of: &Tree) -> Tree {
        let Tree::Object(own) = of else { return of.clone() };
        let mut all: Vec<(String, Tree)> =
            fields.iter().map(|(name, text)| ((*name).into(), read(text))).collect();
        all.extend(own.iter().cloned());
        Tree::Object(all)
    }

    /// The pairs of a form.
    pub(crate) fn pairs(&self) -> Option<Vec<(String, String)>> {
        match self.body {
            Body::Form(fields, _) => Some(pairs(fields)),
            _ => None,
        }
    }

    /// Signs and delivers an event; by another row of the provider, where one is given.
    ///
    /// # Errors
    /// The provider cannot send such a body.
    pub(crate) fn send(
        &'static self,
        event: Event,
        by: Option<&'static Scheme<'static>>,
    ) -> Result<Sent, Inapplicable> {
        let row = by.unwrap_or(self.row);
        let secret = self.secret_for(row, 0);
        let body = match by {
            Some(row) if row.name == "mailgun-form" => {
                b"timestamp=1700000000&token=c0a1b2&signature=SIGNATUREGOESHERE".to_vec()
            }
            Some(row) if row.name == "gitea" => event.of.write(&event.style).into_bytes(),
            _ => self.write(&event),
        };
        let own = row.signed_headers.is_some();
        let given = self.given.iter().filter(|(name, _)| own || !name.starts_with("x-contentful"));
        let mut scene = Scene {
            row: Row(self.row),
            headers: given.map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            body,
            url: Some(self.url.into()),
            method: Some("POST".into()),
            secrets: vec![self.secret(0).verifier.into()],
            others: Vec::new(),
            now: UnixTime::from_secs(NOW + 2),
            setup: Setup::default(),
        };
        let signature = sign(&mut scene, row, &secret.signer)
            .ok_or("its row reads the body, and cannot read such a one")?;
        if row.name == "pandadoc" {
            scene.url = Some(format!("{}&signature={signature}", self.url));
        }
        scene.body = place(&scene.body, &signature);
        Ok(Sent { provider: self, event, scene, signature })
    }
}

/// Signs a delivery and puts the headers there; anew, where they are there. Its signature; none
/// where the row cannot sign it.
pub(crate) fn sign(scene: &mut Scene, row: &Scheme<'_>, secret: &str) -> Option<String> {
    let signer = Signer::new(row, secret).ok()?;
    let (signature, headers) = scene.with(|request| {
        let signed = signer.sign(request, Some(EVENT_ID), UnixTime::from_secs(NOW)).ok()?;
        let headers = signed.headers().map(|(name, value)| (name.to_owned(), value.to_string()));
        Some((signed.signature().to_owned(), headers.collect::<Vec<_>>()))
    })?;
    for (name, value) in headers {
        match scene.header(&name) {
            Some(there) => *there = value.into(),
            None => scene.add_header(&name, &value),
        }
    }
    Some(signature)
}

/// The signature where a body has it.
pub(crate) fn place(body: &[u8], signature: &str) -> Vec<u8> {
    let Ok(text) = str::from_utf8(body) else { return body.to_vec() };
    let piped = format!("{}{}", QS.encode("|"), URLENCODE.encode(signature));
    let text = text.replace(&format!("public{HERE}"), &format!("public{piped}"));
    text.replace(HERE, signature).into_bytes()
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
}

/// A small object of strings, as the fields of providers are.
fn read(text: &str) -> Tree {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    let fields = value.as_object().unwrap().iter();
    Tree::Object(
        fields.map(|(name, value)| (name.clone(), Tree::text(value.as_str().unwrap()))).collect(),
    )
}

/// An order, as shops send it.
pub(crate) fn rich() -> Tree {
    with_texts("Zoë's café – 5 < 6 & 7 > 2 \u{1f389}", "東京/渋谷")
}

/// The same with no character that ISO 8859-1 has not.
pub(crate) fn latin() -> Tree {
    with_texts("Zoë's café: 5 < 6 & 7 > 2", "Besançon/Öland")
}

/// The same with no character that Windows-1252 has not.
pub(crate) fn western() -> Tree {
    with_texts("Zoë’s café – 5 €", "Besançon/Öland")
}

fn with_texts(note: &str, place: &str) -> Tree {
    let line = |sku: &str, count: u32| {
        Tree::object([("sku", Tree::text(sku)), ("qty", Tree::number(count))])
    };
    let object = Tree::object([
        ("id", Tree::text("ord_9f31")),
        ("status", Tree::text("paid")),
        ("amount", Tree::number(1999)),
        ("rate", Tree::number("19.99")),
        ("discount", Tree::number("-0.5")),
        ("currency", Tree::text("eur")),
        ("note", Tree::text(note)),
        ("place", Tree::text(place)),
        ("url", Tree::text("https://shop.example.com/o/9?a=1&b=2")),
        ("quote", Tree::text("she said \"hi\"\n\tC:\\temp = 'ok' + more")),
        ("tags", Tree::List(Vec::new())),
        ("meta", Tree::object([])),
        ("lines", Tree::List(vec![line("B-2", 1), line("A-1", 2)])),
        ("parent", Tree::Null),
    ]);
    Tree::object([
        ("id", Tree::text("evt_1Nq7")),
        ("object", Tree::text("event")),
        ("type", Tree::text("order.paid")),
        ("created", Tree::number(NOW)),
        ("livemode", Tree::Bool(true)),
        ("data", Tree::object([("object", object)])),
        ("api_version", Tree::text("2026-11-01")),
        ("pending", Tree::Bool(false)),
    ])
}

/// Few fields, all plain.
pub(crate) fn small() -> Tree {
    Tree::object([
        ("id", Tree::text("evt_7")),
        ("type", Tree::text("ping")),
        ("amount", Tree::number(5)),
    ])
}

/// Numbers that JavaScript writes otherwise.
pub(crate) fn whole_floats() -> Tree {
    Tree::object([
        ("type", Tree::text("invoice.paid")),
        ("amount", Tree::number("10.0")),
        ("tax", Tree::number("2.0")),
        ("id", Tree::text("inv_7")),
    ])
}

#[test]
fn every_provider_is_verified_before_anything_breaks() {
    for provider in PROVIDERS {
        let sent = provider.send(provider.event(), None).unwrap();
        assert_eq!(sent.scene.judge(), Ok(Ok(())), "{}", provider.name);
        for scheme in provider.schemes {
            let sent = provider.send(provider.event(), Some(scheme)).unwrap();
            let secret = provider.secret_for(scheme, 0).verifier.into();
            let own = Scene { row: Row(scheme), secrets: vec![secret], ..sent.scene };
            assert_eq!(own.judge(), Ok(Ok(())), "{} by {}", provider.name, scheme.name);
        }
    }
}
