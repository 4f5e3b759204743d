//! The items in force as those see them who keep them: version, and which revisions are under way.

use std::collections::BTreeMap;

use access::Role;
use access_service::Visit;
use authoring::State;
use authoring::acts::READ_REVISIONS;
use catalog::{Diagnostic, Item};
use catalog_service::Shelf;
use platform::Fault;
use uuid::Uuid;

use crate::acts::resource;
use crate::checking;
use crate::store::edit::edit_revisions;
use crate::store::revision::revision_find;

/// Items on a page.
pub const PAGE: usize = 50;

/// An item in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemLine {
    pub item: Item,
    /// Revisions under way that edit it: id and title.
    pub under_way: Vec<(Uuid, String)>,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemPage {
    pub rows: Vec<ItemLine>,
    pub total: usize,
    /// The id of the last item, where there are more.
    pub next: Option<String>,
}

/// What is asked for; nothing said means all that may be seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub words: String,
    pub authority: String,
    pub status: String,
}

/// A page of what is asked for, by id, after this one. The standards office sees all of them, an authority its own.
pub async fn page(visit: &Visit, asked: &Asked, after: Option<&str>) -> Result<ItemPage, Fault> {
    let own = if visit.actor.has_role(Role::Standards) { None } else { visit.actor.authority() };
    allow(visit)?;
    let shelf = visit.world.part::<Shelf>();
    let words: Vec<&str> = asked.words.split_whitespace().collect();
    let fits = |item: &&Item| {
        let authority = own.or(Some(asked.authority.as_str()).filter(|one| !one.is_empty()));
        let said = |word: &&str| {
            item.name.contains(*word)
                || item.id.as_str() == *word
                || item.code.contains(*word)
                || item.plain.as_deref().is_some_and(|plain| plain.contains(*word))
        };
        authority.is_none_or(|authority| item.authority.as_str() == authority)
            && (asked.status.is_empty() || item.status.word() == asked.status)
            && words.iter().all(said)
    };
    let found: Vec<&Item> = shelf.catalog().items.values().filter(fits).collect();
    let total = found.len();
    let begin = after.map_or(0, |after| found.partition_point(|item| item.id.as_str() <= after));
    let shown: Vec<Item> = found[begin..].iter().take(PAGE).map(|item| (*item).clone()).collect();
    let next = shown.last().filter(|_| begin + PAGE < total).map(|item| item.id.to_string());
    let ids: Vec<String> = shown.iter().map(|item| item.id.to_string()).collect();
    let mut under_way = under_way(visit, &ids).await?;
    let line = |item: Item| ItemLine { under_way: under_way.remove(item.id.as_str()).unwrap_or_default(), item };
    Ok(ItemPage { rows: shown.into_iter().map(line).collect(), total, next })
}

/// Revisions under way that edit one of these items.
async fn under_way(visit: &Visit, items: &[String]) -> Result<BTreeMap<String, Vec<(Uuid, String)>>, Fault> {
    let reader = visit.world.db.reader();
    let mut found: BTreeMap<String, Vec<(Uuid, String)>> = BTreeMap::new();
    for (item, revision) in edit_revisions(reader, items).await? {
        let Some(row) = revision_find(reader, revision, false).await? else { continue };
        let is_over = matches!(row.facts()?.state(), State::Published | State::Withdrawn);
        if !is_over && visit.may(READ_REVISIONS, &resource(&row.authority)) {
            found.entry(item).or_default().push((row.id, row.title));
        }
    }
    Ok(found)
}

/// Asks whether the visitor keeps any part of the catalogue.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub fn allow(visit: &Visit) -> Result<(), Fault> {
    let own = if visit.actor.has_role(Role::Standards) { None } else { visit.actor.authority() };
    visit.allow(READ_REVISIONS, &resource(own.unwrap_or_default()))
}

/// What the check says of the release in force.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn findings(visit: &Visit) -> Result<Vec<Diagnostic>, Fault> {
    allow(visit)?;
    let shelf = visit.world.part::<Shelf>();
    checking::diagnostics(&visit.world, &shelf, Uuid::nil(), &[]).await
}
