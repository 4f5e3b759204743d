//! Change requests as staff see them: the standards office all, an authority its own, and everybody what they filed.

use access::{Resource, Role};
use access_service::Visit;
use authoring::acts::{READ_REQUESTS, SETTLE_REQUEST};
use authoring::request::{Clock, Request, State};
use chrono::{DateTime, NaiveDate, Utc};
use platform::Fault;
use uuid::Uuid;

use crate::acts::resource;
use crate::store::request::{Model, Wanted, request_find, request_page};

/// Requests on a page.
pub const PAGE: u64 = 50;

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestView {
    pub id: Uuid,
    pub item: String,
    pub item_name: String,
    pub authority: String,
    pub what: String,
    pub why: String,
    pub case_number: Option<String>,
    pub filed_at: DateTime<Utc>,
    pub filed_name: String,
    pub facts: Request,
    pub state: State,
    /// How its clock stands today.
    pub clock: Clock,
    /// Whether whoever looks may answer it.
    pub may_settle: bool,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestPage {
    pub rows: Vec<RequestView>,
    /// Where the next page begins.
    pub next: Option<(NaiveDate, Uuid)>,
}

/// A page of those in these states, those due first coming first, after this one.
pub async fn page(visit: &Visit, states: &[State], after: Option<(NaiveDate, Uuid)>) -> Result<RequestPage, Fault> {
    visit.allow(READ_REQUESTS, &Resource::of("revision"))?;
    let is_office = visit.actor.has_role(Role::Standards);
    let keeps = visit.actor.has_role(Role::ItemAdmin);
    let authority = visit.actor.authority().filter(|_| keeps && !is_office);
    let filed_by = Some(visit.actor.id.as_str()).filter(|_| !is_office);
    let wanted = Wanted { states, authority, filed_by };
    let mut rows = request_page(visit.world.db.reader(), &wanted, after, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| (row.answer_by, row.id));
    Ok(RequestPage { rows: rows.into_iter().map(|row| view(visit, row)).collect::<Result<_, _>>()?, next })
}

/// One request. Somebody else's, of another authority, does not exist.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn one(visit: &Visit, id: Uuid) -> Result<RequestView, Fault> {
    let row = request_find(visit.world.db.reader(), id, false).await?.ok_or(Fault::NotFound)?;
    visit.allow(READ_REQUESTS, &resource(&row.authority)).map_err(|_| Fault::NotFound)?;
    let is_own = row.filed_by == visit.actor.id;
    let keeps = visit.actor.has_role(Role::Standards)
        || (visit.actor.has_role(Role::ItemAdmin) && visit.actor.authority() == Some(row.authority.as_str()));
    if is_own || keeps { view(visit, row) } else { Err(Fault::NotFound) }
}

fn view(visit: &Visit, row: Model) -> Result<RequestView, Fault> {
    let facts = row.facts()?;
    Ok(RequestView {
        may_settle: visit.may(SETTLE_REQUEST, &resource(&row.authority)),
        id: row.id,
        item: row.item,
        item_name: row.item_name,
        authority: row.authority,
        what: row.what,
        why: row.why,
        case_number: row.case_number,
        filed_at: row.filed_at,
        filed_name: row.filed_name,
        state: facts.state(),
        clock: facts.clock(visit.today()),
        facts,
    })
}
