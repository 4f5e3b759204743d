//! `GET /records`: what the government knows about the person, from which register, and who looked at it and why
//! (个人信息保护法第四十四条、第四十五条).

mod person;

use access_service::{DoorFault, ResidentVisit, Visit, Words};
use askama::Template;
use axum::response::Response;
use catalog_service::Shelf;
use chrono::{DateTime, NaiveDate, Utc};
use platform::Fault;
use records::{Purpose, Why};
use records_service::Lookup;
use records_service::reads;
use themes_service::{ThemeShelf, frame};

use crate::mine::subject;
use person::FactLine;

/// Looks shown, the newest first.
const LOOKS: u64 = 100;

/// Looks of one actor for one reason on one day.
struct LookLine {
    at: String,
    iso: String,
    who: String,
    why: String,
    times: usize,
}

#[derive(Template)]
#[template(path = "portal_records.html")]
struct Page {
    shell: ui::Shell,
    facts: Vec<FactLine>,
    further: Vec<FactLine>,
    firms: Vec<(String, String, String)>,
    looks: Vec<LookLine>,
    full: bool,
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
    let looks = reads::lookups_of(&visit, subject, LOOKS).await?;
    let full = looks.len() as u64 == LOOKS;
    let page = Page {
        shell: frame::portal(&visit, "我的信息").crumb("/mine", "我的").crumb_here("我的信息"),
        facts: person::row(&person, shelf.catalog(), &words, visit.today()),
        further: person::further(&person, &known.facts, shelf.catalog(), &words, visit.today()),
        firms: firms
            .iter()
            .map(|firm| (firm.name.clone(), firm.credit_code.to_string(), words.get(firm.status.text_key()).to_owned()))
            .collect(),
        looks: together(&visit, &looks, &words),
        full,
    };
    Ok(ui::page(page))
}

/// Looks of the same actor for the same reason on the same day become one line with a number.
fn together(visit: &Visit, looks: &[Lookup], words: &Words) -> Vec<LookLine> {
    let today = visit.today();
    let mut lines: Vec<(NaiveDate, LookLine)> = Vec::new();
    for look in looks {
        let day = platform::clock::china_day(look.at);
        let (who, why) = (who(visit, look), why(visit, look, words));
        match lines.iter_mut().find(|(on, line)| *on == day && line.who == who && line.why == why) {
            Some((_, line)) => line.times += 1,
            None => lines.push((day, line(look.at, today, who, why))),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn line(at: DateTime<Utc>, today: NaiveDate, who: String, why: String) -> LookLine {
    LookLine { at: ui::say::moment(at, today), iso: at.to_rfc3339(), who, why, times: 1 }
}

fn who(visit: &Visit, look: &Lookup) -> String {
    if look.actor == visit.actor.id { "您本人".to_owned() } else { look.actor_name.clone() }
}

/// The reason, with the matter it belonged to. Somebody else's look at their own record may have shown a part of this
/// one: the spouse on their family's page.
fn why(visit: &Visit, look: &Lookup, words: &Words) -> String {
    let own = look.actor == visit.actor.id;
    let reason = match look.why {
        Why::OwnRecord | Why::OwnMatter if !own => "家人办理或者查看与您有关的事".to_owned(),
        other => words.get(other.text_key()).to_owned(),
    };
    let theme = |id: &String| {
        ThemeShelf::current(&visit.world).ok().and_then(|shelf| shelf.theme(id).ok().map(|theme| theme.name.clone()))
    };
    match look.matter.as_ref().and_then(theme) {
        Some(matter) => format!("{reason}：{matter}"),
        None => reason,
    }
}
