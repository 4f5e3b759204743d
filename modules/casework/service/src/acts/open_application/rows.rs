//! The rows of a new application.

use access_service::Visit;
use casework::{Case, CaseLaw, CommitmentMade, LicenceType, Opening, Power, Renews};
use catalog::Item;
use kernel::codes::CitizenId;
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::{Fault, Tx};

use super::OpenApplication;
use crate::acts::matter::put_index;
use crate::application::Channel;
use crate::index::{CaseIndex, ENDED};
use crate::paper::{NewPaper, PaperId};
use crate::store::{self, application, case, form, paper, paper_use};

/// A case being opened: its row without a number, its opening, its facts.
pub(super) type Fresh = (case::Model, Opening, Case);

/// What a case begins with besides its item.
pub(super) struct Begins {
    pub(super) awaits: Vec<LicenceType>,
    pub(super) commitment: Option<CommitmentMade>,
    /// 延续: the licence it renews.
    pub(super) renews: Option<Renews>,
    pub(super) pre_review: bool,
    /// By whose power, where it is not the item's own authority's.
    pub(super) power: Option<Power>,
    /// The lower authority that reviews it first.
    pub(super) preliminary: Option<String>,
}

/// The case of one item as it begins.
pub(super) fn case_of(
    tx: &Tx,
    application: ApplicationId,
    region: &str,
    place: usize,
    (item, law): (&Item, &CaseLaw),
    begins: Begins,
) -> Result<Fresh, Fault> {
    let opening = Opening {
        case: tx.new_id::<CaseId>(),
        application,
        item: item.code.clone(),
        version: item.version,
        received_on: tx.today(),
        awaits: begins.awaits,
        commitment: begins.commitment,
        renews: begins.renews,
        pre_review: begins.pre_review,
        power: begins.power,
        preliminary: begins.preliminary,
    };
    let case = Case::open(opening.clone());
    let mut row = case::Model {
        id: case.id.uuid(),
        application: application.uuid(),
        place: i32::try_from(place).map_err(Fault::internal)?,
        project_no: String::new(),
        item: item.id.to_string(),
        code: item.code.clone(),
        version: i32::try_from(item.version).map_err(Fault::internal)?,
        item_name: item.name.clone(),
        authority: item.authority.to_string(),
        region: region.to_owned(),
        facts: serde_json::to_string(&case)?,
        status: String::new(),
        step: String::new(),
        turn: String::new(),
        clock: String::new(),
        stands: false,
        due_on: None,
        yellow_on: None,
        red_on: None,
        deemed_on: None,
        lapse_on: None,
        sort_on: ENDED,
        accepted_by: None,
        handled_by: None,
        licence: None,
        supervisor: None,
    };
    put_index(&mut row, CaseIndex::of(&case, law));
    Ok((row, opening, case))
}

/// Papers and who uses them.
pub(super) type Papers = (Vec<paper::Model>, Vec<paper_use::Model>);

/// The papers, each with the cases whose items ask for it.
pub(super) fn papers_of(
    tx: &Tx,
    application: ApplicationId,
    papers: &[(PaperId, &NewPaper)],
    cases: &[Fresh],
) -> Result<Papers, Fault> {
    let (mut rows, mut uses) = (Vec::new(), Vec::new());
    for (place, (id, paper)) in papers.iter().enumerate() {
        let id = id.uuid();
        let mut row = paper::Model {
            id,
            application: application.uuid(),
            place: i32::try_from(place).map_err(Fault::internal)?,
            material: paper.material.clone(),
            name: paper.name.clone(),
            holder: paper.holder.word().to_owned(),
            scope: paper.scope.clone(),
            status: paper.status.word().to_owned(),
            reason_code: paper.reason.as_ref().map(|reason| reason.code.clone()),
            reason_text: paper.reason.as_ref().map(|reason| reason.text.clone()),
            blob: None,
            file_name: None,
            media_kind: None,
            size: None,
            uploaded_at: paper.file.is_some().then(|| tx.now()),
        };
        row.put_file(paper.file.as_ref())?;
        rows.push(row);
        for (item, row_id) in &paper.asked_by {
            let users = cases.iter().filter(|(case, _, _)| case.item == *item);
            uses.extend(users.map(|(case, _, _)| paper_use::Model {
                paper: id,
                case_id: case.id,
                row_id: row_id.clone(),
                application: application.uuid(),
            }));
        }
    }
    Ok((rows, uses))
}

/// The row of the application, without its number and what follows from its cases.
pub(super) fn head_of(tx: &Tx, visit: &Visit, order: &OpenApplication) -> Result<application::Model, Fault> {
    let at_window = order.channel == Channel::Window;
    let applicant = &order.applicant;
    Ok(application::Model {
        id: tx.new_id::<ApplicationId>().uuid(),
        number: String::new(),
        theme: order.theme.clone(),
        theme_name: order.theme_name.clone(),
        subject: applicant.subject.uuid(),
        organisation: order.organisation.map(SubjectId::uuid),
        applicant: applicant.name.clone(),
        applicant_mark: None,
        citizen_id: masked(applicant.citizen_id.as_deref()),
        phone: applicant.phone.clone(),
        agent: order.agent.as_ref().map(serde_json::to_string).transpose()?,
        agent_subject: order.agent.as_ref().and_then(|agent| agent.subject).map(SubjectId::uuid),
        channel: order.channel.word().to_owned(),
        region: order.region.clone(),
        hall: order.hall.clone(),
        opened_by: at_window.then(|| visit.actor.id.clone()),
        opened_by_name: at_window.then(|| visit.actor.name.clone()),
        received_at: tx.now(),
        delivery: serde_json::to_string(&order.delivery)?,
        cases: i32::try_from(order.items.len()).map_err(Fault::internal)?,
        task: String::new(),
        due_on: None,
        yellow_on: None,
        red_on: None,
        sort_on: ENDED,
        timer_on: None,
        settled_on: None,
        handed_over_on: None,
        joint_extension: None,
    })
}

/// Never the whole number: what cannot be read as one is not kept at all.
fn masked(citizen_id: Option<&str>) -> String {
    citizen_id.and_then(|id| CitizenId::parse(id).ok()).map_or_else(String::new, |id| id.masked())
}

/// Sends all rows with the commit.
pub(super) fn write(
    tx: &Tx,
    head: application::Model,
    order: &OpenApplication,
    (papers, uses): Papers,
    rows: Vec<Fresh>,
) -> Result<(), Fault> {
    let form = form::Model {
        application: head.id,
        answers: serde_json::to_string(&order.answers)?,
        form: serde_json::to_string(&order.form)?,
    };
    tx.with_commit(store::application_insert(tx.conn(), head)?);
    tx.with_commit(store::form_insert(tx.conn(), form)?);
    tx.with_commit(store::case_insert(rows.into_iter().map(|(row, _, _)| row).collect()));
    if !papers.is_empty() {
        tx.with_commit(store::paper_insert(tx.conn(), papers)?);
    }
    if !uses.is_empty() {
        tx.with_commit(store::paper_use_insert(uses));
    }
    Ok(())
}
