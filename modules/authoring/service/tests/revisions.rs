//! Revisions on both engines: edited as forms, checked, signed by two, published; rebased over a newer release; asked about in
//! public; and change requests that become versions.

use std::collections::BTreeSet;
use std::path::Path;

use access::{Actor, ActorKind, Policies, Role};
use access_service::{Visit, Words};
use authoring::choice::{Choice, Choices, Join, Literal, Op};
use authoring::consultation::Stance;
use authoring::form::{self, Section};
use authoring::request::{self, Clock as RequestClock};
use authoring::split::Leaf;
use authoring::{Order, State, Subject};
use authoring_service::acts::{
    AnswerComment, NewComment, NewRecord, NewRequest, OpenRevision, Part, add_record, answer_comment, comment,
    drop_edit, edit_file, edit_section, edit_when, file_request, keep_mine, open_revision, order_revision,
    publish_revision, rebase_revision, remark, settle_request, split_item, stamp,
};
use authoring_service::reads::dry_run::dry_run;
use authoring_service::reads::{catalogue, consultations, requests, revisions};
use catalog::model::ItemStatus;
use catalog_service::acts::publish;
use catalog_service::{Shelf, folder};
use kernel::refusal::Refusal;
use platform::clock::FixedClock;
use platform::{Clock, Config, Dispatcher, Fault, Migrations, RequestKey, Vault, World};
use tempfile::TempDir;
use uuid::Uuid;

const URBAN: &str = "urban-chancheng";
const ITEM: &str = "sign-filing";

async fn world(url: String, folder: &TempDir) -> (World, FixedClock) {
    let keys = Some(testkit::engines::key_folder());
    let config = Config { database_url: url, data: folder.path().to_owned(), keys, ..Config::default() };
    let clock = Clock::fixed(testkit::moment("2026-11-23 09:00"));
    let Clock::Fixed(hands) = clock.clone() else { unreachable!("it was made so") };
    let world = World::open(config, clock).await.expect("a world");
    world.parts.install(Vault::open(&world.config).expect("a key store"));
    let migrations = [
        Migrations::new("access", access_service::migrations()),
        Migrations::new("catalog", catalog_service::migrations()),
        Migrations::new("themes", themes_service::migrations()),
        Migrations::new("standards", standards_service::migrations()),
        Migrations::new("authoring", authoring_service::migrations()),
    ];
    world.db.migrate(&migrations).await.expect("migrations");
    let modules = [
        access::acts::ACCESS,
        catalog::acts::CATALOG,
        themes::THEMES,
        standards::acts::STANDARDS,
        authoring::acts::AUTHORING,
    ];
    world.parts.install(Policies::compile(&modules).expect("policies"));
    let words = [
        access_service::TEXT_ZH,
        catalog_service::TEXT_ZH,
        themes_service::TEXT_ZH,
        standards_service::TEXT_ZH,
        authoring_service::TEXT_ZH,
    ];
    world.parts.install(Words::collect(&words).expect("words"));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let files = folder::read(&sample).expect("the sample district");
    publish(&Visit::system(&world), &files).await.expect("a release");
    Shelf::install(&world).await.expect("a database").expect("a shelf");
    (world, hands)
}

fn officer(world: &World, id: &str, role: Role, authority: Option<&str>) -> Visit {
    let kind = ActorKind::Staff {
        roles: [role].into(),
        region: "440604".into(),
        authority: authority.map(str::to_owned),
        hall: None,
    };
    Visit::of(world, Actor { id: id.into(), name: format!("{id}名"), kind })
}

/// The standards office, the item administrator and the head of the authority of the item, a clerk, and a visitor.
struct People {
    office: Visit,
    admin: Visit,
    head: Visit,
    clerk: Visit,
    visitor: Visit,
}

fn people(world: &World) -> People {
    People {
        office: officer(world, "office", Role::Standards, Some("data-chancheng")),
        admin: officer(world, "admin", Role::ItemAdmin, Some(URBAN)),
        head: officer(world, "head", Role::Approver, Some(URBAN)),
        clerk: officer(world, "clerk", Role::Clerk, None),
        visitor: Visit::of(world, Actor::visitor()),
    }
}

fn refused(outcome: Result<impl std::fmt::Debug, Fault>) -> Refusal {
    match outcome {
        Err(Fault::Refusal(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn section(code: &str) -> &'static Section {
    Subject::Item.section(code).expect("a section")
}

fn part<'p>(item: &'p str, code: &str) -> Part<'p> {
    Part { subject: Subject::Item, id: item, section: section(code), seen: None }
}

async fn open(visit: &Visit, item: &str) -> Uuid {
    let order = OpenRevision { title: "招牌备案修订".into(), item: Some(item.into()), request: None };
    open_revision(visit, None, order).await.expect("is opened")
}

/// Says what people call the item, which changes nothing else.
async fn rename(visit: &Visit, id: Uuid, item: &str, plain: &str) -> Result<(), Fault> {
    let value = revisions::record(visit, id, Subject::Item, item).await.expect("the item").value;
    let mut rows = form::rows(section("names"), &value);
    rows[0].cells.insert("plain", vec![plain.into()]);
    edit_section(visit, None, id, part(item, "names"), &rows).await
}

async fn sign_and_publish(people: &People, id: Uuid) -> Result<Uuid, Fault> {
    let submit = Order::Submit { remark: "已与窗口核对".into() };
    order_revision(&people.admin, None, id, submit).await.expect("is handed in");
    order_revision(&people.head, None, id, Order::Sign).await.expect("signs");
    order_revision(&people.office, None, id, Order::Sign).await.expect("signs");
    let shown = dry_run(&people.office, id).await.expect("a dry run").digest;
    publish_revision(&people.office, None, id, &shown).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_item_is_signed_by_two_and_published_as_it_was_signed() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let (world, _) = world(url, &folder).await;
        let people = people(&world);
        assert!(matches!(
            open_revision(
                &people.clerk,
                None,
                OpenRevision { title: "改".into(), item: Some(ITEM.into()), request: None }
            )
            .await,
            Err(Fault::NotAllowed)
        ));
        let key = RequestKey::new("admin", "open").expect("a key");
        let order = OpenRevision { title: "招牌备案修订".into(), item: Some(ITEM.into()), request: None };
        let id = open_revision(&people.admin, Some(&key), order.clone()).await.expect("is opened");
        assert!(matches!(open_revision(&people.admin, Some(&key), order).await, Err(Fault::Repeated(_))));
        let submit = || Order::Submit { remark: String::new() };
        let nothing = refused(order_revision(&people.admin, None, id, submit()).await);
        assert_eq!(nothing.code, "authoring.nothing-changed");

        rename(&people.admin, id, ITEM, "招牌").await.expect("is edited");
        let other = officer(&world, "other", Role::ItemAdmin, Some("market-chancheng"));
        assert!(matches!(rename(&people.office, id, ITEM, "招牌设置").await, Ok(())), "the office edits too");
        assert!(matches!(revisions::one(&other, id).await, Err(Fault::NotFound)), "another authority's is not there");
        let foreign = edit_file(&other, None, id, ("items/sign-filing.yaml", None), Some("id: sign-filing\n")).await;
        assert!(matches!(foreign, Err(Fault::NotAllowed)), "{foreign:?}");
        let staff = edit_file(&people.office, None, id, ("staff/county.yaml", None), Some("")).await;
        assert!(matches!(&staff, Err(Fault::Invalid(faults)) if faults[0].code == "file-path"), "{staff:?}");
        let theme =
            edit_file(&people.admin, None, id, ("themes/open-restaurant/theme.yaml", None), Some("id: x\n")).await;
        assert!(matches!(theme, Err(Fault::NotAllowed)), "themes are the office's: {theme:?}");

        // An error of the check keeps it from being handed in; taking the edit back mends it.
        let broken = "id: board\nname: 招牌\n";
        edit_file(&people.office, None, id, ("materials/more.yaml", None), Some(broken))
            .await
            .expect("is kept all the same");
        let errors = refused(order_revision(&people.admin, None, id, submit()).await);
        assert_eq!(errors.code, "authoring.has-errors");
        let found = revisions::findings(&people.admin, id).await.expect("findings");
        assert!(
            found[0].is_new && found[0].diagnostic.place.file == "materials/more.yaml",
            "new ones first: {found:?}"
        );
        drop_edit(&people.office, None, id, "materials/more.yaml").await.expect("is taken back");

        let shown = dry_run(&people.admin, id).await.expect("a dry run");
        assert_eq!(shown.records[0].versions, (Some(1), Some(2)), "the version is raised by itself");
        assert!(shown.themes.as_ref().is_some_and(|themes| themes.len() == 2), "two themes name it");
        assert!(shown.lists.as_ref().is_some_and(Vec::is_empty), "what people call it is on no list");
        let state = order_revision(&people.admin, None, id, submit()).await.expect("is handed in");
        assert_eq!(state, State::Submitted);
        assert_eq!(refused(rename(&people.admin, id, ITEM, "再改").await).code, "authoring.not-now");
        for author in [&people.admin, &people.office] {
            assert_eq!(refused(order_revision(author, None, id, Order::Sign).await).code, "authoring.own-draft");
        }
        let second = officer(&world, "second", Role::Approver, Some(URBAN));
        order_revision(&people.head, None, id, Order::Sign).await.expect("signs");
        let twice = order_revision(&people.head, None, id, Order::Sign).await;
        assert_eq!(refused(twice).code, "authoring.signed-already");
        order_revision(&second, None, id, Order::Sign).await.expect("signs");
        let by_admin = publish_revision(&people.admin, None, id, &shown.digest).await;
        assert!(matches!(by_admin, Err(Fault::NotAllowed)), "only the office publishes: {by_admin:?}");
        assert_eq!(refused(publish_revision(&people.office, None, id, "else").await).code, "authoring.text-moved");
        let before = world.part::<Shelf>().release;
        let release = publish_revision(&people.office, None, id, &shown.digest).await.expect("is published");
        let shelf = world.part::<Shelf>();
        assert!(release != before && shelf.release == release);
        let item = &shelf.catalog().items[ITEM];
        assert_eq!((item.version, item.plain.as_deref()), (2, Some("招牌设置")));
        assert_eq!(item.effective, testkit::day("2026-11-23"));
        let view = revisions::one(&people.head, id).await.expect("the revision");
        assert_eq!(view.line.state, State::Published);
        assert_eq!(refused(publish_revision(&people.office, None, id, &shown.digest).await).code, "authoring.not-now");
        remark(&people.head, None, id, "请窗口同步换样表").await.expect("is said");
        assert_eq!(revisions::one(&people.admin, id).await.expect("the revision").remarks.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_release_is_told_and_only_files_changed_on_both_sides_are_conflicts() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let (world, _) = world(url, &folder).await;
        let people = people(&world);
        let (mine, other) = (open(&people.admin, ITEM).await, open(&people.admin, ITEM).await);
        rename(&people.admin, mine, ITEM, "招牌甲").await.expect("is edited");
        rename(&people.admin, other, ITEM, "招牌乙").await.expect("is edited");
        sign_and_publish(&people, other).await.expect("is published");

        let view = revisions::one(&people.admin, mine).await.expect("the revision");
        assert!(!view.is_current && view.edits[0].in_conflict);
        let submit = Order::Submit { remark: String::new() };
        assert_eq!(refused(order_revision(&people.admin, None, mine, submit).await).code, "authoring.base-moved");
        assert_eq!(refused(rebase_revision(&people.admin, None, mine).await).code, "authoring.files-in-conflict");
        keep_mine(&people.admin, None, mine, "items/sign-filing.yaml").await.expect("the officer looked");
        rebase_revision(&people.admin, None, mine).await.expect("is laid over the newer one");
        sign_and_publish(&people, mine).await.expect("is published");
        let item = world.part::<Shelf>().catalog().items[ITEM].clone();
        assert_eq!((item.version, item.plain.as_deref()), (3, Some("招牌甲")), "a version over the newer one");

        // What others do not touch carries over without a question.
        let (one, two) = (open(&people.admin, ITEM).await, open(&people.office, "eia-form").await);
        rename(&people.admin, one, ITEM, "招牌丙").await.expect("is edited");
        rename(&people.office, two, "eia-form", "环评登记").await.expect("is edited");
        sign_and_publish(&people, one).await.expect("is published");
        rebase_revision(&people.office, None, two).await.expect("nothing to look at");
        assert!(revisions::one(&people.office, two).await.expect("the revision").is_current);
        let asked = catalogue::Asked { words: "eia-form".into(), ..Default::default() };
        let items = catalogue::page(&people.office, &asked, None).await.expect("the items").rows;
        assert_eq!(items[0].under_way.len(), 1, "the list of items says that it is being revised");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_edit_the_same_do_not_write_over_each_other() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let (world, _) = world(url, &folder).await;
        let people = people(&world);
        let id = open(&people.office, ITEM).await;
        let item = revisions::record(&people.office, id, Subject::Item, ITEM).await.expect("the item");
        let names = part(ITEM, "names");
        let seen = stamp(&form::rows(names.section, &item.value));
        let saved = async |visit: &Visit, plain: &str, seen: &str| {
            let mut rows = form::rows(names.section, &item.value);
            rows[0].cells.insert("plain", vec![plain.into()]);
            edit_section(visit, None, id, Part { seen: Some(seen), ..names }, &rows).await
        };
        saved(&people.office, "店招备案", &seen).await.expect("the first");
        let late = saved(&people.admin, "门头备案", &seen).await;
        assert_eq!(refused(late).code, "authoring.edited-meanwhile");
        let item = revisions::record(&people.office, id, Subject::Item, ITEM).await.expect("the item");
        assert_eq!(item.one("plain"), "店招备案", "nothing was written over");
        let now = stamp(&form::rows(names.section, &item.value));
        saved(&people.admin, "门头备案", &now).await.expect("who has seen it may change it");

        // Many at once add to one file: whoever is told it is done finds it there.
        let order = OpenRevision { title: "现场照片".into(), item: None, request: None };
        let all = open_revision(&people.office, None, order).await.expect("is opened");
        let add = async |number: usize| {
            let name = [("name", vec![format!("照片{number}")]), ("issuer", vec!["self".to_owned()])];
            let row = form::Row { at: None, cells: name.into() };
            let new = NewRecord { id: format!("photo-{number}"), path: "materials/business.yaml".into(), row };
            add_record(&people.office, None, all, Subject::Material, &new).await
        };
        let done = futures::future::join_all((0..6).map(add)).await;
        let (records, _) = revisions::records(&people.office, all, Subject::Material).await.expect("the materials");
        for (number, outcome) in done.into_iter().enumerate() {
            let is_there = records.iter().any(|(id, _)| *id == format!("photo-{number}"));
            match outcome {
                Ok(()) => assert!(is_there, "photo-{number} was acknowledged and lost"),
                Err(Fault::Conflict) => assert!(!is_there),
                late => assert_eq!((&*refused(late).code, is_there), ("authoring.edited-meanwhile", false)),
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_split_and_a_condition_is_made_of_choices() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let (world, _) = world(url, &folder).await;
        let people = people(&world);
        let id = open(&people.office, "change-individual").await;
        let item = revisions::record(&people.office, id, Subject::Item, "change-individual").await;
        let value = item.expect("the item").value;
        let all = |code: &str, path: &str, without: &str| -> BTreeSet<String> {
            let rows = form::rows(section(code), &value);
            rows.iter().map(|row| row.one(path).to_owned()).filter(|name| name != without).collect()
        };
        let leaf = |id: &str, name: &str, when: &str, papers: &str, fields: &str| Leaf {
            id: id.into(),
            name: name.into(),
            situation: name.into(),
            when: when.into(),
            materials: all("materials", "id", papers),
            fields: all("fields", "element", fields),
        };
        let address = Choices::new(
            Join::All,
            vec![Choice { fact: "change_items".into(), op: Op::Picked, values: vec![Literal::Text("address".into())] }],
        );
        let leaves = [
            leaf("change-individual-address", "个体工商户变更登记（经营场所）", &address.to_cel(), "", ""),
            leaf(
                "change-individual-other",
                "个体工商户变更登记（其他事项）",
                "!('address' in change_items)",
                "Z3",
                "new_addr",
            ),
        ];
        let few = split_item(&people.office, None, id, "change-individual", &leaves[..1]).await;
        assert_eq!(refused(few).code, "authoring.split-few");
        split_item(&people.office, None, id, "change-individual", &leaves).await.expect("is split");
        let run = dry_run(&people.office, id).await.expect("a dry run");
        assert_eq!(run.records.iter().filter(|one| one.subject == Subject::Item).count(), 3);
        let lists = run.lists.unwrap_or_else(|| {
            panic!("no errors: {:#?}", run.found.iter().filter(|one| one.is_new).collect::<Vec<_>>())
        });
        assert_eq!(lists.len(), 6, "power and duty of each: {lists:?}");

        // The condition of the papers of one leaf, from choices.
        let cel = Choices::new(
            Join::Any,
            vec![
                Choice { fact: "has_agent".into(), op: Op::Holds, values: Vec::new() },
                Choice { fact: "change_items".into(), op: Op::Picked, values: vec![Literal::Text("name".into())] },
            ],
        )
        .to_cel();
        let at = part("change-individual-other", "materials");
        edit_when(&people.office, None, id, (at, 0), &cel).await.expect("is written");
        let item = revisions::record(&people.office, id, at.subject, at.id).await.expect("the item");
        let rows = form::rows(at.section, &item.value);
        assert_eq!(rows[0].one("when"), "has_agent || 'name' in change_items");

        order_revision(&people.office, None, id, Order::Submit { remark: "按变更内容拆分".into() })
            .await
            .expect("handed in");
        for name in ["market-head", "market-second"] {
            let head = officer(&world, name, Role::Approver, Some("market-chancheng"));
            order_revision(&head, None, id, Order::Sign).await.expect("signs");
        }
        let shown = dry_run(&people.office, id).await.expect("a dry run").digest;
        publish_revision(&people.office, None, id, &shown).await.expect("is published");
        let shelf = world.part::<Shelf>();
        let items = &shelf.catalog().items;
        assert_eq!(items["change-individual"].status, ItemStatus::Cancelled);
        let (one, two) = (&items["change-individual-address"], &items["change-individual-other"]);
        assert_eq!(one.implementation_code(), two.implementation_code());
        assert_ne!(one.code, two.code);
        assert_eq!(one.materials.len(), two.materials.len() + 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_a_window_becomes_a_version() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let (world, hands) = world(url, &folder).await;
        let people = people(&world);
        let order = NewRequest { item: ITEM.into(), what: String::new(), why: " ".into(), case_number: String::new() };
        let empty = file_request(&people.clerk, None, order.clone()).await;
        assert!(matches!(&empty, Err(Fault::Invalid(faults)) if faults.len() == 2), "both at once: {empty:?}");
        let order = NewRequest {
            what: "不再收载体使用权证明复印件".into(), why: "窗口每件都要退回补".into(), ..order
        };
        let one = file_request(&people.clerk, None, order.clone()).await.expect("is filed");
        let two = file_request(&people.clerk, None, order).await.expect("is filed");
        let view = requests::one(&people.admin, one).await.expect("the authority sees it");
        assert_eq!(
            (view.clock, view.facts.answer_by),
            (RequestClock::InTime, testkit::day("2026-12-07")),
            "ten working days"
        );
        assert!(view.may_settle && !requests::one(&people.clerk, one).await.expect("its filer sees it").may_settle);
        let other = officer(&world, "other", Role::ItemAdmin, Some("market-chancheng"));
        assert!(matches!(requests::one(&other, one).await, Err(Fault::NotFound)));
        hands.set(testkit::moment("2026-12-08 09:00"));
        let waiting = requests::page(&people.office, &[request::State::Filed], None).await.expect("a page").rows;
        assert!(waiting.len() == 2 && waiting.iter().all(|one| one.clock == RequestClock::Overdue));

        let no_reason = settle_request(&people.admin, None, two, request::Order::Decline { reason: " ".into() }).await;
        assert_eq!(refused(no_reason).code, "authoring.reason-needed");
        let decline = request::Order::Decline { reason: "条例第十一条要求核对载体权属".into() };
        settle_request(&people.admin, None, two, decline).await.expect("is declined");

        let order = OpenRevision { title: "不收复印件".into(), item: Some(ITEM.into()), request: Some(one) };
        let id = open_revision(&people.admin, None, order.clone()).await.expect("is taken up");
        let again = open_revision(&people.admin, None, order).await;
        assert_eq!(refused(again).code, "authoring.request-not-now");
        // Withdrawn, it waits again; taken up by another, it is done when that is published.
        order_revision(&people.admin, None, id, Order::Withdraw { reason: "合并办理".into() })
            .await
            .expect("is withdrawn");
        assert_eq!(requests::one(&people.clerk, one).await.expect("the request").state, request::State::Filed);
        let id = open(&people.admin, ITEM).await;
        let take = request::Order::TakeUp { revision: id.to_string() };
        settle_request(&people.admin, None, one, take).await.expect("is taken up");
        rename(&people.admin, id, ITEM, "招牌").await.expect("is edited");
        sign_and_publish(&people, id).await.expect("is published");
        let done = requests::one(&people.clerk, one).await.expect("the request");
        assert_eq!(done.state, request::State::Done);
        assert_eq!(done.facts.done, Some((2, testkit::day("2026-12-08"))), "the version is named");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_is_asked_answered_and_counted() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let (world, hands) = world(url, &folder).await;
        let people = people(&world);
        let id = open(&people.admin, ITEM).await;
        rename(&people.admin, id, ITEM, "招牌").await.expect("is edited");
        let hidden = consultations::one(&people.visitor, id, None).await;
        assert!(matches!(hidden, Err(Fault::NotFound)), "a draft is nobody's business yet: {hidden:?}");
        order_revision(&people.admin, None, id, Order::Submit { remark: String::new() }).await.expect("is handed in");
        let consult = |day: &str| Order::Consult { last_day: testkit::day(day) };
        let short = refused(order_revision(&people.office, None, id, consult("2026-11-27")).await);
        assert_eq!(
            (short.code.as_ref(), short.facts["earliest"].as_str()),
            ("authoring.consultation-too-short", "2026-11-30")
        );
        order_revision(&people.office, None, id, consult("2026-11-30")).await.expect("the public is asked");

        let say = |stance, said: &str, with_name| NewComment { stance, said: said.into(), with_name };
        let empty = comment(&people.visitor, None, id, say(Stance::Suggestion, " ", false)).await;
        assert!(matches!(&empty, Err(Fault::Invalid(faults)) if faults[0].field == "said"), "{empty:?}");
        comment(&people.visitor, None, id, say(Stance::Agree, "", true)).await.expect("a bare stance is one");
        let subject = Uuid::new_v4();
        let resident = Visit::of(&world, Actor::resident(subject.to_string(), "林小满"));
        let words = "建议写明尺寸，我家在同安社区";
        comment(&resident, None, id, say(Stance::Suggestion, words, true)).await.expect("is taken");
        for _ in 0..4 {
            comment(&resident, None, id, say(Stance::Disagree, "", false)).await.expect("is taken");
        }
        let many = comment(&resident, None, id, say(Stance::Disagree, "", false)).await;
        assert!(matches!(many, Err(Fault::TooMany)), "one person does not fill the page: {many:?}");
        assert!(matches!(
            comment(&people.admin, None, id, say(Stance::Agree, "", false)).await,
            Err(Fault::NotAllowed)
        ));

        let public = consultations::one(&people.visitor, id, None).await.expect("the page");
        assert!(public.comments.is_empty(), "nothing is shown before it is answered");
        assert_eq!(public.line.counts[&Stance::Disagree], 4, "but all are counted");
        assert_eq!(public.changes.len(), 1);
        let (_, all, _) = consultations::said(&people.office, id, None).await.expect("the office reads them");
        assert!(matches!(consultations::said(&people.admin, id, None).await, Err(Fault::NotAllowed)));
        let named = all.iter().find(|one| one.said.as_deref() == Some(words)).expect("the suggestion");
        assert_eq!(named.name.as_deref(), Some("林小满"));
        for one in &all {
            let shown = one.stance == Stance::Agree;
            let order = AnswerComment { answer: "已采纳".into(), shown };
            answer_comment(&people.office, None, one.id, order).await.expect("is answered");
        }
        let public = consultations::one(&people.visitor, id, None).await.expect("the page");
        assert_eq!(public.comments.len(), 6);
        assert!(public.comments.iter().all(|one| one.name.is_none() && one.said.as_deref() != Some(words)));

        // It ends by itself, and not a day early.
        let run = async || {
            let dispatcher = Dispatcher::new(world.clone(), Vec::new(), authoring_service::jobs());
            dispatcher.run_until_empty().await.expect("the queue runs");
        };
        hands.set(testkit::moment("2026-11-30 23:59"));
        run().await;
        assert_eq!(revisions::one(&people.admin, id).await.expect("it").line.state, State::Consulting);
        hands.set(testkit::moment("2026-12-01 00:01"));
        let late = comment(&people.visitor, None, id, say(Stance::Agree, "", false)).await;
        assert_eq!(refused(late).code, "authoring.not-consulting", "also before the job has run");
        run().await;
        assert_eq!(revisions::one(&people.admin, id).await.expect("it").line.state, State::Submitted);
        let again = order_revision(&people.office, None, id, consult("2026-12-20")).await;
        assert_eq!(refused(again).code, "authoring.consulted-already");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_heads_at_once_are_two_signatures_and_one_is_never_lost() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let (world, _) = world(url, &folder).await;
        let people = people(&world);
        let id = open(&people.admin, ITEM).await;
        rename(&people.admin, id, ITEM, "招牌").await.expect("is edited");
        order_revision(&people.admin, None, id, Order::Submit { remark: String::new() }).await.expect("is handed in");
        let second = officer(&world, "second", Role::Approver, Some(URBAN));
        let (one, two) = tokio::join!(
            order_revision(&people.head, None, id, Order::Sign),
            order_revision(&second, None, id, Order::Sign)
        );
        let done = [&one, &two].into_iter().filter(|outcome| outcome.is_ok()).count();
        let signed = revisions::one(&people.admin, id).await.expect("it").line.facts.signatures.len();
        assert!(done >= 1 && signed == done, "{one:?} {two:?}: {signed}");
    })
    .await;
}
