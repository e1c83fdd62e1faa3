//! The URL that the receiver sees, behind a proxy, is not the one that was signed.

use hookseal::explain::CauseCode::{
    self, UrlHost, UrlPath, UrlPort, UrlQuery, UrlScheme, UrlTrailingSlash,
};

use crate::delivery::{Row, Scene};
use crate::fault::{Broken, Fault, Inapplicable};
use crate::provider::{Provider, sign};

/// A URL in parts.
#[derive(Clone)]
struct Url {
    scheme: String,
    host: String,
    port: String,
    path: String,
    /// With its `?`.
    query: String,
}

impl Url {
    fn of(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap();
        let (authority, target) = rest.split_at(rest.find('/').unwrap());
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, format!(":{port}")),
            None => (authority, String::new()),
        };
        let (path, query) = match target.find('?') {
            Some(at) => target.split_at(at),
            None => (target, ""),
        };
        Url {
            scheme: scheme.into(),
            host: host.into(),
            port,
            path: path.into(),
            query: query.into(),
        }
    }

    fn text(&self) -> String {
        let Url { scheme, host, port, path, query } = self;
        format!("{scheme}://{host}{port}{path}{query}")
    }

    fn target(&self) -> String {
        format!("{}{}", self.path, self.query)
    }
}

type Headers = Vec<(&'static str, String)>;

/// A URL that was changed, with the headers that a proxy put there.
fn url(
    code: CauseCode,
    name: &str,
    change: impl Fn(&mut Url) -> Headers + Send + Sync + 'static,
) -> Fault {
    configured(code, name, |_| {}, change)
}

/// The same where the provider has another URL.
fn configured(
    code: CauseCode,
    name: &str,
    there: impl Fn(&mut Url) + Send + Sync + 'static,
    change: impl Fn(&mut Url) -> Headers + Send + Sync + 'static,
) -> Fault {
    Fault::made(code, name, move |provider| {
        let sent = send(provider, &there)?;
        let mut received = sent.clone();
        let mut url = Url::of(received.url.as_ref().unwrap());
        let headers = change(&mut url);
        received.url = Some(url.text());
        for (name, value) in headers {
            received.add_header(name, &value);
        }
        Ok(Broken { sent, received })
    })
}

/// A delivery to another URL: signed again.
fn send(provider: &'static Provider, there: &impl Fn(&mut Url)) -> Result<Scene, Inapplicable> {
    let text = provider.row.signed.text();
    let checked = provider.row.checks.iter().any(|check| check.equals.text().contains("{url"));
    if !checked && !["{url", "{path", "{query"].iter().any(|word| text.contains(word)) {
        return Err("its row does not sign the URL");
    }
    let mut scene = provider.send(provider.event(), None)?.scene;
    let mut url = Url::of(scene.url.as_ref().unwrap());
    there(&mut url);
    scene.url = Some(url.text());
    let secret = provider.secret(0).signer;
    sign(&mut scene, provider.row, &secret).ok_or("it cannot be set so")?;
    scene.row = Row(provider.row);
    Ok(scene)
}

fn none() -> Headers {
    Vec::new()
}

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    for part in [schemes, hosts, ports, paths, slashes, queries] {
        part(&mut all);
    }
    all
}

fn schemes(all: &mut Vec<Fault>) {
    let plain = |url: &mut Url| url.scheme = "http".into();
    let mut proxy = |name: &str, headers: fn() -> Headers| {
        all.push(url(UrlScheme, name, move |url| {
            plain(url);
            headers()
        }));
    };
    proxy("TLS ends before, and no header says so", none);
    proxy("TLS ends before: X-Forwarded-Proto", || vec![("x-forwarded-proto", "https".into())]);
    proxy("TLS ends before: Forwarded", || {
        vec![("forwarded", "for=192.0.2.60;proto=https;by=203.0.113.43".into())]
    });
    proxy("TLS ends before: two proxies", || vec![("x-forwarded-proto", "https,http".into())]);
    proxy("TLS ends before: X-Forwarded-Ssl", || vec![("x-forwarded-ssl", "on".into())]);
    proxy("TLS ends before: CloudFront", || vec![("cloudfront-forwarded-proto", "https".into())]);
    all.push(configured(
        UrlScheme,
        "http is configured at the provider",
        |url| url.scheme = "http".into(),
        |url| {
            url.scheme = "https".into();
            none()
        },
    ));
}

fn hosts(all: &mut Vec<Fault>) {
    let mut proxy = |name: &str, inner: &'static str, headers: fn(&Url) -> Headers| {
        all.push(url(UrlHost, name, move |url| {
            let headers = headers(url);
            url.host = inner.into();
            headers
        }));
    };
    proxy("X-Forwarded-Host", "app.internal", |url| {
        vec![("host", "app.internal".into()), ("x-forwarded-host", url.host.clone())]
    });
    proxy("Host", "old-tunnel.example.net", |url| vec![("host", url.host.clone())]);
    proxy("Forwarded", "10.0.3.7", |url| {
        vec![("forwarded", format!("for=192.0.2.60;host=\"{}\"", url.host))]
    });
    proxy("X-Original-Host", "app-7.azurewebsites.example", |url| {
        vec![("x-original-host", url.host.clone())]
    });
    proxy("X-Forwarded-Host of two proxies", "localhost", |url| {
        vec![("x-forwarded-host", format!("{}, edge.example.org", url.host))]
    });
    proxy("no header, localhost", "localhost", |_| none());
    proxy("no header, an address", "172.17.0.4", |_| none());
    proxy("Host, upper case", "HOOKS.EXAMPLE.COM", |_| none());
    all.push(configured(
        UrlHost,
        "www. is configured at the provider",
        |url| url.host = "www.example.com".into(),
        |url| {
            url.host = "example.com".into();
            none()
        },
    ));
}

fn ports(all: &mut Vec<Fault>) {
    for port in [":443", ":8080", ":3000", ":80", ":32768"] {
        let name = format!("the port {} put on", &port[1..]);
        all.push(url(UrlPort, &name, move |url| {
            url.port = port.into();
            none()
        }));
    }
    all.push(url(UrlPort, "the inner port, and X-Forwarded-Port", |url| {
        url.port = ":8080".into();
        vec![("x-forwarded-port", "443".into())]
    }));
    for (name, header) in [
        ("its own port is lost: X-Forwarded-Port", "x-forwarded-port"),
        ("its own port is lost: Host", "host"),
        ("its own port is lost: X-Forwarded-Host", "x-forwarded-host"),
    ] {
        all.push(configured(
            UrlPort,
            name,
            |url| url.port = ":8443".into(),
            move |url| {
                let host = url.host.clone();
                url.port.clear();
                match header {
                    "x-forwarded-port" => vec![(header, "8443".into())],
                    _ => vec![(header, format!("{host}:8443"))],
                }
            },
        ));
    }
    all.push(configured(
        UrlPort,
        "the default port is configured at the provider",
        |url| url.port = ":443".into(),
        |url| {
            url.port.clear();
            none()
        },
    ));
}

fn paths(all: &mut Vec<Fault>) {
    let cut = |url: &mut Url| url.path = url.path.replacen("/in", "", 1);
    let mut stripped = |name: &str, headers: fn(&Url) -> Headers| {
        all.push(url(UrlPath, name, move |url| {
            let headers = headers(url);
            cut(url);
            headers
        }));
    };
    stripped("a prefix stripped: X-Forwarded-Prefix", |_| {
        vec![("x-forwarded-prefix", "/in".into())]
    });
    stripped("a prefix stripped: X-Original-URI", |url| vec![("x-original-uri", url.target())]);
    stripped("a prefix stripped: X-Original-URL", |url| vec![("x-original-url", url.target())]);
    stripped("a prefix stripped: X-Rewrite-URL", |url| vec![("x-rewrite-url", url.target())]);
    stripped("a prefix stripped: X-Forwarded-Uri", |url| vec![("x-forwarded-uri", url.target())]);
    stripped("a prefix stripped: X-Envoy-Original-Path", |url| {
        vec![("x-envoy-original-path", url.target())]
    });
    for (name, prefix) in [
        ("the stage of a gateway put before", "/prod"),
        ("a mount put before", "/api"),
        ("two segments put before", "/api/v1"),
    ] {
        all.push(url(UrlPath, name, move |url| {
            url.path = format!("{prefix}{}", url.path);
            none()
        }));
    }
    all.push(url(UrlPath, "a slash twice", |url| {
        url.path = url.path.replacen("/in/", "/in//", 1);
        none()
    }));
    for name in ["decoded", "encoded"] {
        let decoded = |url: &mut Url| url.path = "/in/bird calls".into();
        let encoded = |url: &mut Url| url.path = "/in/bird%20calls".into();
        let is_decoded = name == "decoded";
        all.push(configured(
            UrlPath,
            &format!("the path {name}"),
            move |url| if is_decoded { encoded(url) } else { decoded(url) },
            move |url| {
                if is_decoded {
                    decoded(url)
                } else {
                    encoded(url)
                };
                none()
            },
        ));
    }
}

fn slashes(all: &mut Vec<Fault>) {
    let off = |url: &mut Url| url.path = "/in/orders".into();
    let on = |url: &mut Url| url.path = "/in/orders/".into();
    all.push(configured(UrlTrailingSlash, "put on", off, move |url| {
        on(url);
        none()
    }));
    all.push(configured(UrlTrailingSlash, "taken off", on, move |url| {
        off(url);
        none()
    }));
    let root = |url: &mut Url| (url.path, url.query) = ("/".into(), String::new());
    all.push(configured(UrlTrailingSlash, "of the root, taken off", root, |url| {
        url.path.clear();
        none()
    }));
}

fn queries(all: &mut Vec<Fault>) {
    let ask = |url: &mut Url| url.query = "?tenant=acme&lang=de+DE&b=%2Fx&a=1".into();
    let mut asked = |name: &str, change: fn(&mut Url) -> Headers| {
        all.push(configured(UrlQuery, name, ask, change));
    };
    asked("lost: X-Original-URI", |url| {
        let target = url.target();
        url.query.clear();
        vec![("x-original-uri", target)]
    });
    asked("lost: X-Forwarded-Uri", |url| {
        let target = url.target();
        url.query.clear();
        vec![("x-forwarded-uri", target)]
    });
    asked("sorted", |url| {
        url.query = "?a=1&b=%2Fx&lang=de+DE&tenant=acme".into();
        none()
    });
    asked("a blank written otherwise", |url| {
        url.query = url.query.replace('+', "%20");
        none()
    });
    asked("decoded", |url| {
        url.query = url.query.replace('+', " ").replace("%2F", "/");
        none()
    });
    asked("hex in lower case", |url| {
        url.query = url.query.replace("%2F", "%2f");
        none()
    });
    asked("a parameter put on", |url| {
        url.query.push_str("&_=1700000000123");
        none()
    });
    all.push(Fault::made(UrlQuery, "lost, and no header has it", |_| {
        Err("nothing in the delivery tells that there was a query")
    }));
    let bare = |url: &mut Url| url.query.clear();
    all.push(configured(UrlQuery, "a query put on", bare, |url| {
        url.query = "?source=gateway".into();
        none()
    }));
    all.push(configured(UrlQuery, "a question mark put on", bare, |url| {
        url.query = "?".into();
        none()
    }));
}
