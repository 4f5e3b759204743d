//! `/desk/revisions`: the revisions, and opening one.

use access::Role;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use authoring::State;
use authoring_service::acts::{OpenRevision, TITLE_CHARS_MAX, open_revision};
use authoring_service::reads::revisions::{self as reads, RevisionLine};
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog_service::Shelf;
use platform::Fault;
use serde::Deserialize;
use ui::{ErrorSummary, Field, FieldKind, Opt, Pager, Select, Shell, Signal};
use uuid::Uuid;

use super::{REVISIONS, REVISIONS_NAME, authority, lamp, told, trouble};
use crate::done::{self, Done};
use crate::frame;

/// One revision.
struct Line {
    href: String,
    title: String,
    lamp: Signal,
    authority: String,
    files: String,
    by: String,
    opened: String,
}

#[derive(Template)]
#[template(path = "desk_revisions.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    select: Select,
    lines: Vec<Line>,
    pager: Pager,
    title: Option<Field>,
    key: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    state: String,
    before: String,
}

/// A revision to be opened.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    title: String,
    item: String,
    request: String,
}

/// `GET /desk/revisions`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, REVISIONS).await?;
    Ok(done::shown(&visit, &headers, ui::page(page(&visit, &address, done, None).await?)))
}

async fn page(
    visit: &Visit,
    address: &Address,
    done: Option<Done>,
    kept: Option<(&Wish, &Fault)>,
) -> Result<Page, Fault> {
    let state = State::parse(&address.state);
    let before: Option<Uuid> = address.before.parse().ok();
    let found = reads::page(visit, state, before).await?;
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let line = |one: RevisionLine| Line {
        href: format!("{REVISIONS}/{}", one.id),
        lamp: lamp(one.state, &words),
        authority: authority(&shelf, &one.authority),
        files: format!("{} 个文件", one.files),
        by: one.opened_by,
        opened: ui::say::moment(one.opened_at, visit.today()),
        title: one.title,
    };
    let to =
        |before: &str| format!("{REVISIONS}{}", door::query([("state", address.state.as_str()), ("before", before)]));
    let states = State::ALL.iter().map(|state| Opt::new(state.code(), words.get(state.text_key())));
    let edits = visit.actor.has_role(Role::Standards) || visit.actor.has_role(Role::ItemAdmin);
    let title = edits.then(|| {
        let field = Field::new("title", "新修订稿的标题", FieldKind::Text { max: Some(TITLE_CHARS_MAX) });
        let field = field.value(kept.map_or("", |(wish, _)| wish.title.as_str())).help("如：招牌备案按场所权属拆分");
        told(field, kept.map(|(_, fault)| fault), &words)
    });
    Ok(Page {
        shell: frame::desk(visit, REVISIONS_NAME),
        done,
        errors: ErrorSummary::of(title.iter()),
        trouble: kept.and_then(|(_, fault)| trouble(fault, &words)),
        select: Select::new(("revisions", "state"), "状态", "全部状态", states, &address.state),
        pager: Pager {
            back: before.map(|_| to("")),
            on: found.next.map(|next| to(&next.to_string())),
            shown: String::new(),
        },
        lines: found.rows.into_iter().map(line).collect(),
        title,
        key: frame::key(),
    })
}

/// `POST /desk/revisions`
pub async fn open(posted: Posted<Wish>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let item = Some(form.item.clone()).filter(|item| !item.is_empty());
    let request = match form.request.as_str() {
        "" => None,
        request => Some(frame::id(request)?),
    };
    let title = if form.title.trim().is_empty() { named(&visit, item.as_deref()) } else { form.title.clone() };
    let order = OpenRevision { title, item: item.clone(), request };
    let page_of = |id: Option<Uuid>| match (id, &item) {
        (Some(id), Some(item)) => format!("{REVISIONS}/{id}/items/{item}"),
        (Some(id), None) => format!("{REVISIONS}/{id}"),
        (None, _) => REVISIONS.to_owned(),
    };
    match done::settled(open_revision(&visit, Some(&key), order).await, page_of, "revision-opened") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, &Address::default(), None, Some((&form, &fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// A title for a revision that begins with an item.
fn named(visit: &Visit, item: Option<&str>) -> String {
    let shelf = visit.world.part::<Shelf>();
    let name = item.and_then(|item| shelf.catalog().items.get(item)).map(|item| item.name.as_str());
    let most = usize::try_from(TITLE_CHARS_MAX).unwrap_or(usize::MAX);
    name.map_or_else(String::new, |name| format!("修订：{name}").chars().take(most).collect())
}
