//! From receipt to acceptance, non-acceptance or one correction notice (行政许可法 32).

use casework::{CorrectionItem, Due, Event, NonAcceptanceGround, Order, Status, WhyNoDate};

use crate::sample::*;

const NOTICE: &str = "第三十二条第一款第四项";

#[test]
fn acceptance_is_dated_on_its_day() {
    let case = then(received("2026-03-02"), accept(clerk()), &law(), "2026-03-04");
    let acceptance = case.acceptance.clone().unwrap();
    assert_eq!((case.status(), acceptance.on, acceptance.deemed), (Status::InReview, day("2026-03-04"), false));
    assert_eq!(case.promise_clock(&law()).due(&CALENDAR), Due::On(day("2026-03-11")));
}

#[test]
fn what_to_correct_is_told_once_and_in_full() {
    let law = law();
    let case = then(received("2026-03-02"), notify(&["B1", "B5"]), &law, "2026-03-03");
    assert_eq!(case.status(), Status::CorrectionNoticed);
    assert_eq!(case.correction_due(&law), Due::On(day("2026-03-24")));

    let second = refusal(&case, notify(&["B6"]), &law, "2026-03-04");
    assert_eq!(second.code, "casework.second-correction");
    assert_eq!(second.clause.as_ref().unwrap().law, "中华人民共和国行政许可法");
    assert_eq!(second.clause.unwrap().article, NOTICE);
    assert_eq!(second.facts["noticed_on"], "2026-03-03");

    let answered = then(case, answer(&["B5", "B1"]), &law, "2026-03-24");
    assert_eq!(answered.status(), Status::Corrected);
    assert_eq!(no(&answered, notify(&["B6"]), &law, "2026-03-24").0, "casework.second-correction");
    assert_eq!(then(answered, accept(clerk()), &law, "2026-03-25").status(), Status::InReview);
}

#[test]
fn a_notice_that_does_not_say_what_why_and_how_is_refused() {
    let (law, case) = (law(), received("2026-03-02"));
    let with = |items: Vec<CorrectionItem>| Order::NotifyCorrection { items, by: clerk() };
    let table = [
        (with(vec![]), "casework.correction-lists-nothing"),
        (with(vec![CorrectionItem { reason: " ".into(), ..item("B1") }]), "casework.correction-item-unclear"),
        (with(vec![CorrectionItem { mend: String::new(), ..item("B1") }]), "casework.correction-item-unclear"),
        (with(vec![item("B1"), item("B1")]), "casework.correction-item-twice"),
    ];
    for (order, code) in table {
        assert_eq!(no(&case, order, &law, "2026-03-03"), (code.into(), NOTICE.into()));
    }
}

#[test]
fn an_answer_covers_everything_and_comes_in_time() {
    let law = law();
    let case = then(received("2026-03-02"), notify(&["B1", "B5"]), &law, "2026-03-03");
    let partial = refusal(&case, answer(&["B1"]), &law, "2026-03-10");
    assert_eq!(
        (partial.code.as_ref(), partial.facts["missing"].as_str()),
        ("casework.correction-incomplete", "材料B5")
    );
    assert_eq!(no(&case, answer(&["B1", "B5"]), &law, "2026-03-25").0, "casework.correction-overdue");
    for open in [accept(clerk()), not_accept(NonAcceptanceGround::StillIncomplete, "仍缺", None)] {
        assert_eq!(no(&case, open, &law, "2026-03-10").0, "casework.correction-open");
    }
    assert_eq!(no(&received("2026-03-02"), answer(&[]), &law, "2026-03-03").0, "casework.nothing-to-correct");
}

#[test]
fn a_correction_lapses_only_after_its_last_day() {
    let law = law();
    let case = then(received("2026-03-02"), notify(&["B1"]), &law, "2026-03-03");
    assert_eq!(case.lapses_on(&law), Due::On(day("2026-03-25")));
    assert_eq!(no(&case, Order::LapseCorrection, &law, "2026-03-24").0, "casework.correction-not-overdue");
    let lapsed = then(case, Order::LapseCorrection, &law, "2026-03-25");
    assert_eq!(lapsed.status(), Status::Lapsed);
    assert_eq!(events(&lapsed, Order::LapseCorrection, &law, "2026-03-26"), []);
    assert_eq!(no(&lapsed, answer(&["B1"]), &law, "2026-03-26").0, "casework.case-ended");
}

#[test]
fn beyond_the_calendar_a_notice_goes_out_without_a_day_and_never_lapses_by_a_guess() {
    let law = law();
    let case = then(received("2026-12-28"), notify(&["B1"]), &law, "2026-12-29");
    assert_eq!(case.correction.as_ref().unwrap().due, None);
    assert_eq!(case.correction_due(&law), Due::Unknown(WhyNoDate::BeyondCalendar));
    assert_eq!(no(&case, Order::LapseCorrection, &law, "2027-06-01").0, "casework.day-unknown");
    assert_eq!(then(case, answer(&["B1"]), &law, "2027-06-01").status(), Status::Corrected);
}

#[test]
fn refusing_acceptance_says_why_and_where_to_go() {
    use NonAcceptanceGround::*;
    let (law, case) = (law(), received("2026-03-02"));
    let table = [
        (not_accept(NotNeeded, "", None), "casework.non-acceptance-without-reason", "第七十二条第七项"),
        (
            not_accept(OutOfCompetence, "属市级权限", None),
            "casework.non-acceptance-without-direction",
            "第三十二条第一款第二项",
        ),
        (
            not_accept(OutOfCompetence, "属市级权限", Some(" ")),
            "casework.non-acceptance-without-direction",
            "第三十二条第一款第二项",
        ),
        (not_accept(StillIncomplete, "缺租赁合同", None), "casework.incomplete-without-notice", NOTICE),
    ];
    for (order, code, article) in table {
        assert_eq!(no(&case, order, &law, "2026-03-03"), (code.into(), article.into()));
    }
    let refused = events(&case, not_accept(OutOfCompetence, "属市级权限", Some("市卫生健康局")), &law, "2026-03-03");
    assert!(matches!(&refused[..], [Event::AcceptanceRefused { go_to: Some(go_to), .. }] if go_to == "市卫生健康局"));
    let corrected = then(then(case, notify(&["B1"]), &law, "2026-03-03"), answer(&["B1"]), &law, "2026-03-05");
    let incomplete = then(corrected, not_accept(StillIncomplete, "合同仍未签字", None), &law, "2026-03-06");
    assert_eq!(incomplete.status(), Status::NotAccepted);
}

#[test]
fn an_accepted_case_is_decided_and_nothing_else() {
    let (law, case) = (law(), accepted("2026-03-02"));
    let table = [
        (accept(clerk()), "casework.already-accepted"),
        (notify(&["B1"]), "casework.correction-after-acceptance"),
        (not_accept(NonAcceptanceGround::NotNeeded, "不需要", None), "casework.accepted-must-be-decided"),
    ];
    for (order, code) in table {
        assert_eq!(no(&case, order, &law, "2026-03-03").0, code);
    }
}

#[test]
fn no_act_is_recorded_before_the_last_one() {
    let (law, case) = (law(), received("2026-03-02"));
    let early = refusal(&case, accept(clerk()), &law, "2026-03-01");
    assert_eq!(early.code, "casework.day-before-last-act");
    assert_eq!((early.facts["day"].as_str(), early.facts["last"].as_str()), ("2026-03-01", "2026-03-02"));
}
