//! What a form is made of: sections, their columns, and the words a column may hold.

use catalog::model::{
    ApplyVia, Audience, Collect, CopyRule, ElementKind, Handling, HolderRole, How, Issuer, ItemKind, ItemStatus,
    Medium, Need, ResultKind, RiskLevel, Scope, TOPICS, Trust,
};
use themes::{Handover, QuestionKind};

/// The words a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    Kind,
    Audience,
    Topic,
    Status,
    Handling,
    ApplyVia,
    Scope,
    Holder,
    Need,
    Copy,
    Medium,
    Result,
    Risk,
    Collect,
    Unit,
    Start,
    Role,
    ElementKind,
    Issuer,
    Trust,
    How,
    QuestionKind,
    Handover,
}

/// The units of a limit, when it starts, and who handles a step: words of the kernel and of access, whose labels stand in the
/// text files under `vocabulary`.
const UNITS: [&str; 6] = ["workday", "natural", "hour", "month", "year", "at-once"];
const STARTS: [&str; 3] = ["acceptance", "receipt", "decision"];
const ROLES: [&str; 3] = ["handler", "reviewer", "approver"];

impl Vocabulary {
    /// Its words with their official terms; `say` has those of keys below `vocabulary`.
    pub fn options(self, say: impl Fn(&str) -> String) -> Vec<(String, String)> {
        macro_rules! of {
            ($name:ident) => {
                $name::ALL.iter().map(|one| (one.word().to_owned(), one.label().to_owned())).collect()
            };
        }
        let said = |words: &[&str]| {
            words.iter().map(|word| ((*word).to_owned(), say(&format!("vocabulary.{word}")))).collect()
        };
        match self {
            Self::Kind => of!(ItemKind),
            Self::Audience => of!(Audience),
            Self::Status => of!(ItemStatus),
            Self::Handling => of!(Handling),
            Self::ApplyVia => of!(ApplyVia),
            Self::Scope => of!(Scope),
            Self::Holder => of!(HolderRole),
            Self::Need => of!(Need),
            Self::Copy => of!(CopyRule),
            Self::Medium => of!(Medium),
            Self::Result => of!(ResultKind),
            Self::Risk => of!(RiskLevel),
            Self::Collect => of!(Collect),
            Self::ElementKind => of!(ElementKind),
            Self::Issuer => of!(Issuer),
            Self::Trust => of!(Trust),
            Self::How => of!(How),
            Self::QuestionKind => of!(QuestionKind),
            Self::Handover => of!(Handover),
            Self::Topic => TOPICS.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect(),
            Self::Unit => said(&UNITS),
            Self::Start => said(&STARTS),
            Self::Role => said(&ROLES),
        }
    }
}

/// What a column takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of words.
    Line,
    /// Several lines.
    Long,
    Day,
    /// A whole number.
    Count,
    /// A number with decimals.
    Decimal,
    /// An amount in 元, kept in 分.
    Money,
    YesNo,
    Word(Vocabulary),
    /// Several words.
    Words(Vocabulary),
    /// Texts, one to a line.
    Lines,
    /// Options, one to a line: `individual = 个体工商户 | 手续最简单`.
    Options,
    /// The answer a question begins with; several with 、 between them.
    Answer,
    /// Code of an element, id of a material, an item, an authority or a licence, name of a law: of what the catalogue has.
    Element,
    Material,
    Item,
    Authority,
    Licence,
    Law,
    /// A condition over elements.
    Condition,
    /// The ways not to hand a paper in, one to a line: `licence`, `product register-individual`.
    Waivers,
}

/// One column of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Where its value stands in the row: `basis.law`.
    pub path: &'static str,
    pub kind: Kind,
    pub required: bool,
}

/// A part of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// The name in addresses and texts.
    pub code: &'static str,
    /// The key whose rows it shows; none where its columns are keys of the record itself.
    pub rows: Option<&'static str>,
    pub columns: &'static [Column],
    /// The columns that name a row for people.
    pub named_by: &'static [&'static str],
    /// The columns that make a row the one it is, whatever else changes.
    pub keyed_by: &'static [&'static str],
}

pub(super) const fn must(path: &'static str, kind: Kind) -> Column {
    Column { path, kind, required: true }
}

pub(super) const fn may(path: &'static str, kind: Kind) -> Column {
    Column { path, kind, required: false }
}

impl Section {
    /// The key of a column's words.
    pub fn label_key(&self, column: &Column) -> String {
        format!("form-{}.{}", self.code, column.path.replace('.', "-"))
    }

    /// The column that stands there.
    pub fn column(&self, path: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.path == path)
    }
}
