//! 四免优化, from the catalogue to the cases, on both engines: a proposal is refused with a reason, overruled, put into force by a
//! new version, and found again in a case that asked for the paper all the same.

use access::Role;
use access_service::Visit;
use casework_service::{NewPaper, PaperFile, PaperStatus};
use catalog::SourceFile;
use catalog::model::HolderRole;
use catalog_service::acts::publish;
use platform::blobs::Expected;
use platform::{Clock, Dispatcher, Fault};
use standards::proposal::life::Verdict;
use standards::proposal::{Kind, Order, State};
use standards_service::acts::{Watched, make_proposals, send_proposals, settle_proposal, watch_proposals};
use standards_service::reads::practice;
use standards_service::reads::proposals::{Asked, ProposalView, one, page};

use crate::district::{self, sample};
use crate::life::District;

const ITEM: &str = "house-transfer";
const ROW: &str = "M3";
const AUTHORITY: &str = "land-chancheng";

/// The sample with the version of the item that no longer asks for the paper: its licence on file stands for it.
fn newer() -> Vec<SourceFile> {
    let mut files: Vec<SourceFile> = catalog_service::folder::read(&sample()).expect("the sample is readable");
    let file = files.iter_mut().find(|file| &*file.path == "items/house-transfer.yaml").expect("the item");
    let text = file.text.replacen("version: 1", "version: 2", 1);
    let (before, after) = text.split_once("    standard: 领新证时交回").expect("the row of the paper");
    let text = format!("{before}    waive:\n      - {{by: licence}}\n    standard: 领新证时交回{after}");
    *file = SourceFile::new("items/house-transfer.yaml", text);
    files
}

async fn paper(district: &District) -> NewPaper {
    let content = futures::stream::iter([Ok::<_, std::io::Error>(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")]);
    let expected = Expected { field: "file", name: Some("old.pdf"), limit: 1 << 20 };
    let stored = district.world.blobs.put(content, expected).await.expect("the file is kept");
    let kind = stored.kind.media_type().into();
    NewPaper {
        material: "real-estate-certificate".into(),
        name: "原不动产权属证书".into(),
        holder: HolderRole::Premises,
        scope: None,
        status: PaperStatus::HandIn,
        reason: None,
        file: Some(PaperFile { blob: stored.id, name: "old.pdf".into(), kind, size: stored.len }),
        asked_by: vec![(ITEM.into(), ROW.into())],
    }
}

async fn the_one(visit: &Visit) -> ProposalView {
    let asked = Asked { authority: AUTHORITY.into(), kind: Some(Kind::M1), ..Asked::default() };
    let rows = page(visit, &asked, None).await.expect("the proposals").rows;
    let about = |row: &&ProposalView| {
        row.item == ITEM && row.facts.get("paper").is_some_and(|paper| paper == "原不动产权属证书")
    };
    rows.iter().find(about).cloned().expect("the paper government issues itself is proposed not to be asked for")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_goes_from_the_catalogue_to_the_cases() {
    district::each_engine(async |url| {
        let district = District::open(&url, Clock::System).await;
        let (office, authority) = (district.officer("standards1"), district.holder(Role::ItemAdmin, AUTHORITY));
        district.submit_with("restaurant-founder", &[ITEM], &[], vec![paper(&district).await]).await;

        let made = make_proposals(&office, None).await.expect("proposals are made");
        assert!(made > 20, "only {made}");
        assert_eq!(make_proposals(&office, None).await.expect("again"), 0, "nothing is proposed twice");
        let proposed = the_one(&office).await;
        assert_eq!((proposed.state, proposed.cases), (State::Generated, 1), "the volume is that of real cases");
        let hidden = one(&authority, proposed.id).await;
        assert!(matches!(hidden, Err(Fault::NotFound)), "an authority sees what was sent to it: {hidden:?}");
        send_proposals(&office, None, AUTHORITY).await.expect("is sent");

        let agreed = settle_proposal(&office, None, proposed.id, Order::Agree).await;
        assert!(matches!(agreed, Err(Fault::NotAllowed)), "nobody answers for an authority: {agreed:?}");
        let reason = "领取新证时要收回旧证".to_owned();
        let refused = Order::Disagree { reason: reason.clone() };
        assert_eq!(settle_proposal(&authority, None, proposed.id, refused).await.expect("refuses"), State::Disagreed);
        let overruled = Order::Review {
            verdict: Verdict::Overrule, reason: "旧证在发证时收回，申请时不必提交".into()
        };
        let own = settle_proposal(&authority, None, proposed.id, overruled.clone()).await;
        assert!(matches!(own, Err(Fault::NotAllowed)), "an authority does not review itself: {own:?}");
        let after = settle_proposal(&office, None, proposed.id, overruled).await.expect("is overruled");
        assert_eq!(after, State::Implementing);
        assert_eq!(watch_proposals(&office, None).await.expect("is watched"), Watched::default(), "no version yet");

        publish(&Visit::system(&district.world), &newer()).await.expect("the new version is published");
        assert!(yimen::start::shelves(&district.world).await.expect("the new catalogue"));
        let watched = watch_proposals(&office, None).await.expect("is watched");
        assert_eq!(watched, Watched { updated: 1, ..Watched::default() });
        let watched = watch_proposals(&office, None).await.expect("is watched");
        assert_eq!(
            watched,
            Watched { verified: 1, ..Watched::default() },
            "the case of the old version is no violation"
        );

        district.submit_with("salon-founder", &[ITEM], &[], vec![paper(&district).await]).await;
        let watched = watch_proposals(&office, None).await.expect("is watched");
        assert_eq!(watched, Watched { violated: 1, ..Watched::default() });
        let told = one(&authority, proposed.id).await.expect("the authority sees it");
        assert_eq!((told.state, told.proposal.violations.len()), (State::Violated, 1));
        assert_eq!(told.proposal.answer.map(|answer| answer.reason), Some(reason), "what was said stays");
        assert_eq!(watch_proposals(&office, None).await.expect("again"), Watched::default(), "told once");

        // What cases were handed is counted whoever looks, without anybody's name.
        let since = district.world.clock.now_utc() - chrono::TimeDelta::days(30);
        let practice = practice::page(&authority, since).await.expect("the authority sees its own");
        let transfer = practice.iter().find(|one| one.item == ITEM).expect("the item had cases");
        assert_eq!((transfer.practice.cases, transfer.practice.handed.get(ROW)), (2, Some(&2)));
        let collected = &transfer.held.collected;
        assert!(
            collected.iter().any(|paper| paper.row == ROW && paper.cases == 2),
            "now it may be waived: {collected:?}"
        );
        assert!(practice.iter().all(|one| one.authority == AUTHORITY));

        // The next round grows from it, and knows the case.
        let renewed = settle_proposal(&authority, None, proposed.id, Order::Renew).await;
        assert!(matches!(renewed, Err(Fault::NotAllowed)), "the office begins it: {renewed:?}");
        let after = settle_proposal(&office, None, proposed.id, Order::Renew).await.expect("goes on");
        assert_eq!(after, State::Closed);
        let next = Asked { authority: AUTHORITY.into(), state: Some(State::Generated), ..Asked::default() };
        let rows = page(&office, &next, None).await.expect("the proposals").rows;
        let next = rows.iter().find(|row| row.item == ITEM && row.kind == Kind::M1).expect("the next round");
        assert_eq!((next.version, &next.proposal.grown_from), (2, &told.proposal.violations));
        assert!(make_proposals(&office, None).await.is_ok_and(|made| made == 0), "it is there already");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_to_confirm_ends_by_itself() {
    district::each_engine(async |url| {
        let clock = Clock::fixed(testkit::moment("2026-03-02 09:00"));
        let Clock::Fixed(hands) = clock.clone() else { unreachable!("it was made so") };
        let district = District::open(&url, clock).await;
        let (office, authority) = (district.officer("standards1"), district.holder(Role::ItemAdmin, AUTHORITY));
        make_proposals(&office, None).await.expect("proposals are made");
        send_proposals(&office, None, AUTHORITY).await.expect("is sent");
        let proposed = the_one(&authority).await;
        assert_eq!(proposed.proposal.confirm_by, Some(testkit::day("2026-03-16")), "ten working days");
        let world = &district.world;
        let run = async || {
            let dispatcher = Dispatcher::new(world.clone(), yimen::modules::listeners(), yimen::modules::jobs());
            dispatcher.run_until_empty().await.expect("the queue runs");
        };
        hands.set(testkit::moment("2026-03-16 23:59"));
        run().await;
        assert_eq!(the_one(&authority).await.state, State::Sent, "the last day is not over");
        hands.set(testkit::moment("2026-03-17 00:01"));
        run().await;
        assert_eq!(the_one(&authority).await.state, State::TimedOut);
        // An answer that comes late is an answer.
        let late = settle_proposal(&authority, None, proposed.id, Order::Agree).await.expect("agrees late");
        assert_eq!(late, State::Agreed);
    })
    .await;
}
