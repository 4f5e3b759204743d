//! `/desk/lists/rows/{id}`: taking a published row off its list (移出清单), with a reason that everybody can read.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use standards_service::acts::{REASON_CHARS_MAX, withdraw_row};
use standards_service::reads::lists::versions;
use ui::{ErrorSummary, Field, FieldKind, Shell};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;

const LISTS: &str = "/desk/lists";

#[derive(Template)]
#[template(path = "desk_list_row.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    public: String,
    name: String,
    facts: Vec<(String, String)>,
    /// None once it is on no list any more.
    reason: Option<Field>,
    key: String,
}

/// `GET /desk/lists/rows/{id}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, LISTS).await?;
    let page = page(&visit, frame::id(&id)?, done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// The reason.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    reason: String,
}

/// `POST /desk/lists/rows/{id}`
pub async fn withdraw(Path(id): Path<String>, posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, LISTS)?;
    let id: Uuid = frame::id(&id)?;
    let home = format!("{LISTS}/rows/{id}");
    let outcome = withdraw_row(&visit, Some(&key), id, &form.reason).await;
    match done::settled(outcome, |_| home, "list-withdrawn") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, id, None, Some((form.reason, fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(visit: &Visit, id: Uuid, done: Option<Done>, kept: Option<(String, Fault)>) -> Result<Page, Fault> {
    // Whoever may not withdraw has no business here: the list itself is public.
    visit.allow(standards::acts::WITHDRAW_ROW, &access::Resource::of("list"))?;
    let history = versions(visit, id).await?;
    let Some(newest) = history.first() else { return Err(Fault::NotFound) };
    let words = visit.world.part::<Words>();
    let field =
        Field::new("reason", "移出的理由", FieldKind::Long { max: Some(REASON_CHARS_MAX) }).help("会在清单上公布");
    let (mut trouble, mut reason) = (None, field);
    match kept {
        Some((said, Fault::Invalid(faults))) => {
            let fault = faults.into_iter().next().map(|fault| fault.fact("label", "移出的理由"));
            reason = reason.value(said);
            if let Some(fault) = fault {
                reason = reason.error(door::field_fault(&fault, &words));
            }
        }
        Some((said, Fault::Refusal(refusal))) => {
            reason = reason.value(said);
            trouble = Some((words.refusal(&refusal), words.next(&refusal)));
        }
        _ => {}
    }
    let row = &newest.row;
    let list = words.get(row.list.text_key()).to_owned();
    Ok(Page {
        shell: frame::desk(visit, row.name.clone()).crumb(LISTS, "清单导入").crumb_here("移出清单"),
        done,
        errors: ErrorSummary::of([&reason]),
        trouble,
        home: format!("{LISTS}/rows/{id}"),
        public: format!("/lists/rows/{id}"),
        name: row.name.clone(),
        facts: vec![
            ("清单".to_owned(), list),
            ("实施主体".to_owned(), row.unit.name.clone()),
            ("事项编码".to_owned(), row.code.clone()),
        ],
        reason: newest.until.is_none().then_some(reason),
        key: frame::key(),
    })
}
