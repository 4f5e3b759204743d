//! The themes of the catalogue in force, compiled and in memory.

use std::sync::Arc;

use catalog_service::Shelf;
use platform::{Fault, World};
use search::Index;
use themes::Theme;
use uuid::Uuid;

/// Themes of one release, with the index to find them by. A world part.
pub struct ThemeShelf {
    /// The release they belong to.
    pub release: Uuid,
    catalogue: Arc<Shelf>,
    themes: Vec<Theme>,
    index: Index,
}

impl ThemeShelf {
    /// Compiles the themes of the catalogue on the shelf and installs them.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] of `catalogue` when none has been published; [`Fault::Internal`] when the published themes
    /// no longer compile.
    pub async fn install(world: &World) -> Result<Arc<ThemeShelf>, Fault> {
        Self::current(world)
    }

    /// The themes in force. When a newer catalogue has come onto the shelf, they are compiled anew.
    ///
    /// # Errors
    /// As [`ThemeShelf::install`].
    pub fn current(world: &World) -> Result<Arc<ThemeShelf>, Fault> {
        let catalogue = world.parts.get::<Shelf>().ok_or_else(|| Fault::unavailable("catalogue"))?;
        if let Some(held) = world.parts.get::<ThemeShelf>().filter(|held| held.release == catalogue.release) {
            return Ok(held);
        }
        world.parts.install(Self::of(catalogue)?);
        Ok(world.part())
    }

    /// The themes among the files of a catalogue.
    pub fn of(catalogue: Arc<Shelf>) -> Result<ThemeShelf, Fault> {
        let (themes, diagnostics) = themes::compile(catalogue.catalog(), &catalogue.files);
        let release = catalogue.release;
        let Some(themes) = themes else {
            return Err(Fault::internal(format!("themes of release {release} do not compile: {diagnostics:?}")));
        };
        let (wording, diagnostics) = themes::wording::compile(catalogue.catalog(), &themes, &catalogue.files);
        let Some(wording) = wording else {
            return Err(Fault::internal(format!(
                "people's words of release {release} do not compile: {diagnostics:?}"
            )));
        };
        let index = crate::finding::index(catalogue.catalog(), &themes, &wording);
        Ok(Self { release, catalogue, themes, index })
    }

    /// All themes, in the order of their files.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The theme of this id.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn theme(&self, id: &str) -> Result<&Theme, Fault> {
        self.themes.iter().find(|theme| theme.id == id).ok_or(Fault::NotFound)
    }

    /// The index of themes and items, asked through [`ThemeShelf::find`].
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// The catalogue they were compiled from.
    pub fn catalogue(&self) -> &Shelf {
        &self.catalogue
    }
}
