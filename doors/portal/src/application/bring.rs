//! The page on which the applicant brings what is asked for, line by line, each with its place: a correction, papers that
//! were allowed to follow, the evidence of a commitment.

use std::collections::BTreeMap;

use access_service::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::reads::{CorrectionLineView, MyApplication};
use casework_service::{PaperFile, PaperId};
use catalog_service::Shelf;
use ui::{ErrorSummary, Field};
use uuid::Uuid;

use super::files::Seal;
use super::{href, shell};
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

/// One line with its place to answer it.
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

/// What is to be brought, why, and where the answer goes.
pub struct Asked {
    /// `correct`, `supply`: the end of the address.
    pub path: &'static str,
    /// 补正, 补交材料
    pub here: &'static str,
    /// Until when and what it means.
    pub intro: String,
    pub button: &'static str,
    pub lines: Vec<CorrectionLineView>,
}

#[derive(Template)]
#[template(path = "portal_bring.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    key: String,
    title: String,
    path: &'static str,
    here: &'static str,
    intro: String,
    button: &'static str,
    lines: Vec<Line>,
    errors: ErrorSummary,
    refused: Option<(String, String)>,
    limit: String,
}

/// The name of a paper's box in the form.
pub fn box_of(paper: PaperId) -> String {
    format!("paper-{paper}")
}

/// The page, empty; where nothing is asked for, the way back to the matter.
pub fn show(visit: &Visit, seal: &Seal, matter: &MyApplication, asked: Option<Asked>) -> Response {
    match asked {
        Some(asked) => page(visit, seal, matter, (&asked, &Given::default()), StatusCode::OK),
        None => Redirect::to(&href(matter)).into_response(),
    }
}

/// The page with what was given.
pub fn page(
    visit: &Visit,
    seal: &Seal,
    matter: &MyApplication,
    (asked, given): (&Asked, &Given),
    status: StatusCode,
) -> Response {
    let lines: Vec<Line> = asked.lines.iter().map(|one| line(visit, seal, one, given)).collect();
    let wrong = lines.iter().filter_map(|line| match &line.place {
        Place::File { target, error, .. } => Some((target.clone(), error.clone()?)),
        Place::Entry(field) => Some((field.target(), field.error.clone()?)),
    });
    let errors = ErrorSummary { errors: wrong.collect() };
    let page = Page {
        shell: shell(visit, matter, Some(asked.here)).faulty(!errors.is_empty() || given.refused.is_some()),
        href: href(matter),
        key: Uuid::new_v4().to_string(),
        title: matter.title.clone(),
        path: asked.path,
        here: asked.here,
        intro: asked.intro.clone(),
        button: asked.button,
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
