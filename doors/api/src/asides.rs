//! What the applicant, or the window for the applicant, says besides: errors mended on the spot, a hearing, a commitment
//! taken back.

use std::collections::BTreeMap;

use access_service::DoorFault;
use axum::Json;
use casework::{ANSWER_HEARING, CORRECT_ON_SPOT, HearingAnswer, WITHDRAW_COMMITMENT};
use casework_service::acts;
use kernel::id::{ApplicationId, CaseId};
use kernel::value::Value;
use platform::World;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::asking::{Body, Id, Writing};
use crate::document::{WriteFaults, WriteHeaders};
use crate::{applications, views};

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new()
        .routes(routes!(correct_on_spot))
        .routes(routes!(answer_hearing))
        .routes(routes!(withdraw_commitment))
}

/// 当场更正
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SpotCorrection {
    /// 更正了什么，逐项
    what: Vec<String>,
    /// 表单里改了的：数据元代码到新的值
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    fields: BTreeMap<String, Value>,
}

/// 当场更正：申请人在窗口当场改好，不算补正告知
#[utoipa::path(post, path = "/applications/{id}/spot-corrections", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders), request_body = SpotCorrection,
    responses((status = 200, body = views::Done), WriteFaults))]
async fn correct_on_spot(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    Body(order): Body<SpotCorrection>,
) -> Result<Json<views::Done>, DoorFault> {
    applications::known_to(&writing.visit, id).await?;
    let key = writing.key(CORRECT_ON_SPOT.name(), id)?;
    let order = acts::CorrectOnSpot { application: id, what: order.what, fields: order.fields };
    let done = acts::correct_on_spot(&writing.visit, Some(&key), order).await?;
    Ok(applications::stated(&writing.visit, &done))
}

/// 对听证告知的答复
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HearingAnswered {
    case: Uuid,
    answer: Answer,
}

/// 申请听证，或者放弃
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Wanted,
    Waived,
}

/// 答复听证告知
#[utoipa::path(post, path = "/applications/{id}/hearing", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders), request_body = HearingAnswered,
    responses((status = 200, body = views::Done), WriteFaults))]
async fn answer_hearing(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    Body(order): Body<HearingAnswered>,
) -> Result<Json<views::Done>, DoorFault> {
    let case = one_of(&writing, id, order.case).await?;
    let key = writing.key(ANSWER_HEARING.name(), case)?;
    let answer = match order.answer {
        Answer::Wanted => HearingAnswer::Wanted,
        Answer::Waived => HearingAnswer::Waived,
    };
    let done = acts::answer_hearing(&writing.visit, Some(&key), acts::AnswerHearing { case, answer }).await?;
    Ok(applications::stated(&writing.visit, &done))
}

/// 撤回哪一件的承诺
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CommitmentWithdrawn {
    case: Uuid,
}

/// 撤回承诺：决定之前，改走一般程序
#[utoipa::path(post, path = "/applications/{id}/commitment/withdraw", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    request_body = CommitmentWithdrawn, responses((status = 200, body = views::Done), WriteFaults))]
async fn withdraw_commitment(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    Body(order): Body<CommitmentWithdrawn>,
) -> Result<Json<views::Done>, DoorFault> {
    let case = one_of(&writing, id, order.case).await?;
    let key = writing.key(WITHDRAW_COMMITMENT.name(), case)?;
    let done = acts::withdraw_commitment(&writing.visit, Some(&key), acts::WithdrawCommitment { case }).await?;
    Ok(applications::stated(&writing.visit, &done))
}

/// A case of this application. Who may not see the one learns nothing of the other.
async fn one_of(writing: &Writing, application: ApplicationId, case: Uuid) -> Result<CaseId, DoorFault> {
    let told = applications::told(&writing.visit, application).await?;
    if !told.cases.iter().any(|one| one.id == case) {
        return Err(platform::Fault::NotFound.into());
    }
    Ok(CaseId::from_uuid(case))
}
