//! `/desk/revisions/{id}/files`: a file as a text, for what has no form: scenarios, licences, laws, words, delegations.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use authoring_service::acts::{edit_file, stamp_of_text};
use authoring_service::reads::revisions as reads;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use ui::{ErrorSummary, Field, FieldKind, Opt, Select, Shell};
use uuid::Uuid;

use super::findings::Line;
use super::{REVISIONS, REVISIONS_NAME, told, trouble};
use crate::done;
use crate::frame;

#[derive(Template)]
#[template(path = "desk_files.html")]
struct Page {
    shell: Shell,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    select: Select,
    path: Field,
    /// Only what is wrong with it; the box is as long as a file.
    text: Option<Field>,
    content: String,
    base: String,
    findings: Vec<Line>,
    is_edited: bool,
    may_remove: bool,
    is_drafting: bool,
    key: String,
}

/// The file that is open.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Open {
    path: String,
}

/// What was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    path: String,
    text: String,
    gone: String,
    /// What the text was when the page was made; empty for a file that was not open.
    base: String,
}

/// `GET`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    Path(id): Path<String>,
    Query(open): Query<Open>,
) -> Result<Response, DoorFault> {
    Ok(ui::page(page(&visit, frame::id(&id)?, &open.path, None).await?))
}

/// `POST`
pub async fn save(Path(id): Path<String>, posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let revision: Uuid = frame::id(&id)?;
    let path = form.path.trim().to_owned();
    let text = form.gone.is_empty().then_some(form.text.as_str());
    let seen = Some(form.base.as_str()).filter(|base| !base.is_empty());
    let outcome = edit_file(&visit, Some(&key), revision, (&path, seen), text).await;
    match done::settled(outcome, |_| format!("{REVISIONS}/{id}"), "revision-edited") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, revision, &path, Some((&form.text, &fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(visit: &Visit, id: Uuid, path: &str, kept: Option<(&str, &Fault)>) -> Result<Page, Fault> {
    let view = reads::one(visit, id).await?;
    let words = visit.world.part::<Words>();
    let (text, in_force) = reads::file(visit, id, path).await?;
    let files = reads::files(visit, id).await?;
    let kinds = [
        "themes/",
        "elements/",
        "materials/",
        "licences/",
        "laws/",
        "words/",
        "items/",
        "accepted.yaml",
        "delegations.yaml",
    ];
    let options = files.iter().filter(|file| kinds.iter().any(|kind| file.path.starts_with(kind)));
    let options = options.map(|file| Opt::new(file.path.as_str(), file.path.as_str()));
    let fault = kept.map(|(_, fault)| fault);
    let field = Field::new("path", "文件", FieldKind::Text { max: Some(120) })
        .value(path)
        .help("新文件写明位置，如 themes/open-shop/theme.yaml");
    let shown = kept.map(|(said, _)| said.to_owned()).or_else(|| text.clone());
    let text_field = (!path.is_empty() || kept.is_some())
        .then(|| told(Field::new("text", "内容", FieldKind::Long { max: None }), fault, &words));
    let path_field = told(field, fault, &words);
    let found = if path.is_empty() { Vec::new() } else { reads::findings(visit, id).await? };
    let findings = found.iter().map(|one| Line::of(&one.diagnostic)).filter(|line| line.file == path);
    Ok(Page {
        shell: frame::desk(visit, "文件")
            .crumb(REVISIONS, REVISIONS_NAME)
            .crumb(format!("{REVISIONS}/{id}"), view.line.title.clone())
            .crumb_here("文件"),
        errors: ErrorSummary::of([Some(&path_field), text_field.as_ref()].into_iter().flatten()),
        trouble: fault.and_then(|fault| trouble(fault, &words)),
        home: format!("{REVISIONS}/{id}/files"),
        select: Select::new(("files", "path"), "打开文件", "新文件", options, path),
        path: path_field,
        base: text.as_deref().map_or_else(String::new, stamp_of_text),
        content: shown.unwrap_or_default(),
        text: text_field,
        findings: findings.collect(),
        is_edited: view.edits.iter().any(|edit| edit.path == path),
        may_remove: in_force.is_some() && text.is_some(),
        is_drafting: view.line.state == authoring::State::Drafting,
        key: frame::key(),
    })
}

/// The address of a file in a revision.
pub fn address(id: Uuid, path: &str) -> String {
    format!("{REVISIONS}/{id}/files?{}", door::pair("path", path))
}
