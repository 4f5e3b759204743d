//! How far papers can be relied on, in words; and the licence that stands for one, for the officer who decides.

use access::Resource;
use access_service::Visit;
use casework::{COMPARE_ORIGINAL, READ};
use kernel::id::{ApplicationId, LicenceId};
use platform::Fault;
use platform::clock::china_day;
use records::{Purpose, TrustLevel};
use serde::Serialize;
use ui::say;
use uuid::Uuid;

use super::papers::PaperView;
use crate::PaperId;
use crate::acts::Matter;
use crate::pins;
use crate::store::{self, Which};
use crate::wording::Wording;

/// The level of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrustView {
    /// `A` to `D`.
    pub level: TrustLevel,
    /// 机关制发
    pub word: String,
    /// The licence that stands for the paper can be looked at.
    pub licence: bool,
    /// 李敏，11月29日; who compared the upload with the original.
    pub compared: Option<String>,
    /// Whether the visitor may say that the upload is the same as its original.
    pub may_compare: bool,
}

/// The licence that stands for a paper, and what an officer may look at it for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLicence {
    pub licence: LicenceId,
    pub purpose: Purpose,
    /// The item or theme it is used for.
    pub matter: String,
    /// 办件编号 or 申办编号
    pub number: String,
    /// The case through which the officer sees it; none for whoever may read the whole application.
    pub application: ApplicationId,
}

/// Adds the levels to the papers of an application.
pub(super) async fn with_trust(
    visit: &Visit,
    (application, resource): (Uuid, &Resource),
    mut views: Vec<PaperView>,
    wording: &Wording,
) -> Result<Vec<PaperView>, Fault> {
    let rows = store::trust_list(visit.world.db.reader(), application).await?;
    for view in &mut views {
        let Some(row) = rows.iter().find(|row| row.paper == view.id.uuid()) else { continue };
        let level = TrustLevel::parse(&row.level).ok_or_else(|| {
            Fault::internal(format_args!("casework_paper_trust.level of {} cannot be read", row.paper))
        })?;
        let word = wording.word("records.trust", level.code()).to_string();
        let compared = row.compared_by_name.clone().zip(row.compared_at);
        let compared = compared.map(|(name, at)| format!("{name}，{}", say::day_short(china_day(at), wording.today)));
        let may_compare = level == TrustLevel::Uploaded && visit.may(COMPARE_ORIGINAL, resource);
        view.trust = Some(TrustView { level, word, licence: row.licence.is_some(), compared, may_compare });
    }
    Ok(views)
}

/// The licence that stands for a paper, for whoever may read a case that uses it.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such paper, no licence stands for it, or it is not the visitor's to see.
pub async fn paper_licence(visit: &Visit, id: PaperId) -> Result<PaperLicence, Fault> {
    let reader = visit.world.db.reader();
    let paper = store::paper_find(reader, id).await?.ok_or(Fault::NotFound)?;
    let trust = store::trust_find(reader, paper.id).await?.ok_or(Fault::NotFound)?;
    let licence = LicenceId::from_uuid(trust.licence.ok_or(Fault::NotFound)?);
    let (shelf, application) = (pins::shelf(&visit.world)?, ApplicationId::from_uuid(paper.application));
    let matter = Matter::look(visit, &shelf, Which::Application(application)).await?;
    let region = matter.head.region.clone();
    let uses = store::paper_use_list(reader, paper.application).await?;
    let Some(at) = matter.may_on_paper(visit, READ, paper.id, &uses).map_err(|_| Fault::NotFound)? else {
        let purpose = Purpose::application(application).in_region(region);
        let (name, number) = (matter.head.theme_name.clone(), matter.head.number.clone());
        return Ok(PaperLicence { licence, purpose, matter: name, number, application });
    };
    let member = &matter.members[at];
    let purpose = Purpose::case(application, member.case.id).in_region(region);
    let (name, number) = (member.row.item_name.clone(), member.row.project_no.clone());
    Ok(PaperLicence { licence, purpose, matter: name, number, application })
}
