//! Notices: each act issues its own, in its transaction, numbered without gaps; void ones stay.

use std::collections::BTreeMap;

use access::Role;
use access_service::Visit;
use casework::{DeliveryMethod, NoticeKind, Outcome};
use casework_service::acts::{self, NotifyCorrection, Opened, RefuseAcceptance, VoidNotice, Withdraw};
use casework_service::reads::{self, NoticeLine};
use documents::Seal;
use platform::Fault;

use crate::ground::{SHOP, case, each_place, order, refused, stranger};
use crate::journey::{accept, decide, hand_over, issue, work};

async fn seen(visit: &Visit, opened: &Opened) -> Vec<NoticeLine> {
    reads::notices_of_application(visit, opened.application).await.unwrap()
}

fn numbers(lines: &[NoticeLine], kind: NoticeKind) -> Vec<&str> {
    lines.iter().filter(|line| line.kind == kind).map(|line| line.number.as_str()).collect()
}

/// All words of a notice, one after the other.
async fn words(visit: &Visit, line: &NoticeLine) -> String {
    documents::html(&reads::notice(visit, line.id).await.unwrap().sheet)
}

#[tokio::test]
async fn every_act_of_a_life_issues_its_notice() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        accept(place, &opened).await;
        for item in SHOP {
            work(place, &opened, item).await;
            decide(place, &opened, item, Outcome::Grant).await.unwrap();
            issue(place, &opened, item).await.unwrap();
        }
        hand_over(place, &opened).await.unwrap();

        let clerk = place.clerk();
        let all = seen(&clerk, &opened).await;
        let mut counted: BTreeMap<NoticeKind, usize> = BTreeMap::new();
        all.iter().for_each(|line| *counted.entry(line.kind).or_default() += 1);
        let expected = BTreeMap::from([
            (NoticeKind::Receipt, 1),
            (NoticeKind::Acceptance, 4),
            // The sign's filing uses no paper, so there is nothing to hand over.
            (NoticeKind::WindowTransfer, 3),
            (NoticeKind::Grant, 4),
            (NoticeKind::ResultTransfer, 4),
            (NoticeKind::DeliveryReceipt, 1),
        ]);
        assert_eq!(counted, expected);
        // Two items of one authority follow each other, another authority counts from one.
        assert_eq!(
            numbers(&all, NoticeKind::Acceptance),
            ["禅市监受〔2026〕1号", "禅市监受〔2026〕2号", "禅消受〔2026〕1号", "禅城管受〔2026〕1号"]
        );
        assert_eq!(numbers(&all, NoticeKind::Receipt), ["禅政数收〔2026〕1号"], "online: who runs the windows");

        let mine = seen(&place.founder(), &opened).await;
        assert!(mine.iter().all(|line| !matches!(line.kind, NoticeKind::WindowTransfer | NoticeKind::ResultTransfer)));
        assert_eq!(mine.len(), 10);

        let grant = all.iter().find(|line| line.kind == NoticeKind::Grant && line.title.contains("备案")).unwrap();
        assert_eq!(grant.title, "准予备案通知书", "the sign is filed, not licensed");
        let proof = words(&clerk, all.last().unwrap()).await;
        assert!(proof.contains(&grant.number) && proof.contains("窗口领取") && proof.contains("梁志远"), "{proof}");
        let receipt = words(&place.founder(), &mine[0]).await;
        assert!(receipt.contains("租赁") || receipt.contains("经营场所使用证明"), "{receipt}");
        assert!(receipt.contains("2026年3月9日前") && receipt.contains("免提交"), "{receipt}");
    })
    .await;
}

#[tokio::test]
async fn a_correction_notice_lists_each_line_and_a_lapse_ends_the_case_in_writing() {
    each_place(async |place| {
        let opened = place.open(&["register-individual"]).await;
        let clerk = place.clerk();
        let view = reads::application_view(&clerk, opened.application).await.unwrap();
        let line = |paper: usize, basis: Option<&str>| acts::CorrectionLine {
            target: acts::CorrectionTarget::Paper(view.papers[paper].id),
            reason: format!("第{paper}份看不清"),
            mend: "重新拍照上传".into(),
            basis: basis.map(Into::into),
        };
        let lines = vec![line(0, Some("《市场主体登记管理条例》第十六条")), line(2, None)];
        acts::notify_correction(&clerk, None, NotifyCorrection { application: opened.application, lines })
            .await
            .unwrap();
        let all = seen(&place.founder(), &opened).await;
        let notice = all.iter().find(|line| line.kind == NoticeKind::Correction).unwrap();
        let told = words(&place.founder(), notice).await;
        for word in
            ["第0份看不清", "《市场主体登记管理条例》第十六条", "办事指南“申请材料”部分", "共2项", "视为撤回申请"]
        {
            assert!(told.contains(word), "{word}: {told}");
        }

        place.clock.set(testkit::moment("2026-06-01 09:00"));
        place.settle().await;
        let all = seen(&place.founder(), &opened).await;
        let end = all.iter().find(|line| line.kind == NoticeKind::Termination).expect("a notice of the end");
        assert!(words(&place.founder(), end).await.contains("没有补正，视为撤回申请"));
        assert_eq!(end.title, "终止办理通知书");
    })
    .await;
}

#[tokio::test]
async fn refusals_name_their_reason_and_the_bodies_to_turn_to() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "food-permit-new", "senior-card"]).await;
        let elsewhere = RefuseAcceptance {
            case: case(&opened, "senior-card"),
            ground: casework::NonAcceptanceGround::OutOfCompetence,
            reason: "户籍不在本区".into(),
            go_to: Some("南海区民政局".into()),
        };
        acts::refuse_acceptance(&place.clerk(), None, elsewhere).await.unwrap();
        accept(place, &opened).await;
        decide(place, &opened, "register-individual", Outcome::Refuse).await.unwrap();
        let founder = place.founder();
        let all = seen(&founder, &opened).await;
        let one = |kind| all.iter().find(|line| line.kind == kind).unwrap();
        let refusal = words(&founder, one(NoticeKind::Refusal)).await;
        for word in ["经营场所不符合要求", "六十日内", "六个月内", "佛山市禅城区人民法院"] {
            assert!(refusal.contains(word), "{word}: {refusal}");
        }
        let elsewhere = words(&founder, one(NoticeKind::NonAcceptance)).await;
        assert!(elsewhere.contains("南海区民政局") && elsewhere.contains("户籍不在本区"), "{elsewhere}");
        let end = words(&founder, one(NoticeKind::Termination)).await;
        assert!(end.contains("营业执照"), "the dependant hears why it ends: {end}");
    })
    .await;
}

#[tokio::test]
async fn deemed_acceptance_and_withdrawal_are_told_in_writing() {
    each_place(async |place| {
        let mut wish = order(&["register-individual"]);
        wish.delivery.method = DeliveryMethod::Mail;
        wish.delivery.address = Some("佛山市禅城区福宁路1号".into());
        let opened = place.try_open(&place.founder(), wish).await.unwrap();
        place.clock.set(testkit::moment("2026-03-10 00:30"));
        place.settle().await;
        let withdraw = Withdraw { application: opened.application, case: None, reason: "不开了".into() };
        acts::withdraw(&place.founder(), None, withdraw).await.unwrap();
        let founder = place.founder();
        let all = seen(&founder, &opened).await;
        let kinds: Vec<NoticeKind> = all.iter().map(|line| line.kind).collect();
        let expected = [NoticeKind::Receipt, NoticeKind::MailAddress, NoticeKind::Acceptance, NoticeKind::Withdrawal];
        assert_eq!(kinds, expected);
        let deemed = words(&founder, &all[2]).await;
        assert!(deemed.contains("自2026年3月2日收到申请材料之日起即为受理"), "{deemed}");
        let address = words(&founder, &all[1]).await;
        assert!(address.contains("199****5678") && !address.contains("19912345678"), "{address}");
    })
    .await;
}

#[tokio::test]
async fn a_void_number_stays_in_the_register_and_on_the_page_for_strangers() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "senior-card"]).await;
        accept(place, &opened).await;
        let approver = place.officer(Role::Approver, "market-chancheng");
        let first = seen(&place.clerk(), &opened).await;
        let acceptance = first.iter().find(|line| line.number == "禅市监受〔2026〕1号").unwrap();
        let sheet = reads::notice(&approver, acceptance.id).await.unwrap().sheet;
        assert!(matches!(sheet.signature.unwrap().seal, Seal::Drawn { .. }));

        let order = |reason: &str| VoidNotice { notice: acceptance.id, reason: reason.into() };
        let clerk = place.clerk();
        assert_eq!(acts::void_notice(&clerk, None, order("错")).await, Err(Fault::NotAllowed));
        let elsewhere = place.officer(Role::Approver, "fire-chancheng");
        assert_eq!(acts::void_notice(&elsewhere, None, order("错")).await, Err(Fault::NotAllowed));
        let code = acts::void_notice(&approver, None, order(" ")).await;
        assert_eq!(refused(code), "casework.void-without-reason");
        acts::void_notice(&approver, None, order("事项名称打印有误")).await.unwrap();
        let code = acts::void_notice(&approver, None, order("再来")).await;
        assert_eq!(refused(code), "casework.notice-void");

        let after = seen(&place.clerk(), &opened).await;
        assert_eq!(after.len(), first.len(), "nothing is taken out of the register");
        let void = after.iter().find(|line| line.id == acceptance.id).unwrap().void.clone().unwrap();
        assert_eq!((void.reason.as_str(), void.by.as_str()), ("事项名称打印有误", approver.actor.name.as_str()));
        let sheet = reads::notice(&approver, acceptance.id).await.unwrap().sheet;
        assert_eq!(sheet.signature.as_ref().unwrap().seal, Seal::Place);
        let told = reads::verify_notice(&place.world, &sheet.check.code.to_lowercase()).await.unwrap().unwrap();
        assert_eq!(told.void_on.as_deref(), Some("2026年3月2日"));
        assert_eq!((told.number.as_str(), told.title.as_str()), ("禅市监受〔2026〕1号", "受理通知书"));
        assert!(told.applicant.contains('*') && told.authority == "佛山市禅城区市场监督管理局", "{told:?}");
        assert_eq!(reads::verify_notice(&place.world, "0000-0000-0000-0000").await.unwrap(), None);

        // The next one goes on counting: a void number is never given again.
        let next = place.open(&["register-individual"]).await;
        accept(place, &next).await;
        assert_eq!(numbers(&seen(&clerk, &next).await, NoticeKind::Acceptance), ["禅市监受〔2026〕2号"]);
        let view = reads::application_view(&clerk, opened.application).await.unwrap();
        assert!(
            view.journal.iter().any(|line| line.did == "作废《受理通知书》禅市监受〔2026〕1号"),
            "{:?}",
            view.journal
        );
    })
    .await;
}

#[tokio::test]
async fn notices_are_seen_by_those_they_concern() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "food-permit-new", "sign-filing"]).await;
        accept(place, &opened).await;
        let urban = place.officer(Role::Handler, "urban-chancheng");
        let theirs = seen(&urban, &opened).await;
        assert!(!theirs.is_empty() && theirs.iter().all(|line| line.matter.contains("招牌")), "{theirs:?}");
        let case = case(&opened, "sign-filing");
        assert_eq!(reads::notices_of_case(&urban, case).await.unwrap().len(), 1);
        let market =
            seen(&place.clerk(), &opened).await.into_iter().find(|line| line.authority.contains("市场")).unwrap();
        assert_eq!(reads::notice(&urban, market.id).await.unwrap_err(), Fault::NotFound);
        let other = stranger(place);
        assert_eq!(reads::notice(&other, market.id).await.unwrap_err(), Fault::NotFound);
        assert!(seen(&other, &opened).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_or_given_back_leaves_no_gap() {
    each_place(async |place| {
        let one = place.open(&["register-individual"]).await;
        accept(place, &one).await;
        // A repeated order is refused after nothing was issued; the number it might have had is the next one's.
        let order = acts::AcceptApplication { application: one.application };
        assert_eq!(refused(acts::accept_application(&place.clerk(), None, order).await), "casework.already-accepted");
        let two = place.open(&["register-individual"]).await;
        accept(place, &two).await;
        assert_eq!(numbers(&seen(&place.clerk(), &two).await, NoticeKind::Acceptance), ["禅市监受〔2026〕2号"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn thirty_two_issue_at_once_and_no_number_is_given_twice_or_left_out() {
    each_place(async |place| {
        let mut opened = Vec::new();
        for _ in 0..32 {
            opened.push(place.open(&["register-individual", "food-permit-new"]).await);
        }
        let tasks: Vec<_> = opened
            .iter()
            .map(|one| {
                let (clerk, application) = (place.clerk(), one.application);
                tokio::spawn(async move {
                    let order = acts::AcceptApplication { application };
                    acts::accept_application(&clerk, None, order).await.map(|_| ())
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let mut serials = Vec::new();
        for one in &opened {
            for number in numbers(&seen(&place.clerk(), one).await, NoticeKind::Acceptance) {
                let serial = number.strip_prefix("禅市监受〔2026〕").and_then(|rest| rest.strip_suffix('号'));
                serials.push(serial.unwrap().parse::<u32>().unwrap());
            }
        }
        serials.sort_unstable();
        assert_eq!(serials, (1..=64).collect::<Vec<_>>());
    })
    .await;
}
