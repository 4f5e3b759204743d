//! 来件清点: the parcels that come to the clerk's hall, and one of them opened in somebody's presence.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use casework_service::acts::{CountParcel, count_parcel};
use casework_service::reads::heading;
use chrono::NaiveDate;
use courier::Said;
use courier_service::ShipmentId;
use courier_service::acts::miss;
use courier_service::reads::{self, ShipmentView};
use platform::Fault;
use ui::{Field, FieldKind, Opt, Shell};

use crate::done::{self, Done};
use crate::form::Sheet;
use crate::frame;

const HOME: &str = "/desk/incoming";
/// Characters of a note, and of a name.
const NOTE: u32 = 500;
const NAME: u32 = 40;

#[derive(Template)]
#[template(path = "desk_incoming.html")]
struct ListPage {
    shell: Shell,
    done: Option<Done>,
    to_open: usize,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    parcel: ShipmentView,
    /// 3月5日（周四）
    signed: String,
}

#[derive(Template)]
#[template(path = "desk_incoming_one.html")]
struct OnePage {
    shell: Shell,
    done: Option<Done>,
    trouble: Option<(String, String)>,
    parcel: ShipmentView,
    today: NaiveDate,
    signed: String,
    /// 开一家餐饮店, and the application's number.
    matter: String,
    matter_no: String,
    /// The forms of whoever may open it, while nobody has.
    open: Option<Opening>,
}

struct Opening {
    action: String,
    keys: [String; 2],
    fields: Vec<Field>,
    note: Field,
    missing: Option<Field>,
}

/// Where a parcel is opened.
pub fn address(id: ShipmentId) -> String {
    format!("{HOME}/{id}")
}

/// `GET /desk/incoming`
pub async fn list(StaffVisit(visit): StaffVisit, headers: HeaderMap) -> Result<Response, DoorFault> {
    let parcels = reads::incoming(&visit).await?;
    let done = done::of(&visit, &headers, HOME).await?;
    let page = ListPage {
        shell: frame::desk(&visit, "来件清点"),
        done,
        to_open: parcels.iter().filter(|one| one.is_to_open()).count(),
        rows: parcels
            .into_iter()
            .map(|parcel| Row { href: address(parcel.id), signed: signed(&visit, &parcel), parcel })
            .collect(),
    };
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `GET /desk/incoming/{id}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let parcel = find(&visit, &id).await?;
    let done = done::of(&visit, &headers, &address(parcel.id)).await?;
    Ok(done::shown(&visit, &headers, page(&visit, parcel, done, &Sheet::default(), None).await?))
}

/// `POST /desk/incoming/{id}/count`
pub async fn count(Path(id): Path<String>, posted: Posted<Sheet>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let parcel = find(&visit, &id).await?;
    // The courier's signature tells the day; the form asks for it only where there is none.
    let day = parcel.signed_on().or_else(|| form.one("received_on").parse().ok());
    let Some(received_on) = day else {
        let fault = Fault::field("received_on", "required");
        return Ok(page(&visit, parcel, None, &form, Some(&fault)).await?);
    };
    let said = Said {
        received_on,
        witness: form.one("witness").to_owned(),
        arrived: form.all("arrived").into_iter().map(str::to_owned).collect(),
        note: form.one("note").to_owned(),
    };
    match count_parcel(&visit, Some(&key), CountParcel { parcel: parcel.id, said }).await {
        Ok(_) => Ok(done::redirect(&address(parcel.id), "parcel-counted")),
        Err(fault @ Fault::Refusal(_)) => Ok(page(&visit, parcel, None, &form, Some(&fault)).await?),
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /desk/incoming/{id}/missing`
pub async fn missing(Path(id): Path<String>, posted: Posted<Sheet>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let parcel = find(&visit, &id).await?;
    match miss(&visit, Some(&key), parcel.id, form.one("search")).await {
        Ok(()) => Ok(done::redirect(&address(parcel.id), "parcel-missed")),
        Err(fault @ Fault::Refusal(_)) => Ok(page(&visit, parcel, None, &form, Some(&fault)).await?),
        Err(fault) => Err(fault.into()),
    }
}

/// A parcel to a hall; one that was sent by a hall has its own pages.
async fn find(visit: &Visit, id: &str) -> Result<ShipmentView, Fault> {
    let parcel = reads::shipment(visit, frame::id(id)?).await?;
    if parcel.incoming.is_some() { Ok(parcel) } else { Err(Fault::NotFound) }
}

fn signed(visit: &Visit, parcel: &ShipmentView) -> String {
    parcel.signed_on().map_or_else(String::new, |day| ui::say::day_short(day, visit.today()))
}

async fn page(
    visit: &Visit,
    parcel: ShipmentView,
    done: Option<Done>,
    form: &Sheet,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let of = heading(visit, parcel.application).await?;
    let refused = fault.filter(|fault| matches!(fault, Fault::Refusal(_)));
    let problem = refused.map(|fault| door::problem(fault, &visit.world.part::<Words>()));
    let page = OnePage {
        shell: frame::desk(visit, format!("来件 {}", parcel.number))
            .crumb(HOME, "来件清点")
            .crumb_here(parcel.number.as_str())
            .faulty(fault.is_some()),
        done,
        trouble: problem.map(|problem| (problem.title, problem.said.join(""))),
        open: opening(visit, &parcel, form, fault),
        today: visit.today(),
        signed: signed(visit, &parcel),
        matter: of.theme_name,
        matter_no: of.number,
        parcel,
    };
    Ok(ui::page_with(fault.map_or(StatusCode::OK, door::status_of), page))
}

fn opening(visit: &Visit, parcel: &ShipmentView, form: &Sheet, fault: Option<&Fault>) -> Option<Opening> {
    let incoming = parcel.incoming.as_ref().filter(|incoming| incoming.count.is_none())?;
    if !reads::may_count(visit, parcel) {
        return None;
    }
    let papers = incoming.enclosed.iter().map(|one| Opt::new(one.line.as_str(), one.name.as_str())).collect();
    let ticked = form.all("arrived").into_iter().map(str::to_owned).collect();
    let mut fields = vec![Field::multi("arrived", "里面有哪些材料", papers).values(ticked)];
    if parcel.signed_on().is_none() {
        let day = if form.has("received_on") { form.one("received_on").to_owned() } else { visit.today().to_string() };
        let field = Field::new("received_on", "大厅收到的日期", FieldKind::Date).value(day);
        let wrong = matches!(fault, Some(Fault::Invalid(_)));
        fields.push(if wrong {
            field.error("请填写大厅收到的日期")
        } else {
            field.help("看面单上的签收日期")
        });
    }
    let witness = Field::new("witness", "在场人", FieldKind::Text { max: Some(NAME) });
    fields.push(witness.value(form.one("witness")).help("和您一起拆封的同事或者申请人本人"));
    let note = Field::new("note", "备注", FieldKind::Long { max: Some(NOTE) }).optional().value(form.one("note"));
    let search = Field::new("search", "怎样查找过", FieldKind::Long { max: Some(NOTE) }).value(form.one("search"));
    Some(Opening {
        action: address(parcel.id),
        keys: [frame::key(), frame::key()],
        fields,
        note: note.help("清单以外的材料、空件、封装破损，写在这里"),
        missing: incoming.waits().then_some(search),
    })
}
