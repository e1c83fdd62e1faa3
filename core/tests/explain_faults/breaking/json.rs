//! JSON that was parsed and written again.

use hookseal::explain::CauseCode::BodyReserialised;

use crate::fault::Fault;
use crate::provider::{Body, Event, place, small, whole_floats};
use crate::tree::{
    DOTNET, GO, GO_LINE, GO_MAP, GSON, JACKSON_PRETTY, JS, JS_2, JS_2_LINE, JS_4, JS_NUMBERS,
    JS_TAB, JSONB, PHP, PHP_PRETTY, PHP_SLASHES, PHP_UNICODE, PYTHON, PYTHON_2, PYTHON_4,
    PYTHON_COMPACT, PYTHON_COMPACT_SORTED, PYTHON_RAW, PYTHON_SORTED, RAILS, SERDE, Style, Tree,
};

/// How the provider writes, and how the receiver writes again.
const PAIRS: &[(Style, Style)] = &[
    // Compact was signed.
    (JS, PYTHON),
    (JS, PYTHON_RAW),
    (JS, PYTHON_COMPACT),
    (JS, PHP),
    (JS, GO),
    (JS, GO_LINE),
    (JS, GSON),
    (JS, DOTNET),
    (JS, JS_2),
    (JS, JS_4),
    (JS, JS_TAB),
    (JS, JACKSON_PRETTY),
    (JS, PHP_PRETTY),
    (JS, PYTHON_2),
    // Spaced.
    (PYTHON, JS),
    (PYTHON_RAW, JS),
    (PYTHON, PHP),
    (PYTHON_RAW, GO),
    (PYTHON, JS_2),
    // Indented.
    (JS_2, JS),
    (JS_2, PYTHON),
    (JS_2_LINE, JS),
    (PYTHON_2, JS),
    (JS_4, JS),
    (PYTHON_4, JS),
    (JS_4, GO),
    (PHP_PRETTY, JS),
    (PHP_PRETTY, PYTHON),
    (JACKSON_PRETTY, JS),
    (JS_TAB, JS),
    // Sorted, and the order changed.
    (PYTHON_SORTED, JSONB),
    (PYTHON_COMPACT_SORTED, JSONB),
    (SERDE, JSONB),
    (GO_MAP, JSONB),
    (PYTHON_SORTED, JS),
    (SERDE, PYTHON),
    // Slashes escaped.
    (PHP, JS),
    (PHP_UNICODE, JS),
    (PHP, PYTHON),
    (PHP_UNICODE, PYTHON),
    // Escapes of Unicode.
    (PYTHON_COMPACT, JS),
    (PHP_SLASHES, JS),
    (PHP_SLASHES, PYTHON_RAW),
    (PYTHON_COMPACT, PHP_UNICODE),
    (DOTNET, JS),
    (DOTNET, PYTHON),
    // Safe for HTML.
    (GO, JS),
    (GO_LINE, JS),
    (RAILS, PYTHON),
    (RAILS, PHP),
    (GSON, JS),
    // The framework sorted: the order is lost.
    (JS, SERDE),
    (JS, GO_MAP),
    (JS, JSONB),
    (PYTHON, PYTHON_SORTED),
];

pub(super) fn faults() -> Vec<Fault> {
    let rich = PAIRS.iter().map(|pair| rewritten(*pair, "", crate::provider::rich));
    let few = [(JS, SERDE), (JS, JSONB), (PYTHON, JS), (JS, PYTHON), (PYTHON, SERDE)];
    let few = few.into_iter().map(|pair| rewritten(pair, ", three fields", small));
    let numbers = [(JS, JS_NUMBERS), (PYTHON, JS_NUMBERS)];
    let numbers = numbers.into_iter().map(|pair| rewritten(pair, "", whole_floats));
    rich.chain(few).chain(numbers).collect()
}

fn rewritten((signed, received): (Style, Style), what: &str, of: fn() -> Tree) -> Fault {
    let name = format!("{} was signed, {} came{what}", signed.name, received.name);
    Fault::of(
        BodyReserialised,
        name,
        move |provider| match provider.body {
            Body::Form(..) => Err("its body is no JSON"),
            Body::Payload => Err("nobody writes the JSON inside of a form anew"),
            _ => Ok(Event { of: of(), style: signed, ..provider.event() }),
        },
        move |sent, scene| {
            let event = Event { style: received, ..sent.event.clone() };
            scene.body = place(&sent.provider.write(&event), &sent.signature);
            Ok(())
        },
    )
}
