//! New identifiers: UUID version 7, so that rows written together lie together.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::{Builder, Uuid};

/// Hands out identifiers that grow within this process; clones share the source.
#[derive(Clone)]
pub struct Ids(Arc<Mutex<Source>>);

struct Source {
    random: StdRng,
    millisecond: u64,
    /// Fills the 12 bits after the millisecond, so that ids of one millisecond still grow.
    within: u16,
}

impl Ids {
    /// Identifiers nobody can foresee.
    pub fn random() -> Self {
        Self::from(StdRng::from_rng(&mut rand::rng()))
    }

    /// The same identifiers in every run, for tests and for the seeded sample.
    pub fn seeded(seed: u64) -> Self {
        Self::from(StdRng::seed_from_u64(seed))
    }

    fn from(random: StdRng) -> Self {
        Self(Arc::new(Mutex::new(Source { random, millisecond: 0, within: 0 })))
    }

    /// The next identifier. A clock that was set back does not make it smaller than the last one.
    pub fn next(&self, now: DateTime<Utc>) -> Uuid {
        let mut source = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let millisecond = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        if millisecond > source.millisecond {
            source.millisecond = millisecond;
            source.within = 0;
        } else {
            source.within += 1;
            if source.within == 1 << 12 {
                source.millisecond += 1;
                source.within = 0;
            }
        }
        let mut bytes = [0u8; 10];
        source.random.fill_bytes(&mut bytes);
        bytes[..2].copy_from_slice(&source.within.to_be_bytes());
        Builder::from_unix_timestamp_millis(source.millisecond, &bytes).into_uuid()
    }
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_grow_and_repeat_with_the_seed() {
        let now = "2026-03-02T01:00:00Z".parse().unwrap();
        let (a, b) = (Ids::seeded(7), Ids::seeded(7));
        let first: Vec<Uuid> = (0..10_000).map(|_| a.next(now)).collect();
        let second: Vec<Uuid> = (0..10_000).map(|_| b.next(now)).collect();
        assert_eq!(first, second);
        assert!(first.windows(2).all(|pair| pair[0] < pair[1]), "each id is greater than the one before");
        assert_eq!(first[0].get_version_num(), 7);
    }
}
