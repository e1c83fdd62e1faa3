//! The secrets, which are read and never written.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};

use crate::input;
use crate::output::Failure;

/// Larger than any secret; a larger file is not one.
const MAX_FILE: usize = 64 << 10;

/// Where the secrets are, in the order in which they were given. It has no `Debug`.
pub(crate) struct Secrets {
    given: Vec<Given>,
    pub(crate) allow_weak: bool,
}

enum Given {
    Value(OsString),
    Variable(OsString),
    File(PathBuf),
}

impl Secrets {
    pub(crate) fn count(&self) -> usize {
        self.given.len()
    }

    pub(crate) fn are_given(&self) -> bool {
        !self.given.is_empty()
    }

    /// Reads the secrets, byte for byte.
    pub(crate) fn read(&self) -> Result<Vec<Vec<u8>>, Failure> {
        if self.given.is_empty() {
            return Err(Failure::usage(
                "give the secret: --secret-env NAME, --secret-file FILE or --secret SECRET",
            ));
        }
        self.given.iter().map(Given::read).collect()
    }

    /// The only secret, for signing.
    pub(crate) fn read_one(&self) -> Result<Vec<u8>, Failure> {
        let mut secrets = self.read()?;
        match (secrets.pop(), secrets.is_empty()) {
            (Some(secret), true) => Ok(secret),
            _ => Err(Failure::usage("a delivery is signed with one secret: give one only")),
        }
    }
}

impl Given {
    fn read(&self) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Value(value) => Ok(value.clone().into_encoded_bytes()),
            Self::Variable(name) => variable(name),
            Self::File(path) => file(path),
        }
    }
}

fn variable(name: &OsString) -> Result<Vec<u8>, Failure> {
    let named = !name.is_empty() && !name.as_encoded_bytes().contains(&b'=');
    match std::env::var_os(name).filter(|_| named) {
        Some(value) => Ok(value.into_encoded_bytes()),
        // Whoever types `--secret-env "$SECRET"` has given a secret for a name.
        None if !is_name(name) => Err(Failure::usage(
            "the environment variable that --secret-env names is not set; it takes a name, such \
             as STRIPE_SECRET, not the secret itself",
        )),
        None => Err(Failure::usage(format!(
            "the environment variable {} is not set",
            name.to_string_lossy()
        ))),
    }
}

fn is_name(name: &OsString) -> bool {
    let shouted = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    !name.is_empty() && name.len() <= 64 && name.as_encoded_bytes().iter().all(shouted)
}

pub(crate) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let secret = input::read(path, "the secret", MAX_FILE)?;
    if secret.len() > MAX_FILE {
        return Err(Failure::usage("the file of the secret is larger than 64 KiB: it is not one"));
    }
    Ok(secret)
}

impl Args for Secrets {
    fn augment_args(command: Command) -> Command {
        let many = |name: &'static str, value: &'static str, help: &'static str| {
            Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(help)
        };
        command
            .arg(
                many(
                    "secret-env",
                    "NAME",
                    "The environment variable that holds the secret; every secret flag can be \
                     repeated while secrets are rotated",
                )
                .value_parser(value_parser!(OsString)),
            )
            .arg(
                many(
                    "secret-file",
                    "FILE",
                    "The file that holds the secret, byte for byte, or the key, as PEM",
                )
                .value_parser(value_parser!(PathBuf)),
            )
            .arg(
                many(
                    "secret",
                    "SECRET",
                    "The secret itself, which other users of this machine may see in its list of \
                     processes",
                )
                .value_parser(value_parser!(OsString))
                // A token may well begin with a hyphen.
                .allow_hyphen_values(true),
            )
            .arg(
                Arg::new("allow-weak-secret")
                    .long("allow-weak-secret")
                    .action(ArgAction::SetTrue)
                    .help("Take a secret shorter than 16 bytes"),
            )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Secrets {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given = Vec::new();
        given.extend(numbered(matches, "secret", |it: &OsString| Given::Value(it.clone())));
        given.extend(numbered(matches, "secret-env", |it: &OsString| Given::Variable(it.clone())));
        given.extend(numbered(matches, "secret-file", |it: &PathBuf| Given::File(it.clone())));
        given.sort_by_key(|(at, _)| *at);
        Ok(Secrets {
            given: given.into_iter().map(|(_, it)| it).collect(),
            allow_weak: matches.get_flag("allow-weak-secret"),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The values of one flag, with their places on the command line.
fn numbered<T: Clone + Send + Sync + 'static>(
    matches: &ArgMatches,
    flag: &str,
    read: impl Fn(&T) -> Given,
) -> Vec<(usize, Given)> {
    let places = matches.indices_of(flag).into_iter().flatten();
    let values = matches.get_many::<T>(flag).into_iter().flatten();
    places.zip(values.map(read)).collect()
}
