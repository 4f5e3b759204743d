//! The press: [`documents::Sheet`] to PDF with typst.
//!
//! Fonts are found when the first sheet comes, not at the start of the server: who never prints needs none. Read
//! [`Typst`], then `fonts`; the layout itself is `document.typ`.

mod fonts;

use std::path::PathBuf;
use std::sync::OnceLock;

use documents::{Press, PressFault, Sheet};
use typst::foundations::{Dict, IntoValue};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;

const LAYOUT: &str = include_str!("document.typ");

/// The sizes a letter is tried in: 三号 as the standard wants it, 小三, 四号.
const POINTS: [&str; 4] = ["16", "15", "14.5", "14"];

/// How many sheets what was laid out before may help with; older work is dropped, so that memory does not grow.
const REMEMBERED: usize = 5;

/// A press that sets with typst.
pub struct Typst {
    folder: Option<PathBuf>,
    engine: OnceLock<TypstEngine<TypstTemplateMainFile>>,
}

impl Typst {
    /// A press that looks for fonts in this folder, or where the system keeps them.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, engine: OnceLock::new() }
    }

    /// The engine with its fonts. Missing fonts are looked for again next time: somebody may have installed them.
    fn engine(&self) -> Result<&TypstEngine<TypstTemplateMainFile>, PressFault> {
        if let Some(engine) = self.engine.get() {
            return Ok(engine);
        }
        let fonts = fonts::find(self.folder.as_deref())?;
        let made = TypstEngine::builder().main_file(LAYOUT).fonts(fonts).comemo_evict_max_age(Some(REMEMBERED)).build();
        Ok(self.engine.get_or_init(|| made))
    }
}

impl Press for Typst {
    fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PressFault> {
        let json = serde_json::to_string(sheet).map_err(|cause| PressFault::Setting(cause.to_string()))?;
        let mut set = self.set(&json, POINTS[0])?;
        if set.pages().len() > 1 {
            // A line or two on a second page look like a mistake; what needs two pages all the same keeps its size.
            for points in &POINTS[1..] {
                let smaller = self.set(&json, points)?;
                if smaller.pages().len() == 1 {
                    set = smaller;
                    break;
                }
            }
        }
        let options = typst_pdf::PdfOptions::default();
        typst_pdf::pdf(&set, &options).map_err(|cause| PressFault::Setting(format!("{cause:?}")))
    }
}

impl Typst {
    fn set(&self, json: &str, points: &'static str) -> Result<PagedDocument, PressFault> {
        let mut inputs = Dict::new();
        inputs.insert("sheet".into(), json.into_value());
        inputs.insert("points".into(), points.into_value());
        let set = self.engine()?.compile_with_input::<_, PagedDocument>(inputs).output;
        set.map_err(|cause| PressFault::Setting(cause.to_string()))
    }
}
