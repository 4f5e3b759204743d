//! The formats of `text/forms.toml`: per kind of document its words and layout, per kind of power its own expressions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::notice::Power;

const TEXT: &str = include_str!("../text/forms.toml");

/// Everything in the file.
#[derive(Debug, Deserialize)]
pub(crate) struct Formats {
    power: BTreeMap<String, PowerWords>,
    form: BTreeMap<String, Format>,
}

/// How a kind of power speaks: 准予行政许可, 准予备案, 予以确认.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct PowerWords {
    name: String,
    grant: String,
    refuse: String,
    granted: String,
    refused: String,
    under: String,
    and: String,
    not_needed: String,
    /// Whether a refusal may not go out without the names of the bodies (行政许可法 38.2).
    owes_remedy: bool,
}

/// One kind of document.
#[derive(Debug, Deserialize)]
pub(crate) struct Format {
    /// What stands between the authority's mark and the year.
    pub mark: String,
    pub title: String,
    pub head: HeadWord,
    /// `grant` for the authority's own seal, or the name of a special one (专用章); none: unsealed.
    pub seal: Option<String>,
    /// The salutation.
    pub to: Option<String>,
    /// Between offices, not for the applicant.
    #[serde(default)]
    pub inner: bool,
    #[serde(default)]
    pub facts: Vec<(String, String)>,
    #[serde(default)]
    pub columns: Vec<ColumnWords>,
    /// The list the table shows, by its name in the form.
    pub rows: Option<String>,
    #[serde(default)]
    pub cells: Vec<String>,
    #[serde(default)]
    pub sign: Vec<(String, String)>,
    pub body: Vec<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum HeadWord {
    Red,
    Plain,
    None,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ColumnWords {
    pub head: String,
    pub width: u32,
    #[serde(default)]
    pub centre: bool,
    #[serde(default)]
    pub right: bool,
}

static FORMATS: LazyLock<Formats> =
    LazyLock::new(|| toml::from_str(TEXT).unwrap_or_else(|fault| panic!("documents/text/forms.toml: {fault}")));

/// The codes of all forms.
pub const FORMS: [&str; 22] = [
    "receipt",
    "acceptance",
    "correction",
    "not-needed",
    "non-acceptance",
    "special-procedure",
    "fee",
    "grant",
    "refusal",
    "delivery-receipt",
    "window-transfer",
    "result-transfer",
    "mail-address",
    "extension",
    "hearing",
    "hearing-session",
    "tolerant-promise",
    "commitment",
    "withdrawal",
    "termination",
    "revocation",
    "cancellation",
];

/// The format of a form.
pub(crate) fn format_of(form: &str) -> Option<&'static Format> {
    FORMATS.form.get(form)
}

/// All words of all forms that are filled in, each a template.
pub(crate) fn all_words() -> impl Iterator<Item = &'static str> {
    FORMATS.form.values().flat_map(|format| {
        let single = std::iter::once(&format.title).chain(&format.to).chain(&format.cells).chain(&format.body);
        single.chain(format.facts.iter().chain(&format.sign).map(|(_, value)| value)).map(String::as_str)
    })
}

/// The expressions of a kind of power.
pub(crate) fn power_words(power: Power) -> &'static PowerWords {
    &FORMATS.power[power.word()]
}

/// What stands in the number of such a document between the authority's mark and the year: 受, 补.
pub fn mark_of(form: &str) -> Option<&'static str> {
    format_of(form).map(|format| format.mark.as_str())
}

/// What such a document is called where the item is of this kind: 准予行政许可决定书.
pub fn title_of(form: &str, power: Power) -> Option<&'static str> {
    let words = power_words(power);
    match form {
        "grant" => Some(&words.grant),
        "refusal" => Some(&words.refuse),
        _ => format_of(form).map(|format| format.title.as_str()),
    }
}

/// Whether such a document is for the applicant, not only between offices.
pub fn is_for_applicant(form: &str) -> bool {
    format_of(form).is_some_and(|format| !format.inner)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_form_has_a_format_and_every_format_a_form() {
        let written: BTreeSet<&str> = FORMATS.form.keys().map(String::as_str).collect();
        assert_eq!(written, BTreeSet::from(FORMS));
        let marks: BTreeSet<&str> = FORMS.iter().filter_map(|form| mark_of(form)).collect();
        assert_eq!(marks.len(), FORMS.len(), "two kinds numbered alike would give one number twice");
        assert!(Power::ALL.iter().all(|power| title_of("grant", *power).is_some()));
    }

    #[test]
    fn a_table_has_a_head_for_every_cell() {
        for (code, format) in &FORMATS.form {
            assert_eq!(format.columns.len(), format.cells.len(), "{code}");
            assert_eq!(format.columns.is_empty(), format.rows.is_none(), "{code}");
            let placed = |mark: &str| format.body.iter().any(|one| one == mark);
            assert_eq!(!format.columns.is_empty(), placed("@table"), "{code}");
            assert_eq!(!format.facts.is_empty(), placed("@facts"), "{code}");
            assert_eq!(!format.sign.is_empty(), placed("@sign"), "{code}");
        }
    }
}
