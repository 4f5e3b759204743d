//! 提出修改请求: a window or an authority says what is wrong with an item. An answer is due in ten working days.

use access_service::Visit;
use authoring::acts::FILE_REQUEST;
use authoring::request::{ANSWER_DAYS, Request};
use catalog_service::Shelf;
use kernel::limit::Unit;
use kernel::refusal::Refusal;
use platform::{Fault, FieldFault, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::{request_entry, resource};
use crate::store::request::{Model, request_add};

/// Longest what and why, in characters.
pub const REQUEST_CHARS_MAX: u32 = 500;
/// Longest number of a case.
const CASE_CHARS_MAX: usize = 64;

/// A request to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRequest {
    pub item: String,
    pub what: String,
    pub why: String,
    /// Number of the case it came up in; empty where there is none.
    pub case_number: String,
}

/// Files it; gives its id.
///
/// # Errors
/// [`Fault::Invalid`] of `what`, `why` and `case`; [`Fault::NotFound`] of the item; [`Fault::NotAllowed`]; the refusal of a calendar
/// that does not reach so far.
pub async fn file_request(visit: &Visit, key: Option<&RequestKey>, order: NewRequest) -> Result<Uuid, Fault> {
    let shelf = visit.world.part::<Shelf>();
    let item = shelf.catalog().items.get(order.item.as_str()).ok_or(Fault::NotFound)?;
    visit.allow(FILE_REQUEST, &resource(item.authority.as_str()))?;
    let (what, why) =
        (Fault::words("what", &order.what, REQUEST_CHARS_MAX), Fault::words("why", &order.why, REQUEST_CHARS_MAX));
    let case = order.case_number.trim();
    let case_fault = (case.len() > CASE_CHARS_MAX).then(|| FieldFault::new("case", "case-number"));
    let (what, why) = match (what, why, case_fault) {
        (Ok(what), Ok(why), None) => (what, why),
        (what, why, case_fault) => {
            let faults = [what.err(), why.err()].into_iter().flatten().flat_map(|fault| match fault {
                Fault::Invalid(faults) => faults,
                _ => Vec::new(),
            });
            return Err(Fault::Invalid(faults.chain(case_fault).collect()));
        }
    };
    let today = visit.today();
    let answer_by = shelf.calendar.add(today, ANSWER_DAYS, Unit::Workday).map_err(Refusal::from)?;
    let facts = Request::new(today, answer_by);
    let facts = &facts;
    visit
        .write(key, async |tx| {
            let id = tx.new_uuid();
            let row = Model {
                id,
                item: item.id.to_string(),
                item_name: item.name.clone(),
                authority: item.authority.to_string(),
                what: what.to_owned(),
                why: why.to_owned(),
                case_number: Some(case.to_owned()).filter(|case| !case.is_empty()),
                filed_at: tx.now(),
                filed_by: visit.actor.id.clone(),
                filed_name: visit.actor.name.clone(),
                body: serde_json::to_string(facts)?,
                state: facts.state().code().to_owned(),
                answer_by,
                revision: None,
            };
            request_add(tx.conn(), row).await?;
            let told = json!({ "order": "file", "item": item.id, "answer_by": answer_by });
            tx.record(request_entry(&visit.actor.id, FILE_REQUEST, id, &told));
            Ok(id)
        })
        .await
}
