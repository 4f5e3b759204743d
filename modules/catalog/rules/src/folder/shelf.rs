//! Records of one kind by id, with their places, and the question "is there one of this id?".

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::codes::{self, Code};
use crate::diagnostic::{Finding, Report, Span};
use crate::ids::*;
use crate::reader::{At, Node, Read};
use crate::spelling::closest;

/// A record and where it stands.
pub(crate) struct Entry<T> {
    pub value: T,
    pub node: Arc<Node>,
    /// Read without a finding. Checks that weigh several values against each other leave the others alone, because a
    /// stand-in is nobody's intention.
    pub sound: bool,
}

impl<T: Read> Entry<T> {
    pub fn read(node: Node, report: &mut Report<'_>) -> Self {
        let before = report.count();
        let value = T::read(&node, report);
        Self { value, node: Arc::new(node), sound: report.count() == before }
    }
}

impl<T> Entry<T> {
    /// Where the value at the end of a path stands.
    pub fn place(&self, path: &[At<'_>]) -> Span {
        self.node.place(path)
    }
}

/// A kind of id: how it is called, what must be true of it.
pub(crate) trait Known: Ord + Clone + Borrow<str> + AsRef<str> {
    /// What it names, in words.
    const NAMES: &'static str;
    /// The code when something refers to one that is not there.
    const UNKNOWN: &'static Code;
    /// How such an id must be written, if not freely.
    const FORM: Form;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Lower-case letters, digits, `-` and `_`.
    Slug,
    /// An identifier of the expression language.
    Identifier,
    Free,
}

macro_rules! known {
    ($($name:ident $names:literal $unknown:ident $form:ident;)*) => {$(
        impl Known for $name {
            const NAMES: &'static str = $names;
            const UNKNOWN: &'static Code = &codes::$unknown;
            const FORM: Form = Form::$form;
        }
    )*};
}

known! {
    AuthorityId "实施机关" UNKNOWN_AUTHORITY Slug;
    HallId "大厅" UNKNOWN_HALL Slug;
    StaffLogin "人员" UNKNOWN_AUTHORITY Slug;
    ElementCode "数据元" UNKNOWN_ELEMENT Identifier;
    MaterialId "规范材料" UNKNOWN_MATERIAL Slug;
    LicenceTypeId "证照类型" UNKNOWN_LICENCE Slug;
    LawName "法律" LAW_NOT_HELD Free;
    ItemId "事项" UNKNOWN_ITEM Slug;
    DelegationId "委托" UNKNOWN_ITEM Slug;
}

/// Records of one kind.
pub(crate) struct Shelf<K, T> {
    key: &'static str,
    entries: BTreeMap<K, Arc<Entry<T>>>,
    /// A file could not be read or a record has no id: what is not here may yet exist, and blaming those who refer to
    /// it would bury the cause under its consequences.
    complete: bool,
    /// What is wrong with the ids themselves.
    findings: Vec<Finding>,
    /// The nearest id to each unknown one that was asked for: what is misspelt is often misspelt everywhere.
    near: Mutex<HashMap<Box<str>, Option<Box<str>>>>,
}

/// What another filling of a shelf changed.
#[derive(Debug, Default)]
pub(crate) struct Delta {
    /// Records that say something else, are new, or are gone.
    pub changed: BTreeSet<Box<str>>,
    /// Records that say the same in another place.
    pub moved: BTreeSet<Box<str>>,
    /// Which ids there are, or whether all are known, has changed.
    pub keys: bool,
}

impl<K: Known, T> Shelf<K, T> {
    pub fn new(key: &'static str) -> Self {
        Self { key, entries: BTreeMap::new(), complete: true, findings: Vec::new(), near: Mutex::default() }
    }

    /// A shelf of the same kind with nothing on it.
    pub fn emptied(&self) -> Self {
        Self::new(self.key)
    }

    /// A file could not be read.
    pub fn lacks_some(&mut self) {
        self.complete = false;
    }

    /// What is wrong with the ids.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub fn keep_findings(&mut self, findings: Vec<Finding>) {
        self.findings = findings;
    }

    /// Puts a record under its id.
    pub fn put(&mut self, entry: &Arc<Entry<T>>, id: &impl Fn(&T) -> K, report: &mut Report<'_>) {
        let id = id(&entry.value);
        if id.as_ref().is_empty() {
            self.complete = false;
            return;
        }
        let span = entry.place(&[At::Key(self.key)]);
        check_form::<K>(id.as_ref(), span, report);
        if let Some(first) = self.entries.get(id.as_ref()) {
            let first = first.place(&[At::Key(self.key)]);
            let what = format!("{}“{}”登记了两次", K::NAMES, id.as_ref());
            report.at(&codes::DUPLICATE_ID, span, what).also(first, "第一次登记在这里");
            return;
        }
        self.entries.insert(id, entry.clone());
    }

    /// What is different from an earlier filling.
    pub fn delta(&self, before: &Self) -> Delta
    where
        T: PartialEq,
    {
        let mut delta = Delta { keys: self.complete != before.complete, ..Delta::default() };
        for (id, entry) in &self.entries {
            match before.entries.get(id.as_ref()) {
                Some(was) if Arc::ptr_eq(was, entry) => {}
                Some(was) if was.sound == entry.sound && was.value == entry.value => {
                    delta.moved.insert(id.as_ref().into());
                }
                was => {
                    delta.keys |= was.is_none();
                    delta.changed.insert(id.as_ref().into());
                }
            }
        }
        for id in before.entries.keys().filter(|id| !self.entries.contains_key(id.as_ref())) {
            delta.keys = true;
            delta.changed.insert(id.as_ref().into());
        }
        delta
    }
}

impl<K: Known, T> Shelf<K, T> {
    pub fn get(&self, id: &str) -> Option<&Entry<T>> {
        self.entries.get(id).map(Arc::as_ref)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&K, &Entry<T>)> {
        self.entries.iter().map(|(id, entry)| (id, entry.as_ref()))
    }

    pub fn entries(&self) -> impl Iterator<Item = &Entry<T>> {
        self.entries.values().map(Arc::as_ref)
    }

    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Looks up what a record refers to and reports when it is not there.
    pub fn refer(&self, id: &K, span: Span, report: &mut Report<'_>) -> Option<&Entry<T>> {
        let found = self.get(id.as_ref());
        if found.is_none() && self.complete && !id.as_ref().is_empty() {
            let near = self.nearest(id.as_ref());
            let finding = report.at(K::UNKNOWN, span, format!("没有{}“{}”", K::NAMES, id.as_ref()));
            if let Some(near) = near {
                finding.mend(format!("是不是要写“{near}”？"));
            }
        }
        found
    }

    fn nearest(&self, id: &str) -> Option<Box<str>> {
        let mut near = self.near.lock().unwrap_or_else(PoisonError::into_inner);
        let known = || closest(id, self.entries.keys().map(AsRef::as_ref)).map(Box::from);
        near.entry(id.into()).or_insert_with(known).clone()
    }

    /// The plain records; those nobody else holds are moved, not copied.
    pub fn into_values(self) -> BTreeMap<K, T>
    where
        T: Clone,
    {
        let value =
            |entry: Arc<Entry<T>>| Arc::try_unwrap(entry).map_or_else(|entry| entry.value.clone(), |entry| entry.value);
        self.entries.into_iter().map(|(id, entry)| (id, value(entry))).collect()
    }

    /// A copy of the plain records.
    pub fn to_values(&self) -> BTreeMap<K, T>
    where
        T: Clone,
    {
        self.entries.iter().map(|(id, entry)| (id.clone(), entry.value.clone())).collect()
    }

    /// Brings a copy of the plain records up to date.
    pub fn update(&self, values: &mut BTreeMap<K, T>, delta: &Delta)
    where
        T: Clone,
    {
        for id in &delta.changed {
            values.remove(&**id);
            if let Some((id, entry)) = self.entries.get_key_value(&**id) {
                values.insert(id.clone(), entry.value.clone());
            }
        }
    }
}

/// Words the expression language keeps for itself.
const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
];

fn check_form<K: Known>(id: &str, span: Span, report: &mut Report<'_>) {
    let mut letters = id.chars();
    let starts = letters.next().is_some_and(|first| first.is_ascii_lowercase());
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let right = match K::FORM {
        Form::Free => true,
        Form::Slug => starts && id.len() <= 64 && letters.all(|letter| plain(letter) || letter == '-'),
        Form::Identifier => starts && id.len() <= 64 && letters.all(plain) && !RESERVED.contains(&id),
    };
    if !right {
        let finding = report.at(&codes::BAD_ID, span, format!("“{id}”不能作{}的 id", K::NAMES));
        if K::FORM == Form::Identifier {
            finding.mend("数据元代码要能写进条件：只用小写字母、数字和下划线，以字母开头，不用 in、true 等保留字。");
        }
    }
}
