//! Where each chain of the journal stood after our own last commit to it.
//!
//! It spares the question: the closing statement says "if the chain still stands there", and asks only when it does not.

use std::collections::HashMap;
use std::sync::Mutex;

use uuid::Uuid;

use crate::journal::Head;

/// Chains remembered at most, some 100 bytes each; forgetting one costs one question.
const REMEMBERED_MAX: usize = 20_000;

#[derive(Default)]
pub(crate) struct Heads(Mutex<HashMap<Uuid, Head>>);

impl Heads {
    pub(super) fn get(&self, chain: Uuid) -> Option<Head> {
        self.lock().get(&chain).copied()
    }

    /// Remembers where our commit left a chain. Two commits may report in either order; the longer chain is the newer.
    pub(super) fn advance(&self, chain: Uuid, head: Head) {
        let mut known = self.lock();
        if known.len() >= REMEMBERED_MAX && !known.contains_key(&chain) {
            known.clear();
        }
        let kept = known.entry(chain).or_insert(head);
        if kept.seq < head.seq {
            *kept = head;
        }
    }

    /// Forgets a chain of which the memory turned out to be wrong.
    pub(super) fn forget(&self, chain: Uuid) {
        self.lock().remove(&chain);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Head>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
