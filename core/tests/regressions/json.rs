//! Fields of a JSON body that two readers read otherwise: a name twice, an element among others.

use hookseal::{Place, Scheme};
use serde_json::{Value, json};

use crate::case::{Case, Verify};
use crate::reference::template::words;
use crate::rows::made_rows;
use crate::spell::{first, set};

/// A key stood twice in the body, and the one that was checked was not the one that was used
/// (CVE-2017-12635).
#[test]
fn couchdb_2017_12635_key_twice_read_two_ways() {
    a_key_is_there_once(&Case::accepted).unwrap();
    a_key_is_there_once(&wrong::last_one_wins).unwrap_err();
}

/// Each field that is signed, once more before the body's own fields and once more behind them.
fn a_key_is_there_once(verify: Verify<'_>) -> Result<(), String> {
    let mut count = 0;
    for row in made_rows() {
        let genuine = Case::of(row);
        for path in signed_paths(row) {
            let name = path.split('.').next().unwrap().trim_end_matches("[]");
            let text = String::from_utf8(genuine.body.clone()).unwrap();
            let (Some(inner), false) = (text.strip_prefix('{'), name.is_empty()) else { continue };
            let inner = inner.strip_suffix('}').unwrap();
            for other in ["\"another\"", "1", "null", "{}", "[]"] {
                for body in [
                    format!("{{\"{name}\":{other},{inner}}}"),
                    format!("{{{inner},\"{name}\":{other}}}"),
                ] {
                    count += 1;
                    if verify(&genuine.with_other_body(&body)) {
                        return Err(format!("{}: {body}", row.name));
                    }
                }
            }
        }
    }
    assert!(count >= 10 * 12, "only {count} bodies");
    Ok(())
}

/// Where only the first item was checked, others came with it.
#[test]
fn adyen_second_item_never_checked() {
    every_element_is_checked(&Case::accepted).unwrap();
    every_element_is_checked(&wrong::first_element_only).unwrap_err();
}

/// One element whose token was right let the others pass.
#[test]
fn microsoft_graph_one_good_client_state_of_many() {
    every_element_is_checked(&Case::accepted).unwrap();
    every_element_is_checked(&wrong::any_element).unwrap_err();
}

/// Rows that sign, or find their signature, in each element of a list: a second element that is not
/// as the first, before it or behind it.
fn every_element_is_checked(verify: Verify<'_>) -> Result<(), String> {
    let mut rows = 0;
    for row in made_rows() {
        let genuine = Case::of(row);
        let Some(list) = signed_paths(row).iter().find_map(|path| list_of(path)) else { continue };
        let body: Value = serde_json::from_slice(&genuine.body).unwrap();
        let element = elements(&mut body.clone(), &list)[0].clone();
        rows += 1;
        for path in signed_paths(row) {
            let Some(inner) = path.strip_prefix(&format!("{list}[].")) else { continue };
            for other in [json!("another"), json!(null), json!([])] {
                let mut second = element.clone();
                set(&mut second, inner, other);
                for at in [0, 1] {
                    let mut body = body.clone();
                    elements(&mut body, &list).insert(at, second.clone());
                    if verify(&genuine.with_other_body(body.to_string())) {
                        return Err(format!("{}: {inner} of element {at}", row.name));
                    }
                }
            }
        }
        for nothing in [json!({}), json!(null), json!("x"), json!([])] {
            for at in [0, 1] {
                let mut body = body.clone();
                elements(&mut body, &list).insert(at, nothing.clone());
                if verify(&genuine.with_other_body(body.to_string())) {
                    return Err(format!("{}: {nothing} at {at}", row.name));
                }
            }
        }
        let mut empty = body.clone();
        elements(&mut empty, &list).clear();
        if verify(&genuine.with_other_body(empty.to_string())) {
            return Err(format!("{}: no element", row.name));
        }
    }
    assert!(rows >= 2, "only {rows} rows have a list");
    Ok(())
}

/// The paths of the JSON body that the signature covers, and the signature's own.
fn signed_paths(row: &Scheme<'_>) -> Vec<String> {
    let words = words(row.signed.text()).into_iter();
    let mut paths: Vec<String> =
        words.filter(|(word, _)| word.starts_with("json")).map(|(_, name)| name).collect();
    if row.signature.place == Place::Json {
        paths.push(first(row.signature.name).to_owned());
    }
    paths
}

/// The path of the list that a path goes through.
fn list_of(path: &str) -> Option<String> {
    path.split_once("[]").map(|(list, _)| list.to_owned())
}

fn elements<'v>(body: &'v mut Value, list: &str) -> &'v mut Vec<Value> {
    let pointer = format!("/{}", list.replace('.', "/"));
    body.pointer_mut(&pointer).unwrap().as_array_mut().unwrap()
}

mod wrong {
    use super::{Case, Value, elements, list_of, signed_paths};

    /// What a reader into a map does.
    pub(super) fn last_one_wins(case: &Case) -> bool {
        let read: Option<Value> = serde_json::from_slice(&case.body).ok();
        read.is_some_and(|read| case.with_other_body(read.to_string()).accepted())
    }

    pub(super) fn first_element_only(case: &Case) -> bool {
        with_element(case, 0)
    }

    pub(super) fn any_element(case: &Case) -> bool {
        (0..2).any(|at| with_element(case, at))
    }

    /// Whether the delivery verifies with this one element of its list.
    fn with_element(case: &Case, at: usize) -> bool {
        let Ok(mut body) = serde_json::from_slice::<Value>(&case.body) else { return false };
        let list = signed_paths(case.scheme).iter().find_map(|path| list_of(path)).unwrap();
        let all = elements(&mut body, &list);
        *all = all.get(at).cloned().into_iter().collect();
        case.with_other_body(body.to_string()).accepted()
    }
}
