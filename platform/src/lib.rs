//! The ground under every service: database, transaction, journal, outbox, jobs, blobs, clock.
//!
//! Floor 2 of the house. It knows no item, case or licence: it keeps, orders and delivers what the services hand it.
//! Read in this order:
//!
//! 1. [`clock`]: what time it is, and what day in Foshan
//! 2. [`fault`]: the one error of every act
//! 3. [`db`]: the database and its one way to write, [`db::Database::write`] with a [`db::Tx`]
//! 4. [`journal`]: the chained record of every act; [`keys`]: a submission repeated is answered, not done twice
//! 5. [`counter`]: document numbers without gaps
//! 6. [`queue`]: events ([`outbox`]) and work for later ([`jobs`]), claimed under a lease by the [`dispatcher`]
//! 7. [`migrate`]: how the tables come to be; [`presence`]: which servers are at work on them
//! 8. [`blobs`]: uploaded files, addressed by content
//! 9. [`backup`]: everything in one file while the server runs, and back into either engine
//! 10. [`vault`]: keys outside the database; [`roots`]: the journal's signed root of each day, receipts and exports
//! 11. [`sealed`]: columns about persons, sealed under keys of the vault
//! 12. [`retention`]: how long things are kept
//! 13. [`config`], [`limits`], [`paging`], [`telemetry`], and the [`world`] that holds them together

pub mod clock;
mod hexed;
pub mod ids;

pub mod fault;

pub mod db;

pub mod journal;
pub mod keys;

pub mod counter;

pub mod dispatcher;
pub mod jobs;
pub mod outbox;
pub mod queue;

mod leases;
pub mod migrate;
mod migrations;
pub mod presence;

pub mod blobs;

pub mod backup;
pub mod retention;
pub mod roots;
pub mod seal;
pub mod sealed;
pub mod vault;

pub mod config;
pub mod limits;
pub mod paging;
pub mod parts;
pub mod telemetry;
pub mod world;

pub use blobs::Blobs;
pub use clock::Clock;
pub use config::Config;
pub use db::{Database, Engine, Tx};
pub use dispatcher::Dispatcher;
pub use fault::{Fault, FieldFault};
pub use jobs::{Job, JobKind};
pub use journal::JournalEntry;
pub use keys::{FirstAnswer, RequestKey};
pub use migrate::Migrations;
pub use outbox::{Listener, OutboxEvent};
pub use vault::Vault;
pub use world::World;
