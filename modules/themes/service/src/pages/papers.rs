//! Handing in papers: those to hand in with their files, those not to hand in with the reason.

use access_service::door::files::{self, Wanted};
use access_service::{Posted, Visit};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::DraftId;
use platform::{Fault, FieldFault};
use ui::{MaterialRow, Progress, Shell, Upload, UploadedFile};
use uuid::Uuid;

use super::drafting::{Detour, Drafting, find, value};
use super::plan_parts;
use crate::acts::{remove_paper, take_on_paper};
use crate::filing::{Slot, anchor};
use crate::reads;

#[derive(Template)]
#[template(path = "themes_papers.html")]
struct PapersPage {
    shell: Shell,
    progress: Progress,
    for_whom: Option<String>,
    intro: String,
    /// Papers that must be handed in now.
    due: Vec<Place>,
    /// Papers that may follow or may be left out.
    free: Vec<Place>,
    exempt: Vec<MaterialRow>,
    receive: String,
    check: String,
    form: String,
    complete: bool,
}

/// The place to hand in one paper.
struct Place {
    key: String,
    upload: Upload,
    /// Why it may wait or be left out.
    note: String,
    /// At the window a paper may be received on paper.
    at_window: bool,
    on_paper: bool,
}

/// `GET /drafts/{draft}/papers`
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Detour> {
    let drafting = Drafting::open(visit, &id).await?;
    Ok(draw(&drafting, StatusCode::OK, None)?)
}

/// The page, with what was wrong with the last file.
pub(super) fn draw(drafting: &Drafting, status: StatusCode, wrong: Option<&FieldFault>) -> Result<Response, Fault> {
    let filing = drafting.filing()?;
    let place = |slot: &Slot<'_>| Place {
        key: slot.key.clone(),
        upload: upload(drafting, slot, wrong.filter(|fault| fault.field == slot.key)),
        note: if slot.is_due() { String::new() } else { filing.plan.why_material(&slot.material) },
        at_window: drafting.draft.is_at_window() && drafting.visit.actor.is_staff(),
        on_paper: slot.on_paper,
    };
    let (due, others): (Vec<&Slot<'_>>, Vec<&Slot<'_>>) = filing.slots.iter().partition(|slot| slot.is_due());
    let (free, exempt): (Vec<&Slot<'_>>, Vec<&Slot<'_>>) = others.into_iter().partition(|slot| slot.takes_files());
    let missing = due.iter().filter(|slot| slot.is_missing()).count();
    let forms = filing.plan.materials.iter();
    let exempt = exempt.into_iter().map(|slot| &slot.material).chain(forms);
    let page = PapersPage {
        shell: drafting.shell("交材料").faulty(wrong.is_some()),
        progress: drafting.progress(3),
        for_whom: drafting.for_whom(),
        intro: intro(due.len(), missing),
        due: due.into_iter().map(place).collect(),
        free: free.into_iter().map(place).collect(),
        exempt: exempt.map(|material| plan_parts::row(&filing.plan, material)).collect(),
        receive: drafting.draft.href("papers/received"),
        check: drafting.draft.href("check"),
        form: drafting.draft.href("form"),
        complete: missing == 0,
    };
    Ok(ui::page_with(status, page))
}

fn intro(due: usize, missing: usize) -> String {
    match (due, missing) {
        (0, _) => "您没有必须交的材料，需要的信息由部门之间核对。".to_owned(),
        (due, 0) => format!("{due} 份材料都交齐了。"),
        (due, missing) if due == missing => format!("一共要交 {due} 份。"),
        (due, missing) => format!("一共要交 {due} 份，还差 {missing} 份。"),
    }
}

fn upload(drafting: &Drafting, slot: &Slot<'_>, wrong: Option<&FieldFault>) -> Upload {
    let holder = plan_parts::holder(slot.material.holder);
    let name = slot.material.name;
    let most = drafting.visit.world.config.limits.upload_bytes;
    let files = slot.files.iter().map(|file| UploadedFile {
        name: file.name.clone(),
        size: ui::say::bytes(file.bytes),
        href: drafting.draft.href(&format!("papers/{}/file", file.id)),
        remove: Some(drafting.draft.href(&format!("papers/{}/remove", file.id))),
    });
    Upload {
        id: slot.anchor(),
        label: if holder.is_empty() { name.to_owned() } else { format!("{name}（{holder}）") },
        help: plan_parts::help(&slot.material),
        action: format!("{}?{}", drafting.draft.href("papers"), access_service::door::pair("paper", &slot.key)),
        csrf: drafting.visit.csrf().to_owned(),
        files: files.collect(),
        error: wrong.map(|fault| drafting.said(fault)),
        limit: megabytes(most),
        limit_bytes: most,
    }
}

/// 10 MB, where whole megabytes are whole.
pub(super) fn megabytes(bytes: u64) -> String {
    if bytes.is_multiple_of(1 << 20) { format!("{} MB", bytes >> 20) } else { ui::say::bytes(bytes) }
}

/// `POST /drafts/{draft}/papers/{paper}/remove`
pub async fn remove(
    Path((id, paper)): Path<(String, Uuid)>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    let draft: DraftId = find(&posted.visit, &id).await?.id;
    let slot = remove_paper(&posted.visit, draft, paper).await?;
    let place = slot.map(|slot| format!("#{}", anchor(&slot))).unwrap_or_default();
    Ok(Redirect::to(&format!("/drafts/{draft}/papers{place}")).into_response())
}

/// `POST /drafts/{draft}/papers/received`: the clerk has (or gives back) the paper itself.
pub async fn receive(Path(id): Path<String>, posted: Posted<Vec<(String, String)>>) -> Result<Response, Detour> {
    let Posted { visit, form, .. } = posted;
    let draft = find(&visit, &id).await?.id;
    let slot = value(&form, "_slot").to_owned();
    take_on_paper(&visit, draft, &slot, value(&form, "_received") == "true").await?;
    Ok(Redirect::to(&format!("/drafts/{draft}/papers#{}", anchor(&slot))).into_response())
}

/// `GET /drafts/{draft}/papers/{paper}/file`
pub async fn file(visit: Visit, Path((id, paper)): Path<(String, Uuid)>) -> Result<Response, Detour> {
    let draft = find(&visit, &id).await?.id;
    let found = reads::paper(&visit, draft, paper).await?;
    Ok(files::uploaded(&visit.world, &found.blob, (found.kind.media_type(), &found.name), Wanted::Look).await?)
}
