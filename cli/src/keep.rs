//! Captured deliveries as files, which nothing overwrites and nobody else reads.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use hookseal::UnixTime;
use hookseal::capture::Captured;

use crate::output::Failure;
use crate::text::date_time;

/// A directory of captured deliveries.
#[derive(Debug)]
pub(crate) struct Keep {
    directory: PathBuf,
}

impl Keep {
    /// Makes the directory if need be.
    pub(crate) fn new(directory: PathBuf) -> Result<Self, Failure> {
        match std::fs::create_dir_all(&directory) {
            Ok(()) => Ok(Keep { directory }),
            Err(error) => Err(Failure::new(
                "unwritable_directory",
                format!("the directory {} cannot be made: {error}", directory.display()),
            )),
        }
    }

    /// Writes a delivery into a new file, and returns its path.
    pub(crate) fn write(&self, delivery: &Captured, count: u64) -> std::io::Result<String> {
        let (mut file, path) = self.create(count)?;
        file.write_all(delivery.to_json().as_bytes())?;
        Ok(path.display().to_string())
    }

    /// A file named by the time of arrival and a number. Where another run took the name, the
    /// next number is tried.
    fn create(&self, count: u64) -> std::io::Result<(File, PathBuf)> {
        let moment: String = date_time(UnixTime::from_secs(UnixTime::now().as_secs()))
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let mut number = count;
        loop {
            let path = self.directory.join(format!("{moment}-{number:04}.json"));
            match private().create_new(true).write(true).open(&path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    number = number.saturating_add(1);
                }
                other => return other.map(|file| (file, path)),
            }
        }
    }
}

/// Headers hold tokens, and bodies hold customers: the file is its owner's alone.
fn private() -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
