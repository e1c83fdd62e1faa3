//! `hookseal providers`: the table, and what is known of one row.

use clap::Args;
use hookseal::providers as table;

use crate::card::warned;
use crate::output::{Exit, Failure, Output, is_terminal, print};
use crate::row::Row;
use crate::setup;

#[derive(Args)]
pub(crate) struct ProvidersArgs {
    /// Show what is known of this provider
    name: Option<String>,
    /// Show the row as the text of a scheme, to start a file of your own from
    #[arg(long, requires = "name", conflicts_with = "json")]
    toml: bool,
}

pub(crate) fn run(args: &ProvidersArgs, out: Output) -> Result<Exit, Failure> {
    if let Some(name) = &args.name {
        let scheme = setup::scheme(name)?;
        if args.toml {
            print(&scheme.to_toml())?;
            return Ok(Exit::Good);
        }
        out.show(&Row::new(scheme), || warned(scheme))?;
    } else {
        let rows: Vec<Row> = table::ALL.iter().map(|scheme| Row::new(scheme)).collect();
        out.show(&rows, || if is_terminal() { aligned(&rows) } else { separated(&rows) })?;
    }
    Ok(Exit::Good)
}

const TITLES: [&str; 4] = ["PROVIDER", "ALGORITHM", "BINDS", "WINDOW"];

/// A table of at most 80 columns: the widest texts are cut, never the names. Where the signature is
/// does not fit in; the card of a row has it.
fn aligned(rows: &[Row]) -> String {
    const MOST: [usize; 4] = [0, 17, 20, 8];
    let mut lines: Vec<[String; 4]> = vec![TITLES.map(ToOwned::to_owned)];
    lines.extend(rows.iter().map(|row| {
        let [name, algorithm, _, binds, window] = row.cells().clone();
        let short = [(" of the body", ""), ("a ", ""), ("event id", "id"), (",", "")];
        let binds = short.iter().fold(binds, |text, (long, short)| text.replace(long, short));
        [name, algorithm, binds, window.replace(" s", "")]
    }));
    let widths = core::array::from_fn::<usize, 4, _>(|column| {
        let widest = lines.iter().filter_map(|line| line.get(column)).map(|it| it.chars().count());
        let most = MOST.get(column).copied().unwrap_or_default();
        if column == 0 {
            widest.max().unwrap_or_default()
        } else {
            widest.max().unwrap_or_default().min(most)
        }
    });
    let line = |cells: [String; 4]| {
        let cells = cells.iter().zip(widths).map(|(text, width)| fitted(text, width));
        let text = cells.collect::<Vec<_>>().join("  ");
        format!("{}\n", text.trim_end())
    };
    lines.into_iter().map(line).collect()
}

/// One row a line, its cells parted by tabs, for other programs.
fn separated(rows: &[Row]) -> String {
    rows.iter().map(|row| format!("{}\n", row.cells().join("\t"))).collect()
}

fn fitted(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return format!("{text:<width$}");
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn the_table_fits_a_terminal_and_names_every_row() {
        let rows: Vec<Row> = table::ALL.iter().map(|scheme| Row::new(scheme)).collect();
        let text = aligned(&rows);
        assert_eq!(text.lines().count(), table::ALL.len() + 1);
        for (line, row) in text.lines().skip(1).zip(&rows) {
            assert!(line.chars().count() <= 80, "{line}");
            assert!(line.starts_with(&format!("{} ", row.name)), "{line}");
        }
    }

    #[test]
    fn a_cell_that_is_too_wide_is_cut() {
        assert_eq!(fitted("abcdef", 4), "abc…");
        assert_eq!(fitted("abcd", 4), "abcd");
        assert_eq!(fitted("ab", 4), "ab  ");
    }
}
