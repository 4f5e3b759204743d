//! 开一家餐饮店 through the interface alone: from the first answer to the licences in hand.

use api::views::{Application, ApplicationLine, Case, Done, Draft, Plan, Questions, TodoPage};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;
use crate::filing::{filled, pdf, started};
use crate::ground::District;

/// Authority of each item, as its officers' logins begin.
fn office(authority: &str) -> &'static str {
    match authority {
        "区市场监管局" => "market",
        "区城管执法局" => "urban",
        "区住建水利局" => "housing",
        other => panic!("whose logins are those of {other}?"),
    }
}

#[tokio::test]
async fn a_restaurant_opens_by_the_interface_alone() {
    let district = District::open().await;
    let founder = district.resident("restaurant-founder").await;

    let questions: Questions = founder.get("/themes/open-restaurant/questions").await.told();
    assert!(questions.questions.iter().any(|question| question.id == "site_area"));
    let plan: Plan = founder.get("/themes/open-restaurant/plan?catering_kind=snack&site_area=60").await.told();
    let wanted: Vec<&str> = plan.items.iter().filter(|item| item.included).map(|item| item.id.as_str()).collect();

    let draft = started(&founder, "open-restaurant", json!({"catering_kind": "snack"})).await;
    assert!(draft.missing.iter().any(|missing| missing.page == "questions" && missing.fault.field == "site_area"));
    let body = json!({"version": draft.version, "answers": {"catering_kind": "snack", "site_area": 60}});
    let draft: Draft = founder.put(&format!("/drafts/{}/answers", draft.id), &body).await.told();
    let name = draft.sections.iter().flat_map(|section| &section.fields).find(|field| field.element == "op_name");
    let name = name.expect("the operator's name is asked for");
    assert_eq!((name.value.as_ref(), name.origin.as_str()), (Some(&json!("何志远")), "record"));
    let draft = filled(&founder, draft).await;

    let submitted = founder.post(&format!("/drafts/{}/submit", draft.id), &json!({"declared": true})).await;
    assert_eq!(submitted.status, StatusCode::CREATED);
    let place = submitted.headers["location"].to_str().unwrap().trim_start_matches("/api/v1").to_owned();
    let application: Application = submitted.told();
    let items: Vec<&str> = application.cases.iter().map(|case| case.item.as_str()).collect();
    assert_eq!(items, wanted, "a case for every item of the plan");

    let clerk = district.staff("clerk1").await;
    let todo: TodoPage = clerk.get("/todo").await.told();
    assert_eq!(todo.rows.iter().map(|row| row.application).collect::<Vec<_>>(), [application.id]);
    let done: Done = clerk.post(&format!("{place}/accept"), &json!({})).await.told();
    assert_eq!((done.application, done.cases.len()), (application.id, wanted.len()));
    let accepted: Application = clerk.get(&place).await.told();
    let status = |item: &str, of: &Application| {
        of.cases.iter().find(|case| case.item == item).map(|case| case.status.code.clone()).unwrap_or_default()
    };
    assert_eq!(status("food-permit-new", &accepted), "waiting", "it needs the business licence first");

    let follows = accepted.papers.iter().find(|paper| paper.status.code == "deferred").expect("the water test follows");
    let (paper, scan) = (follows.id.to_string(), pdf("water"));
    let brought = founder.upload(&format!("{place}/papers-to-follow"), &[(&paper, Some("water.pdf"), &scan)]).await;
    brought.told::<Done>();

    review(&district, &accepted, |item| item != "food-permit-new").await;
    let between: Application = founder.get(&place).await.told();
    assert_eq!(status("register-individual", &between), "issued");
    assert_eq!(status("food-permit-new", &between), "in-review", "the licence it waited for is there");
    review(&district, &between, |item| item == "food-permit-new").await;

    let handed: Done =
        clerk.post(&format!("{place}/hand-over"), &json!({"how": "window", "to": "何志远"})).await.told();
    assert!(handed.cases.iter().all(|case| case.status.code == "delivered"), "{handed:?}");
    let own: Vec<ApplicationLine> = founder.get("/applications").await.told();
    assert!(own[0].done && own[0].settled == own[0].total);
    let own: Application = founder.get(&place).await.told();
    let permit = own.cases.iter().find(|case| case.item == "food-permit-new").unwrap().result.as_ref();
    assert!(permit.is_some_and(|result| result.licence.is_some() && !result.number.is_empty()), "{permit:?}");

    let again: Plan = founder.get("/themes/open-restaurant/plan?has_licence=true&site_area=60").await.told();
    let licence = again.materials.list.iter().find(|material| material.name == "营业执照");
    assert!(licence.is_some_and(|material| material.status == "exempt"), "it need not be handed in again: {licence:?}");
}

/// Every step of these cases, each by the officer whose turn it is, as the case itself says.
async fn review(district: &District, application: &Application, wanted: impl Fn(&str) -> bool) {
    for case in application.cases.iter().filter(|case| wanted(&case.item)) {
        let office = office(&case.authority);
        for role in ["handler", "reviewer", "approver"] {
            let officer = district.staff(&format!("{office}-{role}")).await;
            step(&officer, case.id).await;
        }
        issue(district, office, case.id).await;
    }
}

/// Does what is the officer's to do now, if anything.
async fn step(officer: &Client, case: Uuid) {
    let shown: Case = officer.get(&format!("/cases/{case}")).await.told();
    let may = |order: &str| shown.orders.iter().any(|one| one.order.code == order && one.may);
    let order: Value = if may("complete-step") {
        let step = shown.steps.iter().find(|step| step.state == "now").expect("a step is open");
        json!({"order": "complete-step", "step": step.id, "view": "agree", "words": "材料齐全，符合要求"})
    } else if may("decide") {
        json!({"order": "decide", "outcome": "grant", "reason": "符合法定条件"})
    } else {
        return;
    };
    officer.post(&format!("/cases/{case}/orders"), &order).await.told::<Done>();
    let after: Case = officer.get(&format!("/cases/{case}")).await.told();
    assert_ne!(after, shown, "{order}");
}

async fn issue(district: &District, office: &str, case: Uuid) {
    let issuer = district.staff(&format!("{office}-issuer")).await;
    let after: Done = issuer.post(&format!("/cases/{case}/orders"), &json!({"order": "issue"})).await.told();
    assert!(after.cases.iter().any(|one| one.id == case && one.status.code == "issued"), "{after:?}");
}
