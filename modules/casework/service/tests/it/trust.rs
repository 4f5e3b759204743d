//! How far papers can be relied on, and the licences that stand for them: on record with their purpose, for both to see.

use access_service::Visit;
use casework_service::acts::{self, CompareOriginal, OpenApplication, compare_original};
use casework_service::{Channel, NewPaper, reads};
use catalog::model::HolderRole;
use platform::Fault;
use records::{Purpose, UseKind, Why};

use crate::ground::{each_place, founder, order, pdf, refused, stranger};

/// The order of the founder with the ID card exempt because it is on file.
fn with_card(channel: Channel) -> OpenApplication {
    let mut order = OpenApplication { channel, ..order(&["register-individual"]) };
    let own = |paper: NewPaper| match paper.material.as_str() {
        "id-card" => NewPaper { holder: HolderRole::Operator, ..paper },
        _ => paper,
    };
    order.papers = order.papers.into_iter().map(own).collect();
    order
}

#[tokio::test]
async fn each_paper_has_its_level_and_a_licence_that_stands_for_one_is_on_record() {
    each_place(async |place| {
        let opened = place.try_open(&place.founder(), with_card(Channel::Online)).await.unwrap();
        let seen = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        let level = |material: &str| {
            let paper = seen.papers.iter().find(|paper| paper.material == material).unwrap();
            let trust = paper.trust.clone().unwrap();
            (trust.level.code(), trust.licence)
        };
        assert_eq!(level("site-proof"), ("D", false), "uploaded by the applicant");
        assert_eq!(level("id-card"), ("B", true), "on the register of the police");

        let card = seen.papers.iter().find(|paper| paper.material == "id-card").unwrap();
        let found = reads::paper_licence(&place.clerk(), card.id).await.unwrap();
        assert_eq!((found.matter.as_str(), found.number), ("开办餐饮店", opened.number.clone()));
        assert_eq!(found.purpose.why, Why::Case);
        let handler = place.officer(access::Role::Handler, "market-chancheng");
        let through = reads::paper_licence(&handler, card.id).await.unwrap();
        assert_eq!(through.number, opened.cases[0].project_no, "an authority sees it for its own case");
        let other = place.officer(access::Role::Handler, "health-chancheng");
        assert_eq!(reads::paper_licence(&other, card.id).await, Err(Fault::NotFound));
        assert_eq!(reads::paper_licence(&stranger(place), card.id).await, Err(Fault::NotFound));
        let lease = seen.papers.iter().find(|paper| paper.material == "site-proof").unwrap();
        assert_eq!(reads::paper_licence(&place.clerk(), lease.id).await, Err(Fault::NotFound));

        let uses = records_service::reads::uses_of(&place.founder(), found.licence, 10).await.unwrap();
        assert_eq!(uses.len(), 1);
        assert_eq!((uses[0].how, uses[0].application), (UseKind::InsteadOfPaper, Some(opened.application)));
        assert_eq!(uses[0].matter, "开办餐饮店");
        let own = Purpose::of(Why::OwnRecord);
        let held = records_service::reads::licences_of(&place.founder(), founder().subject, &own).await.unwrap();
        assert!(held.iter().any(|one| one.id == found.licence && one.licence == *"id-card"));
    })
    .await;
}

#[tokio::test]
async fn what_the_clerk_takes_in_has_been_compared_with_the_original() {
    each_place(async |place| {
        let opened = place.try_open(&place.clerk(), with_card(Channel::Window)).await.unwrap();
        let seen = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        let handed_in = seen.papers.iter().find(|paper| paper.material == "site-proof").unwrap();
        assert_eq!(handed_in.trust.as_ref().map(|trust| trust.level.code()), Some("C"));
    })
    .await;
}

#[tokio::test]
async fn who_had_the_original_in_hand_says_so_and_a_newer_file_starts_again() {
    each_place(async |place| {
        let opened = place.try_open(&place.founder(), with_card(Channel::Online)).await.unwrap();
        let seen = async || reads::application_view(&place.clerk(), opened.application).await.unwrap();
        let lease = async || seen().await.papers.into_iter().find(|paper| paper.material == "site-proof").unwrap();
        let id = lease().await.id;
        let compare = async |visit: &Visit| compare_original(visit, CompareOriginal { paper: id }).await;
        assert!(lease().await.trust.unwrap().may_compare);
        assert_eq!(compare(&place.founder()).await, Err(Fault::NotAllowed), "nobody vouches for their own");
        let health = place.officer(access::Role::Handler, "health-chancheng");
        assert_eq!(compare(&health).await, Err(Fault::NotAllowed), "another authority");
        let handler = place.officer(access::Role::Handler, "market-chancheng");
        compare(&handler).await.unwrap();
        compare(&place.clerk()).await.unwrap();
        let trust = lease().await.trust.unwrap();
        assert_eq!((trust.level.code(), trust.may_compare), ("C", false));
        assert!(
            trust.compared.unwrap().starts_with(&handler.actor.name),
            "the first who had it in hand answers for it"
        );
        let did = seen().await.journal.into_iter().filter(|line| line.did.contains("原件，与上传的一致"));
        assert_eq!(did.map(|line| line.who).collect::<Vec<_>>(), std::slice::from_ref(&handler.actor.name));

        let card = seen().await.papers.into_iter().find(|paper| paper.material == "id-card").unwrap().id;
        let asked = compare_original(&place.clerk(), CompareOriginal { paper: card }).await;
        assert_eq!(refused(asked), "casework.not-to-compare");

        let line = acts::CorrectionLine {
            target: acts::CorrectionTarget::Paper(id),
            reason: "租赁期已满".into(),
            mend: "交新的租赁合同".into(),
            basis: None,
        };
        let notice = acts::NotifyCorrection { application: opened.application, lines: vec![line] };
        acts::notify_correction(&place.clerk(), None, notice).await.unwrap();
        let papers = vec![acts::AnsweredPaper { paper: id, file: Some(pdf("新合同.pdf", 'd')) }];
        let answer = acts::AnswerCorrection { application: opened.application, papers, fields: Default::default() };
        acts::answer_correction(&place.founder(), None, answer).await.unwrap();
        let trust = lease().await.trust.unwrap();
        assert_eq!((trust.level.code(), trust.compared, trust.may_compare), ("D", None, true));
    })
    .await;
}
