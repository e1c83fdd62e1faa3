//! The facts of a row for which the core has no word, or none that is short enough.

use hookseal::{Algorithm, Check, KeyFormat, Place, Scheme, Source, When};

/// How the secret, or the key, is spelled.
pub(crate) fn secret(scheme: &Scheme<'_>) -> String {
    let key = match scheme.key {
        KeyFormat::Text => "text, byte for byte".to_owned(),
        KeyFormat::Hex => "hex".to_owned(),
        KeyFormat::Base64 { prefix } => format!("base64{}", after(prefix)),
        KeyFormat::Sha1 => "text, of which the SHA-1 is the key".to_owned(),
        KeyFormat::AfterTimestamp => "text; the key is the time, and then the text".to_owned(),
        KeyFormat::PublicKey { prefix, private_prefix } => {
            let key = format!("public key: PEM, JWK, base64 or hex{}", after(prefix));
            let private = match scheme.algorithm {
                Algorithm::Ed25519 | Algorithm::EcdsaP256 => {
                    format!("its private key{}, to sign", after(private_prefix))
                }
                _ => "verified only".to_owned(),
            };
            format!("{key}; {private}")
        }
        _ => "another form".to_owned(),
    };
    key_id(scheme).map_or(key.clone(), |mark| format!("id{mark}key; the key: {key}"))
}

/// The byte that parts a secret of two halves.
pub(crate) fn key_id(scheme: &Scheme<'_>) -> Option<char> {
    scheme.key_id.map(char::from)
}

fn after(prefix: &str) -> String {
    if prefix.is_empty() { String::new() } else { format!(", after {prefix}") }
}

/// A window in the shortest words.
pub(crate) fn window(past: u32, future: u32) -> String {
    if past == future { format!("{past} s") } else { format!("{past}/{future} s") }
}

/// A place, for people.
pub(crate) fn place_name(place: Place) -> &'static str {
    match place {
        Place::Header => "header",
        Place::Json => "JSON field",
        Place::Query => "query parameter",
        Place::Form => "form field",
        Place::Claim => "claim of the JWS",
        Place::Body => "the whole body",
        _ => "another place",
    }
}

/// Where a value is.
pub(crate) fn source(source: &Source<'_>) -> String {
    let name = place_name(source.place);
    let mut text = match source.place {
        Place::Body => name.to_owned(),
        _ => format!("{name} {}", source.names().collect::<Vec<_>>().join(" or ")),
    };
    let prefix = source.prefix.replace('|', " or ");
    match (source.split, prefix.as_str()) {
        ("", "") => {}
        ("", prefix) => text.push_str(&format!(", after \"{}\"", visible(prefix))),
        (split, "") => {
            text.push_str(&format!(", each item of a list parted by \"{}\"", visible(split)))
        }
        (split, prefix) => {
            let (split, prefix) = (visible(split), visible(prefix));
            text.push_str(&format!(", after \"{prefix}\" in a list parted by \"{split}\""));
        }
    }
    if let Some(mark) = source.key_mark {
        text.push_str(&format!(", behind the key's id and {}", char::from(mark)));
    }
    text
}

/// A condition beside the signature.
pub(crate) fn check(check: &Check<'_>) -> String {
    let text = format!("{} is {}", source(&check.source), visible(check.equals.text()));
    if check.when == When::Always { text } else { format!("{text} ({})", check.when.name()) }
}

/// The names of the values of one place that a template signs: `{json:name}`, `{json|php:name}`.
pub(crate) fn fields(template: &str, place: Place) -> impl Iterator<Item = &str> {
    let words = template.split('{').skip(1).filter_map(|it| it.split('}').next());
    words.filter_map(move |word| {
        let (kind, name) = word.split_once(':')?;
        let is_one = kind == place.name() || (kind.starts_with("json|") && place == Place::Json);
        is_one.then_some(name)
    })
}

/// A text with its line ends and tabs written out.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::new();
    for each in text.chars() {
        if each.is_control() { shown.extend(each.escape_default()) } else { shown.push(each) }
    }
    shown
}
