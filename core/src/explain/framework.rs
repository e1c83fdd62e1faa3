//! How each framework hands out the raw body.

use super::cause::{Cause, Group};

/// What receives the delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Framework {
    /// Express.
    Express,
}

impl Framework {
    /// Every framework.
    pub const ALL: &'static [Self] = &[Self::Express];

    /// The word for it, as flags and options take it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        "express"
    }

    /// How it hands out the raw body: one sentence.
    #[must_use]
    pub const fn raw_body(self) -> &'static str {
        "Express."
    }

    /// The framework of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|framework| framework.name() == name)
    }
}

/// A cause in the body is mended where the framework hands out the raw body.
pub(super) fn complete(cause: &mut Cause, framework: Option<Framework>) {
    if let (Group::Body, Some(framework)) = (cause.code.group(), framework) {
        cause.fix.push(' ');
        cause.fix.push_str(framework.raw_body());
    }
}
