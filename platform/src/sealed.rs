//! Sealed columns (字段加密): text about persons lies in the database as SM4-GCM under a key that does not.
//!
//! An entity says which of its columns are sealed ([`Sealed`]); its store seals a row before it is written and opens it
//! after it is read, with the [`Sealer`] that every connection carries ([`Sealing`]). What is sealed names its key, so
//! keys can change while servers run, and is bound to table, column and row, so that a value cannot be moved to another
//! place. What must be found again has a blind index (盲索引) beside it: a keyed hash that tells nothing without the key.
//! Read [`Sealer`] first, then `row` (a whole row at once) and `reseal` (old rows under a new key).
//!
//! 个人信息保护法第五十一条第三项: 采取相应的加密、去标识化等安全技术措施.

mod mark;
mod reseal;
mod row;
mod sealer;
mod text;

pub use mark::{tidy_name, tidy_number};
pub use reseal::{RESEAL, Standing, Tables, arrange, jobs, seal_all, standing, uses};
pub use row::{Marked, Sealed, SealedTable, finds, open, open_all, open_one, open_value, seal, seal_value};
pub use sealer::{Sealer, Worked};
pub use text::{is_sealed, key_of};

use sea_orm::ConnectionTrait;

/// A connection that carries what seals and opens.
pub trait Sealing: ConnectionTrait {
    /// It.
    fn sealer(&self) -> &Sealer;
}
