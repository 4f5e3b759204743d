//! What every act stands on, in one handle.

use std::ops::Deref;
use std::sync::Arc;

use crate::blobs::Blobs;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Database, OpenFault};
use crate::parts::Parts;
use crate::sealed::Sealer;

/// Database, clock, files and configuration. Cheap to clone.
#[derive(Clone)]
pub struct World(Arc<Ground>);

/// The parts of a [`World`].
pub struct Ground {
    /// The database; it stamps with `clock`.
    pub db: Database,
    /// What time it is.
    pub clock: Clock,
    /// Uploaded files.
    pub blobs: Blobs,
    /// The configuration it was opened with.
    pub config: Config,
    /// What modules keep in memory for everybody: policies, words, the published catalogue.
    pub parts: Parts,
}

/// The world could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum WorldFault {
    /// The database.
    #[error(transparent)]
    Database(#[from] OpenFault),
    /// The data folder.
    #[error("cannot use the data folder: {0}")]
    Data(#[from] std::io::Error),
}

impl World {
    /// Opens database and data folder as the configuration says. Runs no migrations.
    ///
    /// # Errors
    /// [`WorldFault`], in words for the person who starts the server.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, WorldFault> {
        let db = Database::open_with(&config.database_url, config.connections).await?;
        let sealer = Sealer::of(&config, clock.clone());
        let db = db.with_clock(clock.clone()).with_sealer(sealer.clone());
        let blobs = Blobs::open(config.data.join("blobs"), sealer)?;
        Ok(Self::of(Ground { db, clock, blobs, config, parts: Parts::default() }))
    }

    /// A world of these parts.
    pub fn of(ground: Ground) -> Self {
        Self(Arc::new(ground))
    }
}

impl World {
    /// The part of this type.
    ///
    /// # Panics
    /// When nobody installed it: that is a mistake in the list of modules, seen at the first start.
    pub fn part<T: Send + Sync + 'static>(&self) -> Arc<T> {
        self.parts.get().unwrap_or_else(|| panic!("no {} was installed in the world", std::any::type_name::<T>()))
    }
}

impl Deref for World {
    type Target = Ground;
    fn deref(&self) -> &Ground {
        &self.0
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").field("db", &self.db).field("clock", &self.clock).finish_non_exhaustive()
    }
}
