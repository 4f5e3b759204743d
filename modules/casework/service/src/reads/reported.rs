//! One case as it is handed over to the national platform (办件数据上报): its facts with who did what at which moment, the
//! people and the licence as the registers know them, in clear. For whoever answers for the data, and never for a page.

use std::sync::Arc;

use access_service::Visit;
use casework::{Case, Event, NoticeKind, REPORT};
use catalog::Item;
use catalog::ids::AuthorityId;
use chrono::{DateTime, NaiveDate, Utc};
use kernel::id::{CaseId, LicenceId, SubjectId, Uuid};
use platform::{Fault, journal};
use records::{Licence, Organisation, Purpose, Resident};
use records_service::acts::note_look;
use records_service::reads::{licence, organisations_of, person};

use super::people::{AgentView, channel_of};
use crate::acts::{CASE_OPENED, Matter, Recorded};
use crate::application::Channel;
use crate::paper::PaperStatus;
use crate::pins;
use crate::store::{self, Which, paper, paper_use};

/// A case with everything that is reported of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedCase {
    pub case: Case,
    /// 办件编号
    pub project_no: String,
    /// The item as the case pinned it.
    pub item: Arc<Item>,
    pub item_name: String,
    pub theme_name: String,
    pub authority: AuthorityId,
    pub channel: Channel,
    /// Whether the results go out by mail.
    pub by_mail: bool,
    pub received_at: DateTime<Utc>,
    /// 承诺办结日期, known also once it is decided; none while the clock cannot run.
    pub due_on: Option<NaiveDate>,
    /// Who applies, by name.
    pub applicant: String,
    pub phone: Option<String>,
    pub agent: Option<AgentView>,
    /// The applicant as the register knows them; none where it does not.
    pub person: Option<Resident>,
    /// The organisation the application is for.
    pub organisation: Option<Organisation>,
    /// 受理通知书文号
    pub acceptance_number: Option<String>,
    pub papers: Vec<ReportedPaper>,
    /// What happened to it, in order.
    pub events: Vec<ReportedEvent>,
    pub licence: Option<ReportedLicence>,
}

/// A paper the case uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedPaper {
    pub id: Uuid,
    /// As the item calls it.
    pub name: String,
    pub file_name: Option<String>,
    pub status: PaperStatus,
    pub copies: u32,
}

/// Something that happened to the case.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedEvent {
    pub at: DateTime<Utc>,
    /// The officer's name; empty where the law or the platform did it.
    pub by: String,
    pub event: Event,
}

/// The licence the case made.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedLicence {
    pub licence: Licence,
    /// The number of who holds it: a person's or an organisation's; none of somebody on no register.
    pub holder_number: Option<String>,
    pub holder_is_organisation: bool,
}

/// The case, for whoever answers for the data. The look goes on record with the purpose 数据上报. A case that was never
/// accepted is not reported: then nobody's data are looked at, and there is none.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn reported_case(visit: &Visit, id: CaseId) -> Result<Option<ReportedCase>, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let matter = Matter::look(visit, &shelf, Which::Case(id)).await?;
    let at = matter.allowed(visit, REPORT, id)?;
    let (head, member) = (&matter.head, &matter.members[at]);
    if member.case.acceptance.is_none() {
        return Ok(None);
    }
    let subject = SubjectId::from_uuid(head.subject);
    let purpose = Purpose { matter: Some(member.row.item.clone()), ..Purpose::reported(matter.id(), id) };
    let purpose = purpose.in_region(head.region.as_str());
    note_look(visit, subject, &purpose).await?;
    let known = found(person(visit, subject, &purpose).await)?;
    let firms = match &known {
        Some(_) => organisations_of(visit, subject, &purpose).await?,
        None => Vec::new(),
    };
    let reader = visit.world.db.reader();
    let notices = store::notice_list(reader, head.id).await?;
    let acceptance = notices.into_iter().find(|one| {
        one.case_id == Some(member.row.id) && one.kind == NoticeKind::Acceptance.code() && one.voided_at.is_none()
    });
    let (rows, uses) = (store::paper_list(reader, head.id).await?, store::paper_use_list(reader, head.id).await?);
    let record = journal::read(reader, head.id, 0).await?;
    Ok(Some(ReportedCase {
        project_no: member.row.project_no.clone(),
        item_name: member.row.item_name.clone(),
        theme_name: head.theme_name.clone(),
        authority: member.row.authority.as_str().into(),
        channel: channel_of(head),
        by_mail: head.delivery()?.method == casework::DeliveryMethod::Mail,
        received_at: head.received_at,
        due_on: member.case.promise_clock(&member.law).due(member.law.calendar).day(),
        applicant: head.applicant.clone(),
        phone: head.phone.clone(),
        agent: AgentView::of(head)?,
        acceptance_number: acceptance.map(|notice| notice.number),
        papers: papers(&rows, &uses, member.row.id, &member.item)?,
        events: events(&record, id)?,
        licence: match member.row.licence {
            Some(made) => {
                let made = found(licence(visit, LicenceId::from_uuid(made), &purpose).await)?;
                made.map(|made| held(made, known.as_ref(), &firms))
            }
            None => None,
        },
        organisation: head
            .organisation
            .and_then(|own| firms.into_iter().find(|firm| firm.subject == SubjectId::from_uuid(own))),
        person: known,
        item: member.item.clone(),
        case: member.case.clone(),
    }))
}

/// The cases after one of them, by id: all there are, for who begins to report.
///
/// # Errors
/// [`Fault::NotAllowed`] for who may not report cases of the region.
pub async fn case_ids(visit: &Visit, region: &str, after: Option<CaseId>, most: u64) -> Result<Vec<CaseId>, Fault> {
    visit.allow(REPORT, &access::Resource::of("case").in_region(region))?;
    let found = store::case_ids(visit.world.db.reader(), after.map(|id| id.uuid()), most).await?;
    Ok(found.into_iter().map(CaseId::from_uuid).collect())
}

/// Somebody or something on no register is none.
fn found<T>(outcome: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn held(licence: Licence, person: Option<&Resident>, firms: &[Organisation]) -> ReportedLicence {
    let firm = firms.iter().find(|firm| firm.subject == licence.holder);
    let holder = person.filter(|person| person.subject == licence.holder);
    ReportedLicence {
        holder_number: firm
            .map(|firm| firm.credit_code.as_str().to_owned())
            .or_else(|| holder.map(|person| person.citizen_id.as_str().to_owned())),
        holder_is_organisation: firm.is_some(),
        licence,
    }
}

/// The papers this case uses, by the row of its item's list.
fn papers(
    rows: &[paper::Model],
    uses: &[paper_use::Model],
    case: Uuid,
    item: &Item,
) -> Result<Vec<ReportedPaper>, Fault> {
    let mut papers = Vec::new();
    for row in rows {
        let Some(used) = uses.iter().find(|one| one.paper == row.id && one.case_id == case) else { continue };
        let asked = item.materials.iter().find(|asked| asked.id == *used.row_id);
        papers.push(ReportedPaper {
            id: row.id,
            name: asked.and_then(|asked| asked.name.clone()).unwrap_or_else(|| row.name.clone()),
            file_name: row.file_name.clone(),
            status: row.status()?,
            copies: asked.map_or(1, |asked| asked.copies),
        });
    }
    Ok(papers)
}

fn events(record: &[journal::JournalRow], case: CaseId) -> Result<Vec<ReportedEvent>, Fault> {
    let case = case.to_string();
    let own = record.iter().filter(|row| row.subject == case && row.act != CASE_OPENED);
    own.map(|row| {
        let Recorded { event, name } = row.facts()?;
        Ok(ReportedEvent { at: row.at, by: name, event })
    })
    .collect()
}
