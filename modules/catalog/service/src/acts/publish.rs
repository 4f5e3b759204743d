//! Publishing a release: the folder is compiled, checked against what was published before, and kept for ever.

use catalog::{Diagnostic, Item, SourceFile};
use kernel::refusal::Refusal;
use platform::JournalEntry;
use platform::fault::Fault;
use sm3::{Digest, Sm3};
use uuid::Uuid;

use access_service::Visit;

use crate::store::{self, item, release, source};

/// What came of publishing.
#[derive(Debug)]
pub enum Published {
    /// A new release is in force.
    Released { release: Uuid, items: usize, new_versions: usize, warnings: Vec<Diagnostic> },
    /// The same files are in force already.
    Unchanged { release: Uuid },
    /// The folder has errors; nothing was published.
    Faulty(Vec<Diagnostic>),
}

/// Publishes the files as the new release.
///
/// # Errors
/// [`Refusal`] `catalog.version-changed` when an item differs from the one published under the same code and version:
/// cases pinned that text. [`Fault::NotAllowed`] for whoever is not standards officer or the platform.
pub async fn publish(visit: &Visit, files: &[SourceFile]) -> Result<Published, Fault> {
    release(visit, files, None).await
}

/// The same over that release: what somebody else has published since is not lost.
///
/// # Errors
/// As [`publish`]; [`Fault::Conflict`] when another release is in force by now.
pub async fn publish_over(visit: &Visit, files: &[SourceFile], base: Uuid) -> Result<Published, Fault> {
    release(visit, files, Some(base)).await
}

async fn release(visit: &Visit, files: &[SourceFile], base: Option<Uuid>) -> Result<Published, Fault> {
    let district = access::Resource::of("catalogue");
    visit.allow(catalog::acts::PUBLISH, &district)?;
    let digest = digest_of(files);
    if let Some(newest) = store::release_newest(visit.world.db.reader()).await?.filter(|newest| newest.digest == digest)
    {
        return Ok(Published::Unchanged { release: newest.id });
    }
    let (compiled, diagnostics) = catalog::compile(files);
    let Some(compiled) = compiled else { return Ok(Published::Faulty(diagnostics)) };
    let items: Vec<&Item> = compiled.catalog.items.values().collect();
    let fresh = fresh_versions(visit, &items).await?;
    let new_versions = fresh.len();
    let release = visit
        .write(None, async |tx| {
            if let Some(base) = base
                && store::release_newest(tx.conn()).await?.is_none_or(|newest| newest.id != base)
            {
                return Err(Fault::Conflict);
            }
            let release = tx.new_uuid();
            let row = release::Model {
                id: release,
                published_at: tx.now(),
                published_by: visit.actor.id.clone(),
                digest: digest.clone(),
                items: i32::try_from(items.len()).unwrap_or(i32::MAX),
            };
            let sources = files.iter().map(|file| source::Model {
                release,
                path: file.path.to_string(),
                text: file.text.to_string(),
            });
            let versions = fresh.iter().cloned().map(|version| item::Model { release, ..version });
            store::release_add(tx.conn(), row, sources.collect(), versions.collect()).await?;
            tx.record(JournalEntry::new(release, &visit.actor.id, catalog::acts::PUBLISH.name(), release.to_string()));
            Ok(release)
        })
        .await?;
    Ok(Published::Released { release, items: compiled.catalog.items.len(), new_versions, warnings: diagnostics })
}

/// Item versions not yet kept; refuses those that were published with another text.
async fn fresh_versions(visit: &Visit, items: &[&Item]) -> Result<Vec<item::Model>, Fault> {
    let known = store::item_digests(visit.world.db.reader()).await?;
    let mut fresh = Vec::new();
    for item in items {
        let body = serde_json::to_string(item)?;
        let digest = hex::encode(Sm3::digest(body.as_bytes()));
        let version = i32::try_from(item.version).map_err(Fault::internal)?;
        match known.get(&(item.code.clone(), version)) {
            None => fresh.push(item::Model { code: item.code.clone(), version, release: Uuid::nil(), digest, body }),
            Some(kept) if *kept == digest => {}
            Some(_) => {
                return Err(Refusal::new("catalog.version-changed", "raise-version")
                    .fact("item", &item.name)
                    .fact("version", version)
                    .into());
            }
        }
    }
    Ok(fresh)
}

/// SM3 over all paths and texts, each with its length so that no two folders share a digest by shifting a border.
fn digest_of(files: &[SourceFile]) -> String {
    let mut hash = Sm3::new();
    for file in files {
        for part in [file.path.as_bytes(), file.text.as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hex::encode(hash.finalize())
}
