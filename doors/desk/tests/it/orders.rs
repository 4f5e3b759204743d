//! A case through the hands of its officers; what is sent twice; who comes too late.

use axum::http::StatusCode;

use crate::house::{Answer, Browser, Filed, House, hidden};

/// The form of one order on the page of its case, sent with its own key and what the officer saw.
async fn order(officer: &mut Browser<'_>, filed: &Filed, order: &str, form: &[(&str, &str)]) -> Answer {
    let page = officer.get(&format!("/desk/cases/{}", filed.case)).await;
    let action = format!("/desk/cases/{}/orders/{order}", filed.case);
    let (key, seen) = (hidden(&page.text, &action, "_key"), hidden(&page.text, &action, "_seen"));
    let mut whole = vec![("_key", key.as_str()), ("_seen", seen.as_str())];
    whole.extend_from_slice(form);
    officer.send(&action, &whole).await
}

/// Accepted, handled and reviewed: ready to be decided.
async fn reviewed(house: &House) -> Filed {
    let filed = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    clerk.send(&format!("/desk/applications/{}/orders/accept", filed.application), &[]).await;
    for (login, step) in [("health-handler", "handle"), ("health-reviewer", "review")] {
        let mut officer = house.officer(login).await;
        let answer = order(&mut officer, &filed, "complete-step", &[("step", step), ("view", "agree")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login}: {}", answer.text);
    }
    filed
}

#[tokio::test]
async fn a_case_goes_from_the_window_to_the_hand_over() {
    let house = House::build().await;
    let filed = reviewed(&house).await;
    let page = format!("/desk/cases/{}", filed.case);
    let mut approver = house.officer("health-approver").await;

    let asked = order(&mut approver, &filed, "decide", &[("outcome", "grant"), ("reason_grant", "符合条件。")]).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text.contains("准予行政许可决定书") && asked.text.contains("发出后不能收回"), "{}", asked.text);
    let action = format!("{page}/orders/decide");
    let (key, seen) = (hidden(&asked.text, &action, "_key"), hidden(&asked.text, &action, "_seen"));
    let mut form = vec![("_key", key.as_str()), ("_seen", &seen), ("outcome", "grant"), ("reason_grant", "符合条件。")];
    form.push(("_confirmed", "yes"));
    let done = approver.send(&action, &form).await;
    assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, page.as_str()), "{}", done.text);
    let after = approver.get(&page).await.text;
    assert!(after.contains("已作出准予决定。") && after.contains("符合条件。"), "{after}");
    assert!(!approver.get(&page).await.text.contains("已作出准予决定。"), "said once");

    let twice = approver.send(&action, &form).await;
    assert_eq!((twice.status, twice.to.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
    assert!(approver.get(&page).await.text.contains("没有重复办理"));

    let mut issuer = house.officer("health-issuer").await;
    assert_eq!(order(&mut issuer, &filed, "issue", &[]).await.status, StatusCode::SEE_OTHER);
    let mut clerk = house.officer("clerk1").await;
    let whole = format!("/desk/applications/{}", filed.application);
    let handed = clerk.send(&format!("{whole}/orders/deliver"), &[("how", "window"), ("to", "陈嘉怡")]).await;
    assert_eq!(handed.to, whole, "{}", handed.text);
    assert!(clerk.get(&whole).await.text.contains("已送达并记录签收。"));
}

#[tokio::test]
async fn the_second_of_two_approvers_comes_too_late_and_keeps_what_was_written() {
    let house = House::build().await;
    let filed = reviewed(&house).await;
    let mut approver = house.officer("health-approver").await;
    let action = format!("/desk/cases/{}/orders/decide", filed.case);
    let page = approver.get(&format!("/desk/cases/{}", filed.case)).await.text;
    let seen = hidden(&page, &action, "_seen");
    let grant = [("_key", "first"), ("_seen", seen.as_str()), ("outcome", "grant"), ("_confirmed", "yes")];
    assert_eq!(approver.send(&action, &grant).await.status, StatusCode::SEE_OTHER);
    let reason = "消毒间面积不足，见现场核查记录第2条。";
    let refuse = [
        ("_key", "second"),
        ("_seen", seen.as_str()),
        ("outcome", "refuse"),
        ("reason_refuse", reason),
        ("_confirmed", "yes"),
    ];
    let late = approver.send(&action, &refuse).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains(reason) && late.text.contains("准予许可"), "{}", late.text);
    let unconfirmed = approver.send(&action, &refuse[..4]).await;
    assert_eq!(unconfirmed.status, StatusCode::CONFLICT, "told before the letter is shown");
}

#[tokio::test]
async fn a_refusal_by_the_rules_keeps_the_text_and_names_the_next_step() {
    let house = House::build().await;
    let filed = reviewed(&house).await;
    let mut approver = house.officer("health-approver").await;
    let bare = order(&mut approver, &filed, "decide", &[("outcome", "refuse"), ("reason_refuse", " ")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.text.contains("请填写不予的理由") && bare.text.contains("href=\"#f-reason_refuse\""));
    assert!(bare.text.contains("经审查符合"), "the other card keeps its text");

    let fresh = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    let form = [("ground", "out-of-competence"), ("ground_reason", "属于市级事权"), ("_confirmed", "yes")];
    let seen = hidden(
        &clerk.get(&format!("/desk/cases/{}", fresh.case)).await.text,
        &format!("/desk/cases/{}/orders/refuse-acceptance", fresh.case),
        "_seen",
    );
    let mut form = form.to_vec();
    form.push(("_seen", &seen));
    let refused = clerk.send(&format!("/desk/cases/{}/orders/refuse-acceptance", fresh.case), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("须告知向哪个机关申请") && refused.text.contains("属于市级事权"), "{}", refused.text);
    assert!(refused.text.contains("第三十二条"));
}

#[tokio::test]
async fn who_goes_back_to_mend_finds_everything_as_it_was() {
    let house = House::build().await;
    let filed = reviewed(&house).await;
    let mut approver = house.officer("health-approver").await;
    let form = [("outcome", "refuse"), ("reason_refuse", "理由写到一半"), ("_confirmed", "edit")];
    let back = order(&mut approver, &filed, "decide", &form).await;
    assert_eq!(back.status, StatusCode::OK);
    assert!(back.text.contains("理由写到一半"));
    assert!(approver.get(&format!("/desk/cases/{}", filed.case)).await.text.contains("办理中"), "nothing was decided");
}

#[tokio::test]
async fn whoever_accepts_is_told_why_another_officer_must_go_on() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut handler = house.officer("health-handler").await;
    let accepted = order(&mut handler, &filed, "accept", &[]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text);
    let page = handler.get(&format!("/desk/cases/{}", filed.case)).await.text;
    assert!(page.contains("受审分离") && !page.contains("orders/complete-step"), "{page}");
}

#[tokio::test]
async fn a_paper_is_shown_with_its_kind_and_kept_under_its_name() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    let shown = clerk.get(&format!("/desk/papers/{}", filed.paper)).await;
    assert_eq!(shown.headers["content-type"], "application/pdf");
    assert_eq!(shown.text.as_bytes(), crate::house::PDF);
    assert!(shown.headers["content-disposition"].to_str().unwrap().starts_with("inline"));
    assert_eq!(shown.headers["x-content-type-options"], "nosniff");
    let kept = clerk.get(&format!("/desk/papers/{}?keep=true", filed.paper)).await;
    assert!(kept.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
}

#[tokio::test]
async fn the_list_leads_to_the_case_and_keeps_its_filters_in_the_address() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    let list = clerk.get("/desk").await.text;
    assert!(list.contains(&format!("/desk/applications/{}", filed.application)) && list.contains("陈**"), "{list}");
    let none = clerk.get("/desk?lamp=red").await.text;
    assert!(none.contains("没有符合条件的办件") && none.contains(r#"name="lamp" value="red""#), "{none}");
    let found = clerk.get(&format!("/desk/find?number={}", filed.number)).await;
    assert_eq!(found.to, format!("/desk/applications/{}", filed.application));
    assert_eq!(clerk.get("/desk/find?q=000000").await.status, StatusCode::NOT_FOUND);
    assert_eq!(clerk.get("/desk?after=nonsense").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
