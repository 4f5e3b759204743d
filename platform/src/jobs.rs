//! Work for later: a call to a system outside, a deadline that falls due, a nightly chore.
//!
//! Scheduled inside the act's transaction, done by the [`dispatcher`](crate::dispatcher) at or after its time, at least once.
//! Calls to outside systems belong here and never into a transaction.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::fault::Fault;
use crate::outbox::Handle;
use crate::queue::Delivery;
use crate::world::World;

/// Work to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which kind of work: `casework.deem-accepted`.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// The facts as JSON text.
    pub payload: String,
    /// Not before; at once when absent.
    pub due: Option<DateTime<Utc>>,
    /// At most one job with this key waits; a new one takes its place.
    pub key: Option<String>,
}

impl Job {
    /// Work for now.
    pub fn new(kind: impl Into<String>, subject: impl std::fmt::Display) -> Self {
        Self { kind: kind.into(), subject: subject.to_string(), payload: "{}".to_owned(), due: None, key: None }
    }

    /// Adds the facts.
    pub fn holding(mut self, facts: &serde_json::Value) -> Self {
        self.payload = facts.to_string();
        self
    }

    /// Not before this moment.
    pub fn due(mut self, at: DateTime<Utc>) -> Self {
        self.due = Some(at);
        self
    }

    /// Takes the place of a waiting job with the same key, and can be taken back under it.
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}

/// Who does a kind of work.
#[derive(Clone)]
pub struct JobKind {
    pub(crate) kind: &'static str,
    pub(crate) handle: Handle,
}

impl JobKind {
    /// Calls `work` for every job of this kind. One kind has one worker.
    pub fn new<F, Fut>(kind: &'static str, work: F) -> Self
    where
        F: Fn(World, Delivery) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        Self { kind, handle: Arc::new(move |world, job| Box::pin(work(world, job))) }
    }
}

impl std::fmt::Debug for JobKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "worker of {}", self.kind)
    }
}
