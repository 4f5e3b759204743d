//! 试算: what publishing a revision would do, before anybody does it.

use std::collections::BTreeSet;

use access_service::{Visit, Words};
use authoring::candidate::{self, Found};
use authoring::changes::{self, FileChange, ItemChange, ListChange, Side, ThemeChange};
use catalog::SourceFile;
use catalog_service::Shelf;
use platform::Fault;
use standards_service::acts::implied;
use themes_service::ThemeShelf;
use uuid::Uuid;

use super::revisions::readable;
use crate::acts::Looked;
use crate::checking;

/// What would happen.
#[derive(Debug, Clone, PartialEq)]
pub struct DryRun {
    /// Of the text this is about; publishing asks for it.
    pub digest: String,
    /// Findings of the check, new ones first.
    pub found: Vec<Found>,
    pub items: Vec<ItemChange>,
    pub files: Vec<FileChange>,
    /// None while the check has errors: a catalogue that does not compile implies nothing.
    pub lists: Option<Vec<ListChange>>,
    pub themes: Option<Vec<ThemeChange>>,
    /// Drafts of residents that are open in these themes; they go on by the new theme.
    pub drafts: u64,
}

/// Runs it.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn dry_run(visit: &Visit, id: Uuid) -> Result<DryRun, Fault> {
    let looked = Looked::at(visit, readable(visit, id).await?).await?;
    let found = checking::examine(&visit.world, &looked.shelf, id, &looked.edits).await?;
    let (items, files) = changes::between(&looked.shelf.files, &looked.edits);
    let (errors, _) = candidate::weighed(&found);
    let far = if errors == 0 { Some(reach(visit, &looked, &items).await?) } else { None };
    let mut drafts = 0;
    if let Some((_, themes)) = &far {
        let open = themes_service::reads::open_counts(&visit.world).await?;
        drafts = themes.iter().filter_map(|theme| open.get(&theme.id)).sum();
    }
    let (lists, themes) = far.map_or((None, None), |(lists, themes)| (Some(lists), Some(themes)));
    Ok(DryRun { digest: looked.digest, found, items, files, lists, themes, drafts })
}

/// How far it reaches: rows of the lists, and themes.
async fn reach(
    visit: &Visit,
    looked: &Looked,
    items: &[ItemChange],
) -> Result<(Vec<ListChange>, Vec<ThemeChange>), Fault> {
    let after: Vec<SourceFile> = candidate::files(&looked.shelf.files, &looked.edits);
    let (words, shelf) = (visit.world.part::<Words>(), looked.shelf.clone());
    let themes = ThemeShelf::current(&visit.world)?;
    let items: BTreeSet<String> = items.iter().map(|item| item.id.clone()).collect();
    let edits = looked.edits.clone();
    let work = tokio::task::spawn_blocking(move || {
        let items: BTreeSet<&str> = items.iter().map(String::as_str).collect();
        let paths: Vec<&str> =
            candidate::effective(&shelf.files, &edits).into_iter().map(|edit| edit.path.as_str()).collect();
        far(&words, &shelf, &themes, &after, (&items, &paths))
    });
    work.await.map_err(Fault::internal)?
}

fn far(
    words: &Words,
    shelf: &Shelf,
    themes: &ThemeShelf,
    after: &[SourceFile],
    (items, paths): (&BTreeSet<&str>, &[&str]),
) -> Result<(Vec<ListChange>, Vec<ThemeChange>), Fault> {
    let (Some(compiled), _) = catalog::compile(after) else {
        return Err(Fault::internal("a candidate without errors does not compile"));
    };
    let lists = changes::of_lists(&implied(words, shelf.catalog()), &implied(words, &compiled.catalog));
    let (Some(new), _) = themes::compile(&compiled.catalog, after) else {
        return Err(Fault::internal("themes of a candidate without errors do not compile"));
    };
    let before = Side { catalog: shelf.catalog(), themes: themes.themes(), files: &shelf.files };
    let after = Side { catalog: &compiled.catalog, themes: &new, files: after };
    Ok((lists, changes::of_themes(&before, &after, items, paths)))
}
