//! Papers that come to the hall by post: opened in somebody's presence, counted since the day the hall has them; lost, empty
//! and half-full parcels; what was not opened in time takes nothing from anybody.

use std::collections::BTreeMap;

use access::Role;
use casework::Status;
use casework_service::acts::{
    self, AnswerCorrection, AnsweredPaper, CorrectionLine, CorrectionTarget, CountParcel, NotifyCorrection, Opened,
    SendToHall,
};
use casework_service::{PaperStatus, SendWhy, reads};
use chrono::NaiveDate;
use courier::{Finding, Said, Scan, ScanKind, State};
use courier_service::acts::{Coming, miss, take_scans};
use courier_service::reads::{ShipmentView, incoming, may_count, shipments};
use kernel::value::Value;
use platform::{Fault, FieldFault};
use serde_json::json;

use crate::ground::{Place, order, refused, stranger};
use crate::journey;
use crate::parcels::with_post;

const ITEM: &str = "register-individual";

/// An application of which two papers and perhaps an entry have to be corrected.
async fn noticed(place: &Place, with_field: bool) -> Opened {
    let opened = place.open(&[ITEM]).await;
    let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
    let papers = view.papers.iter().filter(|paper| ["经营场所使用证明", "身份证"].contains(&paper.name.as_str()));
    let mut targets: Vec<_> = papers.map(|paper| CorrectionTarget::Paper(paper.id)).collect();
    assert_eq!(targets.len(), 2);
    if with_field {
        targets.push(CorrectionTarget::Field("mobile".into()));
    }
    let line = |target| CorrectionLine { target, reason: "看不清".into(), mend: "交原件".into(), basis: None };
    let order = NotifyCorrection { application: opened.application, lines: targets.into_iter().map(line).collect() };
    acts::notify_correction(&place.clerk(), None, order).await.unwrap();
    opened
}

/// What may be sent: lines by the name of the paper.
async fn sendable(place: &Place, opened: &Opened) -> BTreeMap<String, String> {
    let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
    let corrections = mine.sendable.into_iter().filter(|one| one.why != SendWhy::Original);
    corrections.map(|one| (one.name, one.line)).collect()
}

fn fetched() -> Coming {
    Coming::PickUp {
        name: "梁志远".into(), phone: "19912345678".into(), address: "佛山市禅城区祖庙街道某路1号".into()
    }
}

fn own(tracking: &str) -> Coming {
    Coming::Own { carrier: "邮政特快专递".into(), tracking: tracking.into() }
}

async fn send(place: &Place, opened: &Opened, names: &[&str], coming: Coming) -> Result<ShipmentView, Fault> {
    let lines = sendable(place, opened).await;
    let lines = names.iter().map(|name| lines[*name].clone()).collect();
    let order = SendToHall { application: opened.application, lines, coming };
    acts::send_to_hall(&place.founder(), None, order).await?;
    Ok(newest(place, opened).await)
}

async fn newest(place: &Place, opened: &Opened) -> ShipmentView {
    shipments(&place.founder(), opened.application).await.unwrap().pop().unwrap()
}

/// The courier tells something of now.
async fn scan(place: &Place, parcel: &ShipmentView, kind: ScanKind) {
    let at = place.world.clock.now_utc();
    let signer = (kind == ScanKind::Signed).then(|| "区政务服务中心收发室".to_owned());
    let scan = Scan { id: format!("{}-{}", parcel.number, kind.word()), kind, at, place: "佛山".into(), signer };
    take_scans(&place.world, &parcel.number, &[scan]).await.unwrap();
}

fn said(place: &Place, parcel: &ShipmentView, names: &[&str]) -> CountParcel {
    let enclosed = &parcel.incoming.as_ref().unwrap().enclosed;
    let arrived = enclosed.iter().filter(|one| names.contains(&one.name.as_str())).map(|one| one.line.clone());
    let said = Said {
        received_on: place.world.clock.today(),
        witness: "同事乙".into(),
        arrived: arrived.collect(),
        note: "封装完好".into(),
    };
    CountParcel { parcel: parcel.id, said }
}

async fn open(place: &Place, parcel: &ShipmentView, names: &[&str]) -> Result<acts::Done, Fault> {
    acts::count_parcel(&place.clerk(), None, said(place, parcel, names)).await
}

async fn status(place: &Place, opened: &Opened) -> Status {
    reads::my_application(&place.founder(), opened.application).await.unwrap().cases[0].status
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

const BOTH: [&str; 2] = ["经营场所使用证明", "身份证"];

#[tokio::test]
async fn fetched_signed_and_opened_late_it_counts_since_the_hall_has_it() {
    with_post(async |place, _| {
        let opened = noticed(place, false).await;
        let parcel = send(place, &opened, &BOTH, fetched()).await.unwrap();
        place.settle().await;
        let again = send(place, &opened, &BOTH, own("EMS123456")).await;
        assert_eq!(refused(again), "courier.under-way", "one parcel at a time");
        let ordered = newest(place, &opened).await;
        assert!(ordered.tracking.is_some() && ordered.state == State::Ordered, "the courier was asked to fetch it");

        // The last day of the correction: the hall signs, and opens nothing before the weekend is over.
        place.clock.set(testkit::moment("2026-03-23 16:30"));
        scan(place, &parcel, ScanKind::Collected).await;
        scan(place, &parcel, ScanKind::Signed).await;
        let parcels = incoming(&place.clerk()).await.unwrap();
        assert!(parcels[0].is_to_open() && parcels[0].id == parcel.id);
        for later in ["2026-03-24 00:01", "2026-03-25 09:00"] {
            place.clock.set(testkit::moment(later));
            place.settle().await;
            assert_eq!(status(place, &opened).await, Status::CorrectionNoticed, "nobody loses it to a closed cover");
        }
        let done = open(place, &parcel, &BOTH).await.unwrap();
        assert_eq!(done.cases[0].status, Status::Corrected);
        let counted = newest(place, &opened).await.incoming.unwrap();
        let count = counted.count.clone().unwrap();
        assert_eq!((counted.finding(), count.received_on), (Some(Finding::Whole), day(23)));
        assert_eq!(refused(open(place, &parcel, &BOTH).await), "courier.counted");

        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.sendable.iter().all(|one| one.why == SendWhy::Original), "{:?}", mine.sendable);
        let proof = mine.papers.iter().find(|paper| paper.name == BOTH[0]).unwrap();
        assert_eq!((proof.status, proof.file.is_none()), (PaperStatus::HandIn, true), "the sheet is there");
        let told: Vec<&str> = mine.journal.iter().map(|line| line.did.as_str()).collect();
        assert!(told.iter().any(|did| did.contains("收到 2 份，缺 0 份，算作3月23日（周一）收到")), "{told:?}");
        journey::accept(place, &opened).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_not_inside_is_still_asked_for_and_may_come_another_way() {
    with_post(async |place, _| {
        let opened = noticed(place, true).await;
        let first = send(place, &opened, &BOTH, own(" ems 123-456 ")).await.unwrap();
        place.settle().await;
        assert_eq!(first.tracking.as_deref(), Some("EMS123-456"));
        scan(place, &first, ScanKind::Signed).await;
        open(place, &first, &BOTH[..1]).await.unwrap();
        assert_eq!(status(place, &opened).await, Status::CorrectionNoticed);
        let counted = newest(place, &opened).await.incoming.unwrap();
        assert_eq!((counted.finding(), counted.lacking()[0].name.as_str()), (Some(Finding::Part), BOTH[1]));
        assert_eq!(sendable(place, &opened).await.into_keys().collect::<Vec<_>>(), BOTH[1..]);

        // The rest comes by post too; the entry of the form is answered on its page, and then nothing is asked for twice.
        let second = send(place, &opened, &BOTH[1..], fetched()).await.unwrap();
        scan(place, &second, ScanKind::Signed).await;
        open(place, &second, &BOTH[1..]).await.unwrap();
        assert_eq!(status(place, &opened).await, Status::CorrectionNoticed, "the entry is still missing");
        let fields = BTreeMap::from([("mobile".to_owned(), Value::from("19912345679"))]);
        let answer = AnswerCorrection { application: opened.application, papers: vec![], fields };
        let done = acts::answer_correction(&place.founder(), None, answer).await.unwrap();
        assert_eq!(done.cases[0].status, Status::Corrected);
    })
    .await;
}

#[tokio::test]
async fn papers_that_may_follow_come_by_post_too() {
    with_post(async |place, _| {
        let opened = crate::later::open_with_gap(place).await;
        journey::accept(place, &opened).await;
        let name = "排水水质检测报告";
        let parcel = send(place, &opened, &[name], fetched()).await.unwrap();
        scan(place, &parcel, ScanKind::Signed).await;
        open(place, &parcel, &[name]).await.unwrap();
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.owed.is_none(), "{:?}", mine.owed);
    })
    .await;
}

#[tokio::test]
async fn lost_empty_and_missing_parcels_count_for_nothing_and_may_be_sent_again() {
    with_post(async |place, _| {
        let opened = noticed(place, false).await;
        // The courier loses the first.
        let lost = send(place, &opened, &BOTH, fetched()).await.unwrap();
        scan(place, &lost, ScanKind::Lost).await;
        assert!(newest(place, &opened).await.troubled);
        assert!(courier_service::reads::troubled(&place.clerk()).await.unwrap().is_empty(), "not the hall's to send");
        let again = courier_service::acts::send_again(&place.clerk(), None, lost.id).await;
        assert_eq!(refused(again), "courier.sender-sends");

        // The second holds nothing but paper.
        let empty = send(place, &opened, &BOTH, own("EMS100002")).await.unwrap();
        scan(place, &empty, ScanKind::Signed).await;
        let mut nothing = said(place, &empty, &[]);
        nothing.said.note = " ".into();
        let silent = acts::count_parcel(&place.clerk(), None, nothing.clone()).await;
        assert_eq!(refused(silent), "courier.empty-unexplained");
        nothing.said.note = "只有一张报纸，封装完好".into();
        acts::count_parcel(&place.clerk(), None, nothing).await.unwrap();
        assert_eq!(newest(place, &opened).await.incoming.unwrap().finding(), Some(Finding::Empty));
        assert_eq!(sendable(place, &opened).await.len(), 2);

        // The third never comes, whatever its carrier says; then it turns up behind a cupboard.
        let astray = send(place, &opened, &BOTH, own("XOTHER10003")).await.unwrap();
        place.settle().await;
        assert_eq!(refused(miss(&place.clerk(), None, astray.id, " ").await), "courier.miss-unexplained");
        miss(&place.clerk(), None, astray.id, "收发室、快递网点都查过，没有").await.unwrap();
        let view = newest(place, &opened).await;
        assert!(view.troubled && view.incoming.as_ref().unwrap().count.is_none());
        assert_eq!(status(place, &opened).await, Status::CorrectionNoticed);
        place.clock.advance_days(1);
        open(place, &astray, &BOTH).await.unwrap();
        let found = newest(place, &opened).await;
        assert!(!found.troubled, "what was found is no trouble any more");
        assert_eq!(
            found.incoming.unwrap().count.unwrap().received_on,
            day(3),
            "the clerk's word, for want of a signature"
        );
        assert_eq!(status(place, &opened).await, Status::Corrected);
    })
    .await;
}

#[tokio::test]
async fn only_a_window_of_the_hall_opens_it_and_only_the_applicant_sends_it() {
    with_post(async |place, _| {
        let opened = noticed(place, false).await;
        let lines: Vec<String> = sendable(place, &opened).await.into_values().collect();
        let order = SendToHall { application: opened.application, lines, coming: fetched() };
        for visit in [place.clerk(), stranger(place)] {
            assert_eq!(acts::send_to_hall(&visit, None, order.clone()).await, Err(Fault::NotAllowed));
        }
        let founder = place.founder();
        let nothing = SendToHall { lines: vec![], ..order.clone() };
        assert_eq!(acts::send_to_hall(&founder, None, nothing).await, Err(Fault::field("lines", "required")));
        let other = SendToHall { lines: vec!["field:mobile".into()], ..order.clone() };
        let stray = Err(Fault::Invalid(vec![FieldFault::new("lines", "not-asked")]));
        assert_eq!(acts::send_to_hall(&founder, None, other).await, stray);
        for (coming, code) in [
            (Coming::PickUp { name: "梁".into(), phone: " ".into(), address: "某路".into() }, "courier.no-pick-up"),
            (own("短"), "courier.no-tracking"),
            (own("<script>"), "courier.no-tracking"),
        ] {
            let order = SendToHall { coming, ..order.clone() };
            assert_eq!(refused(acts::send_to_hall(&founder, None, order).await), code);
        }
        acts::send_to_hall(&founder, None, order).await.unwrap();
        let parcel = newest(place, &opened).await;
        assert_eq!((parcel.phone.as_str(), parcel.recipient.as_str()), ("199****5678", "梁志远"));
        scan(place, &parcel, ScanKind::Signed).await;

        let elsewhere = place.person("clerk9", &[Role::Clerk], "data-chancheng", Some("zumiao-hall"));
        let nowhere = place.person("clerk8", &[Role::Clerk], "data-chancheng", None);
        for visit in [&elsewhere, &nowhere, &place.exit(), &founder] {
            let count = acts::count_parcel(visit, None, said(place, &parcel, &BOTH)).await;
            assert_eq!(count, Err(Fault::NotAllowed), "{}", visit.actor.id);
            assert_eq!(miss(visit, None, parcel.id, "没有").await, Err(Fault::NotAllowed), "{}", visit.actor.id);
            assert!(!may_count(visit, &parcel));
        }
        assert_eq!(incoming(&elsewhere).await.unwrap(), [], "another hall has its own");
        assert_eq!(incoming(&nowhere).await, Err(Fault::NotAllowed));
        // Nobody opens a parcel alone, and nobody finds in it what was not said to be there.
        let mut alone = said(place, &parcel, &BOTH);
        alone.said.witness = place.clerk().actor.name;
        assert_eq!(refused(acts::count_parcel(&place.clerk(), None, alone).await), "courier.no-witness");
        let mut more = said(place, &parcel, &BOTH);
        more.said.arrived.push("paper:0193a000-0000-7000-8000-00000000ffff".into());
        assert_eq!(refused(acts::count_parcel(&place.clerk(), None, more).await), "courier.not-enclosed");
        open(place, &parcel, &BOTH).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_original_that_was_seen_makes_its_file_as_good_as_one_from_the_window() {
    with_post(async |place, _| {
        let mut order = order(&[ITEM]);
        order.papers = vec![crate::ground::paper("site-proof", BOTH[0], Some("租赁合同.pdf"), &[(ITEM, "A1")])];
        let opened = place.try_open(&place.founder(), order).await.unwrap();
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        let [original] = &mine.sendable[..] else { panic!("{:?}", mine.sendable) };
        assert_eq!(original.why, SendWhy::Original);
        let order =
            SendToHall { application: opened.application, lines: vec![original.line.clone()], coming: fetched() };
        acts::send_to_hall(&place.founder(), None, order).await.unwrap();
        let parcel = newest(place, &opened).await;
        scan(place, &parcel, ScanKind::Signed).await;
        open(place, &parcel, &BOTH).await.unwrap();
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        let paper = &view.papers[0];
        assert!(paper.file.is_some(), "the file stays");
        assert_eq!(paper.trust.as_ref().map(|trust| trust.level.code()), Some("C"));
    })
    .await;
}

#[tokio::test]
async fn every_mood_of_the_courier_brings_it_once() {
    with_post(async |place, post| {
        for mood in [json!({ "early": true }), json!({ "garbled": true }), json!({ "down": true })] {
            post.feel(mood.clone()).await;
            let opened = noticed(place, false).await;
            send(place, &opened, &BOTH, own("EMS20001")).await.unwrap();
            place.try_settle().await;
            post.feel(json!({})).await;
            place.clock.advance(chrono::TimeDelta::minutes(5));
            place.settle().await;
            let parcel = newest(place, &opened).await;
            // Asked where it is, the courier answers of a parcel it did not take itself.
            post.scan(&parcel, "moving", "").await;
            place.settle().await;
            assert_eq!(newest(place, &opened).await.state, State::Moving, "{mood}");
        }
    })
    .await;
}

/// What used to answer must be answered again: an answer that came to the window before the post did is not disturbed.
#[tokio::test]
async fn what_was_handed_in_otherwise_meanwhile_is_left_alone() {
    with_post(async |place, _| {
        let opened = noticed(place, false).await;
        let parcel = send(place, &opened, &BOTH, fetched()).await.unwrap();
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        let lines = mine.correction.unwrap().lines;
        let file = |line: &reads::CorrectionLineView| AnsweredPaper {
            paper: line.paper.unwrap(),
            file: Some(crate::ground::pdf("新.pdf", 'b')),
        };
        let papers = lines.iter().map(file).collect();
        let answer = AnswerCorrection { application: opened.application, papers, fields: BTreeMap::new() };
        acts::answer_correction(&place.founder(), None, answer).await.unwrap();
        scan(place, &parcel, ScanKind::Signed).await;
        let done = open(place, &parcel, &BOTH).await.unwrap();
        assert_eq!(done.cases[0].status, Status::Corrected);
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        let proof = mine.papers.iter().find(|paper| paper.name == BOTH[0]).unwrap();
        assert!(proof.file.is_some(), "the file that answered stays");
    })
    .await;
}
