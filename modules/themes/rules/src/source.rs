//! A theme file as it is written: typed, not yet resolved.

use catalog::diagnostic::Report;
use catalog::model::Audience;
use catalog::reader::{Fields, Node, Read};

use crate::question::QuestionKind;
use crate::theme::{Baseline, Handover};

/// `themes/<id>/theme.yaml`.
pub(crate) struct ThemeSource {
    pub id: String,
    pub name: String,
    pub official: Option<String>,
    pub summary: String,
    pub audience: Vec<Audience>,
    pub say: Vec<String>,
    pub hue: Option<String>,
    pub lead: String,
    pub baseline: Option<Baseline>,
    pub trips: u32,
    pub handover: Vec<Handover>,
    pub questions: Vec<QuestionSource>,
    pub items: Vec<ItemSource>,
    pub out_of_scope: Vec<ExitSource>,
    pub notes: Vec<NoteSource>,
}

/// One entry of `questions`.
pub(crate) struct QuestionSource {
    pub id: String,
    pub bind: Option<String>,
    pub text: String,
    pub kind: QuestionKind,
    pub options: Option<Vec<OptionSource>>,
    pub when: Option<String>,
    pub default: Option<Raw>,
    pub unit: Option<String>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub help: Option<String>,
    pub derive: bool,
}

/// One entry of a question's `options`.
pub(crate) struct OptionSource {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

/// One entry of `items`.
pub(crate) struct ItemSource {
    pub item: String,
    pub when: Option<String>,
    pub because: Option<String>,
    pub otherwise: Option<String>,
}

/// One entry of `out_of_scope`.
pub(crate) struct ExitSource {
    pub when: String,
    pub reason: String,
    pub go: Option<String>,
}

/// One entry of `notes`.
pub(crate) struct NoteSource {
    pub when: Option<String>,
    pub text: String,
}

/// A value whose type depends on something else in the file; kept as written.
pub(crate) struct Raw(pub Node);

impl Read for Raw {
    fn read(node: &Node, _: &mut Report<'_>) -> Self {
        Self(node.clone())
    }

    fn stand_in() -> Self {
        Self(Node { span: Default::default(), yaml: catalog::reader::Yaml::Null })
    }
}

impl Raw {
    /// The scalars it consists of: one, or those of a list.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self.0.text() {
            Some(text) => vec![text],
            None => self.0.entries().iter().filter_map(Node::text).collect(),
        }
    }
}

/// Declares how a record is read: keys that must be there, and keys that may be left out and are then nothing.
macro_rules! record {
    ($name:ident { need: $($need:ident),*; may: $($may:ident),*; }) => {
        impl Read for $name {
            fn read(node: &Node, report: &mut Report<'_>) -> Self {
                let fields = Fields::of(node, &[$(stringify!($need),)* $(stringify!($may),)*], report);
                Self {
                    $($need: fields.need(stringify!($need), report),)*
                    $($may: fields.may(stringify!($may), report).unwrap_or_default(),)*
                }
            }

            fn stand_in() -> Self {
                Self { $($need: Read::stand_in(),)* $($may: Default::default(),)* }
            }
        }
    };
}

record! { ThemeSource {
    need: id, name, summary, lead, trips, questions, items;
    may: official, audience, say, hue, baseline, handover, out_of_scope, notes;
} }

record! { QuestionSource {
    need: id, text, kind;
    may: bind, options, when, default, unit, min, max, help, derive;
} }

record! { OptionSource { need: value, label; may: hint; } }

record! { ItemSource { need: item; may: when, because, otherwise; } }

record! { ExitSource { need: when, reason; may: go; } }

record! { NoteSource { need: text; may: when; } }

record! { Baseline { need: items, materials, fields, trips, days, submissions; may: ; } }
