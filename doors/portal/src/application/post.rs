//! `GET/POST /applications/{id}/send`: papers sent to the hall by post, fetched by the courier or sent by the applicant.

use std::collections::BTreeSet;

use access_service::{DoorFault, Posted, ResidentVisit, Visit, door};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::acts::{self, SendToHall};
use casework_service::reads::{self, CorrectionLineView, MyApplication};
use casework_service::{SendWhy, Sendable};
use catalog::model::{Hall, ParcelPayer};
use catalog_service::Shelf;
use courier::Way;
use courier_service::acts::Coming;
use courier_service::reads::ShipmentView;
use platform::Fault;
use ui::{Field, FieldKind, Opt};
use uuid::Uuid;

use super::received::refusal;
use super::{find, href, shell};

/// Characters of a name, a carrier, a number.
const SHORT: u32 = 60;

/// What the applicant entered, name by name.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Wish(Vec<(String, String)>);

impl Wish {
    fn one(&self, name: &str) -> String {
        self.0.iter().find(|(key, _)| key == name).map_or_else(String::new, |(_, text)| text.trim().to_owned())
    }

    fn lines(&self) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == "lines").map(|(_, line)| line.clone()).collect()
    }

    /// Only what belongs to the chosen way counts; the rest of the page may be filled in or not.
    fn coming(&self) -> Option<Coming> {
        match self.one("way") {
            way if way == Way::PickUp.word() => {
                Some(Coming::PickUp { name: self.one("name"), phone: self.one("phone"), address: self.one("address") })
            }
            way if way == Way::Own.word() => {
                Some(Coming::Own { carrier: self.one("carrier"), tracking: self.one("tracking") })
            }
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "portal_send.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    key: String,
    title: String,
    hall: Hall,
    lines: Field,
    way: Field,
    person: [Field; 3],
    own: [Field; 2],
    refused: Option<(String, String)>,
}

/// The page that asks.
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let told = matter.sendable.iter().filter(|one| one.why != SendWhy::Original);
    let chosen = told.map(|one| ("lines".to_owned(), one.line.clone()));
    let known = [
        ("way", Way::PickUp.word().to_owned()),
        ("name", matter.applicant.clone()),
        ("phone", matter.delivery.phone.clone()),
        ("address", matter.delivery.address.clone()),
    ];
    let wish = Wish(chosen.chain(known.map(|(name, text)| (name.to_owned(), text))).collect());
    Ok(page(&visit, &matter, &wish, None).await?)
}

/// Puts the parcel down.
pub async fn send(Path(id): Path<String>, posted: Posted<Wish>) -> Result<Response, DoorFault> {
    let (visit, wish) = (posted.visit, posted.form);
    if visit.actor.subject().is_none() {
        return Err(Fault::NotAllowed.into());
    }
    let matter = find(&visit, &id).await?;
    let Some(coming) = wish.coming() else {
        return Ok(page(&visit, &matter, &wish, Some(&Fault::field("way", "required"))).await?);
    };
    let order = SendToHall { application: matter.id, lines: wish.lines(), coming };
    match acts::send_to_hall(&visit, Some(&posted.key), order).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?said=sent-in", href(&matter))).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Invalid(_) | Fault::Conflict)) => {
            Ok(page(&visit, &matter, &wish, Some(&fault)).await?)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The lines that came to the hall by post already.
pub async fn arrived(visit: &Visit, matter: &MyApplication) -> Result<BTreeSet<String>, Fault> {
    Ok(arrived_in(&courier_service::reads::shipments(visit, matter.id).await?))
}

/// The same of parcels that are at hand.
pub fn arrived_in(parcels: &[ShipmentView]) -> BTreeSet<String> {
    let counts = parcels.iter().filter_map(|parcel| parcel.incoming.as_ref()?.count.as_ref());
    counts.flat_map(|count| count.arrived.iter().cloned()).collect()
}

/// What is left to bring once what came by post is taken away; `None` when nothing is.
pub fn still_open(lines: &[CorrectionLineView], here: &BTreeSet<String>) -> Option<Vec<CorrectionLineView>> {
    let open: Vec<_> = lines.iter().filter(|line| !here.contains(&line.id)).cloned().collect();
    (!open.is_empty()).then_some(open)
}

/// Whether something may be sent now: one parcel at a time.
pub fn may_send(matter: &MyApplication, parcels: &[ShipmentView]) -> bool {
    !matter.sendable.is_empty() && !is_coming(parcels)
}

/// Whether a parcel is on its way to the hall, or lies there unopened.
pub fn is_coming(parcels: &[ShipmentView]) -> bool {
    let waits =
        |parcel: &ShipmentView| parcel.incoming.as_ref().is_some_and(courier::Incoming::waits) && !parcel.troubled;
    parcels.iter().any(waits)
}

async fn page(visit: &Visit, matter: &MyApplication, wish: &Wish, fault: Option<&Fault>) -> Result<Response, Fault> {
    let parcels = courier_service::reads::shipments(visit, matter.id).await?;
    let hall = reads::post_office(visit, matter.id).await?;
    let (true, Some(hall)) = (may_send(matter, &parcels), hall) else {
        return Ok(Redirect::to(&href(matter)).into_response());
    };
    let at = |name: &str| matches!(fault, Some(Fault::Invalid(faults)) if faults.iter().any(|one| one.field == name));
    let lines = Field::multi("lines", "装进去哪些材料", matter.sendable.iter().map(option).collect());
    let lines = lines.values(wish.lines());
    let way = Field::choice("way", "怎么寄", ways(visit)).value(wish.one("way")).cards();
    let field = |name: &str, label: &str, kind| Field::new(name, label, kind).value(wish.one(name));
    let page = Page {
        shell: shell(visit, matter, Some("邮寄到大厅")),
        href: href(matter),
        key: Uuid::new_v4().to_string(),
        title: matter.title.clone(),
        lines: if at("lines") { lines.error("请勾选要寄的材料") } else { lines },
        way: if at("way") { way.error("请选择怎么寄") } else { way },
        person: [
            field("name", "取件找谁", FieldKind::Text { max: Some(SHORT) }),
            field("phone", "电话", FieldKind::Phone),
            field("address", "取件地址", FieldKind::Address),
        ],
        own: [
            field("carrier", "承运单位", FieldKind::Text { max: Some(SHORT) }).sample("邮政特快专递"),
            field("tracking", "物流单号", FieldKind::Text { max: Some(SHORT) }).help("在快递面单的条码下面"),
        ],
        refused: fault.filter(|fault| !matches!(fault, Fault::Invalid(_))).map(|fault| refusal(visit, fault)),
        hall,
    };
    Ok(ui::page_with(fault.map_or(StatusCode::OK, door::status_of), page))
}

fn option(one: &Sendable) -> Opt {
    let why = match one.why {
        SendWhy::Correction => "补正要的",
        SendWhy::Follow => "可以后补的",
        SendWhy::Original => "网上交过，核对原件",
    };
    Opt::new(one.line.as_str(), one.name.as_str()).hint(why)
}

fn ways(visit: &Visit) -> Vec<Opt> {
    let free = visit.world.part::<Shelf>().catalog().district.parcels == ParcelPayer::Government;
    let pays = if free {
        "快递员到您说的地址取，邮费由政府付"
    } else {
        "快递员到您说的地址取，邮费您付"
    };
    vec![
        Opt::new(Way::PickUp.word(), Way::PickUp.label()).hint(pays),
        Opt::new(Way::Own.word(), "自己寄，或者已经寄出").hint("填承运单位和物流单号，邮费您付"),
    ]
}
