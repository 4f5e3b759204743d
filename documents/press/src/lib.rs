//! The press: [`documents::Sheet`] to PDF with typst.
//!
//! Fonts are found when the first sheet comes, not at the start of the server: who never prints needs none. Read
//! [`Typst`], then `fonts`; the layouts themselves are `document.typ` and `certificate.typ`.

mod fonts;

use std::path::PathBuf;
use std::sync::OnceLock;

use documents::{Certificate, Press, PressFault, Sheet};
use serde::Serialize;
use typst::foundations::{Dict, IntoValue};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;

const LAYOUT: &str = include_str!("document.typ");
const CERTIFICATE: &str = include_str!("certificate.typ");

/// The sizes a letter is tried in: 三号 as the standard wants it, 小三, 四号.
const POINTS: [&str; 4] = ["16", "15", "14.5", "14"];

/// The sizes the words of a certificate are tried in: one that says much is set smaller.
const CERTIFICATE_POINTS: [&str; 5] = ["16", "14", "12.5", "11", "9.5"];

/// How many sheets what was laid out before may help with; older work is dropped, so that memory does not grow.
const REMEMBERED: usize = 5;

/// A press that sets with typst.
pub struct Typst {
    folder: Option<PathBuf>,
    letters: OnceLock<Engine>,
    certificates: OnceLock<Engine>,
}

type Engine = TypstEngine<TypstTemplateMainFile>;

impl Typst {
    /// A press that looks for fonts in this folder, or where the system keeps them.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, letters: OnceLock::new(), certificates: OnceLock::new() }
    }

    /// The engine of a layout with its fonts. Missing fonts are looked for again next time: somebody may have installed
    /// them.
    fn engine<'a>(&self, kept: &'a OnceLock<Engine>, layout: &'static str) -> Result<&'a Engine, PressFault> {
        if let Some(engine) = kept.get() {
            return Ok(engine);
        }
        let fonts = fonts::find(self.folder.as_deref())?;
        let made = TypstEngine::builder().main_file(layout).fonts(fonts).comemo_evict_max_age(Some(REMEMBERED)).build();
        Ok(kept.get_or_init(|| made))
    }
}

impl Press for Typst {
    fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PressFault> {
        let engine = self.engine(&self.letters, LAYOUT)?;
        // A line or two on a second page look like a mistake; what needs two pages all the same keeps its size.
        print(&fitting(engine, ("sheet", &json(sheet)?), &POINTS)?)
    }

    fn certificate(&self, one: &Certificate) -> Result<Vec<u8>, PressFault> {
        let engine = self.engine(&self.certificates, CERTIFICATE)?;
        print(&fitting(engine, ("certificate", &json(one)?), &CERTIFICATE_POINTS)?)
    }
}

fn json(content: &impl Serialize) -> Result<String, PressFault> {
    serde_json::to_string(content).map_err(|cause| PressFault::Setting(cause.to_string()))
}

/// Set in the largest of these sizes that takes one page; where none does, in the first.
fn fitting(
    engine: &Engine,
    content: (&'static str, &str),
    sizes: &[&'static str],
) -> Result<PagedDocument, PressFault> {
    let first = set(engine, content, sizes[0])?;
    if first.pages().len() == 1 {
        return Ok(first);
    }
    for points in &sizes[1..] {
        let smaller = set(engine, content, points)?;
        if smaller.pages().len() == 1 {
            return Ok(smaller);
        }
    }
    Ok(first)
}

fn set(engine: &Engine, (name, json): (&'static str, &str), points: &'static str) -> Result<PagedDocument, PressFault> {
    let mut inputs = Dict::new();
    inputs.insert(name.into(), json.into_value());
    inputs.insert("points".into(), points.into_value());
    let set = engine.compile_with_input::<_, PagedDocument>(inputs).output;
    set.map_err(|cause| PressFault::Setting(cause.to_string()))
}

fn print(set: &PagedDocument) -> Result<Vec<u8>, PressFault> {
    let options = typst_pdf::PdfOptions::default();
    typst_pdf::pdf(set, &options).map_err(|cause| PressFault::Setting(format!("{cause:?}")))
}
