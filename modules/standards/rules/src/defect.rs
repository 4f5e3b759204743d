//! What can be wrong with a row that was brought in. Each by its code, with facts; the words stand in the text files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::column::Column;

kernel::coded! {
    /// What is wrong (数据问题).
    DefectKind in "defect" {
        /// No name: there is nothing to put on a list.
        NoName = "no-name",
        /// Nobody who does it.
        NoUnit = "no-unit",
        /// Neither the cell nor the file says on which list.
        UnknownList = "unknown-list",
        /// A type no standard knows.
        UnknownMatter = "unknown-matter",
        /// A level no standard knows.
        UnknownLevel = "unknown-level",
        /// The credit code has not 18 characters.
        UnitCodeLength = "unit-code-length",
        /// It has 18 and is none.
        UnitCodeWrong = "unit-code-wrong",
        /// No credit code.
        NoUnitCode = "no-unit-code",
        /// No official code.
        NoCode = "no-code",
        /// A code of an earlier generation, or of the office's own.
        LegacyCode = "legacy-code",
        /// The credit code inside the official code has not 18 characters, or is none.
        CodeUnitWrong = "code-unit-wrong",
        /// The credit code inside the official code is not the one beside it.
        CodeUnitDiffers = "code-unit-differs",
        /// The region inside the official code is not the one beside it.
        CodeRegionDiffers = "code-region-differs",
        /// The region is none.
        RegionWrong = "region-wrong",
        /// The unit is no authority of the catalogue.
        UnitUnknown = "unit-unknown",
        /// One unit under several codes.
        UnitManyCodes = "unit-many-codes",
        /// The same row twice.
        Twice = "twice",
        /// The same name twice in one unit, under different codes.
        NameTwice = "name-twice",
        /// Blanks, full-width figures or brackets of two kinds within the name.
        NameUntidy = "name-untidy",
        /// A main item that says there is none (未分类).
        NoMainItem = "no-main-item",
        /// No legal basis, where the file has a column for it.
        NoBasis = "no-basis",
        /// A cell that holds several things and does not follow the form.
        CellForm = "cell-form",
    }
    /// How heavy it is.
    Weight in "weight" {
        /// The row cannot be published.
        Error = "error",
        /// The row can be published; somebody should mend it.
        Warning = "warning",
        /// Worth knowing.
        Note = "note",
    }
}

impl DefectKind {
    /// How heavy a defect of this kind is.
    pub fn weight(self) -> Weight {
        match self {
            Self::NoName | Self::NoUnit | Self::UnknownList | Self::Twice | Self::CellForm => Weight::Error,
            Self::NoMainItem | Self::UnitUnknown => Weight::Note,
            _ => Weight::Warning,
        }
    }
}

/// One defect of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    pub kind: DefectKind,
    /// Where it stands.
    pub column: Column,
    /// What the sentence fills in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

impl Defect {
    /// A defect in a column.
    pub fn new(kind: DefectKind, column: Column) -> Self {
        Self { kind, column, facts: BTreeMap::new() }
    }

    /// Adds one fact.
    pub fn fact(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// How heavy it is.
    pub fn weight(&self) -> Weight {
        self.kind.weight()
    }
}
