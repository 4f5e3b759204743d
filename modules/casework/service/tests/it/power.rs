//! By whose power, act by act on both engines: entrusted and expired, transferred, accepted only, handed up.

use std::collections::BTreeSet;

use access::Role;
use casework::{Lamp, Outcome, Status, View};
use casework_service::acts::{
    self, AcceptCase, CompleteStep, DecideCase, HandUp, OpenApplication, Opened, PassPreReview, ReceiveSupervision,
};
use casework_service::reads::{self, TodoFilter};
use platform::Fault;
use testkit::moment;

use crate::ground::{Place, case, each_place, order, refused};

const RENEWAL: &str = "food-permit-renewal";
const ALLOWANCE: &str = "senior-allowance";

/// A renewal in Zhangcha, which the sample entrusts to its sub-district office until the end of 2027.
async fn entrusted(place: &Place) -> Opened {
    let mut renewal = order(&[RENEWAL]);
    renewal.region = "440604011001".into();
    renewal.held = BTreeSet::from(["business-licence".to_owned()]);
    renewal.papers = Vec::new();
    let opened = place.try_open(&place.founder(), renewal).await.unwrap();
    let pass = PassPreReview { application: opened.application };
    acts::pass_pre_review(&place.clerk(), None, pass).await.unwrap();
    opened
}

async fn accept(place: &Place, opened: &Opened, item: &str) {
    let order = AcceptCase { case: case(opened, item) };
    acts::accept_case(&place.clerk(), None, order).await.unwrap();
}

async fn step(place: &Place, opened: &Opened, (role, id): (Role, &str), authority: &str) -> Result<acts::Done, Fault> {
    let officer = place.officer(role, authority);
    let order = CompleteStep {
        case: case(opened, opened.cases[0].item.as_str()),
        step: id.into(),
        view: View::Agree,
        words: "同意".into(),
    };
    acts::complete_step(&officer, None, order).await
}

async fn decide(place: &Place, opened: &Opened, authority: &str) -> Result<acts::Done, Fault> {
    let order = DecideCase {
        case: case(opened, opened.cases[0].item.as_str()),
        outcome: Outcome::Grant,
        reason: String::new(),
    };
    acts::decide_case(&place.officer(Role::Approver, authority), None, order).await
}

#[tokio::test]
async fn the_office_decides_in_the_name_of_the_bureau_which_receives_the_decision() {
    each_place(async |place| {
        let opened = entrusted(place).await;
        accept(place, &opened, RENEWAL).await;
        let handler = place.officer(Role::Handler, "zhangcha-office");
        let list = reads::todo(&handler, &TodoFilter::default(), None).await.unwrap();
        assert_eq!(list.rows.len(), 1, "it lies on the desk of who was entrusted");
        let bureau = place.officer(Role::Handler, "market-chancheng");
        assert!(reads::todo(&bureau, &TodoFilter::default(), None).await.unwrap().rows.is_empty());
        let no = step(place, &opened, (Role::Handler, "handle"), "market-chancheng").await;
        assert_eq!(refused(no), "casework.power-entrusted");
        step(place, &opened, (Role::Handler, "handle"), "zhangcha-office").await.unwrap();
        step(place, &opened, (Role::Reviewer, "review"), "zhangcha-office").await.unwrap();
        decide(place, &opened, "zhangcha-office").await.unwrap();

        let notices = reads::notices_of_application(&place.founder(), opened.application).await.unwrap();
        let grant = notices.iter().find(|one| one.title.contains("准予")).expect("a decision");
        assert!(grant.number.starts_with("禅市监"), "numbered by who entrusted it: {}", grant.number);
        let view = reads::case_view(&bureau, case(&opened, RENEWAL)).await.unwrap();
        let note = &view.notes[0].lines;
        assert!(
            note[0].contains("由张槎街道办受区市场监管局委托办理") && note[0].contains("禅市监函〔2026〕8号"),
            "{note:?}"
        );
        let waiting = reads::to_supervise(&bureau, None).await.unwrap();
        assert_eq!((waiting.rows.len(), waiting.rows[0].case), (1, case(&opened, RENEWAL)));
        // Opened from its sealed column, and masked as in every list.
        assert_eq!(waiting.rows[0].applicant, kernel::mask::mask_name(&place.founder().actor.name));
        let receive = ReceiveSupervision { case: case(&opened, RENEWAL) };
        let other = acts::receive_supervision(&handler, None, receive.clone()).await;
        assert_eq!(refused(other), "casework.not-the-supervisor");
        acts::receive_supervision(&bureau, None, receive).await.unwrap();
        assert!(reads::to_supervise(&bureau, None).await.unwrap().rows.is_empty());
    })
    .await;
}

#[tokio::test]
async fn after_the_last_day_the_case_goes_back_by_itself_and_the_office_hears_where_it_is() {
    each_place(async |place| {
        let mut change = order(&["cancel-individual"]);
        change.region = "440604100003".into();
        change.held = BTreeSet::from(["business-licence".to_owned()]);
        change.papers = Vec::new();
        place.clock.set(moment("2026-06-30 15:00"));
        let opened = place.try_open(&place.founder(), change).await.unwrap();
        let town = place.officer(Role::Handler, "nanzhuang-town");
        let id = case(&opened, "cancel-individual");
        assert_eq!(reads::case_view(&town, id).await.unwrap().item.authority, "南庄镇政府");
        place.clock.set(moment("2026-07-01 00:01"));
        place.settle().await;
        let view = reads::case_view(&town, id).await.unwrap();
        assert_eq!(view.item.authority, "区市场监管局", "and who had it may still read it");
        assert!(view.journal.iter().any(|line| line.did.contains("转由区市场监管局办理")));
        let late = acts::accept_case(&town, None, AcceptCase { case: id }).await;
        let Err(Fault::Refusal(refusal)) = late else { panic!("the entrustment is over: {late:?}") };
        assert_eq!(refusal.code, "casework.entrustment-ended");
        assert_eq!(refusal.facts["authority"], "区市场监管局");
        assert_eq!(refusal.clause.unwrap().article, "第二十四条第一款");
        let bureau = place.officer(Role::Handler, "market-chancheng");
        acts::accept_case(&bureau, None, AcceptCase { case: id }).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_was_transferred_is_the_one_bureaus_and_no_longer_the_former_authoritys() {
    each_place(async |place| {
        let mut permit = order(&["hygiene-permit-other"]);
        permit.held = BTreeSet::from(["business-licence".to_owned()]);
        permit.papers = Vec::new();
        let opened = place.try_open(&place.founder(), permit).await.unwrap();
        accept(place, &opened, "hygiene-permit-other").await;
        let notices = reads::notices_of_application(&place.founder(), opened.application).await.unwrap();
        assert!(notices.iter().any(|one| one.number.starts_with("禅审批")), "in its own name");
        let no = step(place, &opened, (Role::Handler, "handle"), "health-chancheng").await;
        let Err(Fault::Refusal(refusal)) = no else { panic!("the power is gone: {no:?}") };
        assert_eq!(
            (refusal.code.as_ref(), refusal.clause.unwrap().article.as_ref()),
            ("casework.power-transferred", "第二十五条")
        );
    })
    .await;
}

#[tokio::test]
async fn the_sub_district_reviews_first_and_hands_everything_up() {
    each_place(async |place| {
        let mut allowance: OpenApplication = order(&[ALLOWANCE]);
        allowance.papers = Vec::new();
        let opened = place.try_open(&place.founder(), allowance).await.unwrap();
        let id = case(&opened, ALLOWANCE);
        accept(place, &opened, ALLOWANCE).await;
        let lower = place.officer(Role::Handler, "zumiao-office");
        let list = reads::todo(&lower, &TodoFilter::default(), None).await.unwrap();
        assert_eq!(list.rows[0].task, "初审并报送");
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.cases[0].sentence.contains("祖庙街道办正在初审"), "{}", mine.cases[0].sentence);
        let upper = place.officer(Role::Handler, "civil-chancheng");
        assert_eq!(
            refused(step(place, &opened, (Role::Handler, "handle"), "civil-chancheng").await),
            "casework.preliminary-open"
        );
        place.clock.set(moment("2026-03-06 09:00"));
        let view = reads::case_view(&upper, id).await.unwrap();
        assert_eq!((view.status, view.clock.lamp), (Status::Preliminary, Lamp::Red), "two days, and it is late");
        let up = HandUp { case: id, view: View::Agree, words: "年龄、户籍核对无误，同意报送".into() };
        acts::hand_up(&lower, None, up).await.unwrap();
        let view = reads::case_view(&upper, id).await.unwrap();
        assert_eq!((view.status, view.item.authority.as_str()), (Status::InReview, "区民政局"));
        assert!(view.notes[0].lines[0].contains("已超过期限"), "{:?}", view.notes);
        assert_eq!(view.clock.due, Some("2026-03-13".parse().unwrap()), "its own five days from the day it came in");
        step(place, &opened, (Role::Handler, "handle"), "civil-chancheng").await.unwrap();
    })
    .await;
}
