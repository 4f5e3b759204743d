//! Special procedures, hearings and the one extension: what the limit does not count, and how long it may not.

use casework::{Due, Hearing, HearingAnswer, Lamp, LegalClock, Order, OrderKind, Resume, Status, WhyNoDate, allowed};

use crate::sample::*;

const STATUTORY: fn(&casework::Case, &casework::CaseLaw) -> LegalClock = casework::Case::statutory_clock;

/// The vectors of the field brief: 20 working days from 2 March; 10 to 31 March excluded; ten more.
#[test]
fn a_special_procedure_and_an_extension_move_the_day_as_the_law_counts() {
    let law = law();
    let case = accepted("2026-03-02");
    assert_eq!(STATUTORY(&case, &law).due(&CALENDAR), Due::On(day("2026-03-30")));
    let case = then(case, begin("inspection", 15), &law, "2026-03-10");
    let case = then(case, end("符合要求"), &law, "2026-03-31");
    assert_eq!(STATUTORY(&case, &law).due(&CALENDAR), Due::On(day("2026-04-21")));
    let case = then(case, extend(10, "须补充核查", approver()), &law, "2026-04-20");
    assert_eq!(STATUTORY(&case, &law).due(&CALENDAR), Due::On(day("2026-05-08")));
}

#[test]
fn while_it_runs_the_lamp_is_out_and_nobody_decides() {
    let law = law();
    let case = then(reviewed("2026-03-02"), begin("inspection", 5), &law, "2026-03-04");
    assert_eq!((case.status(), case.reading(&law).lamp(day("2026-03-05"))), (Status::InSpecial, Lamp::Stopped));
    // The day it is due if the procedure takes as long as announced: five promised days, two of them gone.
    assert_eq!(case.reading(&law).due, Due::On(day("2026-03-16")));
    let refusal = refusal(&case, grant(approver()), &law, "2026-03-05");
    assert_eq!((refusal.code.as_ref(), refusal.facts["procedure"].as_str()), ("casework.special-open", "现场核查"));
    let early = then(case, end("符合要求"), &law, "2026-03-05");
    assert_eq!((early.status(), early.reading(&law).due), (Status::InReview, Due::On(day("2026-03-10"))));
}

/// Trap 4: only the time the written notice gives is not counted.
#[test]
fn it_stops_the_clock_no_longer_than_the_notice_says() {
    let law = law();
    let case = then(accepted("2026-03-02"), begin("inspection", 5), &law, "2026-03-04");
    assert_eq!(case.special_due(&law), Due::On(day("2026-03-11")));
    assert_eq!(no(&case, Order::ExpireSpecial, &law, "2026-03-11").0, "casework.not-yet");
    // The officers come back a week late: the week is theirs.
    let late = then(case.clone(), end("符合要求"), &law, "2026-03-18");
    assert_eq!(late.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-16")));
    let expired = then(case, Order::ExpireSpecial, &law, "2026-03-12");
    assert_eq!((expired.status(), expired.specials[0].ended_by.clone()), (Status::InReview, None));
    assert_eq!(expired.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-16")));
    assert!(events(&expired, Order::ExpireSpecial, &law, "2026-03-12").is_empty(), "the timer rings twice");
}

#[test]
fn without_its_days_and_its_reason_there_is_no_notice() {
    let law = law();
    let case = accepted("2026-03-02");
    let silent = Order::BeginSpecial { procedure: "inspection".into(), days: 5, reason: " ".into(), by: handler() };
    let table = [
        (begin("inspection", 0), "casework.special-without-notice"),
        (silent, "casework.special-without-notice"),
        (begin("inspection", 16), "casework.special-too-long"),
        (begin("auction", 5), "casework.special-unknown"),
    ];
    for (order, code) in table {
        assert_eq!(no(&case, order, &law, "2026-03-03"), (code.into(), "第四十五条".into()));
    }
}

#[test]
fn several_runs_share_the_days_the_item_gives() {
    let law = law();
    let once = then(accepted("2026-03-02"), begin("inspection", 10), &law, "2026-03-03");
    assert_eq!(no(&once, begin("test", 2), &law, "2026-03-04").0, "casework.special-open");
    let once = then(once, end("须整改"), &law, "2026-03-05");
    let refusal = refusal(&once, begin("inspection", 6), &law, "2026-03-06");
    assert_eq!((refusal.code.as_ref(), refusal.facts["left"].as_str()), ("casework.special-too-long", "5"));
    let twice = then(once, begin("inspection", 5), &law, "2026-03-06");
    assert_eq!(twice.status(), Status::InSpecial);
}

#[test]
fn the_item_says_whether_the_count_goes_on_or_begins_anew() {
    let law = law();
    assert_eq!((law.specials[0].resume, law.specials[1].resume), (Resume::Continue, Resume::Reset));
    for (procedure, due) in [("inspection", "2026-03-16"), ("test", "2026-03-18")] {
        let case = then(accepted("2026-03-02"), begin(procedure, 5), &law, "2026-03-04");
        let case = then(case, end("完成"), &law, "2026-03-11");
        assert_eq!(case.promise_clock(&law).due(&CALENDAR), Due::On(day(due)), "{procedure}");
    }
}

#[test]
fn a_case_that_waits_for_a_licence_may_be_inspected_meanwhile() {
    let law = law();
    let waiting = then(received_awaiting("2026-03-02", &["business-licence"]), accept(clerk()), &law, "2026-03-02");
    let inspected = then(waiting, begin("inspection", 5), &law, "2026-03-03");
    assert_eq!(inspected.status(), Status::Waiting);
    let met = then(inspected, met("business-licence"), &law, "2026-03-05");
    assert_eq!(met.status(), Status::InSpecial);
    // The limit began on the 5th, in the middle of the inspection, which ends on the 10th at the latest.
    assert_eq!(met.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-17")));
}

/// Trap 5: once, before the day, by the head, with a reason.
#[test]
fn there_is_one_extension() {
    let law = law();
    let case = accepted("2026-03-02");
    let table = [
        (extend(10, "须补充核查", handler()), "2026-03-03", "casework.extension-not-by-head"),
        (extend(10, " ", approver()), "2026-03-03", "casework.extension-without-reason"),
        (extend(11, "须补充核查", approver()), "2026-03-03", "casework.extension-too-long"),
        (extend(0, "须补充核查", approver()), "2026-03-03", "casework.extension-too-long"),
        (extend(10, "须补充核查", approver()), "2026-03-31", "casework.extension-too-late"),
    ];
    for (order, on, code) in table {
        assert_eq!(no(&case, order, &law, on), (code.into(), "第四十二条第一款".into()));
    }
    let once = then(case, extend(3, "须补充核查", approver()), &law, "2026-03-09");
    assert_eq!(once.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-12")));
    assert_eq!(no(&once, extend(3, "再延", approver()), &law, "2026-03-10").0, "casework.extended-already");
}

#[test]
fn a_promise_that_is_broken_is_not_mended_by_an_extension() {
    let law = law();
    let case = then(accepted("2026-03-02"), extend(10, "须补充核查", approver()), &law, "2026-03-10");
    assert_eq!(case.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-09")), "red before, red after");
    assert_eq!(STATUTORY(&case, &law).due(&CALENDAR), Due::On(day("2026-04-14")));
}

#[test]
fn a_hearing_is_offered_asked_for_announced_and_held() {
    let law = law();
    let offered = then(reviewed("2026-03-02"), offer_hearing(), &law, "2026-03-03");
    assert_eq!(offered.hearing_answer_due(&law), Due::On(day("2026-03-10")));
    assert_eq!(no(&offered, grant(approver()), &law, "2026-03-04").0, "casework.hearing-unanswered");
    let asked = then(offered, hearing(HearingAnswer::Wanted), &law, "2026-03-05");
    assert_eq!(asked.status(), Status::InSpecial);
    assert_eq!(asked.hearing.as_ref().and_then(|one| one.hold_by), Some(day("2026-04-02")));
    assert_eq!(no(&asked, refuse("不符合", approver()), &law, "2026-03-06").0, "casework.hearing-not-held");

    assert_eq!(no(&asked, announce("2026-03-13", "三楼"), &law, "2026-03-06").0, "casework.hearing-too-soon");
    assert_eq!(no(&asked, announce("2026-04-03", "三楼"), &law, "2026-03-06").0, "casework.hearing-too-late");
    assert_eq!(no(&asked, hold("记录"), &law, "2026-03-06").0, "casework.hearing-not-announced");
    let set = then(asked, announce("2026-03-17", "三楼听证室"), &law, "2026-03-06");
    assert_eq!(no(&set, hold("记录"), &law, "2026-03-16").0, "casework.not-yet");
    assert_eq!(no(&set, hold(""), &law, "2026-03-17").0, "casework.hearing-without-record");
    let held = then(set, hold("双方意见记录在案"), &law, "2026-03-17");
    assert_eq!(held.status(), Status::InReview);
    // Three of the five days were gone when the applicant asked; two are left after the hearing.
    assert_eq!(held.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-19")));
    assert_eq!(then(held, grant(approver()), &law, "2026-03-18").status(), Status::Granted);
}

#[test]
fn who_does_not_ask_within_five_days_is_not_waited_for() {
    let law = law();
    let offered = then(reviewed("2026-03-02"), offer_hearing(), &law, "2026-03-03");
    assert_eq!(no(&offered, hearing(HearingAnswer::Wanted), &law, "2026-03-11").0, "casework.hearing-asked-late");
    let lapsed = then(offered.clone(), Order::LapseHearing, &law, "2026-03-11");
    assert!(lapsed.hearing.as_ref().is_some_and(|one| one.answer == Some(HearingAnswer::Waived)));
    assert_eq!(then(lapsed, grant(approver()), &law, "2026-03-11").status(), Status::Granted);
    let waived = then(offered, hearing(HearingAnswer::Waived), &law, "2026-03-04");
    assert!(!waived.hearing.as_ref().is_some_and(Hearing::is_under_way));
    assert_eq!(
        waived.promise_clock(&law).due(&CALENDAR),
        Due::On(day("2026-03-09")),
        "waiting for an answer is counted"
    );
}

#[test]
fn a_hearing_and_an_inspection_at_once_are_left_out_once() {
    let law = law();
    let offered = then(reviewed("2026-03-02"), offer_hearing(), &law, "2026-03-02");
    let both = then(offered, hearing(HearingAnswer::Wanted), &law, "2026-03-04");
    let both = then(both, announce("2026-03-13", "三楼"), &law, "2026-03-04");
    let both = then(both, begin("inspection", 5), &law, "2026-03-09");
    let both = then(both, hold("记录"), &law, "2026-03-13");
    assert_eq!(both.status(), Status::InSpecial);
    let ended = then(both, end("符合"), &law, "2026-03-16");
    assert_eq!(ended.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-19")));
}

#[test]
fn every_bell_that_will_ring_is_known_and_rings_an_order_that_is_followed() {
    let law = law();
    let case = then(received("2026-03-02"), tolerate(&["B5"]), &law, "2026-03-02");
    let case = then(case, begin("inspection", 3), &law, "2026-03-02");
    let case = then(case, offer_hearing(), &law, "2026-03-03");
    let rings = case.rings(&law);
    let days: Vec<_> = rings.iter().map(|(due, order)| (order.kind(), due.day().expect("a day"))).collect();
    assert_eq!(
        days,
        [
            (OrderKind::LapseGap, day("2026-03-10")),
            (OrderKind::ExpireSpecial, day("2026-03-06")),
            (OrderKind::LapseHearing, day("2026-03-11")),
        ]
    );
    for (due, order) in rings {
        assert!(!events(&case, order, &law, &due.day().expect("a day").to_string()).is_empty());
    }
    assert!(allowed(&case, &law, day("2026-03-06")).contains(&OrderKind::ExpireSpecial));
    assert_eq!(accepted("2026-03-02").special_due(&law), Due::Unknown(WhyNoDate::Nothing));
}

#[test]
fn a_pause_before_the_limit_began_takes_nothing_from_it() {
    let law = law();
    let case = then(committed("2026-03-02"), accept(clerk()), &law, "2026-03-02");
    let case = then(case, begin("inspection", 1), &law, "2026-03-02");
    let case = then(case, Order::WithdrawCommitment, &law, "2026-03-03");
    let case = then(case, supply(&["B5"]), &law, "2026-03-06");
    assert_eq!(case.promise_clock(&law).due(&CALENDAR), Due::On(day("2026-03-13")));
}

#[test]
fn who_presides_takes_no_part_in_the_review_before_or_after() {
    let (law, on) = (law(), "2026-03-02");
    let asked = then(then(reviewed(on), offer_hearing(), &law, on), hearing(HearingAnswer::Wanted), &law, on);
    let announced_by = |id: &str| Order::AnnounceHearing {
        on: day("2026-03-17"),
        place: "区政务服务中心三楼".into(),
        presider: presider(id),
        by: handler(),
    };
    for reviewer in ["handler", "reviewer"] {
        let no = no(&asked, announced_by(reviewer), &law, on);
        assert_eq!(no, ("casework.presider-reviews".into(), "第四十八条第一款第四项".into()), "{reviewer}");
    }
    let set = then(asked, announced_by("legal-officer"), &law, on);
    let session = set.hearing.as_ref().and_then(|hearing| hearing.session.as_ref()).expect("a session");
    assert_eq!(session.presider.as_ref().map(|presider| presider.name.as_str()), Some("梁国栋"));
    let held = then(set, hold("双方意见记录在案"), &law, "2026-03-17");
    let by_presider = grant(casework::Officer::new("legal-officer", [access::Role::Approver]));
    assert_eq!(no(&held, by_presider, &law, "2026-03-18").0, "casework.presider-may-not-review");
}
