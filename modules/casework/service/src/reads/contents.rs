//! One case as another system is told it: values, not words; and only the part of the form that its item asks for.

use access_service::Visit;
use casework::{Outcome, READ, Status};
use chrono::NaiveDate;
use kernel::id::{ApplicationId, CaseId};
use kernel::value::Facts;
use platform::Fault;

use super::people::{AgentView, looked};
use crate::acts::Matter;
use crate::pins;
use crate::store::{self, Which};

/// What a case contains.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseContents {
    pub id: CaseId,
    pub application: ApplicationId,
    /// 申办编号
    pub number: String,
    /// 办件编号
    pub project_no: String,
    /// The item's id.
    pub item: String,
    pub item_code: String,
    pub item_name: String,
    pub region: String,
    pub status: Status,
    pub applicant: String,
    pub phone: Option<String>,
    /// Who acts for the applicant, by name.
    pub agent: Option<String>,
    pub received_on: NaiveDate,
    pub accepted_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
    pub form: Facts,
}

/// Where a case stands, for who has to act on it; nothing of it is about the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStanding {
    pub id: CaseId,
    /// The item's id.
    pub item: String,
    pub status: Status,
    /// The steps before the decision that are still to be taken, in their order.
    pub open_steps: Vec<(String, access::Role)>,
    /// The post that decides.
    pub decides: Option<access::Role>,
    /// Whether granting is followed by a result of its own (出证).
    pub makes_result: bool,
}

/// The contents of a case, for staff who may read it. The look goes on record.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn case_contents(visit: &Visit, id: CaseId) -> Result<CaseContents, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let matter = Matter::look(visit, &shelf, Which::Case(id)).await?;
    let at = matter.allowed(visit, READ, id)?;
    let (head, member) = (&matter.head, &matter.members[at]);
    looked(visit, head, Some(&member.row)).await?;
    let mut form = store::form_find(visit.world.db.reader(), head.id).await?;
    let asked = member.item.fields.iter().map(|field| field.element.as_str());
    let form = asked.filter_map(|element| Some((element.to_owned(), form.remove(element)?.value))).collect();
    let decision = member.case.decision.as_ref();
    Ok(CaseContents {
        id,
        application: matter.id(),
        number: head.number.clone(),
        project_no: member.row.project_no.clone(),
        item: member.row.item.clone(),
        item_code: member.item.code.clone(),
        item_name: member.row.item_name.clone(),
        region: member.row.region.clone(),
        status: member.case.status(),
        applicant: head.applicant.clone(),
        phone: head.phone.clone(),
        agent: AgentView::of(head)?.map(|agent| agent.name),
        received_on: member.case.received_on,
        accepted_on: member.case.acceptance.as_ref().map(|acceptance| acceptance.on),
        due_on: member.row.due_on,
        decided_on: decision.map(|decision| decision.on),
        outcome: decision.map(|decision| decision.outcome),
        reason: decision.map(|decision| decision.reason.clone()),
        form,
    })
}

/// Where the case with this 办件编号 stands, for staff who may read it. Nobody's data are looked at.
///
/// # Errors
/// [`Fault::NotFound`] also for what the visitor may not read, and for the number of an application.
pub async fn standing_by_number(visit: &Visit, project_no: &str) -> Result<CaseStanding, Fault> {
    let which = store::by_number(visit.world.db.reader(), project_no.trim()).await?.ok_or(Fault::NotFound)?;
    let Which::Case(id) = which else { return Err(Fault::NotFound) };
    standing(visit, id).await
}

/// Where a case stands, for staff who may read it.
///
/// # Errors
/// As [`standing_by_number`].
pub async fn standing(visit: &Visit, id: CaseId) -> Result<CaseStanding, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let matter = Matter::look(visit, &shelf, Which::Case(id)).await?;
    let at = matter.allowed(visit, READ, id).map_err(|_| Fault::NotFound)?;
    let member = &matter.members[at];
    let done = |step: &str| member.case.steps.iter().any(|done| done.step == step);
    // A commitment is decided on at once; the steps before are not taken.
    let at_once = member.case.standing_commitment().is_some();
    let open = member.law.steps_before_decision().iter().filter(|step| !at_once && !done(&step.id));
    Ok(CaseStanding {
        id,
        item: member.row.item.clone(),
        status: member.case.status(),
        open_steps: open.map(|step| (step.id.clone(), step.role)).collect(),
        decides: member.law.decision_step().map(|step| step.role),
        makes_result: member.law.makes_result,
    })
}
