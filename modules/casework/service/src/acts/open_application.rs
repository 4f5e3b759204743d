//! 收件: one application with a case for each item, opened inside the transaction that closes the draft.

mod commitment;
mod earlier;
mod rows;
mod trust;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use access_service::Visit;
use casework::application::{Member, awaits};
use casework::{CaseLaw, FILE_FOR, LicenceType, Power, SUBMIT};
use catalog::Item;
use catalog_service::Shelf;
use kernel::id::{ApplicationId, CaseId, SubjectId};
use kernel::value::Value;
use platform::{Fault, JournalEntry, Tx};
use serde_json::json;
use sm3::{Digest, Sm3};

use self::rows::Fresh;
use super::matter::{application_resource, put_application_index};
use super::record;
use crate::application::{Agent, Applicant, Channel, Delivery, FormEntry};
use crate::index::ApplicationIndex;
use crate::law::law_of;
use crate::notice::forms::Desk;
use crate::notice::issue::issue;
use crate::notice::opening::on_opening;
use crate::paper::{NewPaper, PaperId, PaperStatus};
use crate::powers::reviewer_of;
use crate::store::{application, case, paper};
use crate::wording::Wording;
use crate::{numbers, pins, refusals, timers};

/// An application as the applicant, or the clerk for the applicant, has submitted it.
#[derive(Debug, Clone)]
pub struct OpenApplication {
    /// The theme's id, and what people call it.
    pub theme: String,
    pub theme_name: String,
    pub applicant: Applicant,
    /// The organisation the matter is for, when it is there already.
    pub organisation: Option<SubjectId>,
    pub agent: Option<Agent>,
    /// At the window, the visitor is the clerk who files.
    pub channel: Channel,
    /// Code of the place the matter belongs to, six digits or more.
    pub region: String,
    pub hall: Option<String>,
    /// Ids of the items, in the order of the plan.
    pub items: Vec<String>,
    /// Types of licences in force on record. What a paper handed in proves need not be named.
    pub held: BTreeSet<String>,
    pub answers: BTreeMap<String, Value>,
    /// By element code.
    pub form: BTreeMap<String, FormEntry>,
    pub papers: Vec<NewPaper>,
    pub delivery: Delivery,
}

/// What was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub application: ApplicationId,
    /// What the applicant quotes on the telephone.
    pub number: String,
    pub cases: Vec<OpenedCase>,
}

/// One case of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedCase {
    pub case: CaseId,
    pub project_no: String,
    /// The item's id.
    pub item: String,
}

/// Opens the application in the caller's transaction. It takes numbers from counters, which others wait for, so it is
/// the last the caller does.
///
/// # Errors
/// `casework.no-items`; `casework.item-not-open` for what is not on the published list today (未纳入清单的事项不得受理);
/// `casework.licence-missing` when an item consumes what nobody has and nothing in the application makes;
/// `casework.licence-expired` and `casework.licence-ended` for a licence that cannot be renewed any more;
/// `casework.commitment-barred` when the applicant commits and has broken a commitment before;
/// [`Fault::NotAllowed`].
pub async fn open_application(tx: &Tx, visit: &Visit, order: OpenApplication) -> Result<Opened, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let mut head = rows::head_of(tx, visit, &order)?;
    visit.allow(if visit.actor.is_staff() { FILE_FOR } else { SUBMIT }, &application_resource(&head))?;
    let items = listed(tx, visit, &shelf, &order.items).await?;
    let laws: Vec<CaseLaw> = items
        .iter()
        .map(|item| law_of(item, tx.today(), (&shelf, &order.region, tx.today())))
        .collect::<Result<_, _>>()?;
    let awaited = awaited(visit, &shelf, &order, &items, &laws)?;

    let application = ApplicationId::from_uuid(head.id);
    let papers: Vec<(PaperId, &NewPaper)> = order.papers.iter().map(|paper| (tx.new_id(), paper)).collect();
    let mut fresh = Vec::with_capacity(items.len());
    for ((item, law), awaits) in items.iter().zip(&laws).zip(awaited) {
        // What the window has before it on paper needs no look beforehand.
        let pre_review = law.pre_review.is_some() && order.channel == Channel::Online;
        let begins = rows::Begins {
            awaits,
            commitment: commitment::made(item, &order, &papers),
            renews: earlier::earlier(tx, shelf.catalog(), item, &order).await?,
            pre_review,
            power: Some(law.powers.decision.clone()).filter(Power::is_delegated),
            preliminary: reviewer_of(shelf.catalog(), item, &order.region),
        };
        fresh.push(rows::case_of(tx, application, &order.region, fresh.len(), (item, law), begins)?);
    }
    let index = {
        let cases = fresh.iter().zip(&laws).map(|((_, _, case), law)| Member { case, law });
        ApplicationIndex::of(&cases.collect::<Vec<_>>(), tx.today())
    };
    put_application_index(&mut head, &index, tx.today());
    if fresh.iter().any(|(_, _, case)| case.commitment.is_some()) {
        commitment::may_commit(tx, &order).await?;
    }
    let papers = rows::papers_of(tx, application, &papers, &fresh)?;
    trust::put_down(tx, visit, &shelf, (&head, &order), &papers.0).await?;
    let numbers = numbers::numbers(tx, &order.region, &items).await?;
    head.number = numbers.application;
    for ((row, _, _), number) in fresh.iter_mut().zip(numbers.cases) {
        row.project_no = number;
    }
    let opened = Opened { application, number: head.number.clone(), cases: opened_cases(&fresh) };
    record(tx, visit, &head, &order, &papers.0, &fresh)?;
    receipt(tx, visit, &shelf, (&head, &order), &papers, &fresh, &laws).await?;
    if let Some(day) = head.timer_on {
        tx.schedule(timers::look_on(application, day));
    }
    rows::write(tx, head, &order, papers, fresh)?;
    Ok(opened)
}

/// The items as published, in the version in force; refuses what is not open today.
async fn listed(tx: &Tx, visit: &Visit, shelf: &Shelf, ids: &[String]) -> Result<Vec<Arc<Item>>, Fault> {
    if ids.is_empty() {
        return Err(refusals::NO_ITEMS.refuse().into());
    }
    let mut items = Vec::with_capacity(ids.len());
    for id in ids {
        let found = shelf.catalog().items.get(id.as_str());
        let Some(item) = found.filter(|item| item.open_on(tx.today())) else {
            return Err(refusals::item_not_open(found.map_or(id, |item| &item.name)).into());
        };
        let version = i32::try_from(item.version).map_err(Fault::internal)?;
        items.push(pins::item_at(&visit.world, tx.conn(), &item.code, version).await?);
    }
    Ok(items)
}

/// For each item the licences a sibling brings; refuses what nobody has and nobody brings.
fn awaited(
    visit: &Visit,
    shelf: &Shelf,
    order: &OpenApplication,
    items: &[Arc<Item>],
    laws: &[CaseLaw],
) -> Result<Vec<Vec<LicenceType>>, Fault> {
    let handed_in = order.papers.iter().filter(|paper| paper.status == PaperStatus::HandIn);
    let proved = handed_in
        .filter_map(|paper| shelf.catalog().materials.get(paper.material.as_str())?.licence.as_ref())
        .map(|licence| LicenceType::new(licence.as_str()));
    let held: BTreeSet<LicenceType> = order.held.iter().map(LicenceType::new).chain(proved).collect();
    let found = awaits(&laws.iter().collect::<Vec<_>>(), &held);
    for (item, awaits) in items.iter().zip(&found) {
        if let Some(licence) = awaits.nowhere.first() {
            let refusal = refusals::LICENCE_MISSING.refuse().fact("item", &item.name).fact("licence", licence);
            return Err(Wording::of(visit)?.refusal(refusal).into());
        }
    }
    Ok(found.into_iter().map(|awaits| awaits.siblings).collect())
}

/// The receipt for what was handed in, and the postal address to confirm.
async fn receipt(
    tx: &Tx,
    visit: &Visit,
    shelf: &Shelf,
    (head, order): (&application::Model, &OpenApplication),
    (papers, uses): &rows::Papers,
    fresh: &[Fresh],
    laws: &[CaseLaw<'_>],
) -> Result<(), Fault> {
    let wording = Wording::of(visit)?;
    let desk = Desk { visit, shelf, wording: &wording, head, papers, uses, earlier: &[] };
    let cases: Vec<&case::Model> = fresh.iter().map(|(row, _, _)| row).collect();
    let Some(law) = laws.first() else { return Ok(()) };
    let wanted = on_opening(&desk, &cases, &order.delivery, (law.terms.notice, law.calendar))?;
    issue(tx, visit, shelf, ApplicationId::from_uuid(head.id), wanted).await
}

fn opened_cases(fresh: &[Fresh]) -> Vec<OpenedCase> {
    let opened = |(row, _, case): &Fresh| OpenedCase {
        case: case.id,
        project_no: row.project_no.clone(),
        item: row.item.clone(),
    };
    fresh.iter().map(opened).collect()
}

/// The first rows of the chain: the application with the hash of its form and of every file, then each case.
fn record(
    tx: &Tx,
    visit: &Visit,
    head: &application::Model,
    order: &OpenApplication,
    papers: &[paper::Model],
    fresh: &[Fresh],
) -> Result<(), Fault> {
    let form = hex::encode(Sm3::digest(serde_json::to_string(&order.form)?));
    let papers: Vec<_> = papers
        .iter()
        .map(|paper| json!({ "id": PaperId::from_uuid(paper.id), "name": paper.name, "status": paper.status, "file": paper.blob }))
        .collect();
    let facts = json!({
        "number": head.number, "theme": head.theme, "subject": order.applicant.subject, "channel": head.channel,
        "region": head.region, "delivery": order.delivery.method, "form": form, "papers": papers,
    });
    let application = ApplicationId::from_uuid(head.id);
    record::about_application(tx, visit, application, record::APPLICATION_OPENED, facts);
    for (row, opening, case) in fresh {
        let facts = json!({ "opening": opening, "number": row.project_no, "name": record::name_of(visit) });
        tx.record(JournalEntry::new(head.id, &visit.actor.id, record::CASE_OPENED, case.id).holding(&facts));
    }
    let items: Vec<&str> = fresh.iter().map(|(row, _, _)| row.item.as_str()).collect();
    record::opened(tx, head, &items);
    Ok(())
}
