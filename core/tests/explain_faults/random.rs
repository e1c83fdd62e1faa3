//! Random deliveries of all rows, and random ways to spoil them. A secret has letters that no body
//! has, so that whatever of it is found somewhere is of the secret.

use hookseal::{Place, Scheme, UnixTime, providers};
use serde_json::{Map, Value};

use crate::delivery::{Row, Scene, Setup};
use crate::reference::tag::is_public;
use crate::sender::secrets::{Secret, Seed, secret};
use crate::sender::{Event, is_signable, send};
use crate::support::dice::Dice;
use crate::support::text::{base64, hex};

/// The letters of secrets.
const SECRET: &str = "GHJKLMNPQRSTUVWXYZ23456789";

/// The letters of bodies.
const BODY: &str = "aceghikmopqrsuwy _.";

/// A delivery that verifies, and what of it must be told to nobody.
pub(crate) struct Genuine {
    pub(crate) scene: Scene,
    pub(crate) signature: String,
    /// The secret without what is public of it.
    pub(crate) core: String,
    /// The key, where it is coded in the secret.
    pub(crate) key: Option<Vec<u8>>,
}

/// The rows that can be signed; those of a public key, which take a hundred times as long, last.
pub(crate) fn rows() -> (Vec<&'static Scheme<'static>>, usize) {
    let mut rows: Vec<_> = providers::ALL.iter().copied().filter(|it| is_signable(it)).collect();
    rows.sort_by_key(|row| is_public(row));
    let shared = rows.iter().filter(|row| !is_public(row)).count();
    (rows, shared)
}

/// One of the rows: one in 32 times one of a public key.
pub(crate) fn row(dice: &mut Dice, rows: &(Vec<&'static Scheme<'static>>, usize)) -> Row {
    let (all, shared) = rows;
    let public = dice.one_in(32);
    Row(if public {
        all[shared + dice.below(all.len() - shared)]
    } else {
        all[dice.below(*shared)]
    })
}

/// A delivery of a row, with a body of at most so many bytes; none, where the row cannot sign it.
pub(crate) fn genuine(dice: &mut Dice, row: Row, most: usize) -> Option<Genuine> {
    let row = row.0;
    let secret = fresh(dice, row);
    let sent = dice.between(1_500_000_000_000, 1_900_000_000_000);
    let mut fields = Map::new();
    for _ in 0..dice.below(most.min(40) / 10 + 1) {
        let length = dice.below(most / 4 + 1);
        fields.insert(dice.text("aceghik", 3), dice.text(BODY, length).into());
    }
    if dice.one_in(2) {
        fields.insert("amount".into(), Value::from(dice.below(1000)));
    }
    let event = Event {
        id: format!("ev-{}", dice.text("0123456789", 8)),
        kind: "thing.changed".into(),
        sent,
        value: "value1".into(),
        fields,
        plain: plain(dice, most),
        url: "https://hooks.example.com/in/orders?tenant=a".into(),
        whole: true,
        conditions: false,
    };
    let made = send(row, &secret, &event).ok()?;
    let core = core(row, &secret.verifier);
    let received = made.received;
    let scene = Scene {
        row: Row(row),
        headers: received.headers,
        body: received.body,
        url: Some(received.url),
        method: Some(received.method),
        secrets: vec![secret.verifier.into()],
        others: Vec::new(),
        now: UnixTime::from_millis(sent),
        setup: Setup::default(),
    };
    let key = crate::support::text::unhex(&core).or_else(|| match row.key {
        hookseal::KeyFormat::Base64 { .. } => Some(crate::support::text::unbase64(&core)),
        _ => None,
    });
    Some(Genuine { scene, signature: made.signature, core, key })
}

/// A secret as the row spells it.
pub(crate) fn fresh(dice: &mut Dice, row: &Scheme<'_>) -> Secret {
    let length = dice.length(24..=40);
    let text = dice.text(SECRET, length);
    let bytes = dice.bytes(length);
    let seed = Seed { text, bytes, pair: dice.below(5) };
    secret(row, &seed, 1)
}

/// A secret without its prefix and its public half.
fn core(row: &Scheme<'_>, secret: &str) -> String {
    let prefix = match row.key {
        hookseal::KeyFormat::Base64 { prefix } | hookseal::KeyFormat::PublicKey { prefix, .. } => {
            prefix
        }
        _ => "",
    };
    let key = row.key_id.and_then(|mark| secret.split_once(char::from(mark)));
    let key = key.map_or(secret, |(_, key)| key);
    key.strip_prefix(prefix).unwrap_or(key).into()
}

/// JSON, a form, lines, or any bytes.
fn plain(dice: &mut Dice, most: usize) -> Option<Vec<u8>> {
    let length = dice.below(most + 1);
    let text = dice.text(BODY, length);
    Some(match dice.below(6) {
        0 => return None,
        1 => format!("{{\"note\":\"{text}\",\"count\":{}}}", dice.below(100)).into_bytes(),
        2 => format!("note={}&count={}", text.replace(' ', "+"), dice.below(100)).into_bytes(),
        3 => text.replace(' ', "\r\n").into_bytes(),
        4 => dice.bytes(length),
        _ => text.into_bytes(),
    })
}

/// How many ways there are to spoil a delivery; the first `CHEAP` of them cost little to explain.
pub(crate) const WAYS: usize = 32;
pub(crate) const CHEAP: usize = 15;

/// Spoils a delivery in one way.
pub(crate) fn spoil(way: usize, dice: &mut Dice, of: &Genuine, scene: &mut Scene) {
    let secret = String::from_utf8_lossy(&scene.secrets[0]).into_owned();
    let row = scene.row.0;
    match way {
        0..=3 => {}
        4 => scene.secrets[0].push(b'\n'),
        5 => scene.secrets[0] = format!("\"{secret}\"").into(),
        6 => scene.secrets[0] = format!(" {secret}").into(),
        7 => {
            scene.others.push(scene.secrets[0].clone());
            scene.secrets[0] = fresh(dice, row).verifier.into();
        }
        8 => scene.now = UnixTime::from_secs(scene.now.as_secs() + dice.between(301, 900_000)),
        9 => scene.now = UnixTime::from_secs(scene.now.as_secs() - dice.between(301, 900_000)),
        10 => scene.now = UnixTime::from_secs(scene.now.as_millis()),
        11 => scene.secrets.push(fresh(dice, row).verifier.into()),
        12 => scene.secrets[0] = Vec::new(),
        13 => scene.setup.body_limit = Some(dice.below(40)),
        14 => scene.secrets = vec![scene.secrets[0].clone(); 5],
        15 => scene.body.push(b'\n'),
        16 => scene.body = base64(&scene.body).into(),
        17 => scene.secrets[0] = base64(secret.as_bytes()).into(),
        18 => scene.secrets[0] = hex(secret.as_bytes()).into(),
        19 => scene.secrets[0] = format!("sk_live_{}", of.core).into(),
        20 => scene.secrets[0] = of.core.as_bytes()[..of.core.len() / 2].to_vec(),
        21 => scene.secrets[0] = fresh(dice, row).verifier.into(),
        22 => dice.flip(&mut scene.body),
        23 => scene.body.truncate(scene.body.len() / 2),
        24 => with_header(dice, scene, |scene, at, _| _ = scene.headers.remove(at)),
        25 => with_header(dice, scene, |scene, at, _| {
            let value = &mut scene.headers[at].1;
            value.truncate(value.len() * 3 / 4);
        }),
        26 => with_header(dice, scene, |scene, at, _| {
            let again = scene.headers[at].clone();
            scene.headers.push(again);
        }),
        27 => with_header(dice, scene, |scene, at, _| {
            scene.headers[at].0 = scene.headers[at].0.replace('-', "_");
        }),
        28 => with_header(dice, scene, |scene, at, dice| dice.flip(&mut scene.headers[at].1)),
        29 => scene.url = scene.url.take().map(|url| url.replace("https", "http")),
        30 => scene.secrets[0] = pem(&of.core).into(),
        // What is in the body of another row is not that of this one.
        _ if row.signature.place == Place::Header => {
            scene.row = Row(dice.pick(providers::ALL));
        }
        _ => (scene.url, scene.method) = (None, None),
    }
}

fn with_header(
    dice: &mut Dice,
    scene: &mut Scene,
    change: impl FnOnce(&mut Scene, usize, &mut Dice),
) {
    if !scene.headers.is_empty() {
        let at = dice.below(scene.headers.len());
        change(scene, at, dice);
    }
}

fn pem(core: &str) -> String {
    format!("-----BEGIN PRIVATE KEY-----\n{core}\n-----END PRIVATE KEY-----\n")
}
