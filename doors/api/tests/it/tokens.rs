//! Systems outside with tokens: never more than their scopes, never more than their posts, and told clearly why not.

use std::collections::BTreeSet;

use access::{Role, Scope};
use access_service::Visit;
use access_service::acts::{MadeToken, MakeSystem, MakeToken, make_system, make_token, revoke_token, rotate_token};
use api::views::Draft;
use axum::http::StatusCode;
use chrono::TimeDelta;
use platform::Fault;
use platform::journal::{named_chain, read};
use serde_json::json;

use crate::filing::submitted;
use crate::ground::{District, demo};

/// A system with this post, and a token of it for these scopes.
async fn token(district: &District, role: Role, authority: Option<&str>, scopes: &[Scope]) -> MadeToken {
    let admin = Visit::system(&district.world);
    let order = MakeSystem {
        name: format!("{}-{}", role.name(), scopes.len()),
        roles: BTreeSet::from([role]),
        region: "440604".into(),
        authority: authority.map(str::to_owned),
        hall: None,
    };
    let system = make_system(&admin, None, order).await.unwrap();
    let order = MakeToken { system, scopes: scopes.iter().copied().collect(), region: None, days: 30 };
    make_token(&admin, None, order).await.unwrap()
}

/// What was put on record about refused tokens: code and how.
async fn refusals(district: &District) -> Vec<(String, String)> {
    let rows = read(district.world.db.reader(), named_chain("access"), 0).await.unwrap();
    let refused = rows.iter().filter(|row| row.act == "access.token-refused");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    refused
        .map(|row| row.facts::<serde_json::Value>().unwrap())
        .map(|facts| (text(&facts["code"]), text(&facts["how"])))
        .collect()
}

#[tokio::test]
async fn a_token_says_whose_it_is_and_lets_in_without_cookie_and_csrf() {
    let district = District::open().await;
    let scopes = [Scope::CasesRead, Scope::CasesAct];
    let made = token(&district, Role::Handler, Some("market-chancheng"), &scopes).await;
    assert!(made.text.starts_with("ymt_") && !format!("{made:?}").contains(&made.text));
    let program = district.bearer(&made.text);
    let told: api::tokens::Token = program.get("/token").await.told();
    assert_eq!((told.id, told.system.as_str()), (made.id, "handler-2"));
    assert_eq!(told.scopes, ["cases:read", "cases:act"]);
    let owner = district.resident("restaurant-founder").await;
    let answers = json!({"catering_kind": "snack", "site_area": 60, "has_board": false, "drain_to": "park"});
    let application = submitted(&owner, "open-restaurant", answers).await;
    let case = application.cases.iter().find(|case| case.item == "food-permit-new").unwrap().id;
    let answer = program.post(&format!("/cases/{case}/orders"), &json!({"order": "accept"})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.headers["ratelimit-limit"], "600");
    assert_eq!(answer.headers["ratelimit-remaining"], "598");
    // The post bounds it as well: another authority's case is not there.
    let own = &application.cases.iter().find(|one| one.id == case).unwrap().authority;
    for other in application.cases.iter().filter(|one| one.authority != *own) {
        let answer = program.get(&format!("/cases/{}", other.id)).await;
        assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{}", answer.status);
    }
}

#[tokio::test]
async fn what_is_beyond_its_scopes_or_its_posts_is_refused_told_apart_and_recorded() {
    let district = District::open().await;
    let owner = district.resident("restaurant-founder").await;
    let answers = json!({"catering_kind": "snack", "site_area": 60, "has_board": false, "drain_to": "park"});
    let application = submitted(&owner, "open-restaurant", answers).await;
    let case = application.cases.iter().find(|case| case.item == "food-permit-new").unwrap().id;
    let path = format!("/cases/{case}/orders");

    let reading = token(&district, Role::Handler, Some("market-chancheng"), &[Scope::CasesRead]).await;
    let reading = district.bearer(&reading.text);
    assert_eq!(reading.get(&format!("/cases/{case}")).await.status, StatusCode::OK);
    let answer = reading.post(&path, &json!({"order": "accept"})).await;
    let problem = answer.problem();
    assert_eq!((problem.status, problem.code.as_str()), (403, "access.token-scope"));
    assert_eq!(problem.facts["scope"], "cases:act");

    // The scope is there and the post is not.
    let scopes = [Scope::CasesRead, Scope::CasesDecide, Scope::CasesAct];
    let handler = token(&district, Role::Handler, Some("market-chancheng"), &scopes).await;
    let answer = district.bearer(&handler.text).post(&path, &json!({"order": "decide", "outcome": "grant"})).await;
    assert_eq!((answer.status.as_u16(), answer.problem().code.as_str()), (403, "not-allowed"));

    let recorded = refusals(&district).await;
    let codes: Vec<&str> = recorded.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["access.token-scope", "not-allowed"]);
}

#[tokio::test]
async fn forged_expired_and_revoked_tokens_are_told_and_recorded() {
    let district = District::open().await;
    let made = token(&district, Role::Clerk, None, &[Scope::CasesRead]).await;
    let ask = async |text: &str| {
        let answer = district.bearer(text).get("/todo").await;
        assert!(answer.status.is_success() || answer.headers["www-authenticate"] == "Bearer");
        let code = if answer.status.is_success() { String::new() } else { answer.problem().code };
        (answer.status.as_u16(), code)
    };
    assert_eq!(ask(&made.text).await, (200, String::new()));
    let changed = format!("{}0", &made.text[..made.text.len() - 1]);
    let changed = if changed == made.text { format!("{}1", &made.text[..made.text.len() - 1]) } else { changed };
    for wrong in [&changed, "ymt_", "a session", &made.text[..20], &format!("ymt_{}_00", uuid::Uuid::nil())] {
        assert_eq!(ask(wrong).await, (401, "access.token-unknown".to_owned()), "{wrong}");
    }
    let admin = Visit::system(&district.world);
    let next = rotate_token(&admin, None, made.id, 24).await.unwrap();
    assert_eq!((ask(&made.text).await.0, ask(&next.text).await.0), (200, 200), "both are good for a day");
    district.time_passes(TimeDelta::hours(24));
    assert_eq!(ask(&made.text).await, (401, "access.token-expired".to_owned()));
    assert_eq!(ask(&next.text).await.0, 200);
    revoke_token(&admin, None, next.id).await.unwrap();
    assert_eq!(ask(&next.text).await, (401, "access.token-revoked".to_owned()));
    assert_eq!(rotate_token(&admin, None, next.id, 24).await.unwrap_err(), Fault::Conflict);
    let recorded = refusals(&district).await;
    let told = |code: &str, how: &str| recorded.contains(&(code.to_owned(), how.to_owned()));
    assert!(told("access.token-unknown", "forged") && told("access.token-expired", "known"), "{recorded:?}");
    assert!(told("access.token-revoked", "known") && recorded.len() == 3, "{recorded:?}");
}

#[tokio::test]
async fn a_counter_files_for_a_person_and_for_nobody_without_the_scope() {
    let district = District::open().await;
    let wish = json!({
        "theme": "open-hair-salon", "subject": demo("salon-founder").subject.uuid(), "answers": {"site_area": 40},
    });
    let reading = token(&district, Role::Clerk, None, &[Scope::CasesRead]).await;
    let refused = district.bearer(&reading.text).post("/drafts", &wish).await.problem();
    assert_eq!((refused.status, refused.code.as_str()), (403, "access.token-scope"));
    let scopes = [Scope::ApplicationsFile, Scope::CatalogRead];
    let filing = district.bearer(&token(&district, Role::Clerk, None, &scopes).await.text);
    let draft: Draft = filing.post_under("k", "/drafts", &wish).await.told();
    let again: Draft = filing.post_under("k", "/drafts", &wish).await.told();
    assert_eq!(draft.id, again.id);
}

#[tokio::test]
async fn so_many_calls_a_minute_and_no_more() {
    let district = District::open_with(|config| config.limits.token_calls_minute = 2).await;
    let made = token(&district, Role::Clerk, None, &[Scope::CasesRead]).await;
    let program = district.bearer(&made.text);
    for left in ["1", "0"] {
        assert_eq!(program.get("/token").await.headers["ratelimit-remaining"], left);
    }
    let answer = program.get("/token").await;
    assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::TOO_MANY_REQUESTS, "too-many"));
    assert_eq!(
        (&answer.headers["ratelimit-remaining"], &answer.headers["retry-after"]),
        (&"0".parse().unwrap(), &"60".parse().unwrap())
    );
    district.time_passes(TimeDelta::minutes(1));
    assert_eq!(program.get("/token").await.status, StatusCode::OK);
}

#[tokio::test]
async fn orders_for_systems_and_tokens_are_checked_all_at_once() {
    let district = District::open().await;
    let admin = Visit::system(&district.world);
    let order = MakeSystem {
        name: " ".into(),
        roles: BTreeSet::from([Role::Admin]),
        region: "44060".into(),
        authority: None,
        hall: None,
    };
    let Err(Fault::Invalid(faults)) = make_system(&admin, None, order).await else { panic!("it is invalid") };
    assert_eq!(faults.len(), 3);
    let system = {
        let roles = BTreeSet::from([Role::Clerk]);
        let order =
            MakeSystem { name: "自助机".into(), roles, region: "440604".into(), authority: None, hall: None };
        let system = make_system(&admin, None, order.clone()).await.unwrap();
        assert_eq!(make_system(&admin, None, order).await, Err(Fault::field("name", "system-name-taken")));
        system
    };
    let order = MakeToken { system, scopes: BTreeSet::new(), region: Some("4405".into()), days: 0 };
    let Err(Fault::Invalid(faults)) = make_token(&admin, None, order).await else { panic!("it is invalid") };
    assert_eq!(faults.len(), 3);
    let clerk = Visit::of(&district.world, access::Actor::visitor());
    let order = MakeToken { system, scopes: BTreeSet::from([Scope::CasesRead]), region: None, days: 1 };
    assert_eq!(make_token(&clerk, None, order).await.unwrap_err(), Fault::NotAllowed);
}
