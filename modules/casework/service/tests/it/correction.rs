//! 补正: told once, for every case that uses the paper; answered all at once.

use std::collections::BTreeMap;

use casework::Status;
use casework_service::acts::{
    self, AcceptApplication, AnswerCorrection, AnsweredPaper, CorrectionLine, CorrectionTarget, NotifyCorrection,
    Opened,
};
use casework_service::{PaperId, PaperStatus, reads};
use platform::{Fault, FieldFault};

use crate::ground::{Place, SHOP, each_place, pdf, refused};

async fn paper_named(place: &Place, opened: &Opened, name: &str) -> PaperId {
    let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
    view.papers.iter().find(|paper| paper.name == name).unwrap().id
}

fn line(target: CorrectionTarget) -> CorrectionLine {
    CorrectionLine { target, reason: "图纸模糊".into(), mend: "重新上传清晰的图纸".into(), basis: None }
}

async fn notify(place: &Place, opened: &Opened, lines: Vec<CorrectionLine>) -> Result<acts::Done, Fault> {
    let order = NotifyCorrection { application: opened.application, lines };
    acts::notify_correction(&place.clerk(), None, order).await
}

#[tokio::test]
async fn a_shared_paper_is_corrected_for_all_who_use_it_and_the_others_go_on() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        let plan = paper_named(place, &opened, "平面布置图").await;
        let done = notify(place, &opened, vec![line(CorrectionTarget::Paper(plan))]).await.unwrap();
        let expected = [Status::Received, Status::CorrectionNoticed, Status::CorrectionNoticed, Status::Received];
        assert_eq!(done.cases.iter().map(|one| one.status).collect::<Vec<_>>(), expected);
        let again = notify(place, &opened, vec![line(CorrectionTarget::Paper(plan))]).await;
        assert_eq!(refused(again), "casework.second-correction");

        let accept = AcceptApplication { application: opened.application };
        let done = acts::accept_application(&place.clerk(), None, accept.clone()).await.unwrap();
        assert_eq!(done.cases[0].status, Status::InReview, "what needs no correction is accepted");
        assert_eq!(done.cases[1].status, Status::CorrectionNoticed);

        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.may_answer);
        let notice = mine.correction.unwrap();
        assert_eq!((notice.lines.len(), notice.lines[0].items.len()), (1, 2));
        assert_eq!(notice.due_words, "3月23日（周一）前");
        assert!(mine.papers.iter().find(|paper| paper.id == plan).unwrap().to_correct);
        assert!(mine.sentence.starts_with("有2件事等您补材料"), "{}", mine.sentence);

        let answer = AnswerCorrection {
            application: opened.application,
            papers: vec![AnsweredPaper { paper: plan, file: Some(pdf("新平面图.pdf", 'b')) }],
            fields: BTreeMap::new(),
        };
        let done = acts::answer_correction(&place.founder(), None, answer).await.unwrap();
        assert_eq!([done.cases[1].status, done.cases[2].status], [Status::Corrected; 2]);
        let file = reads::paper_file(&place.founder(), plan).await.unwrap();
        assert_eq!((file.name.as_str(), file.blob.as_str()), ("新平面图.pdf", "b".repeat(64).as_str()));
        let done = acts::accept_application(&place.clerk(), None, accept).await.unwrap();
        assert_eq!([done.cases[1].status, done.cases[2].status], [Status::Waiting; 2]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_whole_or_none() {
    each_place(async |place| {
        let opened = place.open(&["register-individual"]).await;
        let proof = paper_named(place, &opened, "经营场所使用证明").await;
        let card = paper_named(place, &opened, "身份证").await;
        let lines = vec![
            line(CorrectionTarget::Paper(proof)),
            line(CorrectionTarget::Paper(card)),
            line(CorrectionTarget::Field("mobile".into())),
        ];
        notify(place, &opened, lines).await.unwrap();
        let answer = |papers: Vec<AnsweredPaper>, fields: &[(&str, &str)]| AnswerCorrection {
            application: opened.application,
            papers,
            fields: fields.iter().map(|(element, value)| ((*element).to_owned(), (*value).into())).collect(),
        };
        let with_file = |paper| AnsweredPaper { paper, file: Some(pdf("新.pdf", 'c')) };

        let half = answer(vec![with_file(proof)], &[("mobile", "19900000000")]);
        let outcome = acts::answer_correction(&place.founder(), None, half).await;
        let Err(Fault::Refusal(refusal)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(
            (refusal.code.as_ref(), refusal.facts["missing"].as_str()),
            ("casework.correction-incomplete", "身份证")
        );

        let blank = answer(vec![with_file(proof), AnsweredPaper { paper: card, file: None }], &[("mobile", " ")]);
        let outcome = acts::answer_correction(&place.founder(), None, blank.clone()).await;
        let expected = [format!("paper:{card}"), "field:mobile".into()].map(|field| FieldFault::new(field, "required"));
        assert_eq!(outcome, Err(Fault::Invalid(expected.into())));
        let stray = answer(vec![with_file(proof), with_file(card)], &[("mobile", "1"), ("ent_name", "别名")]);
        let outcome = acts::answer_correction(&place.founder(), None, stray).await;
        assert_eq!(outcome, Err(Fault::Invalid(vec![FieldFault::new("field:ent_name", "not-asked")])));

        let whole = AnswerCorrection { fields: BTreeMap::from([("mobile".to_owned(), "19900000000".into())]), ..blank };
        let done = acts::answer_correction(&place.clerk(), None, whole).await.unwrap();
        assert_eq!(done.cases[0].status, Status::Corrected, "the clerk took the card over the counter");
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        let card = view.papers.iter().find(|paper| paper.id == card).unwrap();
        assert_eq!((card.status, card.file.is_none(), card.to_correct), (PaperStatus::HandIn, true, false));
        let fields: Vec<_> = view.sections.iter().flat_map(|section| &section.fields).collect();
        assert!(fields.iter().any(|field| field.element == "mobile" && field.value == "19900000000"));
        assert!(view.correction.unwrap().answered);
        let again = answer(vec![], &[]);
        assert_eq!(
            refused(acts::answer_correction(&place.founder(), None, again).await),
            "casework.nothing-to-correct"
        );
    })
    .await;
}

#[tokio::test]
async fn a_notice_names_what_the_application_holds() {
    each_place(async |place| {
        let opened = place.open(&["register-individual"]).await;
        let lines =
            vec![line(CorrectionTarget::Field("castle".into())), line(CorrectionTarget::Field("mobile".into()))];
        let outcome = notify(place, &opened, lines).await;
        assert_eq!(outcome, Err(Fault::Invalid(vec![FieldFault::new("lines.0", "unknown")])));
        assert_eq!(refused(notify(place, &opened, vec![]).await), "casework.correction-lists-nothing");
        let mut blank = line(CorrectionTarget::Field("mobile".into()));
        blank.mend = " ".into();
        assert_eq!(refused(notify(place, &opened, vec![blank]).await), "casework.correction-item-unclear");
        let accept = AcceptApplication { application: opened.application };
        acts::accept_application(&place.clerk(), None, accept).await.unwrap();
        let late = notify(place, &opened, vec![line(CorrectionTarget::Field("mobile".into()))]).await;
        assert_eq!(refused(late), "casework.correction-after-acceptance");
    })
    .await;
}
