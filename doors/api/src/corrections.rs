//! The one correction notice (一次性补正告知) and its answer; papers that were allowed to follow (补交).

use std::collections::BTreeMap;

use access_service::{DoorFault, Visit};
use axum::Json;
use axum::extract::multipart::{Field, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Multipart};
use casework::{ANSWER_CORRECTION, NOTIFY_CORRECTION, SUPPLY};
use casework_service::acts::{self, AnsweredPaper, CorrectionTarget};
use casework_service::{PaperFile, PaperId};
use kernel::id::ApplicationId;
use kernel::value::Value;
use platform::{Fault, FieldFault, World};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::asking::{self, Body, Id, Writing};
use crate::document::{WriteFaults, WriteHeaders};
use crate::uploads::{receive, unreadable};
use crate::{applications, views};

/// The part of an answer that holds its JSON.
const ANSWER: &str = "answer";

pub(crate) fn operations() -> OpenApiRouter<World> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(answer_correction))
        .routes(routes!(supply_papers))
        .layer(DefaultBodyLimit::disable());
    OpenApiRouter::new().routes(routes!(notify_correction)).merge(uploads)
}

/// 补正告知
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotifyCorrection {
    pub(crate) lines: Vec<NoticeLine>,
}

/// 要补正的一项：材料或者表单项，写其中一个
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeLine {
    paper: Option<Uuid>,
    /// 数据元
    element: Option<String>,
    /// 哪里不齐全、不符合
    reason: String,
    /// 怎么补
    mend: String,
    /// 依据
    basis: Option<String>,
}

/// 一次性告知补正：所有要补的，一次说清
#[utoipa::path(post, path = "/applications/{id}/correction", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    request_body = NotifyCorrection, responses((status = 200, body = views::Done), WriteFaults))]
async fn notify_correction(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    Body(order): Body<NotifyCorrection>,
) -> Result<Json<views::Done>, DoorFault> {
    applications::known_to(&writing.visit, id).await?;
    let key = writing.key(NOTIFY_CORRECTION.name(), id)?;
    let lines = order.lines.into_iter().enumerate().map(notice_line).collect::<Result<_, _>>()?;
    let order = acts::NotifyCorrection { application: id, lines };
    let done = acts::notify_correction(&writing.visit, Some(&key), order).await?;
    Ok(applications::stated(&writing.visit, &done))
}

pub(crate) fn notice_line((number, line): (usize, NoticeLine)) -> Result<acts::CorrectionLine, Fault> {
    let target = match (line.paper, line.element) {
        (Some(paper), None) => CorrectionTarget::Paper(PaperId::from_uuid(paper)),
        (None, Some(element)) => CorrectionTarget::Field(element),
        _ => return Err(Fault::field(format!("lines.{number}"), "paper-or-element")),
    };
    Ok(acts::CorrectionLine { target, reason: line.reason, mend: line.mend, basis: line.basis })
}

/// 补正：告知书里要的，一次交齐
#[utoipa::path(post, path = "/applications/{id}/correction/answer", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    request_body(content = views::CorrectionUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = views::Done), WriteFaults))]
async fn answer_correction(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Json<views::Done>, DoorFault> {
    let visit = &writing.visit;
    let key = writing.key(ANSWER_CORRECTION.name(), id)?;
    let (papers, fields) = brought(visit, id, parts).await?;
    let order = acts::AnswerCorrection { application: id, papers, fields };
    let done = acts::answer_correction(visit, Some(&key), order).await?;
    Ok(applications::stated(visit, &done))
}

/// 补交：受理时允许后补的材料，或者承诺后补的材料，一次交齐
#[utoipa::path(post, path = "/applications/{id}/papers-to-follow", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    request_body(content = views::CorrectionUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = views::Done), WriteFaults))]
async fn supply_papers(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Json<views::Done>, DoorFault> {
    let visit = &writing.visit;
    let key = writing.key(SUPPLY.name(), id)?;
    let (papers, fields) = brought(visit, id, parts).await?;
    if let Some(element) = fields.keys().next() {
        return Err(Fault::field(format!("field:{element}"), "not-asked").into());
    }
    let done = acts::supply_papers(visit, Some(&key), acts::SupplyPapers { application: id, papers }).await?;
    Ok(applications::stated(visit, &done))
}

pub(crate) type Brought = (Vec<AnsweredPaper>, BTreeMap<String, Value>);

/// The files and the JSON of an answer to this application. Who may not see it shall not fill the store either.
pub(crate) async fn brought(
    visit: &Visit,
    id: ApplicationId,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Brought, DoorFault> {
    let mut parts = parts.map_err(|cause| asking::unreadable("api.upload-unreadable", cause.body_text()))?;
    applications::told(visit, id).await?;
    let (mut papers, mut fields) = (Vec::new(), BTreeMap::new());
    while let Some(part) = parts.next_field().await.map_err(|cause| unreadable(&cause))? {
        if part.name() == Some(ANSWER) {
            let text = part.text().await.map_err(|cause| unreadable(&cause))?;
            let answer: views::CorrectionAnswer =
                serde_json::from_str(&text).map_err(|cause| asking::unreadable("api.body-unreadable", cause))?;
            fields = answer.fields;
            let on_paper = |paper| AnsweredPaper { paper: PaperId::from_uuid(paper), file: None };
            papers.extend(answer.on_paper.into_iter().map(on_paper));
        } else {
            papers.push(answered(visit, part).await?);
        }
    }
    Ok((papers, fields))
}

async fn answered(visit: &Visit, part: Field<'_>) -> Result<AnsweredPaper, Fault> {
    let named = part.name().unwrap_or_default().to_owned();
    let paper = named
        .parse::<PaperId>()
        .map_err(|_| Fault::Invalid(vec![FieldFault::new(&named, "no-such-paper").fact("given", &named)]))?;
    let arrived = receive(visit, part, &named).await?;
    let file = PaperFile {
        blob: arrived.stored.id,
        name: arrived.name,
        kind: arrived.stored.kind.media_type().to_owned(),
        size: arrived.stored.len,
    };
    Ok(AnsweredPaper { paper, file: Some(file) })
}
