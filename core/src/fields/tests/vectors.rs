//! The providers' vectors, genuine and forged, through the readers and writers: what is signed is
//! put together as each provider's text says, and the signature is judged by another house's
//! cryptography. Left out is only what a clock refuses.

use std::borrow::ToOwned;
use std::collections::BTreeMap;
use std::format;
use std::string::String;
use std::vec::Vec;

use base64ct::{Base64, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use ring::hmac::{self as mac, HMAC_SHA1_FOR_LEGACY_USE_ONLY, HMAC_SHA256, HMAC_SHA512};
use ring::signature::{
    ED25519, RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
};
use serde_json::Value;

use super::written;
use crate::fields::{
    Fields, Repeats, concatenated, find, json, marked, pairs, php, query_sorted, sorted_url,
};
use crate::url;

/// How many vectors of each provider there are: none can drop out unseen.
const COUNTS: [(&str, usize); 17] = [
    ("alipay", 5),
    ("braintree", 10),
    ("contentful", 13),
    ("freshbooks", 6),
    ("gitea", 2),
    ("keygen", 7),
    ("mailgun", 2),
    ("mandrill", 7),
    ("mercado-pago", 10),
    ("messagebird", 3),
    ("midtrans", 4),
    ("paddle-classic", 5),
    ("plivo", 12),
    ("sinch", 6),
    ("travis-ci", 8),
    ("twilio", 14),
    ("vonage", 7),
];

#[test]
fn every_vector_has_the_right_verdict() {
    let file = include_str!("../../../vectors/content/fields.json");
    let vectors: Vec<Value> = serde_json::from_str(file).unwrap();
    let mut counts = BTreeMap::new();
    for (at, vector) in vectors.iter().enumerate() {
        let vector = Vector(vector);
        let provider = vector.get("provider");
        let verdict = vector.verdict().unwrap_or(false);
        assert_eq!(verdict, vector.0["valid"].as_bool().unwrap(), "{provider}, vector {at}");
        *counts.entry(provider).or_insert(0) += 1;
    }
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), COUNTS);
}

struct Vector<'v>(&'v Value);

impl<'v> Vector<'v> {
    fn get(&self, name: &str) -> &'v str {
        self.0[name].as_str().unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&'v str> {
        let headers = self.0["headers"].as_object()?;
        headers.iter().find(|it| it.0.eq_ignore_ascii_case(name))?.1.as_str()
    }

    fn body(&self) -> &'v [u8] {
        self.get("body").as_bytes()
    }

    fn field(&self, name: &str) -> Option<Vec<u8>> {
        let value = find(self.body(), name).unwrap()?;
        Some(written(|mut sink| value.for_each_run(&mut sink)))
    }

    fn parameter(&self, name: &str) -> Option<Vec<u8>> {
        let value = find(url::query(self.get("url"))?.as_bytes(), name).unwrap()?;
        Some(written(|mut sink| value.for_each_run(&mut sink)))
    }

    fn form(&self) -> Fields<'v> {
        Fields::read(self.body()).unwrap()
    }

    fn query(&self) -> Fields<'v> {
        Fields::read(url::query(self.get("url")).unwrap_or_default().as_bytes()).unwrap()
    }

    /// Whether the vector's signature is that of its content. `None`: there is no signature.
    fn verdict(&self) -> Option<bool> {
        match self.get("provider") {
            "alipay" => self.alipay(),
            "braintree" => self.braintree(),
            "contentful" => self.contentful(),
            "freshbooks" => self.freshbooks(),
            "gitea" => self.hex("x-gitea-signature", &self.field("payload")?),
            "keygen" => self.keygen(),
            "mailgun" => self.mailgun(),
            "mandrill" => self.mandrill(),
            "mercado-pago" => self.mercado_pago(),
            "messagebird" => self.messagebird(),
            "midtrans" => self.midtrans(),
            "paddle-classic" => self.paddle_classic(),
            "plivo" => self.plivo(),
            "sinch" => self.sinch(),
            "travis-ci" => self.travis_ci(),
            "twilio" => self.twilio(),
            "vonage" => self.vonage(),
            other => panic!("no recipe: {other}"),
        }
    }

    fn key(&self) -> &'v [u8] {
        self.get("secret").as_bytes()
    }

    fn hex(&self, header: &str, content: &[u8]) -> Option<bool> {
        Some(hex(mac256(self.key(), content).as_ref()) == self.header(header)?)
    }

    fn alipay(&self) -> Option<bool> {
        let form = self.form().distinct().unwrap();
        let signature = self.field("sign")?;
        let is_signed = |drop: &[&str]| {
            let content = written(|mut sink| pairs(&form, drop, &mut sink));
            rsa(&RSA_PKCS1_2048_8192_SHA256, self.get("secret"), &content, &signature)
        };
        Some(is_signed(&["sign"]) || is_signed(&["sign", "sign_type"]))
    }

    fn braintree(&self) -> Option<bool> {
        let (public, private) = self.get("secret").split_once(':')?;
        let signatures = String::from_utf8(self.field("bt_signature")?).unwrap();
        let ours = signatures.split('&').filter_map(|pair| pair.split_once('|'));
        let (_, signature) = ours.into_iter().find(|pair| pair.0 == public)?;
        let key = digest(&SHA1_FOR_LEGACY_USE_ONLY, private.as_bytes());
        let payload = self.field("bt_payload")?;
        let tag = |content: &[u8]| hex(mac1(key.as_ref(), content).as_ref());
        Some(signature == tag(&payload) || signature == tag(&[&payload[..], b"\n"].concat()))
    }

    fn contentful(&self) -> Option<bool> {
        let path = written(|mut sink| url::quoted(self.get("url"), &mut sink));
        let names = self.header("x-contentful-signed-headers")?.split(',');
        let headers: Vec<_> =
            names.map(|name| format!("{name}:{}", self.header(name).unwrap_or_default())).collect();
        let (method, headers) = (self.get("method"), headers.join(";"));
        let path = String::from_utf8(path).unwrap();
        let content = format!("{method}\n{path}\n{headers}\n{}", self.get("body"));
        self.hex("x-contentful-signature", content.as_bytes())
    }

    fn freshbooks(&self) -> Option<bool> {
        let form = self.form().distinct().unwrap();
        let content = written(|mut sink| json(&form, &mut sink));
        let tag = mac256(self.key(), &content);
        Some(base64(tag.as_ref()) == self.header("x-freshbooks-hmac-sha256")?)
    }

    fn keygen(&self) -> Option<bool> {
        let target = written(|mut sink| url::path_and_query(self.get("url"), &mut sink));
        let (target, method) = (String::from_utf8(target).unwrap(), self.get("method"));
        let header = |name| self.header(name).unwrap_or_default();
        let content = format!(
            "(request-target): {} {target}\nhost: {}\ndate: {}\ndigest: {}",
            method.to_lowercase(),
            header("host"),
            header("date"),
            header("digest")
        );
        let body = base64(digest(&SHA256, self.body()).as_ref());
        let signature =
            header("keygen-signature").split("signature=\"").nth(1)?.split('"').next()?;
        let key = UnparsedPublicKey::new(&ED25519, unhex(self.get("secret")));
        let signature = unbase64(signature)?;
        let verified = key.verify(content.as_bytes(), &signature).is_ok();
        Some(verified && header("digest") == format!("sha-256={body}"))
    }

    fn mailgun(&self) -> Option<bool> {
        let content = [self.field("timestamp")?, self.field("token")?].concat();
        Some(hex(mac256(self.key(), &content).as_ref()).as_bytes() == self.field("signature")?)
    }

    fn mandrill(&self) -> Option<bool> {
        let mut content = self.get("url").as_bytes().to_owned();
        content.extend(written(|mut s| concatenated(&self.form(), Repeats::Once, &mut s)));
        Some(base64(mac1(self.key(), &content).as_ref()) == self.header("x-mandrill-signature")?)
    }

    fn mercado_pago(&self) -> Option<bool> {
        let items: Vec<_> =
            self.header("x-signature")?.split(',').filter_map(|it| it.split_once('=')).collect();
        let item = |name| items.iter().find(|it| it.0 == name).map(|it| it.1);
        let id = self.parameter("data.id").map(|id| String::from_utf8(id).unwrap());
        let id = id.map_or(String::new(), |id| format!("id:{id};"));
        let request = self.header("x-request-id");
        let request = request.map_or(String::new(), |id| format!("request-id:{id};"));
        let content = format!("{id}{request}ts:{};", item("ts")?);
        Some(hex(mac256(self.key(), content.as_bytes()).as_ref()) == item("v1")?)
    }

    fn messagebird(&self) -> Option<bool> {
        let query = self.query().distinct().unwrap();
        let mut content = self.header("messagebird-request-timestamp")?.as_bytes().to_owned();
        content.push(b'\n');
        content.extend(written(|mut sink| query_sorted(&query, &mut sink)));
        content.push(b'\n');
        content.extend(digest(&SHA256, self.body()).as_ref());
        Some(
            base64(mac256(self.key(), &content).as_ref())
                == self.header("messagebird-signature")?,
        )
    }

    fn midtrans(&self) -> Option<bool> {
        let body = hex(digest(&SHA256, self.body()).as_ref());
        let (path, time) = (url::path(self.get("url")), self.header("x-timestamp")?);
        let content = format!("POST:{path}:{body}:{time}");
        let signature = self.header("x-signature")?.as_bytes();
        let algorithm = &RSA_PKCS1_2048_8192_SHA256;
        Some(rsa(algorithm, self.get("secret"), content.as_bytes(), signature))
    }

    fn paddle_classic(&self) -> Option<bool> {
        let form = self.form().distinct().unwrap();
        let content = written(|mut sink| php(&form, &["p_signature"], &mut sink));
        let algorithm = &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY;
        Some(rsa(algorithm, self.get("secret"), &content, &self.field("p_signature")?))
    }

    fn plivo(&self) -> Option<bool> {
        let url = self.get("url");
        if self.get("scheme") == "v2" {
            let content = [url::base(url), self.header("x-plivo-signature-v2-nonce")?].concat();
            let tag = base64(mac256(self.key(), content.as_bytes()).as_ref());
            return Some(tag == self.header("x-plivo-signature-v2")?);
        }
        let (form, query) = (self.form(), self.query());
        let mut content = written(|mut s| sorted_url(url, &query, !form.is_empty(), &mut s));
        content.extend(written(|mut s| concatenated(&form, Repeats::Kept, &mut s)));
        content.push(b'.');
        content.extend(self.header("x-plivo-signature-v3-nonce")?.bytes());
        let tag = base64(mac256(self.key(), &content).as_ref());
        Some(self.header("x-plivo-signature-v3")?.split(',').any(|it| it == tag))
    }

    fn sinch(&self) -> Option<bool> {
        let (service, key) = self.get("secret").split_once(':')?;
        let md5 = base64(&<md5::Md5 as md5::Digest>::digest(self.body()));
        let (kind, time) = (self.header("content-type")?, self.header("x-timestamp")?);
        let (method, path) = (self.get("method"), url::path(self.get("url")));
        let content = format!("{method}\n{md5}\n{kind}\nx-timestamp:{time}\n{path}");
        let tag = mac256(&unbase64(key).unwrap(), content.as_bytes());
        Some(
            format!("service {service}:{}", base64(tag.as_ref()))
                == self.header("authorization")?,
        )
    }

    fn travis_ci(&self) -> Option<bool> {
        let algorithm = &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY;
        let signature = self.header("signature")?.as_bytes();
        Some(rsa(algorithm, self.get("secret"), &self.field("payload")?, signature))
    }

    fn twilio(&self) -> Option<bool> {
        let body = self.parameter("bodySHA256");
        if body.as_ref().is_some_and(|sum| *sum != hex(sha256(self.body()).as_ref()).as_bytes()) {
            return Some(false);
        }
        let mut form = Vec::new();
        if body.is_none() {
            form = written(|mut s| concatenated(&self.form(), Repeats::Once, &mut s));
        }
        let settings = self.header("x-twilio-webhooks-signature-settings").unwrap_or_default();
        let tag = |url: &[u8]| {
            let content = [url, &form].concat();
            let strong = settings.contains("HMAC_SHA256");
            let tag =
                if strong { mac256(self.key(), &content) } else { mac1(self.key(), &content) };
            base64(tag.as_ref())
        };
        let other = written(|mut sink| url::other_port(self.get("url"), &mut sink));
        let signature = self.header("x-twilio-signature")?;
        Some(signature == tag(self.get("url").as_bytes()) || signature == tag(&other))
    }

    fn vonage(&self) -> Option<bool> {
        let form = self.form().distinct().unwrap();
        let content = written(|mut sink| marked(&form, &["sig"], &mut sink));
        let signature = String::from_utf8(self.field("sig")?).unwrap();
        let mac = |algorithm| mac::sign(&mac::Key::new(algorithm, self.key()), &content);
        let tag = match self.get("scheme") {
            "sms-hmac-md5" => {
                let mut mac = Hmac::<md5::Md5>::new_from_slice(self.key()).unwrap();
                mac.update(&content);
                hex(&mac.finalize().into_bytes())
            }
            "sms-hmac-sha1" => hex(mac(HMAC_SHA1_FOR_LEGACY_USE_ONLY).as_ref()),
            "sms-hmac-sha256" => hex(mac(HMAC_SHA256).as_ref()),
            "sms-hmac-sha512" => hex(mac(HMAC_SHA512).as_ref()),
            "sms-md5hash" => {
                let content = [&content[..], self.key()].concat();
                hex(&<md5::Md5 as md5::Digest>::digest(content))
            }
            other => panic!("no recipe: {other}"),
        };
        Some(signature.eq_ignore_ascii_case(&tag))
    }
}

fn mac256(key: &[u8], content: &[u8]) -> mac::Tag {
    mac::sign(&mac::Key::new(HMAC_SHA256, key), content)
}

fn mac1(key: &[u8], content: &[u8]) -> mac::Tag {
    mac::sign(&mac::Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, key), content)
}

fn sha256(bytes: &[u8]) -> ring::digest::Digest {
    digest(&SHA256, bytes)
}

fn base64(bytes: &[u8]) -> String {
    Base64::encode(bytes, &mut [0; 128]).unwrap().to_owned()
}

fn unbase64(text: &str) -> Option<Vec<u8>> {
    Base64::decode(text, &mut [0; 1024]).ok().map(<[u8]>::to_vec)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

/// A signature in base64, by a key in PEM: what follows the 24 bytes that say "RSA" is the key
/// itself.
fn rsa(
    algorithm: &'static dyn VerificationAlgorithm,
    pem: &str,
    content: &[u8],
    signature: &[u8],
) -> bool {
    let key: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let key = unbase64(&key).unwrap();
    let Some(signature) = unbase64(str::from_utf8(signature).unwrap()) else {
        return false;
    };
    UnparsedPublicKey::new(algorithm, &key[24..]).verify(content, &signature).is_ok()
}
