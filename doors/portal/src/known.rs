//! `GET /records`: what the government knows about the person, from which register, and who looked at it and why
//! (个人信息保护法第四十四条、第四十五条).

pub mod export;
pub mod looks;
mod person;

use access_service::{DoorFault, ResidentVisit, Words};
use askama::Template;
use axum::response::Response;
use catalog_service::Shelf;
use platform::Fault;
use records::{Purpose, Why};
use records_service::reads;
use themes_service::frame;

use crate::mine::subject;
use looks::LookLine;
use person::FactLine;

/// Looks shown here, the newest first; all of them are on a page of their own.
const LOOKS: u32 = 5;

#[derive(Template)]
#[template(path = "portal_records.html")]
struct Page {
    shell: ui::Shell,
    key: String,
    facts: Vec<FactLine>,
    further: Vec<FactLine>,
    firms: Vec<(String, String, String)>,
    looks: Vec<LookLine>,
    /// There are more.
    more: bool,
}

/// The page.
pub async fn show(ResidentVisit(visit): ResidentVisit) -> Result<Response, DoorFault> {
    let subject = subject(&visit).ok_or(Fault::NotAllowed)?;
    let shelf = visit.world.part::<Shelf>();
    let words = visit.world.part::<Words>();
    let purpose = Purpose::of(Why::OwnRecord);
    let person = reads::person(&visit, subject, &purpose).await?;
    let known = reads::known(&visit, shelf.catalog(), subject, None, &purpose).await?;
    let firms = reads::organisations_of(&visit, subject, &purpose).await?;
    let looks = records_service::looks::looks(&visit, subject, None, None, LOOKS).await?;
    let page = Page {
        key: kernel::id::Uuid::new_v4().to_string(),
        shell: frame::portal(&visit, "我的信息").crumb("/mine", "我的").crumb_here("我的信息"),
        facts: person::row(&person, shelf.catalog(), &words, visit.today()),
        further: person::further(&person, &known.facts, shelf.catalog(), &words, visit.today()),
        firms: firms
            .iter()
            .map(|firm| (firm.name.clone(), firm.credit_code.to_string(), words.get(firm.status.text_key()).to_owned()))
            .collect(),
        more: looks.next.is_some(),
        looks: looks.rows.iter().map(|(look, said)| looks::line(&visit, look, said.as_ref(), &words)).collect(),
    };
    Ok(ui::page(page))
}
