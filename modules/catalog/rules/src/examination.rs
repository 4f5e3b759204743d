//! A folder under examination: what was read and found is kept, so that after an edit only what depends on it is read and
//! checked again. Checking everything is the same with every file edited, so the two cannot disagree.
//!
//! Three kinds of work: reading a file (kept by file), checks of one item and what it names (kept by item, done again when
//! the item or something it names says something else), and checks of the folder as a whole, which are quick and always
//! done again. A console holds one of these for the folder its people work on.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::checks::{self, Absent, Conditions, Corpus};
use crate::compile::{Compiled, Examined, ItemRules};
use crate::condition::{ElementDictionary, on_parser_stack};
use crate::corpora::Corpora;
use crate::diagnostic::{Diagnostic, Finding, Report, SourceFile, placed};
use crate::folder::{Delta, Folder, Leaf, Shelves, Subject};
use crate::ids::ItemId;
use crate::model::{Catalog, Item};

/// What is known of a folder.
pub struct Examination {
    /// By number; a file that was removed leaves its number unused.
    files: Vec<SourceFile>,
    leaves: Vec<Leaf>,
    /// Numbers of the files that are there, in the order in which they count.
    order: Vec<u32>,
    folder: Folder,
    provided: Arc<Corpora>,
    corpus: Corpus,
    conditions: Conditions,
    dictionary: Arc<ElementDictionary>,
    items: BTreeMap<ItemId, Checked>,
    whole: Vec<Finding>,
    /// The plain catalogue, once somebody asked for it.
    catalog: OnceCell<Catalog>,
}

/// What was found about one item.
#[derive(Default)]
struct Checked {
    rules: ItemRules,
    findings: Vec<Finding>,
    absent: Vec<Absent>,
    /// It names something that is not there.
    dangling: bool,
}

/// What an edit changed, for those who build on the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    pub subject: Subject,
    /// Records that say something else, are new, or are gone.
    pub ids: BTreeSet<Box<str>>,
    /// Which ids there are has changed, too.
    pub keys: bool,
}

impl Examination {
    /// Reads and checks all of these files.
    pub fn new(files: Vec<SourceFile>, provided: Arc<Corpora>) -> Self {
        on_parser_stack(move || {
            let order: Vec<u32> = (0..files.len() as u32).collect();
            let leaves: Vec<Leaf> = (0..files.len()).map(|number| Leaf::read(&files, number)).collect();
            let folder = Folder::fill(Shelves { files: &files, leaves: &leaves, order: &order });
            let dictionary = Arc::new(ElementDictionary::new(folder.elements.entries().map(|entry| &entry.value)));
            let conditions = Conditions::new(dictionary.clone(), folder.elements.is_complete());
            let corpus = Corpus::of(&folder, provided.clone());
            let mut examination = Self {
                files,
                leaves,
                order,
                folder,
                provided,
                corpus,
                conditions,
                dictionary,
                items: BTreeMap::new(),
                whole: Vec::new(),
                catalog: OnceCell::new(),
            };
            let all: Vec<ItemId> = examination.folder.items.iter().map(|(id, _)| id.clone()).collect();
            examination.check_items(all);
            examination.check_whole();
            examination
        })
    }

    /// Puts another text in the place of a file's, adds a file, or takes one away (`None`); then checks what depends on it.
    pub fn edit(&mut self, path: &str, text: Option<&str>) -> Change {
        on_parser_stack(|| self.edit_here(path, text))
    }

    fn edit_here(&mut self, path: &str, text: Option<&str>) -> Change {
        let subject = Subject::of(path);
        let (number, moved) = self.put(path, text);
        let Some(number) = number else { return Change { subject, ..Change::default() } };
        self.leaves[number] = Leaf::read(&self.files, number);
        let read = Shelves { files: &self.files, leaves: &self.leaves, order: &self.order };
        // Tables are told by the district's file, and need not be called anything particular.
        if moved || subject == Subject::District || !path.ends_with(".yaml") {
            self.folder.read_top(read);
        }
        let delta = self.folder.refill(subject, read);
        let all = subject == Subject::Elements && self.new_elements(&delta);
        if subject == Subject::Laws {
            self.corpus = Corpus::of(&self.folder, self.provided.clone());
        }
        let again: Vec<ItemId> = match all {
            true => self.folder.items.iter().map(|(id, _)| id.clone()).collect(),
            false => self.depending(subject, &delta),
        };
        let folder = &self.folder;
        self.items.retain(|id, _| folder.items.get(id).is_some());
        self.check_items(again);
        self.check_whole();
        if let Some(catalog) = self.catalog.get_mut() {
            self.folder.update(catalog, subject, &delta);
        }
        Change { subject, ids: delta.changed, keys: delta.keys }
    }

    /// Sets the text of a file; its number, and whether the list of files changed. No number where nothing happened.
    fn put(&mut self, path: &str, text: Option<&str>) -> (Option<usize>, bool) {
        let place = self.order.iter().position(|number| self.files[*number as usize].path == path);
        match (place, text) {
            (Some(place), Some(text)) => {
                let number = self.order[place] as usize;
                if self.files[number].text == text {
                    return (None, false);
                }
                text.clone_into(&mut self.files[number].text);
                (Some(number), false)
            }
            (Some(place), None) => {
                let number = self.order.remove(place) as usize;
                self.files[number] = SourceFile::new("", "");
                (Some(number), true)
            }
            (None, Some(text)) => {
                let number = self.files.len();
                self.files.push(SourceFile::new(path, text));
                self.leaves.push(Leaf::default());
                let files = &self.files;
                let place = self.order.partition_point(|other| files[*other as usize].path.as_str() < path);
                self.order.insert(place, number as u32);
                (Some(number), true)
            }
            (None, None) => (None, false),
        }
    }

    /// Takes over changed elements; says whether every condition must be compiled again, because places have moved.
    fn new_elements(&mut self, delta: &Delta) -> bool {
        if delta.changed.is_empty() && !delta.keys {
            return false;
        }
        self.dictionary = Arc::new(ElementDictionary::new(self.folder.elements.entries().map(|entry| &entry.value)));
        self.conditions = Conditions::new(self.dictionary.clone(), self.folder.elements.is_complete());
        delta.keys
    }

    /// Items that a change of that subject can have something to do with.
    fn depending(&self, subject: Subject, delta: &Delta) -> Vec<ItemId> {
        let quiet = delta.changed.is_empty() && delta.moved.is_empty() && !delta.keys;
        let mut again = Vec::new();
        for (id, entry) in self.folder.items.iter().filter(|_| !quiet) {
            let Some(checked) = self.items.get(id) else {
                again.push(id.clone());
                continue;
            };
            let own = subject == Subject::Items && (delta.changed.contains(&**id) || delta.moved.contains(&**id));
            let troubled = !checked.findings.is_empty();
            let guessed = delta.keys && (troubled || checked.dangling);
            // Of a condition that could not be compiled it is not known what it reads.
            let unread = troubled && subject == Subject::Elements && !delta.changed.is_empty();
            if own || guessed || unread || names(&entry.value, checked, subject, delta) {
                again.push(id.clone());
            }
        }
        again
    }

    fn check_items(&mut self, ids: Vec<ItemId>) {
        for id in ids {
            let Some(entry) = self.folder.items.get(&id) else { continue };
            let mut report = Report::new(&self.files);
            let (rules, absent) = checks::item(entry, &self.folder, &self.corpus, &mut self.conditions, &mut report);
            let dangling = self.folder.lacks_something(&entry.value, &rules);
            let checked = Checked { rules, findings: report.into_findings(), absent, dangling };
            self.items.insert(id, checked);
        }
    }

    fn check_whole(&mut self) {
        let mut report = Report::new(&self.files);
        checks::whole(&self.folder, &mut report);
        self.corpus.report_absent(self.items.values().flat_map(|checked| &checked.absent), &mut report);
        self.whole = report.into_findings();
    }

    /// The files as they are now, in the order in which they count.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.order.iter().map(|number| &self.files[*number as usize])
    }

    /// How many items there are.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// Everything that is wrong, in the order of the files and of the lines.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let reading = self.order.iter().flat_map(|number| &self.leaves[*number as usize].findings);
        let items = self.items.values().flat_map(|checked| &checked.findings);
        let all = reading.chain(self.folder.findings()).chain(&self.whole).chain(items);
        placed(&self.files, &self.order, all)
    }

    /// The plain catalogue as it is now. Usable for further checks even with errors: what was faulty is missing or
    /// replaced by a stand-in.
    pub fn catalog(&self) -> &Catalog {
        self.catalog.get_or_init(|| self.folder.to_catalog())
    }

    /// The catalogue with its conditions, and all that is wrong with it, when nothing more is to be edited.
    pub fn into_examined(self) -> Examined {
        let diagnostics = self.diagnostics();
        let Self { leaves, mut folder, dictionary, items, .. } = self;
        // The shelves then hold the only copies.
        drop(leaves);
        let calendar = folder.calendar.take();
        let rules = items.into_iter().map(|(id, checked)| (id, checked.rules)).collect();
        let compiled = Compiled { catalog: folder.into_catalog(), dictionary, rules, calendar };
        Examined { compiled, diagnostics }
    }
}

/// Whether an item names something that changed, or something that moved while a finding may point there.
fn names(item: &Item, checked: &Checked, subject: Subject, delta: &Delta) -> bool {
    let mut found = false;
    let points = !checked.findings.is_empty();
    checks::mentions(item, &checked.rules, subject, &mut |id| {
        found |= delta.changed.contains(id) || (points && delta.moved.contains(id));
    });
    found
}
