//! `GET /applications/{id}/correct`: what the one correction notice asks for, line by line, each with a place to mend it.

use std::collections::BTreeMap;

use access_service::{DoorFault, ResidentVisit, Visit};
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::reads::{CorrectionLineView, MyApplication};
use casework_service::{PaperFile, PaperId};
use catalog_service::Shelf;
use ui::{ErrorSummary, Field};
use uuid::Uuid;

use super::files::Seal;
use super::{find, href, shell};
use crate::fields;

/// What has been given so far, and what is wrong with it.
#[derive(Default)]
pub struct Given {
    pub files: BTreeMap<PaperId, PaperFile>,
    /// Raw entries by element code.
    pub entries: BTreeMap<String, Vec<String>>,
    /// What is wrong, by the id of the line's box.
    pub faults: BTreeMap<String, String>,
    /// What is wrong with the whole: title and what to do.
    pub refused: Option<(String, String)>,
}

/// One line of the notice with its place to mend it.
struct Line {
    name: String,
    reason: String,
    mend: String,
    basis: Option<String>,
    items: String,
    place: Place,
}

enum Place {
    File { name: String, target: String, kept: Option<(String, String)>, error: Option<String> },
    Entry(Box<Field>),
}

#[derive(Template)]
#[template(path = "portal_correct.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    key: String,
    title: String,
    due: String,
    lines: Vec<Line>,
    errors: ErrorSummary,
    refused: Option<(String, String)>,
    limit: String,
}

/// The page, empty.
pub async fn show(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    if !is_asked(&matter) {
        return Ok(Redirect::to(&href(&matter)).into_response());
    }
    Ok(page(&visit, &seal, &matter, &Given::default(), StatusCode::OK))
}

/// Whether a notice is out and waits for the applicant.
pub fn is_asked(matter: &MyApplication) -> bool {
    matter.may_answer && matter.correction.as_ref().is_some_and(|notice| !notice.answered)
}

/// The lines of the notice.
pub fn lines(matter: &MyApplication) -> &[CorrectionLineView] {
    matter.correction.as_ref().map_or(&[], |notice| notice.lines.as_slice())
}

/// The name of a paper's box in the form.
pub fn box_of(paper: PaperId) -> String {
    format!("paper-{paper}")
}

/// The page with what was given.
pub fn page(visit: &Visit, seal: &Seal, matter: &MyApplication, given: &Given, status: StatusCode) -> Response {
    let lines: Vec<Line> = lines(matter).iter().map(|one| line(visit, seal, one, given)).collect();
    let wrong = lines.iter().filter_map(|line| match &line.place {
        Place::File { target, error, .. } => Some((target.clone(), error.clone()?)),
        Place::Entry(field) => Some((field.target(), field.error.clone()?)),
    });
    let errors = ErrorSummary { errors: wrong.collect() };
    let page = Page {
        shell: shell(visit, matter, Some("补正")).faulty(!errors.is_empty() || given.refused.is_some()),
        href: href(matter),
        key: Uuid::new_v4().to_string(),
        title: matter.title.clone(),
        due: matter.correction.as_ref().map_or_else(String::new, |notice| notice.due_words.clone()),
        refused: given.refused.clone(),
        limit: ui::say::bytes(visit.world.config.limits.upload_bytes),
        lines,
        errors,
    };
    ui::page_with(status, page)
}

fn line(visit: &Visit, seal: &Seal, line: &CorrectionLineView, given: &Given) -> Line {
    Line {
        name: line.name.clone(),
        reason: line.reason.clone(),
        mend: line.mend.clone(),
        basis: line.basis.clone(),
        items: line.items.join("、"),
        place: match (line.paper, &line.element) {
            (Some(paper), _) => file(visit, seal, paper, given),
            (None, element) => entry(visit, element.as_deref().unwrap_or_default(), &line.name, given),
        },
    }
}

fn file(visit: &Visit, seal: &Seal, paper: PaperId, given: &Given) -> Place {
    let name = box_of(paper);
    let kept = given.files.get(&paper).map(|file| (file.name.clone(), seal.keep(&visit.actor.id, paper, file)));
    Place::File { target: format!("f-{name}"), error: given.faults.get(&name).cloned(), kept, name }
}

fn entry(visit: &Visit, element: &str, label: &str, given: &Given) -> Place {
    let shelf = visit.world.part::<Shelf>();
    let field = match shelf.catalog().elements.get(element) {
        Some(element) => fields::of_element(element, label, shelf.catalog()),
        None => Field::text(element, label),
    };
    let field = field.values(given.entries.get(element).cloned().unwrap_or_default());
    Place::Entry(Box::new(match given.faults.get(element) {
        Some(error) => field.error(error.clone()),
        None => field,
    }))
}
