//! The richer recipes against the engine: what must verify, what must not, what a signer writes, and
//! rows that are wrong in one fact.

use hookseal::{Algorithm, Encoding, KeyFormat, Scheme, Weakness, header, providers, template};

use super::rich;
use crate::seed;
use crate::support::dice::Dice;

/// Deliveries per richer recipe.
const RICH_CASES: u64 = 1_000;

#[test]
fn richer_recipes_and_the_engine_agree() {
    let (mut verified, mut refused) = (0, 0);
    let mut wrong = Vec::new();
    for recipe in rich::all() {
        let row = rich::row_of(&recipe);
        for case in 0..RICH_CASES {
            let mut dice = Dice::for_case(seed() ^ 2, recipe.name, case);
            match rich::judge(&recipe, row, &mut dice) {
                Ok(true) => verified += 1,
                Ok(false) => refused += 1,
                Err(why) => {
                    wrong.push(format!("case {case} of {why}"));
                    break;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} recipes\n{}", wrong.len(), wrong.join("\n"));
    assert!(verified >= 8_000 && refused >= 5_000, "{verified} and {refused}");
}

#[test]
fn the_signer_writes_what_richer_recipes_wrote() {
    for recipe in rich::all() {
        let row = rich::row_of(&recipe);
        let compare = |case| {
            let mut dice = Dice::for_case(seed() ^ 3, recipe.name, case);
            rich::signs_alike(&recipe, row, &mut dice)
        };
        let compared: Vec<bool> = (0..100).filter_map(compare).collect();
        assert!(compared.len() >= 8, "{}: {} compared", recipe.name, compared.len());
        assert!(compared.iter().all(|alike| *alike), "{}", recipe.name);
    }
}

const WEAK: &[Weakness] = &[Weakness::BodyUnsigned, Weakness::LooseJoins, Weakness::LooseFields];

/// The same of richer rows.
#[test]
fn a_wrong_richer_row_is_found_out() {
    // Each fault is let pass that a row may admit, as it is the oracle that has to find it.
    let row = |name| Scheme { admits: WEAK, ..*providers::by_name(name).unwrap() };
    let wrong = [
        Scheme { signed: template!("{url}{form|repeated}."), ..row("twilio") },
        Scheme { checks: &[], ..row("twilio") },
        Scheme { signed: template!("{url|base}{form}.{event_id}"), ..row("plivo") },
        Scheme { signed: template!("{body}{secret}"), ..row("hubspot-v1") },
        Scheme { signed: template!("{secret}{url}{method}{body}"), ..row("hubspot-v2") },
        Scheme { algorithm: Algorithm::Sha256, ..row("cloudinary") },
        Scheme { signed: template!("{timestamp}{secret}{body}"), ..row("lark") },
        Scheme { encoding: Encoding::Base64, ..row("rapyd") },
        Scheme {
            key: KeyFormat::Text,
            signed: template!("{timestamp}{body}"),
            ..row("gitguardian")
        },
        Scheme { key: KeyFormat::Text, ..row("braintree") },
        Scheme { key: KeyFormat::Text, ..row("adyen") },
        Scheme { key_id: None, ..row("inngest") },
        Scheme { signed: template!("{timestamp}.{json:payload}."), ..row("zettle") },
        Scheme { signed: template!("{query:data.id}{event_id}{timestamp}"), ..row("mercado-pago") },
        Scheme { signed: template!("{timestamp}.{headers|values}.{body}"), ..row("hook0") },
        Scheme {
            signed: template!("{method}\n{path}\n{headers|values}\n{body}"),
            ..row("contentful")
        },
        Scheme { signature: header("x-signature"), ..row("pandadoc") },
        Scheme { checks: &[], ..row("box") },
    ];
    for row in wrong {
        let recipe = rich::all().into_iter().find(|recipe| recipe.name == row.name).unwrap();
        let row: &'static Scheme<'static> = Box::leak(Box::new(row));
        let found = (0..RICH_CASES).any(|case| {
            let mut dice = Dice::for_case(seed(), recipe.name, case);
            rich::judge(&recipe, row, &mut dice).is_err()
        });
        assert!(found, "not found out: {row:?}");
    }
}
