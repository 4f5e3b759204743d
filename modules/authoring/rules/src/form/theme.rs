//! The form of a theme (一件事主题表单): what it is called, what is asked, what is done, and what it is not for.

use super::schema::{Kind, Section, Vocabulary, may, must};

/// The whole form, in the order of its pages.
pub(crate) const THEME: &[Section] = &[
    Section {
        code: "theme",
        rows: None,
        named_by: &[],
        keyed_by: &[],
        columns: &[
            must("name", Kind::Line),
            may("official", Kind::Line),
            must("summary", Kind::Long),
            must("audience", Kind::Words(Vocabulary::Audience)),
            must("lead", Kind::Authority),
            may("say", Kind::Lines),
            may("handover", Kind::Words(Vocabulary::Handover)),
            may("trips", Kind::Count),
        ],
    },
    Section {
        code: "questions",
        rows: Some("questions"),
        named_by: &["text"],
        keyed_by: &["id"],
        columns: &[
            must("id", Kind::Line),
            must("text", Kind::Line),
            must("kind", Kind::Word(Vocabulary::QuestionKind)),
            may("bind", Kind::Element),
            may("options", Kind::Options),
            may("when", Kind::Condition),
            may("default", Kind::Answer),
            may("unit", Kind::Line),
            may("min", Kind::Decimal),
            may("max", Kind::Decimal),
            may("help", Kind::Line),
            may("derive", Kind::YesNo),
        ],
    },
    Section {
        code: "theme-items",
        rows: Some("items"),
        named_by: &["item"],
        keyed_by: &["item"],
        columns: &[
            must("item", Kind::Item),
            may("when", Kind::Condition),
            may("because", Kind::Long),
            may("otherwise", Kind::Long),
        ],
    },
    Section {
        code: "out-of-scope",
        rows: Some("out_of_scope"),
        named_by: &["reason"],
        keyed_by: &["reason"],
        columns: &[must("reason", Kind::Long), must("when", Kind::Condition), may("go", Kind::Long)],
    },
    Section {
        code: "notes",
        rows: Some("notes"),
        named_by: &["text"],
        keyed_by: &["text"],
        columns: &[must("text", Kind::Long), may("when", Kind::Condition)],
    },
    Section {
        code: "baseline",
        rows: None,
        named_by: &[],
        keyed_by: &[],
        columns: &[
            may("baseline.items", Kind::Count),
            may("baseline.materials", Kind::Count),
            may("baseline.fields", Kind::Count),
            may("baseline.trips", Kind::Count),
            may("baseline.days", Kind::Count),
            may("baseline.submissions", Kind::Count),
        ],
    },
];
