//! A licence taken back or struck off, and renewal by silence.

use casework::{CancellationGround, Due, Order, Outcome, RevocationGround, Status, WhyNoDate};

use crate::sample::*;

#[test]
fn a_licence_is_taken_back_on_a_ground_of_the_law_with_reasons() {
    let law = law();
    let case = delivered("2026-03-02");
    assert_eq!(
        no(&case, revoke(RevocationGround::ByFraud, " ", approver()), &law, "2026-06-01").0,
        "casework.undone-without-reason"
    );
    let revoked = then(case, revoke(RevocationGround::ByFraud, "伪造检测报告", approver()), &law, "2026-06-01");
    assert_eq!(revoked.status(), Status::Revoked);
    assert!(revoked.status().is_decided() && revoked.status().ended_without_licence());
    assert_eq!(no(&revoked, deliver("张三"), &law, "2026-06-02").0, "casework.licence-undone");
    let struck = then(revoked, cancel(CancellationGround::Revoked, "已撤销", approver()), &law, "2026-06-02");
    assert_eq!(struck.status(), Status::Cancelled);
}

#[test]
fn what_was_not_taken_back_is_struck_off_for_another_reason() {
    let law = law();
    let case = delivered("2026-03-02");
    assert_eq!(
        no(&case, cancel(CancellationGround::Revoked, "已撤销", approver()), &law, "2026-06-01").0,
        "casework.cancellation-ground"
    );
    assert_eq!(
        no(&granted("2026-03-02"), cancel(CancellationGround::Otherwise, "申请", approver()), &law, "2026-03-02").0,
        "casework.not-issued"
    );
    assert_eq!(
        then(case, cancel(CancellationGround::HolderDied, "经营者死亡", approver()), &law, "2026-06-01").status(),
        Status::Cancelled
    );
}

#[test]
fn every_ground_cites_its_own_article() {
    for ground in RevocationGround::ALL {
        assert!(ground.article().starts_with("第六十九条"), "{ground}");
    }
    for ground in CancellationGround::ALL {
        assert!(ground.article().starts_with("第七十条"), "{ground}");
    }
    assert!(RevocationGround::ByFraud.is_holders_fault() && !RevocationGround::BeyondAuthority.is_holders_fault());
}

/// 行政许可法 50: applied for thirty working days before, undecided on the last day, renewed.
#[test]
fn silence_renews_a_licence_applied_for_in_time() {
    let law = law();
    let case = then(renewing("2026-03-02", "2026-04-30"), accept(clerk()), &law, "2026-03-03");
    assert_eq!(case.deemed_renewed_on(&law), Due::On(day("2026-05-01")));
    assert_eq!(no(&case, Order::DeemRenewed, &law, "2026-04-30").0, "casework.not-yet");
    // The server slept through the holidays: what is written down late still counts from its day.
    let renewed = then(case, Order::DeemRenewed, &law, "2026-05-06");
    let decision = renewed.decision.clone().expect("renewed");
    assert_eq!((decision.on, decision.by, decision.outcome), (day("2026-05-01"), None, Outcome::Grant));
    assert_eq!((renewed.status(), renewed.last_act_on), (Status::Granted, day("2026-05-06")));
    assert!(events(&renewed, Order::DeemRenewed, &law, "2026-05-07").is_empty(), "the timer rings twice");
}

#[test]
fn silence_renews_nothing_that_came_late_or_is_incomplete() {
    let law = law();
    let late = then(renewing("2026-03-30", "2026-04-30"), accept(clerk()), &law, "2026-03-30");
    assert_eq!(late.deemed_renewed_on(&law), Due::Unknown(WhyNoDate::Nothing));
    let gap = then(renewing("2026-03-02", "2026-04-30"), tolerate(&["B5"]), &law, "2026-03-03");
    assert_eq!(gap.deemed_renewed_on(&law), Due::Unknown(WhyNoDate::Nothing));
    assert!(events(&gap, Order::DeemRenewed, &law, "2026-05-06").is_empty());
    let decided = then(
        then(
            then(renewing("2026-03-02", "2026-04-30"), accept(clerk()), &law, "2026-03-03"),
            step("handle", handler()),
            &law,
            "2026-03-04",
        ),
        step("review", reviewer()),
        &law,
        "2026-03-04",
    );
    let refused = then(decided, refuse("不再符合条件", approver()), &law, "2026-03-05");
    assert!(events(&refused, Order::DeemRenewed, &law, "2026-05-06").is_empty());
}
