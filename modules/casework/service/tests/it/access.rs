//! Who may do what to whom: every act and read asks.

use access::Role;
use casework::{DeliveryMethod, NonAcceptanceGround, Outcome, View};
use casework_service::acts::{self, *};
use casework_service::reads;
use platform::Fault;

use crate::ground::{SHOP, case, each_place, stranger};

#[tokio::test]
async fn a_stranger_does_nothing_and_learns_nothing() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        let (id, application) = (case(&opened, "food-permit-new"), opened.application);
        let no: Result<Done, Fault> = Err(Fault::NotAllowed);
        let (words, case, go_to) = (|| "×".to_owned(), id, None);
        let fire = place.officer(Role::Approver, "fire-chancheng");
        for visit in [stranger(place), fire, access_service::Visit::of(&place.world, access::Actor::visitor())] {
            assert_eq!(acts::accept_case(&visit, None, AcceptCase { case }).await, no);
            assert_eq!(acts::accept_application(&visit, None, AcceptApplication { application }).await, no);
            let refuse = RefuseAcceptance {
                case,
                ground: NonAcceptanceGround::NotNeeded,
                reason: words(),
                go_to: go_to.clone(),
            };
            assert_eq!(acts::refuse_acceptance(&visit, None, refuse).await, no);
            let step = CompleteStep { case, step: "handle".into(), view: View::Agree, words: words() };
            assert_eq!(acts::complete_step(&visit, None, step).await, no);
            let decide = DecideCase { case, outcome: Outcome::Grant, reason: words() };
            assert_eq!(acts::decide_case(&visit, None, decide).await, no);
            assert_eq!(acts::issue_result(&visit, None, IssueResult { case }).await, no);
            let deliver = HandOver { application, how: DeliveryMethod::Window, to: words() };
            assert_eq!(acts::hand_over(&visit, None, deliver).await, no);
            let withdraw = Withdraw { application, case: None, reason: words() };
            assert_eq!(acts::withdraw(&visit, None, withdraw).await, no);
            let answer = AnswerCorrection { application, papers: vec![], fields: Default::default() };
            assert_eq!(acts::answer_correction(&visit, None, answer).await, no);
            let target = CorrectionTarget::Field("mobile".into());
            let lines = vec![CorrectionLine { target, reason: words(), mend: words(), basis: None }];
            assert_eq!(acts::notify_correction(&visit, None, NotifyCorrection { application, lines }).await, no);
            assert_eq!(reads::case_view(&visit, case).await.err(), Some(Fault::NotAllowed));
            assert_eq!(reads::application_view(&visit, application).await.err(), Some(Fault::NotAllowed));
            assert_eq!(reads::my_application(&visit, application).await.err(), Some(Fault::NotFound));
        }
        assert_eq!(reads::my_applications(&stranger(place)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_authority_sees_its_own_case_and_not_the_application() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        let fire = place.officer(Role::Handler, "fire-chancheng");
        let own = case(&opened, "fire-inspection-general");
        let view = reads::case_view(&fire, own).await.unwrap();
        let fields: Vec<&str> =
            view.sections.iter().flat_map(|section| &section.fields).map(|field| field.element.as_str()).collect();
        assert!(fields.contains(&"site_addr"), "{fields:?}");
        assert!(!fields.contains(&"capital"), "the capital is the register's business: {fields:?}");
        assert_eq!(view.papers.iter().map(|paper| paper.name.as_str()).collect::<Vec<_>>(), ["平面布置图"]);
        assert_eq!(view.siblings.len(), 3);
        assert_eq!(reads::case_view(&fire, case(&opened, "sign-filing")).await.err(), Some(Fault::NotAllowed));
        assert_eq!(reads::application_view(&fire, opened.application).await.err(), Some(Fault::NotAllowed));

        let found = reads::find_by_number(&fire, &opened.number).await.unwrap();
        assert_eq!(found.case, Some(own), "the number leads to the own case");
        let found = reads::find_by_number(&place.clerk(), &format!(" {} ", opened.number)).await.unwrap();
        assert_eq!((found.application, found.case), (opened.application, None));
        let tax = place.officer(Role::Handler, "tax-chancheng");
        assert_eq!(reads::find_by_number(&tax, &opened.number).await, Err(Fault::NotFound));
        let project = &opened.cases[2].project_no;
        assert_eq!(reads::find_by_number(&fire, project).await.unwrap().case, Some(own));
        assert_eq!(reads::find_by_number(&place.clerk(), "1").await, Err(Fault::NotFound));

        let lease = reads::application_view(&place.clerk(), opened.application).await.unwrap().papers[0].id;
        assert_eq!(reads::paper_file(&fire, lease).await, Err(Fault::NotFound), "the lease is not the fire brigade's");
        assert_eq!(reads::paper_file(&fire, view.papers[0].id).await.unwrap().name, "平面图.pdf");
        assert_eq!(reads::paper_file(&stranger(place), lease).await, Err(Fault::NotFound));
    })
    .await;
}
