//! 拆分事项: the leaves are written, the old item is cancelled, and themes that named it name the leaves.

use std::collections::BTreeSet;

use access_service::Visit;
use authoring::split::{Leaf, split};
use platform::{Fault, RequestKey};
use uuid::Uuid;

use super::edit_revision::{allow_item, candidate, item_text, put};
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
    let (path, text) = item_text(&looked, item)?;
    allow_item(visit, &looked, &path, &text)?;
    let files = candidate(&looked);
    let in_force = looked.shelf.catalog().items.values().map(|item| item.code.clone());
    let edited = files.iter().filter(|file| file.path.starts_with("items/"));
    let edited = edited.filter_map(|file| {
        let line = file.text.lines().find_map(|line| line.strip_prefix("code:"))?;
        Some(line.trim().trim_matches(['"', '\'']).to_owned())
    });
    let taken: BTreeSet<String> = in_force.chain(edited).collect();
    let written = split(&files, item, leaves, &taken, visit.today())?;
    let written: Vec<_> = written.into_iter().map(|(path, text)| (path, Some(text))).collect();
    put(visit, key, &looked, &written).await
}
