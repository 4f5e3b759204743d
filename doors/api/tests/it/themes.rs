//! Themes, questions, plans and items, open to everybody.

use api::views::{Guide, ItemPage, Plan, Questions, Theme, ThemeLine};
use axum::http::StatusCode;

use crate::ground::District;

const RESTAURANT: &str = "/themes/open-restaurant/plan?org_form=company&site_area=320&food_items=hot,cold";

#[tokio::test]
async fn every_theme_its_questions_and_its_plan_can_be_read() {
    let district = District::open().await;
    let client = district.visitor();
    let lines: Vec<ThemeLine> = client.get("/themes").await.told();
    assert!(lines.len() >= 6, "{lines:?}");
    for line in lines {
        let theme: Theme = client.get(&format!("/themes/{}", line.id)).await.told();
        assert_eq!(theme.line, line);
        let questions: Questions = client.get(&format!("/themes/{}/questions", line.id)).await.told();
        assert_eq!(questions.questions.len(), theme.questions);
        let plan: Plan = client.get(&format!("/themes/{}/plan", line.id)).await.told();
        assert_eq!((plan.theme, plan.items.len()), (line.id, theme.items.len()));
    }
}

#[tokio::test]
async fn the_plan_follows_the_answers_and_is_that_of_the_command_line() {
    let district = District::open().await;
    let plan: Plan = district.visitor().get(RESTAURANT).await.told();
    let included: Vec<&str> = plan.items.iter().filter(|item| item.included).map(|item| item.id.as_str()).collect();
    let wanted =
        ["register-company", "food-permit-new", "fire-inspection-commitment", "sign-filing", "drainage-permit"];
    assert_eq!(included, wanted);
    assert_eq!((plan.materials.before, plan.materials.after), (27, 13));

    let shelf = themes_service::ThemeShelf::current(&district.world).unwrap();
    let theme = shelf.theme("open-restaurant").unwrap();
    let given = [("org_form", "company"), ("site_area", "320"), ("food_items", "hot"), ("food_items", "cold")];
    let answers = theme.read_answers(given).unwrap();
    let printed = themes::plan(theme, &answers, &themes::Known::nothing());
    assert_eq!(serde_json::to_value(&plan).unwrap(), serde_json::to_value(printed.report()).unwrap());
}

#[tokio::test]
async fn who_is_signed_in_gets_a_plan_that_knows_the_records() {
    let district = District::open().await;
    let unknown: Plan = district.visitor().get(RESTAURANT).await.told();
    let known: Plan = district.resident("restaurant-founder").await.get(RESTAURANT).await.told();
    assert_eq!((unknown.fields.prefilled, known.fields.prefilled), (2, 5));
    let sections = known.form.iter().flat_map(|section| &section.fields);
    let name = sections.filter(|field| field.element == "op_name").find_map(|field| field.value.as_ref());
    assert_eq!(name, Some(&serde_json::json!("何志远")));
    assert!(!district.visitor().get(RESTAURANT).await.text().contains("何志远"));
}

#[tokio::test]
async fn wrong_answers_are_told_all_at_once() {
    let district = District::open().await;
    let asked = "/themes/open-restaurant/plan?site_area=huge&org_form=club&has_licence=maybe&colour=red&site_area=0";
    let problem = district.visitor().get(asked).await.problem();
    assert_eq!((problem.status, problem.code.as_str()), (422, "invalid"));
    let told: Vec<(&str, &str)> =
        problem.faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect();
    let wanted = [
        ("site_area", "not-a-number"),
        ("org_form", "not-an-option"),
        ("has_licence", "not-yes-or-no"),
        ("colour", "no-such-question"),
    ];
    assert_eq!(told, wanted);
    assert!(problem.faults.iter().all(|fault| !fault.text.contains('{') && !fault.text.contains("field.")));
}

#[tokio::test]
async fn items_are_filtered_found_and_paged() {
    let district = District::open().await;
    let client = district.visitor();
    let all: ItemPage = client.get("/items").await.told();
    assert!(all.total >= 24 && all.next.is_none());

    let mut paged = Vec::new();
    let mut path = "/items?rows=10".to_owned();
    loop {
        let page: ItemPage = client.get(&path).await.told();
        paged.extend(page.items);
        let Some(next) = page.next else { break };
        path = format!("/items?rows=10&after={next}");
    }
    assert_eq!(paged, all.items);

    let food: ItemPage = client.get("/items?authority=market-chancheng&audience=company").await.told();
    assert!(food.items.iter().all(|item| item.authority == "market-chancheng") && food.total < all.total);
    let found: ItemPage =
        client.get("/items?q=%E9%A3%9F%E5%93%81%E7%BB%8F%E8%90%A5%E8%AE%B8%E5%8F%AF%E8%AF%81").await.told();
    assert_eq!(found.items[0].id, "food-permit-new");

    for line in all.items {
        let guide: Guide = client.get(&format!("/items/{}", line.id)).await.told();
        assert_eq!(guide.line, line);
        assert!(!guide.basis.is_empty() && guide.office.is_some());
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let district = District::open().await;
    let client = district.visitor();
    for path in [
        "/themes/open-casino",
        "/themes/open-casino/questions",
        "/themes/open-casino/plan",
        "/items/casino-permit",
        "/items?after=casino-permit",
        "/nothing",
    ] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::NOT_FOUND, "not-found"), "{path}");
    }
    assert_eq!(client.get("/items?rows=many").await.problem().code, "api.query-unreadable");
    assert_eq!(client.get("/items?colour=red").await.problem().code, "api.query-unreadable");
    let answer = client.put("/themes", &serde_json::json!({})).await;
    assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::METHOD_NOT_ALLOWED, "api.method"));
}
