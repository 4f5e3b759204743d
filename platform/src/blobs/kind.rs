//! What a file is, by its content, and whether its name tells the truth.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::fault::FieldFault;

/// Bytes at the beginning that are looked at.
pub(super) const FIRST_BYTES: usize = 1024;
/// Bytes at the end that are looked at; a PDF's end mark lies within the last 1,024.
pub(super) const LAST_BYTES: usize = 1024;

/// The kinds of file that may be handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// Portable Document Format.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A scan or a screenshot.
    Png,
}

impl FileKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// The media type to serve it with.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Its name in the database and in facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
        }
    }

    /// Whether the last bytes are those of a whole file.
    fn ends_well(self, last: &[u8]) -> bool {
        let has = |mark: &[u8]| last.windows(mark.len()).any(|window| window == mark);
        match self {
            Self::Pdf => has(b"%%EOF"),
            Self::Jpeg => has(&[0xff, 0xd9]),
            Self::Png => has(b"IEND"),
        }
    }
}

impl std::str::FromStr for FileKind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

/// The text names no kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of file")]
pub struct UnknownKind;

/// Why a file is not accepted.
pub(super) struct Wrong {
    code: &'static str,
    facts: Vec<(&'static str, Cow<'static, str>)>,
}

impl Wrong {
    fn new(code: &'static str) -> Self {
        Self { code, facts: Vec::new() }
    }

    pub(super) fn at(self, field: &str) -> FieldFault {
        self.facts.into_iter().fold(FieldFault::new(field, self.code), |fault, (name, value)| fault.fact(name, value))
    }
}

/// The kind of a file with these first and last bytes, if it may be handed in under this name.
pub(super) fn judge(first: &[u8], last: &[u8], name: Option<&str>) -> Result<FileKind, Wrong> {
    if first.is_empty() {
        return Err(Wrong::new("file-empty"));
    }
    let found = infer::get(first).map(|found| found.mime_type());
    let kind = FileKind::ALL.into_iter().find(|kind| Some(kind.media_type()) == found);
    let kind = kind.ok_or_else(|| Wrong::new("file-kind"))?;
    let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase());
    if let Some(says) = ending.filter(|ending| !kind.endings().contains(&ending.as_str())) {
        let facts = vec![("is", kind.as_str().into()), ("says", says.into())];
        return Err(Wrong { code: "file-kind-differs", facts });
    }
    if !kind.ends_well(last) {
        return Err(Wrong::new("file-broken"));
    }
    Ok(kind)
}
