//! The lists, on both engines: they follow the catalogue, take in what an office brings, tell what is wrong with it, publish
//! what is sound, and keep every version.

use std::path::Path;

use access::{Actor, ActorKind, Policies, Role};
use access_service::{Visit, Words};
use catalog_service::acts::publish;
use catalog_service::{Shelf, folder};
use kernel::refusal::Refusal;
use platform::{Clock, Config, Fault, Migrations, RequestKey, World};
use standards::defect::DefectKind;
use standards::{ListKind, Sheet};
use standards_service::acts::{
    BringIn, Counts, Followed, bring_in, drop_batch, follow_catalogue, map_columns, publish_list, withdraw_row,
};
use standards_service::reads::batches;
use standards_service::reads::lists::{Asked, all, page, totals, versions};
use standards_service::sheets;
use tempfile::TempDir;
use uuid::Uuid;

const GUANGAN: &[u8] = include_bytes!("../../../../samples/guangan/items-2025.csv");

async fn world(url: String, folder: &TempDir) -> World {
    let keys = Some(testkit::engines::key_folder());
    let config = Config { database_url: url, data: folder.path().to_owned(), keys, ..Config::default() };
    let world = World::open(config, Clock::fixed(testkit::moment("2026-11-23 09:00"))).await.expect("a world");
    let migrations = [
        Migrations::new("access", access_service::migrations()),
        Migrations::new("catalog", catalog_service::migrations()),
        Migrations::new("standards", standards_service::migrations()),
    ];
    world.db.migrate(&migrations).await.expect("migrations");
    let modules = [access::acts::ACCESS, catalog::acts::CATALOG, standards::acts::STANDARDS];
    world.parts.install(Policies::compile(&modules).expect("policies"));
    let words = [access_service::TEXT_ZH, catalog_service::TEXT_ZH, standards_service::TEXT_ZH];
    world.parts.install(Words::collect(&words).expect("words"));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let files = folder::read(&sample).expect("the sample district");
    publish(&Visit::system(&world), &files).await.expect("a release");
    Shelf::install(&world).await.expect("a database").expect("a shelf");
    world
}

fn officer(world: &World, role: Role) -> Visit {
    at(world, role, (role == Role::ItemAdmin).then_some("market-chancheng"))
}

fn at(world: &World, role: Role, authority: Option<&str>) -> Visit {
    let authority = authority.map(str::to_owned);
    let kind = ActorKind::Staff { roles: [role].into(), region: "440604".into(), authority, hall: None };
    Visit::of(world, Actor { id: "officer".into(), name: "周敏仪".into(), kind })
}

fn file(bytes: &[u8]) -> BringIn {
    BringIn { file: "广安区事项.csv".into(), bytes: bytes.to_vec(), list: ListKind::Power }
}

fn refusal(outcome: Result<impl std::fmt::Debug, Fault>) -> Refusal {
    match outcome {
        Err(Fault::Refusal(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_lists_say_what_the_catalogue_says() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let world = world(url, &folder).await;
        let system = Visit::system(&world);
        let first = follow_catalogue(&system).await.expect("follows");
        assert!(first.added > 60 && first.changed == 0 && first.withdrawn == 0, "{first:?}");
        assert_eq!(follow_catalogue(&system).await.expect("again"), Followed::default(), "nothing is done twice");
        let visitor = Visit::of(&world, Actor::visitor());
        let totals = totals(&visitor).await.expect("everybody may read");
        assert_eq!(
            totals.by_list[&ListKind::Duty],
            totals.by_list[&ListKind::Power] + totals.by_list[&ListKind::Service]
        );
        let salon = Asked { item: "hygiene-permit-salon".into(), ..Asked::default() };
        let rows = all(&visitor, &salon).await.expect("the rows of an item");
        let power = rows.iter().find(|row| row.list == ListKind::Power).expect("a power");
        assert_eq!(power.stages.first().map(|stage| stage.name.as_str()), Some("受理"));
        assert!(power.basis.iter().any(|basis| &*basis.law == "公共场所卫生管理条例"));
        let duty = rows.iter().find(|row| row.list == ListKind::Duty).expect("its duties");
        assert!(duty.duties.iter().any(|duty| duty.text.contains("1个工作日")), "{:?}", duty.duties);

        // A row that follows the catalogue ends there.
        let id = page(&visitor, &salon, None).await.expect("a page").rows[0].id;
        let standards = officer(&world, Role::Standards);
        assert_eq!(refusal(withdraw_row(&standards, None, id, "重复").await).code, "standards.row-of-catalogue");
    })
    .await;
}

#[tokio::test]
async fn a_real_file_comes_in_is_told_its_defects_and_goes_out_as_it_came() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let world = world(url, &folder).await;
        let (bureau, standards) = (officer(&world, Role::ItemAdmin), officer(&world, Role::Standards));
        let key = RequestKey::new("officer", "one").expect("a key");
        let batch = bring_in(&bureau, Some(&key), file(GUANGAN)).await.expect("comes in");
        let again = bring_in(&bureau, Some(&key), file(GUANGAN)).await;
        assert!(matches!(again, Err(Fault::Repeated(_))), "pressed twice is brought in once: {again:?}");
        let view = batches::one(&bureau, batch).await.expect("the batch");
        let would = Counts { added: 1135, changed: 0, unchanged: 0, left_out: 0 };
        assert_eq!(view.would, Some(would));
        let unknown = view.defects.iter().find(|(kind, _)| *kind == DefectKind::UnitUnknown);
        assert_eq!(unknown, Some(&(DefectKind::UnitUnknown, 1135)), "another district's 区人社局 is not ours");
        let legacy = view.defects.iter().find(|(kind, _)| *kind == DefectKind::LegacyCode).expect("old codes");
        assert!(legacy.1 > 0);
        assert!(
            matches!(publish_list(&bureau, None, batch).await, Err(Fault::NotAllowed)),
            "a bureau publishes nothing"
        );
        assert_eq!(publish_list(&standards, None, batch).await.expect("publishes"), would);
        assert_eq!(refusal(publish_list(&standards, None, batch).await).code, "standards.batch-settled");
        assert_eq!(refusal(drop_batch(&standards, None, batch).await).code, "standards.batch-settled");

        let visitor = Visit::of(&world, Actor::visitor());
        let rows = all(&visitor, &Asked::default()).await.expect("all rows");
        assert_eq!(rows.len(), 1135);
        let services = Asked { list: Some(ListKind::Service), ..Asked::default() };
        assert_eq!(page(&visitor, &services, None).await.expect("a page").total, 348);
        let words = Asked { words: "延缓入学".into(), ..Asked::default() };
        assert_eq!(page(&visitor, &words, None).await.expect("found").rows.len(), 1);

        // What goes out comes in again, and is the same.
        let sheet = standards::writing::write(&rows);
        for bytes in [sheets::csv(&sheet).expect("CSV"), sheets::xlsx(&sheet, |_, _| sheets::Mark::None).expect("XLSX")]
        {
            let back = bring_in(&bureau, None, file(&bytes)).await.expect("comes in");
            let would = batches::one(&bureau, back).await.expect("the batch").would.expect("open");
            assert_eq!(would, Counts { added: 0, changed: 0, unchanged: 1135, left_out: 0 });
            drop_batch(&bureau, None, back).await.expect("is dropped");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_stays_behind_and_goes_back_with_a_word_beside_each_row() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let world = world(url, &folder).await;
        let standards = officer(&world, Role::Standards);
        let said = "职权名称,备注,单位\n城市绿化审批,甲,区园林局\n,乙,区园林局\n城市绿化审批,丙,区园林局\n";
        let batch = bring_in(&standards, None, file(said.as_bytes())).await.expect("comes in");
        let view = batches::one(&standards, batch).await.expect("the batch");
        assert_eq!(view.would, Some(Counts { added: 1, changed: 0, unchanged: 0, left_out: 2 }));
        let (name, bytes) = batches::sent_back(&standards, batch).await.expect("the file that goes back");
        assert_eq!(name, "广安区事项（问题清单）.xlsx");
        let back: Sheet = sheets::read(&bytes).expect("a table");
        assert_eq!(back.heads, ["职权名称", "备注", "单位", "问题", "怎么改"]);
        assert!(back.rows[1][3].contains("没有事项名称") && back.rows[1][4].contains("补上事项名称"), "{:?}", back.rows[1]);
        assert!(back.rows[2][3].contains("与第 2 行重复"), "{:?}", back.rows[2]);
        assert_eq!(publish_list(&standards, None, batch).await.expect("the sound row").added, 1);
        let visitor = Visit::of(&world, Actor::visitor());
        let row = &page(&visitor, &Asked::default(), None).await.expect("a page").rows[0];
        assert_eq!(row.row.other.get("备注").map(String::as_str), Some("甲"), "columns of theirs go along");

        // The next file changes it; both versions stay, and withdrawing tells why.
        let said = "职权名称,备注,单位,设定依据\n城市绿化审批,甲,区园林局,《城市绿化条例》第二十条：任何单位和个人都不得擅自占用城市绿化用地\n";
        let batch = bring_in(&standards, None, file(said.as_bytes())).await.expect("comes in");
        assert_eq!(publish_list(&standards, None, batch).await.expect("publishes").changed, 1);
        let empty = withdraw_row(&standards, None, row.id, "  ").await;
        assert!(matches!(empty, Err(Fault::Invalid(_))), "{empty:?}");
        withdraw_row(&standards, None, row.id, "职权已划转区住建水利局").await.expect("is withdrawn");
        let history = versions(&visitor, row.id).await.expect("its versions");
        assert_eq!(history.len(), 2);
        assert_eq!(history[0].reason.as_deref(), Some("职权已划转区住建水利局"));
        assert_eq!(history[0].row.basis[0].article, "第二十条");
        assert_eq!(history[1].ended.as_deref(), Some("changed"));
        assert_eq!(page(&visitor, &Asked::default(), None).await.expect("a page").total, 0);
        assert_eq!(refusal(withdraw_row(&standards, None, row.id, "再来").await).code, "standards.row-ended");
    })
    .await;
}

#[tokio::test]
async fn columns_are_named_by_people_where_the_heads_say_nothing() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let world = world(url, &folder).await;
        let standards = officer(&world, Role::Standards);
        let said = "甲列,乙列\n城市绿化审批,区园林局\n";
        let batch = bring_in(&standards, None, file(said.as_bytes())).await.expect("comes in");
        let view = batches::one(&standards, batch).await.expect("the batch");
        assert_eq!(view.missing.len(), 2, "neither name nor unit has a place");
        assert_eq!(refusal(publish_list(&standards, None, batch).await).code, "standards.nothing-sound");
        use standards::column::Column;
        let half = map_columns(&standards, None, batch, ListKind::Power, [(Column::Name, 0)].into()).await;
        assert!(matches!(&half, Err(Fault::Invalid(faults)) if faults[0].field == "map-unit"), "{half:?}");
        let beyond = [(Column::Name, 0), (Column::Unit, 9)].into();
        let beyond = map_columns(&standards, None, batch, ListKind::Power, beyond).await;
        assert!(matches!(&beyond, Err(Fault::Invalid(faults)) if faults[0].code == "unknown-place"), "{beyond:?}");
        let both = [(Column::Name, 0), (Column::Unit, 1)].into();
        map_columns(&standards, None, batch, ListKind::Service, both).await.expect("is mapped");
        assert_eq!(publish_list(&standards, None, batch).await.expect("publishes").added, 1);
        let visitor = Visit::of(&world, Actor::visitor());
        let row = &page(&visitor, &Asked::default(), None).await.expect("a page").rows[0].row;
        assert_eq!((row.list, row.unit.name.as_str()), (ListKind::Service, "区园林局"));
    })
    .await;
}

#[tokio::test]
async fn two_who_publish_at_once_do_not_both_win() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let world = world(url, &folder).await;
        let standards = officer(&world, Role::Standards);
        let batch = bring_in(&standards, None, file(GUANGAN)).await.expect("comes in");
        let (one, two) = tokio::join!(publish_list(&standards, None, batch), publish_list(&standards, None, batch));
        let wins = [&one, &two].iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(wins, 1, "{one:?} {two:?}");
        assert_eq!(all(&standards, &Asked::default()).await.expect("all rows").len(), 1135);
        assert!(versions(&standards, Uuid::nil()).await.is_err(), "what is not there is not found");
    })
    .await;
}

#[tokio::test]
async fn an_authority_sees_the_files_it_brought_and_no_other() {
    testkit::each_engine(async |url| {
        let folder = TempDir::new().expect("a folder");
        let world = world(url, &folder).await;
        let (market, office) = (officer(&world, Role::ItemAdmin), officer(&world, Role::Standards));
        let health = at(&world, Role::ItemAdmin, Some("health-chancheng"));
        let own = bring_in(&market, None, file(GUANGAN)).await.expect("comes in");
        let offices = bring_in(&office, None, file(GUANGAN)).await.expect("comes in");
        let seen = async |visit: &Visit| -> Vec<Uuid> {
            batches::list(visit).await.expect("may look").into_iter().map(|line| line.id).collect()
        };
        assert_eq!(seen(&market).await, [own]);
        assert_eq!(seen(&health).await, [] as [Uuid; 0]);
        assert_eq!(seen(&office).await, [offices, own], "the office sees all");
        for batch in [own, offices] {
            assert!(matches!(batches::one(&health, batch).await, Err(Fault::NotFound)));
            assert!(matches!(drop_batch(&health, None, batch).await, Err(Fault::NotFound)));
            let mapped = map_columns(&health, None, batch, ListKind::Power, [].into()).await;
            assert!(matches!(mapped, Err(Fault::NotFound)), "{mapped:?}");
        }
        drop_batch(&market, None, own).await.expect("its own it may");
        let nobody = at(&world, Role::ItemAdmin, None);
        assert!(matches!(batches::list(&nobody).await, Err(Fault::NotAllowed)));
    })
    .await;
}
