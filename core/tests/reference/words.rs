//! What each word of a template stands for.

use hookseal::{Clock, Place, Scheme, Source};

use super::find::{all, form, header, json, json_raw, jws, one, query, sent};
use super::template::{Piece, parts};
use super::{Received, digest, write};
use crate::support::text::{base64, base64url, hex};

/// A row, a request, and the halves of the secret.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) row: &'a Scheme<'a>,
    pub(crate) of: &'a Received,
    pub(crate) id: &'a str,
    pub(crate) secret: &'a [u8],
    /// The other reading of a word that has two.
    pub(crate) other: bool,
}

/// How a hash is written.
type Spell = fn(&[u8]) -> Vec<u8>;

impl Reading<'_> {
    /// The bytes of a template. `None`: something that it names is not there.
    pub(crate) fn content(&self, template: &str) -> Option<Vec<u8>> {
        let parts = parts(template);
        let values: Vec<Option<Vec<u8>>> = parts
            .iter()
            .map(|part| match &part.piece {
                Piece::Text(text) => Some(text.clone().into_bytes()),
                Piece::Word(word, name) => self.word(word, name),
            })
            .collect();
        let absent = |group: usize| {
            let mut all = parts.iter().zip(&values).filter(|(part, _)| part.group == group);
            group != 0 && all.any(|(_, value)| value.as_ref().is_none_or(Vec::is_empty))
        };
        let kept = parts.iter().zip(&values).filter(|(part, _)| !absent(part.group));
        kept.map(|(_, value)| value.clone()).collect::<Option<Vec<_>>>().map(|it| it.concat())
    }

    fn word(&self, word: &str, name: &str) -> Option<Vec<u8>> {
        let Received { url, method, body, .. } = self.of;
        let named = |place: fn(&str) -> Source<'_>| self.one(&place(name));
        let text = |text: &str| Some(text.as_bytes().to_vec());
        match word {
            "body" => Some(body.clone()),
            "timestamp" => self.timestamp(),
            "event_id" => self.one(&self.row.event_id?.source),
            "secret" => Some(self.secret.to_vec()),
            "key_id" => text(self.id),
            "method" => text(method),
            "method|lower" => text(&method.to_lowercase()),
            "header" => named(hookseal::header),
            "json" | "json|text" => named(hookseal::json),
            "form" if !name.is_empty() => named(hookseal::form),
            "query" => named(hookseal::query),
            "item" => {
                let split = self.row.signature.split;
                let source = hookseal::header(self.row.signature.name).item(split, name);
                all(&source, self.of, self.row).into_iter().next()
            }
            "json|php" => write::compact(&json_raw(body, name)?, true).map(String::into_bytes),
            "headers" | "headers|values" | "headers|lines" => self.headers(word),
            "jws" => text(jws(self.row, self.of)?.rsplit_once('.')?.0),
            "jws|header" => text(jws(self.row, self.of)?.split('.').next()?),
            _ if word.starts_with("url") || word.starts_with("path") => self.url(word, url),
            "query|sorted" => text(&write::query(&query(url))),
            _ if word.starts_with("form") => self.form(word, name),
            _ => self.body(word, body),
        }
    }

    fn one(&self, source: &Source<'_>) -> Option<Vec<u8>> {
        one(source, self.of, self.row, &|_| true)
    }

    /// The text of the time.
    pub(crate) fn timestamp(&self) -> Option<Vec<u8>> {
        let time = self.row.timestamp?;
        let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
        let fits = |text: &[u8]| match time.clock {
            Clock::Seconds | Clock::Expiry => text.len() == 10 && digits(text),
            Clock::Millis => text.len() == 13 && digits(text),
            Clock::SecondsOrMillis => [10, 13].contains(&text.len()) && digits(text),
            _ => text.contains(&b':'),
        };
        one(&time.source, self.of, self.row, &fits)
    }

    fn headers(&self, word: &str) -> Option<Vec<u8>> {
        let list = String::from_utf8(self.one(&self.row.signed_headers?)?).ok()?;
        let mut names: Vec<&str> = list.split([' ', ',']).filter(|it| !it.is_empty()).collect();
        let value = |name: &&str| header(self.of, name);
        match word {
            "headers" => Some(list.clone().into_bytes()),
            "headers|values" => {
                names.iter().map(value).collect::<Option<Vec<_>>>().map(|it| it.join(&b'.'))
            }
            _ => {
                names.sort_unstable();
                let line = |name: &&str| {
                    let value = value(name)?;
                    Some([name.to_lowercase().as_bytes(), b":", value.trim_ascii()].concat())
                };
                names.iter().map(line).collect::<Option<Vec<_>>>().map(|it| it.join(&b';'))
            }
        }
    }

    fn url(&self, word: &str, url: &str) -> Option<Vec<u8>> {
        let (base, query) = match sent(url).split_once('?') {
            Some((base, query)) => (base, Some(query)),
            None => (sent(url), None),
        };
        let (scheme, rest) = base.split_once("://")?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let path = if path.is_empty() { "/" } else { path };
        let text = match word {
            "url" => url.to_owned(),
            "url|port" if self.other => {
                let default = if scheme == "https" { ":443" } else { ":80" };
                let other = match host.rsplit_once(':') {
                    Some((name, _)) => name.to_owned(),
                    None => format!("{host}{default}"),
                };
                sent(url).replacen(host, &other, 1)
            }
            "url|port" => url.to_owned(),
            "url|unescaped" => unescaped(url),
            "url|base" => base.to_owned(),
            "url|sha256|hex" => hex(&digest::sha256(url.as_bytes())),
            "url|sorted" => {
                let (query, form) = (super::find::query(url), form(&self.of.body));
                let mark = if query.is_empty() && form.is_empty() { "" } else { "?" };
                let end = if query.is_empty() || form.is_empty() { "" } else { "." };
                format!("{base}{mark}{}{end}", write::joined(&query))
            }
            "path" => query.map_or(path.to_owned(), |query| format!("{path}?{query}")),
            "path|quoted" => write::quoted_path(path, query),
            _ => panic!("a word that the reference does not know: {word}"),
        };
        Some(text.into_bytes())
    }

    fn form(&self, word: &str, name: &str) -> Option<Vec<u8>> {
        let form = form(&self.of.body);
        let signature = &self.row.signature;
        let signature = if signature.place == Place::Form { signature.name } else { "" };
        let hashed = self.row.checks.iter().any(|check| {
            check.equals.text().contains("{body|") && self.one(&check.source).is_some()
        });
        let text = match word {
            "form" if hashed => String::new(),
            "form" => write::run_together(&form, true),
            "form|repeated" => write::run_together(&form, false),
            "form|pairs" => {
                let full = form.into_iter().filter(|(_, value)| !value.is_empty()).collect();
                let dropped = if self.other { "" } else { name };
                write::joined(&write::without(&full, &[signature, dropped]))
            }
            "form|marked" => write::marked(&write::without(&form, &[signature])),
            "form|json" => write::python(&form),
            "form|php" => write::php_array(&write::without(&form, &[signature])),
            _ => panic!("a word that the reference does not know: {word}"),
        };
        Some(text.into_bytes())
    }

    fn body(&self, word: &str, body: &[u8]) -> Option<Vec<u8>> {
        let (what, spelling) = word.rsplit_once('|')?;
        let (hash, spell): (&str, Spell) = match spelling {
            "hex" => (what, |hash| hex(hash).into_bytes()),
            "base64" => (what, |hash| base64(hash).into_bytes()),
            "base64url" if what != "body" => (what, |hash| base64url(hash).into_bytes()),
            _ => (word, <[u8]>::to_vec),
        };
        let value = match hash {
            "body|sha256" => digest::sha256(body),
            "body|sha512" => digest::sha512(body),
            "body|md5" => digest::md5(body),
            "body|minified|sha256" => {
                digest::sha256(write::compact(str::from_utf8(body).ok()?, false)?.as_bytes())
            }
            "body|crc32" => digest::crc32(body).to_string().into_bytes(),
            "body|quoted" => serde_json::to_vec(str::from_utf8(body).ok()?).ok()?,
            "body|base64url" => base64url(body).into_bytes(),
            // The reader's objects are sorted by name.
            "body|sorted" => {
                serde_json::from_slice::<serde_json::Value>(body).ok()?.to_string().into_bytes()
            }
            _ => panic!("a word that the reference does not know: {word}"),
        };
        Some(spell(&value))
    }
}

/// The escapes of `: / ? @ ! $ ' ( ) * , ;` decoded, each once.
fn unescaped(url: &str) -> String {
    let escape = |at: usize| {
        let code = url.get(at + 1..at + 3).filter(|_| url.as_bytes()[at] == b'%')?;
        let byte = u8::from_str_radix(code, 16).ok().map(char::from)?;
        ":/?@!$'()*,;".contains(byte).then_some(byte)
    };
    let (mut out, mut at) = (String::new(), 0);
    while let Some(character) = url[at..].chars().next() {
        match escape(at) {
            Some(plain) => {
                out.push(plain);
                at += 3;
            }
            None => {
                out.push(character);
                at += character.len_utf8();
            }
        }
    }
    out
}

/// Whether the body is JSON of which this row reads a field.
pub(crate) fn reads_json(row: &Scheme<'_>) -> bool {
    let place = |source: Option<Source<'_>>| source.is_some_and(|it| it.place == Place::Json);
    place(Some(row.signature))
        || place(row.timestamp.map(|it| it.source))
        || place(row.event_id.map(|it| it.source))
        || place(row.event_type)
        || row.checks.iter().any(|it| it.source.place == Place::Json)
        || ["{json", "{body|minified", "{body|sorted"]
            .iter()
            .any(|it| row.signed.text().contains(it))
}

#[allow(clippy::module_name_repetitions, reason = "the word of the format")]
pub(crate) fn json_text(body: &[u8], path: &str) -> Option<String> {
    json(body, path)
}
