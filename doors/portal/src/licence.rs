//! `GET /licences/{id}`: one's own licence with everything it says, where it was used, and what can be done with it.
//! `certificate` shows it as it is printed and gives the sealed file, `copies` makes copies for a purpose, `verify` is where
//! a stranger checks one.

mod certificate;
mod copies;
mod verify;

use access_service::{DoorFault, ResidentVisit, Visit, Words};
use askama::Template;
use axum::extract::{DefaultBodyLimit, Path};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use catalog::Catalog;
use catalog_service::Shelf;
use chrono::{Months, NaiveDate};
use kernel::codes::CitizenId;
use kernel::id::LicenceId;
use platform::{Fault, World};
use records::{Licence, LicenceState, Purpose, Why};
use records_service::acts::LicenceUse;
use themes_service::frame;

use crate::{hidden, values};

/// A licence with so many months left is marked: renewals are asked for before it runs out.
const RUNS_OUT: Months = Months::new(3);

/// One licence as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceLine {
    pub href: String,
    pub name: String,
    pub number: String,
    pub holder: String,
    pub validity: String,
    pub in_force: bool,
}

impl LicenceLine {
    pub fn of(licence: &Licence, catalog: &Catalog, today: NaiveDate) -> Self {
        Self {
            href: format!("/licences/{}", licence.id),
            name: name_of(licence, catalog).to_owned(),
            number: masked(&licence.number),
            holder: licence.place.clone().unwrap_or_else(|| licence.holder_name.clone()),
            validity: validity(licence, today),
            in_force: licence.in_force(today),
        }
    }
}

/// The number in a list, where others may look over the shoulder: an ID number is masked.
fn masked(number: &str) -> String {
    CitizenId::parse(number).map_or_else(|_| number.to_owned(), |id| id.masked())
}

/// What it is called: 食品经营许可证.
pub fn name_of<'a>(licence: &'a Licence, catalog: &'a Catalog) -> &'a str {
    catalog.licences.get(&licence.licence).map_or(licence.licence.as_str(), |kind| kind.name.as_str())
}

fn validity(licence: &Licence, today: NaiveDate) -> String {
    match (licence.in_force(today), licence.valid_to) {
        (true, None) => "长期有效".to_owned(),
        (true, Some(last)) if today + RUNS_OUT > last => format!("{}到期，该续了", ui::say::day_short(last, today)),
        (true, Some(last)) => format!("有效期至{}", values::day(last)),
        (false, _) if licence.ended.is_some() => "已经失效".to_owned(),
        (false, _) => "已经过期".to_owned(),
    }
}

/// Uses shown, the newest first.
const USES: u64 = 50;

/// The pages of licences.
pub fn routes() -> Router<World> {
    let upload = Router::new()
        .route("/licences/verify", get(verify::show).post(verify::take))
        .layer(DefaultBodyLimit::max(verify::FORM_BYTES))
        .layer(Extension(verify::Gate::new()));
    Router::new()
        .route("/licences/{id}", get(show))
        .route("/licences/{id}/certificate", get(certificate::show))
        .route("/licences/{id}/pdf", get(certificate::pdf))
        .route("/licences/{id}/copies", post(copies::make))
        .route("/licences/copies/{id}", get(copies::show))
        .route("/licences/copies/{id}/pdf", get(copies::pdf))
        .merge(upload)
}

/// One use, in words.
struct UseLine {
    at: String,
    iso: String,
    how: String,
    /// The matter's page where it is one of the holder's own.
    href: Option<String>,
    matter: String,
}

/// One copy, in words.
struct CopyLine {
    href: String,
    purpose: String,
    recipient: String,
    until: String,
    open: bool,
}

#[derive(Template)]
#[template(path = "portal_licence.html")]
struct Page {
    shell: ui::Shell,
    id: LicenceId,
    in_force: bool,
    uses: Vec<UseLine>,
    copies: Vec<CopyLine>,
    form: copies::Form,
    errors: ui::ErrorSummary,
    name: String,
    state: String,
    ended: Option<String>,
    rows: Vec<(String, String)>,
    issuer: String,
    issued_on: String,
}

/// The licence.
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let id: LicenceId = id.parse().map_err(|_| Fault::NotFound)?;
    Ok(page(&visit, id, copies::Form::fresh(&visit)).await?)
}

/// The page, with the form of a copy as it was typed.
async fn page(visit: &Visit, id: LicenceId, form: copies::Form) -> Result<Response, Fault> {
    let licence = records_service::reads::licence(visit, id, &Purpose::of(Why::OwnRecord)).await.map_err(hidden)?;
    let shelf = visit.world.part::<Shelf>();
    let words = visit.world.part::<Words>();
    let (catalog, today) = (shelf.catalog(), visit.today());
    let name = name_of(&licence, catalog).to_owned();
    let ended =
        licence.ended.map(|ending| format!("{}（{}）", words.get(ending.how.text_key()), values::day(ending.on)));
    let uses = records_service::reads::uses_of(visit, id, USES).await?;
    let copies = records_service::reads::copies_of(visit, id).await?;
    let (status, errors) = (form.status, ui::ErrorSummary::of(&form.fields));
    let page = Page {
        shell: frame::portal(visit, name.clone())
            .crumb("/mine", "我的")
            .crumb_here(name.clone())
            .faulty(!errors.is_empty()),
        id,
        in_force: licence.state(today) == LicenceState::InForce,
        uses: uses.into_iter().map(|one| used(visit, one, &words)).collect(),
        copies: copies.into_iter().filter_map(|one| copies::line(one, today)).collect(),
        errors,
        form,
        state: validity(&licence, today),
        ended,
        rows: rows(&licence, catalog),
        issuer: catalog.authorities.get(&licence.issued_by).map_or_else(String::new, |one| one.name.clone()),
        issued_on: values::day(licence.issued_on),
        name,
    };
    Ok(ui::page_with(status, page))
}

fn used(visit: &Visit, one: LicenceUse, words: &Words) -> UseLine {
    UseLine {
        at: ui::say::moment(one.at, visit.today()),
        iso: one.at.to_rfc3339(),
        how: words.get(one.how.text_key()).to_owned(),
        href: one.application.map(|application| format!("/applications/{application}")),
        matter: one.matter,
    }
}

/// What it says, line by line; what the lines are called is in the element dictionary.
fn rows(licence: &Licence, catalog: &Catalog) -> Vec<(String, String)> {
    let mut rows = vec![
        ("编号".to_owned(), licence.number.clone()),
        ("电子证照标识".to_owned(), licence.mark.to_string()),
        ("持证人".to_owned(), licence.holder_name.clone()),
    ];
    rows.extend(licence.place.iter().map(|place| ("地址".to_owned(), place.clone())));
    let resource = format!("licence:{}", licence.licence);
    for (field, value) in &licence.details {
        let says = |element: &&catalog::model::Element| {
            element.source.as_ref().is_some_and(|source| source.resource == resource && source.field == *field)
        };
        let Some(element) = catalog.elements.values().find(says) else { continue };
        rows.push((element.name.clone(), values::shown(element, value, catalog)));
    }
    let valid_to = licence.valid_to.map_or_else(|| "长期".to_owned(), values::day);
    rows.push(("有效期至".to_owned(), valid_to));
    rows
}
