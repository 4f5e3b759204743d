//! A sheet: a document laid out as blocks, before it becomes HTML or PDF. Serialised, it is what the press is given.

use serde::Serialize;

/// A laid-out document, A4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub head: Head,
    /// The authority in full, for heads and seals.
    pub authority: String,
    pub title: String,
    pub number: String,
    /// 主送: the person it is for.
    pub to: Option<String>,
    pub blocks: Vec<Block>,
    /// Authority and date at the lower right.
    pub signature: Option<Signature>,
    /// 经办人 and telephone, at the foot of the text.
    pub contact: Vec<(String, String)>,
    pub check: Check,
    /// Across the page of a document that is void: 作废.
    pub void: Option<String>,
}

/// What stands on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Head {
    /// 红头: the authority in red over a red line.
    Red,
    /// The authority in black.
    Plain,
    /// Written by the applicant.
    None,
}

/// One block of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    Paragraph {
        text: String,
    },
    /// In small type.
    Remark {
        text: String,
    },
    /// Labels and values, two columns.
    Facts {
        rows: Vec<(String, String)>,
    },
    Table {
        columns: Vec<Column>,
        rows: Vec<Vec<Cell>>,
    },
    /// Places to sign; a blank value is a place left free.
    Sign {
        rows: Vec<(String, String)>,
    },
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub head: String,
    /// In parts of the whole.
    pub width: u32,
    pub align: &'static str,
}

/// A cell: lines of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Cell(pub Vec<String>);

/// Who signs, when, and under which seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    pub authority: String,
    /// 2026年3月2日
    pub date: String,
    pub seal: Seal,
}

/// The seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "seal", rename_all = "kebab-case")]
pub enum Seal {
    /// The place is left free: not issued, or no longer valid.
    Place,
    /// Drawn in red, as SVG.
    Drawn { svg: String },
}

/// How a stranger checks it (查验).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// In groups of four.
    pub code: String,
    /// Where the QR code leads.
    pub url: String,
    /// The QR code as SVG.
    pub qr: String,
}
