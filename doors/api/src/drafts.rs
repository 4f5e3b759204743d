//! Drafts: start, answer, fill in, submit. Every call gives the whole draft back, worked out, with what is missing.

use std::collections::BTreeMap;

use access_service::{DoorFault, Visit, Words};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::id::{DraftId, SubjectId};
use kernel::value::Value;
use platform::{Fault, FieldFault, World};
use serde::Deserialize;
use themes::Answers;
use themes::acts::{START_DRAFT, SUBMIT_DRAFT};
use themes_service::acts::{self, Seen};
use themes_service::filing::Entry;
use themes_service::{Filing, Sheet, ThemeShelf, known, reads};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::asking::{Body, Id, Reading, Writing};
use crate::document::{ReadFaults, WriteFaults, WriteHeaders};
use crate::{PREFIX, applications, themes as questions, views};

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new()
        .routes(routes!(list_drafts, start_draft))
        .routes(routes!(show_draft))
        .routes(routes!(save_answers))
        .routes(routes!(save_form))
        .routes(routes!(submit_draft))
}

/// 本人没办完的草稿，新的在前
#[utoipa::path(get, path = "/drafts", tag = "drafts",
    responses((status = 200, body = Vec<views::DraftLine>), ReadFaults))]
async fn list_drafts(Reading(visit): Reading) -> Result<Json<Vec<views::DraftLine>>, DoorFault> {
    let own = visit.actor.subject().and_then(|subject| subject.parse().ok()).ok_or(Fault::NotAllowed)?;
    Ok(Json(reads::open_drafts(&visit, own).await?.into_iter().map(views::DraftLine::from).collect()))
}

/// 开始办理
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StartDraft {
    /// 主题
    theme: String,
    /// 已有的答案，按问题编号
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    answers: Answers,
    /// 给谁办；居民给自己办不用写，窗口必写
    subject: Option<Uuid>,
    /// 名下有几个单位时，给哪个办
    organisation: Option<Uuid>,
}

/// 开始办理
#[utoipa::path(post, path = "/drafts", tag = "drafts", security(("session" = [], "csrf" = [])), params(WriteHeaders),
    request_body = StartDraft,
    responses((status = 201, body = views::Draft, headers(("location" = String))), WriteFaults))]
async fn start_draft(writing: Writing, Body(order): Body<StartDraft>) -> Result<Response, DoorFault> {
    let visit = &writing.visit;
    let shelf = ThemeShelf::current(&visit.world)?;
    let theme = shelf.theme(&order.theme).map_err(|_| named("theme", "no-such-theme", &order.theme))?;
    let faults = theme.review(&order.answers);
    if !faults.is_empty() {
        return Err(questions::invalid(&faults).into());
    }
    let own = visit.actor.subject().and_then(|subject| subject.parse().ok());
    let subject = order.subject.map(SubjectId::from_uuid).or(own);
    let subject = subject.ok_or_else(|| named("subject", "required", "subject"))?;
    let key = writing.key(START_DRAFT.name(), "new")?;
    let wish = acts::StartDraft {
        theme: order.theme,
        subject,
        organisation: order.organisation.map(SubjectId::from_uuid),
        answers: order.answers,
    };
    let id = match acts::start_draft(visit, Some(&key), wish).await {
        Err(Fault::Repeated(first)) => first.subject.parse().map_err(Fault::internal)?,
        other => other?,
    };
    let draft = worked_out(visit, id).await?;
    let place = format!("{PREFIX}/drafts/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(draft)).into_response())
}

/// 草稿：已答、已填、已交的，由此得出的，还差的
#[utoipa::path(get, path = "/drafts/{id}", tag = "drafts", params(("id" = Uuid, Path)),
    responses((status = 200, body = views::Draft), ReadFaults))]
async fn show_draft(Reading(visit): Reading, Id(id): Id<DraftId>) -> Result<Json<views::Draft>, DoorFault> {
    Ok(Json(worked_out(&visit, id).await?))
}

/// 全部答案
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveAnswers {
    /// 看到的版本
    version: i32,
    /// 代替原有的全部答案；没写的问题按默认值
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    answers: Answers,
}

/// 保存答案
///
/// 与已保存的完全一样时什么也不改，重复发送无妨。
#[utoipa::path(put, path = "/drafts/{id}/answers", tag = "drafts", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path)), request_body = SaveAnswers,
    responses((status = 200, body = views::Draft), WriteFaults))]
async fn save_answers(
    Writing { visit, .. }: Writing,
    Id(id): Id<DraftId>,
    Body(order): Body<SaveAnswers>,
) -> Result<Json<views::Draft>, DoorFault> {
    let draft = reads::draft(&visit, id).await?;
    let shelf = ThemeShelf::current(&visit.world)?;
    let faults = shelf.theme(&draft.theme)?.review(&order.answers);
    if !faults.is_empty() {
        return Err(questions::invalid(&faults).into());
    }
    if draft.answers != order.answers {
        let seen = Seen { version: order.version, tab: String::new() };
        let save = acts::SaveAnswers { draft: id, seen, answers: order.answers, organisation: None };
        acts::save_answers(&visit, &save).await?;
    }
    Ok(Json(worked_out(&visit, id).await?))
}

/// 整张表
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveForm {
    /// 看到的版本
    version: i32,
    /// 数据元代码到所填的值；没写的项按登记信息，没有登记信息的为空
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    fields: BTreeMap<String, Option<Value>>,
}

/// 保存表单
///
/// 填错的也会保存，错在哪里见各项的 `fault`。与已保存的完全一样时什么也不改，重复发送无妨。
#[utoipa::path(put, path = "/drafts/{id}/form", tag = "drafts", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path)), request_body = SaveForm,
    responses((status = 200, body = views::Draft), WriteFaults))]
async fn save_form(
    Writing { visit, .. }: Writing,
    Id(id): Id<DraftId>,
    Body(order): Body<SaveForm>,
) -> Result<Json<views::Draft>, DoorFault> {
    let draft = reads::draft(&visit, id).await?;
    let form = sheet(&filing(&visit, &draft, &*ThemeShelf::current(&visit.world)?).await?, &draft.form, &order.fields)?;
    if form != draft.form {
        let seen = Seen { version: order.version, tab: String::new() };
        acts::save_form(&visit, &acts::SaveForm { draft: id, seen, form, answers: None }).await?;
    }
    Ok(Json(worked_out(&visit, id).await?))
}

/// The sheet as the body says, over what else it keeps.
fn sheet(filing: &Filing<'_>, kept: &Sheet, fields: &BTreeMap<String, Option<Value>>) -> Result<Sheet, Fault> {
    let mut faults = Vec::new();
    for element in fields.keys() {
        match filing.entry(element) {
            None => faults.push(FieldFault::new(element, "no-such-field").fact("given", element)),
            Some(entry) if !entry.is_open() => {
                faults.push(FieldFault::new(element, "field-not-open").fact("label", entry.field.label()));
            }
            Some(_) => {}
        }
    }
    if !faults.is_empty() {
        return Err(Fault::Invalid(faults));
    }
    let mut form = kept.clone();
    for entry in filing.entries().filter(|entry| entry.is_open()) {
        let code = entry.element().code.as_str();
        match fields.get(code).and_then(Option::as_ref).map(texts).filter(|texts| !is_recorded(entry, texts)) {
            Some(typed) => form.keep(code, typed),
            None => form.forget(code),
        }
    }
    Ok(form)
}

/// What is as the register says is not typed: should the register change, the form follows it.
fn is_recorded(entry: &Entry<'_>, texts: &[String]) -> bool {
    entry.record.as_ref().is_some_and(|record| record.texts() == texts)
}

fn texts(value: &Value) -> Vec<String> {
    let given = match value {
        Value::List(members) => members.iter().map(ToString::to_string).collect(),
        one => vec![one.to_string()],
    };
    given.into_iter().map(|text: String| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// 提交
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SubmitDraft {
    /// 申请人声明所填、所交内容真实有效
    declared: bool,
}

/// 提交申请
///
/// 一次提交开出一个申请、每个事项一件。已经提交过的草稿得到它成为的那个申请。
#[utoipa::path(post, path = "/drafts/{id}/submit", tag = "drafts", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), WriteHeaders), request_body = SubmitDraft,
    responses((status = 201, body = views::Application, headers(("location" = String))), WriteFaults))]
async fn submit_draft(
    writing: Writing,
    Id(id): Id<DraftId>,
    Body(order): Body<SubmitDraft>,
) -> Result<Response, DoorFault> {
    let key = writing.key(SUBMIT_DRAFT.name(), id)?;
    let wish = acts::SubmitDraft { draft: id, declared: order.declared };
    let application = acts::submit_draft(&writing.visit, Some(&key), wish).await?;
    let shown = applications::told(&writing.visit, application).await?;
    let place = format!("{PREFIX}/applications/{application}");
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(shown)).into_response())
}

/// The draft as it stands now.
async fn worked_out(visit: &Visit, id: DraftId) -> Result<views::Draft, Fault> {
    let draft = reads::draft(visit, id).await?;
    let shelf = ThemeShelf::current(&visit.world)?;
    let filing = filing(visit, &draft, &shelf).await?;
    Ok(views::Draft::of(&draft, &filing, &visit.world.part::<Words>()))
}

/// What follows from a draft now.
pub(crate) async fn filing<'t>(
    visit: &Visit,
    draft: &themes_service::Draft,
    shelf: &'t ThemeShelf,
) -> Result<Filing<'t>, Fault> {
    let (theme, catalog) = (shelf.theme(&draft.theme)?, shelf.catalogue().catalog());
    let known = known::of_subject(visit, catalog, draft.subject, draft.organisation, &draft.theme).await?;
    Ok(Filing::of(theme, draft, known, catalog, &visit.world.part::<Words>(), visit.today()))
}

fn named(field: &str, code: &'static str, given: &str) -> Fault {
    Fault::Invalid(vec![FieldFault::new(field, code).fact("label", field).fact("given", given)])
}
