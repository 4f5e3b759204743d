//! A world with the sample district, a few residents, one clerk and one approver.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use access::{Policies, Role};
use access_service::accounts::{StaffAccount, put_accounts};
use access_service::{Visit, Words};
use catalog_service::acts::publish;
use platform::{Clock, Config, Migrations, World};
use records_service::sample::{DemoPerson, demo_people};
use themes_service::ThemeShelf;

/// A Monday, and a working day.
pub const TODAY: &str = "2026-11-23";
pub const PASSWORD: &str = "yimen-2026";

/// A world on a fresh SQLite file, with its folder; dropping the folder ends it.
pub async fn house() -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("yimen.db").display());
    let world = open(&url, folder.path()).await;
    fill(&world).await;
    (world, folder)
}

/// The world on this database, with policies and words.
pub async fn open(url: &str, data: &Path) -> World {
    let config = Config { database_url: url.to_owned(), data: data.to_owned(), ..Config::default() };
    let world = World::open(config, Clock::on(testkit::day(TODAY))).await.expect("a world");
    let policies = [access::acts::ACCESS, catalog::acts::CATALOG, records::RECORDS, casework::CASEWORK, themes::THEMES];
    world.parts.install(Policies::compile(&policies).expect("policies"));
    let texts = [
        access_service::TEXT_ZH,
        catalog_service::TEXT_ZH,
        records_service::TEXT_ZH,
        casework_service::TEXT_ZH,
        themes_service::TEXT_ZH,
    ];
    world.parts.install(Words::collect(&texts).expect("words"));
    world
}

/// Tables, catalogue, people and staff.
pub async fn fill(world: &World) {
    let modules = [
        Migrations::new("access", access_service::migrations()),
        Migrations::new("catalog", catalog_service::migrations()),
        Migrations::new("records", records_service::migrations()),
        Migrations::new("casework", casework_service::migrations()),
        Migrations::new("themes", themes_service::migrations()),
    ];
    world.db.migrate(&modules).await.expect("tables");
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let files = catalog_service::folder::read(&folder).expect("the sample district");
    publish(&Visit::system(world), &files).await.expect("a release");
    shelves(world).await;
    let shelf = world.part::<catalog_service::Shelf>();
    let people = records_service::sample::people(7, 20, shelf.catalog(), world.clock.today());
    records_service::acts::load_people(&world.db, &people).await.expect("people");
    let clerk = StaffAccount {
        login: "clerk1".into(),
        name: "陈蔼仪".into(),
        roles: BTreeSet::from([Role::Clerk]),
        region: "440604".into(),
        authority: Some("data-chancheng".into()),
        hall: Some("district-hall".into()),
    };
    let approver = StaffAccount {
        login: "approver1".into(),
        name: "区卫民".into(),
        roles: BTreeSet::from([Role::Approver]),
        authority: Some("health-chancheng".into()),
        hall: None,
        ..clerk.clone()
    };
    put_accounts(world, &[clerk, approver], PASSWORD).await.expect("an account");
}

/// The catalogue and its themes, in memory.
pub async fn shelves(world: &World) {
    catalog_service::Shelf::install(world).await.expect("a shelf");
    ThemeShelf::install(world).await.expect("themes");
}

/// One of the demo people.
pub fn person(key: &str) -> DemoPerson {
    demo_people().into_iter().find(|one| one.key == key).unwrap_or_else(|| panic!("no demo person {key}"))
}
