//! One act, one file, one transaction.

mod keep;
mod replay;
mod subscribe;

pub use keep::{end, pause, ping, resume};
pub use replay::{REPLAY_MAX, replay};
pub use subscribe::{Made, Subscribe, subscribe};

use access::Resource;

use crate::store::subscription::Model;

/// A subscription as policies see it.
pub(crate) fn resource(row: &Model) -> Resource {
    Resource::of("webhook").in_region(&row.region).opened_by(row.owner.as_str())
}
