//! `/desk/requests`: change requests of windows and authorities, with the clock on their answers.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use authoring::request::{Clock, Order, State};
use authoring_service::acts::{NewRequest, REASON_CHARS_MAX, REQUEST_CHARS_MAX, file_request, settle_request};
use authoring_service::reads::requests::{self as reads, RequestView};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog_service::Shelf;
use platform::Fault;
use serde::Deserialize;
use ui::{ErrorSummary, Field, FieldKind, Lamp, Opt, Pager, Select, Shell, Signal};
use uuid::Uuid;

use super::{REVISIONS, told, trouble};
use crate::done::{self, Done};
use crate::frame;
use crate::reason::{REASON, Reasoned};

const HOME: &str = "/desk/requests";

/// One request in the list.
struct Line {
    href: String,
    item: String,
    what: String,
    lamp: Signal,
    due: String,
    authority: String,
    by: String,
}

#[derive(Template)]
#[template(path = "desk_requests.html")]
struct ListPage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    select: Select,
    lines: Vec<Line>,
    pager: Pager,
    fields: Vec<Field>,
    is_open: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "desk_request.html")]
struct OnePage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    item: String,
    guide: String,
    lamp: Signal,
    facts: Vec<(String, String)>,
    revision: Option<String>,
    item_id: String,
    request: String,
    decline: Option<Field>,
    key: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    state: String,
    after: String,
    /// The item a new request is about, when one comes from there.
    item: String,
    case: String,
}

/// A request to be filed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    item: String,
    what: String,
    why: String,
    case: String,
}

/// `GET /desk/requests`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    let begun = Sent { item: address.item.clone(), case: address.case.clone(), ..Sent::default() };
    Ok(done::shown(&visit, &headers, ui::page(list_page(&visit, &address, done, (&begun, None)).await?)))
}

/// `POST /desk/requests`
pub async fn file(posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let order = NewRequest {
        item: form.item.trim().to_owned(),
        what: form.what.clone(),
        why: form.why.clone(),
        case_number: form.case.clone(),
    };
    let outcome = match order.item.as_str() {
        "" => Err(Fault::field("item", "required")),
        _ => file_request(&visit, Some(&key), order).await,
    };
    let page_of = |id: Option<Uuid>| id.map_or_else(|| HOME.to_owned(), |id| format!("{HOME}/{id}"));
    match done::settled(outcome, page_of, "request-filed") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = list_page(&visit, &Address::default(), None, (&form, Some(&fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn list_page(
    visit: &Visit,
    address: &Address,
    done: Option<Done>,
    (kept, fault): (&Sent, Option<&Fault>),
) -> Result<ListPage, Fault> {
    let state = State::parse(&address.state);
    // Those that wait are what one comes for.
    let states = state.map_or_else(|| vec![State::Filed, State::TakenUp], |state| vec![state]);
    let after = address.after.split_once('_').and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    let page = reads::page(visit, &states, after).await?;
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let to = |after: &str| format!("{HOME}{}", door::query([("state", address.state.as_str()), ("after", after)]));
    let line = |one: RequestView| Line {
        href: format!("{HOME}/{}", one.id),
        lamp: lamp(&one, &words),
        due: due(&one, visit),
        authority: shelf.authority_short(&one.authority).to_owned(),
        by: one.filed_name.clone(),
        item: one.item_name,
        what: one.what,
    };
    let all = State::ALL.iter().map(|state| Opt::new(state.code(), words.get(state.text_key())));
    let items = shelf.catalog().items.values().map(|item| {
        let authority = shelf.authority_short(item.authority.as_str()).to_owned();
        Opt::new(item.id.as_str(), item.name.as_str()).group(authority)
    });
    let long = || FieldKind::Long { max: Some(REQUEST_CHARS_MAX) };
    let fields = vec![
        Field::choice("item", "哪个事项", items.collect()).value(kept.item.as_str()),
        Field::new("what", "要改什么", long()).value(kept.what.as_str()).help("如：不再收取场所租赁合同复印件"),
        Field::new("why", "为什么", long()).value(kept.why.as_str()).help("不要写申请人的姓名、号码"),
        Field::text("case", "办件编号").optional().value(kept.case.as_str()).help("在某个办件里遇到的，写上编号"),
    ];
    let fields: Vec<Field> = fields.into_iter().map(|field| told(field, fault, &words)).collect();
    Ok(ListPage {
        shell: frame::desk(visit, "修改请求"),
        done,
        errors: ErrorSummary::of(&fields),
        select: Select::new(("requests", "state"), "状态", "没有办完的", all, &address.state),
        pager: Pager {
            back: after.map(|_| to("")),
            on: page.next.map(|(day, id)| to(&format!("{day}_{id}"))),
            shown: String::new(),
        },
        lines: page.rows.into_iter().map(line).collect(),
        fields,
        is_open: fault.is_some() || !kept.item.is_empty(),
        key: frame::key(),
    })
}

fn lamp(one: &RequestView, words: &Words) -> Signal {
    let lamp = match one.clock {
        Clock::Overdue => Lamp::Red,
        Clock::Pressing => Lamp::Yellow,
        Clock::InTime => Lamp::Green,
        Clock::Answered if one.state == State::TakenUp => Lamp::Stopped,
        Clock::Answered => Lamp::Done,
    };
    let word = if one.clock == Clock::Answered { one.state.text_key() } else { one.clock.text_key() };
    lamp.saying(words.get(word))
}

fn due(one: &RequestView, visit: &Visit) -> String {
    match one.state {
        State::Filed => format!("{}前答复", ui::say::day_short(one.facts.answer_by, visit.today())),
        State::TakenUp | State::Declined | State::Done => String::new(),
    }
}

/// `GET /desk/requests/{id}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    let page = one_page(&visit, frame::id(&id)?, done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `POST /desk/requests/{id}/orders/{order}`: declining. Taking up is opening a revision for it.
pub async fn give(Path((id, order)): Path<(String, String)>, posted: Posted<Reasoned>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let id: Uuid = frame::id(&id)?;
    let reason = form.reason().trim().to_owned();
    let given = match order.as_str() {
        "decline" => Order::Decline { reason: reason.clone() },
        _ => return Err(Fault::NotFound.into()),
    };
    let outcome = settle_request(&visit, Some(&key), id, given).await;
    match done::settled(outcome, |_| format!("{HOME}/{id}"), "request-declined") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = one_page(&visit, id, None, Some((&reason, &fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn one_page(visit: &Visit, id: Uuid, done: Option<Done>, kept: Option<(&str, &Fault)>) -> Result<OnePage, Fault> {
    let view = reads::one(visit, id).await?;
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let say = ui::say::day;
    let mut facts = vec![
        ("要改什么".to_owned(), view.what.clone()),
        ("为什么".to_owned(), view.why.clone()),
        ("部门".to_owned(), shelf.authority_short(&view.authority).to_owned()),
        ("提出".to_owned(), format!("{} · {}", view.filed_name, ui::say::moment(view.filed_at, visit.today()))),
    ];
    facts.extend(view.case_number.clone().map(|number| ("办件".to_owned(), number)));
    let one = &view.facts;
    if view.state == State::Filed {
        facts.push(("期限".to_owned(), format!("{}前答复", say(one.answer_by))));
    }
    if let Some((_, on)) = &one.taken_up {
        facts.push(("采纳".to_owned(), say(*on)));
    }
    if let Some((reason, on)) = &one.declined {
        facts.push(("不采纳的理由".to_owned(), format!("{reason}（{}）", say(*on))));
    }
    if let Some((version, on)) = &one.done {
        facts.push(("落实".to_owned(), format!("事项第 {version} 版，{}发布", say(*on))));
    }
    let decline = (view.may_settle && view.state == State::Filed).then(|| {
        let field =
            Field::new(format!("{REASON}decline"), "不采纳的理由", FieldKind::Long { max: Some(REASON_CHARS_MAX) });
        match kept {
            Some((said, Fault::Refusal(refusal))) if refusal.code == "authoring.reason-needed" => {
                field.value(said).error(words.refusal(refusal))
            }
            Some((said, Fault::Invalid(faults))) => {
                let label = "不采纳的理由";
                let error = faults.first().map(|fault| super::said(fault, label, &words));
                error.into_iter().fold(field.value(said), Field::error)
            }
            Some((said, _)) => field.value(said),
            None => field,
        }
    });
    Ok(OnePage {
        shell: frame::desk(visit, "修改请求").crumb(HOME, "修改请求").crumb_here(view.item_name.clone()),
        done,
        errors: ErrorSummary::of(decline.iter()),
        trouble: kept.and_then(|(_, fault)| trouble(fault, &words)).filter(|_| decline.is_none()),
        home: format!("{HOME}/{id}"),
        lamp: lamp(&view, &words),
        guide: format!("/items/{}", view.item),
        item: view.item_name,
        facts,
        revision: one.taken_up.as_ref().map(|(revision, _)| format!("{REVISIONS}/{revision}")),
        item_id: view.item,
        request: id.to_string(),
        decline,
        key: frame::key(),
    })
}
