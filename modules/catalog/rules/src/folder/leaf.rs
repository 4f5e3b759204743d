//! One file read: its records with their places, and what is wrong with reading them.

use std::sync::Arc;

use super::{Entry, Subject};
use crate::codes;
use crate::diagnostic::{Finding, Report, SourceFile, Span};
use crate::model::*;
use crate::reader::{Node, Read, Yaml, load};

/// What one file says.
#[derive(Default)]
pub(crate) struct Leaf {
    pub subject: Subject,
    /// It could not be read: what it was to hold may exist all the same.
    pub broken: bool,
    pub rows: Rows,
    pub findings: Vec<Finding>,
}

/// Records of one file; a file holds one kind.
#[derive(Default)]
pub(crate) struct Rows {
    pub district: Option<Arc<Entry<District>>>,
    pub authorities: Vec<Arc<Entry<Authority>>>,
    pub halls: Vec<Arc<Entry<Hall>>>,
    pub staff: Vec<Arc<Entry<StaffMember>>>,
    pub elements: Vec<Arc<Entry<Element>>>,
    pub materials: Vec<Arc<Entry<Material>>>,
    pub licences: Vec<Arc<Entry<LicenceType>>>,
    pub laws: Vec<Arc<Entry<Law>>>,
    pub items: Vec<Arc<Entry<Item>>>,
    pub delegations: Vec<Arc<Entry<Delegation>>>,
}

impl Leaf {
    /// Reads the file of that number.
    pub fn read(files: &[SourceFile], number: usize) -> Self {
        let path = &files[number].path;
        let subject = Subject::of(path);
        let mut report = Report::new(files);
        let mut leaf = Self { subject, ..Self::default() };
        match subject {
            Subject::NotOurs => return leaf,
            Subject::Stray => {
                report.at(&codes::STRAY_FILE, Span::top_of(number), format!("没有读入 {path}"));
            }
            _ => match load(number, &mut report) {
                Some(tree) => leaf.rows = Rows::read(subject, tree, &mut report),
                None => leaf.broken = true,
            },
        }
        leaf.findings = report.into_findings();
        leaf
    }
}

impl Rows {
    fn read(subject: Subject, tree: Node, report: &mut Report<'_>) -> Self {
        let mut rows = Self::default();
        match subject {
            Subject::District => rows.district = Some(Arc::new(Entry::read(tree, report))),
            Subject::Authorities => rows.authorities = entries(tree, report),
            Subject::Halls => rows.halls = entries(tree, report),
            Subject::Staff => rows.staff = entries(tree, report),
            Subject::Elements => rows.elements = entries(tree, report),
            Subject::Materials => rows.materials = entries(tree, report),
            Subject::Licences => rows.licences = entries(tree, report),
            Subject::Laws => rows.laws = entries(tree, report),
            Subject::Items => rows.items = entries(tree, report),
            Subject::Delegations => rows.delegations = entries(tree, report),
            Subject::NotOurs | Subject::Stray => {}
        }
        rows
    }
}

/// The records of a file: one, or a list of them.
fn entries<T: Read>(tree: Node, report: &mut Report<'_>) -> Vec<Arc<Entry<T>>> {
    match tree.yaml {
        Yaml::List(rows) => rows.into_iter().map(|row| Arc::new(Entry::read(row, report))).collect(),
        Yaml::Null => Vec::new(),
        _ => vec![Arc::new(Entry::read(tree, report))],
    }
}
