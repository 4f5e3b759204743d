//! Errors mended on the spot, and papers that may follow (容缺受理).

use casework::{ClockKind, Due, GapGround, MissingPaper, Order, Status};

use crate::sample::*;

#[test]
fn what_is_mended_at_the_window_is_on_record_and_costs_nothing() {
    let law = law();
    let case = then(received("2026-03-02"), on_spot(&["门牌号更正为12号"]), &law, "2026-03-02");
    assert_eq!((case.status(), case.correction.is_none()), (Status::Received, true));
    assert_eq!(case.spot_corrections[0].what, ["门牌号更正为12号"]);
    // It is no correction notice: the one notice may still be given, and the five days run on.
    let noticed = then(case.clone(), notify(&["B1"]), &law, "2026-03-03");
    assert_eq!(noticed.status(), Status::CorrectionNoticed);
    assert_eq!(case.deemed_on(&law), received("2026-03-02").deemed_on(&law));
    assert_eq!(no(&case, on_spot(&[" "]), &law, "2026-03-03").1, "第三十二条第一款第三项");
}

#[test]
fn a_tolerant_acceptance_is_an_acceptance_with_a_last_day_for_what_is_missing() {
    let law = law();
    let case = then(received("2026-03-02"), tolerate(&["B5", "B6"]), &law, "2026-03-02");
    assert_eq!(case.status(), Status::InReview);
    assert_eq!(case.gap_due(&law), Due::On(day("2026-03-09")));
    // The authority's own limit runs meanwhile: it reviews what there is.
    assert_eq!(case.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-09")));
    assert_eq!(case.reading(&law).clock, ClockKind::Decision);

    assert_eq!(no(&case, supply(&["B5"]), &law, "2026-03-04").0, "casework.supply-incomplete");
    let whole = then(case, supply(&["B6", "B5"]), &law, "2026-03-09");
    assert_eq!(whole.gaps[0].supplied_on, Some(day("2026-03-09")));
    assert_eq!(no(&whole, supply(&["B5"]), &law, "2026-03-09").0, "casework.nothing-to-supply");
}

#[test]
fn nothing_is_granted_while_papers_are_missing_and_a_refusal_needs_none() {
    let law = law();
    let case = then(received("2026-03-02"), tolerate(&["B5"]), &law, "2026-03-02");
    let reviewed =
        then(then(case, step("handle", handler()), &law, "2026-03-03"), step("review", reviewer()), &law, "2026-03-03");
    let refusal = refusal(&reviewed, grant(approver()), &law, "2026-03-04");
    assert_eq!((refusal.code.as_ref(), refusal.facts["missing"].as_str()), ("casework.gap-open", "材料B5"));
    assert_eq!(then(reviewed.clone(), refuse("不符合条件", approver()), &law, "2026-03-04").status(), Status::Refused);
    let whole = then(reviewed, supply(&["B5"]), &law, "2026-03-04");
    assert_eq!(then(whole, grant(approver()), &law, "2026-03-04").status(), Status::Granted);
}

/// Trap 16: 容缺材料逾期未补的，视为撤回，不出结果.
#[test]
fn not_brought_in_time_it_counts_as_withdrawn() {
    let law = law();
    let case = then(received("2026-03-02"), tolerate(&["B5"]), &law, "2026-03-02");
    assert_eq!(no(&case, Order::LapseGap, &law, "2026-03-09").0, "casework.gap-not-overdue");
    assert_eq!(no(&case, supply(&["B5"]), &law, "2026-03-10").0, "casework.gap-overdue");
    let lapsed = then(case, Order::LapseGap, &law, "2026-03-10");
    assert_eq!(lapsed.status(), Status::Lapsed);
    assert!(events(&lapsed, Order::LapseGap, &law, "2026-03-11").is_empty(), "the timer rings twice");
    assert_eq!(no(&lapsed, issue("1号"), &law, "2026-03-11").0, "casework.case-ended");
}

#[test]
fn only_what_the_item_lists_may_follow() {
    let law = law();
    let main = Order::AcceptTolerantly { papers: vec![MissingPaper { secondary: false, ..paper("B1") }], by: clerk() };
    let none = casework::CaseLaw { tolerance: None, ..law.clone() };
    let case = received("2026-03-02");
    assert_eq!(no(&case, main, &law, "2026-03-02").0, "casework.main-paper-missing");
    assert_eq!(no(&case, tolerate(&[]), &law, "2026-03-02").0, "casework.tolerance-without-gap");
    assert_eq!(no(&case, tolerate(&["B5"]), &none, "2026-03-02").0, "casework.no-tolerance");
    // After five silent days the case is accepted as it is; nobody may attach a condition any more.
    assert_eq!(no(&case, tolerate(&["B5"]), &law, "2026-03-10").0, "casework.notice-too-late");
}

#[test]
fn where_the_calendar_ends_nobody_loses_a_case_to_a_guess() {
    let law = law();
    let case = then(received("2026-12-30"), tolerate(&["B5"]), &law, "2026-12-30");
    assert_eq!(case.gaps[0].due, None);
    assert_eq!(case.gaps[0].ground, GapGround::Tolerance);
    assert_eq!(no(&case, Order::LapseGap, &law, "2027-02-01").0, "casework.day-unknown");
    assert_eq!(then(case, supply(&["B5"]), &law, "2027-02-01").status(), Status::InReview);
}
