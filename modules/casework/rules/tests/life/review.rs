//! From acceptance to decision: steps, posts, separations, licences of sibling cases.

use casework::{Due, Lamp, OfficerId, Opinion, Order, OrderKind, Outcome, Status, WhyNoDate, allowed, allowed_to};
use kernel::limit::{Limit, Start, Unit};

use crate::sample::*;

#[test]
fn nothing_is_reviewed_or_decided_before_acceptance() {
    let law = law();
    let noticed = then(received("2026-03-02"), notify(&["B1"]), &law, "2026-03-02");
    let corrected = then(noticed.clone(), answer(&["B1"]), &law, "2026-03-02");
    for case in [received("2026-03-02"), noticed, corrected] {
        for order in [step("handle", handler()), grant(approver())] {
            let expected = ("casework.not-accepted".to_owned(), "第四十二条第一款".to_owned());
            assert_eq!(no(&case, order, &law, "2026-03-03"), expected, "{}", case.status());
        }
    }
}

#[test]
fn steps_go_in_order_each_by_its_post() {
    let (law, case) = (law(), accepted("2026-03-02"));
    let table = [
        (step("fly", handler()), "casework.step-unknown"),
        (step("review", reviewer()), "casework.step-out-of-order"),
        (step("decide", approver()), "casework.step-is-decision"),
        (step("handle", reviewer()), "casework.step-of-another-role"),
        (grant(approver()), "casework.steps-open"),
    ];
    for (order, code) in table {
        assert_eq!(no(&case, order, &law, "2026-03-03").0, code);
    }
    let handled = then(case, step("handle", handler()), &law, "2026-03-03");
    assert_eq!(handled.next_step(&law).unwrap().id, "review");
    assert_eq!(no(&handled, step("handle", handler()), &law, "2026-03-03").0, "casework.step-done");
    let open = refusal(&handled, grant(approver()), &law, "2026-03-03");
    assert_eq!((open.code.as_ref(), open.facts["steps"].as_str()), ("casework.steps-open", "审核"));
    let reviewed = then(handled, step("review", reviewer()), &law, "2026-03-04");
    assert_eq!(reviewed.next_step(&law).unwrap().id, "decide");
    assert_eq!(then(reviewed, grant(approver()), &law, "2026-03-04").status(), Status::Granted);
}

#[test]
fn who_accepted_neither_reviews_nor_decides() {
    let law = law();
    let by_jack = then(received("2026-03-02"), accept(jack()), &law, "2026-03-02");
    let expected = "casework.acceptor-may-not-review";
    assert_eq!(no(&by_jack, step("handle", jack()), &law, "2026-03-02").0, expected);
    let handled = then(by_jack, step("handle", handler()), &law, "2026-03-02");
    let reviewed = then(handled, step("review", reviewer()), &law, "2026-03-02");
    assert_eq!(no(&reviewed, grant(jack()), &law, "2026-03-02").0, expected);
    assert_eq!(no(&reviewed, refuse("不符合", jack()), &law, "2026-03-02").0, expected);
}

#[test]
fn who_handled_does_not_approve_and_nobody_does_everything() {
    let law = law();
    let handled = then(accepted("2026-03-02"), step("handle", jack()), &law, "2026-03-02");
    let reviewed = then(handled, step("review", jack()), &law, "2026-03-02");
    assert_eq!(no(&reviewed, grant(jack()), &law, "2026-03-02").0, "casework.handler-may-not-decide");
    assert_eq!(then(reviewed, grant(approver()), &law, "2026-03-02").status(), Status::Granted);
    // In a small town the reviewer may approve, where another person handled.
    let handled = then(accepted("2026-03-02"), step("handle", handler()), &law, "2026-03-02");
    let reviewed = then(handled, step("review", jack()), &law, "2026-03-02");
    assert_eq!(then(reviewed, grant(jack()), &law, "2026-03-02").status(), Status::Granted);
}

#[test]
fn an_item_on_the_spot_has_one_step_and_still_two_persons() {
    let mut law = law();
    law.steps.drain(..2);
    law.promise = Limit::AT_ONCE;
    let by_jack = then(received("2026-03-02"), accept(jack()), &law, "2026-03-02");
    assert_eq!(by_jack.promise_clock(&law).due(law.calendar), Due::On(day("2026-03-02")));
    assert_eq!(no(&by_jack, grant(jack()), &law, "2026-03-02").0, "casework.acceptor-may-not-review");
    assert_eq!(then(by_jack, grant(approver()), &law, "2026-03-02").status(), Status::Granted);
}

#[test]
fn reasons_are_given_where_the_answer_is_no() {
    let (law, case) = (law(), accepted("2026-03-02"));
    let silent_no = Order::CompleteStep { step: "handle".into(), opinion: Opinion::disagree(""), by: handler() };
    assert_eq!(no(&case, silent_no, &law, "2026-03-02").0, "casework.opinion-without-words");
    let expected = ("casework.decision-without-reason".to_owned(), "第三十八条第二款".to_owned());
    assert_eq!(no(&reviewed("2026-03-02"), refuse(" ", approver()), &law, "2026-03-02"), expected);
    let refused = refused("2026-03-02");
    let decision = refused.decision.as_ref().unwrap();
    assert_eq!((decision.outcome, decision.by.clone()), (Outcome::Refuse, Some(OfficerId::new("approver"))));
    assert_eq!(refused.status(), Status::Refused);
}

#[test]
fn there_is_one_decision() {
    let law = law();
    for order in [grant(approver()), refuse("改主意了", approver()), step("review", reviewer())] {
        assert_eq!(no(&granted("2026-03-02"), order.clone(), &law, "2026-03-02").0, "casework.already-granted");
        assert_eq!(no(&refused("2026-03-02"), order, &law, "2026-03-02").0, "casework.already-refused");
    }
}

#[test]
fn a_late_decision_is_taken_all_the_same() {
    let (law, case) = (law(), reviewed("2026-03-02"));
    assert_eq!(case.reading(&law).lamp(day("2026-06-01")), Lamp::Red);
    let granted = then(case, grant(approver()), &law, "2026-06-01");
    assert_eq!(granted.promise_clock(&law).kept(law.calendar), Some(false));
}

#[test]
fn a_dependent_case_is_worked_on_while_its_clock_stands() {
    let law = law();
    let case = received_awaiting("2026-03-02", &["business-licence"]);
    let case = then(case, accept(clerk()), &law, "2026-03-02");
    assert_eq!(case.status(), Status::Waiting);
    assert_eq!(case.reading(&law).due, Due::Unknown(WhyNoDate::NotStarted));
    assert_eq!(case.reading(&law).lamp(day("2026-06-01")), Lamp::Stopped);
    let case = then(case, step("handle", handler()), &law, "2026-03-03");
    let case = then(case, step("review", reviewer()), &law, "2026-03-03");
    let expected = ("casework.prerequisite-open".to_owned(), "第三十八条第一款".to_owned());
    for order in [grant(approver()), refuse("不符合", approver())] {
        assert_eq!(no(&case, order, &law, "2026-03-03"), expected);
    }
    let case = then(case, met("business-licence"), &law, "2026-03-10");
    assert_eq!((case.status(), case.clock_started_on(Start::Acceptance)), (Status::InReview, Some(day("2026-03-10"))));
    assert_eq!(case.reading(&law).due, Due::On(day("2026-03-17")));
    assert_eq!(events(&case, met("business-licence"), &law, "2026-03-11"), [], "heard twice");
    assert_eq!(events(&case, failed("business-licence"), &law, "2026-03-11"), [], "too late to fail");
    assert_eq!(then(case, grant(approver()), &law, "2026-03-11").status(), Status::Granted);
}

#[test]
fn a_licence_that_comes_before_acceptance_does_not_move_the_clock() {
    let law = law();
    let case =
        then(received_awaiting("2026-03-02", &["business-licence"]), met("business-licence"), &law, "2026-03-03");
    assert_eq!(case.status(), Status::Received);
    let case = then(case, accept(clerk()), &law, "2026-03-04");
    assert_eq!(case.clock_started_on(Start::Acceptance), Some(day("2026-03-04")));
    assert_eq!(no(&case, met("fire-permit"), &law, "2026-03-04").0, "casework.prerequisite-not-awaited");
}

#[test]
fn a_failed_prerequisite_ends_the_case_wherever_it_stands_before_decision() {
    let law = law();
    let received = received_awaiting("2026-03-02", &["business-licence"]);
    let noticed = then(received.clone(), notify(&["B1"]), &law, "2026-03-02");
    let waiting = then(received.clone(), accept(clerk()), &law, "2026-03-02");
    for case in [received, noticed, waiting] {
        let ended = then(case, failed("business-licence"), &law, "2026-03-09");
        assert_eq!(ended.status(), Status::Terminated);
        assert_eq!(no(&ended, step("handle", handler()), &law, "2026-03-09").0, "casework.case-ended");
    }
}

#[test]
fn a_limit_from_receipt_counts_from_complete_materials() {
    let mut law = law();
    law.promise = Limit { value: 60, unit: Unit::NaturalDay, start: Start::Receipt };
    let straight = then(received("2026-03-02"), accept(clerk()), &law, "2026-03-05");
    assert_eq!(straight.clock_started_on(Start::Receipt), Some(day("2026-03-02")));
    let noticed = then(received("2026-03-02"), notify(&["B1"]), &law, "2026-03-03");
    let answered = then(noticed, answer(&["B1"]), &law, "2026-03-10");
    let accepted = then(answered, accept(clerk()), &law, "2026-03-12");
    assert_eq!(accepted.clock_started_on(Start::Receipt), Some(day("2026-03-10")));
    assert_eq!(accepted.reading(&law).due, Due::On(day("2026-05-09")));
}

#[test]
fn what_is_offered_is_what_would_be_followed() {
    use OrderKind::*;
    let law = law();
    let table = [
        (
            received("2026-03-02"),
            vec![Accept, NotifyCorrection, RefuseAcceptance, CorrectOnSpot, AcceptTolerantly, Withdraw],
        ),
        (accepted("2026-03-02"), vec![BeginSpecial, OfferHearing, Extend, CompleteStep, Withdraw]),
        (reviewed("2026-03-02"), vec![BeginSpecial, OfferHearing, Extend, Decide, Withdraw]),
        (granted("2026-03-02"), vec![Issue, Revoke]),
        (issued("2026-03-02"), vec![Deliver, Revoke, Cancel]),
        (refused("2026-03-02"), vec![Deliver]),
        (delivered("2026-03-02"), vec![Revoke, Cancel]),
    ];
    for (case, expected) in table {
        assert_eq!(allowed(&case, &law, day("2026-03-03")), expected, "{}", case.status());
    }
    let offers = allowed_to(&accepted("2026-03-02"), &law, &reviewer(), day("2026-03-03"));
    let (kind, own) = offers.iter().find(|(kind, _)| *kind == CompleteStep).expect("a step is open");
    assert_eq!((*kind, own.as_ref().unwrap_err().code.as_ref()), (CompleteStep, "casework.step-of-another-role"));
}
