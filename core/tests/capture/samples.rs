//! Captures in the shapes that tools write, and the requests that are in them.

use hookseal::capture::{Captured, Form, read};

use super::captured;

fn check(form: Form, input: &str, expected: &Captured) {
    assert_eq!(Form::of(input.as_bytes()), Ok(form), "{input}");
    let request = read(input.as_bytes()).unwrap_or_else(|error| panic!("{error}: {input}"));
    assert!(request == *expected, "{input}\n{}{}", request.to_json(), expected.to_json());
}

const GITHUB_HEADERS: &[(&str, &str)] = &[
    ("Host", "ci.example.com"),
    ("User-Agent", "GitHub-Hookshot/044aadd"),
    ("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
    (
        "X-Hub-Signature-256",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    ),
    ("content-type", "application/json"),
];

fn github(line_end: &str, more: &str, rest: &str) -> String {
    let mut lines = vec!["POST /hooks/github?a=%2F HTTP/1.1".to_owned()];
    lines.extend(GITHUB_HEADERS.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.extend((!more.is_empty()).then(|| more.to_owned()));
    format!("{}{line_end}{line_end}{rest}", lines.join(line_end))
}

fn github_request(more: &[(&str, &str)], body: &str) -> Captured {
    let headers = [GITHUB_HEADERS, more].concat();
    captured("POST", "https://ci.example.com/hooks/github?a=%2F", &headers, body)
}

#[test]
fn http_messages() {
    let plain = github_request(&[], "{\"zen\":\"\u{e9}\"}\r\n");
    for line_end in ["\r\n", "\n"] {
        check(Form::Http, &github(line_end, "", "{\"zen\":\"\u{e9}\"}\r\n"), &plain);
        check(
            Form::Http,
            &github(line_end, "Content-Length: 4", "bodyand what the editor added"),
            &github_request(&[("Content-Length", "4")], "body"),
        );
        let chunks = ["4;x=y", "Wiki", "A", "0123456789", "0", "Trailer: 1", "", "more"];
        check(
            Form::Http,
            &github(line_end, "Transfer-Encoding: Chunked", &chunks.join(line_end)),
            &github_request(&[("Transfer-Encoding", "Chunked")], "Wiki0123456789"),
        );
    }
    check(
        Form::Http,
        "\u{feff}\r\nGET http://a.example/x HTTP/1.0\nB: \t2 \nb:1\nEmpty:\n\n",
        &captured("GET", "http://a.example/x", &[("B", "2"), ("b", "1"), ("Empty", "")], ""),
    );
    // Without one host, and for a target that is no path, there is no URL to guess.
    for head in ["GET / HTTP/1.1\n\n", "OPTIONS * HTTP/1.1\nHost: a\n\n"] {
        assert_eq!(read(head.as_bytes()).unwrap().url, None, "{head}");
    }
    assert_eq!(read(b"GET / HTTP/1.1\nHost: a\nHost: b\n\n").unwrap().url, None);
    let bytes = read(b"POST / HTTP/1.1\nX: \xff\n\n\0\xff").unwrap();
    assert_eq!((&*bytes.headers[0].1, &*bytes.body), (&b"\xff"[..], &b"\0\xff"[..]));
}

/// As Chrome copies it for bash: a body with an apostrophe or `!` is in `$'…'`, and patterns in
/// the URL are escaped.
const STRIPE_CURL: &str = r#"curl 'https://shop.example/hooks/\[stripe\]?v=%31' \
  -H 'accept: */*' \
  -H 'content-type: application/json; charset=utf-8' \
  -b 'session=1; theme=dark' \
  -H 'stripe-signature: t=1492774577,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd' \
  -H 'x-empty;' \
  --data-raw $'{\n  "id": "evt_1",\n  "text": "it\'s done\u0021 \\u00e9 é"\n}' \
  --compressed"#;

#[test]
fn curl_from_a_browser() {
    let signature =
        "t=1492774577,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd";
    let expected = captured(
        "POST",
        "https://shop.example/hooks/[stripe]?v=%31",
        &[
            ("accept", "*/*"),
            ("content-type", "application/json; charset=utf-8"),
            ("stripe-signature", signature),
            ("x-empty", ""),
            ("Cookie", "session=1; theme=dark"),
        ],
        "{\n  \"id\": \"evt_1\",\n  \"text\": \"it's done! \\u00e9 \u{e9}\"\n}",
    );
    check(Form::Curl, STRIPE_CURL, &expected);
    check(Form::Curl, &STRIPE_CURL.replace(" \\\n", " \\\r\n"), &expected);
}

#[test]
fn curl_as_people_write_it() {
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let json = [("Content-Type", "application/json"), ("Accept", "application/json")];
    /// Arguments, and the method, the headers and the body they make.
    type Case<'c> = (&'c str, &'c str, &'c [(&'c str, &'c str)], &'c str);
    let cases: &[Case<'_>] = &[
        ("https://a.b/", "GET", &[], ""),
        ("--url https://a.b/ -I", "HEAD", &[], ""),
        ("-sSXPUT -H'A: b:c' --header=C:d https://a.b/", "PUT", &[("A", "b:c"), ("C", "d")], ""),
        ("-d a=1 https://a.b/ --data 'b=\n2'", "POST", &[form], "a=1&b=\n2"),
        ("https://a.b/ -d '' --data-ascii x --data-binary y", "POST", &[form], "x&y"),
        ("https://a.b/ --data-raw @x -H Content-Type:", "POST", &[], "@x"),
        ("https://a.b/ -d x -H 'content-type: t'", "POST", &[("content-type", "t")], "x"),
        ("https://a.b/ --json '[' --json ']'", "POST", &json, "[]"),
        (
            "https://a.b/ --request PATCH --data-urlencode 'a@b=c d&\u{e9}' --data-urlencode '=~ '",
            "PATCH",
            &[form],
            "a@b=c+d%26%C3%A9&~+",
        ),
        ("-o /dev/null -m 5 --retry 3 -k -# --max-time=9 https://a.b/ -w '%{x}'", "GET", &[], ""),
        (
            "https://a.b/ -u 'me:pass' -A agent -e r",
            "GET",
            &[("Authorization", "Basic bWU6cGFzcw=="), ("User-Agent", "agent"), ("Referer", "r")],
            "",
        ),
        (
            "https://a.b/ --oauth2-bearer tok -A '' -b a=1 -b b=2",
            "GET",
            &[("Authorization", "Bearer tok"), ("Cookie", "a=1;b=2")],
            "",
        ),
    ];
    for (arguments, method, headers, body) in cases {
        let expected = captured(method, "https://a.b/", headers, body);
        check(Form::Curl, &format!("curl {arguments}\n"), &expected);
    }
    check(Form::Curl, "curl a.b/c", &captured("GET", "http://a.b/c", &[], ""));
    check(Form::Curl, "curl -g 'http://a/\\[1]'", &captured("GET", "http://a/\\[1]", &[], ""));
    let bytes = read(br"curl a.b --data-raw $'\xff' -H $'X: \xe9'").unwrap();
    assert_eq!((&*bytes.headers[0].1, &*bytes.body), (&b"\xe9"[..], &b"\xff"[..]));
}

#[test]
fn har_of_chrome_and_firefox() {
    let chrome = r#"{"method":"POST","url":"https://a.b/hook?x=%20","httpVersion":"http/2.0",
        "headers":[{"name":":authority","value":"a.b"},{"name":"X-A","value":"1"},
        {"name":"x-a","value":"2"}],"queryString":[{"name":"x","value":" "}],"cookies":[],
        "headersSize":-1,"bodySize":9,"postData":{"mimeType":"application/json",
        "text":"{\"é\":1}\n"}}"#;
    let entry = format!(
        r#"{{"startedDateTime":"2024-01-01T00:00:00Z","request":{chrome},
        "response":{{"status":200,"content":{{"text":"x"}}}},"time":1.5e1}}"#
    );
    let log = format!(r#"{{"log":{{"version":"1.2","pages":[],"entries":[{entry}]}}}}"#);
    let headers = [("X-A", "1"), ("x-a", "2")];
    let expected = captured("POST", "https://a.b/hook?x=%20", &headers, "{\"\u{e9}\":1}\n");
    for document in [chrome, &entry, &log] {
        check(Form::Har, document, &expected);
    }
    // Firefox has `params` beside the text of a form.
    let firefox = r#"{"bodySize":3,"method":"POST","url":"https://a.b/","httpVersion":"HTTP/1.1",
        "headers":[],"postData":{"mimeType":"x","params":[{"name":"a","value":"1"}],"text":"a=1"}}"#;
    check(Form::Har, firefox, &captured("POST", "https://a.b/", &[], "a=1"));
    let bare = r#"{"method":"POST","url":"https://a.b/","headers":[],
        "postData":{"encoding":"base64","text":"AAE="}}"#;
    check(Form::Har, bare, &captured("POST", "https://a.b/", &[], "\0\u{1}"));
    let get = r#"{"method":"GET","url":"https://a.b/","headers":[],"bodySize":0}"#;
    check(Form::Har, get, &captured("GET", "https://a.b/", &[], ""));
}

#[test]
fn aws_events() {
    let v1 = r#"{"version":"1.0","resource":"/{proxy+}","path":"/hook","httpMethod":"POST",
        "headers":{"Host":"x.example","X-A":"2"},
        "multiValueHeaders":{"Host":["x.example"],"X-A":["1","2"]},
        "queryStringParameters":{"q":"c"},"multiValueQueryStringParameters":{"q":["a b&","c"]},
        "pathParameters":null,"requestContext":{"path":"/prod/hook","stage":"prod",
        "domainName":"x.example","identity":{"sourceIp":"1.2.3.4"}},
        "body":"eyJhIjoxfQ==","isBase64Encoded":true}"#;
    let repeats = [("Host", "x.example"), ("X-A", "1"), ("X-A", "2")];
    let url = "https://x.example/prod/hook?q=a%20b%26&q=c";
    check(Form::Lambda, v1, &captured("POST", url, &repeats, "{\"a\":1}"));
    let v2 = r#"{"version":"2.0","routeKey":"$default","rawPath":"/my/path","rawQueryString":"a=%41&b",
        "cookies":["c=1","d=2"],"headers":{"header1":"v1,v2"},"queryStringParameters":{"a":"A"},
        "requestContext":{"accountId":"1","domainName":"id.lambda-url.eu-west-1.on.aws",
        "http":{"method":"POST","path":"/my/path","protocol":"HTTP/1.1"},"timeEpoch":1583348638390},
        "body":"Hello","isBase64Encoded":false}"#;
    let headers = [("header1", "v1,v2"), ("cookie", "c=1; d=2")];
    let url = "https://id.lambda-url.eu-west-1.on.aws/my/path?a=%41&b";
    check(Form::Lambda, v2, &captured("POST", url, &headers, "Hello"));
    let alb = r#"{"requestContext":{"elb":{"targetGroupArn":"arn:aws:x"}},"httpMethod":"GET",
        "path":"/lambda","queryStringParameters":{"query":"1%2034"},
        "headers":{"accept":"*/*","host":"lb.example"},"body":"","isBase64Encoded":false}"#;
    let headers = [("accept", "*/*"), ("host", "lb.example")];
    check(
        Form::Lambda,
        alb,
        &captured("GET", "https://lb.example/lambda?query=1%2034", &headers, ""),
    );
    let console = r#"{"httpMethod":"POST","path":"/x","headers":null,"multiValueHeaders":null,
        "queryStringParameters":null,"requestContext":{"path":"/x"},"body":null}"#;
    check(Form::Lambda, console, &captured("POST", "", &[], ""));
}

#[test]
fn json_requests() {
    let expected =
        captured("POST", "https://a.b/", &[("A", "1"), ("a", "2"), ("B", "3")], "\u{e9}\0");
    let start = r#"{"now":1700000000,"secrets":["s"],"method":"POST","url":"https://a.b/","#;
    for rest in [
        r#""headers":[["A","1"],["a","2"],["B","3"]],"body":"\u00e9\u0000"}"#,
        r#""headers":{"A":"1","a":["2"],"B":{"base64":"Mw=="}},"body_base64":"w6kA","body":null}"#,
        r#""headers":[{"name":"A","value":"1"},["a","2"],["B","3"]],"body":"é\u0000","x":[{}]}"#,
    ] {
        check(Form::Json, &format!("{start}{rest}"), &expected);
    }
    let repeated = read(br#"{"headers":{"A":["1","2"]}}"#).unwrap();
    assert_eq!(repeated.headers, [("A".into(), b"1".to_vec()), ("A".into(), b"2".to_vec())]);
    assert_eq!((repeated.method, repeated.url, repeated.body), (None, None, Vec::new()));
}

#[test]
fn json_is_written_for_people() {
    let mut request = captured("POST", "https://a.b/\"", &[("A", "\u{e9}\n")], "{}");
    request.headers.push(("B".into(), b"\xff".to_vec()));
    let text = "{\n  \"method\": \"POST\",\n  \"url\": \"https://a.b/\\\"\",\n  \"headers\": [\n    \
        [\"A\", \"\u{e9}\\n\"],\n    [\"B\", {\"base64\": \"/w==\"}]\n  ],\n  \"body\": \"{}\"\n}\n";
    assert_eq!(request.to_json(), text);
    let bytes = Captured { body: b"\xff".to_vec(), ..Captured::default() };
    assert_eq!(bytes.to_json(), "{\n  \"headers\": [],\n  \"body_base64\": \"/w==\"\n}\n");
}
