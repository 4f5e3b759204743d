//! Delivers events and does jobs: claims what is due, calls who listens, settles what went well and puts back the rest.
//!
//! Several dispatchers may run, in one process or in many.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::{FutureExt, StreamExt};
use uuid::Uuid;

use crate::db::Engine;
use crate::fault::Fault;
use crate::jobs::JobKind;
use crate::outbox::{Handle, Listener};
use crate::queue::{self, Delivery, LEASE, Lane, TRIES_MAX, store};
use crate::telemetry::figures;
use crate::telemetry::mask::mask;
use crate::world::World;

/// Rows claimed at once.
const CLAIM_ROWS: i64 = 32;
/// Longest sleep between two looks: what other processes leave is seen after so long at the latest.
const LOOK: Duration = Duration::from_secs(1);
/// Rounds of [`Dispatcher::run_until_empty`] before it says that two listeners are playing ball.
const ROUNDS_MAX: u32 = 10_000;
/// Marks of handled deliveries are kept for so long; no row lives that long in the queue.
const MARKS_KEPT: TimeDelta = TimeDelta::days(30);

/// The dispatcher. Cheap to clone.
#[derive(Clone)]
pub struct Dispatcher {
    world: World,
    listeners: Arc<HashMap<&'static str, Vec<Listener>>>,
    workers: Arc<HashMap<&'static str, Handle>>,
    /// How long deliveries under way may go on after a shutdown was asked for.
    patience: Duration,
    /// Claimed and neither settled nor put back, with the try it is.
    held: Arc<Mutex<HashMap<Uuid, i32>>>,
    stopping: Arc<AtomicBool>,
}

/// How long a dispatcher that is asked to stop waits for what is under way.
const PATIENCE: Duration = Duration::from_secs(25);

/// What became of one delivery.
enum Outcome {
    Done,
    Failed(String),
}

impl Dispatcher {
    /// A dispatcher for these listeners and kinds of job.
    ///
    /// # Panics
    /// When two listeners bear one name or two workers one kind: a mistake in the program, seen at its first start.
    pub fn new(world: World, listeners: Vec<Listener>, jobs: Vec<JobKind>) -> Self {
        let mut names = std::collections::HashSet::new();
        let mut by_topic: HashMap<&'static str, Vec<Listener>> = HashMap::new();
        for listener in listeners {
            assert!(names.insert(listener.name), "two listeners bear the name {}", listener.name);
            by_topic.entry(listener.topic).or_default().push(listener);
        }
        let mut workers = HashMap::new();
        for job in jobs {
            assert!(workers.insert(job.kind, job.handle).is_none(), "two workers for jobs of kind {}", job.kind);
        }
        Self {
            world,
            listeners: Arc::new(by_topic),
            workers: Arc::new(workers),
            patience: PATIENCE,
            held: Arc::default(),
            stopping: Arc::default(),
        }
    }

    /// The same with more or less patience at its end.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Delivers until `shutdown` is ready; then begins nothing more, finishes what is under way as far as its patience
    /// goes, and gives the rest back, so that another process need not wait for the end of a lease.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        let shutdown = shutdown.fuse();
        tokio::pin!(shutdown);
        let mut swept: Option<DateTime<Utc>> = None;
        loop {
            let round = {
                let round = self.round();
                tokio::pin!(round);
                tokio::select! {
                    biased;
                    outcome = &mut round => outcome,
                    () = &mut shutdown => {
                        self.stopping.store(true, Ordering::SeqCst);
                        let ended = tokio::time::timeout(self.patience, round).await;
                        if ended.is_err() {
                            tracing::warn!("deliveries under way were broken off");
                        }
                        return self.give_back().await;
                    }
                }
            };
            let now = self.world.clock.now_utc();
            if swept.is_none_or(|at| now - at > TimeDelta::hours(1)) && self.sweep().await.is_ok() {
                swept = Some(now);
            }
            let sleep = match round {
                // There may be more.
                Ok(rows) if rows > 0 => Duration::ZERO,
                Ok(_) => self.until_next().await,
                Err(fault) => {
                    tracing::warn!(%fault, "dispatcher cannot reach the queue");
                    LOOK
                }
            };
            tokio::select! {
                biased;
                () = &mut shutdown => return,
                () = self.world.db.inner.left_work.notified(), if !sleep.is_zero() => {}
                () = tokio::time::sleep(sleep) => {}
            }
        }
    }

    /// Delivers until nothing is due, and says how many deliveries that took. For tests, and for commands that end.
    ///
    /// # Errors
    /// [`Fault::Unavailable`], and [`Fault::Internal`] after ten thousand rounds. A listener that fails is no error
    /// here: its delivery waits for its next try.
    pub async fn run_until_empty(&self) -> Result<u64, Fault> {
        let mut delivered = 0;
        for _ in 0..ROUNDS_MAX {
            match self.round().await? {
                0 => return Ok(delivered),
                rows => delivered += rows,
            }
        }
        Err(Fault::internal("the queue does not become empty: listeners keep publishing to each other"))
    }

    /// Claims once and delivers what was claimed; gives the number of rows.
    pub async fn round(&self) -> Result<u64, Fault> {
        let now = self.world.clock.now_utc();
        let db = &self.world.db;
        // Looking costs nobody a lock; only what is seen is claimed.
        if store::next_due(db.reader()).await?.is_none_or(|due| due > now) {
            return Ok(0);
        }
        let claimed =
            db.write(None, async |tx| store::claim(tx.conn(), db.engine(), now, now + LEASE, CLAIM_ROWS).await).await?;
        let rows = claimed.len() as u64;
        *self.held() = claimed.iter().map(|delivery| (delivery.id, delivery.tries)).collect();
        let at_once = match db.engine() {
            // One writer: more would only wait for each other.
            Engine::Sqlite => 2,
            Engine::Postgres => 8,
        };
        // Failures are put back inside, where they go on together: between two turns of this loop nobody would
        // drive the other deliveries, one of which may hold the connection that putting back needs.
        let mut outcomes = futures::stream::iter(claimed)
            .map(|delivery| async move {
                if self.stopping.load(Ordering::SeqCst) {
                    // Not begun; it is given back at the end.
                    return Ok::<_, Fault>(None);
                }
                match self.deliver(&delivery).await {
                    Outcome::Done => {
                        delivered(&delivery, "done");
                        Ok(Some((delivery.id, delivery.tries)))
                    }
                    Outcome::Failed(reason) => {
                        self.failed(&delivery, reason).await?;
                        self.held().remove(&delivery.id);
                        Ok(None)
                    }
                }
            })
            .buffer_unordered(at_once);
        let mut done = Vec::new();
        while let Some(outcome) = outcomes.next().await {
            done.extend(outcome?);
        }
        drop(outcomes);
        db.write(None, async |tx| store::settle(tx.conn(), &done).await).await?;
        let mut held = self.held();
        done.iter().for_each(|(id, _)| {
            held.remove(id);
        });
        Ok(rows)
    }

    /// Makes what is still held due again at once. If that fails, the leases end by themselves.
    async fn give_back(&self) {
        let held: Vec<(Uuid, i32)> = self.held().drain().collect();
        if held.is_empty() {
            return;
        }
        let given = self.world.db.write(None, async |tx| store::give_back(tx.conn(), &held, tx.now()).await).await;
        match given {
            Ok(()) => tracing::info!(rows = held.len(), "deliveries given back"),
            Err(fault) => tracing::warn!(%fault, rows = held.len(), "deliveries wait for the end of their lease"),
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Uuid, i32>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn deliver(&self, delivery: &Delivery) -> Outcome {
        match delivery.lane {
            Lane::Event => {
                for listener in self.listeners.get(delivery.topic.as_str()).into_iter().flatten() {
                    if let Outcome::Failed(reason) = self.call(&listener.handle, delivery).await {
                        return Outcome::Failed(format!("{}: {reason}", listener.name));
                    }
                }
                Outcome::Done
            }
            Lane::Job => match self.workers.get(delivery.topic.as_str()) {
                Some(worker) => self.call(worker, delivery).await,
                // A newer process may know the kind; if none does, it ends among the dead letters.
                None => Outcome::Failed("nobody does this kind of job".to_owned()),
            },
        }
    }

    /// One call, within half the lease so that nobody else begins while it runs.
    async fn call(&self, handle: &Handle, delivery: &Delivery) -> Outcome {
        let work = handle(self.world.clone(), delivery.clone());
        let limit = LEASE.to_std().unwrap_or(LOOK) / 2;
        match tokio::time::timeout(limit, AssertUnwindSafe(work).catch_unwind()).await {
            Ok(Ok(Ok(()) | Err(Fault::Repeated(_)))) => Outcome::Done,
            Ok(Ok(Err(fault))) => Outcome::Failed(fault.to_string()),
            Ok(Err(_)) => Outcome::Failed("panicked".to_owned()),
            Err(_) => Outcome::Failed("took too long".to_owned()),
        }
    }

    async fn failed(&self, delivery: &Delivery, reason: String) -> Result<(), Fault> {
        tracing::warn!(id = %delivery.id, topic = delivery.topic, tries = delivery.tries, reason, "delivery failed");
        let half = (queue::pause(delivery.tries) / 2).num_milliseconds();
        let pause = TimeDelta::milliseconds(half + rand::random_range(0..=half));
        delivered(delivery, if delivery.tries >= TRIES_MAX { "given-up" } else { "failed" });
        // What failed is told by whoever failed, and may quote what it was about.
        let reason = &mask(&reason).into_owned();
        self.world
            .db
            .write(None, async |tx| {
                store::note_trouble(tx.conn(), delivery, tx.now(), reason.clone()).await?;
                if delivery.tries >= TRIES_MAX {
                    store::give_up(tx.conn(), delivery, tx.now(), reason.clone()).await
                } else {
                    store::put_back(tx.conn(), delivery, tx.now() + pause).await
                }
            })
            .await
    }

    /// How long nothing will fall due, a second at most.
    async fn until_next(&self) -> Duration {
        let now = self.world.clock.now_utc();
        match store::next_due(self.world.db.reader()).await {
            Ok(Some(due)) => (due - now).to_std().unwrap_or(Duration::from_millis(10)).min(LOOK),
            Ok(None) | Err(_) => LOOK,
        }
    }

    async fn sweep(&self) -> Result<(), Fault> {
        let before = self.world.clock.now_utc() - MARKS_KEPT;
        self.world.db.write(None, async |tx| store::forget_marks(tx.conn(), before).await.map(|_| ())).await
    }
}

fn delivered(delivery: &Delivery, outcome: &'static str) {
    let lane = delivery.lane.word();
    metrics::counter!(figures::DELIVERIES, "lane" => lane, "topic" => delivery.topic.clone(), "outcome" => outcome)
        .increment(1);
}
