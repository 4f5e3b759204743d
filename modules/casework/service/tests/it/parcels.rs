//! Results by courier, with the courier's twin in its moods: a signature delivers, once, with who signed; what comes back is
//! sent again.

use access::{Actor, Role};
use access_service::Visit;
use casework::{DeliveryMethod, Outcome, Status};
use casework_service::acts::{self, Opened, SendByMail};
use chrono::TimeDelta;
use courier::State;
use courier_service::reads::{self, ShipmentView};
use outside::Lines;
use platform::Fault;
use serde_json::json;

use crate::ground::{Place, case, each_place_at, order, refused};
use crate::journey;

const SECRET: &str = "a-secret-between-two";

pub struct Post {
    twins: twins::Running,
    client: reqwest::Client,
}

impl Post {
    async fn call(&self, method: reqwest::Method, path: &str, body: serde_json::Value) {
        let url = format!("http://{}/courier/{path}", self.twins.address);
        let sent = self.client.request(method, url).header("content-type", "application/json").body(body.to_string());
        sent.send().await.unwrap().error_for_status().unwrap();
    }

    pub async fn feel(&self, mood: serde_json::Value) {
        self.call(reqwest::Method::PUT, "mood", mood).await;
    }

    async fn silent(&self, silent: bool) {
        self.call(reqwest::Method::PUT, "silent", json!(silent)).await;
    }

    pub async fn scan(&self, parcel: &ShipmentView, kind: &str, signer: &str) {
        let body = json!({ "kind": kind, "signer": signer });
        self.call(reqwest::Method::POST, &format!("shipments/{}/next", parcel.number), body).await;
    }
}

pub async fn with_post(body: impl AsyncFn(&Place, &Post)) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    each_place_at(Some(address), async |place| {
        let listener = tokio::net::TcpListener::from_std(listener.try_clone().unwrap()).unwrap();
        let router = courier_service::routes().with_state(place.world.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let twins = twins::start(std::net::SocketAddr::from(([127, 0, 0, 1], 0)), SECRET).await.unwrap();
        place.world.parts.install(Lines::of(&twins.lines).unwrap());
        body(place, &Post { twins, client: outside::client().unwrap() }).await;
        serving.abort();
    })
    .await;
}

/// A card that is ready to be sent.
async fn ready(place: &Place, method: DeliveryMethod) -> Opened {
    let mut order = order(&["senior-card"]);
    order.delivery.method = method;
    order.delivery.recipient = Some("梁志远".into());
    order.delivery.phone = Some("19912345678".into());
    order.delivery.address = Some("佛山市禅城区祖庙街道某路1号".into());
    let opened = place.try_open(&place.founder(), order).await.unwrap();
    journey::accept(place, &opened).await;
    journey::decide(place, &opened, "senior-card", Outcome::Grant).await.unwrap();
    journey::issue(place, &opened, "senior-card").await.unwrap();
    opened
}

async fn send(place: &Place, opened: &Opened) -> Result<acts::Done, Fault> {
    acts::send_by_mail(&place.exit(), None, SendByMail { application: opened.application }).await
}

async fn parcels(place: &Place, opened: &Opened) -> Vec<ShipmentView> {
    reads::shipments(&place.founder(), opened.application).await.unwrap()
}

async fn status(place: &Place, opened: &Opened) -> Status {
    let mine = casework_service::reads::my_application(&place.founder(), opened.application).await.unwrap();
    mine.cases[0].status
}

#[tokio::test]
async fn a_signature_delivers() {
    with_post(async |place, post| {
        let opened = ready(place, DeliveryMethod::Mail).await;
        send(place, &opened).await.unwrap();
        assert_eq!(refused(send(place, &opened).await), "courier.under-way");
        place.settle().await;
        let parcel = parcels(place, &opened).await.remove(0);
        assert_eq!(
            (parcel.state, parcel.tracking.is_some(), parcel.phone.as_str()),
            (State::Ordered, true, "199****5678")
        );
        assert_eq!(parcel.contents, ["老年人优待卡申领"]);
        for kind in ["collected", "moving", "out-for-delivery"] {
            post.scan(&parcel, kind, "").await;
        }
        place.settle().await;
        assert_eq!(parcels(place, &opened).await[0].scans.len(), 3);
        assert_eq!(status(place, &opened).await, Status::Issued, "under way is not delivered");
        // The courier's clock is the wall's; ours is set to it, so that no signature lies in the future.
        let behind = platform::Clock::System.now_utc() - place.world.clock.now_utc();
        place.clock.advance(behind + TimeDelta::minutes(1));
        post.scan(&parcel, "signed", "梁太（家人）").await;
        place.settle().await;
        assert_eq!(status(place, &opened).await, Status::Delivered);
        let view = casework_service::reads::case_view(&place.clerk(), case(&opened, "senior-card")).await.unwrap();
        assert!(view.journal.iter().any(|line| format!("{line:?}").contains("梁太（家人）")), "{:?}", view.journal);
        let notices =
            casework_service::reads::notices_of_application(&place.founder(), opened.application).await.unwrap();
        assert!(notices.iter().any(|notice| notice.title == "送达回证"), "{notices:?}");
    })
    .await;
}

#[tokio::test]
async fn every_mood_of_the_courier_ends_in_one_delivery() {
    with_post(async |place, post| {
        for (ordering, signing, by_asking) in [
            (json!({ "early": true }), json!({ "twice": true }), false),
            (json!({ "garbled": true }), json!({ "forged": true }), true),
            (json!({ "down": true }), json!({}), true),
        ] {
            // Every parcel has a day of its own by the courier's clock, which is the wall's: what the last one moved on would
            // put its signature before this one's result was made.
            place.clock.set(platform::Clock::System.now_utc());
            post.feel(ordering.clone()).await;
            let opened = ready(place, DeliveryMethod::Mail).await;
            send(place, &opened).await.unwrap();
            place.try_settle().await;
            post.feel(json!({})).await;
            place.clock.advance(TimeDelta::minutes(5));
            place.settle().await;
            let parcel = parcels(place, &opened).await.remove(0);
            assert!(parcel.tracking.is_some(), "{ordering}");
            post.silent(by_asking && signing == json!({})).await;
            post.feel(signing.clone()).await;
            post.scan(&parcel, "signed", "梁志远").await;
            post.feel(json!({})).await;
            post.silent(false).await;
            place.settle().await;
            // A question that a busy machine answers too late is asked again some minutes after.
            for wait in [TimeDelta::hours(7), TimeDelta::minutes(20), TimeDelta::minutes(40)] {
                place.clock.advance(wait);
                place.try_settle().await;
            }
            assert_eq!(status(place, &opened).await, Status::Delivered, "{ordering} {signing}");
        }
        // A signature that names nobody is none.
        let opened = ready(place, DeliveryMethod::Mail).await;
        send(place, &opened).await.unwrap();
        place.settle().await;
        let parcel = parcels(place, &opened).await.remove(0);
        post.feel(json!({ "wrong": true })).await;
        post.scan(&parcel, "signed", "").await;
        place.settle().await;
        assert_eq!(status(place, &opened).await, Status::Issued);
    })
    .await;
}

#[tokio::test]
async fn what_came_back_is_sent_again() {
    with_post(async |place, post| {
        let opened = ready(place, DeliveryMethod::Mail).await;
        send(place, &opened).await.unwrap();
        place.settle().await;
        let first = parcels(place, &opened).await.remove(0);
        let again = courier_service::acts::send_again;
        assert_eq!(refused(again(&place.clerk(), None, first.id).await), "courier.not-troubled");
        post.scan(&first, "returned", "").await;
        place.settle().await;
        let troubled = reads::troubled(&place.clerk()).await.unwrap();
        assert_eq!(troubled.iter().map(|one| one.id).collect::<Vec<_>>(), [first.id]);
        assert_eq!(again(&place.founder(), None, first.id).await, Err(Fault::NotAllowed));
        again(&place.clerk(), None, first.id).await.unwrap();
        place.settle().await;
        assert!(reads::troubled(&place.clerk()).await.unwrap().is_empty());
        let both = parcels(place, &opened).await;
        assert_eq!((both.len(), both[0].replaced_by.as_deref()), (2, Some(both[1].number.as_str())));
        assert_eq!(status(place, &opened).await, Status::Issued);
    })
    .await;
}

#[tokio::test]
async fn only_who_chose_the_mail_is_sent_anything() {
    with_post(async |place, _| {
        let opened = ready(place, DeliveryMethod::Window).await;
        assert_eq!(refused(send(place, &opened).await), "courier.no-address");
        let opened = ready(place, DeliveryMethod::Mail).await;
        let handler = place.officer(Role::Handler, "civil-chancheng");
        let order = SendByMail { application: opened.application };
        assert_eq!(acts::send_by_mail(&handler, None, order).await, Err(Fault::NotAllowed));
        send(place, &opened).await.unwrap();
        let other = Visit::of(&place.world, Actor::resident("somebody-else", "李四"));
        assert!(reads::shipments(&other, opened.application).await.unwrap().is_empty());
        // The applicant came to the window after all; the signature that follows changes nothing.
        journey::hand_over(place, &opened).await.unwrap();
        assert_eq!(status(place, &opened).await, Status::Delivered);
    })
    .await;
}
