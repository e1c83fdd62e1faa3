//! The text of a template, taken apart a character at a time.

/// A piece of a template, and the group that it is in (0: none).
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) group: usize,
    pub(crate) piece: Piece,
}

#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String),
    /// A word, and the name after its colon.
    Word(String, String),
}

/// The parts of a text that is known to be a template.
pub(crate) fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut group, mut groups) = (0, 0);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let doubled = "{}[]".contains(first) && after.starts_with(first);
        if doubled || !"{}[]".contains(first) {
            push(&mut parts, group, first);
            rest = if doubled { &after[1..] } else { after };
            continue;
        }
        rest = match first {
            '[' => {
                groups += 1;
                group = groups;
                after
            }
            ']' => {
                group = 0;
                after
            }
            _ => {
                let (word, tail) = after.split_once('}').unwrap();
                let (word, name) = word.split_once(':').unwrap_or((word, ""));
                let piece = Piece::Word(word.to_owned(), name.to_owned());
                parts.push(Part { group, piece });
                tail
            }
        };
    }
    parts
}

fn push(parts: &mut Vec<Part>, group: usize, character: char) {
    match parts.last_mut() {
        Some(Part { group: last, piece: Piece::Text(text) }) if *last == group => {
            text.push(character);
        }
        _ => parts.push(Part { group, piece: Piece::Text(character.into()) }),
    }
}

/// The words of a template and the names after their colons.
pub(crate) fn words(text: &str) -> Vec<(String, String)> {
    let word = |part: Part| match part.piece {
        Piece::Text(_) => None,
        Piece::Word(word, name) => Some((word, name)),
    };
    parts(text).into_iter().filter_map(word).collect()
}
