//! The rarer words of a template: what they need of a request, and what they make of it.

use core::fmt::Write as _;

use crate::content::{Content, Ours};
use crate::digest::{crc32, digest_md5, digest_sha256, digest_sha512};
use crate::encoding::spell;
use crate::error::Error;
use crate::fields::{self, Fields, Repeats};
use crate::json_text;
use crate::source::Place;
use crate::spelled::Spelled;
use crate::template::Template;
use crate::url;
use crate::word::{Hash, Hashed, Part, Spelling, Word};

type Sink<'s> = &'s mut dyn FnMut(&[u8]);

impl<'r> Content<'r> {
    /// What a word needs must be there, and be what it is taken for: so that nothing can fail
    /// while the content is hashed.
    pub(crate) fn check_rare(&self, word: Word, part: &Part) -> Result<(), Error> {
        let body = self.request().body;
        match word {
            Word::UrlPort
            | Word::UrlBase
            | Word::Path
            | Word::PathQuoted
            | Word::Hash(Hashed::Url, ..) => self.check_url(),
            Word::QuerySorted => self.check_query(word),
            Word::UrlSorted => self.check_query(word).and_then(|()| self.check_form(word)),
            Word::MethodLower => self.check_method(),
            Word::Form if self.is_body_hashed() => Ok(()),
            Word::Form
            | Word::FormRepeated
            | Word::FormPairs
            | Word::FormJson
            | Word::FormPhp
            | Word::FormMarked => self.check_form(word),
            Word::FieldText => {
                let found = self.field_of(&self.scheme().signed, part)?;
                found.map(drop).ok_or(Error::MissingField)
            }
            Word::FieldPhp => {
                let found = self.raw_field(&self.scheme().signed, part)?;
                found.map(drop).ok_or(Error::MissingField)
            }
            Word::Headers | Word::HeaderValues | Word::HeaderLines => self.check_headers(),
            Word::BodyQuoted => json_text::is_text(body).then_some(()).ok_or(Error::MalformedBody),
            Word::Hash(Hashed::MinifiedBody, ..) => {
                crate::json::is_json(body).then_some(()).ok_or(Error::MalformedBody)
            }
            #[cfg(feature = "canonical")]
            Word::BodySorted => {
                crate::canonical::sorted(body).map(drop).ok_or(Error::MalformedBody)
            }
            _ => Ok(()),
        }
    }

    /// Hands over the bytes of a word. Called after [`check`](Self::check), so that what is
    /// absent is only what a condition's template names: it is then no bytes.
    #[inline(never)] // the words of most schemes stay in a short loop
    pub(crate) fn rare(
        &self,
        template: &Template<'_>,
        part: &Part,
        ours: &Ours<'_>,
        sink: Sink<'_>,
    ) {
        let body = self.request().body;
        let url = self.request().url.unwrap_or_default();
        match part.word {
            Word::Timestamp => self.timestamp().for_each_run(sink),
            Word::EventId => self.event_id().for_each_run(sink),
            Word::Secret => sink(ours.secret),
            Word::KeyId => sink(ours.id),
            Word::Method => sink(self.method().as_bytes()),
            Word::MethodLower => lower(self.method(), sink),
            Word::Url => sink(url.as_bytes()),
            Word::UrlPort if ours.second => url::other_port(url, sink),
            Word::UrlPort => sink(url.as_bytes()),
            Word::UrlUnescaped => url::unescaped(url, sink),
            Word::UrlBase => sink(url::base(url).as_bytes()),
            Word::Path => url::path_and_query(url, sink),
            Word::PathQuoted => url::quoted(url, sink),
            Word::Field(_) | Word::FieldText | Word::Item => {
                if let Ok(Some(value)) = self.field_of(template, part) {
                    value.for_each_run(sink);
                }
            }
            Word::FieldPhp => {
                if let Ok(Some(raw)) = self.raw_field(template, part) {
                    json_text::php(raw, sink);
                }
            }
            Word::Form if self.is_body_hashed() => {}
            Word::Form
            | Word::FormRepeated
            | Word::FormPairs
            | Word::FormJson
            | Word::FormPhp
            | Word::FormMarked
            | Word::UrlSorted
            | Word::QuerySorted => self.fields(template, part, ours.second, sink),
            Word::Headers | Word::HeaderValues | Word::HeaderLines => {
                self.headers(part.word, sink);
            }
            #[cfg(feature = "jwt")]
            Word::Jws => sink(self.request().jws.map_or(b"", |jws| jws.message())),
            #[cfg(feature = "jwt")]
            Word::JwsHeader => sink(self.request().jws.map_or(b"", |jws| jws.header())),
            #[cfg(feature = "jwt")]
            Word::BodyBase64Url => crate::jws::encode(body, sink),
            Word::BodyQuoted => json_text::quoted(body, sink),
            #[cfg(feature = "canonical")]
            Word::BodySorted => sink(&crate::canonical::sorted(body).unwrap_or_default()),
            Word::BodyCrc32 => decimal(crc32(body), sink),
            Word::Hash(of, hash, spelling) => self.hash(of, hash, spelling, sink),
            _ => {}
        }
    }

    /// The hash of something, as it is spelled.
    fn hash(&self, of: Hashed, hash: Hash, spelling: Spelling, sink: Sink<'_>) {
        let url = self.request().url.unwrap_or_default().as_bytes();
        let body = self.request().body;
        let feed = |sink: &mut dyn FnMut(&[u8])| match of {
            Hashed::Body => sink(body),
            Hashed::Url => sink(url),
            Hashed::MinifiedBody => json_text::minified(body, sink),
        };
        let digested = match hash {
            Hash::Sha256 => digest_sha256(&feed),
            Hash::Sha512 => digest_sha512(&feed),
            Hash::Md5 => digest_md5(&feed),
        };
        spell(digested.bytes(), spelling, sink);
    }

    /// Fields of a form or a query, as they are signed.
    fn fields(&self, template: &Template<'_>, part: &Part, second: bool, sink: Sink<'_>) {
        let sink = &mut |run: &[u8]| sink(run);
        // Each word reads what it names alone: of a word over the query the body is no form.
        if matches!(part.word, Word::UrlSorted | Word::QuerySorted) {
            return self.query_fields(part.word, sink);
        }
        let Ok(form) = self.form() else { return };
        match part.word {
            Word::Form => fields::concatenated(&form, Repeats::Once, sink),
            Word::FormRepeated => fields::concatenated(&form, Repeats::Kept, sink),
            _ => {
                let named = if second { "" } else { template.text_of(part) };
                let drop = [self.signature_field(), named];
                let Ok(form) = form.distinct() else { return };
                match part.word {
                    Word::FormPairs => fields::pairs(&form, &drop, sink),
                    Word::FormMarked => fields::marked(&form, &drop, sink),
                    Word::FormJson => fields::json(&form, sink),
                    _ => fields::php(&form, &drop, sink),
                }
            }
        }
    }

    /// The query's pairs; behind the URL, where that is named, and with a look at the form.
    fn query_fields(&self, word: Word, sink: &mut dyn FnMut(&[u8])) {
        let Ok(query) = Fields::read(self.query()) else { return };
        if matches!(word, Word::UrlSorted) {
            let url = self.request().url.unwrap_or_default();
            let form_follows = self.form().is_ok_and(|form| !form.is_empty());
            fields::sorted_url(url, &query, form_follows, sink);
        } else if let Ok(query) = query.distinct() {
            fields::query_sorted(&query, sink);
        }
    }

    /// The form, where what names it can be written: it is one, a body that is not empty has
    /// fields, and where nothing stands between name and value, no name is empty. Else any number
    /// of `&` or of `=` would be signed like no body at all.
    fn check_form(&self, word: Word) -> Result<(), Error> {
        let form = self.form().map_err(|_| Error::MalformedBody)?;
        let is_joined = matches!(word, Word::Form | Word::FormRepeated | Word::UrlSorted);
        let is_nameless = form.sorted().next().is_some_and(|(name, _)| name.raw().is_empty());
        let fits = form.is_empty() == self.request().body.is_empty()
            && if is_joined { !is_nameless } else { form.distinct().is_ok() };
        if fits { Ok(()) } else { Err(Error::MalformedBody) }
    }

    fn check_query(&self, word: Word) -> Result<(), Error> {
        self.check_url()?;
        let query = Fields::read(self.query()).map_err(|_| Error::MalformedField)?;
        let fits = matches!(word, Word::UrlSorted) || query.distinct().is_ok();
        if fits { Ok(()) } else { Err(Error::MalformedField) }
    }

    fn form(&self) -> Result<Fields<'r>, fields::Malformed> {
        Fields::read(self.request().body)
    }

    /// The form's field that is the signature: no signature covers itself.
    fn signature_field(&self) -> &'r str {
        let signature = self.scheme().signature;
        if signature.place == Place::Form { signature.name } else { "" }
    }

    /// Whether a condition that holds for this request binds the body by its hash: then the form
    /// is not signed a second time.
    fn is_body_hashed(&self) -> bool {
        self.scheme().checks.iter().any(|check| {
            check.equals.binds().body
                && matches!(check.source.one(self.request(), Error::MalformedField), Ok(Some(_)))
        })
    }

    fn raw_field(&self, template: &Template<'_>, part: &Part) -> Result<Option<&'r [u8]>, Error> {
        let found = crate::json::find_raw(self.request().body, template.text_of(part));
        found.map_err(Error::from)
    }

    fn query(&self) -> &'r [u8] {
        url::query(self.request().url.unwrap_or_default()).unwrap_or_default().as_bytes()
    }

    fn method(&self) -> &'r str {
        self.request().method.unwrap_or_default()
    }
}

fn lower(text: &str, sink: Sink<'_>) {
    text.bytes().for_each(|byte| sink(&[byte.to_ascii_lowercase()]));
}

fn decimal(number: u32, sink: Sink<'_>) {
    let mut digits = Spelled::<10>::EMPTY;
    if write!(digits, "{number}").is_ok() {
        sink(digits.bytes());
    }
}
