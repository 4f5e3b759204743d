//! The form as a table: its sections, their columns, and the words a column may hold.

use catalog::model::{
    ApplyVia, Audience, Collect, CopyRule, Handling, HolderRole, ItemKind, ItemStatus, Medium, Need, ResultKind,
    RiskLevel, Scope, TOPICS,
};

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
    /// An amount in 元, kept in 分.
    Money,
    YesNo,
    Word(Vocabulary),
    /// Several words.
    Words(Vocabulary),
    /// Code of an element, id of a material or a licence, name of a law: of what the catalogue has.
    Element,
    Material,
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
    /// The key whose rows it shows; none where its columns are keys of the item itself.
    pub rows: Option<&'static str>,
    pub columns: &'static [Column],
    /// The columns that name a row for people.
    pub named_by: &'static [&'static str],
    /// The columns that make a row the one it is, whatever else changes.
    pub keyed_by: &'static [&'static str],
}

const fn must(path: &'static str, kind: Kind) -> Column {
    Column { path, kind, required: true }
}

const fn may(path: &'static str, kind: Kind) -> Column {
    Column { path, kind, required: false }
}

/// The whole form, in the order of its pages.
pub const SECTIONS: &[Section] = &[
    Section {
        code: "names",
        rows: None,
        named_by: &[],
        keyed_by: &[],
        columns: &[
            must("name", Kind::Line),
            may("plain", Kind::Line),
            must("kind", Kind::Word(Vocabulary::Kind)),
            must("audience", Kind::Words(Vocabulary::Audience)),
            must("topic", Kind::Word(Vocabulary::Topic)),
            must("status", Kind::Word(Vocabulary::Status)),
            must("effective", Kind::Day),
            may("flow", Kind::Long),
            may("contact.consult", Kind::Line),
            may("contact.complain", Kind::Line),
        ],
    },
    Section {
        code: "basis",
        rows: Some("basis"),
        named_by: &["law", "article"],
        keyed_by: &["law", "article"],
        columns: &[must("law", Kind::Law), must("article", Kind::Line), must("text", Kind::Long)],
    },
    Section {
        code: "conditions",
        rows: Some("conditions"),
        named_by: &["text"],
        keyed_by: &["id"],
        columns: &[
            must("id", Kind::Line),
            must("text", Kind::Long),
            may("when", Kind::Condition),
            may("basis.law", Kind::Law),
            may("basis.article", Kind::Line),
        ],
    },
    Section {
        code: "limits",
        rows: None,
        named_by: &[],
        keyed_by: &[],
        columns: &[
            must("handling", Kind::Word(Vocabulary::Handling)),
            may("statutory.value", Kind::Count),
            must("statutory.unit", Kind::Word(Vocabulary::Unit)),
            may("statutory.start", Kind::Word(Vocabulary::Start)),
            may("promise.value", Kind::Count),
            must("promise.unit", Kind::Word(Vocabulary::Unit)),
            may("promise.start", Kind::Word(Vocabulary::Start)),
            may("visits.count", Kind::Count),
            may("visits.reason", Kind::Line),
            may("apply_via", Kind::Words(Vocabulary::ApplyVia)),
            may("scope", Kind::Word(Vocabulary::Scope)),
            may("tolerance.allowed", Kind::YesNo),
            may("tolerance.days", Kind::Count),
        ],
    },
    Section {
        code: "materials",
        rows: Some("materials"),
        named_by: &["id", "name", "material"],
        keyed_by: &["id"],
        columns: &[
            must("id", Kind::Line),
            must("material", Kind::Material),
            may("name", Kind::Line),
            must("holder", Kind::Word(Vocabulary::Holder)),
            must("need", Kind::Word(Vocabulary::Need)),
            may("copy", Kind::Word(Vocabulary::Copy)),
            may("media", Kind::Word(Vocabulary::Medium)),
            may("copies", Kind::Count),
            may("when", Kind::Condition),
            may("waive", Kind::Waivers),
            may("basis.law", Kind::Law),
            may("basis.article", Kind::Line),
            may("standard", Kind::Long),
        ],
    },
    Section {
        code: "fields",
        rows: Some("fields"),
        named_by: &["label", "element"],
        keyed_by: &["element"],
        columns: &[
            must("element", Kind::Element),
            may("required", Kind::YesNo),
            may("when", Kind::Condition),
            may("label", Kind::Line),
        ],
    },
    Section {
        code: "steps",
        rows: Some("steps"),
        named_by: &["name"],
        keyed_by: &["id"],
        columns: &[
            must("id", Kind::Line),
            must("name", Kind::Line),
            must("role", Kind::Word(Vocabulary::Role)),
            may("limit.value", Kind::Count),
            may("limit.unit", Kind::Word(Vocabulary::Unit)),
        ],
    },
    Section {
        code: "fees",
        rows: Some("fees"),
        named_by: &["name"],
        keyed_by: &["name"],
        columns: &[
            must("name", Kind::Line),
            may("amount_fen", Kind::Money),
            may("standard", Kind::Long),
            may("unit", Kind::Line),
            may("when", Kind::Condition),
            may("reducible", Kind::YesNo),
            may("collect", Kind::Word(Vocabulary::Collect)),
            may("basis.law", Kind::Law),
            may("basis.article", Kind::Line),
        ],
    },
    Section {
        code: "result",
        rows: None,
        named_by: &[],
        keyed_by: &[],
        columns: &[
            must("result.kind", Kind::Word(Vocabulary::Result)),
            may("result.name", Kind::Line),
            may("result.valid.value", Kind::Count),
            may("result.valid.unit", Kind::Word(Vocabulary::Unit)),
            may("provides", Kind::Licence),
        ],
    },
    Section {
        code: "faqs",
        rows: Some("faqs"),
        named_by: &["q"],
        keyed_by: &["q"],
        columns: &[must("q", Kind::Line), must("a", Kind::Long)],
    },
    Section {
        code: "risks",
        rows: Some("risks"),
        named_by: &["point"],
        keyed_by: &["point"],
        columns: &[must("point", Kind::Line), must("level", Kind::Word(Vocabulary::Risk)), must("measure", Kind::Long)],
    },
];

impl Section {
    /// The section of that code.
    pub fn of(code: &str) -> Option<&'static Section> {
        SECTIONS.iter().find(|section| section.code == code)
    }

    /// The key of a column's words.
    pub fn label_key(&self, column: &Column) -> String {
        format!("form-{}.{}", self.code, column.path.replace('.', "-"))
    }

    /// The column that stands there.
    pub fn column(&self, path: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.path == path)
    }
}
