//! 汇总上报: everything new or changed since the last batch becomes the next one. Pressed twice it is one; with nothing new it is
//! none, and says so.

use access_service::Visit;
use connect::acts::MAKE_BATCH;
use platform::{Fault, RequestKey};

use crate::connectors::current;
pub use crate::exchange::BatchOutcome;
use crate::exchange::{dictionary, reporter, resource, run};

/// Makes it.
///
/// # Errors
/// [`Fault::NotAllowed`]; `connect.no-dictionary` for a district without one.
pub async fn make_batch(visit: &Visit, key: Option<&RequestKey>) -> Result<BatchOutcome, Fault> {
    let shelf = current(&visit.world)?;
    visit.allow(MAKE_BATCH, &resource(&shelf))?;
    let dictionary = dictionary(&shelf)?;
    if visit.actor.is_staff() {
        return run(visit, key, &shelf, dictionary).await;
    }
    // Looks at people have a post and an authority; the platform itself has none.
    run(&reporter(&visit.world, &shelf), key, &shelf, dictionary).await
}
