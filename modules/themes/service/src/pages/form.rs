//! The one form: what the registers know is folded to a line, what is left to type stands open.

use access_service::{Posted, Visit};
use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use platform::{Fault, FieldFault};
use ui::{ErrorSummary, Field, Progress, Shell};

use super::drafting::{Detour, Drafting, Marks, seen, value};
use super::fields::{self, Look};
use crate::acts::{SaveForm, save_form};
use crate::draft::Sheet;
use crate::filing::{Entry, Filing, HANDOVER_GROUP, Origin, Page, keep_typed};

#[derive(Template)]
#[template(path = "themes_form.html")]
struct FormPage {
    shell: Shell,
    progress: Progress,
    for_whom: Option<String>,
    errors: ErrorSummary,
    intro: String,
    action: String,
    marks: Marks,
    parts: Vec<Part>,
    answers_href: String,
    plan_href: String,
    saved: String,
}

/// A section of the form.
struct Part {
    title: &'static str,
    /// Known, folded to a line each.
    filled: Vec<Field>,
    /// To be typed, or typed.
    open: Vec<Field>,
    /// Filled by an answer or by another field; mended there.
    fixed: Vec<Fixed>,
}

/// An entry nobody types.
pub(super) struct Fixed {
    pub label: String,
    pub value: String,
    pub source: &'static str,
}

/// `GET /drafts/{draft}/form`; with `review` in the address everything missing is marked.
pub async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Detour> {
    let drafting = Drafting::open(visit, &id).await?;
    let review = super::questions::pairs(query.as_deref()).iter().any(|(name, _)| name == "review");
    Ok(draw(&drafting, StatusCode::OK, review, &[])?)
}

/// `POST /drafts/{draft}/form`: keeps everything, right or wrong; `_go` leads on when nothing is wrong.
pub async fn save(
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    let Posted { visit, form, .. } = posted;
    let mut drafting = Drafting::open(visit, &id).await?;
    let before = drafting.draft.form.clone();
    let sheet = {
        let mut sheet = before.clone();
        keep_typed(&drafting.filing()?, Page::Form, &mut sheet, &form);
        sheet
    };
    let order = SaveForm { draft: drafting.draft.id, seen: seen(&form), form: sheet.clone(), answers: None };
    let saved = save_form(&drafting.visit, &order).await;
    drafting.draft.form = sheet;
    match saved {
        Ok(version) => drafting.draft.version = version,
        Err(Fault::Conflict) => {
            let other = elsewhere(&drafting.filing()?, &before);
            return Ok(draw(&drafting, StatusCode::CONFLICT, false, &other)?);
        }
        Err(fault) => return Err(fault.into()),
    }
    if headers.contains_key("x-autosave") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    if value(&form, "_go").is_empty() {
        return Ok(Redirect::to(&drafting.draft.href("form")).into_response());
    }
    let wrong = drafting.filing()?.entries_on(Page::Form).any(|entry| entry.is_open() && entry.fault().is_some());
    if wrong {
        return Ok(draw(&drafting, StatusCode::UNPROCESSABLE_ENTITY, true, &[])?);
    }
    Ok(Redirect::to(&drafting.draft.href("papers")).into_response())
}

/// What another page has saved differently meanwhile, as a fault of each field.
fn elsewhere(mine: &Filing<'_>, theirs: &Sheet) -> Vec<FieldFault> {
    let differs = mine.entries_on(Page::Form).filter(|entry| entry.is_open()).filter_map(|entry| {
        let code = &entry.element().code;
        let known = entry.record.as_ref().map(|record| record.texts()).unwrap_or_default();
        let other = theirs.typed(code).map_or(known, <[String]>::to_vec);
        if other == entry.texts {
            return None;
        }
        let label: Vec<String> = other.iter().map(|text| entry.element().label_of(text).to_owned()).collect();
        let said = if label.is_empty() { "（空）".to_owned() } else { label.join("、") };
        Some(FieldFault::new(code.as_str(), "changed-elsewhere").fact("label", entry.field.label()).fact("other", said))
    });
    differs.collect()
}

fn draw(drafting: &Drafting, status: StatusCode, review: bool, other: &[FieldFault]) -> Result<Response, Fault> {
    let filing = drafting.filing()?;
    let look =
        Look { catalog: drafting.shelf.catalogue().catalog(), words: &drafting.words, today: drafting.visit.today() };
    let sections = filing.sections.iter().filter(|section| section.group != HANDOVER_GROUP);
    let parts: Vec<Part> =
        sections.map(|section| part(section.title, &section.entries, &filing, &look, review)).collect();
    let mut parts: Vec<Part> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    for field in parts.iter_mut().flat_map(|part| part.filled.iter_mut().chain(&mut part.open)) {
        if let Some(fault) = other.iter().find(|fault| fault.field == field.name) {
            field.error = Some(drafting.said(fault));
        }
    }
    let errors = ErrorSummary::of(parts.iter().flat_map(|part| part.filled.iter().chain(&part.open)));
    let mut shell = drafting.shell("填写信息").faulty(!errors.is_empty());
    if status == StatusCode::CONFLICT {
        let said = "这张表刚刚在另一个页面改过。您在这一页填的都在下面，核对后再保存一次，就以这一页为准。";
        shell = shell.flash(ui::FlashKind::Warn, said);
    }
    let page = FormPage {
        shell,
        progress: drafting.progress(2),
        for_whom: drafting.for_whom(),
        errors,
        intro: intro(&filing),
        action: drafting.draft.href("form"),
        marks: drafting.marks(),
        parts,
        answers_href: drafting.draft.href("questions"),
        plan_href: drafting.draft.href("plan"),
        saved: drafting.saved_at(),
    };
    Ok(ui::page_with(status, page))
}

fn part(title: &'static str, entries: &[Entry<'_>], filing: &Filing<'_>, look: &Look<'_>, review: bool) -> Part {
    let mut part = Part { title, filled: Vec::new(), open: Vec::new(), fixed: Vec::new() };
    for entry in entries {
        match entry.origin {
            Origin::Record => part.filled.push(fields::of_entry(entry, filing.theme, look, review)),
            // What somebody has typed wrongly is told at once; what nobody has typed yet only in review.
            Origin::Typed => {
                let wrong = review || !entry.texts.is_empty();
                part.open.push(fields::of_entry(entry, filing.theme, look, wrong));
            }
            Origin::Answered(_) | Origin::Derived | Origin::Carried => part.fixed.push(fixed(entry)),
        }
    }
    part
}

impl Part {
    fn is_empty(&self) -> bool {
        self.filled.is_empty() && self.open.is_empty() && self.fixed.is_empty()
    }
}

/// An entry that nobody types, in words.
pub(super) fn fixed(entry: &Entry<'_>) -> Fixed {
    let source = match entry.origin {
        Origin::Answered(_) => "您的回答",
        Origin::Carried => "前一个事项办好后自动带入",
        _ => "系统推算",
    };
    let pending =
        if entry.origin == Origin::Carried { "办好后自动带入" } else { "填好相关内容后自动算出" };
    let value = if entry.value.is_some() { entry.in_words() } else { pending.to_owned() };
    let masked = entry.value.as_ref().and_then(|value| fields::masked(entry.element(), value));
    Fixed { label: entry.field.label().to_owned(), value: masked.unwrap_or(value), source }
}

/// 一共 36 项，已经帮您填好 25 项，请核对后补上其余 11 项。
fn intro(filing: &Filing<'_>) -> String {
    let all = filing.entries_on(Page::Form).count();
    let open = filing.entries_on(Page::Form).filter(|entry| entry.origin == Origin::Typed).count();
    match (all - open, open) {
        (_, 0) => format!("一共 {all} 项，都已经填好，请核对。"),
        (0, _) => format!("一共 {all} 项。"),
        (filled, open) => format!("一共 {all} 项，已经帮您填好 {filled} 项，请核对后补上其余 {open} 项。"),
    }
}
