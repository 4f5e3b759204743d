//! Rows of an office as rows of ours, with everything that is wrong with them. A defect is named and the row comes in all the
//! same, as long as there is something to put on a list; nothing of it is corrected in silence.

mod checks;

use std::collections::{BTreeMap, HashMap};

use catalog::model::{Citation, GovernmentLevel, RiskLevel};

use crate::cells;
use crate::column::Column;
use crate::defect::{Defect, DefectKind, Weight};
use crate::list::{Boundary, Duty, ListKind, Matter, Phase, RiskPoint, Row, Stage, Unit};
use crate::mapping::Mapping;
use crate::sheet::Sheet;

/// Who the authorities of the catalogue are: their ids by credit code, and by each name they go by in their own city: every
/// district has its 区人社局.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The first four digits of the district's region: its city.
    city: String,
    by_code: HashMap<String, String>,
    by_name: HashMap<String, String>,
}

impl Known {
    /// The authorities of a catalogue.
    pub fn of(catalog: &catalog::Catalog) -> Self {
        let mut known = Self { city: catalog.district.region.chars().take(4).collect(), ..Self::default() };
        for authority in catalog.authorities.values() {
            known.by_code.insert(authority.credit_code.clone(), authority.id.to_string());
            for name in [&authority.name, &authority.short] {
                known.by_name.insert(name.clone(), authority.id.to_string());
            }
        }
        known
    }

    fn authority(&self, unit: &Unit, region: &str) -> Option<String> {
        let is_here = region.is_empty() || region.starts_with(&self.city);
        let by_name = || self.by_name.get(&unit.name).filter(|_| is_here);
        self.by_code.get(&unit.code).or_else(by_name).cloned()
    }
}

/// One row that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// The number beside it in the office's spreadsheet.
    pub line: usize,
    pub row: Row,
    pub defects: Vec<Defect>,
}

impl ReadRow {
    /// Whether it can be published as it is.
    pub fn is_fit(&self) -> bool {
        self.defects.iter().all(|defect| defect.weight() != Weight::Error)
    }
}

/// Reads all rows. What only shows beside others (doubles, one unit under several codes) is told at each of them.
pub fn read(sheet: &Sheet, mapping: &Mapping, known: &Known) -> Vec<ReadRow> {
    let mut rows: Vec<ReadRow> = sheet
        .rows
        .iter()
        .enumerate()
        .map(|(index, cells)| {
            let mut reader = Reader { sheet, mapping, cells, defects: Vec::new(), unread: Vec::new() };
            let row = reader.row(known);
            ReadRow { line: Sheet::line(index), row, defects: reader.defects }
        })
        .collect();
    checks::beside_others(&mut rows);
    rows
}

struct Reader<'r> {
    sheet: &'r Sheet,
    mapping: &'r Mapping,
    cells: &'r [String],
    defects: Vec<Defect>,
    /// Columns whose cell says something that is no value of ours: it goes along as it is.
    unread: Vec<Column>,
}

impl Reader<'_> {
    fn has(&self, column: Column) -> bool {
        self.mapping.columns.contains_key(&column)
    }

    fn cell(&self, column: Column) -> &str {
        let place = self.mapping.columns.get(&column);
        place.and_then(|place| self.cells.get(*place)).map(|cell| cell.trim()).unwrap_or_default()
    }

    fn tell(&mut self, kind: DefectKind, column: Column) -> &mut Defect {
        self.defects.push(Defect::new(kind, column));
        self.defects.last_mut().expect("just pushed")
    }

    fn tell_with(&mut self, kind: DefectKind, column: Column, fact: &str, value: impl std::fmt::Display) {
        let defect = Defect::new(kind, column).fact(fact, value);
        self.defects.push(defect);
    }

    fn cannot_read(&mut self, kind: DefectKind, column: Column, said: &str) {
        self.tell_with(kind, column, "said", said);
        self.unread.push(column);
    }

    fn row(&mut self, known: &Known) -> Row {
        let matter = self.matter();
        let list = self.list(matter);
        let mut unit = Unit {
            name: self.cell(Column::Unit).to_owned(),
            code: self.cell(Column::UnitCode).to_owned(),
            authority: None,
        };
        unit.authority = known.authority(&unit, self.cell(Column::Region));
        let row = Row {
            matter,
            code: self.cell(Column::Code).to_owned(),
            main_item: self.main_item(),
            level: self.level(),
            region: self.cell(Column::Region).to_owned(),
            basis: self.basis(),
            duties: self.duties(),
            liability: cells::read(self.cell(Column::Liability)).into_iter().map(|parts| parts.join("｜")).collect(),
            stages: self.stages(),
            risks: self.risks(),
            boundaries: self.boundaries(),
            charge: self.cell(Column::Charge).to_owned(),
            item: Some(self.cell(Column::Item).to_owned()).filter(|item| !item.is_empty()),
            other: self.other(),
            ..Row::new(list, self.cell(Column::Name), unit)
        };
        self.check(&row);
        row
    }

    /// 事项类型 by number, with or without its leading zero, or by its name.
    fn matter(&mut self) -> Option<Matter> {
        let said = self.cell(Column::Matter).to_owned();
        if said.is_empty() {
            return None;
        }
        let by_number = Matter::parse(&said).or_else(|| Matter::parse(&format!("{said:0>2}")));
        let by_name = || NAMES.iter().find(|(name, _)| said == *name).map(|(_, matter)| *matter);
        let found = by_number.or_else(by_name);
        if found.is_none() {
            self.cannot_read(DefectKind::UnknownMatter, Column::Matter, &said);
        }
        found
    }

    /// The list a row says, else the one its type belongs to, else the one of the file.
    fn list(&mut self, matter: Option<Matter>) -> ListKind {
        let said = self.cell(Column::List).to_owned();
        if !said.is_empty() {
            let by_name = LISTS.iter().find(|(name, _)| said == *name).map(|(_, list)| *list);
            if let Some(list) = ListKind::parse(&said).or(by_name) {
                return list;
            }
            self.cannot_read(DefectKind::UnknownList, Column::List, &said);
        }
        match (self.mapping.list, matter) {
            (ListKind::Power | ListKind::Service, Some(matter)) => matter.list(),
            (list, _) => list,
        }
    }

    fn level(&mut self) -> Option<GovernmentLevel> {
        let said = self.cell(Column::Level).to_owned();
        let found = GovernmentLevel::ALL.iter().copied().find(|level| {
            said == level.word()
                || said == level.label()
                || said == level.digit().to_string()
                || said == level.label().replace('级', "")
        });
        if !said.is_empty() && found.is_none() {
            self.cannot_read(DefectKind::UnknownLevel, Column::Level, &said);
        }
        found
    }

    fn main_item(&mut self) -> String {
        let said = self.cell(Column::MainItem).to_owned();
        if said == "未分类" {
            self.tell(DefectKind::NoMainItem, Column::MainItem);
        }
        said
    }

    /// One basis a line: law, article, words; or in one piece as offices write it, `《law》第n条：words`.
    fn basis(&mut self) -> Vec<Citation> {
        let lines = cells::read(self.cell(Column::Basis));
        if lines.is_empty() && self.has(Column::Basis) {
            self.tell(DefectKind::NoBasis, Column::Basis);
        }
        let part = |parts: &[String], at: usize| parts.get(at).cloned().unwrap_or_default();
        let citation = |parts: Vec<String>| {
            let parts = if parts.len() == 1 { in_one_piece(&parts[0]) } else { parts };
            Citation { law: part(&parts, 0).into(), article: part(&parts, 1), text: part(&parts, 2) }
        };
        lines.into_iter().map(citation).collect()
    }

    fn duties(&self) -> Vec<Duty> {
        let of = |(column, phase): (Column, Phase)| {
            let lines = cells::read(self.cell(column)).into_iter();
            lines.map(move |parts| Duty { phase, text: parts.join("｜") }).collect::<Vec<_>>()
        };
        let columns = [
            (Column::DutiesBefore, Phase::Before),
            (Column::DutiesDuring, Phase::During),
            (Column::DutiesAfter, Phase::After),
        ];
        columns.into_iter().flat_map(of).collect()
    }

    /// One step a line; or the steps in one line with arrows between, as offices write them.
    fn stages(&self) -> Vec<Stage> {
        let said = self.cell(Column::Stages);
        let mut lines = cells::read(said);
        if let [one] = lines.as_slice()
            && let [whole] = one.as_slice()
        {
            let names = whole.split(['→', '—', '➔', '>']).map(str::trim).filter(|name| !name.is_empty());
            lines = names.map(|name| vec![name.trim_end_matches('。').to_owned()]).collect();
        }
        let stage = |parts: Vec<String>| {
            let mut parts = parts.into_iter();
            let mut next = || parts.next().unwrap_or_default();
            Stage { name: next(), by: next(), within: next() }
        };
        lines.into_iter().map(stage).collect()
    }

    /// One risk a line: point, level, measure.
    fn risks(&mut self) -> Vec<RiskPoint> {
        let mut risks = Vec::new();
        for parts in cells::read(self.cell(Column::Risks)) {
            let level =
                |said: &str| RiskLevel::ALL.iter().copied().find(|one| said == one.label() || said == one.word());
            match parts.as_slice() {
                [point] => {
                    risks.push(RiskPoint { point: point.clone(), level: RiskLevel::Middle, measure: String::new() })
                }
                [point, said, rest @ ..] if level(said).is_some() => {
                    let level = level(said).unwrap_or(RiskLevel::Middle);
                    risks.push(RiskPoint { point: point.clone(), level, measure: rest.join("｜") });
                }
                _ => self.tell_with(DefectKind::CellForm, Column::Risks, "line", parts.join("｜")),
            }
        }
        risks
    }

    /// One boundary a line: matter, who leads, who assists, the latter with 、 between.
    fn boundaries(&mut self) -> Vec<Boundary> {
        let mut boundaries = Vec::new();
        for parts in cells::read(self.cell(Column::Boundaries)) {
            match parts.as_slice() {
                [matter, lead] => {
                    boundaries.push(Boundary { matter: matter.clone(), lead: lead.clone(), assist: Vec::new() })
                }
                [matter, lead, assist] => {
                    let assist = assist.split('、').map(str::to_owned).collect();
                    boundaries.push(Boundary { matter: matter.clone(), lead: lead.clone(), assist });
                }
                _ => self.tell_with(DefectKind::CellForm, Column::Boundaries, "line", parts.join("｜")),
            }
        }
        boundaries
    }

    fn other(&self) -> BTreeMap<String, String> {
        let filled = |place: &usize| self.cells.get(*place).is_some_and(|cell| !cell.is_empty());
        let unused = self.mapping.unused(self.sheet).into_iter().filter(filled);
        let beside = unused.map(|place| (self.sheet.heads[place].clone(), self.cells[place].clone()));
        // Under a head of its own, so that nobody reads it as the value once more.
        let unread =
            self.unread.iter().map(|column| (format!("{}（原文）", column.head()), self.cell(*column).to_owned()));
        beside.chain(unread).collect()
    }
}

/// What offices write instead of numbers.
const NAMES: [(&str, Matter); 13] = [
    ("行政许可", Matter::Licence),
    ("行政处罚", Matter::Penalty),
    ("行政强制", Matter::Coercion),
    ("行政征收", Matter::Levy),
    ("行政给付", Matter::Payment),
    ("行政检查", Matter::Inspection),
    ("行政确认", Matter::Confirmation),
    ("行政奖励", Matter::Reward),
    ("行政裁决", Matter::Ruling),
    ("行政备案", Matter::Other),
    ("其他", Matter::Other),
    ("其他行政权力", Matter::Other),
    ("公共服务", Matter::Service),
];

const LISTS: [(&str, ListKind); 6] = [
    ("权力清单", ListKind::Power),
    ("权责清单", ListKind::Power),
    ("责任清单", ListKind::Duty),
    ("公共服务清单", ListKind::Service),
    ("行政收费清单", ListKind::Fee),
    ("收费清单", ListKind::Fee),
];

/// `《law》第n条：words` in its three parts; the whole as the law's name where it is written otherwise.
fn in_one_piece(text: &str) -> Vec<String> {
    let parts = || {
        let (law, rest) = text.strip_prefix('《')?.split_once('》')?;
        let (article, words) = rest.split_once(['：', ':']).unwrap_or((rest, ""));
        Some([law, article, words].map(|part| part.trim().to_owned()).to_vec())
    };
    parts().unwrap_or_else(|| vec![text.to_owned()])
}
