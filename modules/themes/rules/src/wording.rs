//! People's words (群众用语): what they say for what the catalogue says, and what they say in front of everything, as data
//! (`words/*.yaml` of a district's folder).
//!
//! Read here and checked; the search that uses them knows no district. `codes` says what can be wrong with them.

mod checks;
pub mod codes;

use std::hash::{DefaultHasher, Hash, Hasher};

use catalog::diagnostic::{Diagnostic, Report, SourceFile, has_errors};
use catalog::model::Catalog;
use catalog::reader::{Node, Read, load};
use catalog::shape;

use crate::theme::Theme;

/// All words of a district.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    pub words: Vec<Word>,
    /// Said about everything, and so about nothing (套话): 请问, 怎么办理.
    pub fillers: Vec<String>,
}

/// A word of the catalogue, and what people say for it (俗称、同义词).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub word: String,
    pub said: Vec<String>,
}

shape! { Wording {
    need: ;
    may: words, fillers;
}}

shape! { Word {
    need: word, said;
    may: ;
}}

/// Compiles the words among the files; other files are left alone. None are returned as long as any of them has an error;
/// a district without any has none, and is searched by its own names only. The catalogue and the themes must themselves have
/// compiled without errors.
pub fn compile<'t>(
    catalog: &'t Catalog,
    themes: impl IntoIterator<Item = &'t Theme>,
    files: &[SourceFile],
) -> (Option<Wording>, Vec<Diagnostic>) {
    let mut report = Report::new(files);
    let mut all = Wording::default();
    let mut nodes: Vec<Node> = Vec::new();
    for (number, _) in files.iter().enumerate().filter(|(_, file)| is_wording(&file.path)) {
        let Some(node) = load(number, &mut report) else { continue };
        let read = Wording::read(&node, &mut report);
        all.words.extend(read.words);
        all.fillers.extend(read.fillers);
        nodes.push(node);
    }
    checks::all(&nodes, catalog, themes, &mut report);
    let diagnostics = report.finish();
    (Some(all).filter(|_| !has_errors(&diagnostics)), diagnostics)
}

/// All that [`compile`] looks at, as a number: the words, and what themes and items are called. While it stays the same after
/// an edit elsewhere, so does what is found.
pub fn ground<'t>(catalog: &'t Catalog, themes: impl IntoIterator<Item = &'t Theme>, files: &[SourceFile]) -> u64 {
    let mut ground = DefaultHasher::new();
    for file in files.iter().filter(|file| is_wording(&file.path)) {
        (&*file.path, &*file.text).hash(&mut ground);
    }
    checks::called(catalog, themes).for_each(|name| name.hash(&mut ground));
    ground.finish()
}

/// Whether the file holds words: `words/family.yaml`.
pub fn is_wording(path: &str) -> bool {
    let name = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml"));
    name.and_then(|name| name.strip_prefix("words/")).is_some_and(|name| !name.contains('/'))
}
