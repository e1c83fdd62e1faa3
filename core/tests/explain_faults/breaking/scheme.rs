//! A delivery of another provider, or by another scheme.

use hookseal::explain::CauseCode::{SecretEncoding, WrongProvider, WrongScheme};
use hookseal::{Algorithm, Encoding, KeyFormat, Scheme, header, millis, seconds, template};

use crate::delivery::{Row, Scene};
use crate::fault::{Broken, Fault, Inapplicable};
use crate::provider::{Provider, by_name};

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    providers(&mut all);
    schemes(&mut all);
    own_rows(&mut all);
    all
}

fn providers(all: &mut Vec<Fault>) {
    for name in ["github", "stripe", "shopify", "standard-webhooks", "slack", "vercel", "box"] {
        let same = move |provider: &'static Provider| verified_as(provider, name, false);
        let title = format!("verified as {name}, with its own secret");
        all.push(
            Fault::made(WrongProvider, title, same)
                .or(SecretEncoding, "a secret that the row cannot read is of another encoding"),
        );
        let own = move |provider: &'static Provider| verified_as(provider, name, true);
        all.push(Fault::made(
            WrongProvider,
            format!("verified as {name}, with {name}'s secret"),
            own,
        ));
    }
}

fn verified_as(provider: &'static Provider, name: &str, own: bool) -> Result<Broken, Inapplicable> {
    let other = by_name(name);
    if other.name == provider.name || core::ptr::eq(other.row, provider.row) {
        return Err("it is the same provider");
    }
    let sent = provider.send(provider.event(), None)?.scene;
    let secret = if own { other.secret(3).verifier } else { provider.secret(0).verifier };
    let received = Scene { row: Row(other.row), secrets: vec![secret.into()], ..sent.clone() };
    Ok(Broken { sent, received })
}

fn schemes(all: &mut Vec<Fault>) {
    for at in 0..2 {
        let title = format!("the provider's other scheme, {}", at + 1);
        all.push(Fault::made(WrongScheme, title, move |provider| {
            let by = provider.schemes.get(at).ok_or("it has no such scheme")?;
            let mut sent = provider.send(provider.event(), Some(by))?.scene;
            let received = sent.clone();
            sent.row = Row(by);
            sent.secrets = vec![provider.secret_for(by, 0).verifier.into()];
            Ok(Broken { sent, received })
        }));
    }
    // The older delivery comes, and the receiver has the scheme of today, or the reverse.
    all.push(Fault::made(WrongScheme, "the provider's own, verified by its other", |provider| {
        let by = provider.schemes.first().ok_or("it has no such scheme")?;
        let sent = provider.send(provider.event(), None)?.scene;
        let secrets = match same_secrets(provider.row, by) {
            true => sent.secrets.clone(),
            false => vec![provider.secret_for(by, 0).verifier.into()],
        };
        let received = Scene { row: Row(by), secrets, ..sent.clone() };
        Ok(Broken { sent, received })
    }));
}

/// Whether two rows read a secret alike.
fn same_secrets(one: &Scheme<'_>, other: &Scheme<'_>) -> bool {
    let is_text = |row: &Scheme<'_>| matches!(row.key, KeyFormat::Text);
    is_text(one) && is_text(other)
}

/// The receiver wrote the row by hand, with one fact wrong.
fn own_rows(all: &mut Vec<Fault>) {
    const OWN: &str = "a row of one's own has no provider: that of the delivery is another";
    let own = |name: &str, of: &'static str, row: Scheme<'static>| {
        let row: &'static Scheme<'static> = Box::leak(Box::new(row));
        let title = format!("a row of one's own: {name}");
        Fault::made(WrongScheme, title, move |provider| {
            if provider.name != of {
                return Err("that row is of another provider");
            }
            let sent = provider.send(provider.event(), None)?.scene;
            let received = Scene { row: Row(row), ..sent.clone() };
            Ok(Broken { sent, received })
        })
        .or(WrongProvider, OWN)
    };
    let github = Scheme {
        name: "own",
        signature: header("x-hub-signature-256").prefix("sha256="),
        ..Scheme::BASE
    };
    let sha512 = Scheme { algorithm: Algorithm::HmacSha512, ..github };
    all.push(own("SHA-512 for SHA-256", "github", sha512));
    let base64 = Scheme { encoding: Encoding::Base64, ..github };
    all.push(own("base64 for hex", "github", base64));
    let stripe = Scheme {
        name: "own",
        signature: header("stripe-signature").item(",", "v1="),
        ..Scheme::BASE
    };
    all.push(own("no time", "stripe", stripe));
    let slack = Scheme {
        name: "own",
        signature: header("x-slack-signature").prefix("v0="),
        timestamp: Some(seconds(header("x-slack-request-timestamp"))),
        signed: template!("{timestamp}:{body}"),
        ..Scheme::BASE
    };
    all.push(own("no version", "slack", slack));
    let shopify = Scheme {
        name: "own",
        signature: header("x-shopify-hmac-sha256"),
        encoding: Encoding::Hex,
        ..Scheme::BASE
    };
    all.push(own("hex for base64", "shopify", shopify));
    let cashfree = Scheme {
        name: "own",
        signature: header("x-webhook-signature"),
        encoding: Encoding::Base64,
        timestamp: Some(millis(header("x-webhook-timestamp"))),
        signed: template!("{timestamp}.{body}"),
        ..Scheme::BASE
    };
    all.push(own("a dot", "cashfree", cashfree));
}
