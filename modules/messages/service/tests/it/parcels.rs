//! What people are told of a parcel they sent to the hall: that it is there, what was inside, that it never came.

use access::{Actor, ActorKind, Role};
use access_service::Visit;
use casework_service::acts::{CountParcel, Opened, SendToHall, count_parcel, send_to_hall};
use chrono::TimeDelta;
use courier::{Said, Scan, ScanKind};
use courier_service::ShipmentId;
use courier_service::acts::{Coming, take_scans};
use courier_service::reads::{ShipmentView, shipments};
use messages::Kind;
use messages_service::reads::inbox;

use crate::ground::{Place, each_place, founder};

/// A clerk of the hall the parcels go to.
fn clerk(place: &Place) -> Visit {
    let kind = ActorKind::Staff {
        roles: [Role::Clerk].into(),
        region: "440604".into(),
        authority: Some("data-chancheng".into()),
        hall: Some("district-hall".into()),
    };
    Visit::of(&place.world, Actor { id: "clerk7".into(), name: "清点员".into(), kind })
}

async fn send(place: &Place, opened: &Opened, tracking: &str) -> ShipmentView {
    place.clock.advance(TimeDelta::minutes(1));
    let founder = place.founder();
    let mine = casework_service::reads::my_application(&founder, opened.application).await.unwrap();
    let lines = mine.sendable.into_iter().map(|one| one.line).collect();
    let coming = Coming::Own { carrier: "邮政特快专递".into(), tracking: tracking.into() };
    send_to_hall(&founder, None, SendToHall { application: opened.application, lines, coming }).await.unwrap();
    shipments(&founder, opened.application).await.unwrap().pop().unwrap()
}

async fn scan(place: &Place, parcel: &ShipmentView, kind: ScanKind) {
    place.clock.advance(TimeDelta::minutes(1));
    let signer = (kind == ScanKind::Signed).then(|| "收发室".to_owned());
    let at = place.world.clock.now_utc();
    let scan = Scan { id: kind.word().into(), kind, at, place: "佛山".into(), signer };
    take_scans(&place.world, &parcel.number, &[scan]).await.unwrap();
}

async fn open(place: &Place, id: ShipmentId, arrived: Vec<String>) {
    place.clock.advance(TimeDelta::minutes(1));
    let received_on = place.world.clock.today();
    let said = Said { received_on, witness: "同事乙".into(), arrived, note: "封装完好".into() };
    count_parcel(&clerk(place), None, CountParcel { parcel: id, said }).await.unwrap();
}

/// What was told of parcels, the oldest first.
async fn told(place: &Place) -> Vec<Kind> {
    place.settle().await;
    let all = inbox(&place.founder(), None, 50).await.unwrap().messages;
    all.iter().rev().map(|one| one.kind).filter(|kind| kind.code().starts_with("parcel-")).collect()
}

#[tokio::test]
async fn every_end_of_a_parcel_is_told_and_no_sms_names_anybody() {
    each_place(async |place| {
        let opened = place.apply_with_blurred_paper().await;
        // Lost on the way.
        let first = send(place, &opened, "X100001").await;
        scan(place, &first, ScanKind::Collected).await;
        assert_eq!(told(place).await, [], "what happens on the way is on the page");
        scan(place, &first, ScanKind::Lost).await;
        // There, and empty.
        let second = send(place, &opened, "X100002").await;
        scan(place, &second, ScanKind::Signed).await;
        open(place, second.id, vec![]).await;
        // There, with everything; the courier says so only when it was opened already.
        let third = send(place, &opened, "X100003").await;
        let lines = third.incoming.as_ref().unwrap().enclosed.iter().map(|one| one.line.clone()).collect();
        open(place, third.id, lines).await;
        scan(place, &third, ScanKind::Signed).await;
        let expected = [Kind::ParcelLost, Kind::ParcelArrived, Kind::ParcelShort, Kind::ParcelCounted];
        assert_eq!(told(place).await, expected);
        for one in place.taken("sms").await {
            let text = one["text"].as_str().unwrap();
            assert!(!text.contains(founder().name) && !text.contains("X10000"), "{text}");
            assert_eq!(messages::sms::check(text), Ok(()));
        }
    })
    .await;
}
