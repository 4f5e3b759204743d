//! A list as it really is: 1,135 items of 34 departments of a district, with their dirt (2025). Everything comes in, every
//! defect is named, and nothing is lost on the way back.

use std::collections::BTreeMap;

use standards::column::Column;
use standards::defect::DefectKind;
use standards::list::{ListKind, Matter};
use standards::mapping::Mapping;
use standards::reading::{Known, ReadRow, read};
use standards::writing::write;
use standards::{Row, Sheet};

const FILE: &str = include_str!("../../../../samples/guangan/items-2025.csv");

fn sheet() -> Sheet {
    let mut reader = csv::Reader::from_reader(FILE.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().expect("heads").iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    Sheet::new(heads, reader.records().map(|record| row(record.expect("a row"))).collect())
}

fn counts(rows: &[ReadRow]) -> BTreeMap<DefectKind, usize> {
    let mut counts = BTreeMap::new();
    for defect in rows.iter().flat_map(|row| &row.defects) {
        *counts.entry(defect.kind).or_default() += 1;
    }
    counts
}

#[test]
fn a_real_list_comes_in_with_every_defect_named() {
    let sheet = sheet();
    let mapping = Mapping::guess(&sheet, ListKind::Power);
    let mapped: Vec<Column> = mapping.columns.keys().copied().collect();
    let expected =
        [Column::Name, Column::Code, Column::MainItem, Column::Matter, Column::Unit, Column::UnitCode, Column::Region];
    assert_eq!(mapped, expected, "every head of the file is understood");
    let rows = read(&sheet, &mapping, &Known::default());
    assert_eq!(rows.len(), 1135);
    let counts = counts(&rows);
    let count = |kind| counts.get(&kind).copied().unwrap_or_default();

    // Counted with other tools over the same file.
    assert_eq!(count(DefectKind::NoMainItem), 615);
    assert_eq!(count(DefectKind::UnitCodeLength) + count(DefectKind::UnitCodeWrong) + sound_codes(&rows), 1135);
    assert_eq!(count(DefectKind::UnitCodeLength), 871, "all codes that have not 18 characters");
    assert_eq!(count(DefectKind::UnknownMatter), 0);
    assert_eq!(count(DefectKind::Twice), 0, "no code stands twice");
    let services = rows.iter().filter(|row| row.row.list == ListKind::Service).count();
    assert_eq!(services, 348, "公共服务");
    let licences = rows.iter().filter(|row| row.row.matter == Some(Matter::Licence)).count();
    assert_eq!(licences, 536, "行政许可");
    println!("{counts:#?}");
}

fn sound_codes(rows: &[ReadRow]) -> usize {
    rows.iter().filter(|row| kernel::codes::CreditCode::parse(&row.row.unit.code).is_ok()).count()
}

#[test]
fn nothing_is_lost_on_the_way_back() {
    let sheet = sheet();
    let mapping = Mapping::guess(&sheet, ListKind::Power);
    let first = read(&sheet, &mapping, &Known::default());
    let rows: Vec<Row> = first.iter().map(|read| read.row.clone()).collect();
    let again = write(&rows);
    let mapping = Mapping::guess(&again, ListKind::Power);
    let second: Vec<Row> = read(&again, &mapping, &Known::default()).into_iter().map(|read| read.row).collect();
    assert_eq!(first.len(), second.len());
    for (first, second) in rows.iter().zip(&second) {
        assert_eq!(first, second);
    }
    // Every cell of the office's file stands somewhere in ours.
    for (index, row) in sheet.rows.iter().enumerate() {
        for cell in row.iter().filter(|cell| !cell.is_empty()) {
            let ours = &again.rows[index];
            let matter = format!("{cell:0>2}");
            assert!(ours.contains(cell) || ours.contains(&matter), "line {}: {cell} is gone", Sheet::line(index));
        }
    }
}
