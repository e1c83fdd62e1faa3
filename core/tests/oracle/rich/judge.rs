//! Puts a richer delivery to the engine, and compares all that it says with what the recipe knows.

use hookseal::{Request, Scheme, Signer, UnixTime, Value, Verifier};

use super::{CHANGES, Rich, Seen, change};
use crate::oracle::genuine::{Time, Unit};
use crate::oracle::order::{Order, Twist};
use crate::support::dice::Dice;

/// Puts one delivery of a recipe to the engine, changed in one way, and compares what it says.
pub(crate) fn judge(recipe: &Rich, row: &Scheme<'static>, dice: &mut Dice) -> Result<bool, String> {
    let secret = (recipe.secret)(dice);
    let mut sent = (recipe.make)(&mut Order { dice, twist: Twist::None }, &secret);
    let genuine = sent.clone();
    let (which, verifies) = loop {
        let which = dice.below(CHANGES);
        sent = genuine.clone();
        if let Some(verifies) = change(&mut sent, which, dice) {
            break (which, verifies);
        }
    };
    let fail = |what: &str| Err(format!("{}: {what} after change {which}: {sent:?}", recipe.name));
    let other = (recipe.secret)(dice);
    let first = dice.one_in(2);
    let [one, two] = if first { [&secret, &other] } else { [&other, &secret] };
    let verifier = Verifier::new(row, one).and_then(|it| it.and_secret(two)).unwrap();
    let stranger = Verifier::new(row, &other).unwrap();

    let pairs: Vec<(&str, &[u8])> =
        sent.headers.iter().map(|(name, value, _)| (*name, &**value)).collect();
    let request = Request::new(pairs.as_slice(), &sent.body).url(&sent.url).method(sent.method);
    let (now, fresh) = clock(genuine.time.as_ref(), dice);
    let answer = verifier.verify(&request, now);
    let code = answer.as_ref().map_or_else(|error| error.code(), |_| "verified");
    if !verifies {
        return if code == "verified" { fail("it verified") } else { Ok(false) };
    }
    if code != fresh {
        return fail(code);
    }
    if stranger.verify(&request, now).is_ok() {
        return fail("it verified under another secret");
    }
    if let Ok(delivery) = answer {
        let text = |value: Option<Value<'_>>| value.map(|value| value.to_text());
        let sent_at = sent.time.as_ref().map(|time| UnixTime::from_millis(time.millis));
        let signed = delivery.body().signed().is_some();
        // What is not bound may be changed: only what nobody touched is compared.
        let untouched = which == 0;
        let wrong = [
            (delivery.sent_at() != sent_at, "time"),
            (delivery.secret_index() != usize::from(!first), "secret index"),
            (signed != [Seen::Always, Seen::Decoded].contains(&sent.body_seen), "signed body"),
            (untouched && text(delivery.event_id()) != sent.id, "event id"),
            (untouched && text(delivery.event_type()) != sent.kind, "event type"),
        ];
        if let Some((_, what)) = wrong.iter().find(|(wrong, _)| *wrong) {
            return fail(what);
        }
    }
    Ok(true)
}

/// The receiver's clock, and what becomes of a genuine delivery by it.
fn clock(time: Option<&Time>, dice: &mut Dice) -> (UnixTime, &'static str) {
    let Some(time) = time else {
        return (UnixTime::from_secs(dice.between(0, 1 << 33)), "verified");
    };
    let unit = if time.unit == Unit::Seconds { 1000 } else { 1 };
    let (old, new) = (time.millis + time.past * 1000, time.millis - time.future * 1000);
    let (now, fresh) = match dice.below(8) {
        0 => (old, "verified"),
        1 => (old + unit, "timestamp_too_old"),
        2 => (new, "verified"),
        3 => (new - unit, "timestamp_too_new"),
        4 => (old + 90_000_000, "timestamp_too_old"),
        _ => (dice.between(new, old), "verified"),
    };
    (UnixTime::from_millis(now), fresh)
}

/// Whether the signer's text is the recipe's. `None`: it writes the moment otherwise.
pub(crate) fn signs_alike(recipe: &Rich, row: &Scheme<'static>, dice: &mut Dice) -> Option<bool> {
    let secret = (recipe.secret)(dice);
    let sent = (recipe.make)(&mut Order { dice, twist: Twist::None }, &secret);
    let pairs: Vec<(&str, &[u8])> =
        sent.headers.iter().map(|(name, value, _)| (*name, &**value)).collect();
    let request = Request::new(pairs.as_slice(), &sent.body).url(&sent.url).method(sent.method);
    let now = UnixTime::from_millis(sent.time.as_ref().map_or(0, |time| time.millis));
    let signed = Signer::new(row, &secret).unwrap();
    let signed = signed.sign(&request, sent.id.as_deref(), now).unwrap();
    let texts: Vec<String> = signed.headers().map(|(_, value)| value.to_string()).collect();
    let in_header =
        sent.time.as_ref().filter(|time| sent.headers.iter().any(|it| holds(&it.1, &time.text)));
    let alike = in_header.is_none_or(|time| texts.iter().any(|text| text.contains(&time.text)));
    alike.then(|| signed.signature() == sent.signature)
}

fn holds(value: &[u8], text: &str) -> bool {
    value.windows(text.len()).any(|window| window == text.as_bytes())
}
