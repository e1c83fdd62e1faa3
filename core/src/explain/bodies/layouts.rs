//! Where programs put white space in JSON, and what they escape in its strings.

use super::written::{Escapes, Layout};

pub(super) const COMPACT: Layout = Layout {
    name: "compactly",
    received: false,
    indent: "",
    newline: "\n",
    comma: ",",
    colon: ":",
    pad: "",
    empty: "",
    flat_arrays: false,
    item_lines: false,
};
pub(super) const SPACED: Layout =
    Layout { name: "with a blank after each comma and colon", comma: ", ", colon: ": ", ..COMPACT };
pub(super) const RECEIVED: Layout =
    Layout { name: "with its white space as it came", received: true, ..COMPACT };
pub(super) const BY_TWO: Layout = Layout { name: "indented by 2 blanks", indent: "  ", ..SPACED };
pub(super) const BY_FOUR: Layout =
    Layout { name: "indented by 4 blanks", indent: "    ", ..SPACED };

/// The most usual first.
pub(super) const LAYOUTS: [Layout; 18] = [
    RECEIVED,
    COMPACT,
    SPACED,
    BY_TWO,
    BY_FOUR,
    Layout { name: "with a blank after each colon", colon: ": ", ..COMPACT },
    Layout { name: "indented by tabs", indent: "\t", ..SPACED },
    Layout { name: "indented by 1 blank", indent: " ", ..SPACED },
    Layout { name: "indented by 3 blanks", indent: "   ", ..SPACED },
    Layout {
        name: "indented by 2 blanks with arrays on one line and blanks around colons",
        indent: "  ",
        colon: " : ",
        pad: " ",
        empty: " ",
        flat_arrays: true,
        ..SPACED
    },
    Layout { name: "indented by 2 blanks with lines that end in CR LF", newline: "\r\n", ..BY_TWO },
    Layout {
        name: "indented by 4 blanks with lines that end in CR LF",
        newline: "\r\n",
        ..BY_FOUR
    },
    Layout { name: "with blanks around colons and after commas", colon: " : ", ..SPACED },
    Layout { name: "with blanks inside brackets, after commas and colons", pad: " ", ..SPACED },
    Layout {
        name: "with blanks inside brackets, after commas and around colons",
        pad: " ",
        colon: " : ",
        ..SPACED
    },
    Layout { name: "with a blank after each comma", comma: ", ", ..COMPACT },
    Layout {
        name: "compactly, with CR LF after each item of the list",
        newline: "\r\n",
        item_lines: true,
        ..COMPACT
    },
    Layout { name: "compactly, with a line feed after each item", item_lines: true, ..COMPACT },
];

/// How many of the layouts are usual, and how many go with every kind of escapes.
pub(super) const USUAL: usize = 6;

const PLAIN: Escapes =
    Escapes { ascii: false, upper: false, slash: false, separators: false, also: b"" };
const ASCII: Escapes = Escapes { ascii: true, ..PLAIN };

/// What well-known writers escape: JavaScript, Python, PHP, Go, .NET, Gson, Meta.
pub(super) const WRITERS: [Escapes; 9] = [
    PLAIN,
    ASCII,
    Escapes { slash: true, ..ASCII },
    Escapes { separators: true, also: b"<>&", ..PLAIN },
    Escapes { upper: true, also: b"\"&'+<>`", ..ASCII },
    Escapes { slash: true, ..PLAIN },
    Escapes { upper: true, ..ASCII },
    Escapes { separators: true, also: b"<>&'=", ..PLAIN },
    Escapes { slash: true, also: b"@", ..ASCII },
];
