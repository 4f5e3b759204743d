//! The to-do list through the interface.

use api::views::TodoPage;
use axum::http::StatusCode;
use serde_json::json;

use crate::filing::submitted;
use crate::ground::District;

#[tokio::test]
async fn the_list_is_paged_by_a_cursor_and_filtered() {
    let district = District::open().await;
    for key in ["restaurant-founder", "salon-founder", "tenant"] {
        let resident = district.resident(key).await;
        submitted(&resident, "open-hair-salon", json!({"site_area": 40})).await;
        district.days_pass(1);
    }
    let clerk = district.staff("clerk1").await;
    let all: TodoPage = clerk.get("/todo").await.told();
    assert_eq!((all.desk.as_str(), all.rows.len(), all.next.as_deref()), ("window", 3, None));
    let due: Vec<_> = all.rows.iter().map(|row| row.clock.due).collect();
    assert!(due.is_sorted(), "first what is due first: {due:?}");

    let (mut paged, mut path) = (Vec::new(), "/todo?rows=1".to_owned());
    loop {
        let page: TodoPage = clerk.get(&path).await.told();
        assert_eq!((page.rows.len(), &page.counts), (1, &all.counts));
        paged.extend(page.rows);
        let Some(next) = page.next else { break };
        path = format!("/todo?rows=1&cursor={next}");
    }
    assert_eq!(paged, all.rows);

    let lit: TodoPage = clerk.get("/todo?lamp=red").await.told();
    assert_eq!(lit.rows.len() as u64, all.counts.red);
    let wrong = clerk.get("/todo?lamp=blue").await.problem();
    assert_eq!((wrong.status, wrong.faults[0].field.as_str()), (422, "lamp"));
    assert_eq!(clerk.get("/todo?desk=kitchen").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(clerk.get("/todo?colour=red").await.problem().code, "api.query-unreadable");
    assert!(!clerk.get("/todo?cursor=nonsense").await.status.is_server_error());
}

#[tokio::test]
async fn an_authority_sees_its_own_cases() {
    let district = District::open().await;
    let resident = district.resident("salon-founder").await;
    let application = submitted(&resident, "open-hair-salon", json!({"site_area": 40})).await;
    let clerk = district.staff("clerk1").await;
    clerk.post(&format!("/applications/{}/accept", application.id), &json!({})).await.told::<api::views::Done>();
    // The salon committed: its case goes to the approver at once, without the steps before.
    let list = |page: TodoPage| page.rows.into_iter().map(|row| row.title).collect::<Vec<_>>();
    let health = list(district.staff("health-approver").await.get("/todo").await.told());
    let police = list(district.staff("police-handler").await.get("/todo").await.told());
    assert_eq!((health.len(), police.len()), (1, 0), "{health:?} {police:?}");
}
