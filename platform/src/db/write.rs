//! The one way to write: begin, act, close, commit; and again from the start when the database lost a race.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Database, Tx, closing};
use crate::fault::Fault;
use crate::keys::{self, RequestKey};
use crate::telemetry::figures;

/// How often a write that lost a race is tried again.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Tries after the first.
    pub again_max: u32,
    /// Mean pause before the second try in milliseconds; it doubles with every further one.
    pub pause_ms: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { again_max: 8, pause_ms: 4 }
    }
}

/// Longest pause between two tries.
const PAUSE_MS_MAX: u64 = 500;

impl Database {
    /// Does one act in one transaction: everything in it is kept, or nothing.
    ///
    /// The act may be done more than once (`40001` is an everyday answer), so it must do nothing outside `tx`; it
    /// gets its surroundings by reference and clones of them, which the compiler checks. Its journal rows, events and
    /// jobs are written just before the commit in one statement each.
    ///
    /// With a key, the act must record at least one journal row, and the same key again gives [`Fault::Repeated`] with
    /// what the first made, even when both run at the same time. After a lost connection the caller may ask again with
    /// the same key and learns whether it was done.
    ///
    /// # Errors
    /// Whatever the act says; [`Fault::Repeated`]; [`Fault::Unavailable`] when the database is gone or stays busy.
    ///
    /// ```no_run
    /// # use platform::{Database, Fault, JournalEntry, RequestKey};
    /// # async fn example(db: &Database, key: &RequestKey, chain: uuid::Uuid, note: &str) -> Result<u64, Fault> {
    /// db.write(Some(key), async |tx| {
    ///     let number = tx.number("filing/2026").await?;
    ///     tx.record(JournalEntry::new(chain, "account", "casework.note", note));
    ///     Ok(number)
    /// })
    /// .await
    /// # }
    /// ```
    pub async fn write<T, F>(&self, key: Option<&RequestKey>, act: F) -> Result<T, Fault>
    where
        F: AsyncFnOnce(Tx) -> Result<T, Fault> + Clone,
    {
        let begun = Instant::now();
        let outcome = self.until_done(key, act).await;
        figures::took(figures::WRITE, begun.elapsed());
        outcome
    }

    async fn until_done<T, F>(&self, key: Option<&RequestKey>, act: F) -> Result<T, Fault>
    where
        F: AsyncFnOnce(Tx) -> Result<T, Fault> + Clone,
    {
        let mut again = 0;
        loop {
            let fault = match self.attempt(key, act.clone()).await {
                Ok(done) => return Ok(done),
                Err(fault) => fault,
            };
            if fault.is_busy() && again < self.patience.again_max {
                tracing::debug!(again, "write lost a race");
                metrics::counter!(figures::WRITE_AGAIN).increment(1);
                tokio::time::sleep(self.pause(again)).await;
                again += 1;
                continue;
            }
            return Err(self.explain(key, fault).await);
        }
    }

    async fn attempt<T, F>(&self, key: Option<&RequestKey>, act: F) -> Result<T, Fault>
    where
        F: AsyncFnOnce(Tx) -> Result<T, Fault>,
    {
        let tx = Tx::new(self);
        let outcome = act(tx.clone()).await;
        let inner = Arc::try_unwrap(tx.0)
            .map_err(|_| Fault::internal("a transaction handle outlived its act; nothing was committed"))?;
        match outcome {
            Ok(done) => closing::commit(inner, key).await.map(|()| done),
            Err(fault) => {
                inner.conn.rollback().await;
                Err(fault)
            }
        }
    }

    /// A request that failed may have failed because it was done before; then that is the answer.
    async fn explain(&self, key: Option<&RequestKey>, fault: Fault) -> Fault {
        let Some(key) = key else { return fault };
        if matches!(fault, Fault::Repeated(_)) {
            return fault;
        }
        match keys::first_answer(self.reader(), key).await {
            Ok(Some(first)) => Fault::Repeated(first),
            Ok(None) | Err(_) => fault,
        }
    }

    /// Half to one and a half times the mean, so that those who collided do not collide again.
    fn pause(&self, again: u32) -> Duration {
        let mean = (self.patience.pause_ms << again.min(16)).min(PAUSE_MS_MAX);
        Duration::from_micros(mean * rand::random_range(500..1500))
    }
}
