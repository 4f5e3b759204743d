//! Bringing the schema up to date, by one process at a time, and refusing what cannot be.

use platform::migrate::MigrateFault;
use platform::{Database, Migrations};
use sea_orm_migration::prelude::*;
use testkit::each_engine;

struct Step(&'static str, &'static str);

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.0
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.1).await.map(|_| ())
    }
}

const A: Step = Step("m_0001_a", "CREATE TABLE m_a (id int)");
const B: Step = Step("m_0002_b", "ALTER TABLE m_a ADD COLUMN b int");
const C: Step = Step("m_0003_c", "CREATE TABLE m_c (id int)");

fn set(steps: impl IntoIterator<Item = Step>) -> Vec<Migrations> {
    let list = steps.into_iter().map(|step| Box::new(step) as Box<dyn MigrationTrait>).collect();
    vec![Migrations::new("m", list)]
}

/// The platform's own, which come first.
fn own() -> Vec<String> {
    let platform = Migrations::platform();
    platform.list.iter().map(|step| format!("platform/{}", step.name())).collect()
}

#[tokio::test]
async fn what_has_not_been_run_is_run_once() {
    each_engine(async |url| {
        let db = Database::open(&url).await.unwrap();
        let all = [own(), vec!["m/m_0001_a".to_owned()]].concat();
        assert_eq!(db.pending_migrations(&set([A])).await.unwrap(), all);
        assert_eq!(db.migrate(&set([A])).await.unwrap(), all);
        assert_eq!(db.migrate(&set([A])).await.unwrap(), Vec::<String>::new());
        assert_eq!(db.migrate(&set([A, B, C])).await.unwrap(), ["m/m_0002_b", "m/m_0003_c"]);
        assert_eq!(db.pending_migrations(&set([A, B, C])).await.unwrap(), Vec::<String>::new());
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_older_program_and_a_gap_are_refused() {
    each_engine(async |url| {
        let db = Database::open(&url).await.unwrap();
        db.migrate(&set([A, C])).await.unwrap();
        let older = db.migrate(&set([A])).await.unwrap_err();
        assert!(matches!(&older, MigrateFault::Newer { name, .. } if name == "m_0003_c"), "{older}");
        let gap = db.migrate(&set([A, B, C])).await.unwrap_err();
        let expected = |fault: &MigrateFault| {
            matches!(fault, MigrateFault::Skipped { name, applied, .. } if name == "m_0002_b" && applied == "m_0003_c")
        };
        assert!(expected(&gap), "{gap}");
        assert!(expected(&db.pending_migrations(&set([A, B, C])).await.unwrap_err()));
        let twice = db.migrate(&set([A, C, C])).await.unwrap_err();
        assert!(matches!(twice, MigrateFault::Twice(_)));
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_module_this_program_does_not_have_is_refused() {
    each_engine(async |url| {
        let db = Database::open(&url).await.unwrap();
        db.migrate(&set([A])).await.unwrap();
        for refused in [db.migrate(&[]).await.unwrap_err(), db.pending_migrations(&[]).await.unwrap_err()] {
            assert!(matches!(&refused, MigrateFault::Newer { module, name } if module == "m" && name == "m_0001_a"));
            assert!(refused.to_string().contains("start the newer program"), "{refused}");
        }
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_hole_in_the_list_of_what_was_run_is_refused() {
    each_engine(async |url| {
        let db = Database::open(&url).await.unwrap();
        db.migrate(&set([A, B, C])).await.unwrap();
        let raw = sea_orm::Database::connect(&url).await.unwrap();
        raw.execute_unprepared("DELETE FROM platform_schema WHERE name = 'm_0002_b'").await.unwrap();
        raw.close().await.unwrap();
        let hole = db.migrate(&set([A, B, C])).await.unwrap_err();
        assert!(matches!(&hole, MigrateFault::Skipped { name, .. } if name == "m_0002_b"), "{hole}");
        assert!(db.pending_migrations(&set([A, B, C])).await.is_err());
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_and_can_be_mended() {
    each_engine(async |url| {
        let db = Database::open(&url).await.unwrap();
        let broken = Step("m_0002_b", "CREATE TABLE m_b (id int); CREATE TABLE m_a (id int)");
        let fault = db.migrate(&set([A, broken])).await.unwrap_err();
        assert!(matches!(&fault, MigrateFault::Failed { name, .. } if name == "m_0002_b"), "{fault}");
        let mended = Step("m_0002_b", "CREATE TABLE m_b (id int)");
        assert_eq!(db.migrate(&set([A, mended])).await.unwrap(), ["m/m_0002_b"]);
        db.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_processes_starting_together_run_each_migration_once() {
    each_engine(async |url| {
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move {
                    let db = Database::open(&url).await.unwrap();
                    let done = db.migrate(&set([A, B, C])).await;
                    db.close().await;
                    done
                })
            })
            .collect();
        let mut run = Vec::new();
        for task in tasks {
            run.extend(task.await.unwrap().unwrap());
        }
        assert_eq!(run.len(), own().len() + 3, "{run:?}");
    })
    .await;
}

/// Two programs that open a new SQLite file at one moment both want it alone for an instant; neither may be turned away.
#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn a_new_file_can_be_opened_by_many_at_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..20 {
        let url = format!("sqlite:{}?mode=rwc", folder.path().join(format!("{round}.db")).display());
        let gate = std::sync::Arc::new(tokio::sync::Barrier::new(8));
        let opening: Vec<_> = (0..8)
            .map(|_| {
                let (url, gate) = (url.clone(), gate.clone());
                tokio::spawn(async move {
                    gate.wait().await;
                    Database::open(&url).await.unwrap().close().await;
                })
            })
            .collect();
        for task in opening {
            task.await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_lock_of_a_dead_process_is_taken_over_when_its_lease_ends() {
    each_engine(async |url| {
        let db = Database::open(&url).await.unwrap();
        db.migrate(&[]).await.unwrap();
        let dead = format!(
            "INSERT INTO platform_lock (name, holder, until) VALUES ('migrate', {}, '{}')",
            match db.engine() {
                platform::Engine::Sqlite => "x'00000000000000000000000000000001'",
                platform::Engine::Postgres => "'00000000-0000-0000-0000-000000000001'",
            },
            (db.clock().now_utc() + chrono::TimeDelta::milliseconds(600)).to_rfc3339(),
        );
        let raw = sea_orm::Database::connect(&url).await.unwrap();
        raw.execute_unprepared(&dead).await.unwrap();
        raw.close().await.unwrap();
        let since = std::time::Instant::now();
        assert_eq!(db.migrate(&set([A])).await.unwrap(), ["m/m_0001_a"]);
        assert!(since.elapsed().as_millis() > 400, "it waited for the lease to end");
        db.close().await;
    })
    .await;
}
