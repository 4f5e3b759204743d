//! The restaurant in miniature: four items, three authorities, dependants that wait, one hand-over.

use access::Role;
use casework::{DeliveryMethod, Outcome, Status, View};
use casework_service::acts::{
    self, AcceptApplication, CompleteStep, DecideCase, Done, HandOver, IssueResult, Opened, Withdraw,
};
use casework_service::reads;
use platform::Fault;

use crate::ground::{Place, SHOP, authority, case, each_place, order, refused};

/// All steps before the decision, each by its own officer.
pub async fn work(place: &Place, opened: &Opened, item: &str) {
    for (step, role) in [("handle", Role::Handler), ("review", Role::Reviewer)] {
        let officer = place.officer(role, &authority(place, item));
        let view = reads::case_view(&officer, case(opened, item)).await.unwrap();
        if view.steps.iter().any(|one| one.id == step && !one.is_decision) {
            let order = CompleteStep {
                case: case(opened, item),
                step: step.into(),
                view: View::Agree,
                words: "符合条件".into(),
            };
            acts::complete_step(&officer, None, order).await.unwrap();
        }
    }
}

pub async fn decide(place: &Place, opened: &Opened, item: &str, outcome: Outcome) -> Result<Done, Fault> {
    let approver = place.officer(Role::Approver, &authority(place, item));
    let reason = if outcome == Outcome::Refuse { "经营场所不符合要求".into() } else { String::new() };
    acts::decide_case(&approver, None, DecideCase { case: case(opened, item), outcome, reason }).await
}

pub async fn issue(place: &Place, opened: &Opened, item: &str) -> Result<Done, Fault> {
    acts::issue_result(&place.exit(), None, IssueResult { case: case(opened, item) }).await
}

pub async fn accept(place: &Place, opened: &Opened) -> Done {
    let order = AcceptApplication { application: opened.application };
    acts::accept_application(&place.clerk(), None, order).await.unwrap()
}

pub async fn hand_over(place: &Place, opened: &Opened) -> Result<Done, Fault> {
    let order = HandOver { application: opened.application, how: DeliveryMethod::Window, to: "梁志远".into() };
    acts::hand_over(&place.clerk(), None, order).await
}

#[tokio::test]
async fn from_opening_to_hand_over() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        let done = accept(place, &opened).await;
        let expected = [Status::InReview, Status::Waiting, Status::Waiting, Status::Waiting];
        assert_eq!(done.cases.iter().map(|one| one.status).collect::<Vec<_>>(), expected);

        // Authorities work in parallel before the licence is there; only the decision has to wait for it.
        for item in &SHOP[1..] {
            work(place, &opened, item).await;
        }
        assert_eq!(
            refused(decide(place, &opened, "food-permit-new", Outcome::Grant).await),
            "casework.prerequisite-open"
        );
        assert_eq!(refused(hand_over(place, &opened).await), "casework.results-open");

        decide(place, &opened, "register-individual", Outcome::Grant).await.unwrap();
        let done = issue(place, &opened, "register-individual").await.unwrap();
        let expected = [Status::Issued, Status::InReview, Status::InReview, Status::InReview];
        assert_eq!(
            done.cases.iter().map(|one| one.status).collect::<Vec<_>>(),
            expected,
            "the licence frees the others"
        );

        for item in &SHOP[1..] {
            decide(place, &opened, item, Outcome::Grant).await.unwrap();
            issue(place, &opened, item).await.unwrap();
        }
        let done = hand_over(place, &opened).await.unwrap();
        assert!(done.cases.iter().all(|one| one.status == Status::Delivered), "{done:?}");
        assert_eq!(refused(hand_over(place, &opened).await), "casework.nothing-to-hand-over");
        place.settle().await;

        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert_eq!(mine.sentence, "4件都办完了。");
        assert_eq!(mine.results.len(), 4);
        let licence = &mine.results[0];
        assert_eq!((licence.name.as_str(), licence.number.len()), ("营业执照", 18));
        assert!(licence.licence.is_some() && licence.delivered_on.is_some());
        let document = mine.results.iter().find(|result| result.name.contains("招牌")).unwrap();
        assert_eq!((document.number.ends_with("〔2026〕1号"), document.licence), (true, None));
        assert!(reads::my_applications(&place.founder()).await.unwrap()[0].done);
    })
    .await;
}

#[tokio::test]
async fn what_the_licence_says_fills_the_form_of_those_who_waited() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        accept(place, &opened).await;
        decide(place, &opened, "register-individual", Outcome::Grant).await.unwrap();
        issue(place, &opened, "register-individual").await.unwrap();
        let handler = place.officer(Role::Handler, &authority(place, "sign-filing"));
        let view = reads::case_view(&handler, case(&opened, "sign-filing")).await.unwrap();
        let fields: Vec<_> = view.sections.iter().flat_map(|section| &section.fields).collect();
        let code = fields.iter().find(|field| field.element == "uscc").expect("the credit code is carried over");
        assert_eq!((code.value.len(), code.origin), (18, "carried"));
        assert!(code.source.contains("个体工商户设立登记"), "{}", code.source);
    })
    .await;
}

#[tokio::test]
async fn a_refused_prerequisite_ends_its_dependants_and_nobody_else() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "food-permit-new", "sign-filing", "senior-card"]).await;
        accept(place, &opened).await;
        let approver = place.officer(Role::Approver, "market-chancheng");
        let view = reads::case_view(&approver, case(&opened, "register-individual")).await.unwrap();
        let decision = view.orders.iter().find(|order| order.kind == casework::OrderKind::Decide).unwrap();
        assert!(decision.may && decision.then.contains("户外招牌设施设置备案随之终止"), "{}", decision.then);

        let done = decide(place, &opened, "register-individual", Outcome::Refuse).await.unwrap();
        let expected = [Status::Refused, Status::Terminated, Status::Terminated, Status::InReview];
        assert_eq!(done.cases.iter().map(|one| one.status).collect::<Vec<_>>(), expected);

        decide(place, &opened, "senior-card", Outcome::Grant).await.unwrap();
        issue(place, &opened, "senior-card").await.unwrap();
        let done = hand_over(place, &opened).await.unwrap();
        assert_eq!(done.status(case(&opened, "senior-card")), Some(Status::Delivered));
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        let refused = &mine.cases[0];
        assert_eq!(refused.reason.as_deref(), Some("经营场所不符合要求"));
        assert!(refused.remedy.as_ref().unwrap().contains("佛山市禅城区人民法院"), "{:?}", refused.remedy);
        assert!(mine.cases[1].sentence.contains("营业执照"), "{}", mine.cases[1].sentence);
    })
    .await;
}

#[tokio::test]
async fn who_accepted_neither_reviews_nor_decides() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "senior-card"]).await;
        // In a small place one person may hold every post; the separation is kept all the same.
        let jack = place.person("jack", &Role::ALL, "market-chancheng", None);
        let order = AcceptApplication { application: opened.application };
        acts::accept_application(&jack, None, order).await.unwrap();
        let id = case(&opened, "register-individual");
        let decide = DecideCase { case: id, outcome: Outcome::Grant, reason: String::new() };
        assert_eq!(refused(acts::decide_case(&jack, None, decide).await), "casework.acceptor-may-not-review");
        let view = reads::case_view(&jack, id).await.unwrap();
        let order = view.orders.iter().find(|order| order.kind == casework::OrderKind::Decide).unwrap();
        assert!(!order.may && order.why_not.as_ref().unwrap().contains("受审分离"), "{order:?}");
    })
    .await;
}

#[tokio::test]
async fn electronic_results_are_handed_over_by_the_platform() {
    each_place(async |place| {
        let mut order = order(&["senior-card"]);
        order.delivery.method = DeliveryMethod::Electronic;
        let opened = place.try_open(&place.founder(), order).await.unwrap();
        accept(place, &opened).await;
        decide(place, &opened, "senior-card", Outcome::Grant).await.unwrap();
        issue(place, &opened, "senior-card").await.unwrap();
        place.settle().await;
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert_eq!(mine.cases[0].status, Status::Delivered);
        let last = mine.journal.last().unwrap();
        assert_eq!((last.who.as_str(), last.did.contains("电子送达")), ("系统", true), "{last:?}");
    })
    .await;
}

#[tokio::test]
async fn the_applicant_withdraws_what_is_not_decided() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        accept(place, &opened).await;
        decide(place, &opened, "register-individual", Outcome::Grant).await.unwrap();
        let all = |case| Withdraw { application: opened.application, case, reason: "不开了".into() };
        let one = all(Some(case(&opened, "register-individual")));
        assert_eq!(refused(acts::withdraw(&place.founder(), None, one).await), "casework.decided-cannot-be-withdrawn");
        let done = acts::withdraw(&place.founder(), None, all(None)).await.unwrap();
        let expected = [Status::Granted, Status::Withdrawn, Status::Withdrawn, Status::Withdrawn];
        assert_eq!(done.cases.iter().map(|one| one.status).collect::<Vec<_>>(), expected);
    })
    .await;
}
