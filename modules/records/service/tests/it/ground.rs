//! What the tests stand on: the sample's catalogue, a world on each engine, a few people.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use access::{Actor, ActorKind, Policies, Role};
use access_service::Visit;
use catalog::{Catalog, SourceFile};
use chrono::NaiveDate;
use kernel::id::{ApplicationId, CaseId, SubjectId, Uuid};
use platform::sealed::Sealer;
use platform::world::Ground;
use platform::{Blobs, Clock, Config, Database, Migrations, World};
use records_service::sample::{self, DemoPerson, People, demo_people};

pub static CATALOG: LazyLock<Catalog> = LazyLock::new(chancheng);
pub static PEOPLE: LazyLock<People> = LazyLock::new(|| sample::people(20_261_122, 200, &CATALOG, today()));

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// The sample district. Faults in it are the catalogue's tests' business; what can be read is enough here.
fn chancheng() -> Catalog {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let mut files = Vec::new();
    for part in ["", "authorities", "elements", "items", "licences", "materials", "laws"] {
        for entry in std::fs::read_dir(root.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                files.push(SourceFile::new(name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    catalog::compile::examine(&files).compiled.catalog
}

/// Runs a test in a world with the sample's people, on both engines, each time on a database of its own.
pub async fn each_world(body: impl AsyncFn(World)) {
    each_world_with(|_, _| {}, body).await;
}

/// The same with a configuration of the test's own; the folder is the world's.
pub async fn each_world_with(change: impl Fn(&mut Config, &Path), body: impl AsyncFn(World)) {
    let prepare = async |url: String| {
        let db = open(&url).await;
        db.migrate(&[Migrations::new("records", records_service::migrations())]).await.unwrap();
        let added = records_service::acts::load_people(&db, &PEOPLE).await.unwrap();
        assert_eq!(added, PEOPLE.residents.len());
        db.close().await;
    };
    testkit::engines::each_engine_from("records", prepare, async |url: String| {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::on(today());
        let db = open(&url).await.with_clock(clock.clone());
        let blobs =
            Blobs::open(folder.path().join("blobs"), Sealer::in_folder(testkit::engines::key_folder())).unwrap();
        let mut config = Config { database_url: url, ..Config::default() };
        change(&mut config, folder.path());
        let world = World::of(Ground { db, clock, blobs, config, parts: Default::default() });
        world.parts.install(Policies::compile(&[records::RECORDS]).unwrap());
        body(world.clone()).await;
        world.db.close().await;
    })
    .await;
}

/// The database with the keys of this process.
pub async fn open(url: &str) -> Database {
    Database::open(url).await.unwrap().with_sealer(Sealer::in_folder(testkit::engines::key_folder()))
}

pub fn demo(key: &str) -> DemoPerson {
    demo_people().into_iter().find(|one| one.key == key).unwrap()
}

pub fn as_resident(world: &World, key: &str) -> Visit {
    let person = demo(key);
    Visit::of(world, Actor::resident(person.subject.to_string(), person.name))
}

pub fn as_staff(world: &World, role: Role, region: &str) -> Visit {
    let kind = ActorKind::Staff { roles: BTreeSet::from([role]), region: region.into(), authority: None, hall: None };
    Visit::of(world, Actor { id: format!("{}-1", role.name()), name: "李敏".into(), kind })
}

pub fn application() -> ApplicationId {
    ApplicationId::from_uuid(Uuid::from_u128(1))
}

pub fn case() -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(2))
}

pub fn nobody() -> SubjectId {
    SubjectId::from_uuid(Uuid::from_u128(99))
}
