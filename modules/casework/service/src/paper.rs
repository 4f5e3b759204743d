//! Papers (申请材料): one set for the whole application, each used by one or several of its cases.

use catalog::model::HolderRole;
use kernel::id::BlobId;
use serde::{Deserialize, Serialize};

kernel::typed_id! {
    /// One paper of an application.
    pub PaperId;
}

catalog::words! {
    /// Whether a paper is handed in.
    PaperStatus {
        HandIn = "hand-in" "已提交",
        Exempt = "exempt" "免提交",
        Deferred = "deferred" "容后补交",
    }
}

impl PaperStatus {
    /// The status of that word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.word() == word)
    }
}

/// The reason of a paper that may follow because the item tolerates it (容缺后补).
pub(crate) const TOLERATED: &str = "tolerance";
/// The reason of a paper that follows because its holder committed to it (告知承诺).
pub(crate) const COMMITTED: &str = "commitment";

/// Why a paper need not be handed in, or may follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperReason {
    /// Stable: `licence`, `check`, `commitment`, `product`, `tolerance`.
    pub code: String,
    /// As the applicant read it.
    pub text: String,
}

/// The file of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFile {
    pub blob: BlobId,
    /// As the applicant named it.
    pub name: String,
    /// Media type, by content: `application/pdf`.
    pub kind: String,
    /// Length in bytes.
    pub size: u64,
}

/// A paper as the application is opened with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaper {
    /// The canonical material, by its id.
    pub material: String,
    pub name: String,
    pub holder: HolderRole,
    /// The object the paper is about, where one holder has several.
    pub scope: Option<String>,
    pub status: PaperStatus,
    pub reason: Option<PaperReason>,
    /// None: on paper, at the window; or not handed in at all.
    pub file: Option<PaperFile>,
    /// Which items use it, and by which row of their list: `(item id, row id)`.
    pub asked_by: Vec<(String, String)>,
}
