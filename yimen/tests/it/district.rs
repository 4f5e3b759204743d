//! The sample district: its folder, its people, and databases with it loaded, made once and copied for each test.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use platform::{Clock, Config, World};
use records_service::sample::{DemoPerson, demo_people};
use tempfile::TempDir;
use testkit::each_engine_from;

use crate::binary::yimen;
use crate::chart;

/// The themes of the contract.
pub const THEMES: [&str; 8] = [
    "open-hair-salon",
    "open-restaurant",
    "start-company",
    "newborn",
    "birth-registration",
    "unemployment-benefit",
    "renew-food-permit",
    "senior-allowance",
];

/// Residents in the databases of these tests: the demo people and some families around them.
pub const RESIDENTS: usize = 120;
/// The seed they are invented from.
pub const SEED: u64 = 7;

/// The folder of the sample.
pub fn sample() -> PathBuf {
    chart::root().join("samples/chancheng").canonicalize().expect("the sample lies in samples/chancheng")
}

/// A copy of the sample to plant mistakes in.
pub fn copy_of_sample() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&sample(), folder.path());
    folder
}

/// The demo person of this key.
pub fn demo(key: &str) -> DemoPerson {
    demo_people().into_iter().find(|person| person.key == key).unwrap_or_else(|| panic!("no demo person {key}"))
}

/// The address of the database in a data folder, as the program itself would say it.
pub fn database_of(data: &Path) -> String {
    format!("sqlite:{}?mode=rwc", data.join("yimen.db").display())
}

/// A data folder with the sample loaded into its SQLite file, for commands and servers of one test.
pub fn loaded_folder() -> TempDir {
    static LOADED: LazyLock<TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder");
        load(|load| load.data(folder.path()));
        folder
    });
    let folder = tempfile::tempdir().expect("a folder");
    copy(LOADED.path(), folder.path());
    folder
}

/// Runs `body` on both engines, each time with the address of a database of its own that holds the loaded sample.
pub async fn each_engine(body: impl AsyncFn(String)) {
    let prepare = async |url: String| {
        let folder = tempfile::tempdir().expect("a folder");
        load(|load| load.data(folder.path()).database(&url));
    };
    each_engine_from("sample-district", prepare, body).await;
}

/// The keys a database was filled with: those beside its file, else the ones all databases of this process share.
pub fn keys_of(url: &str) -> PathBuf {
    let file = url.strip_prefix("sqlite:").and_then(|rest| rest.split('?').next()).map(Path::new);
    let beside = file.and_then(Path::parent).map(|folder| folder.join("keys")).filter(|keys| keys.is_dir());
    beside.unwrap_or_else(testkit::engines::key_folder)
}

fn load(place: impl FnOnce(crate::binary::Yimen) -> crate::binary::Yimen) {
    let (path, residents, seed) = (sample(), RESIDENTS.to_string(), SEED.to_string());
    let load = yimen(["load", path.to_str().expect("a path"), "--residents", &residents, "--seed", &seed]);
    place(load).run().ends_with(0);
}

/// The world of a loaded database in this process, as `serve` opens it; files go into `data`.
pub async fn world(url: &str, data: &Path, clock: Clock) -> World {
    let keys = Some(keys_of(url));
    let config = Config { database_url: url.to_owned(), data: data.to_owned(), keys, ..Config::default() };
    let world = yimen::start::world(config, clock).await.expect("the world opens");
    assert!(yimen::start::shelves(&world).await.expect("the catalogue is readable"), "a catalogue has been published");
    world.parts.install(access_service::DemoMode(true));
    world
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder to copy") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}
