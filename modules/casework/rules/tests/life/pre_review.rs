//! 网上预审: looked at once before receipt, and never at the applicant's cost.

use casework::{Case, CaseLaw, ClockKind, Due, Event, Lamp, Order, PreReviewOutcome, Status, notices_of};

use crate::sample::*;

/// Filed on Monday; the answer is due on Tuesday, mending by Friday, the notice of Article 32 by the Monday after.
const FILED: &str = "2026-03-02";

fn refused(case: Case, order: Order, law: &CaseLaw, on: &str) -> String {
    no(&case, order, law, on).0
}

fn outcome(case: &Case) -> PreReviewOutcome {
    case.pre_review.as_ref().and_then(|one| one.end.as_ref()).expect("an end").outcome
}

#[test]
fn what_passes_is_received_on_the_day_it_was_filed() {
    let law = law();
    let filed = filed(FILED);
    assert_eq!(filed.status(), Status::PreReview);
    let reading = filed.reading(&law);
    assert_eq!((reading.clock, reading.due), (ClockKind::PreReview, Due::On(day("2026-03-03"))));
    assert_eq!(reading.lamp(day("2026-03-04")), Lamp::Red);
    let passed = then(filed, pass(), &law, "2026-03-03");
    assert_eq!((passed.status(), passed.received_on), (Status::Received, day(FILED)));
    assert_eq!(passed.reading(&law).due, Due::On(day("2026-03-09")), "five working days from the filing");
}

#[test]
fn silence_past_the_term_passes_and_takes_no_day_from_the_applicant() {
    let law = law();
    let ring = filed(FILED).rings(&law);
    assert_eq!(ring, [(Due::On(day("2026-03-04")), Order::LapsePreReview)]);
    assert_eq!(refused(filed(FILED), Order::LapsePreReview, &law, "2026-03-03"), "casework.not-yet");
    let silent = then(filed(FILED), Order::LapsePreReview, &law, "2026-03-04");
    assert_eq!((outcome(&silent), silent.status()), (PreReviewOutcome::Silent, Status::Received));
    // And silence goes on to count: accepted by law from the day of filing, not from the day the pre-review ended.
    let deemed = then(silent, Order::DeemAccepted, &law, "2026-03-10");
    assert_eq!(deemed.acceptance.expect("accepted").on, day(FILED));
}

#[test]
fn a_timer_that_comes_late_still_finds_the_day_of_filing() {
    let law = law();
    let silent = then(filed(FILED), Order::LapsePreReview, &law, "2026-03-20");
    assert_eq!(silent.rings(&law), [(Due::On(day("2026-03-10")), Order::DeemAccepted)]);
}

#[test]
fn advice_is_given_once_in_time_and_is_not_the_correction_notice() {
    let law = law();
    assert_eq!(refused(filed(FILED), advise(&[]), &law, FILED), "casework.advice-lists-nothing");
    assert_eq!(refused(filed(FILED), advise(&["B1"]), &law, "2026-03-04"), "casework.pre-review-late");
    let advised = then(filed(FILED), advise(&["B1", "B2"]), &law, "2026-03-03");
    assert_eq!(advised.status(), Status::ToMend);
    assert_eq!(advised.correction, None);
    assert_eq!(refused(advised.clone(), advise(&["B3"]), &law, "2026-03-03"), "casework.pre-review-once");
    // After receipt the one notice of Article 32 is still to be had.
    let passed = then(advised.clone(), pass(), &law, "2026-03-03");
    let noticed = then(passed, notify(&["B1"]), &law, "2026-03-04");
    assert_eq!(noticed.status(), Status::CorrectionNoticed);
    let event = Event::PreReviewEnded { on: day(FILED), by: None, outcome: PreReviewOutcome::Passed };
    assert!(notices_of(&event).is_empty(), "no paper that could be taken for a notice");
}

#[test]
fn what_is_mended_is_received_on_the_day_it_came_in() {
    let law = law();
    let advised = then(filed(FILED), advise(&["B1", "B2"]), &law, "2026-03-03");
    assert_eq!(refused(advised.clone(), mend(&["B1"]), &law, "2026-03-05"), "casework.advice-incomplete");
    let mended = then(advised, mend(&["B1", "B2"]), &law, "2026-03-05");
    assert_eq!((outcome(&mended), mended.received_on), (PreReviewOutcome::Mended, day("2026-03-05")));
    assert_eq!(mended.reading(&law).due, Due::On(day("2026-03-12")));
}

#[test]
fn whoever_does_not_mend_goes_on_to_receipt_a_working_day_before_the_five_are_over() {
    let law = law();
    let advised = then(filed(FILED), advise(&["B1"]), &law, "2026-03-03");
    assert_eq!(advised.rings(&law), [(Due::On(day("2026-03-07")), Order::LapsePreReview)]);
    let received = then(advised.clone(), Order::LapsePreReview, &law, "2026-03-07");
    assert_eq!((outcome(&received), received.received_on), (PreReviewOutcome::Unmended, day(FILED)));
    let noticed = then(received, notify(&["B1"]), &law, "2026-03-09");
    assert_eq!(noticed.status(), Status::CorrectionNoticed, "there is still a day to tell what the law has told");
    let skipped = then(advised, Order::SkipPreReview, &law, "2026-03-04");
    assert_eq!((outcome(&skipped), skipped.received_on), (PreReviewOutcome::AsFiled, day(FILED)));
}

#[test]
fn nobody_accepts_or_refuses_before_receipt_and_the_applicant_may_leave() {
    let law = law();
    for order in [accept(clerk()), notify(&["B1"]), answer(&["B1"]), on_spot(&["更正"])] {
        assert_eq!(refused(filed(FILED), order.clone(), &law, FILED), "casework.pre-review-open", "{:?}", order.kind());
    }
    assert_eq!(then(filed(FILED), withdraw(), &law, FILED).status(), Status::Withdrawn);
    assert_eq!(refused(received(FILED), pass(), &law, FILED), "casework.pre-review-over");
}
