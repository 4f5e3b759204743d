//! 网上预审 act by act on both engines: passed, advised and mended, silent, skipped.

use std::collections::{BTreeMap, BTreeSet};

use access::Role;
use casework::{ClockKind, PreReviewOutcome, Status};
use casework_service::acts::{
    self, AdvisePreReview, AnsweredPaper, CorrectionLine, CorrectionTarget, MendPreReview, OpenApplication, Opened,
    PassPreReview, SkipPreReview,
};
use casework_service::reads::{self, Desk, TodoFilter};
use casework_service::{Channel, PaperId};
use platform::Fault;
use testkit::moment;

use crate::ground::{Place, case, each_place, order, paper, pdf, refused};

const RENEWAL: &str = "food-permit-renewal";

/// A renewal whose layout has changed: one paper is handed in.
fn renewal() -> OpenApplication {
    let mut renewal = order(&[RENEWAL]);
    renewal.held = BTreeSet::from(["business-licence".to_owned()]);
    renewal.papers = vec![paper("food-layout", "食品经营场所布局图", Some("布局图.pdf"), &[(RENEWAL, "Q5")])];
    renewal
}

async fn filed(place: &Place) -> Opened {
    place.try_open(&place.founder(), renewal()).await.unwrap()
}

async fn layout(place: &Place, opened: &Opened) -> PaperId {
    reads::my_application(&place.founder(), opened.application).await.unwrap().papers[0].id
}

async fn advise(place: &Place, opened: &Opened) -> Result<acts::Done, Fault> {
    let line = CorrectionLine {
        target: CorrectionTarget::Paper(layout(place, opened).await),
        reason: "看不清操作间".into(),
        mend: "重新拍照上传".into(),
        basis: None,
    };
    let order = AdvisePreReview { application: opened.application, lines: vec![line] };
    acts::advise_pre_review(&place.clerk(), None, order).await
}

#[tokio::test]
async fn the_window_finds_it_first_passes_it_and_the_day_of_filing_stays() {
    each_place(async |place| {
        let opened = filed(place).await;
        let list = reads::todo(&place.clerk(), &TodoFilter::default(), None).await.unwrap();
        assert_eq!((list.desk, list.rows[0].step.as_str()), (Desk::Window, "pre-review"));
        assert_eq!((list.rows[0].task.as_str(), list.rows[0].clock.kind), ("网上预审", ClockKind::PreReview));
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.sentence.contains("网上预审") && mine.may_skip, "{}", mine.sentence);
        let accept = acts::AcceptApplication { application: opened.application };
        let early = acts::accept_application(&place.clerk(), None, accept.clone()).await;
        assert_eq!(refused(early), "casework.pre-review-open");

        place.clock.set(moment("2026-03-03 10:00"));
        let order = PassPreReview { application: opened.application };
        let done = acts::pass_pre_review(&place.clerk(), None, order).await.unwrap();
        assert_eq!(done.status(case(&opened, RENEWAL)), Some(Status::Received));
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert!(view.journal.iter().any(|line| line.did.contains("预审结束（预审通过）")));
        acts::accept_application(&place.clerk(), None, accept).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn advice_is_mended_online_and_received_that_day() {
    each_place(async |place| {
        let opened = filed(place).await;
        let stranger = place.officer(Role::Handler, "health-chancheng");
        let order = PassPreReview { application: opened.application };
        assert!(matches!(acts::pass_pre_review(&stranger, None, order).await, Err(Fault::NotAllowed)));
        advise(place, &opened).await.unwrap();
        assert_eq!(refused(advise(place, &opened).await), "casework.pre-review-once");
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        let advice = mine.advice.expect("advice");
        assert_eq!((advice.lines.len(), mine.correction), (1, None));
        assert!(mine.cases[0].notes[0].lines[0].contains("不是补正告知"));

        place.clock.set(moment("2026-03-04 10:00"));
        let papers = vec![AnsweredPaper { paper: layout(place, &opened).await, file: Some(pdf("新图.pdf", 'c')) }];
        let mend = MendPreReview { application: opened.application, papers, fields: BTreeMap::new() };
        acts::mend_pre_review(&place.founder(), None, mend).await.unwrap();
        let view = reads::case_view(&place.officer(Role::Handler, "market-chancheng"), case(&opened, RENEWAL)).await;
        let view = view.unwrap();
        assert_eq!((view.status, view.clock.due), (Status::Received, Some("2026-03-11".parse().unwrap())));
        assert_eq!(view.papers[0].file.as_ref().unwrap().name, "新图.pdf");
    })
    .await;
}

#[tokio::test]
async fn silence_rings_and_counts_as_passed_from_the_day_of_filing() {
    each_place(async |place| {
        let opened = filed(place).await;
        place.clock.set(moment("2026-03-04 00:01"));
        place.settle().await;
        let handler = place.officer(Role::Handler, "market-chancheng");
        let view = reads::case_view(&handler, case(&opened, RENEWAL)).await.unwrap();
        assert_eq!((view.status, view.clock.due), (Status::Received, Some("2026-03-09".parse().unwrap())));
        assert_eq!(refused(advise(place, &opened).await), "casework.pre-review-over");
        place.clock.set(moment("2026-03-10 00:01"));
        place.settle().await;
        let view = reads::case_view(&handler, case(&opened, RENEWAL)).await.unwrap();
        assert_eq!(view.status, Status::InReview, "and so does silence after it");
        assert_eq!(PreReviewOutcome::Silent.code(), "silent");
    })
    .await;
}

#[tokio::test]
async fn the_applicant_need_not_wait_and_at_the_window_nobody_does() {
    each_place(async |place| {
        let opened = filed(place).await;
        let skip = SkipPreReview { application: opened.application };
        let done = acts::skip_pre_review(&place.founder(), None, skip.clone()).await.unwrap();
        assert_eq!(done.status(case(&opened, RENEWAL)), Some(Status::Received));
        assert_eq!(refused(acts::skip_pre_review(&place.founder(), None, skip).await), "casework.pre-review-over");
        let at_window = OpenApplication { channel: Channel::Window, ..renewal() };
        let opened = place.try_open(&place.clerk(), at_window).await.unwrap();
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert_eq!(view.cases[0].status, Status::Received);
    })
    .await;
}
