//! Headers that are lost, renamed, repeated or cut.

use hookseal::Place;
use hookseal::explain::CauseCode::{self, HeaderMissing, HeaderRepeated, HeaderTruncated};

use crate::delivery::Scene;
use crate::fault::{Fault, Inapplicable};
use crate::provider::{Provider, Sent};

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    for part in [missing, renamed, repeated, truncated] {
        part(&mut all);
    }
    all
}

/// Which header of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Which {
    Signature,
    Timestamp,
    EventId,
}

const EACH: [Which; 3] = [Which::Signature, Which::Timestamp, Which::EventId];

impl Which {
    fn text(self) -> &'static str {
        match self {
            Self::Signature => "the signature's",
            Self::Timestamp => "the timestamp's",
            Self::EventId => "the event id's",
        }
    }

    /// The name of the header, where the delivery has one of its own for it.
    fn name(self, provider: &'static Provider) -> Result<&'static str, Inapplicable> {
        let row = provider.row;
        let source = match self {
            Self::Signature => Some(row.signature),
            Self::Timestamp => row.timestamp.map(|it| it.source),
            Self::EventId => {
                row.event_id.map(|it| it.source).filter(|_| row.signed.text().contains("event_id"))
            }
        };
        let source = source.filter(|it| it.place == Place::Header);
        let name = source.and_then(|it| it.names().next()).ok_or("it has no such header")?;
        let shared = self != Self::Signature && row.signature.names().any(|it| it == name);
        if shared { Err("it stands in the signature's header") } else { Ok(name) }
    }
}

/// A fault in one header, whose value is given.
fn header(
    code: CauseCode,
    which: Which,
    what: &str,
    change: impl Fn(&Sent, &'static str, String, &mut Scene) -> Result<(), Inapplicable>
    + Send
    + Sync
    + 'static,
) -> Fault {
    Fault::new(code, format!("{} header {what}", which.text()), move |sent, scene| {
        let name = which.name(sent.provider)?;
        let value = scene.header_text(name).ok_or("it has no such header")?;
        change(sent, name, value, scene)
    })
}

fn missing(all: &mut Vec<Fault>) {
    for which in EACH {
        all.push(header(HeaderMissing, which, "dropped", |_, name, _, scene| {
            scene.headers.retain(|(it, _)| !it.eq_ignore_ascii_case(name));
            Ok(())
        }));
    }
    all.push(Fault::new(HeaderMissing, "all headers dropped but a few", |sent, scene| {
        Which::Signature.name(sent.provider)?;
        scene.headers.retain(|(it, _)| ["content-type", "user-agent"].contains(&it.as_str()));
        Ok(())
    }));
    all.push(Fault::new(HeaderMissing, "a header on the list of those signed dropped", {
        |_, scene| {
            let topic = "x-contentful-topic";
            scene.header(topic).ok_or("it signs no other header")?;
            scene.headers.retain(|(it, _)| it != topic);
            Ok(())
        }
    }));
    all.push(
        header(HeaderMissing, Which::Signature, "empty", |_, name, _, scene| {
            scene.header(name).unwrap().clear();
            Ok(())
        })
        .or(HeaderTruncated, "a header whose value is lost is there, and is not"),
    );
}

/// What it is called, and what becomes of a name.
type Way = (&'static str, fn(&str) -> String);

fn renamed(all: &mut Vec<Fault>) {
    let ways: [Way; 6] = [
        ("under its name of CGI", |name| format!("HTTP_{}", name.to_uppercase().replace('-', "_"))),
        ("with underscores", |name| name.replace('-', "_")),
        ("remapped by API Gateway", |name| format!("x-amzn-remapped-{name}")),
        ("forwarded under another name", |name| format!("X-Forwarded-{name}")),
        ("kept as original", |name| format!("X-Original-{name}")),
        ("without its dashes", |name| name.replace('-', "")),
    ];
    for which in EACH {
        for (what, rename) in ways {
            all.push(header(HeaderMissing, which, what, move |_, name, _, scene| {
                let new = rename(name);
                let found = scene.headers.iter_mut().find(|(it, _)| it.eq_ignore_ascii_case(name));
                found.unwrap().0 = new;
                Ok(())
            }));
        }
    }
}

fn repeated(all: &mut Vec<Fault>) {
    for which in EACH {
        all.push(header(HeaderRepeated, which, "twice", |_, name, value, scene| {
            scene.add_header(name, &value);
            Ok(())
        }));
        all.push(header(HeaderRepeated, which, "twice in one", |_, name, value, scene| {
            *scene.header(name).unwrap() = format!("{value}, {value}").into();
            Ok(())
        }));
        all.push(header(HeaderRepeated, which, "and another after it", |sent, name, _, scene| {
            let other = other(sent, name);
            scene.add_header(name, &other);
            Ok(())
        }));
        all.push(header(HeaderRepeated, which, "and another before it", |sent, name, _, scene| {
            let other = other(sent, name);
            scene.headers.insert(0, (name.into(), other.into()));
            Ok(())
        }));
    }
}

/// The header as it would be of another delivery.
fn other(sent: &Sent, name: &str) -> String {
    let value = sent.scene.header_text(name).unwrap();
    let change = |byte: char| match byte {
        '1'..='8' => char::from(byte as u8 + 1),
        'b'..='e' => char::from(byte as u8 + 1),
        _ => byte,
    };
    let (head, tail) = value.split_at(value.len() / 2);
    format!("{head}{}", tail.chars().map(change).collect::<String>())
}

fn truncated(all: &mut Vec<Fault>) {
    let signature = |what: &str, cut: fn(&Sent, &str) -> Result<String, Inapplicable>| {
        header(HeaderTruncated, Which::Signature, what, move |sent, name, value, scene| {
            *scene.header(name).unwrap() = cut(sent, &value)?.into();
            Ok(())
        })
    };
    all.push(signature("without its prefix", |sent, value| {
        let prefix = sent.provider.row.signature.prefix;
        if prefix.is_empty() || !sent.provider.row.signature.split.is_empty() {
            return Err("its signature has no prefix");
        }
        value.strip_prefix(prefix).map(str::to_owned).ok_or("its signature has no prefix")
    }));
    all.push(signature("without its padding", |_, value| match value.ends_with('=') {
        true => Ok(value.trim_end_matches('=').into()),
        false => Err("its signature has no padding"),
    }));
    all.push(signature("cut in the middle", |_, value| Ok(value[..value.len() * 3 / 4].into())));
    all.push(signature("without its last byte", |_, value| Ok(value[..value.len() - 1].into())));
    all.push(signature("without its last eight bytes", |_, value| {
        Ok(value[..value.len() - 8].into())
    }));
    all.push(signature("cut to the first half of the tag", |sent, value| {
        let length = sent.signature.len() / 2;
        let at = value.find(&sent.signature).ok_or("it is spelled otherwise")?;
        Ok(value[..at + length].into())
    }));
    all.push(signature("cut at its first comma", |_, value| {
        value.split_once(',').map(|(head, _)| head.into()).ok_or("it has no comma")
    }));
    all.push(signature("cut before its last comma", |_, value| {
        value.rsplit_once(',').map(|(_, tail)| tail.into()).ok_or("it has no comma")
    }));
    all.push(signature("cut at its equals sign", |sent, value| {
        let inner = value.trim_end_matches('=');
        if !sent.provider.row.signature.split.is_empty() {
            return Err("it is a list");
        }
        inner.split_once('=').map(|(head, _)| head.into()).ok_or("it has no equals sign")
    }));
    all.push(signature("without the third part of its token", |sent, value| {
        match sent.provider.row.encoding == hookseal::Encoding::Jws {
            true => Ok(value.rsplit_once('.').unwrap().0.into()),
            false => Err("it is no JWS"),
        }
    }));
    all.push(
        header(
            HeaderTruncated,
            Which::Timestamp,
            "without its last three digits",
            |sent, name, value, scene| {
                if value.len() != 13 {
                    return Err("its time is not in milliseconds");
                }
                if sent.provider.name == "contentful" {
                    return Err("the list of its headers has it too");
                }
                *scene.header(name).unwrap() = value[..10].into();
                Ok(())
            },
        )
        .or(CauseCode::TimestampUnit, "without three digits, milliseconds are seconds"),
    );
}
