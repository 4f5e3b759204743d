//! What can be wrong with a condition.

use std::fmt;
use std::ops::Range;

use crate::codes::{self, Code};
use crate::diagnostic::{Report, Span};

/// The kinds of problems, each with a diagnostic code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Too long, or nested too deep.
    TooLarge,
    /// Not an expression.
    Syntax,
    /// Something CEL has and conditions do not.
    Unsupported,
    /// No element of that code.
    UnknownElement,
    /// Values that cannot be compared or joined.
    WrongType,
    /// A text that is no option of the choice it is compared with.
    NoSuchOption,
    /// The whole answers something else than yes or no.
    NotYesOrNo,
}

impl ProblemKind {
    /// The diagnostic code.
    pub fn code(self) -> &'static Code {
        match self {
            Self::TooLarge => &codes::CONDITION_TOO_LARGE,
            Self::Syntax => &codes::CONDITION_SYNTAX,
            Self::Unsupported => &codes::CONDITION_UNSUPPORTED,
            Self::UnknownElement => &codes::CONDITION_UNKNOWN_ELEMENT,
            Self::WrongType => &codes::CONDITION_WRONG_TYPE,
            Self::NoSuchOption => &codes::CONDITION_NO_SUCH_OPTION,
            Self::NotYesOrNo => &codes::CONDITION_NOT_YES_OR_NO,
        }
    }
}

/// One problem of a condition, with its place in the expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    /// Bytes of the expression.
    pub at: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// How to mend it, when that can be said.
    pub mend: Option<String>,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, at: Range<usize>, what: impl Into<String>) -> Self {
        Self { kind, at, what: what.into(), mend: None }
    }

    /// Adds it to a report, at its place inside the scalar that holds the expression.
    pub fn report(&self, source: &str, span: Span, report: &mut Report<'_>) {
        let finding = report.at(self.kind.code(), span, self.what.as_str());
        finding.part(source, self.at.clone());
        if let Some(mend) = &self.mend {
            finding.mend(mend.as_str());
        }
    }

    pub(super) fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = Some(mend.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.kind.code().id, self.what)
    }
}
