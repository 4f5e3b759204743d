//! What is wrong with a row: by itself, and beside the others.

use std::collections::{BTreeMap, HashMap};

use kernel::codes::{CreditCode, RegionCode};

use super::{ReadRow, Reader};
use crate::column::Column;
use crate::defect::{Defect, DefectKind};
use crate::item_code::ItemCode;
use crate::list::{Row, Unit};

impl Reader<'_> {
    /// All that shows in the row alone.
    pub(super) fn check(&mut self, row: &Row) {
        self.check_name(&row.name);
        self.check_unit(&row.unit);
        self.check_codes(row);
    }

    fn check_name(&mut self, name: &str) {
        if name.is_empty() {
            self.tell(DefectKind::NoName, Column::Name);
        } else if let Some(letter) = untidy(name) {
            self.tell_with(DefectKind::NameUntidy, Column::Name, "letter", letter);
        }
    }

    fn check_unit(&mut self, unit: &Unit) {
        if unit.name.is_empty() {
            self.tell(DefectKind::NoUnit, Column::Unit);
        } else if unit.authority.is_none() {
            self.tell_with(DefectKind::UnitUnknown, Column::Unit, "unit", &unit.name);
        }
        if !self.has(Column::UnitCode) {
            return;
        }
        let length = unit.code.chars().count();
        if unit.code.is_empty() {
            self.tell(DefectKind::NoUnitCode, Column::UnitCode);
        } else if length != 18 {
            self.tell_with(DefectKind::UnitCodeLength, Column::UnitCode, "length", length);
        } else if CreditCode::parse(&unit.code).is_err() {
            self.tell_with(DefectKind::UnitCodeWrong, Column::UnitCode, "said", &unit.code);
        }
    }

    fn check_codes(&mut self, row: &Row) {
        if !row.region.is_empty() && RegionCode::parse(&row.region).is_err() {
            self.tell_with(DefectKind::RegionWrong, Column::Region, "said", &row.region);
        }
        if !self.has(Column::Code) {
            return;
        }
        if row.code.is_empty() {
            self.tell(DefectKind::NoCode, Column::Code);
            return;
        }
        let Some(code) = ItemCode::read(&row.code) else {
            self.tell_with(DefectKind::LegacyCode, Column::Code, "length", row.code.chars().count());
            return;
        };
        if !code.has_sound_unit() {
            self.tell_with(DefectKind::CodeUnitWrong, Column::Code, "unit", code.unit);
        }
        if !row.unit.code.is_empty() && code.unit != row.unit.code {
            let defect = Defect::new(DefectKind::CodeUnitDiffers, Column::Code).fact("inside", code.unit);
            self.defects.push(defect.fact("beside", &row.unit.code));
        }
        if let Some(region) = code.region.filter(|region| !row.region.is_empty() && *region != row.region) {
            let defect = Defect::new(DefectKind::CodeRegionDiffers, Column::Code).fact("inside", region);
            self.defects.push(defect.fact("beside", &row.region));
        }
    }
}

/// The first thing in a name that makes two names of one: blanks, figures and letters of full width, brackets, commas and
/// semicolons of half width, a backslash.
fn untidy(name: &str) -> Option<String> {
    let doubtful = |letter: &char| {
        letter.is_whitespace()
            || matches!(letter, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\\' | '(' | ')' | ',' | ';')
    };
    let letter = name.chars().find(doubtful);
    letter.map(|letter| if letter.is_whitespace() { "空格".to_owned() } else { letter.to_string() })
}

/// What shows only when all rows lie side by side.
pub(super) fn beside_others(rows: &mut [ReadRow]) {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut names: HashMap<(String, String), usize> = HashMap::new();
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for read in rows.iter() {
        let Unit { name, code, .. } = &read.row.unit;
        let of_unit = codes.entry(name.clone()).or_default();
        if !code.is_empty() && !of_unit.contains(code) {
            of_unit.push(code.clone());
        }
    }
    for read in rows.iter_mut() {
        if let Some(many) = codes.get(&read.row.unit.name).filter(|many| many.len() > 1) {
            let defect = Defect::new(DefectKind::UnitManyCodes, Column::UnitCode).fact("codes", many.join("、"));
            read.defects.push(defect.fact("unit", &read.row.unit.name));
        }
        if read.row.name.is_empty() {
            continue;
        }
        match first.get(&read.row.identity()) {
            Some(line) => read.defects.push(Defect::new(DefectKind::Twice, Column::Name).fact("line", line)),
            None => {
                first.insert(read.row.identity(), read.line);
                let name = (read.row.unit.name.clone(), read.row.name.clone());
                match names.get(&name) {
                    Some(line) => {
                        read.defects.push(Defect::new(DefectKind::NameTwice, Column::Name).fact("line", line))
                    }
                    None => {
                        names.insert(name, read.line);
                    }
                }
            }
        }
    }
}
