//! By whose power: entrusted, transferred, reviewed below and handed up; each day's delegation says who acts.

use casework::{Case, CaseLaw, ClockKind, Due, Event, Lamp, Officer, Order, Outcome, Power, Powers, Status};
use casework::{decide, replay};

use crate::sample::*;

const ON: &str = "2026-03-02";

fn of(officer: Officer, authority: &str) -> Officer {
    officer.of_authority(authority)
}

fn granted_by(officer: Officer) -> Order {
    Order::Decide { outcome: Outcome::Grant, reason: String::new(), by: officer }
}

fn refused(case: &Case, order: Order, law: &CaseLaw, on: &str) -> (String, String) {
    no(case, order, law, on)
}

#[test]
fn what_is_entrusted_is_decided_by_the_receiver_in_the_name_of_the_giver_who_then_supervises() {
    let law = entrusted();
    let case = reviewed_by(&law, ON);
    assert_eq!((case.desk_today(&law), case.name_today(&law)), ("zumiao-office", "health-chancheng"));
    let own = granted_by(of(approver(), "health-chancheng"));
    assert_eq!(refused(&case, own, &law, ON), ("casework.power-entrusted".into(), "第二十四条第三款".into()));
    let case = then(case, granted_by(of(approver(), "zumiao-office")), &law, ON);
    assert_eq!(case.decision.as_ref().and_then(|decision| decision.power.clone()), Some(entrustment()));
    assert!(case.supervision.as_ref().is_some_and(casework::Supervision::is_open));
    let stranger = Order::ReceiveSupervision { by: of(handler(), "zumiao-office") };
    assert_eq!(refused(&case, stranger, &law, ON).0, "casework.not-the-supervisor");
    let case = then(case, Order::ReceiveSupervision { by: of(handler(), "health-chancheng") }, &law, "2026-03-04");
    assert!(case.supervision.as_ref().is_some_and(|one| one.received_on == Some(day("2026-03-04"))));
    assert_eq!(refused(&case, supervise(), &law, "2026-03-05").0, "casework.received-already");
}

#[test]
fn an_entrustment_that_is_over_sends_the_case_back_and_says_where_it_is() {
    let before = entrusted();
    let case = reviewed_by(&before, "2026-06-29");
    assert!(case.rings(&before).contains(&(Due::On(day("2026-07-01")), Order::MovePower)));
    let after = law();
    let late = granted_by(of(approver(), "zumiao-office"));
    assert_eq!(
        refused(&case, late.clone(), &after, "2026-07-01"),
        ("casework.entrustment-ended".into(), "第二十四条第一款".into())
    );
    let due = case.reading(&before).due;
    let case = then(case, Order::MovePower, &after, "2026-07-01");
    assert_eq!((case.desk_today(&after), case.reading(&after).due), ("health-chancheng", due), "the clock goes on");
    assert_eq!(refused(&case, late, &after, "2026-07-01").0, "casework.entrustment-ended", "also after it has moved");
    let case = then(case, granted_by(of(approver(), "health-chancheng")), &after, "2026-07-02");
    assert_eq!(case.decision.as_ref().map(|decision| decision.power.clone()), Some(None), "by its own power");
    assert_eq!(case.supervision, None);
}

#[test]
fn an_entrustment_that_begins_later_leaves_the_case_and_a_transfer_takes_it_along() {
    let case = reviewed(ON);
    let began = entrusted();
    assert_eq!(case.desk_today(&began), "health-chancheng");
    assert_eq!(decide(&case, &Order::MovePower, &began, day(ON)), Ok(vec![]));
    let transferred = transferred();
    assert_eq!(case.desk_today(&transferred), "approval-chancheng");
    assert_eq!(case.name_today(&transferred), "approval-chancheng", "in its own name");
    let former = granted_by(of(approver(), "health-chancheng"));
    assert_eq!(refused(&case, former, &transferred, ON), ("casework.power-transferred".into(), "第二十五条".into()));
    let moved = then(case, Order::MovePower, &transferred, ON);
    assert_eq!(decide(&moved, &Order::MovePower, &transferred, day(ON)), Ok(vec![]), "heard twice, it changes nothing");
}

#[test]
fn who_may_only_accept_accepts_and_decides_nothing() {
    let own = Power::own("health-chancheng");
    let street = Power { by: "shiwan-office".into(), ..entrustment() };
    let powers = Powers { decision: own.clone(), own, acceptance: vec![street.clone()], in_force: vec![] };
    let law = CaseLaw { powers, ..law() };
    let accepted = then(received(ON), accept(of(handler(), "shiwan-office")), &law, ON);
    assert_eq!(accepted.acceptance.as_ref().and_then(|one| one.power.clone()), Some(street));
    let step = Order::CompleteStep {
        step: "handle".into(),
        opinion: casework::Opinion::agree(""),
        by: of(Officer::new("other", [access::Role::Handler]), "shiwan-office"),
    };
    assert_eq!(refused(&accepted, step, &law, ON).0, "casework.power-of-another");
}

#[test]
fn a_lower_authority_reviews_within_twenty_days_and_hands_everything_up() {
    let law = law();
    let case = then(below(ON), accept(of(clerk(), "zumiao-office")), &law, ON);
    assert_eq!((case.status(), case.desk_today(&law)), (Status::Preliminary, "zumiao-office"));
    let reading = case.reading(&law);
    assert_eq!((reading.clock, reading.due), (ClockKind::Preliminary, Due::On(day("2026-03-30"))));
    assert_eq!(reading.lamp(day("2026-03-31")), Lamp::Red, "late transfer");
    assert_eq!(
        refused(&case, granted_by(of(approver(), "health-chancheng")), &law, ON),
        ("casework.preliminary-open".into(), "第三十五条".into())
    );
    assert_eq!(refused(&case, hand_up(""), &law, ON).0, "casework.review-without-opinion");
    let by_acceptor = Order::HandUp { opinion: casework::Opinion::agree("同意"), by: clerk() };
    assert_eq!(refused(&case, by_acceptor, &law, ON).0, "casework.acceptor-may-not-review");
    let up = then(case, hand_up("材料属实，同意报送"), &law, "2026-03-16");
    assert_eq!((up.status(), up.desk_today(&law)), (Status::InReview, "health-chancheng"));
    assert_eq!(up.reading(&law).due, Due::On(day("2026-03-23")), "five promised days from the day it came in above");
    assert_eq!(up.preliminary_clock(&law).kept(law.calendar), Some(true));
    // 上级行政机关不得要求申请人重复提供申请材料.
    assert_eq!(refused(&up, notify(&["B1"]), &law, "2026-03-17").0, "casework.correction-after-acceptance");
    let lower = Order::HandUp { opinion: casework::Opinion::agree("同意"), by: of(handler(), "zumiao-office") };
    assert_eq!(refused(&up, lower, &law, "2026-03-17").0, "casework.handed-up-already");
}

#[test]
fn powers_are_on_record_and_the_record_makes_the_case_again() {
    let law = entrusted();
    let opening = casework::Opening {
        power: Some(entrustment()),
        ..serde_json::from_value(serde_json::json!({
            "case": case_id(1), "application": case_id(2).uuid(), "item": "x", "version": 1,
            "received_on": ON, "awaits": [],
        }))
        .expect("an opening as it was written before delegations")
    };
    let mut case = Case::open(opening.clone());
    let mut events: Vec<Event> = Vec::new();
    for order in [accept(clerk()), step("handle", handler()), step("review", reviewer()), grant(approver())] {
        let more = decide(&case, &order, &law, day(ON)).expect("the ordinary way");
        case = more.iter().fold(case, casework::apply);
        events.extend(more);
    }
    let written = serde_json::to_string(&events).expect("JSON");
    let read: Vec<Event> = serde_json::from_str(&written).expect("and back");
    assert_eq!(replay(opening, &read), case);
    assert!(written.contains("禅卫健函〔2026〕8号"));
}
