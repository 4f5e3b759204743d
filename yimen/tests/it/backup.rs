//! Backup and restore of a whole district by process: under load, from either engine into either, killed in the middle.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use platform::Clock;
use platform::backup::{self, Manifest};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use tempfile::TempDir;

use crate::binary::{bare, yimen};
use crate::database::{connect, count, count_or_none};
use crate::district;
use crate::http::ask;
use crate::life::District;
use crate::server::Server;

/// Kills of a restore on each engine.
const KILLS: u64 = 6;

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

async fn in_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("the work")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_of_one_moment_and_restores_into_both_engines() {
    district::each_engine(async |url| {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, data) = (path(&folder, "district.backup"), folder.path().join("data"));
        let (stop, filed) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
        let load = tokio::spawn(keep_filing(url.clone(), stop.clone(), filed.clone()));
        while filed.load(Ordering::Relaxed) < 3 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let before = filed.load(Ordering::Relaxed);
        let (to, place, at) = (file.clone(), url.clone(), data.clone());
        let ran = in_thread(move || yimen(["backup", &to]).data(&at).database(&place).run()).await.ends_with(0);
        let after = filed.load(Ordering::Relaxed);
        stop.store(true, Ordering::Relaxed);
        load.await.expect("the load");
        assert!(ran.out.contains(" tables, "), "{}", ran.out);
        assert!(after > before, "nothing was filed meanwhile; the test means nothing");

        testkit::each_engine(async |empty| {
            let target = tempfile::tempdir().expect("a folder");
            yimen(["restore", &file]).data(target.path()).database(&empty).run().ends_with(0);
            let db = connect(&empty).await;
            let opened = count(&db, "SELECT count(*) FROM casework_application").await;
            assert!((i64::from(before)..=i64::from(after)).contains(&opened), "{before} ≤ {opened} ≤ {after}");
            let torn = "SELECT count(*) FROM casework_application a \
                WHERE a.cases <> (SELECT count(*) FROM casework_case c WHERE c.application = a.id)";
            assert_eq!(count(&db, torn).await, 0, "an application without all of its cases");
            db.close().await.expect("the connection closes");
            let ran = yimen(["verify"]).data(target.path()).database(&empty).run().ends_with(0);
            assert!(ran.out.contains(" 0 findings"), "{}", ran.out);
            let again = yimen(["restore", &file]).data(target.path()).database(&empty).run().ends_with(1);
            assert!(again.err.contains("is not empty") && again.err.contains("--replace"), "{}", again.err);
            let file = file.clone();
            in_thread(move || {
                let server = Server::start(&empty);
                assert_eq!(ask(server.address(), "GET", "/", &[], b"").expect("an answer").status, 200);
                let under =
                    yimen(["restore", &file, "--replace"]).data(target.path()).database(&empty).run().ends_with(1);
                assert!(under.err.contains("servers at work on this database: 1"), "{}", under.err);
            })
            .await;
        })
        .await;
    })
    .await;
}

/// Residents file and a clerk accepts, one application after the other.
async fn keep_filing(url: String, stop: Arc<AtomicBool>, filed: Arc<AtomicU32>) {
    let district = District::open(&url, Clock::System).await;
    while !stop.load(Ordering::Relaxed) {
        let opened = district.submit("shop-owner", &["sign-filing", "drainage-permit"], &["business-licence"]).await;
        filed.fetch_add(1, Ordering::Relaxed);
        district.accept(opened.application).await;
    }
    district.world.db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_killed_in_the_middle_leaves_the_database_as_it_was() {
    let folder = district::loaded_folder();
    let source = connect(&district::database_of(folder.path())).await;
    let whole = held(&source).await;
    source.close().await.expect("the connection closes");
    let file = path(&folder, "district.backup");
    yimen(["backup", &file]).data(folder.path()).run().ends_with(0);
    testkit::each_engine(async |url| {
        let (mut killed, mut pause) = (0, 10);
        let target = tempfile::tempdir().expect("a folder");
        while killed < KILLS {
            let (place, data, from) = (url.clone(), target.path().to_owned(), file.clone());
            let was_killed = in_thread(move || killed_restore(&from, &place, &data, pause)).await;
            let db = connect(&url).await;
            let kept = held(&db).await;
            // The lock of the dead process would end by itself after half a minute; the test does not wait for it.
            let _ = db.execute_unprepared("DELETE FROM platform_lock").await;
            db.close().await.expect("the connection closes");
            if was_killed && kept == [None, None] {
                killed += 1;
                pause += 40;
            } else {
                // Killed or not, it had committed: then nothing may be missing.
                assert_eq!(kept, whole, "after {pause} ms a part was kept");
                assert!(killed > 1, "the restore ended within {pause} ms, before it could be killed");
                return;
            }
        }
        let ran = yimen(["restore", &file]).data(target.path()).database(&url).run().ends_with(0);
        assert!(ran.out.contains("restored: "), "{}", ran.out);
        yimen(["verify"]).data(target.path()).database(&url).run().ends_with(0);
    })
    .await;
}

/// Whether the process was killed before it ended.
fn killed_restore(file: &str, url: &str, data: &Path, pause_ms: u64) -> bool {
    let mut command = bare();
    command.args(["restore", file]).env("YIMEN_DATABASE_URL", url).env("YIMEN_DATA", data);
    command.env("YIMEN_KEYS", district::keys_of(url));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    std::thread::sleep(Duration::from_millis(pause_ms));
    child.kill().expect("it can be killed");
    !child.wait().expect("it is gone").success()
}

/// Rows of the journal and residents, where there are such tables.
async fn held(db: &DatabaseConnection) -> [Option<i64>; 2] {
    let journal = count_or_none(db, "SELECT count(*) FROM platform_journal").await;
    [journal, count_or_none(db, "SELECT count(*) FROM records_resident").await]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_the_house_is_in_the_backup_and_alike_on_both_engines() {
    let taken: std::sync::Mutex<Vec<Manifest>> = std::sync::Mutex::default();
    district::each_engine(async |url| {
        let folder = tempfile::tempdir().expect("a folder");
        let world = district::world(&url, folder.path(), Clock::System).await;
        let file = folder.path().join("a");
        let manifest = backup::take(&world.db, &world.blobs, &file, &|_| {}).await.expect("a backup");
        world.db.close().await;
        let db = connect(&url).await;
        let all = match db.get_database_backend() {
            sea_orm::DbBackend::Sqlite => {
                "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            }
            _ => "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'",
        };
        // All but the bookkeeping of migrations, which the manifest has, and the leases of running processes.
        assert_eq!(count(&db, all).await, manifest.tables.len() as i64 + 2, "a table bears no module's name");
        taken.lock().expect("one at a time").push(manifest);
    })
    .await;
    let taken = taken.into_inner().expect("no longer held");
    let [sqlite, postgres] = &taken[..] else { panic!("two engines") };
    for (one, other) in sqlite.tables.iter().zip(&postgres.tables) {
        assert_eq!((&one.name, &one.columns), (&other.name, &other.columns));
    }
    assert_eq!(sqlite.tables.len(), postgres.tables.len());
}

#[test]
fn files_that_are_no_whole_backups_are_refused_in_words() {
    let folder = district::loaded_folder();
    let file = path(&folder, "district.backup");
    let ran = yimen(["backup", &file, "--json"]).data(folder.path()).run().ends_with(0).json();
    assert!(ran["rows"].as_u64() > Some(100) && ran["format"] == 2, "{ran}");
    yimen(["restore", "--check", &file]).run().ends_with(0);
    let again = yimen(["backup", &file]).data(folder.path()).run().ends_with(3);
    assert!(again.err.contains("there already"), "{}", again.err);

    let whole = std::fs::read(&file).expect("the backup");
    let target = tempfile::tempdir().expect("a folder");
    let hurt = path(&folder, "hurt");
    std::fs::write(&hurt, &whole[..whole.len() / 2]).expect("half of it");
    let cut = yimen(["restore", &hurt]).data(target.path()).run().ends_with(1);
    assert!(cut.err.contains("cut off after") && cut.err.contains("nothing was restored"), "{}", cut.err);
    let mut flipped = whole.clone();
    let part = b"tables/records_resident/000001.jsonl.gz";
    let at = whole.windows(part.len()).position(|window| window == part).expect("the part") + 512 + 30;
    flipped[at] ^= 1;
    std::fs::write(&hurt, &flipped).expect("a copy");
    let ran = yimen(["restore", &hurt]).data(target.path()).run().ends_with(1);
    assert!(ran.err.contains("part tables/records_resident/000001.jsonl.gz of the backup is damaged"), "{}", ran.err);
    std::fs::write(&hurt, "no backup at all").expect("a file");
    let ran = yimen(["restore", &hurt]).data(target.path()).run().ends_with(1);
    assert!(ran.err.contains("is not a backup"), "{}", ran.err);
    let ran = yimen(["restore", "/nowhere"]).data(target.path()).run().ends_with(3);
    assert!(ran.err.contains("/nowhere"), "{}", ran.err);
    let ran = yimen(["backup", &path(&target, "x")]).data(&target.path().join("nothing")).run().ends_with(3);
    assert!(ran.err.contains("there is no database"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_program_is_neither_served_nor_saved() {
    district::each_engine(async |url| {
        let db = connect(&url).await;
        let at = "2030-01-01 00:00:00+00:00";
        let newer = format!("INSERT INTO platform_schema (module, name, place, at) VALUES ('casework', 'casework_9999_later', 9999, '{at}')");
        db.execute_unprepared(&newer).await.expect("a row");
        db.close().await.expect("the connection closes");
        let folder = tempfile::tempdir().expect("a folder");
        for command in [vec!["serve"], vec!["backup", "/tmp/never-written"]] {
            let ran = yimen(command).data(folder.path()).database(&url).run().ends_with(3);
            assert!(
                ran.err.contains("newer than this program") && ran.err.contains("casework_9999_later"),
                "{}",
                ran.err
            );
        }
    })
    .await;
}
