//! The report: Markdown tables, the machine they were measured on, and the section of the README
//! that they become.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// A Markdown table: the first column is text, the others are figures.
#[must_use]
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
    let rule: Vec<&str> =
        head.iter().enumerate().map(|(at, _)| if at == 0 { "---" } else { "---:" }).collect();
    let mut text = line(head) + &line(&rule);
    for row in rows {
        text += &line(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
    text + "\n"
}

/// A time in nanoseconds, with separators.
#[must_use]
pub fn nanos(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if value <= -0.5 { format!("−{text}") } else { text }
}

/// A size as people write it.
#[must_use]
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}

/// Where, with what and how the figures were measured.
#[must_use]
pub fn machine(rounds: usize) -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown");
    let model = model.trim_start_matches([' ', '\t', ':']);
    let flags = cpu.lines().find(|line| line.starts_with("flags")).unwrap_or_default();
    let has = |flag: &str| flags.split(' ').any(|it| it == flag);
    let instructions = if has("sha_ni") { "with SHA instructions" } else { "no SHA instructions" };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let compiler = Command::new("rustc").arg("--version").output().map(|output| output.stdout);
    let compiler = compiler.map(|text| String::from_utf8_lossy(&text).trim().to_owned());
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown");
    format!(
        "`cargo bench --bench table -- --write`, on {model} ({cores} cores, {instructions}, load \
         {load} when it ended), {}; medians of {rounds} interleaved rounds, nanoseconds a call.\n\n",
        compiler.unwrap_or_default()
    )
}

/// Puts `text` between the markers of a file.
///
/// # Errors
/// The file cannot be read or written, or has no markers.
pub fn write_between(file: &Path, text: &str) -> Result<(), String> {
    const BEGIN: &str = "<!-- written by `cargo bench --bench table -- --write` -->\n";
    const END: &str = "<!-- end -->";
    let old = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let (before, rest) = old.split_once(BEGIN).ok_or("no first marker")?;
    let (_, after) = rest.split_once(END).ok_or("no second marker")?;
    let mut new = String::new();
    _ = write!(new, "{before}{BEGIN}\n{text}{END}{after}");
    std::fs::write(file, new).map_err(|error| error.to_string())
}
