//! One act, one file, one transaction.

mod apply_again;
mod keep;
mod make_batch;
mod replay;
mod send_again;
mod set_aside;
mod subscribe;
mod take_batch;

pub(crate) use apply_again::NEVER;
pub use apply_again::apply_again;
pub use keep::{end, pause, ping, resume};
pub use make_batch::{BatchOutcome, make_batch};
pub use replay::{REPLAY_MAX, replay};
pub use send_again::send_again;
pub use set_aside::{REASON_CHARS_MAX, set_aside};
pub use subscribe::{Made, Subscribe, subscribe};
pub use take_batch::{take_batch, write_batch};

use access::Resource;
use connect::connector::Connector;

use crate::connectors::ConnectorShelf;
use crate::store::subscription::Model;

/// The chain on which the work of operators is recorded.
pub(crate) const CHAIN: &str = "operations";

/// A subscription as policies see it.
pub(crate) fn resource(row: &Model) -> Resource {
    Resource::of("webhook").in_region(&row.region).opened_by(row.owner.as_str())
}

/// A connector as policies see it: of its authority, in that authority's region.
pub(crate) fn connector_resource(shelf: &ConnectorShelf, connector: &Connector) -> Resource {
    let authority = shelf.catalogue().catalog().authorities.get(connector.authority.as_str());
    let region = authority.map(|authority| authority.region.as_str()).unwrap_or_default();
    Resource::of("connector").in_region(region).of_authority(connector.authority.as_str())
}
