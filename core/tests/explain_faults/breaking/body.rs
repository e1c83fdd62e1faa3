//! A body that loses, gains or recodes bytes on its way.

use hookseal::explain::CauseCode::{
    self, BodyBase64, BodyBom, BodyCharset, BodyCompressed, BodyEmpty, BodyFormEncoded,
    BodyJsonString, BodyLineEndings, BodyParsed, BodyTrailingBytes,
};

use crate::coding::{
    COMPONENT, DOTNET_QUERY, PHP_QUERY, QS, URLENCODE, WHATWG, brotli, cesu8, deflate, from_ascii,
    gzip, gzip_of_file, percent, to_ascii, to_cp1252, to_latin1, twice_cp1252, twice_latin1,
    unpercent, utf16, zlib, zstd,
};
use crate::fault::{Fault, Inapplicable};
use crate::provider::{Body, Event, Provider, latin, place, sign, small, western};
use crate::support::text::{base64, base64url, hex, unbase64};
use crate::tree::{self, Tree};

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    for part in [empty, charset, bom, line_endings, edges, base64_, json_string, forms, compressed]
    {
        part(&mut all);
    }
    all
}

/// A fault that makes other bytes of the body.
fn bytes(
    code: CauseCode,
    name: &str,
    change: impl Fn(&[u8]) -> Vec<u8> + Send + Sync + 'static,
) -> Fault {
    Fault::new(code, name, move |_, scene| {
        scene.body = change(&scene.body);
        Ok(())
    })
}

/// The same of an event.
fn bytes_of(
    code: CauseCode,
    name: &str,
    event: impl Fn(&Provider) -> Result<Event, Inapplicable> + Send + Sync + 'static,
    change: impl Fn(&[u8]) -> Vec<u8> + Send + Sync + 'static,
) -> Fault {
    Fault::of(code, name, event, move |_, scene| {
        scene.body = change(&scene.body);
        Ok(())
    })
}

/// The same where the body is text.
fn text(
    code: CauseCode,
    name: &str,
    change: impl Fn(&str) -> String + Send + Sync + 'static,
) -> Fault {
    bytes(code, name, move |body| change(str::from_utf8(body).unwrap()).into_bytes())
}

/// An event of this content in raw UTF-8.
fn raw(
    of: fn() -> Tree,
) -> impl Fn(&Provider) -> Result<Event, Inapplicable> + Send + Sync + 'static {
    move |provider| match provider.body {
        Body::Form(..) | Body::Payload => Err("a form is ASCII"),
        _ => Ok(Event { of: of(), style: tree::JS, ..provider.event() }),
    }
}

/// An event with bytes around its body.
fn around(
    before: &'static str,
    after: &'static str,
) -> impl Fn(&Provider) -> Result<Event, Inapplicable> + Send + Sync + 'static {
    move |provider| match provider.body {
        Body::Form(..) | Body::Payload => Err("a form has no line end"),
        _ => Ok(Event { around: (before, after), ..provider.event() }),
    }
}

/// An event in several lines.
fn lines(end: &'static str) -> impl Fn(&Provider) -> Result<Event, Inapplicable> + Send + Sync {
    move |provider| match provider.body {
        Body::Form(..) | Body::Payload => Err("a form is one line"),
        _ => Ok(Event { style: tree::JS_2, around: ("", end), ..provider.event() }),
    }
}

fn replaced(body: &[u8], from: &str, to: &str) -> Vec<u8> {
    str::from_utf8(body).unwrap().replace(from, to).into_bytes()
}

fn empty(all: &mut Vec<Fault>) {
    const NOTHING: &str = "what is left of a body that nobody read is no body, and is a \
                           program's rendering of nothing";
    all.push(bytes(BodyEmpty, "the stream was read before", |_| Vec::new()));
    for text in ["{}", "null", "undefined", "None", "\"\""] {
        let name = format!("no parser ran: {text}");
        all.push(bytes(BodyEmpty, &name, |_| text.as_bytes().to_vec()).or(BodyParsed, NOTHING));
    }
    all.push(Fault::new(BodyEmpty, "empty, though its length is told", |_, scene| {
        let length = scene.body.len().to_string();
        scene.add_header("content-length", &length);
        scene.body.clear();
        Ok(())
    }));
}

fn charset(all: &mut Vec<Fault>) {
    let of_text = |body: &[u8]| String::from_utf8(body.to_vec()).unwrap();
    all.push(bytes_of(BodyCharset, "read as ISO 8859-1", raw(latin), twice_latin1));
    all.push(bytes_of(
        BodyCharset,
        "read as ISO 8859-1, with an emoji",
        raw(crate::provider::rich),
        twice_latin1,
    ));
    all.push(bytes_of(BodyCharset, "read as Windows-1252", raw(western), twice_cp1252));
    all.push(bytes_of(BodyCharset, "written in ISO 8859-1", raw(latin), move |body| {
        to_latin1(&of_text(body))
    }));
    all.push(bytes_of(BodyCharset, "written in Windows-1252", raw(western), move |body| {
        to_cp1252(&of_text(body))
    }));
    all.push(bytes_of(
        BodyCharset,
        "written in ISO 8859-1, with an emoji",
        raw(crate::provider::rich),
        move |body| to_latin1(&of_text(body)),
    ));
    all.push(bytes_of(BodyCharset, "written in ASCII", raw(latin), move |body| {
        to_ascii(&of_text(body))
    }));
    all.push(bytes_of(BodyCharset, "read as ASCII", raw(latin), from_ascii));
    for (little, mark) in [(true, false), (true, true), (false, false), (false, true)] {
        let order = if little { "LE" } else { "BE" };
        let with = if mark { ", marked" } else { "" };
        let name = format!("written in UTF-16{order}{with}");
        all.push(bytes(BodyCharset, &name, move |body| utf16(&of_text(body), little, mark)));
    }
    let name = "surrogates written one by one";
    let event = raw(crate::provider::rich);
    all.push(bytes_of(BodyCharset, name, event, move |body| cesu8(&of_text(body))));
}

fn bom(all: &mut Vec<Fault>) {
    let put = |body: &[u8]| [b"\xef\xbb\xbf", body].concat();
    all.push(bytes(BodyBom, "a mark put before it", put));
    all.push(bytes_of(BodyBom, "its mark taken off", around("\u{feff}", ""), |body| {
        body[3..].to_vec()
    }));
    all.push(bytes_of(
        BodyBom,
        "a mark before a small body",
        |provider| Ok(Event { of: small(), ..provider.event() }),
        put,
    ));
}

fn line_endings(all: &mut Vec<Fault>) {
    let edge = "a line end that is another is one taken away and one put on";
    for end in ["", "\n"] {
        let tail = if end.is_empty() { "" } else { ", the last too" };
        let name = format!("LF made CRLF{tail}");
        all.push(bytes_of(BodyLineEndings, &name, lines(end), |body| replaced(body, "\n", "\r\n")));
        let name = format!("CRLF made LF{tail}");
        all.push(Fault::of(
            BodyLineEndings,
            name,
            move |provider| windows(provider, end),
            |_, scene| {
                scene.body = replaced(&scene.body, "\r\n", "\n");
                Ok(())
            },
        ));
        let name = format!("LF made CR{tail}");
        all.push(bytes_of(BodyLineEndings, &name, lines(end), |body| replaced(body, "\n", "\r")));
        let name = format!("lines joined{tail}");
        all.push(bytes_of(BodyLineEndings, &name, lines(end), |body| replaced(body, "\n", "")).or(
            CauseCode::BodyReserialised,
            "without its line ends it is JSON of another \
                    style",
        ));
    }
    all.push(
        bytes_of(BodyLineEndings, "the one LF made CRLF", around("", "\n"), |body| {
            replaced(body, "\n", "\r\n")
        })
        .or(BodyTrailingBytes, edge),
    );
    all.push(
        bytes_of(BodyLineEndings, "the one CRLF made LF", around("", "\r\n"), |body| {
            replaced(body, "\r\n", "\n")
        })
        .or(BodyTrailingBytes, edge),
    );
}

/// JSON in lines that end as those of Windows do.
fn windows(provider: &Provider, end: &str) -> Result<Event, Inapplicable> {
    if !matches!(provider.body, Body::Json(&[]) | Body::List) {
        return Err("its body is no JSON that is signed whole");
    }
    let style = if end.is_empty() { tree::JS_2_CRLF } else { tree::JS_2_CRLF_LINE };
    Ok(Event { style, ..provider.event() })
}

fn edges(all: &mut Vec<Fault>) {
    let kind = "a line end that is another is one taken away and one put on";
    for (name, tail) in [
        ("a newline put on", "\n"),
        ("CRLF put on", "\r\n"),
        ("two newlines put on", "\n\n"),
        ("a carriage return put on", "\r"),
        ("a blank put on", " "),
        ("a tab put on", "\t"),
        ("a NUL put on", "\0"),
        ("seven NULs put on", "\0\0\0\0\0\0\0"),
        ("three newlines put on", "\n\n\n"),
    ] {
        all.push(text(BodyTrailingBytes, name, move |body| format!("{body}{tail}")));
    }
    for (name, head) in [("a newline put before", "\n"), ("a blank put before", " ")] {
        all.push(text(BodyTrailingBytes, name, move |body| format!("{head}{body}")));
    }
    all.push(text(BodyTrailingBytes, "blanks put around", |body| format!(" {body} ")));
    all.push(text(BodyTrailingBytes, "filled with NULs to 4096", |body| format!("{body:\0<4096}")));
    all.push(Fault::new(BodyTrailingBytes, "the next request read with it", |_, scene| {
        let length = scene.body.len().to_string();
        scene.add_header("content-length", &length);
        scene.body.extend(b"POST /in HTTP/1.1\r\nhost: a.example\r\n\r\n{\"id\":\"other\"}");
        Ok(())
    }));
    for (name, head, tail) in [
        ("its newline taken off", "", "\n"),
        ("its CRLF taken off", "", "\r\n"),
        ("its two newlines taken off", "", "\n\n"),
        ("its blank taken off", "", " "),
        ("its newline before it taken off", "\n", ""),
    ] {
        all.push(bytes_of(BodyTrailingBytes, name, around(head, tail), |body| {
            body.trim_ascii().to_vec()
        }));
    }
    all.push(
        bytes_of(BodyTrailingBytes, "a second newline put on", around("", "\n"), |body| {
            [body, b"\n"].concat()
        })
        .or(BodyLineEndings, kind),
    );
    all.push(Fault::new(BodyTrailingBytes, "cut at 100 bytes, its length told", |_, scene| {
        let length = scene.body.len().to_string();
        scene.add_header("content-length", &length);
        scene.body.truncate(100);
        Ok(())
    }));
    all.push(bytes(BodyTrailingBytes, "its last byte lost", |body| {
        body[..body.len() - 1].to_vec()
    }));
}

fn base64_(all: &mut Vec<Fault>) {
    all.push(bytes(BodyBase64, "in base64", |body| base64(body).into_bytes()));
    all.push(bytes(BodyBase64, "in base64 of URLs", |body| base64url(body).into_bytes()));
    all.push(bytes(BodyBase64, "in base64 without padding", |body| {
        base64(body).trim_end_matches('=').as_bytes().to_vec()
    }));
    all.push(bytes(BodyBase64, "in base64 of mails", |body| {
        let text = base64(body);
        let lines = text.as_bytes().chunks(76).map(|line| [line, b"\r\n"].concat());
        lines.collect::<Vec<_>>().concat()
    }));
    all.push(bytes(BodyBase64, "in base64 with a newline", |body| {
        format!("{}\n", base64(body)).into_bytes()
    }));
    all.push(bytes(BodyBase64, "in base64, twice", |body| {
        base64(base64(body).as_bytes()).into_bytes()
    }));
    all.push(bytes(BodyBase64, "in a data URL", |body| {
        format!("data:application/json;base64,{}", base64(body)).into_bytes()
    }));
    all.push(bytes(BodyBase64, "in hex", |body| hex(body).into_bytes()));
    // The provider signs base64, and a gateway takes it for a binary body.
    all.push(Fault::made(BodyBase64, "decoded, though the base64 is signed", |provider| {
        if !matches!(provider.body, Body::Json(&[]) | Body::List) {
            return Err("its body is no JSON that is signed whole");
        }
        let style = tree::JS_BASE64;
        let sent = provider.send(Event { style, ..provider.event() }, None)?.scene;
        let mut received = sent.clone();
        received.body = unbase64(str::from_utf8(&sent.body).unwrap());
        Ok(crate::fault::Broken { sent, received })
    }));
}

fn json_string(all: &mut Vec<Fault>) {
    let quoted = |body: &[u8], style| Tree::text(str::from_utf8(body).unwrap()).write(style);
    let string = move |name: &str, style: &'static tree::Style| {
        bytes(BodyJsonString, name, move |body| quoted(body, style).into_bytes())
    };
    all.push(string("written as a string of JSON", &tree::JS));
    all.push(string("the same by Python", &tree::PYTHON));
    all.push(string("the same by PHP", &tree::PHP));
    all.push(string("the same by .NET", &tree::DOTNET));
    all.push(bytes(BodyJsonString, "twice", move |body| {
        quoted(quoted(body, &tree::JS).as_bytes(), &tree::JS).into_bytes()
    }));
    all.push(bytes(BodyJsonString, "escaped, without quotes", move |body| {
        let text = quoted(body, &tree::JS);
        text.as_bytes()[1..text.len() - 1].to_vec()
    }));
    let field = |name: &'static str, rest: &'static [(&'static str, &'static str)]| {
        let title = format!("in the field {name}");
        bytes(BodyJsonString, &title, move |body| {
            let rest = rest.iter().map(|(name, value)| ((*name).into(), Tree::text(value)));
            let body = (name.into(), Tree::text(str::from_utf8(body).unwrap()));
            Tree::Object(rest.chain([body]).collect()).write(&tree::JS).into_bytes()
        })
    };
    all.push(field("body", &[("resource", "/in"), ("httpMethod", "POST")]));
    all.push(field("rawBody", &[]));
    all.push(field("payload", &[("source", "queue")]));
    all.push(field("Message", &[("Type", "Notification"), ("MessageId", "8f1d")]));
    all.push(field("data", &[("id", "1")]));
    let both = "two names of one thing: the event of a gateway has the body in base64 in a field";
    all.push(
        bytes(BodyJsonString, "the event of a gateway, in base64", |body| {
            let flag = ("isBase64Encoded".into(), Tree::Bool(true));
            let body = ("body".into(), Tree::text(&base64(body)));
            Tree::Object(vec![flag, body]).write(&tree::JS).into_bytes()
        })
        .or(BodyBase64, both),
    );
    all.push(bytes(BodyJsonString, "the event of a queue", |body| {
        let record = Tree::object([
            ("messageId", Tree::text("19dd0b57")),
            ("body", Tree::text(str::from_utf8(body).unwrap())),
        ]);
        Tree::object([("Records", Tree::List(vec![record]))]).write(&tree::JS).into_bytes()
    }));
}

fn forms(all: &mut Vec<Fault>) {
    let edge = "a sign at the end is a byte at the edge";
    for style in [WHATWG, URLENCODE, QS, COMPONENT, PHP_QUERY, DOTNET_QUERY] {
        let name = format!("written as a form again by {}", style.name);
        all.push(Fault::new(BodyFormEncoded, name, move |sent, scene| {
            let pairs = sent.provider.pairs().ok_or("its body is no form")?;
            scene.body = place(style.write(&pairs).as_bytes(), &sent.signature);
            Ok(())
        }));
        let name = format!("percent-encoded as by {}", style.name);
        all.push(text(BodyFormEncoded, &name, move |body| style.encode(body)));
        let name = format!("JSON as the name of a field, by {}", style.name);
        all.push(Fault::new(BodyFormEncoded, name, move |sent, scene| {
            is_plain_json(sent.provider)?;
            let body = style.encode(str::from_utf8(&scene.body).unwrap());
            scene.body = format!("{body}=").into_bytes();
            Ok(())
        }));
        let name = format!("JSON in the field payload, by {}", style.name);
        all.push(Fault::new(BodyFormEncoded, name, move |sent, scene| {
            is_plain_json(sent.provider)?;
            let body = style.encode(str::from_utf8(&scene.body).unwrap());
            scene.body = format!("payload={body}").into_bytes();
            Ok(())
        }));
        let name = format!("the form's own JSON taken out of it, as {} wrote it", style.name);
        all.push(Fault::made(BodyFormEncoded, name, move |provider| form_of_json(provider, style)));
    }
    all.push(
        Fault::new(BodyFormEncoded, "JSON with a sign of equality at its end", |sent, scene| {
            is_plain_json(sent.provider)?;
            scene.body.push(b'=');
            Ok(())
        })
        .or(BodyTrailingBytes, edge),
    );
    all.push(Fault::new(BodyFormEncoded, "the fields sorted", |sent, scene| {
        let mut pairs = sent.provider.pairs().ok_or("its body is no form")?;
        let Body::Form(_, style) = sent.provider.body else { return Err("its body is no form") };
        pairs.sort();
        scene.body = place(style.write(&pairs).as_bytes(), &sent.signature);
        Ok(())
    }));
    all.push(Fault::new(BodyFormEncoded, "the form decoded", |sent, scene| {
        sent.provider.pairs().ok_or("its body is no form")?;
        let text = str::from_utf8(&scene.body).unwrap().replace('+', " ");
        scene.body = unpercent(&text);
        Ok(())
    }));
    all.push(
        Fault::new(BodyFormEncoded, "the form as an object of JSON", |sent, scene| {
            let pairs = sent.provider.pairs().ok_or("its body is no form")?;
            let fields = pairs.iter().map(|(name, value)| (name.clone(), Tree::text(value)));
            let body = Tree::Object(fields.collect()).write(&tree::JS);
            scene.body = place(body.as_bytes(), &sent.signature);
            Ok(())
        })
        .or(BodyParsed, "the object that a parser of forms made, rendered as JSON"),
    );
    all.push(text(BodyFormEncoded, "percent-encoded all over", |body| {
        percent(body.as_bytes(), "", "", true)
    }));
}

fn is_plain_json(provider: &Provider) -> Result<(), Inapplicable> {
    match provider.body {
        Body::Json(_) | Body::List => Ok(()),
        _ => Err("its body is a form already"),
    }
}

/// The provider is set to send a form, and the receiver takes the JSON out of it.
fn form_of_json(
    provider: &'static Provider,
    style: crate::coding::FormStyle,
) -> Result<crate::fault::Broken, Inapplicable> {
    if provider.name != "github" {
        return Err("it cannot be set to send its JSON in a form");
    }
    let mut sent = provider.send(provider.event(), None)?;
    let json = String::from_utf8(sent.scene.body).unwrap();
    sent.scene.body = format!("payload={}", style.encode(&json)).into_bytes();
    let secret = provider.secret(0).signer;
    sign(&mut sent.scene, provider.row, &secret).ok_or("it cannot be set so")?;
    let sent = sent.scene;
    let mut received = sent.clone();
    received.body = json.into_bytes();
    Ok(crate::fault::Broken { sent, received })
}

fn compressed(all: &mut Vec<Fault>) {
    all.push(bytes(BodyCompressed, "gzip", gzip));
    all.push(bytes(BodyCompressed, "gzip of a file", gzip_of_file));
    all.push(bytes(BodyCompressed, "deflate", zlib));
    all.push(Fault::new(BodyCompressed, "deflate, raw", |_, scene| {
        scene.body = deflate(&scene.body);
        scene.add_header("content-encoding", "deflate");
        Ok(())
    }));
    all.push(Fault::new(BodyCompressed, "gzip, and its header", |_, scene| {
        scene.body = gzip(&scene.body);
        scene.add_header("content-encoding", "gzip");
        Ok(())
    }));
    all.push(Fault::new(BodyCompressed, "Zstandard", |_, scene| {
        scene.body = zstd(&scene.body);
        scene.add_header("content-encoding", "zstd");
        Ok(())
    }));
    all.push(Fault::new(BodyCompressed, "Brotli", |_, scene| {
        scene.body = brotli(&scene.body);
        scene.add_header("content-encoding", "br");
        Ok(())
    }));
    all.push(Fault::made(BodyCompressed, "taken out of the gzip that is signed", |provider| {
        if !matches!(provider.body, Body::Json(&[]) | Body::List) {
            return Err("its body is no JSON that is signed whole");
        }
        let mut sent = provider.send(provider.event(), None)?.scene;
        let plain = sent.body.clone();
        sent.body = gzip(&plain);
        sent.add_header("content-encoding", "gzip");
        let secret = provider.secret(0).signer;
        sign(&mut sent, provider.row, &secret).ok_or("it cannot be set so")?;
        if provider.row.name == "pandadoc" {
            return Err("its signature is in the URL");
        }
        let mut received = sent.clone();
        received.body = plain;
        Ok(crate::fault::Broken { sent, received })
    }));
}
