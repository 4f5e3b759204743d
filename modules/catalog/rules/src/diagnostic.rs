//! Diagnostics: what is wrong with a catalogue, where, why it matters and how to mend it.

mod places;
mod render;
mod report;

use serde::Serialize;

pub use places::Span;
pub use render::{Style, render};
pub(crate) use report::placed;
pub use report::{Finding, Report, Waiting};

/// Whether the catalogue can be used in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published until it is mended.
    Error,
    /// The catalogue works; somebody should look.
    Warning,
}

/// One file of a catalogue folder, as handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the folder, with `/`, such as `items/salon.yaml`.
    pub path: String,
    pub text: String,
}

impl SourceFile {
    /// A file of that path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// A place in a file. Lines and columns count from one, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
    /// First byte of the file's text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// Another place that has to do with it, such as where an id was first used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Also {
    #[serde(flatten)]
    pub place: Place,
    pub what: String,
}

/// One link of a circle: who waits there, and for what. The next link is about who is waited for; after the last, the
/// first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    #[serde(flatten)]
    pub place: Place,
    /// Authority and matter.
    pub who: String,
    pub needs: String,
}

/// That somebody looked at a warning and lets it stand (放行).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Acceptance {
    pub reason: String,
    /// The day it was accepted.
    pub date: chrono::NaiveDate,
    /// Who accepted it, as the file says.
    pub by: Option<String>,
}

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable, such as `E0101`; see [`crate::codes`].
    pub code: &'static str,
    pub severity: Severity,
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong here.
    pub what: String,
    /// Why it matters, with the law or standard behind it.
    pub why: String,
    /// How to mend it.
    pub mend: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Also>,
    /// The circle it is about, if it is about one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub circle: Vec<Link>,
    /// Set when the district's own list lets it stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Acceptance>,
}

/// Whether any of them keeps the catalogue from being published.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
