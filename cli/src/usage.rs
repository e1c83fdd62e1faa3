//! Reads the command line. What is wrong with it is said without quoting it: a word that is out of
//! place may be a part of a secret, as when quotes were forgotten.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use crate::args::Cli;
use crate::output::{Exit, Failure, Output, print, warn};

/// The command line, or the status to end with.
pub(crate) fn parse() -> Result<Cli, Exit> {
    Cli::try_parse().map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print(&error.render().to_string()).map_or(Exit::Usage, |()| Exit::Good)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            warn(&format!("give a command\n\n{}", Cli::command().render_help()));
            Exit::Usage
        }
        _ => {
            let json = std::env::args_os().any(|it| it == "--json");
            let message = format!("{}; --help shows what can be given", sentence(&error));
            Output::new(json).fail(&Failure::usage(message))
        }
    })
}

fn sentence(error: &clap::Error) -> String {
    let flag = flags(error, ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => match suggestion(error, ContextKind::SuggestedArg) {
            Some(known) => format!("an argument is not known; perhaps {known} was meant"),
            None => "an argument is not known; it is not shown, since it may be part of a secret \
                     that lacks its quotes"
                .to_owned(),
        },
        ErrorKind::InvalidSubcommand => match suggestion(error, ContextKind::SuggestedSubcommand) {
            Some(known) => format!("the command is not known; perhaps {known} was meant"),
            None => "the command is not known".to_owned(),
        },
        ErrorKind::InvalidValue => format!("{flag} lacks its value"),
        ErrorKind::ValueValidation => format!("the value of {flag} is not one that it takes"),
        ErrorKind::MissingRequiredArgument => format!("{flag} must be given"),
        ErrorKind::ArgumentConflict => {
            let other = flags(error, ContextKind::PriorArg);
            if other == flag || other.is_empty() {
                format!("{flag} is there twice")
            } else {
                format!("{flag} and {other} exclude each other")
            }
        }
        ErrorKind::InvalidUtf8 => "a value that must be text is not UTF-8".to_owned(),
        kind => kind.as_str().unwrap_or("the command line cannot be read").to_owned(),
    }
}

/// The names of the flags that an error is about, as they are declared.
fn flags(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(name)) => name.clone(),
        Some(ContextValue::Strings(names)) => names.join(", "),
        _ => String::new(),
    }
}

fn suggestion(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let known = flags(error, kind);
    (!known.is_empty()).then_some(known)
}
