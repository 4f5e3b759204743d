//! 视为受理: at the close of the fifth working day, back-dated to receipt, once, and not after a timely notice.

use casework::{Due, Event, NonAcceptanceGround, OfficerId, Order, Status};

use crate::sample::*;

#[test]
fn silence_until_the_fifth_working_day_accepts_from_the_day_of_receipt() {
    let law = law();
    let case = received("2026-02-13");
    assert_eq!(case.deemed_on(&law), Due::On(day("2026-02-28")));
    assert_eq!(no(&case, Order::DeemAccepted, &law, "2026-02-27").0, "casework.not-yet-deemed");
    let deemed = events(&case, Order::DeemAccepted, &law, "2026-02-28");
    assert_eq!(
        deemed,
        [Event::DeemedAccepted { on: day("2026-02-13"), recorded_on: day("2026-02-28"), by: None, power: None }]
    );
    let case = then(case, Order::DeemAccepted, &law, "2026-02-28");
    assert_eq!(case.status(), Status::InReview);
    assert_eq!(case.acceptance.as_ref().map(|acceptance| acceptance.on), Some(day("2026-02-13")));
    assert_eq!(case.statutory_clock(&law).due(law.calendar), Due::On(day("2026-03-19")), "20 days from 02-13");
}

#[test]
fn it_fires_once() {
    let law = law();
    let case = then(received("2026-02-13"), Order::DeemAccepted, &law, "2026-02-28");
    assert_eq!(events(&case, Order::DeemAccepted, &law, "2026-03-02"), []);
    assert_eq!(no(&case, accept(clerk()), &law, "2026-03-02").0, "casework.already-accepted");
}

#[test]
fn a_timely_notice_prevents_it_and_a_late_one_is_refused() {
    let law = law();
    let noticed = then(received("2026-02-13"), notify(&["B1"]), &law, "2026-02-27");
    assert_eq!(events(&noticed, Order::DeemAccepted, &law, "2026-02-28"), []);
    assert_eq!(noticed.deemed_on(&law).day(), None);
    let answered = then(noticed, answer(&["B1"]), &law, "2026-03-02");
    assert_eq!(events(&answered, Order::DeemAccepted, &law, "2026-04-01"), []);

    // On the sixth day the timer has not rung yet; the law has.
    let silent = received("2026-02-13");
    let article = "第三十二条第一款第四项".to_owned();
    assert_eq!(no(&silent, notify(&["B1"]), &law, "2026-02-28"), ("casework.notice-too-late".into(), article));
    let refuse = not_accept(NonAcceptanceGround::NotNeeded, "不需要许可", None);
    assert_eq!(no(&silent, refuse, &law, "2026-02-28").0, "casework.accepted-must-be-decided");
}

#[test]
fn an_officer_who_accepts_late_writes_down_what_the_law_has_done() {
    let law = law();
    let late = then(received("2026-02-13"), accept(handler()), &law, "2026-03-02");
    let acceptance = late.acceptance.clone().unwrap();
    assert!(acceptance.deemed);
    assert_eq!((acceptance.on, acceptance.recorded_on), (day("2026-02-13"), day("2026-03-02")));
    assert_eq!(acceptance.by, Some(OfficerId::new("handler")));
    assert_eq!(no(&late, step("handle", handler()), &law, "2026-03-02").0, "casework.acceptor-may-not-review");
}

#[test]
fn where_the_calendar_ends_nobody_is_deemed_accepted_or_turned_away() {
    let law = law();
    let case = received("2026-12-29");
    assert_eq!(no(&case, Order::DeemAccepted, &law, "2027-01-20").0, "casework.day-unknown");
    for order in [accept(clerk()), notify(&["B1"])] {
        assert!(!events(&case, order, &law, "2027-01-05").is_empty(), "a missing calendar never refuses a case");
    }
}
