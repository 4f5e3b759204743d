//! What pages show, in words.

use access::Role;
use casework::{Outcome, Status, View};
use casework_service::acts::{self, CompleteStep, NotifyCorrection, RefuseAcceptance};
use casework_service::reads::{self, StopState};

use crate::ground::{SHOP, case, each_place};
use crate::journey::{accept, decide, issue, work};

#[tokio::test]
async fn the_case_for_its_officer() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        accept(place, &opened).await;
        let handler = place.officer(Role::Handler, "market-chancheng");
        let id = case(&opened, "food-permit-new");
        let order =
            CompleteStep { case: id, step: "handle".into(), view: View::Disagree, words: "布局须再核".into() };
        acts::complete_step(&handler, None, order).await.unwrap();
        let view = reads::case_view(&handler, id).await.unwrap();
        assert_eq!(view.status_word, "已受理，等待前置结果");
        assert_eq!((view.clock.due_words.as_str(), view.clock.lamp_word.as_str()), ("尚未开始计时", "暂停计时"));
        let done = &view.steps[0];
        assert_eq!((done.state, done.by.as_deref()), (StopState::Done, Some("handler@market-chancheng甲")));
        assert_eq!((done.view_word.as_deref(), done.words.as_deref()), (Some("不同意"), Some("布局须再核")));
        assert_eq!(view.steps[1].state, StopState::Now);
        let said: Vec<&str> = view.journal.iter().map(|line| line.did.as_str()).collect();
        assert!(said[0].starts_with("收件“食品经营许可"), "{said:?}");
        assert!(said.iter().any(|line| line.ends_with("环节，意见：不同意")), "{said:?}");
        assert_eq!(view.papers[0].standards.len(), 1, "the standard of this item stands beside the paper");
        assert!(!view.conditions.is_empty());
        let phone = view.sections.iter().flat_map(|section| &section.fields).find(|one| one.element == "mobile");
        assert_eq!(phone.unwrap().source, "申请人填写");
        assert_eq!(view.received_words, "今天 09:30");
    })
    .await;
}

#[tokio::test]
async fn the_matter_for_its_applicant() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        let mine = reads::my_applications(&place.founder()).await.unwrap();
        assert_eq!((mine.len(), mine[0].title.as_str(), mine[0].total), (1, "开办餐饮店", 4));
        let view = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert_eq!(view.cases[0].sentence, "您的申请已于3月2日（周一）收到，窗口会在3月9日（周一）前告诉您是否受理。");
        accept(place, &opened).await;
        work(place, &opened, "food-permit-new").await;
        let view = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert_eq!(view.cases[1].sentence, "已经受理，等前面的“营业执照”办好就接着办，您不用再跑。");
        assert!(!view.cases[1].phone.is_empty());
        let opinion = view.journal.iter().find(|line| line.did.contains("承办环节")).unwrap();
        assert_eq!(
            (opinion.detail.as_deref(), opinion.who.as_str()),
            (None, "区市场监管局"),
            "working notes stay inside"
        );
        decide(place, &opened, "register-individual", Outcome::Grant).await.unwrap();
        issue(place, &opened, "register-individual").await.unwrap();
        let view = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(view.sentence.starts_with("一共4件，已办好1件，其余"), "{}", view.sentence);
        assert!(view.due.is_some() && view.may_withdraw && !view.cases[0].may_withdraw);
        let stops: Vec<_> = view.cases[0].track.iter().map(|stop| (stop.label.as_str(), stop.state)).collect();
        let expected = [
            ("收件", StopState::Done),
            ("受理", StopState::Done),
            ("决定", StopState::Done),
            ("出证", StopState::Done),
            ("送达", StopState::Now),
        ];
        assert_eq!(stops, expected);
    })
    .await;
}

#[tokio::test]
async fn a_decision_is_called_as_the_kind_of_item_calls_it() {
    each_place(async |place| {
        let granted = place.open(&SHOP).await;
        accept(place, &granted).await;
        decide(place, &granted, "register-individual", Outcome::Grant).await.unwrap();
        let view = reads::my_application(&place.founder(), granted.application).await.unwrap();
        let register = &view.cases[0];
        assert_eq!(register.status_word, "予以确认", "a registration is confirmed, not permitted");
        assert!(register.sentence.starts_with("已经确认，正在制作营业执照，"), "{}", register.sentence);
        assert!(view.journal.iter().any(|line| line.did.ends_with("作出决定：予以确认")), "{:?}", view.journal);

        let refused = place.open(&SHOP).await;
        accept(place, &refused).await;
        decide(place, &refused, "register-individual", Outcome::Refuse).await.unwrap();
        let view = reads::my_application(&place.founder(), refused.application).await.unwrap();
        assert_eq!(view.cases[0].status_word, "不予确认");
        assert!(
            view.cases[0].sentence.contains("作出不予确认的决定：经营场所不符合要求"),
            "{}",
            view.cases[0].sentence
        );
        let approver = place.officer(Role::Approver, "market-chancheng");
        let seen = reads::case_view(&approver, case(&refused, "register-individual")).await.unwrap();
        assert_eq!(seen.decision.map(|decision| decision.outcome_word).as_deref(), Some("不予确认"));
    })
    .await;
}

#[tokio::test]
async fn whoever_opens_a_case_is_on_record_once_a_day() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        let handler = place.officer(Role::Handler, "market-chancheng");
        let id = case(&opened, "food-permit-new");
        for _ in 0..3 {
            let view = reads::case_view(&handler, id).await.unwrap();
            let paper = view.papers.iter().find(|paper| paper.file.is_some()).expect("a paper with a file");
            reads::paper_file(&handler, paper.id).await.unwrap();
            reads::application_view(&place.clerk(), opened.application).await.unwrap();
        }
        reads::my_application(&place.founder(), opened.application).await.unwrap();
        let founder = crate::ground::founder().subject;
        let looks = records_service::reads::lookups_of(&place.founder(), founder, 50).await.unwrap();
        let by = |actor: &str| looks.iter().filter(|look| look.actor == actor).collect::<Vec<_>>();
        let theirs = by(&handler.actor.id);
        assert_eq!(theirs.len(), 1, "{looks:?}");
        assert_eq!((theirs[0].why, theirs[0].case), (records::Why::Case, Some(id)));
        assert_eq!(theirs[0].matter.as_deref(), Some("food-permit-new"));
        assert_eq!(by("clerk1").len(), 1);
        assert_eq!(looks.len(), 2, "the person's own page is no look of an officer");
    })
    .await;
}

#[tokio::test]
async fn no_code_and_no_hole_is_left_in_any_sentence() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        let refuse = RefuseAcceptance {
            case: case(&opened, "register-individual"),
            ground: casework::NonAcceptanceGround::OutOfCompetence,
            reason: "经营场所不在本区".into(),
            go_to: Some("佛山市南海区市场监督管理局".into()),
        };
        let done = acts::refuse_acceptance(&place.clerk(), None, refuse).await.unwrap();
        assert_eq!(done.cases[1].status, Status::Terminated);
        let lines = vec![];
        let order = NotifyCorrection { application: opened.application, lines };
        assert!(acts::notify_correction(&place.clerk(), None, order).await.is_err());
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        let staff = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        let text = format!("{mine:?} {staff:?}");
        let holes = ["{", "casework.", "journal.", "sentence.", "section.", "business-licence", "no-date."];
        let debug = serde_json::to_string(&mine).unwrap() + &serde_json::to_string(&staff.journal).unwrap();
        for hole in &holes[1..] {
            assert!(!debug.contains(hole), "{hole} in {debug}");
        }
        assert!(!mine.sentence.contains(holes[0]) && !text.is_empty());
    })
    .await;
}
