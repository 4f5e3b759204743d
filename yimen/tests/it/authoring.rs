//! Keeping the catalogue, on both engines and through all modules: an officer splits an item and publishes it; a window's request
//! becomes a version; a resident says something about a draft and reads the answer.

use std::collections::BTreeSet;

use access::Role;
use access_service::Visit;
use authoring::consultation::Stance;
use authoring::form::{self, Section};
use authoring::request;
use authoring::split::Leaf;
use authoring::{Order, State, yaml};
use authoring_service::acts::{
    AnswerComment, NewComment, NewRequest, OpenRevision, answer_comment, comment, edit_section, file_request,
    open_revision, order_revision, publish_revision, split_item,
};
use authoring_service::reads::dry_run::dry_run;
use authoring_service::reads::{consultations, requests, revisions};
use casework_service::reads;
use catalog::model::ItemStatus;
use catalog_service::Shelf;
use platform::{Clock, Dispatcher, Fault};
use standards_service::reads::lists;
use themes_service::ThemeShelf;
use uuid::Uuid;

use crate::district;
use crate::life::District;

const MARKET: &str = "market-chancheng";
const URBAN: &str = "urban-chancheng";

fn section(code: &str) -> &'static Section {
    Section::of(code).expect("a section")
}

async fn open(visit: &Visit, item: &str, request: Option<Uuid>) -> Uuid {
    let order = OpenRevision { title: "修订".into(), item: Some(item.into()), request };
    open_revision(visit, None, order).await.expect("is opened")
}

/// Handed in by whoever wrote it, signed by the head of the authority and a second, published by the office.
async fn through(district: &District, author: &Visit, second: &Visit, authority: &str, id: Uuid) {
    let office = district.officer("standards1");
    let submit = Order::Submit { remark: "与窗口、业务科室核对过".into() };
    order_revision(author, None, id, submit).await.expect("is handed in");
    order_revision(&district.holder(Role::Approver, authority), None, id, Order::Sign).await.expect("signs");
    order_revision(second, None, id, Order::Sign).await.expect("signs");
    let shown = dry_run(&office, id).await.expect("a dry run").digest;
    publish_revision(&office, None, id, &shown).await.expect("is published");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_splits_an_item_and_a_case_under_way_keeps_the_old_one() {
    district::each_engine(async |url| {
        let district = District::open(&url, Clock::System).await;
        yimen::start::vault(&district.world).await.expect("a key store");
        standards_service::acts::follow_catalogue(&Visit::system(&district.world)).await.expect("the lists follow");
        let opened = district.submit("shop-owner", &["change-individual"], &["business-licence"]).await;
        let office = district.officer("standards1");
        let id = open(&office, "change-individual", None).await;
        let (_, text) = revisions::item(&office, id, "change-individual").await.expect("the item");
        let value = yaml::read(&text).expect("YAML");
        let all = |code: &str, path: &str, without: &str| -> BTreeSet<String> {
            let rows = form::rows(section(code), &value);
            rows.iter().map(|row| row.one(path).to_owned()).filter(|name| name != without).collect()
        };
        let leaf = |id: &str, name: &str, when: &str, paper: &str, field: &str| Leaf {
            id: id.into(),
            name: format!("个体工商户变更登记（{name}）"),
            situation: format!("变更{name}"),
            when: when.into(),
            materials: all("materials", "id", paper),
            fields: all("fields", "element", field),
        };
        let leaves = [
            leaf("change-address", "经营场所", "'address' in change_items", "", ""),
            leaf("change-others", "其他事项", "!('address' in change_items)", "Z3", "new_addr"),
        ];
        split_item(&office, None, id, "change-individual", &leaves).await.expect("is split");
        let run = dry_run(&office, id).await.expect("a dry run");
        let errors: Vec<_> = run.found.iter().filter(|one| one.is_new).collect();
        assert!(run.lists.is_some(), "{errors:#?}");
        let second = district.holder(Role::ItemAdmin, MARKET);
        through(&district, &office, &second, MARKET, id).await;

        let shelf = district.world.part::<Shelf>();
        let items = &shelf.catalog().items;
        assert_eq!(items["change-individual"].status, ItemStatus::Cancelled);
        assert_eq!(items["change-address"].status, ItemStatus::Active);
        assert_eq!(ThemeShelf::current(&district.world).expect("themes").release, shelf.release);
        let asked = lists::Asked { words: "个体工商户变更登记".into(), ..lists::Asked::default() };
        let rows = lists::page(&office, &asked, None).await.expect("the lists").rows;
        let names: BTreeSet<&str> = rows.iter().filter_map(|row| row.row.item.as_deref()).collect();
        assert_eq!(names, BTreeSet::from(["change-address", "change-others"]), "the lists follow");
        let view = reads::application_view(&Visit::system(&district.world), opened.application).await;
        let case = &view.expect("the application").cases[0];
        assert_eq!(case.item, "change-individual", "a case goes on with the item it was opened for");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_windows_request_becomes_a_version() {
    district::each_engine(async |url| {
        let district = District::open(&url, Clock::System).await;
        yimen::start::vault(&district.world).await.expect("a key store");
        let (clerk, admin) = (district.officer("clerk1"), district.holder(Role::ItemAdmin, URBAN));
        let order = NewRequest {
            item: "sign-filing".into(),
            what: "写明租赁合同只要首页和签字页".into(),
            why: "申请人常常整本复印".into(),
            case_number: String::new(),
        };
        let asked = file_request(&clerk, None, order).await.expect("is filed");
        let id = open(&admin, "sign-filing", Some(asked)).await;
        let (_, text) = revisions::item(&admin, id, "sign-filing").await.expect("the item");
        let mut rows = form::rows(section("materials"), &yaml::read(&text).expect("YAML"));
        rows[3].cells.insert("standard", vec!["租赁合同只要首页和签字页".into()]);
        edit_section(&admin, None, id, ("sign-filing", section("materials")), &rows).await.expect("is edited");
        through(&district, &admin, &district.officer("standards1"), URBAN, id).await;
        let told = requests::one(&clerk, asked).await.expect("its filer sees it");
        assert_eq!((told.state, told.facts.done.map(|(version, _)| version)), (request::State::Done, Some(2)));
        let item = district.world.part::<Shelf>().catalog().items["sign-filing"].clone();
        assert_eq!(item.materials[3].standard.as_deref(), Some("租赁合同只要首页和签字页"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_comments_on_a_draft_and_reads_the_answer() {
    district::each_engine(async |url| {
        let clock = Clock::fixed(testkit::moment("2026-11-23 09:00"));
        let Clock::Fixed(hands) = clock.clone() else { unreachable!("it was made so") };
        let district = District::open(&url, clock).await;
        yimen::start::vault(&district.world).await.expect("a key store");
        let (office, admin) = (district.officer("standards1"), district.holder(Role::ItemAdmin, URBAN));
        let id = open(&admin, "sign-filing", None).await;
        let (_, text) = revisions::item(&admin, id, "sign-filing").await.expect("the item");
        let mut rows = form::rows(section("names"), &yaml::read(&text).expect("YAML"));
        rows[0].cells.insert("plain", vec!["店招备案".into()]);
        edit_section(&admin, None, id, ("sign-filing", section("names")), &rows).await.expect("is edited");
        order_revision(&admin, None, id, Order::Submit { remark: "改叫法".into() }).await.expect("is handed in");
        let consult = Order::Consult { last_day: testkit::day("2026-12-04") };
        order_revision(&office, None, id, consult).await.expect("the public is asked");
        let resident = district.resident("shop-owner");
        let said = NewComment { stance: Stance::Suggestion, said: "叫招牌备案更清楚".into(), with_name: true };
        comment(&resident, None, id, said).await.expect("is taken");
        let signed = order_revision(&district.holder(Role::Approver, URBAN), None, id, Order::Sign).await;
        assert!(matches!(signed, Err(Fault::Refusal(_))), "not while the public is asked: {signed:?}");

        hands.set(testkit::moment("2026-12-05 00:01"));
        let dispatcher = Dispatcher::new(district.world.clone(), yimen::modules::listeners(), yimen::modules::jobs());
        dispatcher.run_until_empty().await.expect("the queue runs");
        order_revision(&district.holder(Role::Approver, URBAN), None, id, Order::Sign).await.expect("signs");
        order_revision(&office, None, id, Order::Sign).await.expect("signs");
        let shown = dry_run(&office, id).await.expect("a dry run").digest;
        let unanswered = publish_revision(&office, None, id, &shown).await;
        assert!(
            matches!(&unanswered, Err(Fault::Refusal(refusal)) if refusal.code == "authoring.comments-unanswered"),
            "{unanswered:?}"
        );
        let (_, all, _) = consultations::said(&office, id, None).await.expect("the office reads");
        let answer = AnswerComment {
            answer: "两种叫法都能搜到，办事指南里保留“招牌备案”。".into(), shown: true
        };
        answer_comment(&office, None, all[0].id, answer).await.expect("is answered");
        publish_revision(&office, None, id, &shown).await.expect("is published");
        let page = consultations::one(&resident, id, None).await.expect("the page");
        assert_eq!(page.line.ended, Some(State::Published));
        assert_eq!(page.comments[0].said.as_deref(), Some("叫招牌备案更清楚"));
        assert!(page.comments[0].name.is_none() && page.comments[0].answer.is_some());
    })
    .await;
}
