//! Calls that go wrong: each is told what and why, and nothing is lost or half done.

use api::views::{Application, Case, Done, Draft};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::filing::{entries, filled, started, submitted};
use crate::ground::District;

const SNACK: &str = "open-restaurant";

fn snack() -> Value {
    json!({"catering_kind": "snack", "site_area": 60, "has_board": false, "drain_to": "park"})
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_told_where() {
    let district = District::open().await;
    let client = district.resident("restaurant-founder").await;
    let rows = [
        ("{\"theme\": ", "EOF"),
        ("[]", "invalid"),
        ("{}", "missing field `theme`"),
        ("{\"theme\": 7}", "invalid type"),
        ("{\"theme\": \"open-restaurant\", \"colour\": \"red\"}", "unknown field `colour`"),
        ("{\"theme\": \"open-restaurant\", \"answers\": {\"site_area\": {}}}", "invalid type"),
        ("{\"theme\": \"open-restaurant\", \"subject\": \"me\"}", "UUID"),
        ("\u{0}", "expected value"),
    ];
    for (body, cause) in rows {
        let request =
            client.request(Method::POST, "/drafts").header(header::CONTENT_TYPE, "application/json; charset=utf-8");
        let answer = client.send(request.body(Body::from(body)).unwrap()).await;
        let problem = answer.problem();
        assert_eq!((problem.status, problem.code.as_str()), (400, "api.body-unreadable"), "{body}");
        assert!(problem.facts["cause"].contains(cause), "{body}: {}", problem.facts["cause"]);
    }
    let wrong = json!({"theme": "open-casino"});
    assert_eq!(client.post("/drafts", &wrong).await.problem().faults[0].code, "no-such-theme");
    let wrong = json!({"theme": SNACK, "answers": {"site_area": "sixty", "colour": "red"}});
    assert_eq!(client.post("/drafts", &wrong).await.problem().faults.len(), 2);
}

#[tokio::test]
async fn ids_nobody_has_and_texts_that_are_no_ids_are_not_found() {
    let district = District::open().await;
    let clerk = district.staff("clerk1").await;
    let id = "0193a000-0000-7000-8000-00000000ffff";
    let submit = json!({"declared": true});
    let withdraw = json!({"reason": ""});
    let writes: [(&str, Value); 8] = [
        ("/drafts/{}/submit", submit),
        ("/drafts/{}/papers?paper=x", json!({})),
        ("/applications/{}/accept", json!({})),
        ("/applications/{}/correction", json!({"lines": []})),
        ("/applications/{}/correction/answer", json!({})),
        ("/applications/{}/hand-over", json!({"how": "window", "to": "张三"})),
        ("/applications/{}/withdraw", withdraw),
        ("/cases/{}/orders", json!({"order": "accept"})),
    ];
    for named in [id, "7", "..%2F..%2Fetc", "%E4%B8%80%E9%97%A8"] {
        for path in ["/drafts/{}", "/applications/{}", "/cases/{}", "/papers/{}", "/drafts/{}/papers/7"] {
            let answer = clerk.get(&path.replace("{}", named)).await;
            assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::NOT_FOUND, "not-found"), "{path}");
        }
        for (path, body) in &writes {
            let path = path.replace("{}", named);
            let answer = match path.contains("papers") || path.contains("answer") {
                true => clerk.upload(&path, &[]).await,
                false => clerk.post(&path, body).await,
            };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {}", answer.text());
        }
    }
}

#[tokio::test]
async fn a_key_sent_again_gets_the_first_answer() {
    let district = District::open().await;
    let client = district.resident("restaurant-founder").await;
    let order = json!({"theme": SNACK, "answers": snack()});
    let first: Draft = client.post_under("k-1", "/drafts", &order).await.told();
    let again = client.post_under("k-1", "/drafts", &order).await;
    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(again.told::<Draft>(), first);
    let other: Draft = client.post_under("k-2", "/drafts", &order).await.told();
    assert_ne!(other.id, first.id, "another key is another wish");
    let neighbour = district.resident("salon-founder").await;
    let theirs: Draft = neighbour.post_under("k-1", "/drafts", &order).await.told();
    assert_ne!(theirs.id, first.id, "another person's key is another wish");

    let draft = filled(&client, first).await;
    let submit = (format!("/drafts/{}/submit", draft.id), json!({"declared": true}));
    let application: Application = client.post_under("k-1", &submit.0, &submit.1).await.told();
    let repeated: Application = client.post_under("k-1", &submit.0, &submit.1).await.told();
    assert_eq!(repeated, application);
    let with_another_key: Application = client.post_under("k-3", &submit.0, &submit.1).await.told();
    assert_eq!(with_another_key.id, application.id, "a draft is submitted once");

    let clerk = district.staff("clerk1").await;
    let accept = format!("/applications/{}/accept", application.id);
    let accepted: Done = clerk.post_under("k-1", &accept, &json!({})).await.told();
    let repeated: Done = clerk.post_under("k-1", &accept, &json!({})).await.told();
    assert_eq!((accepted.repeated, repeated.repeated, &repeated.cases), (false, true, &accepted.cases));
    assert_eq!(accepted.cases.iter().filter(|case| case.status.code == "received").count(), 0);
    let anew = clerk.post(&accept, &json!({})).await.problem();
    assert_eq!((anew.status, anew.code.as_str()), (422, "casework.already-accepted"));
    let clause = anew.clause.expect("the law says so");
    assert_eq!((clause.law.as_str(), clause.article.as_str()), ("中华人民共和国行政许可法", "第三十二条第一款第五项"));
}

#[tokio::test]
async fn one_key_serves_every_order_of_a_case() {
    let district = District::open().await;
    let owner = district.resident("restaurant-founder").await;
    let application = submitted(&owner, SNACK, snack()).await;
    let case = application.cases.iter().find(|case| case.item == "food-permit-new").unwrap().id;
    let (show, path) = (format!("/cases/{case}"), format!("/cases/{case}/orders"));
    let clerk = district.staff("clerk1").await;
    let accepted: Done = clerk.post_under("k", &path, &json!({"order": "accept"})).await.told();
    let status = accepted.cases.iter().find(|one| one.id == case).map(|one| one.status.clone());
    assert_eq!(status, Some(api::views::Term { code: "waiting".into(), word: "已受理，等待前置结果".into() }));
    let handler = district.staff("market-handler").await;
    let done = json!({"order": "complete-step", "step": "handle", "view": "agree"});
    assert!(!handler.post_under("k", &path, &done).await.told::<Done>().repeated);
    assert!(handler.post_under("k", &path, &done).await.told::<Done>().repeated);
    let first: Case = handler.get(&show).await.told();
    assert_eq!(first.steps[0].state, "done");
    let reviewer = district.staff("market-reviewer").await;
    let wrong = json!({"order": "complete-step", "step": "review", "view": "perhaps"});
    assert_eq!(reviewer.post(&path, &wrong).await.problem().faults[0].field, "view");
    let silent = json!({"order": "complete-step", "step": "review", "view": "disagree"});
    assert_eq!(reviewer.post(&path, &silent).await.problem().code, "casework.opinion-without-words");
    let approver = district.staff("market-approver").await;
    let early = approver.post(&path, &json!({"order": "decide", "outcome": "grant"})).await.problem();
    assert_eq!(early.code, "casework.steps-open");
    assert_eq!(handler.get(&show).await.told::<Case>(), first, "a refused order changes nothing");
}

#[tokio::test]
async fn keys_that_are_none_are_told() {
    let district = District::open().await;
    let client = district.resident("restaurant-founder").await;
    let order = json!({"theme": SNACK});
    for (key, code) in [("", "required"), (&*"k".repeat(49), "too-long"), ("a b", "characters")] {
        let problem = client.post_under(key, "/drafts", &order).await.problem();
        let fault = &problem.faults[0];
        assert_eq!((fault.field.as_str(), fault.code.as_str()), ("idempotency-key", code));
        assert!(!fault.text.contains(['{', '}']), "{fault:?}");
    }
}

#[tokio::test]
async fn what_another_page_saved_is_not_overwritten() {
    let district = District::open().await;
    let client = district.resident("restaurant-founder").await;
    let draft = started(&client, SNACK, snack()).await;
    let path = format!("/drafts/{}/form", draft.id);
    let mut fields = entries(&draft);
    let body = json!({"version": draft.version, "fields": fields});
    let saved: Draft = client.put(&path, &body).await.told();
    assert_eq!(saved.version, draft.version + 1);
    assert_eq!(client.put(&path, &body).await.told::<Draft>(), saved, "the same again changes nothing");
    fields.insert("ent_name".into(), json!("禅城何记小吃店"));
    let stale = client.put(&path, &json!({"version": draft.version, "fields": fields})).await;
    assert_eq!((stale.status, stale.problem().code.as_str()), (StatusCode::CONFLICT, "conflict"));

    let unknown = json!({"version": saved.version, "fields": {"colour": "red", "site_area": 90, "op_id": "1"}});
    let problem = client.put(&path, &unknown).await.problem();
    let told: Vec<(&str, &str)> = problem.faults.iter().map(|one| (one.field.as_str(), one.code.as_str())).collect();
    assert_eq!(told, [("colour", "no-such-field"), ("site_area", "field-not-open")]);
    let mistyped = json!({"version": saved.version, "fields": {"op_id": "440603199003180001"}});
    let kept: Draft = client.put(&path, &mistyped).await.told();
    let field =
        kept.sections.iter().flat_map(|section| &section.fields).find(|field| field.element == "op_id").unwrap();
    assert_eq!(field.texts, ["440603199003180001"], "what was typed is kept, right or wrong");
    assert_eq!(field.fault.as_ref().map(|fault| fault.code.as_str()), Some("citizen-id-check"));
}

#[tokio::test]
async fn a_draft_is_submitted_whole_or_not_at_all() {
    let district = District::open().await;
    let client = district.resident("restaurant-founder").await;
    let draft = started(&client, SNACK, snack()).await;
    let path = format!("/drafts/{}/submit", draft.id);
    let problem = client.post(&path, &json!({"declared": true})).await.problem();
    assert_eq!((problem.status, problem.faults.len()), (422, draft.missing.len()));
    assert!(problem.faults.iter().all(|fault| !fault.text.contains('{')), "{problem:?}");
    let undeclared = client.post(&path, &json!({"declared": false})).await.problem();
    assert_eq!(undeclared.faults[0].code, "declare");
    assert_eq!(client.get("/applications").await.json(), json!([]));
}

#[tokio::test]
async fn a_body_too_large_is_not_taken_and_the_limit_is_named() {
    let district = District::open_with(|config| config.limits.form_bytes = 4_000).await;
    let client = district.resident("salon-founder").await;
    let order = |letters: usize| json!({"theme": "x".repeat(letters)});
    assert_eq!(client.post("/drafts", &order(3_900)).await.problem().faults[0].code, "no-such-theme");
    let answer = client.post("/drafts", &order(4_000)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let problem = answer.problem();
    assert_eq!((problem.code.as_str(), problem.facts["limit"].as_str()), ("api.body-too-large", "4000"));
}
