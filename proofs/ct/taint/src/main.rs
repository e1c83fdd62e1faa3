//! Runs under valgrind. No case may make a report but those of [`verdicts`], and every control
//! must make one; any other outcome is exit status 1.

mod cases;
mod controls;
mod reveal;
mod valgrind;

use cases::{ALGORITHMS, FORMATS, Sizes};
use hookseal::KeyFormat;

/// Around the edges of the hashes' blocks: 64 and 128 bytes, less 9 and 17 for the padding.
const KEYS: [usize; 9] = [16, 31, 32, 33, 63, 64, 65, 128, 129];
const BODIES: [usize; 9] = [0, 1, 55, 56, 63, 64, 111, 112, 129];

fn main() {
    assert!(valgrind::is_running(), "run under valgrind: without it nothing is watched");
    let arguments: Vec<String> = std::env::args().collect();
    let full = arguments.iter().any(|it| it == "full");
    let run = Run { sizes: sizes(full), suppressed: arguments.iter().any(|it| it == "suppressed") };
    let failed = [run.controls(), run.macs(), run.tokens(), run.malformed()];
    std::process::exit(i32::from(failed.contains(&true)));
}

struct Run {
    sizes: Vec<Sizes>,
    /// Whether valgrind leaves out the verdicts of the decoders, by name.
    suppressed: bool,
}

impl Run {
    /// The reports that one import may make: the crates that decode branch on their verdict, well
    /// spelled or not, which is public: base16ct once, base64ct once more for the last character.
    fn verdicts(&self, format: KeyFormat<'_>) -> u64 {
        match format {
            _ if self.suppressed => 0,
            KeyFormat::Hex => 1,
            KeyFormat::Base64 { .. } => 2,
            _ => 0,
        }
    }

    fn controls(&self) -> bool {
        let controls: [(&str, fn() -> u64); 3] = [
            ("compare with an early exit", controls::early_exit),
            ("base64 by table", controls::table_lookup),
            ("search for a byte that is not blank", controls::blank_search),
        ];
        controls.iter().fold(false, |failed, (name, control)| {
            let reports = control();
            println!("  control: {name}: {reports} reports");
            failed | (reports == 0)
        })
    }

    fn macs(&self) -> bool {
        let mut failed = false;
        for (algorithm, encoding) in ALGORITHMS {
            for format in FORMATS {
                let case = |sizes: &Sizes| cases::mac(algorithm, encoding, format, *sizes);
                let name = format!("{}, secret as {format:?}", algorithm.name());
                let allowed = 2 * self.verdicts(format); // a verifier and a signer
                failed |= report(&name, self.sizes.iter().map(case), allowed);
            }
        }
        failed
    }

    fn tokens(&self) -> bool {
        report("shared token", self.sizes.iter().map(|sizes| cases::token(*sizes)), 0)
    }

    fn malformed(&self) -> bool {
        let mut failed = false;
        for format in FORMATS.into_iter().filter(|format| *format != KeyFormat::Text) {
            let imports = KEYS.iter().flat_map(|key| [(*key, true), (*key, false)]);
            let reports = imports.map(|(key, first)| cases::malformed(format, key, first));
            let name = format!("malformed secret as {format:?}");
            failed |= report(&name, reports, self.verdicts(format));
        }
        failed
    }
}

/// Prints the outcome of one kind of case. Whether one made more reports than it may.
fn report(name: &str, cases: impl Iterator<Item = u64>, allowed: u64) -> bool {
    let reports: Vec<u64> = cases.collect();
    let worst = reports.iter().max().copied().unwrap_or(u64::MAX);
    let verdict = if worst > allowed { "FAILED" } else { "ok" };
    println!(
        "  {name}: {} cases, at most {worst} reports, allowed {allowed}: {verdict}",
        reports.len()
    );
    worst > allowed
}

/// In full every key with every body, else each key with one body.
fn sizes(full: bool) -> Vec<Sizes> {
    let pairs = KEYS.iter().enumerate().flat_map(|(at, key)| {
        let bodies = if full { &BODIES[..] } else { &BODIES[at..=at] };
        bodies.iter().map(|body| Sizes { key: *key, body: *body })
    });
    pairs.collect()
}
