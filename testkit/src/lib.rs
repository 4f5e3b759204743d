//! Private PostgreSQL, fresh databases, fixed days: the tools of tests that need a world.
//!
//! Stands beside the house and knows none of its crates, so that any of them may use it. Read in this order:
//!
//! 1. [`engines`]: run a test on both engines, each time with a database of its own
//! 2. [`postgres`]: the private server behind it, which can also be crashed and started again
//! 3. [`disk`]: a small disk that can be filled
//! 4. [`time`]: days and moments written as in China

pub mod disk;
pub mod engines;
pub mod paper;
pub mod postgres;
pub mod time;

pub use disk::SmallDisk;
pub use engines::{each_engine, each_engine_from};
pub use postgres::{Durability, PrivatePostgres};
pub use time::{day, moment};
