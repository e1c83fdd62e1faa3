//! A secret that is another, or spelled otherwise.

use hookseal::explain::CauseCode::{
    self, NoCauseFound, SecretEncoding, SecretIsApiKey, SecretIsPublicKey, SecretOfAnotherEndpoint,
    SecretPrefix, SecretQuotes, SecretWhitespace,
};
use hookseal::{Encoding, KeyFormat, Scheme};

use crate::coding::{COMPONENT, percent};
use crate::fault::{Broken, Fault, Inapplicable};
use crate::provider::{Provider, letters, sign};
use crate::support::text::{base64, base64url, hex, unbase64, unhex};

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    for part in [whitespace, quotes, prefixes, encodings, others, kinds] {
        part(&mut all);
    }
    all
}

/// A fault that makes another text of the verifier's secret.
fn text(
    code: CauseCode,
    name: &str,
    change: impl Fn(&str) -> String + Send + Sync + 'static,
) -> Fault {
    Fault::new(code, name, move |_, scene| {
        let secret = str::from_utf8(&scene.secrets[0]).unwrap();
        scene.secrets[0] = change(secret).into_bytes();
        Ok(())
    })
}

fn whitespace(all: &mut Vec<Fault>) {
    for (name, head, tail) in [
        ("a newline after it", "", "\n"),
        ("CRLF after it", "", "\r\n"),
        ("a carriage return after it", "", "\r"),
        ("a blank after it", "", " "),
        ("a blank before it", " ", ""),
        ("blanks around it", "  ", " "),
        ("a tab after it", "", "\t"),
        ("a no-break space after it", "", "\u{a0}"),
        ("a zero-width space after it", "", "\u{200b}"),
        ("a byte order mark before it", "\u{feff}", ""),
        ("two newlines after it", "", "\n\n"),
        ("a newline, written as an escape, after it", "", "\\n"),
    ] {
        all.push(text(SecretWhitespace, name, move |secret| format!("{head}{secret}{tail}")));
    }
    all.push(text(SecretWhitespace, "a line break in the middle", |secret| {
        let (head, tail) = secret.split_at(secret.len() / 2);
        format!("{head}\n{tail}")
    }));
    all.push(text(SecretWhitespace, "a blank in the middle", |secret| {
        let (head, tail) = secret.split_at(secret.len() / 2);
        format!("{head} {tail}")
    }));
    all.push(Fault::made(SecretWhitespace, "the provider's has a newline", |provider| {
        signed_with(provider, |secret| format!("{secret}\n"))
    }));
    all.push(Fault::made(SecretWhitespace, "the provider's has a blank", |provider| {
        signed_with(provider, |secret| format!("{secret} "))
    }));
}

/// The provider was given the secret in another spelling, and signs with it as it is.
fn signed_with(
    provider: &'static Provider,
    change: fn(&str) -> String,
) -> Result<Broken, Inapplicable> {
    if !is_text(provider.row) || provider.row.encoding == Encoding::Text {
        return Err("the provider makes the secret, or sends it in a header");
    }
    let sent = provider.send(provider.event(), None)?;
    let mut scene = sent.scene;
    let secret = scene.secrets[0].clone();
    let there = change(str::from_utf8(&secret).unwrap());
    let mut received = scene.clone();
    let signature = sign(&mut scene, provider.row, &there).ok_or("it cannot be set so")?;
    scene.body = String::from_utf8_lossy(&scene.body).replace(&sent.signature, &signature).into();
    scene.url = scene.url.map(|url| url.replace(&sent.signature, &signature));
    scene.secrets = vec![there.into_bytes()];
    received.headers = scene.headers.clone();
    received.body = scene.body.clone();
    received.url = scene.url.clone();
    Ok(Broken { sent: scene, received })
}

/// Whether the key is the secret's own bytes, all of them.
fn is_text(row: &Scheme<'_>) -> bool {
    matches!(row.key, KeyFormat::Text) && row.key_id.is_none()
}

fn quotes(all: &mut Vec<Fault>) {
    for (name, open, close) in [
        ("in double quotes", "\"", "\""),
        ("in single quotes", "'", "'"),
        ("in backticks", "`", "`"),
        ("in typographic quotes", "\u{201c}", "\u{201d}"),
        ("in two layers of quotes", "\"'", "'\""),
        ("in escaped quotes", "\\\"", "\\\""),
        ("in double quotes twice", "\"\"", "\"\""),
        ("a quote at its end", "", "\""),
    ] {
        all.push(text(SecretQuotes, name, move |secret| format!("{open}{secret}{close}")));
    }
}

fn prefixes(all: &mut Vec<Fault>) {
    for (name, head) in [
        ("whsec_ before it", "whsec_"),
        ("v1,whsec_ before it", "v1,whsec_"),
        ("v1, before it", "v1,"),
        ("Bearer before it", "Bearer "),
        ("sha256= before it", "sha256="),
        ("the variable's name before it", "WEBHOOK_SECRET="),
        ("an export of the shell", "export WEBHOOK_SECRET="),
        ("a line of YAML", "webhook_secret: "),
        ("secret: before it", "secret:"),
        ("base64: before it", "base64:"),
    ] {
        all.push(text(SecretPrefix, name, move |secret| format!("{head}{secret}")));
    }
    all.push(Fault::new(SecretPrefix, "its own prefix is missing", |_, scene| {
        let secret = str::from_utf8(&scene.secrets[0]).unwrap();
        let prefixes = ["whsec_", "sig_"];
        let bare = prefixes.iter().find_map(|prefix| secret.strip_prefix(prefix));
        scene.secrets[0] = bare.ok_or("its secrets have no prefix")?.into();
        Ok(())
    }));
    all.push(Fault::new(SecretPrefix, "its prefix is there twice", |_, scene| {
        let secret = str::from_utf8(&scene.secrets[0]).unwrap();
        let prefix = secret.split_once('_').ok_or("its secrets have no prefix")?.0;
        scene.secrets[0] = format!("{prefix}_{secret}").into_bytes();
        Ok(())
    }));
}

fn encodings(all: &mut Vec<Fault>) {
    all.push(text(SecretEncoding, "in base64, as Kubernetes keeps it", |secret| {
        base64(secret.as_bytes())
    }));
    all.push(text(SecretEncoding, "in base64 of URLs", |secret| base64url(secret.as_bytes())));
    all.push(text(SecretEncoding, "in hex", |secret| hex(secret.as_bytes())));
    all.push(text(SecretEncoding, "in hex, upper case", |secret| {
        hex(secret.as_bytes()).to_uppercase()
    }));
    all.push(
        text(SecretEncoding, "in base64, with its newline", |secret| {
            base64(format!("{secret}\n").as_bytes())
        })
        .or(SecretWhitespace, "`echo` puts a newline into what is encoded: two faults in one"),
    );
    all.push(text(SecretEncoding, "percent-encoded", |secret| COMPONENT.encode(secret)));
    all.push(text(SecretEncoding, "percent-encoded all over", |secret| {
        percent(secret.as_bytes(), "", "", true).replace('_', "%5F")
    }));
    all.push(Fault::new(SecretEncoding, "decoded from hex", |sent, scene| {
        let secret = str::from_utf8(&scene.secrets[0]).unwrap();
        let is_text = is_text(sent.provider.row);
        scene.secrets[0] = unhex(secret).filter(|_| is_text).ok_or("its secrets are no hex")?;
        Ok(())
    }));
    all.push(Fault::new(SecretEncoding, "decoded from base64", |sent, scene| {
        let KeyFormat::Base64 { prefix } = sent.provider.row.key else {
            return Err("its secrets are no base64");
        };
        let secret = str::from_utf8(&scene.secrets[0]).unwrap();
        scene.secrets[0] = unbase64(secret.strip_prefix(prefix).unwrap());
        Ok(())
    }));
    all.push(Fault::new(SecretEncoding, "the key in hex", |sent, scene| {
        let KeyFormat::Base64 { prefix } = sent.provider.row.key else {
            return Err("its secrets are no base64");
        };
        let secret = str::from_utf8(&scene.secrets[0]).unwrap();
        scene.secrets[0] = hex(&unbase64(secret.strip_prefix(prefix).unwrap())).into_bytes();
        Ok(())
    }));
    all.push(Fault::new(SecretEncoding, "the alphabet of URLs", |sent, scene| {
        let (KeyFormat::Base64 { .. } | KeyFormat::PublicKey { .. }) = sent.provider.row.key else {
            return Err("its secrets are no base64");
        };
        let secret = String::from_utf8(scene.secrets[0].clone()).unwrap();
        let changed = secret.replace('+', "-").replace('/', "_");
        scene.secrets[0] = changed.trim_end_matches('=').into();
        Ok(())
    }));
    all.push(Fault::new(SecretEncoding, "the key in base64", |sent, scene| {
        let KeyFormat::Hex = sent.provider.row.key else {
            return Err("its secrets are no hex");
        };
        let secret = str::from_utf8(&scene.secrets[0]).unwrap();
        scene.secrets[0] = base64(&unhex(secret).unwrap()).into_bytes();
        Ok(())
    }));
    all.push(Fault::new(SecretEncoding, "hex in the other case", |sent, scene| {
        let secret = str::from_utf8(&scene.secrets[0]).unwrap();
        if unhex(secret).is_none() || !is_text(sent.provider.row) {
            return Err("its secrets are no hex");
        }
        scene.secrets[0] = secret.to_uppercase().into_bytes();
        Ok(())
    }));
    // The provider's key is the text, and the receiver's row decodes it; and the reverse.
    all.push(
        Fault::made(SecretEncoding, "signed with the text, though it is base64", |provider| {
            let KeyFormat::Base64 { .. } = provider.row.key else {
                return Err("its secrets are no base64");
            };
            let by: &'static Scheme<'static> =
                Box::leak(Box::new(Scheme { key: KeyFormat::Text, ..*provider.row }));
            let secret = provider.secret(0).verifier;
            let sent = resigned(provider, by, &secret)?;
            let received =
                crate::delivery::Scene { row: crate::delivery::Row(provider.row), ..sent.clone() };
            Ok(Broken { sent, received })
        })
        .or(CauseCode::WrongScheme, "there are rows that differ in the secret's spelling alone")
        .or(CauseCode::WrongProvider, "there are rows that differ in the secret's spelling alone"),
    );
}

/// The provider's delivery, signed by another row under a secret.
fn resigned(
    provider: &'static Provider,
    by: &'static Scheme<'static>,
    secret: &str,
) -> Result<crate::delivery::Scene, Inapplicable> {
    let mut scene = provider.send(provider.event(), None)?.scene;
    scene.row = crate::delivery::Row(by);
    scene.secrets = vec![secret.into()];
    sign(&mut scene, by, secret).ok_or("it cannot be set so")?;
    Ok(scene)
}

fn others(all: &mut Vec<Fault>) {
    for (name, place, count) in
        [("the only other", 0, 1), ("the first of three", 0, 3), ("the last of three", 2, 3)]
    {
        all.push(Fault::new(SecretOfAnotherEndpoint, name, move |sent, scene| {
            let mut others: Vec<Vec<u8>> =
                (2..2 + count).map(|it| sent.provider.secret(it).verifier.into()).collect();
            others[place] = scene.secrets[0].clone();
            scene.secrets[0] = sent.provider.secret(1).verifier.into();
            scene.others = others;
            Ok(())
        }));
    }
    for (name, with) in [("a wrong secret", 1), ("another wrong secret", 4)] {
        all.push(Fault::new(NoCauseFound, name, move |sent, scene| {
            scene.secrets[0] = sent.provider.secret(with).verifier.into();
            Ok(())
        }));
    }
    all.push(Fault::new(
        NoCauseFound,
        "two wrong secrets, and a wrong other one",
        |sent, scene| {
            let secret = |number| sent.provider.secret(number).verifier.into();
            scene.secrets = vec![secret(1), secret(2)];
            scene.others = vec![secret(3)];
            Ok(())
        },
    ));
}

fn kinds(all: &mut Vec<Fault>) {
    all.push(Fault::new(SecretIsApiKey, "the provider's API key", |sent, scene| {
        let prefix = sent.provider.api_key;
        if prefix.is_empty() {
            return Err("nothing tells its API keys");
        }
        let key = match prefix {
            "SK" => "0123456789abcdef0123456789abcdef".into(),
            _ => letters(6),
        };
        scene.secrets[0] = format!("{prefix}{key}").into_bytes();
        Ok(())
    }));
    all.push(text(SecretIsApiKey, "a JWT", |_| {
        let part = |text: &str| base64url(text.as_bytes());
        let payload = part(r#"{"sub":"1234567890","iat":1516239022}"#);
        format!("{}.{payload}.{}", part(r#"{"alg":"HS256","typ":"JWT"}"#), letters(7))
    }));
    all.push(text(SecretIsApiKey, "an access token as it is sent", |_| {
        format!("Bearer ghp_{}", letters(7))
    }));
    let pem = |name: &'static str| {
        let path = format!("{}/vectors/keys/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    for (name, file) in [
        ("a public key in PEM", "ed25519.pub.pem"),
        ("a public key of RSA in PEM", "rsa2048.pub.pem"),
        ("a certificate", "p256.crt.pem"),
    ] {
        all.push(Fault::new(SecretIsPublicKey, name, move |sent, scene| {
            if matches!(sent.provider.row.key, KeyFormat::PublicKey { .. }) {
                return Err("its secret is a public key");
            }
            scene.secrets[0] = pem(file).into_bytes();
            Ok(())
        }));
    }
    all.push(Fault::new(SecretIsPublicKey, "a public key of Standard Webhooks", |sent, scene| {
        if matches!(sent.provider.row.key, KeyFormat::PublicKey { .. }) {
            return Err("its secret is a public key");
        }
        scene.secrets[0] = format!("whpk_{}", base64(&letters(3).as_bytes()[..32])).into_bytes();
        Ok(())
    }));
    all.push(Fault::new(SecretIsPublicKey, "a JWK", |sent, scene| {
        if matches!(sent.provider.row.key, KeyFormat::PublicKey { .. }) {
            return Err("its secret is a public key");
        }
        let x = base64url(&letters(3).as_bytes()[..32]);
        scene.secrets[0] = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#).into_bytes();
        Ok(())
    }));
    let secret = |name: &str, make: fn() -> String| {
        Fault::new(SecretIsPublicKey, name, move |sent, scene| {
            if !matches!(sent.provider.row.key, KeyFormat::PublicKey { .. }) {
                return Err("its secret is no public key");
            }
            scene.secrets[0] = make().into_bytes();
            Ok(())
        })
    };
    all.push(secret("a secret where a public key must be", || letters(3)));
    all.push(secret("whsec_ where a public key must be", || {
        format!("whsec_{}", base64(&letters(3).as_bytes()[..24]))
    }));
    all.push(secret("a token of a bot where a public key must be", || {
        format!("{}.{}.{}", &letters(4)[..24], &letters(5)[..6], letters(6))
    }));
    all.push(Fault::new(SecretIsPublicKey, "the private key where the public one must be", {
        move |sent, scene| {
            let file = match sent.provider.row.algorithm {
                hookseal::Algorithm::Ed25519 => "ed25519.pem",
                hookseal::Algorithm::EcdsaP256 => "p256.pem",
                _ => return Err("its secret is no public key"),
            };
            scene.secrets[0] = pem(file).into_bytes();
            Ok(())
        }
    }));
}
