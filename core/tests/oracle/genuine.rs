//! A delivery as its provider sends it, with what the oracle knows of it.

use core::ops::Range;

/// What a provider sent, and where in it the parts stand that a mutation changes.
#[derive(Clone, Debug)]
pub(crate) struct Genuine {
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) url: Option<String>,
    pub(crate) method: Option<String>,
    /// The signed bytes; of a token, which signs nothing, those that tell deliveries apart.
    pub(crate) content: Vec<u8>,
    pub(crate) signature: Spot,
    pub(crate) spelling: Spelling,
    pub(crate) list: Option<List>,
    pub(crate) time: Option<Time>,
    pub(crate) time_spot: Option<Spot>,
    pub(crate) id: Id,
    pub(crate) id_spot: Option<Spot>,
    pub(crate) kind: Kind,
}

/// A run of bytes in a header.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spot {
    pub(crate) header: usize,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    Hex,
    Base64,
    Base64Url,
    Token,
}

/// A signature header that is a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List {
    pub(crate) separator: &'static str,
    /// What a signature's item begins with.
    pub(crate) item: &'static str,
    /// What the time's item begins with, where it is in the list.
    pub(crate) time: &'static str,
    /// Items that receivers have to pass over.
    pub(crate) junk: &'static [&'static str],
}

/// The signed time of a delivery, and the window around it.
#[derive(Clone, Debug)]
pub(crate) struct Time {
    pub(crate) text: String,
    pub(crate) millis: i64,
    pub(crate) unit: Unit,
    pub(crate) past: i64,
    pub(crate) future: i64,
    pub(crate) in_body: bool,
    /// Not a spelling that the provider uses.
    pub(crate) odd: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds,
    Millis,
    Rfc3339,
}

/// The event id.
#[derive(Clone, Debug)]
pub(crate) enum Id {
    /// The facts name none, or leave open where it is.
    Open,
    /// In a header, in the signed content. `dots`: whether it may hold a dot.
    Signed { text: String, dots: bool },
    /// In a header that nothing binds.
    Unsigned(String),
    /// In the signed body; `None` where this body has none.
    InBody(Option<String>),
}

/// The event type.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Open,
    Is(Option<String>),
}

/// What a header is written of.
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Tag(&'a str),
    Time,
    Id,
}

impl Genuine {
    pub(crate) fn new(body: Vec<u8>, content: Vec<u8>, spelling: Spelling) -> Self {
        Genuine {
            headers: Vec::new(),
            body,
            url: None,
            method: None,
            content,
            signature: Spot::default(),
            spelling,
            list: None,
            time: None,
            time_spot: None,
            id: Id::Open,
            id_spot: None,
            kind: Kind::Open,
        }
    }

    pub(crate) fn at(self, time: Time) -> Self {
        Genuine { time: Some(time), ..self }
    }

    pub(crate) fn id(self, id: Id) -> Self {
        Genuine { id, ..self }
    }

    pub(crate) fn kind(self, kind: Option<&str>) -> Self {
        Genuine { kind: Kind::Is(kind.map(str::to_owned)), ..self }
    }

    pub(crate) fn list(self, list: List) -> Self {
        Genuine { list: Some(list), ..self }
    }

    pub(crate) fn url(self, url: String) -> Self {
        Genuine { url: Some(url), ..self }
    }

    /// A header that has nothing to do with the signature.
    pub(crate) fn plain(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.as_bytes().to_vec()));
        self
    }

    /// A header, written of pieces.
    pub(crate) fn header(mut self, name: &str, pieces: &[Piece<'_>]) -> Self {
        let header = self.headers.len();
        let mut value = Vec::new();
        for piece in pieces {
            let start = value.len();
            let text = match piece {
                Piece::Text(text) | Piece::Tag(text) => text,
                Piece::Time => self.time.as_ref().unwrap().text.as_str(),
                Piece::Id => self.id.text().unwrap(),
            };
            value.extend_from_slice(text.as_bytes());
            let spot = Spot { header, range: start..value.len() };
            match piece {
                Piece::Text(_) => {}
                Piece::Tag(_) => self.signature = spot,
                Piece::Time => self.time_spot = Some(spot),
                Piece::Id => self.id_spot = Some(spot),
            }
        }
        self.headers.push((name.to_owned(), value));
        self
    }

    pub(crate) fn value(&self, spot: &Spot) -> Vec<u8> {
        self.headers[spot.header].1[spot.range.clone()].to_vec()
    }

    pub(crate) fn replace(&mut self, spot: &Spot, with: &[u8]) {
        self.headers[spot.header].1.splice(spot.range.clone(), with.iter().copied());
    }

    pub(crate) fn signs_body(&self) -> bool {
        self.spelling != Spelling::Token
    }
}

impl Id {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Open => None,
            Self::Signed { text, .. } | Self::Unsigned(text) => Some(text),
            Self::InBody(text) => text.as_deref(),
        }
    }
}
