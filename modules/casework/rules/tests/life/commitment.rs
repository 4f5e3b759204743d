//! Notify-and-commit (告知承诺): decided at once, the evidence later, checked after that, revoked where it was broken.

use casework::{ClockKind, Due, Finding, Lamp, Order, RevocationGround, Status, WhyNoDate};

use crate::sample::*;

#[test]
fn a_commitment_is_decided_on_at_once_and_still_by_another_than_who_accepted() {
    let law = law();
    let case = then(committed("2026-03-02"), accept(jack()), &law, "2026-03-02");
    assert_eq!(case.next_step(&law).map(|step| step.id.as_str()), Some("decide"));
    assert_eq!(no(&case, step("handle", handler()), &law, "2026-03-02").0, "casework.commitment-decided-at-once");
    assert_eq!(no(&case, grant(jack()), &law, "2026-03-02").0, "casework.acceptor-may-not-review");
    assert_eq!(then(case, grant(approver()), &law, "2026-03-02").status(), Status::Granted);
}

/// Trap 17: 承诺可以在决定前撤回.
#[test]
fn taken_back_before_the_decision_it_leads_back_to_the_ordinary_way() {
    let law = law();
    let case = then(committed("2026-03-02"), accept(clerk()), &law, "2026-03-02");
    let back = then(case, Order::WithdrawCommitment, &law, "2026-03-03");
    assert_eq!(back.next_step(&law).map(|step| step.id.as_str()), Some("handle"));
    // What the commitment stood for is needed after all; the authority's limit begins when it is there.
    assert_eq!(back.gap_due(&law), Due::On(day("2026-03-24")));
    assert_eq!(back.promise_clock(&law).due(&CALENDAR), Due::Unknown(WhyNoDate::NotStarted));
    assert_eq!(back.reading(&law).lamp(day("2026-03-04")), Lamp::Stopped);
    let whole = then(back.clone(), supply(&["B5"]), &law, "2026-03-10");
    assert_eq!(whole.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-17")));
    assert_eq!(then(back, Order::LapseGap, &law, "2026-03-25").status(), Status::Lapsed);
    let done = committed_and_delivered("2026-03-02");
    assert_eq!(no(&done, Order::WithdrawCommitment, &law, "2026-03-03").0, "casework.commitment-decided");
    assert_eq!(no(&accepted("2026-03-02"), Order::WithdrawCommitment, &law, "2026-03-03").0, "casework.no-commitment");
}

#[test]
fn the_evidence_is_due_sixty_days_after_the_licence_and_then_it_is_checked() {
    let law = law();
    let done = committed_and_delivered("2026-03-02");
    let reading = done.reading(&law);
    // 1 May is a holiday, and so is all until the 5th.
    assert_eq!((reading.clock, reading.due), (ClockKind::Evidence, Due::On(day("2026-05-06"))));
    assert_eq!(reading.lamp(day("2026-03-03")), Lamp::Stopped, "the applicant's turn");
    let brought = then(done.clone(), supply(&["B5"]), &law, "2026-04-01");
    assert_eq!(
        (brought.reading(&law).clock, brought.reading(&law).due),
        (ClockKind::Check, Due::On(day("2026-04-16")))
    );
    assert_eq!(no(&done, check(Finding::Kept, "", 0), &law, "2026-04-01").0, "casework.evidence-open");
    let kept = then(brought, check(Finding::Kept, "", 0), &law, "2026-04-02");
    assert_eq!((kept.status(), kept.reading(&law).clock), (Status::Delivered, ClockKind::None));
    assert_eq!(no(&kept, check(Finding::Broken, "又查", 0), &law, "2026-04-03").0, "casework.commitment-checked");
}

#[test]
fn late_evidence_is_noted_taken_all_the_same_and_looked_into() {
    let law = law();
    let done = committed_and_delivered("2026-03-02");
    assert_eq!(no(&done, Order::MissEvidence, &law, "2026-05-06").0, "casework.not-yet");
    let missed = then(done, Order::MissEvidence, &law, "2026-05-07");
    assert!(events(&missed, Order::MissEvidence, &law, "2026-05-08").is_empty(), "the timer rings twice");
    assert_eq!((missed.reading(&law).clock, missed.reading(&law).due), (ClockKind::Check, Due::On(day("2026-05-20"))));
    let brought = then(missed, supply(&["B5"]), &law, "2026-05-11");
    assert_eq!(then(brought, check(Finding::Kept, "", 0), &law, "2026-05-12").status(), Status::Delivered);
}

#[test]
fn what_is_not_kept_is_put_right_by_a_day_or_the_licence_goes() {
    let law = law();
    let done = committed_and_delivered("2026-03-02");
    assert_eq!(
        no(&done, check(Finding::Rectify, "缺消毒设施", 0), &law, "2026-03-10").0,
        "casework.rectify-without-days"
    );
    let ordered = then(done, check(Finding::Rectify, "缺消毒设施", 5), &law, "2026-03-10");
    assert_eq!(ordered.commitment.as_ref().and_then(|one| one.checks[0].rectify_by), Some(day("2026-03-17")));
    assert_eq!(ordered.reading(&law).due, Due::On(day("2026-03-31")), "ten working days to look again");
    let ground = RevocationGround::BrokenCommitment;
    assert_eq!(
        no(&ordered, revoke(ground, "拒不整改", approver()), &law, "2026-03-18").0,
        "casework.commitment-not-broken"
    );
    let broken = then(ordered, check(Finding::Broken, "拒不整改", 0), &law, "2026-03-18");
    assert_eq!(no(&broken, revoke(ground, "拒不整改", handler()), &law, "2026-03-19").0, "casework.undone-not-by-head");
    let revoked = then(broken, revoke(ground, "拒不整改", approver()), &law, "2026-03-19");
    assert_eq!((revoked.status(), revoked.reading(&law).clock), (Status::Revoked, ClockKind::None));
}
