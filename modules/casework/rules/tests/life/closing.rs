//! Issue, delivery, withdrawal, and cases that have ended.

use casework::{Due, Lamp, Order, Status};

use crate::sample::*;

#[test]
fn a_licence_is_made_numbered_and_handed_over_once() {
    let law = law();
    assert_eq!(no(&reviewed("2026-03-02"), issue("1号"), &law, "2026-03-02").0, "casework.not-granted");
    let granted = granted("2026-03-02");
    assert_eq!(no(&granted, deliver("张三"), &law, "2026-03-02"), ("casework.not-issued".into(), "第四十四条".into()));
    assert_eq!(no(&granted, issue(" "), &law, "2026-03-02").0, "casework.issued-without-number");
    let issued = then(granted, issue("1号"), &law, "2026-03-03");
    assert_eq!(no(&issued, issue("2号"), &law, "2026-03-03").0, "casework.already-issued");
    assert_eq!(no(&issued, deliver(""), &law, "2026-03-03").0, "casework.delivered-to-nobody");
    let delivered = then(issued, deliver("张三"), &law, "2026-03-04");
    assert_eq!(delivered.status(), Status::Delivered);
    assert_eq!(no(&delivered, deliver("张三"), &law, "2026-03-04").0, "casework.already-delivered");
}

#[test]
fn delivery_has_ten_working_days_from_the_grant() {
    let (law, case) = (law(), granted("2026-03-02"));
    assert_eq!(case.reading(&law).due, Due::On(day("2026-03-16")));
    assert_eq!(case.reading(&law).lamp(day("2026-03-17")), Lamp::Red);
    assert_eq!(delivered("2026-03-02").reading(&law).lamp(day("2027-03-17")), Lamp::Done);
}

#[test]
fn an_item_without_a_licence_is_handed_over_as_a_decision() {
    let mut law = law();
    (law.makes_result, law.provides) = (false, None);
    let case = granted("2026-03-02");
    assert_eq!(
        no(&case, issue("1号"), &law, "2026-03-02"),
        ("casework.no-result-to-issue".into(), "第三十九条第一款".into())
    );
    assert!(case.is_settled(&law));
    assert_eq!(then(case, deliver("张三"), &law, "2026-03-02").status(), Status::Delivered);
}

#[test]
fn a_refusal_is_served_too_and_stays_a_refusal() {
    let law = law();
    let served = then(refused("2026-03-02"), deliver("张三"), &law, "2026-03-03");
    assert_eq!(served.status(), Status::Refused);
    assert_eq!(no(&served, deliver("张三"), &law, "2026-03-03").0, "casework.already-delivered");
}

#[test]
fn the_applicant_may_withdraw_until_the_decision() {
    let law = law();
    let noticed = then(received("2026-03-02"), notify(&["B1"]), &law, "2026-03-02");
    for case in [received("2026-03-02"), noticed, accepted("2026-03-02"), reviewed("2026-03-02")] {
        assert_eq!(then(case, withdraw(), &law, "2026-03-03").status(), Status::Withdrawn);
    }
    for case in [granted("2026-03-02"), issued("2026-03-02"), delivered("2026-03-02")] {
        let expected = ("casework.decided-cannot-be-withdrawn".to_owned(), "第七十条".to_owned());
        assert_eq!(no(&case, withdraw(), &law, "2026-03-03"), expected);
    }
}

#[test]
fn an_ended_case_follows_no_person_and_no_timer() {
    let law = law();
    let withdrawn = then(received("2026-03-02"), withdraw(), &law, "2026-03-02");
    for order in [accept(clerk()), notify(&["B1"]), step("handle", handler()), issue("1"), withdraw()] {
        let refusal = refusal(&withdrawn, order, &law, "2026-03-03");
        assert_eq!((refusal.code.as_ref(), refusal.next.as_ref()), ("casework.case-ended", "apply-again"));
    }
    for timer in [Order::DeemAccepted, Order::LapseCorrection, met("business-licence"), failed("business-licence")] {
        assert_eq!(events(&withdrawn, timer, &law, "2026-06-03"), []);
    }
}
