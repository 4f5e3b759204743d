//! 拆分事项: the leaves are written, the old item is cancelled, and themes that named it name the leaves.

use access_service::Visit;
use authoring::Subject;
use authoring::split::{Leaf, split};
use platform::{Fault, RequestKey};
use uuid::Uuid;

use super::edit_revision::{allow_record, candidate, put, record};
use super::keep_record::codes_taken;
use super::{Looked, found};

/// Splits an item of the candidate.
///
/// # Errors
/// Refusals of [`split`] and `authoring.not-now`; [`Fault::NotFound`], [`Fault::NotAllowed`], [`Fault::Conflict`].
pub async fn split_item(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    item: &str,
    leaves: &[Leaf],
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    let (record, _) = record(&looked, Subject::Item, item)?;
    allow_record(visit, &looked, Subject::Item, &record)?;
    let files = candidate(&looked);
    let taken = codes_taken(&looked);
    let written = split(&files, item, leaves, &taken, visit.today())?;
    let written: Vec<_> = written.into_iter().map(|(path, text)| (path, Some(text))).collect();
    put(visit, key, &looked, &written).await
}
