//! `/desk/revisions/{id}/{subject}/{record}`: an item, a theme, an element or a material of a revision, part by part, and who uses it.

use access_service::{DoorFault, Posted, StaffVisit, Words, door};
use askama::Template;
use authoring::form::{self, Section};
use authoring::{State, Subject};
use authoring_service::acts::remove_record;
use authoring_service::reads::revisions as reads;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use catalog::Catalog;
use catalog_service::Shelf;
use platform::Fault;
use ui::Shell;
use uuid::Uuid;

use super::{REVISIONS, REVISIONS_NAME};
use crate::done::{self, Done};
use crate::form::Sheet;
use crate::frame;

/// Items named on the page of what they use.
const USERS_SHOWN: usize = 20;

/// A record of a revision, as its address says.
pub struct Place {
    pub revision: Uuid,
    pub subject: Subject,
    pub id: String,
}

impl Place {
    /// Of the parts of an address.
    pub fn of(revision: &str, subject: &str, id: &str) -> Result<Self, Fault> {
        let subject = Subject::parse(subject).ok_or(Fault::NotFound)?;
        Ok(Self { revision: frame::id(revision)?, subject, id: id.to_owned() })
    }

    /// The address of the revision.
    pub fn revision(&self) -> String {
        format!("{REVISIONS}/{}", self.revision)
    }

    /// The address of the record.
    pub fn home(&self) -> String {
        format!("{REVISIONS}/{}/{}/{}", self.revision, self.subject.code(), self.id)
    }
}

/// A link to a section, with what it holds.
struct SectionLine {
    href: String,
    name: String,
    holds: String,
}

#[derive(Template)]
#[template(path = "desk_record.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    home: String,
    revision: String,
    name: String,
    facts: Vec<(String, String)>,
    sections: Vec<SectionLine>,
    /// Names of the items that ask for it, and how many more do.
    users: Option<(Vec<String>, usize)>,
    split: Option<String>,
    file: String,
    is_item: bool,
    may_remove: bool,
    is_drafting: bool,
    key: String,
}

/// `GET`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path((id, subject, record)): Path<(String, String, String)>,
) -> Result<Response, DoorFault> {
    let place = Place::of(&id, &subject, &record)?;
    let done = done::of(&visit, &headers, REVISIONS).await?;
    let view = reads::one(&visit, place.revision).await?;
    let record = reads::record(&visit, place.revision, place.subject, &place.id).await?;
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let home = place.home();
    let section = |section: &Section| SectionLine {
        href: format!("{home}/{}", section.code),
        name: words.get(&format!("form-section.{}", section.code)).to_owned(),
        holds: match section.rows {
            Some(_) => format!("{} 条", form::rows(section, &record.value).len()),
            None => String::new(),
        },
    };
    let is_drafting = view.line.state == State::Drafting;
    let is_item = place.subject == Subject::Item;
    let page = Page {
        shell: frame::desk(&visit, record.name().to_owned())
            .crumb(REVISIONS, REVISIONS_NAME)
            .crumb(place.revision(), view.line.title.clone())
            .crumb(format!("{}/{}", place.revision(), place.subject.code()), words.get(place.subject.text_key()))
            .crumb_here(record.name().to_owned()),
        done,
        facts: match place.subject {
            Subject::Item => vec![
                ("业务办理项编码".to_owned(), record.one("code").to_owned()),
                ("版本".to_owned(), format!("第 {} 版", record.one("version"))),
                ("生效".to_owned(), record.one("effective").to_owned()),
            ],
            Subject::Theme | Subject::Element | Subject::Material => vec![("代号".to_owned(), record.id.clone())],
        },
        sections: place.subject.sections().iter().map(section).collect(),
        users: users(shelf.catalog(), place.subject, &place.id),
        split: is_item.then(|| format!("{home}/split")),
        file: format!("{}/files?{}", place.revision(), door::pair("path", &record.place.path)),
        revision: place.revision(),
        name: record.name().to_owned(),
        is_item,
        may_remove: is_drafting && record.place.at.is_some(),
        is_drafting,
        home,
        key: frame::key(),
    };
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// Items in force that ask for an element or a material.
fn users(catalog: &Catalog, subject: Subject, id: &str) -> Option<(Vec<String>, usize)> {
    if !subject.is_listed() {
        return None;
    }
    let asking = catalog.items.values().filter(|item| subject.asked_by(item).contains(&id));
    let all: Vec<String> = asking.map(|item| item.name.clone()).collect();
    let more = all.len().saturating_sub(USERS_SHOWN);
    Some((all.into_iter().take(USERS_SHOWN).collect(), more))
}

/// `POST`: an element or a material is taken away.
pub async fn remove(
    Path((id, subject, record)): Path<(String, String, String)>,
    posted: Posted<Sheet>,
) -> Result<Response, DoorFault> {
    let Posted { visit, key, form: _ } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let place = Place::of(&id, &subject, &record)?;
    let outcome = remove_record(&visit, Some(&key), place.revision, (place.subject, &place.id)).await;
    done::settled(outcome, |_| place.revision(), "revision-edited").map_err(DoorFault::from)
}
