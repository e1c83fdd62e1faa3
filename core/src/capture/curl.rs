//! A curl command line, as browsers copy it and people write it: the request it would send.
//!
//! Of the headers that curl adds by itself only those are added that follow from the command, as
//! the content type of `--data`; its `Host`, `User-Agent` and `Accept` are not in the capture.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::options::Meaning;
use super::text::{percent_encoded, to_base64};
use super::{CaptureError, Captured, shell};

pub(super) fn read(input: &[u8]) -> Result<Captured, CaptureError> {
    let mut words = shell::words(input)?.into_iter().skip(1);
    let mut command = Command::default();
    while let Some(word) = words.next() {
        match word.as_slice() {
            [b'-', b'-', option @ ..] => command.long(option, &mut words)?,
            [b'-', letters @ ..] if !letters.is_empty() => command.short(letters, &mut words)?,
            _ => command.set_url(word)?,
        }
    }
    command.captured()
}

#[derive(Default)]
struct Command {
    method: Option<String>,
    head: bool,
    no_glob: bool,
    url: Option<String>,
    /// Headers as they were given; one without a value is one that curl shall not send.
    headers: Vec<(String, Option<Vec<u8>>)>,
    /// Headers from options of their own, which a header given by `-H` overrides.
    implied: Vec<(&'static str, Vec<u8>)>,
    body: Option<Vec<u8>>,
}

impl Command {
    fn long(
        &mut self,
        option: &[u8],
        words: &mut impl Iterator<Item = Vec<u8>>,
    ) -> Result<(), CaptureError> {
        let mut parts = option.splitn(2, |byte| *byte == b'=');
        let name = parts.next().and_then(|name| core::str::from_utf8(name).ok());
        let meaning = Meaning::of_long(name.unwrap_or_default());
        if !meaning.takes_value() {
            return self.apply(meaning, Vec::new());
        }
        let value = parts.next().map(<[u8]>::to_vec).or_else(|| words.next());
        self.apply(meaning, value.ok_or(CaptureError::MissingValue)?)
    }

    /// One-letter options may share a dash; what follows one that takes a value is its value.
    fn short(
        &mut self,
        letters: &[u8],
        words: &mut impl Iterator<Item = Vec<u8>>,
    ) -> Result<(), CaptureError> {
        let mut rest = letters;
        while let Some((letter, after)) = rest.split_first() {
            let meaning = Meaning::of_short(*letter);
            if meaning.takes_value() {
                let joined = (!after.is_empty()).then(|| after.to_vec());
                let value = joined.or_else(|| words.next());
                return self.apply(meaning, value.ok_or(CaptureError::MissingValue)?);
            }
            self.apply(meaning, Vec::new())?;
            rest = after;
        }
        Ok(())
    }

    fn apply(&mut self, meaning: Meaning, value: Vec<u8>) -> Result<(), CaptureError> {
        match meaning {
            Meaning::Switch | Meaning::Ignored => {}
            Meaning::Refused => return Err(CaptureError::UnsupportedOption),
            Meaning::Head => self.head = true,
            Meaning::NoGlob => self.no_glob = true,
            Meaning::Method => self.method = Some(text(value)?),
            Meaning::Url => self.set_url(value)?,
            Meaning::Header => self.headers.push(header(&value)?),
            Meaning::Data => self.add_data(b"&", &inline(value)?),
            Meaning::RawData => self.add_data(b"&", &value),
            Meaning::EncodedData => self.add_data(b"&", &url_encoded(&value)?),
            Meaning::JsonData => {
                self.add_data(b"", &inline(value)?);
                self.imply("Content-Type", b"application/json".into());
                self.imply("Accept", b"application/json".into());
            }
            Meaning::Named(name) => self.imply(name, value),
            Meaning::Cookie => self.add_cookie(&value)?,
            Meaning::User if !value.contains(&b':') => return Err(CaptureError::UnsupportedOption),
            Meaning::User => self.authorize(format!("Basic {}", to_base64(&value)).into())?,
            Meaning::Bearer => self.authorize([b"Bearer ".as_slice(), &value].concat())?,
        }
        Ok(())
    }

    fn set_url(&mut self, word: Vec<u8>) -> Result<(), CaptureError> {
        match self.url.replace(text(word)?) {
            None => Ok(()),
            Some(_) => Err(CaptureError::SeveralUrls),
        }
    }

    /// As curl joins them today; 7.88 still put a separator after empty data too.
    fn add_data(&mut self, separator: &[u8], data: &[u8]) {
        let body = self.body.get_or_insert_default();
        if !body.is_empty() {
            body.extend_from_slice(separator);
        }
        body.extend_from_slice(data);
    }

    /// Without a `=` it is the name of a file with cookies.
    fn add_cookie(&mut self, cookie: &[u8]) -> Result<(), CaptureError> {
        if !cookie.contains(&b'=') {
            return Err(CaptureError::FileData);
        }
        match self.implied.iter_mut().find(|(name, _)| *name == "Cookie") {
            Some((_, cookies)) => cookies.extend([b";", cookie].concat()),
            None => self.imply("Cookie", cookie.to_vec()),
        }
        Ok(())
    }

    /// Of several credentials curl picks one by rules of its own.
    fn authorize(&mut self, value: Vec<u8>) -> Result<(), CaptureError> {
        if self.implied.iter().any(|(name, _)| *name == "Authorization") {
            return Err(CaptureError::UnsupportedOption);
        }
        self.imply("Authorization", value);
        Ok(())
    }

    /// Given again, the last one counts.
    fn imply(&mut self, name: &'static str, value: Vec<u8>) {
        self.implied.retain(|(implied, _)| *implied != name);
        self.implied.push((name, value));
    }

    fn captured(mut self) -> Result<Captured, CaptureError> {
        let url = self.url.take().ok_or(CaptureError::NoUrl)?;
        let default = match (&self.body, self.head) {
            (_, true) => "HEAD",
            (Some(_), false) => "POST",
            (None, false) => "GET",
        };
        if self.body.is_some() && !self.implied.iter().any(|(name, _)| *name == "Content-Type") {
            self.imply("Content-Type", b"application/x-www-form-urlencoded".into());
        }
        let (given, implied) = (&self.headers, self.implied);
        let is_given = |name: &str| given.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        // An empty value, as in `-A ''`, takes the header away.
        let added =
            implied.into_iter().filter(|(name, value)| !value.is_empty() && !is_given(name));
        let added: Vec<_> = added.map(|(name, value)| (name.into(), value)).collect();
        let sent = self.headers.into_iter().filter_map(|(name, value)| Some((name, value?)));
        Ok(Captured {
            method: Some(self.method.unwrap_or_else(|| default.into())),
            url: Some(full_url(url, self.no_glob)),
            headers: sent.chain(added).collect(),
            body: self.body.unwrap_or_default(),
        })
    }
}

/// curl takes `{}` and `[]` in a URL for patterns, so browsers put a backslash before them; and
/// it takes a URL without a scheme for `http`.
fn full_url(url: String, no_glob: bool) -> String {
    let mut full = String::from(if url.contains("://") { "" } else { "http://" });
    let mut rest = url.chars().peekable();
    while let Some(character) = rest.next() {
        let escapes = character == '\\' && rest.peek().is_some_and(|next| "{}[]".contains(*next));
        if no_glob || !escapes {
            full.push(character);
        }
    }
    full
}

fn text(word: Vec<u8>) -> Result<String, CaptureError> {
    String::from_utf8(word).map_err(|_| CaptureError::NotUtf8)
}

fn inline(data: Vec<u8>) -> Result<Vec<u8>, CaptureError> {
    if data.starts_with(b"@") { Err(CaptureError::FileData) } else { Ok(data) }
}

/// `name: value`, `name:` to leave it out, `name;` for an empty value, `@file`.
fn header(line: &[u8]) -> Result<(String, Option<Vec<u8>>), CaptureError> {
    if line.starts_with(b"@") {
        return Err(CaptureError::FileData);
    }
    let mut parts = line.splitn(2, |byte| *byte == b':');
    let (name, value) = match (parts.next().unwrap_or_default(), parts.next()) {
        (name, Some(value)) if value.trim_ascii().is_empty() => (name, None),
        (name, Some(value)) => (name, Some(value.trim_ascii().to_vec())),
        (line, None) => {
            (line.strip_suffix(b";").ok_or(CaptureError::MalformedHeader)?, Some(Vec::new()))
        }
    };
    let controls = line.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t');
    if name.is_empty() || controls || name.contains(&b' ') {
        return Err(CaptureError::MalformedHeader);
    }
    Ok((text(name.to_vec())?, value))
}

/// `content`, `=content` or `name=content`, of which only the content is encoded; with `@` in the
/// place of `=` it would be from a file.
fn url_encoded(data: &[u8]) -> Result<Vec<u8>, CaptureError> {
    let Some(equals) = data.iter().position(|byte| *byte == b'=') else {
        let from_file = data.contains(&b'@');
        let encoded = percent_encoded(data, "+").into_bytes();
        return if from_file { Err(CaptureError::FileData) } else { Ok(encoded) };
    };
    let (name, content) = data.split_at(equals);
    let content = content.strip_prefix(b"=").unwrap_or_default();
    let separator = if name.is_empty() { "" } else { "=" };
    Ok([name, separator.as_bytes(), percent_encoded(content, "+").as_bytes()].concat())
}
