//! What time alone brings about.

use casework::{Outcome, Status};
use casework_service::acts::{self, CorrectionLine, CorrectionTarget, NotifyCorrection};
use casework_service::reads::{self, TodoFilter};

use crate::ground::{SHOP, each_place};
use crate::journey::{accept, decide, hand_over, issue};

#[tokio::test]
async fn after_five_working_days_of_silence_the_case_counts_as_accepted_since_receipt() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "food-permit-new"]).await;
        place.clock.advance_days(7);
        place.settle().await;
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert_eq!(
            view.cases[0].status,
            Status::Received,
            "Monday to Monday is five working days; the fifth still counts"
        );
        place.clock.advance_days(1);
        place.settle().await;
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert_eq!([view.cases[0].status, view.cases[1].status], [Status::InReview, Status::Waiting]);
        let line = view.journal.iter().find(|line| line.did.contains("视为受理")).unwrap();
        assert!(line.did.contains("3月2日") && line.who == "系统", "{line:?}");
        place.settle().await;
        let again = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert_eq!(again.journal, view.journal, "a second ring finds nothing to do");
    })
    .await;
}

#[tokio::test]
async fn a_correction_that_does_not_come_lapses_and_ends_who_waited() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "food-permit-new", "senior-card"]).await;
        let target = CorrectionTarget::Field("capital".into());
        let line = CorrectionLine {
            target, reason: "资金数额未填".into(), mend: "补填资金数额".into(), basis: None
        };
        let order = NotifyCorrection { application: opened.application, lines: vec![line] };
        acts::notify_correction(&place.clerk(), None, order).await.unwrap();
        place.clock.advance_days(21);
        place.settle().await;
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert_eq!(view.cases[0].status, Status::CorrectionNoticed, "the fifteenth working day still counts");
        place.clock.advance_days(1);
        place.settle().await;
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert_eq!(view.cases[0].status, Status::Lapsed);
        assert_eq!(view.cases[1].status, Status::Terminated, "its licence will not come");
        assert_eq!(view.cases[2].status, Status::InReview, "deemed accepted on the way");
    })
    .await;
}

#[tokio::test]
async fn a_result_that_may_wait_no_longer_comes_to_the_window_by_itself() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        accept(place, &opened).await;
        decide(place, &opened, "register-individual", Outcome::Grant).await.unwrap();
        issue(place, &opened, "register-individual").await.unwrap();
        let to_do = async || reads::todo(&place.clerk(), &TodoFilter::default(), None).await.unwrap().rows;
        assert_eq!(to_do().await, [], "it waits for the others");
        place.clock.advance_days(9);
        place.settle().await;
        assert_eq!(to_do().await, []);
        place.clock.advance_days(1);
        place.settle().await;
        let rows = to_do().await;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].step.as_str(), rows[0].clock.lamp), ("hand-over", casework::Lamp::Yellow));
        let done = hand_over(place, &opened).await.unwrap();
        assert_eq!([done.cases[0].status, done.cases[1].status], [Status::Delivered, Status::InReview]);
        assert_eq!(to_do().await, []);
    })
    .await;
}
