//! What else the law knows, act by act on both engines: papers that follow, special procedures, hearings, commitments
//! with their checks, a licence undone, and a year of silence.

use std::collections::{BTreeMap, BTreeSet};

use access::Role;
use casework::{Finding, HearingAnswer, Lamp, OfficerId, Outcome, Presider, RevocationGround, Status};
use casework_service::acts::{
    self, AcceptTolerantly, AnnounceHearing, AnswerHearing, AnsweredPaper, BeginSpecial, CheckCommitment,
    CorrectOnSpot, EndSpecial, ExtendLimit, HoldHearing, OfferHearing, OpenApplication, Opened, RevokeLicence,
    SupplyPapers, WithdrawCommitment,
};
use casework_service::reads::{self, NoteTone, TodoFilter};
use casework_service::{FormEntry, NewPaper, Origin, PaperReason, PaperStatus};
use kernel::value::Value;
use platform::Fault;

use crate::ground::{Place, authority, case, each_place, order, paper, pdf, refused};
use crate::journey::{accept, decide, hand_over, issue, work};

const SALON: &str = "hygiene-permit-salon";
const DRAINAGE: &str = "drainage-permit";

/// A paper that is not handed in yet, and why.
fn deferred(material: &str, name: &str, code: &str, asked_by: &[(&str, &str)]) -> NewPaper {
    NewPaper {
        status: PaperStatus::Deferred,
        reason: Some(PaperReason { code: code.into(), text: "以后补交".into() }),
        ..paper(material, name, None, asked_by)
    }
}

/// The salon's permit by commitment: the licence is held, the test report follows.
fn committed() -> OpenApplication {
    let mut salon = order(&[SALON]);
    salon.held = BTreeSet::from(["business-licence".to_owned()]);
    salon.form.insert("commit".into(), FormEntry { value: Value::Bool(true), origin: Origin::Answered });
    salon.papers = vec![deferred("hygiene-test-report", "卫生检测报告", "commitment", &[(SALON, "B5")])];
    salon
}

/// The drainage permit with the water test to follow.
fn with_gap() -> OpenApplication {
    let mut drainage = order(&[DRAINAGE]);
    drainage.held = BTreeSet::from(["business-licence".to_owned()]);
    drainage.papers = vec![
        deferred("water-test", "排水水质检测报告", "tolerance", &[(DRAINAGE, "D5")]),
        paper("site-proof", "经营场所使用证明", Some("租赁合同.pdf"), &[(DRAINAGE, "D2")]),
    ];
    drainage
}

async fn open(place: &Place, order: OpenApplication) -> Opened {
    place.try_open(&place.founder(), order).await.unwrap()
}

/// The drainage permit with the water test to follow, filed.
pub async fn open_with_gap(place: &Place) -> Opened {
    open(place, with_gap()).await
}

/// The papers the applicant still owes, handed in.
async fn supply(place: &Place, opened: &Opened) -> Result<acts::Done, Fault> {
    let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
    let owed = mine.owed.into_iter().flat_map(|owed| owed.lines).filter_map(|line| line.paper);
    let papers = owed.map(|paper| AnsweredPaper { paper, file: Some(pdf("检测报告.pdf", 'b')) }).collect();
    acts::supply_papers(&place.founder(), None, SupplyPapers { application: opened.application, papers }).await
}

#[tokio::test]
async fn what_was_promised_to_follow_is_accepted_tolerantly_and_brought_before_the_grant() {
    each_place(async |place| {
        let opened = open(place, with_gap()).await;
        let done = accept(place, &opened).await;
        assert_eq!(done.status(case(&opened, DRAINAGE)), Some(Status::InReview));
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.sentence.contains("等您") && mine.may_supply, "{}", mine.sentence);
        assert_eq!(mine.cases[0].notes[0].tone, NoteTone::Open);

        work(place, &opened, DRAINAGE).await;
        assert_eq!(refused(decide(place, &opened, DRAINAGE, Outcome::Grant).await), "casework.gap-open");
        supply(place, &opened).await.unwrap();
        assert_eq!(refused(supply(place, &opened).await), "casework.nothing-to-supply");
        decide(place, &opened, DRAINAGE, Outcome::Grant).await.unwrap();
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        let report = mine.papers.iter().find(|paper| paper.name.contains("水质")).unwrap();
        assert_eq!((report.status, report.file.is_some()), (PaperStatus::HandIn, true));
    })
    .await;
}

#[tokio::test]
async fn a_gap_that_is_not_closed_in_time_ends_the_case() {
    each_place(async |place| {
        let opened = open(place, with_gap()).await;
        accept(place, &opened).await;
        place.clock.advance_days(14);
        place.settle().await;
        let status =
            async || reads::my_application(&place.founder(), opened.application).await.unwrap().cases[0].status;
        assert_eq!(status().await, Status::InReview, "the tenth working day still counts");
        place.clock.advance_days(1);
        place.settle().await;
        assert_eq!(status().await, Status::Lapsed);
    })
    .await;
}

#[tokio::test]
async fn only_papers_the_item_lists_as_secondary_may_follow() {
    each_place(async |place| {
        let opened = open(place, with_gap()).await;
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        let id = |name: &str| view.papers.iter().find(|paper| paper.name.contains(name)).unwrap().id;
        let tolerate = async |paper| {
            let order = AcceptTolerantly { case: case(&opened, DRAINAGE), papers: vec![paper] };
            acts::accept_tolerantly(&place.clerk(), None, order).await
        };
        assert_eq!(refused(tolerate(id("使用证明")).await), "casework.main-paper-missing");
        assert_eq!(tolerate(id("水质")).await.unwrap().cases[0].status, Status::InReview);
    })
    .await;
}

#[tokio::test]
async fn an_error_of_form_is_mended_at_the_window_and_stands_in_the_form() {
    each_place(async |place| {
        let opened = place.open(&["register-individual"]).await;
        let mend = |element: &str| CorrectOnSpot {
            application: opened.application,
            what: vec!["资金数额更正为12万元".into()],
            fields: BTreeMap::from([(element.to_owned(), Value::from(12))]),
        };
        assert!(matches!(
            acts::correct_on_spot(&place.clerk(), None, mend("seats")).await,
            Err(Fault::Invalid(faults)) if faults[0].field == "field:seats"
        ));
        acts::correct_on_spot(&place.clerk(), None, mend("capital")).await.unwrap();
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        let fields = view.sections.iter().flat_map(|section| &section.fields);
        let capital = fields.into_iter().find(|field| field.element == "capital").unwrap();
        assert!(capital.value.starts_with("12"), "{}", capital.value);
        assert!(view.journal.iter().any(|line| line.did.contains("当场更正")));
        assert_eq!(view.correction, None);
    })
    .await;
}

#[tokio::test]
async fn a_special_procedure_stops_the_clock_as_long_as_it_was_announced() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "food-permit-new"]).await;
        accept(place, &opened).await;
        decide(place, &opened, "register-individual", Outcome::Grant).await.unwrap();
        issue(place, &opened, "register-individual").await.unwrap();
        let food = case(&opened, "food-permit-new");
        let handler = place.officer(Role::Handler, &authority(place, "food-permit-new"));
        let begin =
            BeginSpecial { case: food, procedure: "inspection".into(), days: 3, reason: "须现场核查".into() };
        let done = acts::begin_special(&handler, None, begin.clone()).await.unwrap();
        assert_eq!(done.status(food), Some(Status::InSpecial));
        assert_eq!(refused(acts::begin_special(&handler, None, begin).await), "casework.special-open");
        let view = reads::case_view(&handler, food).await.unwrap();
        assert_eq!((view.clock.lamp, view.specials[0].2), (Lamp::Stopped, 2), "three of five days are given");

        // Nobody comes back with a result; after the third day the limit counts again by itself.
        place.clock.advance_days(4);
        place.settle().await;
        let view = reads::case_view(&handler, food).await.unwrap();
        assert_eq!(view.status, Status::InReview);
        assert!(view.journal.iter().any(|line| line.did.contains("告知的时间届满")));
        let end = EndSpecial { case: food, result: "符合要求".into() };
        assert_eq!(refused(acts::end_special(&handler, None, end).await), "casework.no-special-open");
    })
    .await;
}

#[tokio::test]
async fn a_hearing_is_asked_for_by_the_applicant_and_held_before_the_decision() {
    each_place(async |place| {
        let opened = place.open(&["senior-card"]).await;
        accept(place, &opened).await;
        work(place, &opened, "senior-card").await;
        let (id, handler) =
            (case(&opened, "senior-card"), place.officer(Role::Handler, &authority(place, "senior-card")));
        acts::offer_hearing(&handler, None, OfferHearing { case: id, why: "涉及重大利益".into() }).await.unwrap();
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert_eq!((mine.hearings.len(), mine.cases[0].sentence.contains("听证")), (1, true));
        assert_eq!(refused(decide(place, &opened, "senior-card", Outcome::Grant).await), "casework.hearing-unanswered");
        let wanted = AnswerHearing { case: id, answer: HearingAnswer::Wanted };
        assert_eq!(
            acts::answer_hearing(&crate::ground::stranger(place), None, wanted.clone()).await,
            Err(Fault::NotAllowed)
        );
        acts::answer_hearing(&place.founder(), None, wanted).await.unwrap();
        let on = "2026-03-12".parse().unwrap();
        let presider = |id: &str| Presider { id: OfficerId::new(id), name: "梁国栋".into() };
        let place_of = "区政务服务中心三楼听证室";
        let announce = AnnounceHearing { case: id, on, place: place_of.into(), presider: presider("legal1") };
        acts::announce_hearing(&handler, None, announce).await.unwrap();
        place.clock.advance_days(10);
        acts::hold_hearing(&handler, None, HoldHearing { case: id, record: "双方意见记录在案".into() }).await.unwrap();
        let done = decide(place, &opened, "senior-card", Outcome::Grant).await.unwrap();
        assert!(done.status(id).unwrap().is_decided());
    })
    .await;
}

#[tokio::test]
async fn the_head_extends_the_limit_once() {
    each_place(async |place| {
        let opened = place.open(&["register-individual"]).await;
        accept(place, &opened).await;
        let id = case(&opened, "register-individual");
        let extend = ExtendLimit { case: id, days: 3, reason: "须向住所地核实".into() };
        let handler = place.officer(Role::Handler, &authority(place, "register-individual"));
        assert_eq!(acts::extend_limit(&handler, None, extend.clone()).await, Err(Fault::NotAllowed));
        let approver = place.officer(Role::Approver, &authority(place, "register-individual"));
        acts::extend_limit(&approver, None, extend.clone()).await.unwrap();
        assert_eq!(refused(acts::extend_limit(&approver, None, extend).await), "casework.extended-already");
    })
    .await;
}

#[tokio::test]
async fn a_broken_commitment_costs_the_licence_and_the_next_commitment() {
    each_place(async |place| {
        let opened = open(place, committed()).await;
        accept(place, &opened).await;
        let id = case(&opened, SALON);
        // On the word of the applicant it is decided at once, without the steps before.
        decide(place, &opened, SALON, Outcome::Grant).await.unwrap();
        issue(place, &opened, SALON).await.unwrap();
        hand_over(place, &opened).await.unwrap();
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.cases[0].sentence.contains("承诺") && mine.may_supply, "{}", mine.cases[0].sentence);

        place.clock.advance_days(70);
        place.settle().await;
        let handler = place.officer(Role::Handler, &authority(place, SALON));
        let to_do = reads::todo(&handler, &TodoFilter::default(), None).await.unwrap().rows;
        assert_eq!((to_do.len(), to_do[0].step.as_str()), (1, "check"), "the evidence did not come");
        let broken = CheckCommitment { case: id, finding: Finding::Broken, words: "从未检测".into(), days: 0 };
        acts::check_commitment(&handler, None, broken).await.unwrap();
        let ground = RevocationGround::BrokenCommitment;
        let approver = place.officer(Role::Approver, &authority(place, SALON));
        let revoke = RevokeLicence { case: id, ground, reason: "承诺不实".into() };
        let done = acts::revoke_licence(&approver, None, revoke).await.unwrap();
        assert_eq!(done.status(id), Some(Status::Revoked));
        let mine = reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.cases[0].remedy.is_some(), "a revocation names where to turn");
        assert_eq!(refused(place.try_open(&place.founder(), committed()).await), "casework.commitment-barred");
    })
    .await;
}

#[tokio::test]
async fn a_commitment_taken_back_waits_for_what_it_stood_for() {
    each_place(async |place| {
        let opened = open(place, committed()).await;
        accept(place, &opened).await;
        let id = case(&opened, SALON);
        acts::withdraw_commitment(&place.founder(), None, WithdrawCommitment { case: id }).await.unwrap();
        let handler = place.officer(Role::Handler, &authority(place, SALON));
        assert_eq!(reads::case_view(&handler, id).await.unwrap().clock.lamp, Lamp::Stopped);
        assert_eq!(refused(decide(place, &opened, SALON, Outcome::Grant).await), "casework.steps-open");
        supply(place, &opened).await.unwrap();
        work(place, &opened, SALON).await;
        decide(place, &opened, SALON, Outcome::Grant).await.unwrap();
    })
    .await;
}

/// A clock set forward by a year: what nobody did has happened by law, each thing once, and nothing is left to ring.
#[tokio::test]
async fn a_year_of_silence_ends_in_the_right_states() {
    each_place(async |place| {
        let silent = place.open(&["register-individual", "food-permit-new"]).await;
        let gap = open(place, with_gap()).await;
        accept(place, &gap).await;
        let promised = open(place, committed()).await;
        accept(place, &promised).await;
        decide(place, &promised, SALON, Outcome::Grant).await.unwrap();
        issue(place, &promised, SALON).await.unwrap();
        hand_over(place, &promised).await.unwrap();
        place.clock.advance_days(300);
        place.settle().await;
        let states = async |opened: &Opened| {
            let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
            view.cases.iter().map(|line| line.status).collect::<Vec<_>>()
        };
        assert_eq!(states(&silent).await, [Status::InReview, Status::Waiting]);
        assert_eq!(states(&gap).await, [Status::Lapsed]);
        assert_eq!(states(&promised).await, [Status::Delivered]);
        let view = reads::application_view(&place.clerk(), promised.application).await.unwrap();
        assert_eq!(view.journal.iter().filter(|line| line.did.contains("逾期未交")).count(), 1);
        place.settle().await;
        assert_eq!(reads::application_view(&place.clerk(), promised.application).await.unwrap().journal, view.journal);
    })
    .await;
}

#[tokio::test]
async fn beyond_the_calendar_promise_and_extension_are_told_with_the_reason_instead_of_a_day() {
    each_place(async |place| {
        place.clock.set(testkit::moment("2026-12-29 09:30"));
        let opened = open(place, with_gap()).await;
        accept(place, &opened).await;
        let extend = ExtendLimit { case: case(&opened, DRAINAGE), days: 5, reason: "须补充核查".into() };
        let approver = place.officer(Role::Approver, &authority(place, DRAINAGE));
        acts::extend_limit(&approver, None, extend).await.unwrap();
        let told = reads::notices_of_application(&place.founder(), opened.application).await.unwrap();
        for title in ["容缺受理承诺书", "延长办理期限告知书"] {
            let notice = told.iter().find(|one| one.title == title).unwrap_or_else(|| panic!("no {title}"));
            let notice = reads::notice(&place.founder(), notice.id).await.unwrap();
            let text = format!("{notice:?}");
            assert!(text.contains("下一年度放假安排尚未公布"), "{title} gives no reason: {text}");
        }
    })
    .await;
}
