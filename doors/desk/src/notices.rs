//! Notices (文书) on the desk: to read, print, keep, and make void.

use access_service::door::files::{self, PDF, Wanted};
use access_service::{DoorFault, Posted, StaffVisit, Visit};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use casework_service::NoticeId;
use casework_service::acts::{VoidNotice, void_notice};
use casework_service::reads::{self, NoticeLine, NoticeView};
use platform::Fault;
use ui::Shell;

use crate::done::{self, Done};
use crate::form::Sheet;
use crate::order::Trouble;
use crate::{application, case, frame};

#[derive(Template)]
#[template(path = "desk_document.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    trouble: Option<Trouble>,
    document: String,
    line: NoticeLine,
    /// Where one came from.
    back: String,
    key: String,
    /// The reason as it was typed.
    reason: String,
}

/// `GET /desk/notices/{id}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let id = frame::id::<NoticeId>(&id)?;
    let notice = reads::notice(&visit, id).await?;
    let done = done::of(&visit, &headers, &address(id)).await?;
    Ok(done::shown(&visit, &headers, page(&visit, notice, done, None, String::new())))
}

/// `GET /desk/notices/{id}/pdf`
pub async fn pdf(StaffVisit(visit): StaffVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let notice = reads::notice(&visit, frame::id::<NoticeId>(&id)?).await?;
    let name = format!("{}（{}）.pdf", notice.line.title, notice.line.number);
    let file = reads::notice_pdf(&visit.world, notice.sheet).await?;
    Ok(files::sent(file, PDF, &name, Wanted::Look)?)
}

/// `POST /desk/notices/{id}/void`
pub async fn void(Path(id): Path<String>, Posted { visit, key, form }: Posted<Sheet>) -> Result<Response, DoorFault> {
    let id = frame::id::<NoticeId>(&id)?;
    frame::staff_only(&visit, &address(id))?;
    let reason = form.one("reason").to_owned();
    match void_notice(&visit, Some(&key), VoidNotice { notice: id, reason: reason.clone() }).await {
        Ok(()) => Ok(done::redirect(&address(id), "notice-void")),
        Err(fault @ Fault::Refusal(_)) => {
            let notice = reads::notice(&visit, id).await?;
            let mut answer = page(&visit, notice, None, Some(Trouble::of(&visit, &fault)), reason);
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Where a notice is shown.
fn address(id: NoticeId) -> String {
    format!("/desk/notices/{id}")
}

fn page(visit: &Visit, notice: NoticeView, done: Option<Done>, trouble: Option<Trouble>, reason: String) -> Response {
    let line = notice.line;
    let back = line.case.map_or_else(|| application::address(line.application), case::address);
    let shell = frame::desk(visit, format!("{} {}", line.title, line.number)).crumb("/desk", "待办");
    ui::page(Page {
        shell: shell
            .crumb(back.clone(), line.matter.clone())
            .crumb_here(line.number.as_str())
            .faulty(trouble.is_some()),
        done,
        trouble,
        document: documents::html(&notice.sheet),
        back,
        key: frame::key(),
        reason,
        line,
    })
}
