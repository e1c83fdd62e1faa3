//! Forms and queries that two readers read otherwise: a field twice, an escaped separator, a body
//! that is no form, a parameter behind the `#`.

use hookseal::{Place, Scheme};

use crate::case::{Case, Verify};
use crate::reference::template::words;
use crate::rows::{made_rows, reads_form};
use crate::spell::first;

/// A delivery by GET, whose signature is over the URL alone, was sent again as a POST with any body.
#[test]
fn twilio_get_signature_with_an_arbitrary_body() {
    a_signed_url_takes_no_body(&Case::accepted).unwrap();
    a_signed_url_takes_no_body(&wrong::takes_any_other_body_for_no_form).unwrap_err();
}

/// Rows that sign the URL and a form: one without a field, and then with a body.
fn a_signed_url_takes_no_body(verify: Verify<'_>) -> Result<(), String> {
    let mut rows = 0;
    for row in made_rows().filter(|row| signs_url_and_form(row)) {
        let genuine = Case::with_body(row, "", crate::case::ID, Vec::new());
        assert!(verify(&genuine), "{}", row.name);
        rows += 1;
        for body in [
            "{\"order\":1}",
            "[]",
            "a",
            "a=b",
            "&",
            "&&&",
            "=",
            "==",
            "&=&",
            " ",
            "\n",
            "\0",
            "%",
            "%3d",
            "=&=",
            "<xml/>",
        ] {
            if verify(&genuine.with_other_body(body)) {
                return Err(format!("{}: {body:?}", row.name));
            }
        }
    }
    assert!(rows >= 4, "only {rows} rows sign a URL and a form");
    Ok(())
}

fn signs_url_and_form(row: &Scheme<'_>) -> bool {
    let words = words(row.signed.text());
    let has = |start: &str| words.iter().any(|(word, _)| word.starts_with(start));
    has("url") && has("form") && row.signature.place == Place::Header
}

/// Of a parameter that is there twice one was checked, and another was used (HTTP parameter
/// pollution).
#[test]
fn parameter_pollution_field_repeated() {
    a_field_is_there_once(&Case::accepted).unwrap();
    a_field_is_there_once(&wrong::first_one_wins).unwrap_err();
}

/// Each field or parameter that is read, once more with another value, before the others and behind
/// them.
fn a_field_is_there_once(verify: Verify<'_>) -> Result<(), String> {
    let mut count = 0;
    for row in made_rows() {
        let genuine = Case::of(row);
        for (place, name) in read_fields(row) {
            let pair = format!("{name}=another");
            let texts = match place {
                Place::Form => {
                    let body = str::from_utf8(&genuine.body).unwrap();
                    [format!("{pair}&{body}"), format!("{body}&{pair}")]
                        .map(|body| genuine.with_other_body(&body))
                }
                _ => {
                    let url = &genuine.url;
                    [url.replacen('?', &format!("?{pair}&"), 1), format!("{url}&{pair}")]
                        .map(|url| genuine.with_url(url))
                }
            };
            for case in texts {
                count += 1;
                if verify(&case) {
                    return Err(format!("{}: {name}", row.name));
                }
            }
        }
    }
    assert!(count >= 30, "only {count} fields");
    Ok(())
}

/// The names that a row reads in a form or in the query, but for those that nothing depends on.
fn read_fields(row: &Scheme<'_>) -> Vec<(Place, String)> {
    let mut fields: Vec<(Place, String)> = words(row.signed.text())
        .into_iter()
        .filter_map(|(word, name)| match word.as_str() {
            "form" if !name.is_empty() => Some((Place::Form, name)),
            "query" => Some((Place::Query, name)),
            _ => None,
        })
        .collect();
    let time = row.timestamp.map(|time| time.source);
    let id = row.event_id.map(|id| id.source);
    let id = id.filter(|_| row.signed.text().contains("{event_id}"));
    for source in [Some(row.signature), time, id].into_iter().flatten() {
        if [Place::Form, Place::Query].contains(&source.place) {
            fields.push((source.place, first(source.name).to_owned()));
        }
    }
    fields
}

/// The whole was decoded before it was parted, so that an escaped separator parted it too.
#[test]
fn decoded_before_it_is_parted() {
    an_escaped_separator_parts_nothing(&Case::accepted).unwrap();
    an_escaped_separator_parts_nothing(&wrong::decodes_first).unwrap_err();
}

/// The separators of a form that is all signed, and of a query that holds the signature, escaped.
fn an_escaped_separator_parts_nothing(verify: Verify<'_>) -> Result<(), String> {
    let mut count = 0;
    for row in made_rows() {
        let genuine = Case::of(row);
        let form = reads_form(row) && row.bound().body.is_whole();
        let query = row.signature.place == Place::Query;
        if !form && !query {
            continue;
        }
        for (plain, escaped) in [("&", "%26"), ("=", "%3D"), ("=", "%3d"), ("&", "%2526")] {
            let case = match form {
                true => {
                    let body = str::from_utf8(&genuine.body).unwrap();
                    genuine.with_other_body(body.replacen(plain, escaped, 1))
                }
                false => {
                    let at = genuine.url.rfind(plain).unwrap();
                    let mut url = genuine.url.clone();
                    url.replace_range(at..=at, escaped);
                    genuine.with_url(url)
                }
            };
            count += 1;
            if verify(&case) {
                return Err(format!("{}: {escaped}", row.name));
            }
        }
    }
    assert!(count >= 4 * 8, "only {count} separators");
    Ok(())
}

/// A parameter was found behind the `#`, which no client sends and which is no part of a query.
#[test]
fn parameter_smuggled_in_the_fragment() {
    a_fragment_holds_no_parameter(&Case::accepted).unwrap();
    a_fragment_holds_no_parameter(&wrong::reads_the_fragment).unwrap_err();
}

fn a_fragment_holds_no_parameter(verify: Verify<'_>) -> Result<(), String> {
    let mut rows = 0;
    for row in made_rows().filter(|row| row.signature.place == Place::Query) {
        let genuine = Case::of(row);
        let name = format!("{}=", first(row.signature.name));
        let at = genuine.url.find(&name).unwrap();
        let (before, parameter) = genuine.url.split_at(at);
        let before = before.trim_end_matches('&');
        rows += 1;
        for url in [
            format!("{before}#{parameter}"),
            format!("{before}#&{parameter}"),
            format!("{before}#?{parameter}"),
            format!("https://hooks.example.com/in#?{parameter}"),
            format!("https://hooks.example.com/in&{parameter}"),
            format!("https://hooks.example.com/in;{parameter}"),
            format!("{before};{parameter}"),
        ] {
            if verify(&genuine.with_url(url.clone())) {
                return Err(format!("{}: {url}", row.name));
            }
        }
    }
    assert!(rows > 0, "no row has its signature in the query");
    Ok(())
}

mod wrong {
    use super::Case;
    use crate::reference::find::form;

    /// A body that is no form has no fields, so that nothing of it is signed.
    pub(super) fn takes_any_other_body_for_no_form(case: &Case) -> bool {
        let is_form = case.body.contains(&b'=') && !case.body.starts_with(b"=");
        if is_form { case.accepted() } else { case.with_other_body("").accepted() }
    }

    /// Into a map, and what comes later is dropped.
    pub(super) fn first_one_wins(case: &Case) -> bool {
        let once = |text: &[u8]| {
            let mut kept: Vec<(String, String)> = Vec::new();
            for (name, value) in form(text) {
                if !kept.iter().any(|(other, _)| *other == name) {
                    kept.push((name, value));
                }
            }
            form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
        };
        let url = match case.url.split_once('?') {
            Some((base, query)) => format!("{base}?{}", once(query.as_bytes())),
            None => case.url.clone(),
        };
        let is_form = super::reads_form(case.scheme);
        let body = if is_form { once(&case.body).into_bytes() } else { case.body.clone() };
        case.with_other_body(body).with_url(url).accepted()
    }

    pub(super) fn decodes_first(case: &Case) -> bool {
        let plain = |text: &str| text.replace("%26", "&").replace("%3D", "=").replace("%3d", "=");
        let body = plain(&String::from_utf8_lossy(&case.body));
        case.with_other_body(body).with_url(plain(&case.url)).accepted()
    }

    pub(super) fn reads_the_fragment(case: &Case) -> bool {
        let url = case.url.replace("#?", "&").replace(['#', ';'], "&");
        case.with_url(url).accepted()
    }
}
