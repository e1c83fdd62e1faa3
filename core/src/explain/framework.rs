//! How each framework hands out the raw body and the headers.

use super::cause::{Cause, CauseCode, Group};

/// Makes the frameworks from the list of their names and of what each hands out.
macro_rules! frameworks {
    ($($variant:ident $word:literal $title:literal $raw_body:literal $headers:literal)+) => {
        /// What receives the delivery.
        ///
        /// ```
        /// use hookseal::explain::Framework;
        /// assert_eq!(Framework::by_name("nextjs-app"), Some(Framework::NextjsApp));
        /// assert_eq!(Framework::NextjsApp.title(), "Next.js (app router)");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Framework {
            $(#[doc = concat!($title, ".")] $variant,)+
        }

        impl Framework {
            /// Every framework.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it, in kebab-case, as flags and options take it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What it is called.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// The call that hands out the raw body, and what takes it away: one or two sentences.
            #[must_use]
            pub const fn raw_body(self) -> &'static str {
                match self { $(Self::$variant => $raw_body,)+ }
            }

            /// How it hands out headers, as to the case of their names: one sentence.
            #[must_use]
            pub const fn headers(self) -> &'static str {
                match self { $(Self::$variant => $headers,)+ }
            }

            /// The framework of this name.
            #[must_use]
            pub fn by_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|framework| framework.name() == name)
            }
        }
    };
}

frameworks! {
    Express "express" "Express"
        "Put `express.raw({ type: '*/*' })` on the route, before any `express.json()`, and take \
         `req.body`: the parser that runs first wins, and `raw()` alone takes \
         `application/octet-stream` only."
        "`req.headers` has the names in lower case; `req.get(name)` takes them in any."
    Fastify "fastify" "Fastify"
        "Register `addContentTypeParser('application/json', { parseAs: 'buffer' }, (req, body, \
         done) => done(null, body))` and take `request.body`; it holds in its plugin alone, and a \
         form's type needs one too."
        "`request.headers` has the names in lower case."
    Nestjs "nestjs" "NestJS"
        "Create the app with `{ rawBody: true }` and take `req.rawBody`; a `json()` middleware of \
         your own leaves it undefined, so set limits by `app.useBodyParser('json', { limit })`."
        "`req.headers` has the names in lower case; `@Headers(name)` takes them in any."
    NextjsPages "nextjs-pages" "Next.js (pages router)"
        "Export `config = { api: { bodyParser: false } }` from the route's own file and join the \
         chunks of `req`; by default `req.body` is an object, and the stream is at its end."
        "`req.headers` has the names in lower case."
    NextjsApp "nextjs-app" "Next.js (app router)"
        "Take `await request.arrayBuffer()` first, and parse what it gives: the body can be read \
         once, so not after `request.json()`; a `bodyParser` setting does nothing here."
        "`request.headers.get(name)` takes names in any case; only \
         `Object.fromEntries(request.headers)` is an object of them, in lower case."
    Hono "hono" "Hono"
        "Take `await c.req.arrayBuffer()` before a validator or middleware reads the body: after \
         `c.req.json()`, `text()` or `parseBody()` Hono makes it anew from their result."
        "`c.req.header(name)` takes names in any case; `c.req.header()` has them in lower case."
    Koa "koa" "Koa"
        "Take `await getRawBody(ctx.req)` of the package `raw-body` before any body parser; after \
         `@koa/bodyparser` there is `ctx.request.rawBody`, a string, for the types that it parses."
        "`ctx.headers` has the names in lower case; `ctx.get(name)` takes them in any."
    CloudFunctions "cloud-functions" "Google Cloud Functions, Firebase"
        "Take `req.rawBody`, a Buffer: `req.body` is parsed before your code runs, and the stream \
         is at its end. In Python take `request.get_data()`."
        "`req.headers` has the names in lower case; `req.get(name)` takes them in any."
    AwsLambda "aws-lambda" "AWS Lambda, API Gateway"
        "Take `Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8')`, under a proxy \
         integration: a mapping template hands over a body that is parsed or escaped."
        "`event.headers` has the names in lower case from HTTP APIs and function URLs, and as they \
         were sent from REST APIs: look them up without case."
    FastApi "fastapi" "FastAPI, Starlette"
        "Take `await request.body()` of a `Request` parameter, before `request.form()` and without \
         `Form` parameters, which use the body up; a model or `request.json()` dumped again is \
         another text."
        "`request.headers` takes names in any case."
    Flask "flask" "Flask"
        "Take `request.get_data()` before `request.form` or `request.values`, after which it is \
         empty; `request.data` is empty for every form."
        "`request.headers` takes names in any case; the WSGI environment has them as `HTTP_` \
         followed by capitals and underscores."
    Django "django" "Django"
        "Take `request.body`, which is bytes, before a view or middleware reads `request.POST`: \
         after a multipart form is read it raises `RawPostDataException`."
        "`request.headers` takes names in any case; `request.META` has them as `HTTP_` followed by \
         capitals and underscores."
    Drf "drf" "Django REST framework"
        "Take `request.body` before `request.data`, which reads the stream to its end; \
         `request.data` as a string, or through `json.dumps`, is another text."
        "`request.headers` takes names in any case; `request.META` has them as `HTTP_` followed by \
         capitals and underscores."
    Aiohttp "aiohttp" "aiohttp"
        "Take `await request.read()`, which is bytes and is kept; not `request.text()`, which \
         decodes, and not after `request.post()` of a multipart form."
        "`request.headers` takes names in any case, and `getall(name)` gives each of several."
    Axum "axum" "axum"
        "Take `body: Bytes` as the handler's last argument in place of `Json<T>`, and parse it \
         yourself; bodies above 2 MB need a `DefaultBodyLimit`."
        "`HeaderMap` takes names in any case, and `get_all(name)` gives each of several."
    Actix "actix" "Actix Web"
        "Take `body: web::Bytes` in place of `web::Json<T>`; a body with a `Content-Encoding` comes \
         decompressed, and one above 256 KiB needs a `web::PayloadConfig`."
        "`req.headers().get(name)` takes names in any case, and `get_all(name)` gives each of \
         several."
    Rails "rails" "Rails"
        "Take `request.raw_post`; `params` written as JSON is another text, and \
         `request.body.read` is empty where something has read it without `rewind`."
        "`request.headers[name]` takes names in any case; `request.env` has them as `HTTP_` \
         followed by capitals and underscores."
    Spring "spring" "Spring"
        "Take `@RequestBody byte[] body`: a `String` is decoded first, and an object parsed. A \
         form's body is written anew from its parameters: read the input stream in a filter for it."
        "`@RequestHeader(name)` and `HttpHeaders` take names in any case; a plain `Map` of headers \
         does not."
    Aspnet "aspnet" "ASP.NET Core"
        "Call `Request.EnableBuffering()` before model binding and copy `Request.Body` to a \
         `MemoryStream`; `[FromBody]` uses the stream up, and a `StreamReader` decodes and drops \
         the byte order mark."
        "`Request.Headers[name]` takes names in any case, and joins several values by commas."
}

/// A cause in the body is mended where the framework hands out the raw body; one in the name of a
/// header, where it hands out the headers.
pub(super) fn complete(cause: &mut Cause, framework: Option<Framework>) {
    let Some(framework) = framework else { return };
    let advice = match (cause.code, cause.code.group()) {
        (_, Group::Body) => framework.raw_body(),
        (CauseCode::HeaderMissing | CauseCode::HeaderRepeated, _) => framework.headers(),
        _ => return,
    };
    cause.fix.push(' ');
    cause.fix.push_str(advice);
}

#[cfg(test)]
mod tests {
    use super::super::cause::Certainty;
    use super::*;
    use alloc::collections::BTreeSet;
    use alloc::string::String;

    #[test]
    fn names_are_kebab_case_and_lead_back() {
        let mut names = BTreeSet::new();
        for framework in Framework::ALL {
            let name = framework.name();
            assert!(names.insert(name), "{name} is there twice");
            let is_word =
                |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(name.split('-').all(is_word), "{name}");
            assert_eq!(Framework::by_name(name), Some(*framework));
            assert_eq!(Framework::by_name(&name.to_ascii_uppercase()), None);
        }
        assert_eq!(names.len(), 19);
        assert_eq!(Framework::by_name(""), None);
    }

    #[test]
    fn titles_are_unique() {
        let titles: BTreeSet<_> = Framework::ALL.iter().map(|it| it.title()).collect();
        assert_eq!(titles.len(), Framework::ALL.len());
    }

    #[test]
    fn sentences_are_whole_and_short() {
        for framework in Framework::ALL {
            for text in [framework.raw_body(), framework.headers()] {
                let length = text.chars().count();
                assert!(length <= 220, "{length} characters: {text}");
                assert!(text.ends_with('.') && !text.contains("  "), "{text}");
                assert_eq!(text.matches('`').count() % 2, 0, "{text}");
                assert!(text.contains('`'), "names no call: {text}");
            }
        }
    }

    #[test]
    fn each_group_of_causes_is_completed_by_its_own_sentence() {
        let fix = |code: CauseCode, framework| {
            let (what, fix) = (String::new(), code.fix().into());
            let mut cause = Cause { code, certainty: Certainty::Likely, what, fix };
            complete(&mut cause, framework);
            cause.fix
        };
        for framework in Framework::ALL {
            let body = fix(CauseCode::BodyReserialised, Some(*framework));
            assert!(body.starts_with(CauseCode::BodyReserialised.fix()), "{body}");
            assert!(body.ends_with(framework.raw_body()), "{body}");
            let header = fix(CauseCode::HeaderMissing, Some(*framework));
            assert!(header.ends_with(framework.headers()), "{header}");
            let secret = fix(CauseCode::SecretQuotes, Some(*framework));
            assert_eq!(secret, CauseCode::SecretQuotes.fix());
        }
        assert_eq!(fix(CauseCode::BodyEmpty, None), CauseCode::BodyEmpty.fix());
    }
}
