//! Keeping the catalogue, on both engines and through all modules: an officer splits an item and publishes it; a new material, a new
//! element and a new question are asked for by forms alone; a window's request becomes a version; a resident says something about a draft and reads the answer.

use std::collections::BTreeSet;

use access::Role;
use access_service::Visit;
use authoring::consultation::Stance;
use authoring::form::{self, Row, Section};
use authoring::request;
use authoring::split::Leaf;
use authoring::{Order, State, Subject};
use authoring_service::acts::{
    AnswerComment, NewComment, NewRecord, NewRequest, OpenRevision, Part, add_record, answer_comment, comment,
    copy_item, edit_section, edit_when, file_request, open_revision, order_revision, publish_revision, remove_record,
    split_item,
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
    Subject::Item.section(code).expect("a section")
}

fn part<'p>(item: &'p str, section: &str) -> Part<'p> {
    Part { subject: Subject::Item, id: item, section: self::section(section), seen: None }
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
        let item = revisions::record(&office, id, Subject::Item, "change-individual").await.expect("the item");
        let value = item.value;
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

fn row(cells: &[(&'static str, &str)]) -> Row {
    Row { at: None, cells: cells.iter().map(|(path, text)| (*path, vec![(*text).to_owned()])).collect() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_several_items_use_is_kept_in_forms_too() {
    district::each_engine(async |url| {
        let district = District::open(&url, Clock::System).await;
        yimen::start::vault(&district.world).await.expect("a key store");
        let (office, admin) = (district.officer("standards1"), district.holder(Role::ItemAdmin, URBAN));
        let order = OpenRevision { title: "招牌要交现场照片".into(), item: None, request: None };
        let id = open_revision(&office, None, order).await.expect("is opened");

        // A material that no item asked for yet, an element behind a question, and the question.
        let photo = NewRecord {
            id: "site-photo".into(),
            path: "materials/business.yaml".into(),
            row: row(&[("name", "现场照片"), ("issuer", "self")]),
        };
        add_record(&office, None, id, Subject::Material, &photo).await.expect("is added");
        let again = add_record(&office, None, id, Subject::Material, &photo).await;
        assert!(matches!(&again, Err(Fault::Invalid(faults)) if faults[0].code == "record-id-taken"), "{again:?}");
        let bad = NewRecord { id: "现场".into(), path: "items/x.yaml".into(), row: Row::default() };
        let Err(Fault::Invalid(faults)) = add_record(&office, None, id, Subject::Material, &bad).await else {
            panic!("nothing of it can be taken")
        };
        let told: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), &*fault.code)).collect();
        assert_eq!(
            told,
            [("id", "record-id"), ("path", "file-path"), ("0-name", "required"), ("0-issuer", "required"),]
        );
        let lit = NewRecord {
            id: "board_lit".into(),
            path: "elements/business.yaml".into(),
            row: row(&[("name", "招牌带灯光"), ("kind", "bool"), ("group", "place")]),
        };
        add_record(&office, None, id, Subject::Element, &lit).await.expect("is added");
        let questions = Subject::Theme.section("questions").expect("questions");
        let theme = revisions::record(&office, id, Subject::Theme, "open-hair-salon").await.expect("the theme");
        let mut rows = form::rows(questions, &theme.value);
        let place = rows.iter().position(|row| row.one("id") == "has_board").expect("the question before it") + 1;
        rows.insert(
            place,
            row(&[("id", "board_lit"), ("text", "招牌带灯光吗？"), ("kind", "bool"), ("default", "false")]),
        );
        let part = Part { subject: Subject::Theme, id: "open-hair-salon", section: questions, seen: None };
        edit_section(&office, None, id, part, &rows).await.expect("is asked");
        edit_when(&office, None, id, (part, place), "has_board").await.expect("only with a board");

        // And the item asks for it; a bureau's own office may not touch what others use.
        let materials = self::part("sign-filing", "materials");
        let item = revisions::record(&office, id, Subject::Item, "sign-filing").await.expect("the item");
        let mut rows = form::rows(materials.section, &item.value);
        rows.push(row(&[
            ("id", "S9"),
            ("material", "site-photo"),
            ("holder", "organisation"),
            ("need", "required"),
            ("when", "board_lit"),
            ("basis.law", rows[0].one("basis.law")),
            ("basis.article", rows[0].one("basis.article")),
        ]));
        edit_section(&office, None, id, materials, &rows).await.expect("is asked for");
        let own = open(&admin, "sign-filing", None).await;
        let refused = add_record(&admin, None, own, Subject::Material, &photo).await;
        assert!(matches!(refused, Err(Fault::NotAllowed)), "{refused:?}");
        copy_item(&admin, None, own, ("sign-filing", "banner-filing", "条幅备案")).await.expect("its own item");

        let run = dry_run(&office, id).await.expect("a dry run");
        let new: Vec<_> = run.found.iter().filter(|one| one.is_new).map(|one| &one.diagnostic).collect();
        assert!(run.themes.is_some(), "{new:#?}");
        let named: BTreeSet<(Subject, &str)> = run.records.iter().map(|one| (one.subject, one.id.as_str())).collect();
        assert_eq!(
            named,
            BTreeSet::from([
                (Subject::Item, "sign-filing"),
                (Subject::Theme, "open-hair-salon"),
                (Subject::Element, "board_lit"),
                (Subject::Material, "site-photo"),
            ])
        );
        assert_eq!(run.known.materials.get("site-photo").map(String::as_str), Some("现场照片"));

        // Taken out again, the item's row hangs in the air and the check says so.
        remove_record(&office, None, id, (Subject::Material, "site-photo")).await.expect("is taken out");
        let run = dry_run(&office, id).await.expect("a dry run");
        assert!(run.themes.is_none() && run.records.iter().all(|one| one.subject != Subject::Material));
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
        let item = revisions::record(&admin, id, Subject::Item, "sign-filing").await.expect("the item");
        let mut rows = form::rows(section("materials"), &item.value);
        rows[3].cells.insert("standard", vec!["租赁合同只要首页和签字页".into()]);
        edit_section(&admin, None, id, part("sign-filing", "materials"), &rows).await.expect("is edited");
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
        let item = revisions::record(&admin, id, Subject::Item, "sign-filing").await.expect("the item");
        let mut rows = form::rows(section("names"), &item.value);
        rows[0].cells.insert("plain", vec!["店招备案".into()]);
        edit_section(&admin, None, id, part("sign-filing", "names"), &rows).await.expect("is edited");
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
