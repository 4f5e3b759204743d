//! Several cases of one application: chains of licences, hand-over, the applicant's sentence.

use std::collections::BTreeSet;

use casework::application::{
    Awaits, Handover, JointExtension, Member, NextActor, application_sentence, awaits, consequences, extend_joint,
    handover, joint_clock,
};
use casework::application::{SentenceCode, sentence};
use casework::{Case, CaseLaw, Due, LicenceType, Officer, Opening, Order, Status, apply, decide};

use crate::sample::*;

/// An item that consumes and provides these licences.
fn item_law(consumes: &[&str], provides: Option<&str>) -> CaseLaw<'static> {
    CaseLaw {
        consumes: consumes.iter().map(|licence| LicenceType::from(*licence)).collect(),
        provides: provides.map(LicenceType::from),
        ..law()
    }
}

/// A restaurant: business licence, then food permit, then the sign on the street; fire safety stands alone.
fn restaurant() -> Vec<(Case, CaseLaw<'static>)> {
    let laws = [
        item_law(&[], Some("business-licence")),
        item_law(&["business-licence"], Some("food-permit")),
        item_law(&["food-permit"], Some("sign-permit")),
        item_law(&[], Some("fire-permit")),
    ];
    let siblings: Vec<&CaseLaw> = laws.iter().collect();
    let needs = awaits(&siblings, &BTreeSet::new());
    let open = |(number, (law, needs)): (usize, (CaseLaw<'static>, Awaits))| {
        assert_eq!(needs.nowhere, []);
        let awaits = needs.siblings;
        let opening = Opening { case: case_id(number as u128), awaits, ..opening() };
        (then(Case::open(opening), accept(clerk()), &law, "2026-03-02"), law)
    };
    laws.clone().into_iter().zip(needs).enumerate().map(open).collect()
}

fn opening() -> Opening {
    let case = received("2026-03-02");
    Opening {
        case: case.id,
        application: case.application,
        item: case.item,
        version: case.version,
        received_on: case.received_on,
        awaits: vec![],
        commitment: None,
        renews: None,
        pre_review: false,
        power: None,
        preliminary: None,
    }
}

fn members<'a>(cases: &'a [(Case, CaseLaw<'static>)]) -> Vec<Member<'a>> {
    cases.iter().map(|(case, law)| Member { case, law }).collect()
}

/// Carries out what follows until nothing more does; gives how many rounds it took.
fn settle(cases: &mut [(Case, CaseLaw<'static>)], on: &str) -> usize {
    for round in 0.. {
        let orders = consequences(&members(cases));
        if orders.is_empty() {
            return round;
        }
        assert!(round < 10, "it goes round in circles");
        for (id, order) in orders {
            let (case, law) = cases.iter_mut().find(|(case, _)| case.id == id).unwrap();
            let events = decide(case, &order, law, day(on)).unwrap();
            assert!(!events.is_empty(), "a consequence is never moot");
            *case = events.iter().fold(case.clone(), apply);
        }
    }
    unreachable!()
}

fn work_until_decided(pair: &mut (Case, CaseLaw<'static>), decision: Order, on: &str) {
    let (case, law) = pair;
    for order in [step("handle", handler()), step("review", reviewer()), decision] {
        *case = then(case.clone(), order, law, on);
    }
}

fn make(pair: &mut (Case, CaseLaw<'static>), on: &str) {
    work_until_decided(pair, grant(approver()), on);
    pair.0 = then(pair.0.clone(), issue("440604〔2026〕1号"), &pair.1, on);
}

fn statuses(cases: &[(Case, CaseLaw<'static>)]) -> Vec<Status> {
    cases.iter().map(|(case, _)| case.status()).collect()
}

#[test]
fn an_item_waits_for_what_a_sibling_brings_and_the_applicant_does_not_hold() {
    let (licence, food) = (item_law(&[], Some("business-licence")), item_law(&["business-licence", "lease"], None));
    let none = BTreeSet::new();
    let expected = Awaits { siblings: vec!["business-licence".into()], nowhere: vec!["lease".into()] };
    assert_eq!(awaits(&[&licence, &food], &none), [Awaits::default(), expected]);
    let held = BTreeSet::from(["business-licence".into(), "lease".into()]);
    assert_eq!(awaits(&[&licence, &food], &held), [Awaits::default(), Awaits::default()]);
    let own = item_law(&["sign-permit"], Some("sign-permit"));
    assert_eq!(awaits(&[&own], &none)[0].nowhere, [LicenceType::from("sign-permit")], "an item does not feed itself");
}

#[test]
fn a_licence_made_sets_its_dependants_going_and_only_those() {
    use Status::*;
    let mut cases = restaurant();
    assert_eq!(statuses(&cases), [InReview, Waiting, Waiting, InReview]);
    work_until_decided(&mut cases[0], grant(approver()), "2026-03-04");
    assert_eq!(settle(&mut cases, "2026-03-04"), 0, "granted is not yet made");
    cases[0].0 = then(cases[0].0.clone(), issue("1号"), &cases[0].1.clone(), "2026-03-05");
    assert_eq!(settle(&mut cases, "2026-03-05"), 1);
    assert_eq!(statuses(&cases), [Issued, InReview, Waiting, InReview]);
    assert_eq!(cases[1].0.prerequisites[0].number.as_deref(), Some("1号"));
}

#[test]
fn a_refusal_ends_the_chain_behind_it_and_spares_the_independent() {
    use Status::*;
    let mut cases = restaurant();
    work_until_decided(&mut cases[0], refuse("名称不符合规定", approver()), "2026-03-04");
    assert_eq!(settle(&mut cases, "2026-03-04"), 2, "one link after the other");
    assert_eq!(statuses(&cases), [Refused, Terminated, Terminated, InReview]);
    make(&mut cases[3], "2026-03-06");
    let refused_and_made = vec![cases[0].0.id, cases[3].0.id];
    assert_eq!(handover(&members(&cases), day("2026-03-06")), Handover::Ready { deliver: refused_and_made });
}

#[test]
fn every_end_without_a_licence_fails_the_dependants() {
    let first = restaurant().swap_remove(0).0;
    let withdrawn = then(first.clone(), withdraw(), &law(), "2026-03-03");
    let terminated = casework::Terminated { on: day("2026-03-03"), licence: "other".into() };
    let terminated = Case { terminated: Some(terminated), ..first };
    for ended in [withdrawn, terminated] {
        let mut cases = restaurant();
        cases[0].0 = ended;
        settle(&mut cases, "2026-03-03");
        assert_eq!(cases[1].0.status(), Status::Terminated, "after {}", cases[0].0.status());
    }
}

#[test]
fn results_go_out_together_unless_the_ten_days_press() {
    let mut cases = restaurant();
    make(&mut cases[3], "2026-03-04");
    let open: Vec<_> = cases[..3].iter().map(|(case, _)| case.id).collect();
    assert_eq!(handover(&members(&cases), day("2026-03-13")), Handover::NotYet { open: open.clone() });
    let fire = vec![cases[3].0.id];
    // Ten working days from 03-04 end on 03-18; two are left on 03-16.
    let pressing = Handover::Pressing { deliver: fire, open };
    assert_eq!(handover(&members(&cases), day("2026-03-16")), pressing);
    let said = application_sentence(&members(&cases), day("2026-03-16"));
    assert_eq!((said.code, said.facts["count"].as_str()), (SentenceCode::MattersToCollectNow, "1"));
}

#[test]
fn the_whole_restaurant_ends_with_one_hand_over() {
    let mut cases = restaurant();
    make(&mut cases[0], "2026-03-03");
    settle(&mut cases, "2026-03-03");
    make(&mut cases[1], "2026-03-04");
    settle(&mut cases, "2026-03-04");
    make(&mut cases[2], "2026-03-05");
    make(&mut cases[3], "2026-03-05");
    let all: Vec<_> = cases.iter().map(|(case, _)| case.id).collect();
    assert_eq!(handover(&members(&cases), day("2026-03-05")), Handover::Ready { deliver: all });
    assert_eq!(application_sentence(&members(&cases), day("2026-03-05")).code, SentenceCode::MattersToCollect);
    for (case, law) in &mut cases {
        *case = then(case.clone(), deliver("张三"), law, "2026-03-06");
    }
    assert_eq!(handover(&members(&cases), day("2026-03-06")), Handover::Done);
    assert_eq!(application_sentence(&members(&cases), day("2026-03-06")).code, SentenceCode::MattersDone);
}

#[test]
fn the_applicant_reads_who_acts_next_and_by_when() {
    use NextActor::*;
    use SentenceCode as Say;
    let law = law();
    let noticed = then(received("2026-03-02"), notify(&["B1", "B5"]), &law, "2026-03-03");
    let waiting = then(received_awaiting("2026-03-02", &["business-licence"]), accept(clerk()), &law, "2026-03-02");
    let moved = then(
        received("2026-03-02"),
        not_accept(casework::NonAcceptanceGround::OutOfCompetence, "市级事项", Some("市局")),
        &law,
        "2026-03-02",
    );
    let table = [
        (received("2026-03-02"), "2026-03-03", Say::ReceivedBy, Window, Some("2026-03-09")),
        (received("2026-03-02"), "2026-03-10", Say::ReceivedLate, Window, Some("2026-03-09")),
        (received("2026-12-30"), "2026-12-31", Say::Received, Window, None),
        (noticed.clone(), "2026-03-04", Say::CorrectBy, Applicant, Some("2026-03-24")),
        (noticed, "2026-03-25", Say::CorrectLate, Applicant, Some("2026-03-24")),
        (waiting, "2026-03-04", Say::Waiting, OtherCase, None),
        (accepted("2026-03-02"), "2026-03-04", Say::InReviewBy, Authority, Some("2026-03-09")),
        (accepted("2026-03-02"), "2026-03-10", Say::InReviewLate, Authority, Some("2026-03-09")),
        (accepted("2026-12-30"), "2026-12-31", Say::InReview, Authority, None),
        (granted("2026-03-02"), "2026-03-03", Say::GrantedBy, Authority, Some("2026-03-16")),
        (issued("2026-03-02"), "2026-03-03", Say::ToCollect, Window, None),
        (delivered("2026-03-02"), "2026-03-03", Say::Delivered, Nobody, None),
        (refused("2026-03-02"), "2026-03-03", Say::Refused, Applicant, None),
        (moved, "2026-03-03", Say::NotAcceptedGoTo, Applicant, None),
    ];
    for (case, today, code, next, due) in table {
        let said = sentence(&case, &law, day(today));
        assert_eq!((said.code, said.next), (code, next), "{} on {today}", case.status());
        assert_eq!(said.facts.get("due").map(String::as_str), due, "{} on {today}", case.status());
    }
}

#[test]
fn the_application_says_what_needs_the_applicant_first() {
    let mut cases = restaurant();
    let today = day("2026-03-04");
    let said = application_sentence(&members(&cases), today);
    // Two cases wait for a licence, so there is no last day yet.
    assert_eq!((said.code, said.next), (SentenceCode::MattersBegun, NextActor::Authority));
    let noticed = then(received("2026-03-02"), notify(&["B1"]), &law(), "2026-03-03");
    cases.push((Case { id: case_id(9), ..noticed }, law()));
    let said = application_sentence(&members(&cases), today);
    assert_eq!((said.code, said.next), (SentenceCode::MattersNeedYou, NextActor::Applicant));
    assert_eq!((said.facts["count"].as_str(), said.facts["total"].as_str()), ("1", "5"));
    let two = [(accepted("2026-03-02"), law()), (accepted("2026-03-04"), law())];
    let said = application_sentence(&members(&two), today);
    assert_eq!((said.code, said.facts["due"].as_str()), (SentenceCode::MattersBegunBy, "2026-03-11"));
    let new = [(received("2026-03-02"), law()), (received("2026-03-03"), law())];
    let said = application_sentence(&members(&new), today);
    assert_eq!((said.code, said.next), (SentenceCode::MattersReceivedBy, NextActor::Window));
    assert_eq!(said.facts["due"].as_str(), "2026-03-10", "the later of both");
}

/// 行政许可法第四十二条第二款: forty-five working days for all together, from the first acceptance.
#[test]
fn several_authorities_have_forty_five_working_days_together() {
    let due = |cases: &[(Case, CaseLaw<'static>)]| joint_clock(&members(cases), None).map(|clock| clock.due(&CALENDAR));
    assert_eq!(due(&[(accepted("2026-03-02"), law())]), None, "one case has its own limit");
    assert_eq!(due(&[(received("2026-03-02"), law()), (received("2026-03-02"), law())]), None, "nothing is accepted");
    let later = [(accepted("2026-03-04"), law()), (accepted("2026-03-02"), law()), (received("2026-03-02"), law())];
    assert_eq!(due(&later), Some(Due::On(day("2026-05-08"))), "counted from the first, the May holiday left out");
    // What the law leaves out for one authority, the applicant waits for: it moves the day of all.
    let mut inspected = later.clone();
    inspected[1].0 = then(inspected[1].0.clone(), begin("inspection", 15), &law(), "2026-03-10");
    inspected[1].0 = then(inspected[1].0.clone(), end("符合要求"), &law(), "2026-03-31");
    assert_eq!(due(&inspected), Some(Due::On(day("2026-05-28"))));
    // With the last decision it stands, and it is known whether it was kept.
    let decided = [(granted("2026-03-02"), law()), (refused("2026-03-03"), law())];
    assert_eq!(joint_clock(&members(&decided), None).and_then(|clock| clock.kept(&CALENDAR)), Some(true));
}

#[test]
fn the_government_extends_the_common_limit_once_before_its_end_and_says_why() {
    let cases = restaurant();
    let members = members(&cases);
    let government = Officer::new("government", [access::Role::Approver]);
    let extend = |before: Option<&JointExtension>, days, reason: &str, of_government, on: &str| {
        extend_joint(&members, before, (days, reason), (&government, of_government), day(on))
    };
    let code =
        |outcome: Result<JointExtension, kernel::refusal::Refusal>| outcome.expect_err("refused").code.into_owned();
    assert_eq!(code(extend(None, 15, "会审意见不一致", false, "2026-03-20")), "casework.joint-not-by-government");
    assert_eq!(code(extend(None, 15, " ", true, "2026-03-20")), "casework.joint-without-reason");
    assert_eq!(code(extend(None, 16, "会审意见不一致", true, "2026-03-20")), "casework.joint-too-long");
    let before = joint_clock(&members, None).expect("several").due(&CALENDAR);
    assert_eq!(before, Due::On(day("2026-05-08")), "forty-five working days");
    assert_eq!(code(extend(None, 15, "会审意见不一致", true, "2026-05-09")), "casework.joint-too-late");
    let extension = extend(None, 15, "会审意见不一致", true, "2026-03-20").expect("in time");
    let due = joint_clock(&members, Some(&extension)).expect("several").due(&CALENDAR);
    assert_eq!(due, Due::On(day("2026-05-28")), "and fifteen more");
    assert_eq!(code(extend(Some(&extension), 1, "再延", true, "2026-03-21")), "casework.joint-extended");
    let alone = extend_joint(&members[..1], None, (5, "×"), (&government, true), day("2026-03-20"));
    assert_eq!(code(alone), "casework.no-joint-limit");
}
