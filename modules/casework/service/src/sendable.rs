//! What an applicant may send to the hall by post (寄件到大厅): papers a correction notice asks for, papers that may follow,
//! and the originals of what was only photographed.

use std::collections::{BTreeMap, BTreeSet};

use casework::Status;
use catalog::model::{CopyRule, Hall, ItemMaterial, Medium};
use catalog_service::Shelf;
use chrono::NaiveDate;
use platform::Fault;
use platform::sealed::Sealing;
use records::TrustLevel;
use serde::Serialize;
use uuid::Uuid;

use crate::PaperId;
use crate::acts::{CorrectionTarget, Handled, Matter, owed};
use crate::paper::PaperStatus;
use crate::store::{self, paper, paper_use};

/// A paper that may be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sendable {
    /// `paper:…`
    pub line: String,
    pub name: String,
    pub why: SendWhy,
}

/// Why it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SendWhy {
    /// 补正
    Correction,
    /// 容缺后补, evidence of a commitment.
    Follow,
    /// 核对原件
    Original,
}

/// What of this application may be sent, in the order in which its papers stand; what the hall has already may not.
///
/// # Errors
/// Those of the database.
pub(crate) async fn sendable(on: &impl Sealing, matter: &Matter<'_>) -> Result<Vec<Sendable>, Fault> {
    let (noticed, follows) = wanted(&matter.members);
    let rows = store::paper_list(on, matter.head.id).await?;
    let uses = store::paper_use_list(on, matter.head.id).await?;
    let trust = store::trust_list(on, matter.head.id).await?;
    let here = courier_service::reads::arrived(on, matter.id()).await?;
    let uploaded: BTreeSet<Uuid> =
        trust.iter().filter(|row| row.level == TrustLevel::of_hand_in(false).code()).map(|row| row.paper).collect();
    let sendable = rows.iter().filter_map(|row| {
        let line = line_of(row);
        let why = if noticed.contains(&line) {
            SendWhy::Correction
        } else if follows.contains(&line) {
            SendWhy::Follow
        } else if uploaded.contains(&row.id) && is_wanted_in_original(row, &uses, matter) {
            SendWhy::Original
        } else {
            return None;
        };
        Some(Sendable { line, name: row.name.clone(), why })
    });
    Ok(sendable.filter(|one| !here.contains_key(&one.line)).collect())
}

fn line_of(row: &paper::Model) -> String {
    CorrectionTarget::Paper(PaperId::from_uuid(row.id)).to_string()
}

/// The papers that open notices ask for, and those that are still owed.
pub(crate) fn wanted(members: &[Handled<'_>]) -> (BTreeSet<String>, BTreeSet<String>) {
    let noticed = members.iter().flat_map(asked_of).collect();
    (noticed, members.iter().flat_map(|member| owed(&member.case)).collect())
}

/// The lines of a case's notice while nobody has answered it.
pub(crate) fn asked_of(member: &Handled<'_>) -> BTreeSet<String> {
    let open = member.case.correction.as_ref().filter(|_| member.case.status() == Status::CorrectionNoticed);
    open.into_iter().flat_map(|notice| &notice.items).map(|item| item.id.clone()).collect()
}

/// Handed in as a file, while a case that is not decided asks to see the sheet itself.
fn is_wanted_in_original(row: &paper::Model, uses: &[paper_use::Model], matter: &Matter<'_>) -> bool {
    let asks = |one: &paper_use::Model| {
        let member = matter.members.iter().find(|member| member.row.id == one.case_id);
        member.is_some_and(|member| {
            let status = member.case.status();
            let material = member.item.materials.iter().find(|asked| asked.id == *one.row_id);
            !status.is_decided() && !status.ended_without_licence() && material.is_some_and(is_a_sheet)
        })
    };
    row.status == PaperStatus::HandIn.word()
        && row.blob.is_some()
        && uses.iter().filter(|one| one.paper == row.id).any(asks)
}

/// The authority wants to see the sheet, and there is one.
fn is_a_sheet(asked: &ItemMaterial) -> bool {
    matches!(asked.copy, CopyRule::Original | CopyRule::Both) && asked.media != Medium::Electronic
}

/// The hall that opens the parcels of an application: where it was filed, else the district's own.
pub(crate) fn hall<'s>(matter: &Matter<'_>, shelf: &'s Shelf) -> Option<&'s Hall> {
    let catalog = shelf.catalog();
    let filed = matter.head.hall.as_deref().and_then(|hall| catalog.halls.get(hall));
    filed.or_else(|| catalog.halls.values().find(|hall| hall.region == catalog.district.region))
}

/// Lines that came to the hall by post, each with its day, as far as they answer these.
pub(crate) fn of_those(here: &BTreeMap<String, NaiveDate>, wanted: &BTreeSet<String>) -> Vec<String> {
    here.keys().filter(|line| wanted.contains(*line)).cloned().collect()
}
