//! The one table: everybody side by side in one run. `--write` puts it into README.md, with the
//! plots beside it; `--check` ends with an error where a budget is broken.

use std::path::Path;
use std::process::ExitCode;

use hookseal_benches::after::{after, clock, code};
use hookseal_benches::allocations::allocations_of;
use hookseal_benches::contestants::{BARE, HOOKSEAL, Run, check, contestants};
use hookseal_benches::delivery::{Delivery, Row, SIZES, keep};
use hookseal_benches::hostile;
use hookseal_benches::plot::{Line, Plot};
use hookseal_benches::report::{machine, nanos, size, table, write_between};
use hookseal_benches::rounds::{Median, interleaved};

/// Above the bare MAC, at any size.
const BUDGET_NANOS: f64 = 150.0;
/// A hostile refusal against an ordinary one.
const BUDGET_RATIO: f64 = 2.0;
const ROUNDS: usize = 301;

fn main() -> ExitCode {
    let asked = |flag: &str| std::env::args().any(|argument| argument == flag);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut report = Report::default();
    for row in Row::ALL {
        check(row);
        report.verify(row);
    }
    report.after();
    report.signatures();
    for row in Row::ALL {
        report.hostile(row);
    }
    let text = format!("{}{}{}", machine(ROUNDS), report.budgets(), report.text);
    println!("{text}");
    if asked("--write") {
        let plots = [("size.svg", report.size_plot()), ("signatures.svg", report.signature_plot())];
        let written = plots.iter().try_for_each(|(name, plot)| {
            std::fs::write(here.join(name), plot).map_err(|error| error.to_string())
        });
        if let Err(error) = written.and_then(|()| write_between(&here.join("README.md"), &text)) {
            eprintln!("not written: {error}");
            return ExitCode::FAILURE;
        }
    }
    if asked("--check") && report.is_over() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

#[derive(Default)]
struct Report {
    text: String,
    above: f64,
    /// Cells whose error was too large to say.
    unseen: usize,
    allocations: u64,
    ratio: f64,
    by_size: Vec<Line>,
    by_signatures: Vec<Line>,
}

impl Report {
    /// One provider: everybody at every size, and how often each asks for memory.
    fn verify(&mut self, row: Row) {
        let all = contestants(row);
        let mut head = vec!["body", "bare MAC", "hookseal", "above bare", "ratio"];
        head.extend(all.iter().skip(2).map(|(name, _)| *name));
        let mut lines: Vec<Line> = all.iter().map(|(name, _)| line(name)).collect();
        let mut rows = Vec::new();
        for bytes in SIZES {
            let delivery = keep(Delivery::genuine(row, bytes));
            let runs: Vec<Run> = all.iter().map(|(_, set_up)| set_up(delivery)).collect();
            let found = interleaved(&runs, ROUNDS);
            let [bare, ours, others @ ..] = found.as_slice() else { return };
            self.above(ours);
            let ratio = format!("{:.2}", ours.time / bare.time);
            let mut cells = vec![size(bytes), nanos(bare.time), nanos(ours.time)];
            cells.extend([format!("{} ± {}", nanos(ours.above), nanos(ours.error)), ratio]);
            cells.extend(others.iter().map(|other| nanos(other.time)));
            rows.push(cells);
            lines.iter_mut().zip(&found).for_each(|(line, found)| {
                line.points.push((bytes as f64, found.time));
            });
        }
        let delivery = keep(Delivery::genuine(row, 1 << 10));
        let counts: Vec<u64> =
            all.iter().map(|(_, set_up)| allocations_of(&set_up(delivery))).collect();
        assert!(counts.iter().any(|count| *count > 0), "the counter sees no allocation of a peer");
        self.allocations += counts[1];
        let mut cells: Vec<String> = vec!["allocations a call".into()];
        cells.extend(counts.iter().map(u64::to_string));
        cells.splice(3..3, [String::new(), String::new()]);
        rows.push(cells);
        if row == Row::StandardWebhooks {
            self.by_size = lines;
        }
        self.text += &format!("### `{}`\n\n{}", row.scheme().name, table(&head, &rows));
    }

    /// The budget is kept or broken where the machine was quiet enough to see it.
    fn above(&mut self, ours: &Median) {
        if ours.error < BUDGET_NANOS / 3.0 {
            self.above = self.above.max(ours.above);
        } else {
            self.unseen += 1;
        }
    }

    /// What is computed only when it is asked for, and the clock that the caller reads.
    fn after(&mut self) {
        let head = ["body", "event id", "event type", "replay key", "body digest"];
        for row in [Row::Stripe, Row::StandardWebhooks] {
            let rows: Vec<Vec<String>> = SIZES.iter().map(|bytes| after_row(row, *bytes)).collect();
            let name = row.scheme().name;
            self.text += &format!("### After verification: `{name}`\n\n{}", table(&head, &rows));
        }
        let clock = interleaved(&[clock()], ROUNDS)[0].time;
        self.text += &format!(
            "`UnixTime::now()`, which hookseal leaves to the caller and the peers call themselves: {} \
             ns.\n\n",
            nanos(clock)
        );
    }

    fn signatures(&mut self) {
        let counts = [1, 2, 4, 8, 16];
        let mut rows = Vec::new();
        for row in [Row::StandardWebhooks, Row::Stripe] {
            let mut ours = line(row.scheme().name);
            let mut cells = vec![format!("`{}`", row.scheme().name)];
            for count in counts {
                let delivery = keep(hostile::with_signatures(row, 1 << 10, count));
                let runs = [BARE.1(delivery), HOOKSEAL.1(delivery)];
                assert!(runs[1](1), "a genuine signature among others is accepted");
                let found = interleaved(&runs, ROUNDS)[1];
                cells.push(nanos(found.above));
                ours.points.push((f64::from(u8::try_from(count).unwrap_or(0)), found.above));
            }
            rows.push(cells);
            self.by_signatures.push(ours);
        }
        self.text += "### Signatures in one header\n\nNanoseconds above the bare MAC at 1 KiB, the \
                      genuine signature last.\n\n";
        self.text += &table(&["", "1", "2", "4", "8", "16"], &rows);
    }

    /// What it costs to refuse.
    fn hostile(&mut self, row: Row) {
        let mut rows = Vec::new();
        for bytes in [64, 1 << 10] {
            let ordinary = HOOKSEAL.1(keep(hostile::ordinary(row, bytes)));
            for (at, (name, delivery)) in hostile::cases(row, bytes).into_iter().enumerate() {
                let delivery = keep(delivery);
                let code = code(delivery);
                let runs = [HOOKSEAL.1(delivery), HOOKSEAL.1(keep(hostile::ordinary(row, bytes)))];
                assert!(!runs[0](1) && !ordinary(1), "{name}: accepted");
                let [hostile, ordinary] = interleaved(&runs, ROUNDS / 3)[..] else { return };
                let ratio = hostile.time / ordinary.time;
                self.ratio = self.ratio.max(ratio);
                let cells = [nanos(hostile.time), nanos(ordinary.time), format!("{ratio:.2}")];
                if bytes == 64 {
                    rows.push(
                        [name.to_owned(), format!("`{code}`")].into_iter().chain(cells).collect(),
                    );
                } else if let Some(row) = rows.get_mut(at) {
                    let row: &mut Vec<String> = row;
                    row.extend(cells);
                }
            }
        }
        let head = ["", "refused as", "64 B", "ordinary", "ratio", "1 KiB", "ordinary", "ratio"];
        let name = row.scheme().name;
        self.text += &format!("### Refusing: `{name}`\n\n{}", table(&head, &rows));
    }

    fn budgets(&self) -> String {
        let cells = Row::ALL.len() * SIZES.len();
        let verdict = |kept: bool| if kept { "kept" } else { "**broken**" }.to_owned();
        let rows = [
            vec![
                format!(
                    "above the bare MAC, in the {} cells that resolve 50 ns",
                    cells - self.unseen
                ),
                format!("≤ {BUDGET_NANOS:.0} ns"),
                format!("{} ns", nanos(self.above)),
                verdict(self.above <= BUDGET_NANOS),
            ],
            vec![
                "allocations of a verification".into(),
                "0".into(),
                self.allocations.to_string(),
                verdict(self.allocations == 0),
            ],
            vec![
                "a hostile refusal against an ordinary one".into(),
                format!("≤ {BUDGET_RATIO:.0} ×"),
                format!("{:.2} ×", self.ratio),
                verdict(self.ratio <= BUDGET_RATIO),
            ],
        ];
        table(&["budget", "", "worst", ""], &rows)
    }

    fn is_over(&self) -> bool {
        self.above > BUDGET_NANOS
            || self.unseen > Row::ALL.len()
            || self.allocations > 0
            || self.ratio > BUDGET_RATIO
    }

    fn size_plot(&self) -> String {
        let x = [(64.0, "64 B"), (1024.0, "1 KiB"), (16_384.0, "16 KiB"), (1_048_576.0, "1 MiB")];
        let y = [(1e2, "100 ns"), (1e3, "1 µs"), (1e4, "10 µs"), (1e5, "0.1 ms"), (1e7, "10 ms")];
        let title = "One verification of standard-webhooks by body size";
        Plot { title, x: ("body", &x, true), y: ("", &y, true), lines: self.by_size.clone() }.svg()
    }

    fn signature_plot(&self) -> String {
        let top = self.by_signatures.iter().flat_map(|line| &line.points).map(|point| point.1);
        let step = (top.fold(0.0, f64::max) / 400.0).ceil() * 100.0;
        let marks: Vec<(f64, String)> =
            (0..=4).map(|at| (step * f64::from(at), nanos(step * f64::from(at)))).collect();
        let y: Vec<(f64, &str)> =
            marks.iter().map(|(value, label)| (*value, label.as_str())).collect();
        let x = [(1.0, "1"), (2.0, "2"), (4.0, "4"), (8.0, "8"), (16.0, "16")];
        let title = "Above the bare MAC by the number of signatures (1 KiB)";
        Plot {
            title,
            x: ("signatures", &x, false),
            y: ("ns", &y, false),
            lines: self.by_signatures.clone(),
        }
        .svg()
    }
}

fn after_row(row: Row, bytes: usize) -> Vec<String> {
    let found = interleaved(&after(row, bytes), ROUNDS / 3);
    [size(bytes)].into_iter().chain(found.iter().map(|found| nanos(found.time))).collect()
}

fn line(name: &str) -> Line {
    Line { name: name.replace('`', ""), points: Vec::new() }
}
