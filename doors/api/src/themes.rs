//! Themes, their questions, and the plan. Open to everybody; who is signed in gets a plan that knows the records.

use access_service::{DoorFault, Visit, Words};
use axum::Json;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Response};
use platform::{Fault, FieldFault, World};
use themes::{AnswerFault, Answers, FaultKind, Theme};
use themes_service::{ThemeShelf, known};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::Id;
use crate::document::OpenFaults;
use crate::views;

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new()
        .routes(routes!(list_themes))
        .routes(routes!(show_theme))
        .routes(routes!(list_questions))
        .routes(routes!(show_plan))
}

/// 全部主题
#[utoipa::path(get, path = "/themes", tag = "themes", security(()),
    responses((status = 200, body = Vec<views::ThemeLine>), OpenFaults))]
async fn list_themes(visit: Visit) -> Result<Json<Vec<views::ThemeLine>>, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    Ok(Json(shelf.themes().iter().map(views::ThemeLine::from).collect()))
}

/// 一个主题
#[utoipa::path(get, path = "/themes/{id}", tag = "themes", security(()), params(("id" = String, Path)),
    responses((status = 200, body = views::Theme), OpenFaults))]
async fn show_theme(visit: Visit, Id(id): Id<String>) -> Result<Json<views::Theme>, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    Ok(Json(shelf.theme(&id)?.into()))
}

/// 一个主题的问题
#[utoipa::path(get, path = "/themes/{id}/questions", tag = "themes", security(()), params(("id" = String, Path)),
    responses((status = 200, body = views::Questions), OpenFaults))]
async fn list_questions(visit: Visit, Id(id): Id<String>) -> Result<Response, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    Ok(Json(shelf.theme(&id)?.questions_report()).into_response())
}

/// 按答案得出的办理方案
///
/// 答案放在查询参数里：`?has_licence=false&site_area=320&food_items=hot,cold`，没有回答的问题按默认值。
/// 居民登录后，方案会用上已有的登记信息和证照。
#[utoipa::path(get, path = "/themes/{id}/plan", tag = "themes", security((), ("session" = [])),
    params(("id" = String, Path), ("answers" = Option<std::collections::HashMap<String, String>>, Query,
        description = "问题编号=答案；多选用逗号连接或者重复参数", style = Form, explode)),
    responses((status = 200, body = views::Plan), OpenFaults))]
async fn show_plan(visit: Visit, Id(id): Id<String>, RawQuery(query): RawQuery) -> Result<Response, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let theme = shelf.theme(&id)?;
    let given = access_service::door::pairs(query.unwrap_or_default().as_bytes())?;
    let answers = read_answers(theme, &given)?;
    let catalog = shelf.catalogue().catalog();
    let known = known::of_visitor(&visit, catalog, &theme.id).await?;
    let known = known::for_plan(&known, catalog, &visit.world.part::<Words>());
    Ok(Json(themes::plan(theme, &answers, &known).report()).into_response())
}

/// Reads answers by question id; everything that is none is told at once.
pub(crate) fn read_answers(theme: &Theme, given: &[(String, String)]) -> Result<Answers, Fault> {
    let given = given.iter().map(|(question, answer)| (question.as_str(), answer.as_str()));
    theme.read_answers(given).map_err(|faults| invalid(&faults))
}

/// Answers that are none, as fields to mend.
pub(crate) fn invalid(faults: &[AnswerFault]) -> Fault {
    Fault::Invalid(faults.iter().map(field_fault).collect())
}

fn field_fault(fault: &AnswerFault) -> FieldFault {
    let named = |code: &'static str| FieldFault::new(&fault.question, code).fact("label", &fault.text);
    match &fault.kind {
        FaultKind::UnknownQuestion { questions } => {
            named("no-such-question").fact("given", &fault.question).fact("questions", questions.join(","))
        }
        FaultKind::NotYesOrNo => named("not-yes-or-no"),
        FaultKind::NotANumber => named("not-a-number"),
        FaultKind::NotText => named("not-text"),
        FaultKind::NotAnOption { options, .. } => named("not-an-option").fact("options", options.join(",")),
        FaultKind::BelowMinimum { min } => named("too-small").fact("min", min).fact("unit", ""),
        FaultKind::AboveMaximum { max } => named("too-large").fact("max", max).fact("unit", ""),
        FaultKind::TooLong { max } => named("answer-too-long").fact("max", max),
    }
}
