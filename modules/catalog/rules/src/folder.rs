//! From files to shelves: which file holds what, every record read and put under its id.

mod regions;
mod shelf;

pub(crate) use regions::Regions;
pub(crate) use shelf::{Entry, Known, Shelf};

use kernel::calendar::WorkCalendar;

use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::ids::*;
use crate::model::*;
use crate::reader::{At, Node, Read, Yaml, load};

/// What a file of the folder is for, told by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
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
    NotOurs,
    Stray,
}

fn subject(path: &str) -> Subject {
    if !(path.ends_with(".yaml") || path.ends_with(".yml")) {
        return Subject::NotOurs;
    }
    match path.split_once('/').map_or(path, |(folder, _)| folder) {
        "district.yaml" | "district.yml" => Subject::District,
        "authorities" => Subject::Authorities,
        "halls" => Subject::Halls,
        "staff" => Subject::Staff,
        "elements" => Subject::Elements,
        "materials" => Subject::Materials,
        "licences" => Subject::Licences,
        "laws" => Subject::Laws,
        "items" => Subject::Items,
        "delegations.yaml" | "delegations.yml" => Subject::Delegations,
        "themes" | "connectors" | "words" => Subject::NotOurs,
        _ => Subject::Stray,
    }
}

/// The YAML files of a catalogue folder, as trees. Shelves borrow from it.
pub(crate) struct Trees(Vec<(Subject, Option<Node>)>);

impl Trees {
    /// Reads every YAML file that is ours. What cannot be read has been reported and is missing.
    pub fn grow(report: &mut Report<'_>) -> Self {
        let files = report.files();
        let trees = files.iter().enumerate().map(|(number, file)| {
            let subject = subject(&file.path);
            let tree = match subject {
                Subject::NotOurs => None,
                Subject::Stray => {
                    report.at(&codes::STRAY_FILE, Span::top_of(number), format!("没有读入 {}", file.path));
                    None
                }
                _ => load(number, report),
            };
            (subject, tree)
        });
        Self(trees.collect())
    }
}

/// Everything read, by id, with the place of each record.
pub(crate) struct Folder<'n> {
    pub district: Option<Entry<'n, District>>,
    pub regions: Regions,
    pub calendar: Option<WorkCalendar>,
    pub authorities: Shelf<'n, AuthorityId, Authority>,
    pub halls: Shelf<'n, HallId, Hall>,
    pub staff: Shelf<'n, StaffLogin, StaffMember>,
    pub elements: Shelf<'n, ElementCode, Element>,
    pub materials: Shelf<'n, MaterialId, Material>,
    pub licences: Shelf<'n, LicenceTypeId, LicenceType>,
    pub laws: Shelf<'n, LawName, Law>,
    pub items: Shelf<'n, ItemId, Item>,
    pub delegations: Shelf<'n, DelegationId, Delegation>,
}

impl<'n> Folder<'n> {
    /// Reads all records out of the trees, then the tables the district names.
    pub fn read(trees: &'n Trees, report: &mut Report<'_>) -> Self {
        let district = read_district(trees, report);
        let regions = Regions::read(table(district.as_ref(), "regions", report), report);
        let calendar = read_calendar(district.as_ref(), report);
        Self {
            regions,
            calendar,
            authorities: shelf(trees, Subject::Authorities, "id", |row: &Authority| row.id.clone(), report),
            halls: shelf(trees, Subject::Halls, "id", |row: &Hall| row.id.clone(), report),
            staff: shelf(trees, Subject::Staff, "login", |row: &StaffMember| row.login.clone(), report),
            elements: shelf(trees, Subject::Elements, "code", |row: &Element| row.code.clone(), report),
            materials: shelf(trees, Subject::Materials, "id", |row: &Material| row.id.clone(), report),
            licences: shelf(trees, Subject::Licences, "id", |row: &LicenceType| row.id.clone(), report),
            laws: shelf(trees, Subject::Laws, "name", |row: &Law| row.name.clone(), report),
            items: shelf(trees, Subject::Items, "id", |row: &Item| row.id.clone(), report),
            delegations: shelf(trees, Subject::Delegations, "id", |row: &Delegation| row.id.clone(), report),
            district,
        }
    }

    /// The plain catalogue, without places.
    pub fn into_catalog(self) -> Catalog {
        Catalog {
            district: self.district.map(|entry| entry.value).unwrap_or_default(),
            regions: self.regions.into_values(),
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
}

fn read_district<'n>(trees: &'n Trees, report: &mut Report<'_>) -> Option<Entry<'n, District>> {
    let mut files = trees.0.iter().filter(|(subject, _)| *subject == Subject::District);
    match files.next() {
        Some((_, tree)) => tree.as_ref().map(|node| Entry::read(node, report)),
        None => {
            report.at(&codes::MISSING_FILE, Span::top_of(0), "目录里没有 district.yaml");
            None
        }
    }
}

/// The number of the table file the district names under a key, and where it names it.
fn table(district: Option<&Entry<'_, District>>, key: &str, report: &mut Report<'_>) -> Option<usize> {
    let district = district?;
    let name = if key == "regions" { &district.value.regions } else { &district.value.calendar };
    if name.is_empty() {
        return None;
    }
    let found = report.files().iter().position(|file| file.path == *name);
    if found.is_none() {
        let span = district.place(&[At::Key(key)]);
        report.at(&codes::MISSING_FILE, span, format!("目录里没有 {name}"));
    }
    found
}

fn read_calendar(district: Option<&Entry<'_, District>>, report: &mut Report<'_>) -> Option<WorkCalendar> {
    let number = table(district, "calendar", report)?;
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

fn shelf<'n, K: Known, T: Read>(
    trees: &'n Trees,
    subject: Subject,
    key: &'static str,
    id: impl Fn(&T) -> K,
    report: &mut Report<'_>,
) -> Shelf<'n, K, T> {
    let mut shelf = Shelf::new(key);
    for (_, tree) in trees.0.iter().filter(|(of, _)| *of == subject) {
        let Some(tree) = tree else {
            shelf.lacks_some();
            continue;
        };
        match &tree.yaml {
            Yaml::List(rows) => rows.iter().for_each(|row| shelf.put(row, &id, report)),
            Yaml::Null => {}
            _ => shelf.put(tree, &id, report),
        }
    }
    shelf
}
