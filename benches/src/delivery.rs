//! The deliveries that are verified: genuine ones, signed now, because most peers read the clock.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookseal::{Request, Scheme, Signer, UnixTime, providers};

/// The body sizes of the tables, in bytes.
pub const SIZES: [usize; 5] = [64, 256, 1 << 10, 16 << 10, 1 << 20];

/// The rows of the table of providers that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Base64, three headers.
    StandardWebhooks,
    /// Hex, one header that is a list.
    Stripe,
    /// Hex, one header with a prefix.
    GitHub,
}

impl Row {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::StandardWebhooks, Self::Stripe, Self::GitHub];

    /// The row itself.
    #[must_use]
    pub const fn scheme(self) -> &'static Scheme<'static> {
        match self {
            Self::StandardWebhooks => &providers::STANDARD_WEBHOOKS,
            Self::Stripe => &providers::STRIPE,
            Self::GitHub => &providers::GITHUB,
        }
    }

    /// The secret as a user has it.
    #[must_use]
    pub const fn secret(self) -> &'static str {
        match self {
            Self::StandardWebhooks | Self::Stripe => "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            Self::GitHub => "It's a Secret to Everybody",
        }
    }

    /// The secret as the MAC takes it.
    #[must_use]
    pub fn key(self) -> Vec<u8> {
        match self {
            Self::StandardWebhooks => {
                let text = self.secret().trim_start_matches("whsec_");
                STANDARD.decode(text).expect("the secret above is base64")
            }
            Self::Stripe | Self::GitHub => self.secret().into(),
        }
    }
}

/// One delivery, as a receiver's framework hands it over.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Which row signed it.
    pub row: Row,
    /// Its headers: those of the scheme among those that every request has.
    pub headers: Vec<(String, String)>,
    /// JSON of exactly the size asked for.
    pub body: Vec<u8>,
    /// When it was signed.
    pub now: UnixTime,
}

/// Keeps a delivery to the end of the program, so that whoever runs can borrow it.
#[must_use]
pub fn keep(delivery: Delivery) -> &'static Delivery {
    Box::leak(Box::new(delivery))
}

const EVENT_ID: &str = "evt_1MqqbKLt4dXK03v5";

impl Delivery {
    /// A genuine delivery with a body of `size` bytes, at least 64.
    #[must_use]
    pub fn genuine(row: Row, size: usize) -> Self {
        let mut body = format!(r#"{{"id":"{EVENT_ID}","type":"a.b","data":""#).into_bytes();
        body.resize(size - 2, b'x');
        body.extend_from_slice(br#""}"#);
        let now = UnixTime::from_secs(UnixTime::now().as_secs());
        let signer = Signer::new(row.scheme(), row.secret()).expect("a secret of the row");
        let none: &[(&str, &str)] = &[];
        let signed = signer.sign(&Request::new(none, &body), Some(EVENT_ID), now);
        let signed = signed.expect("the row signs");
        let own = signed.headers().map(|(name, value)| (name.to_owned(), value.to_string()));
        let length = size.to_string();
        let headers = [("host", "hooks.example.com"), ("user-agent", "Sender/1.0")]
            .into_iter()
            .chain([("content-type", "application/json"), ("content-length", length.as_str())])
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .chain(own)
            .chain([("accept".to_owned(), "*/*".to_owned())])
            .collect();
        Delivery { row, headers, body: body.clone(), now }
    }

    /// The same with the last byte of the body changed.
    #[must_use]
    pub fn forged(mut self) -> Self {
        if let Some(last) = self.body.last_mut() {
            *last ^= 1;
        }
        self
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        value.map(String::as_str).unwrap_or_default()
    }

    /// The same with another value of a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.retain(|(key, _)| key != name);
        self.headers.push((name.into(), value.into()));
        self
    }

    /// What is signed before the body, in the parts in which it is found.
    #[must_use]
    pub fn head(&self) -> Vec<Vec<u8>> {
        let time = self.now.as_secs().to_string().into_bytes();
        let dot = || b".".to_vec();
        match self.row {
            Row::StandardWebhooks => vec![EVENT_ID.into(), dot(), time, dot()],
            Row::Stripe => vec![time, dot()],
            Row::GitHub => vec![],
        }
    }

    /// The headers as pairs that borrow.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// The headers as the `http` crate keeps them.
    #[must_use]
    pub fn map(&self) -> http::HeaderMap {
        let pair = |(name, value): &(String, String)| {
            let name: http::HeaderName = name.parse().expect("a header's name");
            (name, value.parse().expect("a header's value"))
        };
        self.headers.iter().map(pair).collect()
    }
}
