//! One act, one file, one transaction.

mod bring_in;
mod drop_batch;
mod follow_catalogue;
mod keep_place;
mod make_proposals;
mod map_columns;
mod publish_list;
mod settle;
mod settle_proposal;
mod watch_proposals;
mod withdraw_row;

pub use bring_in::{BringIn, bring_in};
pub use drop_batch::drop_batch;
pub use follow_catalogue::{Followed, follow_catalogue, implied};
pub use keep_place::{drop_place, keep_place};
pub use make_proposals::make_proposals;
pub use map_columns::map_columns;
pub use publish_list::publish_list;
pub(crate) use settle::weigh;
pub(crate) use settle_proposal::TIME_OUT;
pub use settle_proposal::{PROPOSAL_REASON_MAX, send_proposals, settle_proposal};
pub use watch_proposals::{Watched, watch_proposals};
pub use withdraw_row::{REASON_CHARS_MAX, withdraw_row};

pub use crate::store::batch::Counts;

use access::{Act, Resource, Role};
use access_service::Visit;
use kernel::refusal::Refusal;
use platform::Fault;
use uuid::Uuid;

use crate::store::batch::{Line, batch_find};

/// The chain on which everything about the lists is recorded.
pub(crate) const CHAIN: &str = "lists";
/// The chain of all proposals.
pub(crate) const PROPOSALS: &str = "proposals";
/// The chain of the places that are compared with.
pub(crate) const PLACES: &str = "places";

/// The lists as policies see them.
pub(crate) fn lists() -> Resource {
    Resource::of("list")
}

/// The authority whose lists or proposals the visitor may do this with; the standards office sees all, which is none.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub(crate) fn whose(visit: &Visit, act: Act, resource: Resource) -> Result<Option<String>, Fault> {
    if visit.actor.has_role(Role::Standards) {
        visit.allow(act, &resource)?;
        return Ok(None);
    }
    let own = visit.actor.authority().ok_or(Fault::NotAllowed)?;
    visit.allow(act, &resource.of_authority(own))?;
    Ok(Some(own.to_owned()))
}

/// A file that was brought in, where the visitor may do this with it.
///
/// # Errors
/// [`Fault::NotFound`], also for another authority's; [`Fault::NotAllowed`].
pub(crate) async fn own_batch(visit: &Visit, act: Act, batch: Uuid) -> Result<Line, Fault> {
    let own = whose(visit, act, lists())?;
    let line = batch_find(visit.world.db.reader(), batch).await?.filter(|line| line.is_of(own.as_deref()));
    line.ok_or(Fault::NotFound)
}

/// What is answered where a batch is published or dropped already.
pub(crate) fn settled() -> Fault {
    Refusal::new("standards.batch-settled", "bring-in-again").into()
}
