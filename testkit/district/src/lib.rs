//! The sample district as a world for tests: published, staffed and peopled once in a process, copied for each test.
//!
//! Stands beside the house, above the services: the doors hang their routes in it. Reads in this order: [`Sample`] (the
//! world), [`demo`] (its people), [`door`] (the frame around a door's routes), [`lists`] (what the modules declare).

mod lists;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use access::Actor;
use access_service::accounts::{FIRST_PASSWORD, put_accounts};
use access_service::{DemoMode, Visit, session};
use axum::Router;
use axum::middleware::from_fn_with_state;
use casework_service::PaperFile;
use catalog_service::{Shelf, acts::publish};
use documents::{Certificate, Press, PressFault, Printer, Sheet};
use platform::blobs::Expected;
use platform::{Clock, Config, Vault, World};
use records_service::sample::{DemoPerson, demo_people};
use tempfile::TempDir;
use themes_service::ThemeShelf;
use tokio::sync::OnceCell;

pub use lists::{migrations, policies, sealed, words};

/// When it is: nine o'clock on a Monday that is a working day.
pub const NOW: &str = "2026-11-23 09:00";

/// Residents beside the demo people: families enough for every page.
const RESIDENTS: usize = 60;
/// The seed they are invented from.
const SEED: u64 = 7;

/// Where the keys lie beside the database.
const KEYS: &str = "keys";

/// A small file that is what it says.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// A district of one's own, a demonstration on SQLite; dropping it ends it.
pub struct Sample {
    pub world: World,
    _folder: TempDir,
}

impl Sample {
    /// A fresh one, with the words of these doors beside those of the modules.
    pub async fn open(doors: &[&str]) -> Self {
        Self::open_with(doors, |_| {}).await
    }

    /// The same under a configuration of the test's own.
    pub async fn open_with(doors: &[&str], change: impl FnOnce(&mut Config)) -> Self {
        static PREPARED: OnceCell<Prepared> = OnceCell::const_new();
        let prepared = PREPARED.get_or_init(prepare).await;
        let folder = TempDir::with_prefix("yimen-district-").expect("a folder");
        prepared.copy_to(folder.path());
        let world = world(folder.path(), doors, change).await;
        shelves(&world).await;
        world.parts.install(DemoMode(true));
        Self { world, _folder: folder }
    }

    /// The cookie of a member of staff who has signed in, `name=value`.
    pub async fn officer(&self, login: &str) -> String {
        let opened = access_service::acts::sign_in_staff(&self.world, login, FIRST_PASSWORD).await.expect("signs in");
        format!("{}={}", session::COOKIE, opened.token)
    }

    /// The cookie of a demo person who has signed in.
    pub async fn resident(&self, key: &str) -> String {
        let visit = Visit::of(&self.world, Actor::visitor());
        let opened = records_service::acts::demo_sign_in(&visit, &demo(key)).await.expect("signs in");
        format!("{}={}", session::COOKIE, opened.token)
    }

    /// A visit by a member of staff without a browser.
    pub async fn officer_visit(&self, login: &str) -> Visit {
        let opened = access_service::acts::sign_in_staff(&self.world, login, FIRST_PASSWORD).await.expect("signs in");
        Visit::of(&self.world, opened.actor)
    }

    /// A visit by a demo person without a browser.
    pub fn resident_visit(&self, key: &str) -> Visit {
        let person = demo(key);
        Visit::of(&self.world, Actor::resident(person.subject.to_string(), person.name))
    }

    /// A stored PDF of this name, as an application takes it.
    pub async fn pdf(&self, name: &str) -> PaperFile {
        let content = futures::stream::iter([Ok::<_, std::io::Error>(PDF)]);
        let expected = Expected { field: "file", name: Some(name), limit: 10 << 20 };
        let stored = self.world.blobs.put(content, expected).await.expect("the file is kept");
        PaperFile { blob: stored.id, name: name.into(), kind: stored.kind.media_type().into(), size: stored.len }
    }
}

/// A press that knows one blank page: setting type is the business of the crate `press` and tested there.
struct OnePage;

impl Press for OnePage {
    fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PressFault> {
        Ok(testkit::paper::one_page(&sheet.number))
    }

    fn certificate(&self, one: &Certificate) -> Result<Vec<u8>, PressFault> {
        Ok(testkit::paper::one_page(&format!("{} {}", one.number, one.watermark.join(" "))))
    }
}

/// Gives a world a press and a key store: without them no licence's file is made.
pub fn with_press_and_keys(world: &World) {
    world.parts.install(Printer(Arc::new(OnePage)));
    world.parts.install(Vault::open(&world.config).expect("a key store"));
}

/// The demo person of this key.
pub fn demo(key: &str) -> DemoPerson {
    demo_people().into_iter().find(|person| person.key == key).unwrap_or_else(|| panic!("no demo person {key}"))
}

/// These routes in the frame they hang in: faults dressed, styles beside them, the headers of every page.
pub fn door(world: &World, routes: Router<World>) -> Router {
    let dressed = routes
        .merge(ui::routes())
        .layer(from_fn_with_state(world.clone(), access_service::door::dress))
        .with_state(world.clone());
    ui::guarded(dressed)
}

/// The folder of the sample.
pub fn sample_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/chancheng")
}

fn database(folder: &Path) -> PathBuf {
    folder.join("test.db")
}

async fn world(folder: &Path, doors: &[&str], change: impl FnOnce(&mut Config)) -> World {
    let database_url = format!("sqlite:{}?mode=rwc", database(folder).display());
    let mut config = Config { database_url, data: folder.to_owned(), ..Config::default() };
    change(&mut config);
    let world = World::open(config, Clock::fixed(testkit::moment(NOW))).await.expect("the world opens");
    world.parts.install(policies());
    world.parts.install(lists::sealed());
    world.parts.install(words(doors));
    world
}

async fn shelves(world: &World) {
    Shelf::install(world).await.expect("a database").expect("a catalogue was published");
    ThemeShelf::install(world).await.expect("themes");
}

/// The sample loaded as `yimen load` does: the file of a database and those of its keys, in memory.
struct Prepared {
    database: Vec<u8>,
    keys: Vec<(OsString, Vec<u8>)>,
}

impl Prepared {
    fn copy_to(&self, folder: &Path) {
        std::fs::write(database(folder), &self.database).expect("the database is copied");
        let keys = folder.join(KEYS);
        std::fs::create_dir(&keys).expect("a folder for the keys");
        for (name, content) in &self.keys {
            std::fs::write(keys.join(name), content).expect("a key is copied");
        }
    }
}

async fn prepare() -> Prepared {
    let folder = TempDir::with_prefix("yimen-district-").expect("a folder");
    let world = world(folder.path(), &[], |_| {}).await;
    world.db.migrate(&migrations()).await.expect("tables");
    let files = catalog_service::folder::read(&sample_folder()).expect("the sample district");
    publish(&Visit::system(&world), &files).await.expect("a release");
    shelves(&world).await;
    standards_service::acts::follow_catalogue(&Visit::system(&world)).await.expect("the lists follow");
    let shelf = world.part::<Shelf>();
    put_accounts(&world, &shelf.accounts(), FIRST_PASSWORD).await.expect("accounts");
    let people = records_service::sample::people(SEED, RESIDENTS, shelf.catalog(), world.clock.today());
    records_service::acts::load_people(&world.db, &people).await.expect("people");
    // Closing folds the log into the file.
    world.db.close().await;
    let files = std::fs::read_dir(folder.path().join(KEYS)).expect("the keys");
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        let file = file.expect("a key");
        (file.file_name(), std::fs::read(file.path()).expect("a key"))
    };
    Prepared {
        database: std::fs::read(database(folder.path())).expect("the database"),
        keys: files.map(read).collect(),
    }
}
