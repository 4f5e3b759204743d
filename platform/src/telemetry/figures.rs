//! Figures for Prometheus (监控指标). No label ever holds a name, a number or an id: labels are route templates, acts,
//! codes and kinds, all of which stand in the program.
//!
//! Every name is a constant here with its help text, so that `docs/guides/operate.md` can be held against the list.

use std::sync::OnceLock;
use std::time::Duration;

use chrono::{DateTime, Utc};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::db::{Database, Engine};
use crate::fault::Fault;
use crate::queue::{self, Lane};

/// How a figure behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Seconds, in buckets.
    Seconds,
}

/// One figure.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// How it behaves.
    pub shape: Shape,
    /// What it means.
    pub help: &'static str,
}

const fn figure(name: &'static str, shape: Shape, help: &'static str) -> Figure {
    Figure { name, shape, help }
}

/// Requests answered.
pub const REQUESTS: &str = "yimen_http_requests_total";
/// How long they took.
pub const REQUEST_SECONDS: &str = "yimen_http_request_seconds";
/// Acts done and refused.
pub const ACTS: &str = "yimen_acts_total";
/// Sign-ins that failed.
pub const SIGN_IN_FAILURES: &str = "yimen_sign_in_failures_total";
/// Sessions open.
pub const SESSIONS: &str = "yimen_sessions";
pub(crate) const WRITE_WAIT: &str = "yimen_db_write_wait_seconds";
pub(crate) const WRITE: &str = "yimen_db_write_seconds";
pub(crate) const WRITE_AGAIN: &str = "yimen_db_write_retries_total";
pub(crate) const DELIVERIES: &str = "yimen_deliveries_total";
pub(crate) const INTERNAL: &str = "yimen_internal_errors_total";
const WAITING: &str = "yimen_queue_waiting";
const DUE: &str = "yimen_queue_due";
const OLDEST: &str = "yimen_queue_oldest_due_seconds";
const DEAD: &str = "yimen_dead_letters";
const DEAD_OLDEST: &str = "yimen_dead_letter_oldest_seconds";
const MEMORY: &str = "yimen_resident_memory_bytes";
const BUILD: &str = "yimen_build_info";
const DATABASE_UP: &str = "yimen_database_up";

/// Every figure there is.
pub const ALL: [Figure; 18] = [
    figure(REQUESTS, Shape::Counter, "Requests answered, by method, route template and status"),
    figure(REQUEST_SECONDS, Shape::Seconds, "Time to answer a request, by method and route template"),
    figure(
        ACTS,
        Shape::Counter,
        "Acts by name and outcome: done, refused, invalid, forbidden, conflict, repeated, failed",
    ),
    figure(SIGN_IN_FAILURES, Shape::Counter, "Sign-ins that failed, by door and reason"),
    figure(SESSIONS, Shape::Gauge, "Open sessions"),
    figure(WRITE_WAIT, Shape::Seconds, "Waiting for a connection that may write"),
    figure(WRITE, Shape::Seconds, "One write from its beginning to its commit, tries and pauses included"),
    figure(WRITE_AGAIN, Shape::Counter, "Writes done again after a lost race"),
    figure(
        DELIVERIES,
        Shape::Counter,
        "Deliveries of events and jobs, by lane, topic and outcome: done, failed, given-up",
    ),
    figure(INTERNAL, Shape::Counter, "Mistakes of the program; each has a line in the log"),
    figure(WAITING, Shape::Gauge, "Events (outbox) and jobs waiting, due or not, by lane"),
    figure(DUE, Shape::Gauge, "Of these, due now, by lane"),
    figure(OLDEST, Shape::Gauge, "How long the longest overdue has been due, by lane"),
    figure(DEAD, Shape::Gauge, "Dead letters, by lane"),
    figure(DEAD_OLDEST, Shape::Gauge, "Age of the oldest dead letter, by lane"),
    figure(DATABASE_UP, Shape::Gauge, "1 when the database answered this scrape; otherwise what lies in it is NaN"),
    figure(MEMORY, Shape::Gauge, "Resident memory of the process"),
    figure(BUILD, Shape::Gauge, "1, with version and engine as labels"),
];

/// Upper bounds of the buckets in seconds: the promises are 20 ms a page and 2.5 ms a write.
const BUCKETS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins counting. Once a process; later calls change nothing.
pub fn start() {
    HANDLE.get_or_init(|| {
        // The bounds are constants and not empty, which is all that can be wrong with them.
        let builder = PrometheusBuilder::new();
        let builder = builder.set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS);
        let recorder = builder.expect("the buckets are not empty").build_recorder();
        let handle = recorder.handle();
        // Another recorder may have been set by a test; what it has counted is its own.
        let _ = metrics::set_global_recorder(recorder);
        for Figure { name, shape, help } in ALL {
            match shape {
                Shape::Counter => metrics::describe_counter!(name, help),
                Shape::Gauge => metrics::describe_gauge!(name, help),
                Shape::Seconds => metrics::describe_histogram!(name, help),
            }
        }
        handle
    });
}

/// Folds what was measured into the buckets, so that it does not pile up while nobody asks.
pub fn tidy() {
    if let Some(handle) = HANDLE.get() {
        handle.run_upkeep();
    }
}

/// Everything in Prometheus' text form. What lies in the database is counted now; while the database is away these
/// figures are not numbers, and `yimen_database_up` is 0.
pub async fn render(db: &Database, version: &'static str, sessions: Result<u64, Fault>) -> String {
    let now = db.clock().now_utc();
    let loads = match &sessions {
        Ok(_) => queue::loads(db).await,
        Err(fault) => Err(fault.clone()),
    };
    metrics::gauge!(DATABASE_UP).set(if loads.is_ok() { 1.0 } else { 0.0 });
    metrics::gauge!(SESSIONS).set(sessions.map_or(f64::NAN, |open| open as f64));
    match loads {
        Ok(loads) => {
            let age = |at: Option<DateTime<Utc>>| at.map_or(0.0, |at| (now - at).as_seconds_f64().max(0.0));
            for load in loads {
                let ages = (age(load.oldest_due), age(load.oldest_dead));
                set_lane(load.lane, load.waiting as f64, load.due as f64, ages.0, load.dead as f64, ages.1);
            }
        }
        Err(_) => {
            for lane in [Lane::Event, Lane::Job] {
                set_lane(lane, f64::NAN, f64::NAN, f64::NAN, f64::NAN, f64::NAN);
            }
        }
    }
    let engine = match db.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    metrics::gauge!(BUILD, "version" => version, "engine" => engine).set(1.0);
    metrics::gauge!(MEMORY).set(resident_bytes());
    HANDLE.get().map(PrometheusHandle::render).unwrap_or_default()
}

fn set_lane(lane: Lane, waiting: f64, due: f64, oldest: f64, dead: f64, dead_oldest: f64) {
    for (name, value) in [(WAITING, waiting), (DUE, due), (OLDEST, oldest), (DEAD, dead), (DEAD_OLDEST, dead_oldest)] {
        metrics::gauge!(name, "lane" => lane.word()).set(value);
    }
}

/// Notes how long something took.
pub fn took(name: &'static str, time: Duration) {
    metrics::histogram!(name).record(time.as_secs_f64());
}

/// Pages of memory this process has, as the kernel counts them; nothing where it does not say.
fn resident_bytes() -> f64 {
    const PAGE: f64 = 4096.0;
    let said = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    said.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()).unwrap_or(0.0) * PAGE
}
