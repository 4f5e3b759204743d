//! The check of a candidate, kept and followed edit by edit: the second look costs what the edit touches, not the catalogue.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use authoring::candidate::{Edit, Found, findings};
use catalog::Diagnostic;
use catalog_service::Shelf;
use connect::check::Check;
use platform::{Fault, World};
use uuid::Uuid;

/// Checks kept at once: that of the release in force, and of the revisions looked at last. Each holds a whole catalogue.
const HELD_MAX: usize = 4;

/// The checks of this process. A world part.
#[derive(Default)]
pub(crate) struct Checks {
    held: Mutex<VecDeque<Held>>,
}

struct Held {
    /// The revision; nil for the release in force.
    of: Uuid,
    release: Uuid,
    /// The edits it has taken, by path.
    edits: BTreeMap<String, Option<String>>,
    check: Check,
}

/// What the check says of a revision's candidate, new findings first.
///
/// # Errors
/// [`Fault::Internal`] when the check breaks down.
pub(crate) async fn examine(
    world: &World,
    shelf: &Arc<Shelf>,
    revision: Uuid,
    edits: &[Edit],
) -> Result<Vec<Found>, Fault> {
    let in_force = diagnostics(world, shelf, Uuid::nil(), &[]).await?;
    let candidate = diagnostics(world, shelf, revision, edits).await?;
    Ok(findings(&in_force, candidate))
}

/// Everything the check says of the release in force with these edits.
pub(crate) async fn diagnostics(
    world: &World,
    shelf: &Arc<Shelf>,
    of: Uuid,
    edits: &[Edit],
) -> Result<Vec<Diagnostic>, Fault> {
    let checks = world.parts.get_or_install(Checks::default);
    let (shelf, edits) = (shelf.clone(), edits.to_vec());
    // A large catalogue takes seconds the first time; other requests go on meanwhile.
    let work = tokio::task::spawn_blocking(move || checks.look(&shelf, of, &edits));
    work.await.map_err(Fault::internal)
}

impl Checks {
    fn look(&self, shelf: &Shelf, of: Uuid, edits: &[Edit]) -> Vec<Diagnostic> {
        let mut held = self.take(shelf, of);
        held.follow(shelf, edits);
        let diagnostics = held.check.diagnostics();
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_front(held);
        all.truncate(HELD_MAX);
        diagnostics
    }

    /// The check of that name on this release, out of those kept, or a new one.
    fn take(&self, shelf: &Shelf, of: Uuid) -> Held {
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|held| held.release == shelf.release);
        let place = all.iter().position(|held| held.of == of);
        let kept = place.and_then(|place| all.remove(place));
        drop(all);
        kept.unwrap_or_else(|| Held {
            of,
            release: shelf.release,
            edits: BTreeMap::new(),
            check: Check::new(shelf.files.clone(), Arc::default()),
        })
    }
}

impl Held {
    fn follow(&mut self, shelf: &Shelf, edits: &[Edit]) {
        let wanted: BTreeMap<&str, &Option<String>> =
            edits.iter().map(|edit| (edit.path.as_str(), &edit.text)).collect();
        let back: Vec<String> = self.edits.keys().filter(|path| !wanted.contains_key(path.as_str())).cloned().collect();
        for path in back {
            self.check.edit(&path, authoring::candidate::text_of(&shelf.files, &path));
            self.edits.remove(&path);
        }
        for (path, text) in wanted {
            if self.edits.get(path) != Some(text) {
                self.check.edit(path, text.as_deref());
                self.edits.insert(path.to_owned(), text.clone());
            }
        }
    }
}
