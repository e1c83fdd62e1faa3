//! For the proof in proofs/claims: the process kills itself at a named point, by a chance.
//! `PAYMENTS_DIE` is a list as `claimed=0.05,paid=0.05`; each death is noted in `PAYMENTS_DEATHS`.

use std::fs::OpenOptions;
use std::io::Write;
use std::process::Command;
use std::sync::{LazyLock, Once};
use std::{env, process, thread};

static CHANCES: LazyLock<Vec<(String, f64)>> = LazyLock::new(|| {
    let list = env::var("PAYMENTS_DIE").unwrap_or_default();
    let pairs = list.split(',').filter_map(|one| one.split_once('='));
    pairs.filter_map(|(point, chance)| Some((point.to_owned(), chance.parse().ok()?))).collect()
});

static DEATH: Once = Once::new();

pub fn at(point: &str) {
    let chance = CHANCES.iter().find(|(name, _)| name == point).map_or(0.0, |(_, chance)| *chance);
    if rand::random::<f64>() < chance {
        // Whoever comes here while it is dying waits for the end with it.
        DEATH.call_once(|| {
            note(point);
            // Only a signal ends a process as a crash of the host does: nothing is rolled back.
            let _ = Command::new("kill").args(["-9", &process::id().to_string()]).status();
            thread::park();
        });
    }
}

fn note(point: &str) {
    let Ok(file) = env::var("PAYMENTS_DEATHS") else { return };
    if let Ok(mut deaths) = OpenOptions::new().append(true).open(file) {
        let _ = deaths.write_all(format!("{point}\n").as_bytes());
    }
}
