//! 试算: what publishing a revision would do, before anybody does it.

use access_service::{Visit, Words};
use authoring::Known;
use authoring::candidate::{self, Found};
use authoring::changes::{self, FileChange, ListChange, RecordChange, Side, ThemeChange};
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
    pub records: Vec<RecordChange>,
    pub files: Vec<FileChange>,
    /// None while the check has errors: a catalogue that does not compile implies nothing.
    pub lists: Option<Vec<ListChange>>,
    pub themes: Option<Vec<ThemeChange>>,
    /// What the changes name.
    pub known: Known,
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
    let (records, files) = changes::between(&looked.shelf.files, &looked.edits);
    let (errors, _) = candidate::weighed(&found);
    let far = if errors == 0 { Some(reach(visit, &looked, &records).await?) } else { None };
    let mut drafts = 0;
    if let Some((_, themes)) = &far {
        let open = themes_service::reads::open_counts(&visit.world).await?;
        drafts = themes.iter().filter_map(|theme| open.get(&theme.id)).sum();
    }
    let (lists, themes) = far.map_or((None, None), |(lists, themes)| (Some(lists), Some(themes)));
    let known = Known::of(looked.shelf.catalog(), &looked.edits);
    Ok(DryRun { digest: looked.digest, found, records, files, lists, themes, known, drafts })
}

/// How far it reaches: rows of the lists, and themes.
async fn reach(
    visit: &Visit,
    looked: &Looked,
    records: &[RecordChange],
) -> Result<(Vec<ListChange>, Vec<ThemeChange>), Fault> {
    let after: Vec<SourceFile> = candidate::files(&looked.shelf.files, &looked.edits);
    let (words, shelf) = (visit.world.part::<Words>(), looked.shelf.clone());
    let themes = ThemeShelf::current(&visit.world)?;
    let records = records.to_vec();
    let edits = looked.edits.clone();
    let work = tokio::task::spawn_blocking(move || {
        let paths: Vec<&str> =
            candidate::effective(&shelf.files, &edits).into_iter().map(|edit| edit.path.as_str()).collect();
        far(&words, &shelf, &themes, &after, (&records, &paths))
    });
    work.await.map_err(Fault::internal)?
}

fn far(
    words: &Words,
    shelf: &Shelf,
    themes: &ThemeShelf,
    after: &[SourceFile],
    (records, paths): (&[RecordChange], &[&str]),
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
    let items = changes::items_touched([before.catalog, after.catalog], records);
    Ok((lists, changes::of_themes(&before, &after, &items, paths)))
}
