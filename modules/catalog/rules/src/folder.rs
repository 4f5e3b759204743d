//! From files to shelves: which file holds what, every record read and put under its id.

mod leaf;
mod regions;
mod shelf;

pub(crate) use leaf::Leaf;
pub(crate) use regions::Regions;
pub(crate) use shelf::{Delta, Entry, Known, Shelf};

use std::sync::Arc;

use kernel::calendar::WorkCalendar;

use crate::checks::mentions;
use crate::codes;
use crate::compile::ItemRules;
use crate::diagnostic::{Finding, Report, SourceFile, Span};
use crate::ids::*;
use crate::model::*;
use crate::reader::At;

/// What a file of the folder is for, told by its path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    District,
    Authorities,
    Halls,
    Staff,
    Elements,
    Materials,
    Licences,
    Laws,
    Items,
    Delegations,
    /// A table, or something another crate reads.
    #[default]
    NotOurs,
    Stray,
}

impl Subject {
    /// What the file at this path is for.
    pub fn of(path: &str) -> Self {
        if !(path.ends_with(".yaml") || path.ends_with(".yml")) {
            return Self::NotOurs;
        }
        match path.split_once('/').map_or(path, |(folder, _)| folder) {
            "district.yaml" | "district.yml" => Self::District,
            "authorities" => Self::Authorities,
            "halls" => Self::Halls,
            "staff" => Self::Staff,
            "elements" => Self::Elements,
            "materials" => Self::Materials,
            "licences" => Self::Licences,
            "laws" => Self::Laws,
            "items" => Self::Items,
            "delegations.yaml" | "delegations.yml" => Self::Delegations,
            "themes" | "connectors" | "words" => Self::NotOurs,
            "accepted.yaml" | "accepted.yml" | "exchange.yaml" | "exchange.yml" => Self::NotOurs,
            _ => Self::Stray,
        }
    }
}

/// The files of a folder and what was read from each, in the order in which they count: of two records of one id the
/// first is the one.
#[derive(Clone, Copy)]
pub(crate) struct Shelves<'s> {
    pub files: &'s [SourceFile],
    pub leaves: &'s [Leaf],
    /// Numbers of the files.
    pub order: &'s [u32],
}

impl<'s> Shelves<'s> {
    fn leaves(self, subject: Subject) -> impl Iterator<Item = &'s Leaf> {
        let of = move |number: &u32| &self.leaves[*number as usize];
        self.order.iter().map(of).filter(move |leaf| leaf.subject == subject)
    }

    fn number_of(self, path: &str) -> Option<usize> {
        self.order.iter().map(|number| *number as usize).find(|number| self.files[*number].path == path)
    }
}

/// Everything read, by id, with the place of each record.
pub(crate) struct Folder {
    pub district: Option<Arc<Entry<District>>>,
    pub regions: Regions,
    pub calendar: Option<WorkCalendar>,
    pub authorities: Shelf<AuthorityId, Authority>,
    pub halls: Shelf<HallId, Hall>,
    pub staff: Shelf<StaffLogin, StaffMember>,
    pub elements: Shelf<ElementCode, Element>,
    pub materials: Shelf<MaterialId, Material>,
    pub licences: Shelf<LicenceTypeId, LicenceType>,
    pub laws: Shelf<LawName, Law>,
    pub items: Shelf<ItemId, Item>,
    pub delegations: Shelf<DelegationId, Delegation>,
    /// What is wrong with the district's own file and its tables.
    top: Vec<Finding>,
}

/// Calls a macro-like closure for each shelf: the field, its subject.
macro_rules! each_shelf {
    ($run:ident) => {
        $run!(authorities Authorities);
        $run!(halls Halls);
        $run!(staff Staff);
        $run!(elements Elements);
        $run!(materials Materials);
        $run!(licences Licences);
        $run!(laws Laws);
        $run!(items Items);
        $run!(delegations Delegations);
    };
}

impl Folder {
    /// Fills all shelves, then reads the tables the district names.
    pub fn fill(read: Shelves<'_>) -> Self {
        let mut folder = Self {
            district: None,
            regions: Regions::default(),
            calendar: None,
            authorities: Shelf::new("id"),
            halls: Shelf::new("id"),
            staff: Shelf::new("login"),
            elements: Shelf::new("code"),
            materials: Shelf::new("id"),
            licences: Shelf::new("id"),
            laws: Shelf::new("name"),
            items: Shelf::new("id"),
            delegations: Shelf::new("id"),
            top: Vec::new(),
        };
        folder.read_top(read);
        macro_rules! fill {
            ($shelf:ident $subject:ident) => {
                folder.refill(Subject::$subject, read);
            };
        }
        each_shelf!(fill);
        folder
    }

    /// Reads the district's own file and its tables, again.
    pub fn read_top(&mut self, read: Shelves<'_>) {
        let mut report = Report::new(read.files);
        self.district = read_district(read, &mut report);
        let regions = table(self.district.as_deref(), "regions", read, &mut report);
        self.regions = Regions::read(regions, &mut report);
        self.calendar = read_calendar(self.district.as_deref(), read, &mut report);
        self.top = report.into_findings();
    }

    /// Fills the shelf of that subject, again; says what is different.
    pub fn refill(&mut self, subject: Subject, read: Shelves<'_>) -> Delta {
        match subject {
            Subject::Authorities => {
                shelf(&mut self.authorities, read, subject, |rows| &rows.authorities, |row| row.id.clone())
            }
            Subject::Halls => shelf(&mut self.halls, read, subject, |rows| &rows.halls, |row| row.id.clone()),
            Subject::Staff => shelf(&mut self.staff, read, subject, |rows| &rows.staff, |row| row.login.clone()),
            Subject::Elements => {
                shelf(&mut self.elements, read, subject, |rows| &rows.elements, |row| row.code.clone())
            }
            Subject::Materials => {
                shelf(&mut self.materials, read, subject, |rows| &rows.materials, |row| row.id.clone())
            }
            Subject::Licences => shelf(&mut self.licences, read, subject, |rows| &rows.licences, |row| row.id.clone()),
            Subject::Laws => shelf(&mut self.laws, read, subject, |rows| &rows.laws, |row| row.name.clone()),
            Subject::Items => shelf(&mut self.items, read, subject, |rows| &rows.items, |row| row.id.clone()),
            Subject::Delegations => {
                shelf(&mut self.delegations, read, subject, |rows| &rows.delegations, |row| row.id.clone())
            }
            Subject::District | Subject::NotOurs | Subject::Stray => Delta::default(),
        }
    }

    /// Whether an item names something that is not on its shelf.
    pub fn lacks_something(&self, item: &Item, rules: &ItemRules) -> bool {
        let mut lacks = false;
        macro_rules! look {
            ($shelf:ident $subject:ident) => {
                mentions(item, rules, Subject::$subject, &mut |id| lacks |= self.$shelf.get(id).is_none());
            };
        }
        each_shelf!(look);
        lacks
    }

    /// What is wrong with ids and tables.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let mut all: Vec<&[Finding]> = vec![&self.top];
        macro_rules! gather {
            ($shelf:ident $subject:ident) => {
                all.push(self.$shelf.findings());
            };
        }
        each_shelf!(gather);
        all.into_iter().flatten()
    }

    /// Brings a plain copy up to date after the shelf of that subject was filled again.
    pub fn update(&self, catalog: &mut Catalog, subject: Subject, delta: &Delta) {
        macro_rules! update {
            ($shelf:ident $subject:ident) => {
                if subject == Subject::$subject {
                    self.$shelf.update(&mut catalog.$shelf, delta);
                }
            };
        }
        each_shelf!(update);
        catalog.district = self.district.as_ref().map(|entry| entry.value.clone()).unwrap_or_default();
        catalog.regions = self.regions.values();
    }

    /// The plain catalogue, without places.
    pub fn into_catalog(self) -> Catalog {
        Catalog {
            district: self.district.map(|entry| entry.value.clone()).unwrap_or_default(),
            regions: self.regions.values(),
            authorities: self.authorities.into_values(),
            halls: self.halls.into_values(),
            staff: self.staff.into_values(),
            elements: self.elements.into_values(),
            materials: self.materials.into_values(),
            licences: self.licences.into_values(),
            laws: self.laws.into_values(),
            items: self.items.into_values(),
            delegations: self.delegations.into_values(),
        }
    }

    /// A plain copy of the catalogue, while this one goes on.
    pub fn to_catalog(&self) -> Catalog {
        let mut catalog = Catalog::default();
        macro_rules! copy {
            ($shelf:ident $subject:ident) => {
                catalog.$shelf = self.$shelf.to_values();
            };
        }
        each_shelf!(copy);
        catalog.district = self.district.as_ref().map(|entry| entry.value.clone()).unwrap_or_default();
        catalog.regions = self.regions.values();
        catalog
    }
}

fn read_district(read: Shelves<'_>, report: &mut Report<'_>) -> Option<Arc<Entry<District>>> {
    match read.leaves(Subject::District).next() {
        Some(leaf) => leaf.rows.district.clone(),
        None => {
            let first = read.order.first().copied().unwrap_or_default();
            report.at(&codes::MISSING_FILE, Span::top_of(first as usize), "目录里没有 district.yaml");
            None
        }
    }
}

/// The number of the table file the district names under a key, and where it names it.
fn table(district: Option<&Entry<District>>, key: &str, read: Shelves<'_>, report: &mut Report<'_>) -> Option<usize> {
    let district = district?;
    let name = if key == "regions" { &district.value.regions } else { &district.value.calendar };
    if name.is_empty() {
        return None;
    }
    let found = read.number_of(name);
    if found.is_none() {
        let span = district.place(&[At::Key(key)]);
        report.at(&codes::MISSING_FILE, span, format!("目录里没有 {name}"));
    }
    found
}

fn read_calendar(
    district: Option<&Entry<District>>,
    read: Shelves<'_>,
    report: &mut Report<'_>,
) -> Option<WorkCalendar> {
    let number = table(district, "calendar", read, report)?;
    match WorkCalendar::from_csv(&report.files()[number].text) {
        Ok(calendar) => Some(calendar),
        Err(fault) => {
            let span = Span { file: number as u32, start: 0, end: 1 };
            let finding = report.at(&codes::BROKEN_CSV, span, format!("工作日历读不懂：{fault}"));
            finding.mend("表头是 date,kind,reason，kind 写 holiday 或 workday，年份不能中断。");
            None
        }
    }
}

fn shelf<K: Known, T: PartialEq>(
    shelf: &mut Shelf<K, T>,
    read: Shelves<'_>,
    subject: Subject,
    rows: impl Fn(&leaf::Rows) -> &Vec<Arc<Entry<T>>>,
    id: impl Fn(&T) -> K,
) -> Delta {
    let mut report = Report::new(read.files);
    let mut filled = shelf.emptied();
    for leaf in read.leaves(subject) {
        if leaf.broken {
            filled.lacks_some();
        }
        rows(&leaf.rows).iter().for_each(|row| filled.put(row, &id, &mut report));
    }
    filled.keep_findings(report.into_findings());
    let delta = filled.delta(shelf);
    *shelf = filled;
    delta
}
