//! Events: how a module tells those to its right on the stairs, whom it may not call.
//!
//! An event is published inside the act's transaction and delivered after its commit, at least once, by the
//! [`dispatcher`](crate::dispatcher). Listeners must be safe to hear twice: write under [`Delivery::request_key`], or mark with
//! [`Tx::once`](crate::db::Tx::once).

use std::sync::Arc;

use futures::future::BoxFuture;

use crate::fault::Fault;
use crate::queue::Delivery;
use crate::world::World;

/// What a module says has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEvent {
    /// `module.what-happened`: `casework.licence-issued`.
    pub topic: String,
    /// What it happened to.
    pub subject: String,
    /// The facts as JSON text.
    pub payload: String,
}

impl OutboxEvent {
    /// An event without further facts.
    pub fn new(topic: impl Into<String>, subject: impl std::fmt::Display) -> Self {
        Self { topic: topic.into(), subject: subject.to_string(), payload: "{}".to_owned() }
    }

    /// Adds the facts.
    pub fn holding(mut self, facts: &serde_json::Value) -> Self {
        self.payload = facts.to_string();
        self
    }
}

pub(crate) type Handle = Arc<dyn Fn(World, Delivery) -> BoxFuture<'static, Result<(), Fault>> + Send + Sync>;

/// Who listens to a topic, and what it does.
#[derive(Clone)]
pub struct Listener {
    pub(crate) topic: &'static str,
    pub(crate) name: &'static str,
    pub(crate) handle: Handle,
}

impl Listener {
    /// Calls `hear` for every event of `topic`. The name is unique and lasting: `records.keep-licence`.
    /// If one listener of an event fails, all of them hear it again.
    pub fn new<F, Fut>(topic: &'static str, name: &'static str, hear: F) -> Self
    where
        F: Fn(World, Delivery) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        Self { topic, name, handle: Arc::new(move |world, event| Box::pin(hear(world, event))) }
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} hears {}", self.name, self.topic)
    }
}
