//! What one durable act costs beside the floor: pgbench committing one update and one insert on the same server, in the same run.
//!
//! An act reads a case, updates it, appends a journal row and commits: once with the row locked when it is read, once
//! with the update waiting for the commit under the version that was read. CPU time of this process and of all
//! server processes is counted together, because wall time on a busy machine says little.
//!
//! `cargo run --release -p platform --example durable_act -- [SECONDS]`

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use platform::{Database, Engine, Fault, JournalEntry};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use testkit::{Durability, PrivatePostgres};
use uuid::Uuid;

const CASES: u64 = 20_000;
const STATE_BYTES: usize = 400;
const PAYLOAD_BYTES: usize = 250;
/// Clock ticks a second in /proc; 100 on every Linux that Debian builds.
const TICKS_PER_S: f64 = 100.0;

mod case {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bench_case")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub state: String,
        pub step: String,
        pub version: i32,
        pub updated: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[tokio::main]
async fn main() {
    let seconds = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(5);
    let server = PrivatePostgres::start(Durability::Durable).expect("a private PostgreSQL");
    let folder = tempfile::tempdir().expect("a folder for SQLite");
    let sqlite = format!("sqlite:{}?mode=rwc", folder.path().join("bench.db").display());

    println!(
        "{:<34} {:>7} {:>10} {:>12} {:>7} {:>7}",
        "work", "clients", "commits/s", "CPU-us each", "client", "server"
    );
    for clients in [1, 16] {
        pgbench(&server, clients, seconds);
        for url in [server.url("postgres"), sqlite.clone()] {
            for waits in [false, true] {
                acts(&server, &url, clients, Duration::from_secs(seconds), waits).await;
            }
        }
    }
}

/// The floor.
fn pgbench(server: &PrivatePostgres, clients: usize, seconds: u64) {
    let program = |name: &str| Path::new("/usr/lib/postgresql/15/bin").join(name);
    let folder = server.socket_folder();
    let connect = ["-h", &folder.display().to_string(), "-U", "postgres"].map(str::to_owned);
    let make = format!(
        "DROP TABLE IF EXISTS floor_case, floor_event;
         CREATE TABLE floor_case (id bigint PRIMARY KEY, state text NOT NULL, step text, version int NOT NULL, updated timestamptz NOT NULL);
         CREATE TABLE floor_event (id bigserial PRIMARY KEY, case_id bigint NOT NULL, step text NOT NULL, actor text NOT NULL, at timestamptz NOT NULL, payload text);
         CREATE INDEX ON floor_event (case_id);
         INSERT INTO floor_case SELECT i, repeat('x', {STATE_BYTES}), 'new', 0, now() FROM generate_series(1, {CASES}) i;"
    );
    let made = Command::new(program("psql")).args(&connect).args(["-q", "-c", &make, "postgres"]).status();
    assert!(made.expect("psql").success());
    let script = std::env::temp_dir().join(format!("yimen-floor-{}.sql", std::process::id()));
    let text = format!(
        "\\set id random(1, {CASES})\nBEGIN;\nUPDATE floor_case SET state = repeat('y', {STATE_BYTES}), step = 'accept', version = version + 1, updated = now() WHERE id = :id;\n\
         INSERT INTO floor_event (case_id, step, actor, at, payload) VALUES (:id, 'accept', 'clerk', now(), repeat('p', {PAYLOAD_BYTES}));\nCOMMIT;\n"
    );
    std::fs::write(&script, text).expect("the script");
    let before = (children_cpu(), server_cpu(folder));
    let output = Command::new(program("pgbench"))
        .args(["-n", "-M", "prepared", "-c", &clients.to_string(), "-j", &clients.min(2).to_string()])
        .args(["-T", &seconds.to_string(), "-f", &script.display().to_string()])
        .args(&connect)
        .arg("postgres")
        .output()
        .expect("pgbench");
    let (own, server) = (children_cpu() - before.0, server_cpu(folder) - before.1);
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = |label: &str| {
        let rest = output.split(label).nth(1).expect("a figure of pgbench");
        rest.split([' ', '\n', '/']).find_map(|word| word.parse::<f64>().ok()).expect("a number")
    };
    let commits = number("actually processed: ");
    report("pgbench, update + insert", clients, number("tps = "), own / commits, server / commits);
    let _ = std::fs::remove_file(script);
}

async fn acts(server: &PrivatePostgres, url: &str, clients: usize, time: Duration, waits: bool) {
    let db = Database::open(url).await.expect("the database");
    db.migrate(&[]).await.expect("the platform's tables");
    let ids = fill(&db).await;
    let (before, since) = ((own_cpu(), server_cpu(server.socket_folder())), Instant::now());
    // A task each, as requests have.
    let tasks: Vec<_> = (0..clients)
        .map(|number| {
            let (db, ids) = (db.clone(), ids.clone());
            tokio::spawn(async move {
                let (mut at, mut done) = (number, 0.0);
                while since.elapsed() < time {
                    // A stride prime to the number of cases visits all of them, so that no row stays hot.
                    at = (at + 7_919) % ids.len();
                    act(&db, ids[at], waits).await.expect("an act");
                    done += 1.0;
                }
                done
            })
        })
        .collect();
    let mut done: f64 = 0.0;
    for task in tasks {
        done += task.await.expect("a client");
    }
    let (own, server) = (own_cpu() - before.0, server_cpu(server.socket_folder()) - before.1);
    let engine = if db.engine() == Engine::Postgres { "PostgreSQL" } else { "SQLite" };
    let form = if waits { "update guarded" } else { "row locked" };
    report(
        &format!("act on {engine}, {form}"),
        clients,
        done / since.elapsed().as_secs_f64(),
        own / done,
        server / done,
    );
    db.close().await;
}

/// Read and lock, update, record, commit.
async fn act(db: &Database, id: Uuid, waits: bool) -> Result<(), Fault> {
    db.write(None, async |tx| {
        let mut found = case::Entity::find_by_id(id);
        if !waits && tx.engine() == Engine::Postgres {
            found = found.lock_exclusive();
        }
        let case = found.one(tx.conn()).await?.ok_or(Fault::NotFound)?;
        let update = Query::update()
            .table(case::Entity)
            .value(case::Column::State, "y".repeat(STATE_BYTES))
            .value(case::Column::Step, "accept")
            .value(case::Column::Version, case.version + 1)
            .value(case::Column::Updated, tx.now())
            .and_where(Expr::col(case::Column::Id).eq(id))
            .and_where(Expr::col(case::Column::Version).eq(case.version))
            .to_owned();
        if waits {
            tx.with_commit_unless_changed(update);
        } else {
            tx.conn().execute(&update).await?;
        }
        let facts = serde_json::Value::String("p".repeat(PAYLOAD_BYTES));
        tx.record(JournalEntry::new(id, "clerk", "casework.accept", id).holding(&facts));
        Ok(())
    })
    .await
}

/// The cases, made once.
async fn fill(db: &Database) -> Vec<Uuid> {
    let ids: Vec<Uuid> = (1..=CASES).map(|number| Uuid::from_u128(u128::from(number) << 64)).collect();
    db.write(None, async |tx| {
        let table = "CREATE TABLE IF NOT EXISTS bench_case (id uuid PRIMARY KEY, state text NOT NULL, step text NOT NULL, \
                     version int NOT NULL, updated timestamp with time zone NOT NULL)";
        tx.conn().execute_unprepared(table).await?;
        if case::Entity::find().filter(case::Column::Version.gte(0)).one(tx.conn()).await?.is_some() {
            return Ok(());
        }
        for ids in ids.chunks(1_000) {
            let rows = ids.iter().map(|id| {
                let case = case::Model { id: *id, state: "x".repeat(STATE_BYTES), step: "new".into(), version: 0, updated: tx.now() };
                case::ActiveModel::from(case)
            });
            case::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
        }
        Ok(())
    })
    .await
    .expect("the cases");
    ids
}

fn report(work: &str, clients: usize, per_s: f64, own_s: f64, server_s: f64) {
    let (own, server) = (own_s * 1e6, server_s * 1e6);
    println!("{work:<34} {clients:>7} {per_s:>10.0} {:>12.0} {own:>7.0} {server:>7.0}", own + server);
}

/// Seconds of processor time in a line of /proc/PID/stat: user and system, and with `children` those of ended children.
fn cpu_of(stat: &str, children: bool) -> f64 {
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or("").split(' ').filter_map(|field| field.parse().ok()).collect();
    // After the name and the state letter: utime is the 11th number, then stime, cutime, cstime.
    fields.iter().skip(10).take(if children { 4 } else { 2 }).sum::<f64>() / TICKS_PER_S
}

fn own_cpu() -> f64 {
    cpu_of(&std::fs::read_to_string("/proc/self/stat").expect("/proc"), false)
}

fn children_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc");
    cpu_of(&stat, true) - cpu_of(&stat, false)
}

/// All processes of the server, living ones and those that ended.
fn server_cpu(folder: &Path) -> f64 {
    let pid = std::fs::read_to_string(folder.join("data/postmaster.pid")).expect("a running server");
    let postmaster = pid.lines().next().expect("its process id").to_owned();
    let mut cpu = 0.0;
    for entry in std::fs::read_dir("/proc").expect("/proc").flatten() {
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        let parent = stat.rsplit(')').next().and_then(|rest| rest.split(' ').nth(2)).unwrap_or("");
        let itself = entry.file_name().to_string_lossy() == *postmaster;
        if itself || parent == postmaster {
            cpu += cpu_of(&stat, itself);
        }
    }
    cpu
}
