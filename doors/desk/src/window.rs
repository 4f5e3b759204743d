//! Filing for the person at the window: type the number, see who it is, choose the matter; then the same pages as at home.

use access::{ActorKind, Resource};
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use casework::FILE_FOR;
use casework_service::reads;
use catalog_service::Shelf;
use kernel::codes::{CitizenId, CodeFault, Sex, tidy};
use kernel::mask::mask_phone;
use platform::Fault;
use records::{Origin, Purpose, Resident, Why};
use records_service::{acts, reads as registers};
use serde::Deserialize;
use themes_service::{FindKind, ThemeShelf, Wish};
use ui::{ErrorSummary, Shell};

use crate::frame;
use crate::sign_in::demo::{self, DemoApplicant};

/// Matters shown for a search.
const MATTERS: usize = 12;

/// What the clerk types.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    citizen_id: String,
    /// The name on the card, for somebody no register knows.
    #[serde(default)]
    name: String,
    /// What the person says they want.
    #[serde(default)]
    q: String,
}

/// The person at the window.
struct Person {
    subject: String,
    name: String,
    citizen_id: String,
    sex: &'static str,
    age: u32,
    mobile: Option<String>,
    standing: String,
}

/// A matter to begin.
struct Matter {
    id: String,
    name: String,
    official: String,
    key: String,
}

/// An application the clerk took in today.
struct Filed {
    href: String,
    at: String,
    who: String,
    matter: String,
    state: String,
    number: String,
}

#[derive(Template)]
#[template(path = "desk_window.html")]
struct WindowPage {
    shell: Shell,
    hall: String,
    errors: ErrorSummary,
    fault: String,
    citizen_id: String,
    unknown: bool,
    person: Option<Person>,
    why: String,
    q: String,
    matters: Vec<Matter>,
    filed: Vec<Filed>,
    /// Invented people to try it with; nobody on a real server.
    invented: Vec<DemoApplicant>,
}

/// What came of looking up a number.
enum Found {
    Nobody,
    Person(Box<Resident>),
    /// Words of what is wrong with number or name.
    Wrong(String),
}

/// `GET /desk/window`
pub async fn show(StaffVisit(visit): StaffVisit) -> Result<Response, DoorFault> {
    visit.allow(FILE_FOR, &counter(&visit))?;
    Ok(page(&visit, Asked::default(), None).await?)
}

/// `POST /desk/window`: a number never stands in an address.
pub async fn look_up(Posted { visit, form, .. }: Posted<Asked>) -> Result<Response, DoorFault> {
    frame::staff_only(&visit, "/desk/window")?;
    visit.allow(FILE_FOR, &counter(&visit))?;
    let found = find(&visit, &form).await?;
    Ok(page(&visit, form, Some(found)).await?)
}

/// Where the officer sits: the hall, else the authority, else the region.
pub fn place(visit: &Visit) -> String {
    let ActorKind::Staff { region, authority, hall, .. } = &visit.actor.kind else { return String::new() };
    let Some(shelf) = visit.world.parts.get::<Shelf>() else { return String::new() };
    let hall = hall.as_deref().and_then(|hall| shelf.catalog().halls.get(hall)).map(|hall| hall.name.clone());
    let authority = authority.as_deref().map(|authority| shelf.authority_short(authority).to_owned());
    hall.or(authority).unwrap_or_else(|| shelf.region_name(region).to_owned())
}

/// What is filed here lies in the clerk's own region.
fn counter(visit: &Visit) -> Resource {
    Resource::of("application").in_region(visit.actor.region().unwrap_or_default())
}

async fn find(visit: &Visit, asked: &Asked) -> Result<Found, Fault> {
    let words = visit.world.part::<Words>();
    let number = match CitizenId::parse_on(&tidy(&asked.citizen_id), visit.today()) {
        Ok(number) => number,
        Err(fault) => return Ok(Found::Wrong(said(&fault, &words))),
    };
    let purpose = Purpose::of(Why::AtWindow);
    let found = if asked.name.trim().is_empty() {
        registers::person_by_citizen_id(visit, &number, &purpose).await
    } else {
        acts::identify(visit, &number, &asked.name, &purpose).await.map(Some)
    };
    match found {
        Ok(None) => Ok(Found::Nobody),
        Ok(Some(person)) if person.died_on.is_some() => Ok(Found::Wrong(words.get("desk.deceased").to_owned())),
        Ok(Some(person)) => Ok(Found::Person(Box::new(person))),
        Err(Fault::Refusal(refusal)) => {
            Ok(Found::Wrong(format!("{}。{}", words.refusal(&refusal), words.next(&refusal))))
        }
        Err(fault) => Err(fault),
    }
}

fn said(fault: &CodeFault, words: &Words) -> String {
    let facts = fault.facts.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    words.fill(&format!("desk.{}", fault.code), &facts)
}

async fn page(visit: &Visit, asked: Asked, found: Option<Found>) -> Result<Response, Fault> {
    let words = visit.world.part::<Words>();
    let fault = match &found {
        Some(Found::Wrong(said)) => said.clone(),
        _ => String::new(),
    };
    let unknown = matches!(found, Some(Found::Nobody));
    let status = match &found {
        Some(Found::Wrong(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(Found::Nobody) => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    };
    let person = match found {
        Some(Found::Person(resident)) => Some(person(visit, &resident, &words)),
        _ => None,
    };
    let matters = if person.is_some() { matters(visit, asked.q.trim()).await? } else { Vec::new() };
    let errors = (!fault.is_empty()).then(|| ("f-citizen_id".to_owned(), fault.clone()));
    let page = WindowPage {
        shell: frame::desk(visit, "窗口受理").faulty(errors.is_some()),
        hall: place(visit),
        errors: ErrorSummary { errors: errors.into_iter().collect() },
        fault,
        citizen_id: tidy(&asked.citizen_id),
        unknown,
        person,
        why: words.get("records.why.at-window").to_owned(),
        q: asked.q.trim().to_owned(),
        matters,
        filed: filed(visit).await?,
        invented: demo::applicants(&visit.world),
    };
    Ok(ui::page_with(status, page))
}

fn person(visit: &Visit, resident: &Resident, words: &Words) -> Person {
    let origin = match resident.origin {
        Origin::Register => "register",
        Origin::Identity => "identity",
    };
    Person {
        subject: resident.subject.to_string(),
        name: resident.name.clone(),
        citizen_id: resident.citizen_id.masked(),
        sex: if resident.sex() == Sex::Male { "男" } else { "女" },
        age: resident.age_on(visit.today()),
        mobile: resident.mobile.as_deref().map(mask_phone),
        standing: words.get(&format!("records.origin.{origin}")).to_owned(),
    }
}

/// The matters that fit what the person says; all of them while nothing is said.
async fn matters(visit: &Visit, q: &str) -> Result<Vec<Matter>, Fault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let matter = |theme: &themes::Theme| Matter {
        id: theme.id.clone(),
        name: theme.name.clone(),
        official: theme.official.clone(),
        key: frame::key(),
    };
    if q.is_empty() {
        return Ok(shelf.themes().iter().map(matter).collect());
    }
    let mut found: Vec<&themes::Theme> = Vec::new();
    for one in shelf.find(Wish { text: q, most: MATTERS, ..Wish::default() }).found {
        // An item is begun as part of the matters it belongs to.
        let fits = |theme: &&themes::Theme| match one.kind {
            FindKind::Theme => theme.id == one.id,
            FindKind::Item => theme.item(&one.id).is_some(),
        };
        for theme in shelf.themes().iter().filter(fits) {
            if !found.iter().any(|known| known.id == theme.id) {
                found.push(theme);
            }
        }
    }
    Ok(found.into_iter().map(matter).collect())
}

async fn filed(visit: &Visit) -> Result<Vec<Filed>, Fault> {
    let today = visit.today();
    let rows = reads::filed_on(visit, today).await?;
    let row = |row: &reads::FiledRow| Filed {
        href: crate::application::address(row.application),
        at: ui::say::moment(row.received_at, today),
        who: row.applicant.clone(),
        matter: row.title.clone(),
        state: row.sentence.clone(),
        number: row.number.clone(),
    };
    Ok(rows.iter().map(row).collect())
}
