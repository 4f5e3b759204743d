//! `GET /desk/catalogue/findings`: what the check says of the catalogue in force; and each of its codes explained.

use access_service::{DoorFault, StaffVisit};
use askama::Template;
use authoring_service::reads::catalogue as reads;
use axum::extract::Path;
use axum::response::Response;
use catalog::{Diagnostic, Severity};
use connect::check::codes;
use platform::Fault;
use ui::Shell;

use crate::frame;

const HOME: &str = "/desk/catalogue/findings";

/// A finding as pages show it.
pub struct Line {
    pub code: &'static str,
    pub href: String,
    pub weight: &'static str,
    pub word: &'static str,
    /// File and line.
    pub place: String,
    pub file: String,
    pub what: String,
    pub mend: String,
}

impl Line {
    /// One of these.
    pub fn of(one: &Diagnostic) -> Self {
        let (weight, word) = match one.severity {
            Severity::Error => ("error", "错误"),
            Severity::Warning => ("warning", "提醒"),
        };
        Self {
            code: one.code,
            href: format!("{HOME}/{}", one.code),
            weight,
            word,
            place: format!("{} 第 {} 行", one.place.file, one.place.line),
            file: one.place.file.clone(),
            what: one.what.clone(),
            mend: one.mend.clone(),
        }
    }
}

/// Findings shown at most; the rest is counted.
const SHOWN_MAX: usize = 300;

#[derive(Template)]
#[template(path = "desk_findings.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    more: usize,
}

/// The page.
pub async fn list(StaffVisit(visit): StaffVisit) -> Result<Response, DoorFault> {
    let found = reads::findings(&visit).await?;
    let open: Vec<&Diagnostic> = found.iter().filter(|one| one.accepted.is_none()).collect();
    let page = Page {
        shell: frame::desk(&visit, "目录检查").crumb("/desk/catalogue", "事项目录").crumb_here("目录检查"),
        more: open.len().saturating_sub(SHOWN_MAX),
        lines: open.into_iter().take(SHOWN_MAX).map(Line::of).collect(),
    };
    Ok(ui::page(page))
}

#[derive(Template)]
#[template(path = "desk_code.html")]
struct CodePage {
    shell: Shell,
    id: &'static str,
    name: &'static str,
    text: String,
}

/// `GET /desk/catalogue/findings/{code}`
pub async fn explain(StaffVisit(visit): StaffVisit, Path(code): Path<String>) -> Result<Response, DoorFault> {
    reads::allow(&visit)?;
    let codes = codes();
    let code = codes.iter().find(|one| one.id.eq_ignore_ascii_case(&code)).ok_or(Fault::NotFound)?;
    let page = CodePage {
        shell: frame::desk(&visit, code.id).crumb(HOME, "目录检查").crumb_here(code.id),
        id: code.id,
        name: code.title,
        text: code.explain(),
    };
    Ok(ui::page(page))
}
