//! Backup and restore from either engine into either, and everything a damaged or foreign file may be.

use std::path::{Path, PathBuf};

use platform::backup::{self, BackupFault, Manifest, Progress, Target};
use platform::{Blobs, Database, JournalEntry, Migrations};
use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::prelude::*;
use tempfile::TempDir;
use testkit::each_engine;
use uuid::Uuid;

use crate::ground;

/// A table with a column of every kind, standing for whatever a module may add.
struct Kinds;

impl MigrationName for Kinds {
    fn name(&self) -> &str {
        "test_0001_kinds"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Kinds {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("test_kinds")
            .col(ColumnDef::new("id").uuid().not_null().primary_key())
            .col(ColumnDef::new("words").text())
            .col(ColumnDef::new("code").string_len(64))
            .col(ColumnDef::new("small").small_integer())
            .col(ColumnDef::new("middle").integer())
            .col(ColumnDef::new("big").big_integer())
            .col(ColumnDef::new("real").double())
            .col(ColumnDef::new("is_so").boolean())
            .col(ColumnDef::new("bytes").blob())
            .col(ColumnDef::new("at").timestamp_with_time_zone())
            .col(ColumnDef::new("day").date())
            .col(ColumnDef::new("facts").json())
            .col(ColumnDef::new("paper_blob").string_len(64))
            .to_owned();
        manager.create_table(table).await
    }
}

/// What a later program adds: a column that is computed from the rows that are there.
struct Halved;

impl MigrationName for Halved {
    fn name(&self) -> &str {
        "test_0002_halved"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Halved {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        on.execute_unprepared("ALTER TABLE test_kinds ADD COLUMN half bigint").await?;
        on.execute_unprepared("UPDATE test_kinds SET half = big / 2").await.map(|_| ())
    }
}

fn first() -> Vec<Migrations> {
    vec![Migrations::new("test", vec![Box::new(Kinds)])]
}

fn later() -> Vec<Migrations> {
    vec![Migrations::new("test", vec![Box::new(Kinds), Box::new(Halved)])]
}

/// A database with its files.
struct Place {
    db: Database,
    blobs: Blobs,
    folder: TempDir,
}

impl Place {
    async fn at(url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path().join("blobs"), ground::sealer()).unwrap();
        Self { db: Database::open(url).await.unwrap(), blobs, folder }
    }

    /// On a SQLite file of its own.
    async fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("other.db").display());
        let blobs = Blobs::open(folder.path().join("blobs"), ground::sealer()).unwrap();
        Self { db: Database::open(&url).await.unwrap(), blobs, folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn backup(&self, name: &str) -> (PathBuf, Manifest) {
        let path = self.file(name);
        let manifest = backup::take(&self.db, &self.blobs, &path, &quiet).await.unwrap();
        (path, manifest)
    }

    async fn restore(&self, path: &Path, modules: Vec<Migrations>, target: Target) -> Result<Vec<String>, BackupFault> {
        backup::restore(&self.db, &self.blobs, path, modules, target, &quiet).await.map(|done| done.migrated)
    }

    async fn count(&self, table: &str) -> i64 {
        let ask = Statement::from_string(self.db.engine().backend(), format!("SELECT count(*) FROM {table}"));
        self.db.reader().query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    async fn execute(&self, sql: &str) {
        let sql = sql.to_owned();
        self.db.write(None, async |tx| Ok(tx.conn().execute_unprepared(&sql).await.map(|_| ())?)).await.unwrap();
    }
}

fn quiet(_: Progress<'_>) {}

/// Rows at the edges of what the engines hold, a chain in the journal, and a file that one row names.
async fn fill(place: &Place) {
    place.db.migrate(&first()).await.unwrap();
    let pdf: &[u8] = b"%PDF-1.4\n%%EOF\n";
    let expected = platform::blobs::Expected { field: "file", name: None, limit: 1 << 20 };
    let content = futures::stream::iter([Ok::<_, std::io::Error>(pdf)]);
    let stored = place.blobs.put(content, expected).await.unwrap();
    let insert = "INSERT INTO test_kinds (id, words, code, small, middle, big, real, is_so, bytes, at, day, facts, paper_blob) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let facts = serde_json::json!({ "a": [1, null] });
    place
        .db
        .write(None, async |tx| {
            let at: chrono::DateTime<chrono::Utc> = "2026-03-02T01:02:03.000004Z".parse().unwrap();
            let day: chrono::NaiveDate = "2026-02-28".parse().unwrap();
            let rows: [Vec<sea_orm::Value>; 2] = [
                vec![
                    Uuid::from_u128(2).into(),
                    "一门\n\"引号\"\t\u{1f600}".into(),
                    "甲".into(),
                    i16::MIN.into(),
                    i32::MAX.into(),
                    i64::MIN.into(),
                    0.1f64.into(),
                    true.into(),
                    vec![0u8, 255, 10].into(),
                    at.into(),
                    day.into(),
                    facts.clone().into(),
                    stored.id.as_str().into(),
                ],
                vec![
                    Uuid::from_u128(1).into(),
                    None::<String>.into(),
                    None::<String>.into(),
                    None::<i16>.into(),
                    None::<i32>.into(),
                    None::<i64>.into(),
                    None::<f64>.into(),
                    None::<bool>.into(),
                    None::<Vec<u8>>.into(),
                    None::<chrono::DateTime<chrono::Utc>>.into(),
                    None::<chrono::NaiveDate>.into(),
                    None::<serde_json::Value>.into(),
                    None::<String>.into(),
                ],
            ];
            for row in rows {
                tx.conn().execute_raw(Statement::from_sql_and_values(tx.engine().backend(), insert, row)).await?;
            }
            for number in 0..40 {
                tx.record(JournalEntry::new(Uuid::from_u128(7), "clerk", "test.note", number));
            }
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn what_was_saved_on_one_engine_is_the_same_on_the_other_and_back() {
    each_engine(async |url| {
        let (origin, other) = (Place::fresh().await, Place::at(&url).await);
        fill(&origin).await;
        let (file, taken) = origin.backup("a").await;
        assert_eq!(taken.missing_blobs, Vec::<String>::new());
        assert!(taken.tables.iter().any(|table| table.name == "test_kinds" && table.rows == 2));
        other.restore(&file, first(), Target::default()).await.unwrap();
        assert!(platform::journal::verify(&other.db).await.unwrap().is_whole());

        let (again, manifest) = other.backup("b").await;
        // The same rows are the same bytes, so the same hashes, whichever engine they lay on.
        assert_eq!((manifest.tables, manifest.parts, manifest.blobs), (taken.tables, taken.parts, taken.blobs));
        assert_eq!(manifest.migrations, taken.migrations);
        let third = Place::fresh().await;
        third.restore(&again, first(), Target::default()).await.unwrap();
        assert_eq!(third.count("platform_journal").await, 40);
        other.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_database_with_rows_is_left_alone_unless_told_otherwise() {
    each_engine(async |url| {
        let (origin, other) = (Place::fresh().await, Place::at(&url).await);
        fill(&origin).await;
        let (file, _) = origin.backup("a").await;
        other.db.migrate(&later()).await.unwrap();
        other.execute("INSERT INTO platform_counter (name, value) VALUES ('mine', 7)").await;
        let fault = other.restore(&file, later(), Target::default()).await.unwrap_err();
        assert!(matches!(&fault, BackupFault::NotEmpty { table } if table == "platform_counter"), "{fault}");
        assert_eq!(other.count("platform_counter").await, 1, "what was there is there");
        other.restore(&file, later(), Target { replace: true, ..Target::default() }).await.unwrap();
        assert_eq!((other.count("platform_counter").await, other.count("test_kinds").await), (0, 2));
        other.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_put_back_under_a_running_server() {
    each_engine(async |url| {
        let (origin, other) = (Place::fresh().await, Place::at(&url).await);
        fill(&origin).await;
        let (file, _) = origin.backup("a").await;
        other.db.migrate(&later()).await.unwrap();
        let server = platform::presence::Presence::announce(&other.db).await.unwrap();
        let replace = Target { replace: true, ..Target::default() };
        let fault = other.restore(&file, later(), replace).await.unwrap_err();
        assert!(matches!(fault, BackupFault::Serving { count: 1 }), "{fault}");
        server.leave().await;
        other.restore(&file, later(), replace).await.unwrap();
        other.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_older_backup_is_restored_and_then_brought_up_to_date() {
    each_engine(async |url| {
        let (origin, other) = (Place::fresh().await, Place::at(&url).await);
        fill(&origin).await;
        let (file, _) = origin.backup("a").await;
        let migrated = other.restore(&file, later(), Target::default()).await.unwrap();
        assert_eq!(migrated, ["test/test_0002_halved"]);
        assert_eq!(other.db.pending_migrations(&later()).await.unwrap(), Vec::<String>::new());
        assert_eq!(other.count("test_kinds WHERE half IS NULL").await, 1, "the row without a number");
        other.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_newer_backup_and_one_of_another_line_are_refused_with_the_migrations_name() {
    each_engine(async |url| {
        let other = Place::at(&url).await;
        let newer = Place::fresh().await;
        newer.db.migrate(&later()).await.unwrap();
        let (file, _) = newer.backup("a").await;
        let fault = other.restore(&file, first(), Target::default()).await.unwrap_err();
        assert!(matches!(&fault, BackupFault::Newer { name, .. } if name == "test_0002_halved"), "{fault}");
        let fault = other.restore(&file, Vec::new(), Target::default()).await.unwrap_err();
        assert!(matches!(&fault, BackupFault::Newer { module, .. } if module == "test"), "{fault}");
        let crossed = vec![Migrations::new("test", vec![Box::new(Halved), Box::new(Kinds)])];
        let fault = other.restore(&file, crossed, Target::default()).await.unwrap_err();
        assert!(matches!(&fault, BackupFault::Gap { .. }), "{fault}");
        assert!(other.db.pending_migrations(&first()).await.unwrap().len() >= 2, "nothing was made");
        other.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_migration_that_fails_on_the_restored_rows_leaves_the_database_as_it_was() {
    struct Broken;
    impl MigrationName for Broken {
        fn name(&self) -> &str {
            "test_0002_broken"
        }
    }
    #[async_trait::async_trait]
    impl MigrationTrait for Broken {
        async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
            manager.get_connection().execute_unprepared("UPDATE nowhere SET x = 1").await.map(|_| ())
        }
    }
    each_engine(async |url| {
        let (origin, other) = (Place::fresh().await, Place::at(&url).await);
        fill(&origin).await;
        let (file, _) = origin.backup("a").await;
        other.db.migrate(&first()).await.unwrap();
        other.execute("INSERT INTO platform_counter (name, value) VALUES ('mine', 7)").await;
        let broken = vec![Migrations::new("test", vec![Box::new(Kinds), Box::new(Broken)])];
        let fault = other.restore(&file, broken, Target { replace: true, ..Target::default() }).await.unwrap_err();
        assert!(fault.to_string().contains("test_0002_broken"), "{fault}");
        assert_eq!((other.count("platform_counter").await, other.count("test_kinds").await), (1, 0));
        other.restore(&file, first(), Target { replace: true, ..Target::default() }).await.unwrap();
        other.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn every_flipped_byte_and_every_cut_is_found() {
    let origin = Place::fresh().await;
    fill(&origin).await;
    let (file, manifest) = origin.backup("a").await;
    let whole = std::fs::read(&file).unwrap();
    let hurt = origin.file("hurt");
    for at in (0..whole.len()).step_by(37).chain([whole.len() - 1]) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        std::fs::write(&hurt, &bytes).unwrap();
        let fault = backup::check(&hurt, &quiet).err().unwrap_or_else(|| panic!("byte {at} was flipped unseen"));
        assert!(
            matches!(
                fault,
                BackupFault::Damaged { .. }
                    | BackupFault::Foreign(_)
                    | BackupFault::Cut { .. }
                    | BackupFault::Format { .. }
            ),
            "byte {at}: {fault}"
        );
    }
    for at in (0..whole.len()).step_by(211).chain([whole.len() - 1]) {
        std::fs::write(&hurt, &whole[..at]).unwrap();
        let fault = backup::check(&hurt, &quiet).err().unwrap_or_else(|| panic!("a cut at {at} went unseen"));
        assert!(matches!(fault, BackupFault::Cut { .. } | BackupFault::Foreign(_)), "cut at {at}: {fault}");
    }
    // A byte in the rows of one table names that part.
    let part = &manifest.parts.iter().find(|part| part.path.contains("test_kinds")).unwrap().path;
    let at = find(&whole, part.as_bytes()) + 512 + 20;
    let mut bytes = whole.clone();
    bytes[at] ^= 1;
    std::fs::write(&hurt, &bytes).unwrap();
    let fault = backup::check(&hurt, &quiet).err().unwrap();
    assert!(matches!(&fault, BackupFault::Damaged { part: named, .. } if named == part), "{fault}");
    let target = Place::fresh().await;
    assert!(target.restore(&hurt, first(), Target::default()).await.is_err());
    assert!(!target.file("other.db-journal").exists());
    assert!(target.db.pending_migrations(&first()).await.unwrap().len() >= 2, "nothing was made");
}

#[tokio::test]
async fn a_file_that_rows_name_and_nobody_has_is_told_twice() {
    let origin = Place::fresh().await;
    fill(&origin).await;
    std::fs::remove_dir_all(origin.file("blobs")).unwrap();
    std::fs::create_dir_all(origin.file("blobs/arriving")).unwrap();
    let (file, manifest) = origin.backup("a").await;
    assert_eq!(manifest.missing_blobs.len(), 1, "the one who makes the backup is told");
    let other = Place::fresh().await;
    let fault = other.restore(&file, first(), Target::default()).await.unwrap_err();
    assert!(
        matches!(&fault, BackupFault::MissingBlob { count: 1, first } if *first == manifest.missing_blobs[0]),
        "{fault}"
    );
    other.restore(&file, first(), Target { without_files: true, ..Target::default() }).await.unwrap();
}

#[tokio::test]
async fn a_file_that_rotted_on_the_disk_is_told_when_the_backup_is_made() {
    let origin = Place::fresh().await;
    fill(&origin).await;
    let (_, sound) = origin.backup("a").await;
    let id = &sound.blobs[0].id;
    let path = origin.file("blobs").join(&id[..2]).join(&id[2..]);
    let mut flipped = std::fs::read(&path).unwrap();
    *flipped.last_mut().unwrap() ^= 1;
    for (name, rotten) in [("b", b"%PDF-1.4\n%%EOX\n".to_vec()), ("c", flipped)] {
        std::fs::write(&path, rotten).unwrap();
        let (file, manifest) = origin.backup(name).await;
        assert_eq!((&manifest.missing_blobs, manifest.blobs.len()), (&vec![id.clone()], 0));
        backup::check(&file, &quiet).unwrap();
    }
}

#[tokio::test]
async fn other_files_and_other_formats_are_no_backups() {
    let place = Place::fresh().await;
    let path = place.file("x");
    for content in [&b""[..], b"SQLite format 3\0", &[0u8; 4096]] {
        std::fs::write(&path, content).unwrap();
        let fault = backup::check(&path, &quiet).err().unwrap();
        assert!(matches!(fault, BackupFault::Foreign(_)), "{fault}");
    }
    let fault = backup::take(&place.db, &place.blobs, &place.file("empty"), &quiet).await.unwrap_err();
    assert!(matches!(fault, BackupFault::Nothing), "{fault}");
    place.db.migrate(&first()).await.unwrap();
    let fault = backup::take(&place.db, &place.blobs, &path, &quiet).await.unwrap_err();
    assert!(matches!(fault, BackupFault::Exists(_)), "a backup never writes over a file: {fault}");
    assert!(!place.file("x.part").exists());
}

fn find(all: &[u8], text: &[u8]) -> usize {
    all.windows(text.len()).position(|window| window == text).unwrap()
}
