//! Webhooks over the interface: made by a system, seen by its owner, the secret once.

use std::collections::BTreeSet;

use access::{Role, Scope};
use access_service::Visit;
use access_service::acts::{MakeSystem, MakeToken, make_system, make_token};
use api::webhooks::{Webhook, WebhookLog};
use axum::http::StatusCode;
use platform::vault::Vault;
use serde_json::json;

use crate::client::Client;
use crate::ground::District;

async fn system(district: &District, name: &str) -> Client {
    let admin = Visit::system(&district.world);
    let roles = BTreeSet::from([Role::Clerk]);
    let order = MakeSystem { name: name.into(), roles, region: "440604".into(), authority: None, hall: None };
    let system = make_system(&admin, None, order).await.unwrap();
    let order = MakeToken { system, scopes: BTreeSet::from([Scope::Webhooks]), region: None, days: 30 };
    district.bearer(&make_token(&admin, None, order).await.unwrap().text)
}

#[tokio::test]
async fn a_system_subscribes_and_sees_its_own() {
    let district = District::open().await;
    district.world.parts.install(Vault::open(&district.world.config).unwrap());
    let (counter, other) = (system(&district, "counter").await, system(&district, "other").await);
    let wish = json!({"url": "https://counter.example.com/yimen", "topics": ["casework.accepted", "casework.decided"]});
    let made: Webhook = counter.post_under("k", "/webhooks", &wish).await.told();
    assert!(made.secret.as_deref().is_some_and(|secret| secret.starts_with("ymw_")));
    let again: Webhook = counter.post_under("k", "/webhooks", &wish).await.told();
    assert_eq!((again.id, again.secret), (made.id, None), "the secret is given once");
    let path = format!("/webhooks/{}", made.id);
    let shown: Webhook = counter.get(&path).await.told();
    assert_eq!((shown.secret, shown.topics.len()), (None, 2));
    assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get("/webhooks").await.json(), json!([]));
    assert_eq!(counter.post(&format!("{path}/ping"), &json!({})).await.status, StatusCode::ACCEPTED);
    let log: WebhookLog = counter.get(&format!("{path}/deliveries?rows=1")).await.told();
    assert_eq!((log.rows.len(), log.rows[0].topic.as_str(), log.next), (1, "connect.ping", None));
    let wrong = counter.get(&format!("{path}/deliveries?cursor=x")).await.problem();
    assert_eq!((wrong.status, wrong.faults[0].field.as_str()), (422, "cursor"));
    let paused: Webhook = counter.post(&format!("{path}/pause"), &json!({})).await.told();
    assert_eq!(paused.pause_reason.as_deref(), Some("owner"));
    assert_eq!(counter.post(&format!("{path}/replay"), &json!({"from": 1})).await.status, StatusCode::CONFLICT);
    let resumed: Webhook = counter.post(&format!("{path}/resume"), &json!({})).await.told();
    assert_eq!(resumed.paused_at, None);
    assert_eq!(counter.post(&format!("{path}/replay"), &json!({"from": 1})).await.json(), json!({"number": 1}));
    assert_eq!(counter.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(counter.get(&path).await.status, StatusCode::NOT_FOUND);
    let inside = json!({"url": "https://10.0.0.1/", "topics": ["casework.rained"]});
    let problem = counter.post("/webhooks", &inside).await.problem();
    let codes: Vec<&str> = problem.faults.iter().map(|fault| fault.code.as_str()).collect();
    assert_eq!(codes, ["webhook-inside", "webhook-topic"]);
}
