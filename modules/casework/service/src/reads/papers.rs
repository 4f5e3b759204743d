//! Papers beside what each authority asks of them.

use std::collections::BTreeSet;

use catalog::model::HolderRole;
use kernel::id::BlobId;
use platform::Fault;
use serde::Serialize;
use ui::say;

use super::trust::TrustView;
use crate::acts::Handled;
use crate::paper::{PaperFile, PaperId, PaperStatus};
use crate::store::{paper, paper_use};
use crate::wording::Wording;

/// One paper of the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperView {
    pub id: PaperId,
    /// The canonical material, by its id.
    pub material: String,
    pub name: String,
    /// 经营者; whose paper it is.
    pub holder: String,
    pub status: PaperStatus,
    pub status_word: String,
    /// Why it need not be handed in, or may follow; empty where it is handed in.
    pub reason: String,
    /// None: on paper, or not handed in.
    pub file: Option<FileView>,
    /// What each item asks of it (受理标准).
    pub standards: Vec<StandardView>,
    /// Items that use it, by name.
    pub asked_by: Vec<String>,
    /// An open notice asks to mend it.
    pub to_correct: bool,
    /// How far it can be relied on (可信等级); none of what is not there yet.
    pub trust: Option<TrustView>,
}

/// An uploaded file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileView {
    pub blob: BlobId,
    pub name: String,
    /// Media type.
    pub kind: String,
    pub size_words: String,
    pub uploaded_words: String,
}

/// What one item asks of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandardView {
    /// The item's name.
    pub item: String,
    /// What this authority calls the paper.
    pub name: String,
    /// 受理标准; empty where none is written.
    pub text: String,
    /// 必要, 容缺后补, 非必要
    pub need: String,
    /// 原件, 复印件 with the number of copies
    pub copy: String,
}

/// The papers these cases use. Papers no case uses any more are shown only with all of them (`everything`).
pub(super) fn papers(
    rows: &[paper::Model],
    uses: &[paper_use::Model],
    members: &[&Handled<'_>],
    everything: bool,
    wording: &Wording,
) -> Result<Vec<PaperView>, Fault> {
    let to_correct = to_correct(members);
    let mut views = Vec::new();
    for row in rows {
        let users = |member: &&&Handled<'_>| {
            let used = |one: &&paper_use::Model| one.paper == row.id && one.case_id == member.row.id;
            uses.iter().any(|one| used(&one))
        };
        let users: Vec<&&Handled<'_>> = members.iter().filter(users).collect();
        if users.is_empty() && !everything {
            continue;
        }
        views.push(PaperView {
            id: PaperId::from_uuid(row.id),
            material: row.material.clone(),
            name: row.name.clone(),
            holder: holder(&row.holder),
            status: row.status()?,
            status_word: row.status()?.label().to_owned(),
            reason: row.reason_text.clone().unwrap_or_default(),
            file: file(row, wording)?,
            standards: users.iter().flat_map(|member| standards(member, row, uses, wording)).collect(),
            asked_by: users.iter().map(|member| member.row.item_name.clone()).collect(),
            to_correct: to_correct.contains(&row.id),
            trust: None,
        });
    }
    Ok(views)
}

/// The papers that open notices ask for.
fn to_correct(members: &[&Handled<'_>]) -> BTreeSet<uuid::Uuid> {
    let noticed = members.iter().filter(|member| member.case.status() == casework::Status::CorrectionNoticed);
    let items = noticed.filter_map(|member| member.case.correction.as_ref()).flat_map(|notice| &notice.items);
    let paper = |id: &str| match crate::acts::CorrectionTarget::parse(id) {
        Some(crate::acts::CorrectionTarget::Paper(paper)) => Some(paper.uuid()),
        _ => None,
    };
    items.filter_map(|item| paper(&item.id)).collect()
}

fn holder(word: &str) -> String {
    let role = HolderRole::ALL.iter().find(|role| role.word() == word);
    role.map_or(word, |role| role.label()).to_owned()
}

fn standards(
    member: &Handled<'_>,
    row: &paper::Model,
    uses: &[paper_use::Model],
    wording: &Wording,
) -> Vec<StandardView> {
    let used = uses.iter().filter(|one| one.paper == row.id && one.case_id == member.row.id);
    let asked = used.filter_map(|one| member.item.materials.iter().find(|asked| asked.id == *one.row_id));
    asked
        .map(|asked| {
            let canonical = wording.shelf.catalog().materials.get(&asked.material).map(|material| &material.name);
            let copies = if asked.copies > 1 { format!("{}份", asked.copies) } else { String::new() };
            StandardView {
                item: member.row.item_name.clone(),
                name: asked.name.as_ref().or(canonical).unwrap_or(&row.name).clone(),
                text: asked.standard.clone().unwrap_or_default(),
                need: asked.need.label().to_owned(),
                copy: format!("{}{copies}", asked.copy.label()),
            }
        })
        .collect()
}

fn file(row: &paper::Model, wording: &Wording) -> Result<Option<FileView>, Fault> {
    let Some(file) = row.file()? else { return Ok(None) };
    Ok(Some(FileView {
        size_words: say::bytes(file.size),
        uploaded_words: row.uploaded_at.map_or_else(String::new, |at| say::moment(at, wording.today)),
        blob: file.blob,
        name: file.name,
        kind: file.kind,
    }))
}

impl paper::Model {
    /// Whether it is handed in.
    pub(crate) fn status(&self) -> Result<PaperStatus, Fault> {
        PaperStatus::parse(&self.status).ok_or_else(|| unreadable(self, "status"))
    }

    /// Its file, if there is one.
    pub(crate) fn file(&self) -> Result<Option<PaperFile>, Fault> {
        let Some(blob) = &self.blob else { return Ok(None) };
        let size = self.size.and_then(|size| u64::try_from(size).ok()).ok_or_else(|| unreadable(self, "size"))?;
        Ok(Some(PaperFile {
            blob: BlobId::parse(blob).map_err(|_| unreadable(self, "blob"))?,
            name: self.file_name.clone().unwrap_or_default(),
            kind: self.media_kind.clone().unwrap_or_default(),
            size,
        }))
    }
}

fn unreadable(row: &paper::Model, column: &str) -> Fault {
    Fault::internal(format_args!("casework_paper.{column} of {} cannot be read", row.id))
}
