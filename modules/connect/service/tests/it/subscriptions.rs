//! Who may subscribe to what, and who sees it.

use access::Role;
use access_service::Visit;
use connect_service::acts::{end, ping};
use connect_service::reads;
use platform::Fault;

use crate::ground::each_place;

const ACCEPTED: &str = "casework.accepted";

#[tokio::test]
async fn a_system_is_told_of_what_its_posts_may_see() {
    each_place(async |place| {
        let market = place.system("market", Role::Handler, "440604", Some("market-chancheng"));
        let town = place.system("town", Role::Clerk, "440604012", None);
        place.subscribe(&market, &[ACCEPTED]).await.unwrap();
        place.subscribe(&town, &[ACCEPTED]).await.unwrap();
        place.happens(ACCEPTED, "440604012017", "market-chancheng").await;
        place.happens(ACCEPTED, "440604011001", "market-chancheng").await;
        place.happens(ACCEPTED, "440604012017", "fire-chancheng").await;
        place.happens(ACCEPTED, "440605123456", "market-chancheng").await;
        place.settle().await;
        let number = async |visit: &Visit| {
            let own = reads::subscriptions(visit).await.unwrap();
            assert_eq!(own.len(), 1, "each sees its own");
            reads::deliveries(visit, own[0].id, None, 10).await.unwrap().0.len()
        };
        assert_eq!((number(&market).await, number(&town).await), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn nobody_touches_anothers_and_people_at_the_desk_need_the_post() {
    each_place(async |place| {
        let counter = place.counter();
        let made = place.subscribe(&counter, &[ACCEPTED]).await.unwrap();
        let other = place.system("other", Role::Clerk, "440604", None);
        assert_eq!(reads::one(&other, made.id).await, Err(Fault::NotFound));
        assert_eq!(ping(&other, None, made.id).await, Err(Fault::NotFound));
        let mut clerk = counter.clone();
        clerk.pass = None;
        assert_eq!(reads::subscriptions(&clerk).await, Err(Fault::NotAllowed), "a clerk without a token");
        let mut admin = place.system("admin", Role::Admin, "440604", None);
        admin.pass = None;
        assert_eq!(reads::subscriptions(&admin).await.unwrap().len(), 1);
        let unknown = place.subscribe(&counter, &["casework.rained"]).await.unwrap_err();
        assert!(matches!(unknown, Fault::Invalid(faults) if faults[0].code == "webhook-topic"));
        end(&counter, None, made.id).await.unwrap();
        place.happens(ACCEPTED, "440604012017", "market-chancheng").await;
        place.settle().await;
        assert_eq!((place.receiver.calls().len(), reads::one(&counter, made.id).await), (0, Err(Fault::NotFound)));
    })
    .await;
}
