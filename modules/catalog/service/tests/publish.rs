//! Publishing the sample district: once, again, changed, and changed where it must not be.

use std::path::Path;

use access::Policies;
use access_service::Visit;
use catalog::SourceFile;
use catalog_service::acts::{Published, publish};
use catalog_service::{Shelf, folder, reads};
use platform::{Clock, Config, Fault, Migrations, World};

fn sample() -> Vec<SourceFile> {
    folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng"))
        .expect("the sample district")
}

async fn world(url: String, files: &tempfile::TempDir) -> World {
    let config = Config { database_url: url, data: files.path().to_owned(), ..Config::default() };
    let world = World::open(config, Clock::fixed(testkit::moment("2026-10-12 09:00"))).await.expect("a world");
    let migrations = [
        Migrations::new("access", access_service::migrations()),
        Migrations::new("catalog", catalog_service::migrations()),
    ];
    world.db.migrate(&migrations).await.expect("migrations");
    world.parts.install(Policies::compile(&[access::acts::ACCESS, catalog::acts::CATALOG]).expect("policies"));
    world
}

/// The sample with one text replaced in one file.
fn edited(path: &str, from: &str, to: &str) -> Vec<SourceFile> {
    let mut files = sample();
    let file = files.iter_mut().find(|file| file.path == path).expect("the file");
    assert!(file.text.contains(from), "{path} says {from}");
    *file = SourceFile::new(path, file.text.replacen(from, to, 1));
    files
}

const SALON: &str = "items/hygiene-permit-salon.yaml";

#[tokio::test]
async fn a_release_is_published_once_and_served_from_the_database() {
    testkit::each_engine(async |url| {
        let blobs = tempfile::tempdir().expect("a folder");
        let world = world(url, &blobs).await;
        let visit = Visit::system(&world);
        assert!(Shelf::install(&world).await.expect("a database").is_none(), "nothing is published yet");
        let first = publish(&visit, &sample()).await.expect("publishes");
        let Published::Released { items, new_versions, .. } = first else { panic!("{first:?}") };
        assert!(items >= 24 && new_versions == items, "{items} items, {new_versions} new");
        assert!(matches!(publish(&visit, &sample()).await, Ok(Published::Unchanged { .. })));
        let shelf = Shelf::install(&world).await.expect("a database").expect("a shelf");
        assert_eq!(shelf.catalog().items.len(), items);
        assert_eq!(shelf.region_name("440604012"), "祖庙街道");
    })
    .await;
}

#[tokio::test]
async fn a_published_version_never_changes_and_a_pin_reads_it_for_ever() {
    testkit::each_engine(async |url| {
        let blobs = tempfile::tempdir().expect("a folder");
        let world = world(url, &blobs).await;
        let visit = Visit::system(&world);
        publish(&visit, &sample()).await.expect("publishes");
        let shelf = Shelf::install(&world).await.expect("a database").expect("a shelf");
        let old = shelf.catalog().items["hygiene-permit-salon"].clone();

        let same_version = edited(SALON, &format!("name: {}", old.name), &format!("name: {}（改）", old.name));
        let Err(Fault::Refusal(refusal)) = publish(&visit, &same_version).await else { panic!("refused") };
        assert_eq!(refusal.code, "catalog.version-changed");

        let raised: Vec<SourceFile> = same_version
            .into_iter()
            .map(|file| {
                if file.path == SALON {
                    SourceFile::new(SALON, file.text.replacen("version: 1", "version: 2", 1))
                } else {
                    file
                }
            })
            .collect();
        let released = publish(&visit, &raised).await.expect("publishes");
        assert!(matches!(released, Published::Released { new_versions: 1, .. }), "{released:?}");
        let shelf = Shelf::install(&world).await.expect("a database").expect("a shelf");
        let new = &shelf.catalog().items["hygiene-permit-salon"];
        assert_eq!((new.version, new.name.ends_with("（改）")), (2, true));
        let pinned = reads::item_at(&world, world.db.reader(), &old.pin()).await.expect("the pinned version");
        assert_eq!(pinned, old);
    })
    .await;
}

#[tokio::test]
async fn a_folder_with_errors_publishes_nothing_and_only_standards_officers_publish() {
    testkit::each_engine(async |url| {
        let blobs = tempfile::tempdir().expect("a folder");
        let world = world(url, &blobs).await;
        let broken = edited(SALON, "version: 1", "version: eins");
        let outcome = publish(&Visit::system(&world), &broken).await.expect("looks at it");
        let Published::Faulty(diagnostics) = outcome else { panic!("{outcome:?}") };
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.place.file == SALON), "{diagnostics:?}");
        let resident = Visit::of(&world, access::Actor::resident("p1", "陈小明"));
        assert_eq!(publish(&resident, &sample()).await.err(), Some(Fault::NotAllowed));
        assert!(Shelf::install(&world).await.expect("a database").is_none());
    })
    .await;
}
