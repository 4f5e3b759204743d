//! Notices as they are listed, shown, printed and checked by strangers.

use std::sync::Arc;

use access_service::Visit;
use casework::{NoticeKind, READ, VOID_NOTICE};
use chrono::NaiveDate;
use documents::{Issue, Notice, Printer, Sheet, Voided};
use kernel::id::{ApplicationId, CaseId};
use platform::clock::china_day;
use platform::{Fault, World};
use serde::Serialize;

use crate::acts::Matter;
use crate::notice::forms::in_words;
use crate::notice::{NoticeId, typed_code};
use crate::pins;
use crate::store::{self, Which, notice};
use crate::wording::Wording;

/// What the fault says when no PDF can be made: there is no press, or it has no Chinese fonts.
pub const PRESS: &str = "press";

/// One notice in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeLine {
    pub id: NoticeId,
    pub application: ApplicationId,
    pub case: Option<CaseId>,
    pub kind: NoticeKind,
    /// 准予行政许可决定书
    pub title: String,
    /// 文号
    pub number: String,
    /// The item, or the theme for what concerns the whole application.
    pub matter: String,
    /// The issuing authority's short name.
    pub authority: String,
    pub issued_on: NaiveDate,
    pub issued_words: String,
    pub void: Option<VoidView>,
    /// The visitor may make it void.
    pub may_void: bool,
}

/// Why a notice is void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoidView {
    pub on: NaiveDate,
    pub on_words: String,
    /// By whom, by name; not told to the applicant.
    pub by: String,
    pub reason: String,
}

/// One notice, laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    pub line: NoticeLine,
    pub sheet: Sheet,
}

/// What a stranger who holds a paper may learn, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifiedNotice {
    pub authority: String,
    pub title: String,
    pub number: String,
    pub on: NaiveDate,
    pub on_words: String,
    /// 何**
    pub applicant: String,
    /// The day it became void.
    pub void_on: Option<String>,
}

/// The notices of an application that the visitor may see, oldest first: applicants see what is for them, staff who may
/// read the whole application see all, other officers those of their own cases.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn notices_of_application(visit: &Visit, id: ApplicationId) -> Result<Vec<NoticeLine>, Fault> {
    listed(visit, Which::Application(id), None).await
}

/// The notices of one case, as [`notices_of_application`].
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn notices_of_case(visit: &Visit, id: CaseId) -> Result<Vec<NoticeLine>, Fault> {
    listed(visit, Which::Case(id), Some(id)).await
}

async fn listed(visit: &Visit, which: Which, case: Option<CaseId>) -> Result<Vec<NoticeLine>, Fault> {
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let matter = Matter::look(visit, &shelf, which).await?;
    let rows = store::notice_list(visit.world.db.reader(), matter.head.id).await?;
    let wanted = |row: &&notice::Model| case.is_none_or(|case| row.case_id == Some(case.uuid()));
    let seen = rows.iter().filter(wanted).filter(|row| may_see(visit, &matter, row));
    seen.map(|row| line(visit, &matter, row, &wording)).collect()
}

/// Whether the visitor may see a notice of this application.
fn may_see(visit: &Visit, matter: &Matter<'_>, row: &notice::Model) -> bool {
    if !visit.actor.is_staff() {
        return documents::is_for_applicant(&row.kind) && visit.may(READ, &matter.resource());
    }
    let of_case = |id| {
        let at = matter.members.iter().position(|member| member.row.id == id);
        at.is_some_and(|at| visit.may(READ, &matter.case_resource(at)))
    };
    visit.may(READ, &matter.resource()) || row.case_id.is_some_and(of_case)
}

fn line(visit: &Visit, matter: &Matter<'_>, row: &notice::Model, wording: &Wording) -> Result<NoticeLine, Fault> {
    let kind = NoticeKind::parse(&row.kind)
        .ok_or_else(|| Fault::internal(format_args!("casework_notice.kind of {} cannot be read", row.id)))?;
    let notice = body(row)?;
    let member = matter.members.iter().find(|member| Some(member.row.id) == row.case_id);
    let void = row.voided_at.map(|at| VoidView {
        on: china_day(at),
        on_words: ui::say::moment(at, wording.today),
        by: row.voided_by_name.clone().filter(|_| visit.actor.is_staff()).unwrap_or_default(),
        reason: row.void_reason.clone().unwrap_or_default(),
    });
    Ok(NoticeLine {
        id: NoticeId::from_uuid(row.id),
        application: matter.id(),
        case: row.case_id.map(CaseId::from_uuid),
        kind,
        title: title(kind, &notice),
        number: row.number.clone(),
        matter: member.map_or_else(|| matter.head.theme_name.clone(), |member| member.row.item_name.clone()),
        authority: wording.shelf.authority_short(&row.authority).to_owned(),
        issued_on: china_day(row.issued_at),
        issued_words: ui::say::moment(row.issued_at, wording.today),
        may_void: void.is_none() && visit.may(VOID_NOTICE, &matter.notice_resource(row)),
        void,
    })
}

fn title(kind: NoticeKind, notice: &Notice) -> String {
    documents::title_of(kind.code(), notice.head.power).unwrap_or_default().to_owned()
}

fn body(row: &notice::Model) -> Result<Notice, Fault> {
    Ok(serde_json::from_str(&row.body)?)
}

/// One notice laid out, for whoever may see it.
///
/// # Errors
/// [`Fault::NotFound`] also for what the visitor may not see.
pub async fn notice(visit: &Visit, id: NoticeId) -> Result<NoticeView, Fault> {
    let row = store::notice_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let which = Which::Application(ApplicationId::from_uuid(row.application));
    let matter = Matter::look(visit, &shelf, which).await?;
    if !may_see(visit, &matter, &row) {
        return Err(Fault::NotFound);
    }
    let sheet = documents::compose(&body(&row)?, &issue_of(&visit.world, &row));
    let sheet = sheet.map_err(|missing| Fault::internal(format_args!("notice {}: {missing}", row.id)))?;
    Ok(NoticeView { line: line(visit, &matter, &row, &wording)?, sheet })
}

fn issue_of(world: &World, row: &notice::Model) -> Issue {
    Issue {
        number: row.number.clone(),
        code: row.code.clone(),
        url: format!("{}/notices/verify?code={}", public_url(world), row.code),
        voided: row.voided_at.map(|at| Voided { on: china_day(at) }),
    }
}

/// The address people see; an installation that names none is seen where it listens.
fn public_url(world: &World) -> String {
    let named = world.config.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
    named.unwrap_or_else(|| format!("http://{}", world.config.listen))
}

/// A sheet as PDF, made on another thread: setting a page takes tens of milliseconds of a processor.
///
/// # Errors
/// [`Fault::Unavailable`] of [`PRESS`] where no PDF can be made; the page is there all the same.
pub async fn notice_pdf(world: &World, sheet: Sheet) -> Result<Vec<u8>, Fault> {
    let printer = world.parts.get::<Printer>().ok_or_else(|| Fault::unavailable(PRESS))?;
    let press = Arc::clone(&printer.0);
    let set = tokio::task::spawn_blocking(move || press.pdf(&sheet)).await.map_err(Fault::internal)?;
    set.map_err(|fault| {
        tracing::error!("no PDF: {fault}");
        Fault::unavailable(PRESS)
    })
}

/// What a stranger may learn who holds a paper with this code; nothing for a code that was never given.
///
/// # Errors
/// The database's.
pub async fn verify_notice(world: &World, typed: &str) -> Result<Option<VerifiedNotice>, Fault> {
    let code = typed_code(typed);
    let Some(row) = store::notice_by_code(world.db.reader(), &code).await? else { return Ok(None) };
    let kind = NoticeKind::parse(&row.kind).ok_or_else(|| Fault::internal("a notice of unknown kind"))?;
    let notice = body(&row)?;
    Ok(Some(VerifiedNotice {
        title: title(kind, &notice),
        number: row.number,
        on: notice.head.on,
        on_words: in_words(notice.head.on),
        applicant: ui::say::mask_name(&notice.head.applicant),
        void_on: row.voided_at.map(|at| in_words(china_day(at))),
        authority: notice.head.authority,
    }))
}
