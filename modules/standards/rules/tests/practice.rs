//! What cases really were, and which proposals grow from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use catalog::SourceFile;
use standards::practice::{CASES_MIN, Practice, held};
use standards::proposal::Kind;
use standards::proposal::generate::{Around, Found, all};

/// The sample district as its folder has it.
fn sample() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(&root).expect("inside").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(SourceFile::new(name, std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    files
}

fn lived(cases: &[(Option<u32>, u32)]) -> Practice {
    let mut practice = Practice::default();
    cases.iter().for_each(|(days, trips)| practice.take(*days, *trips, false, BTreeSet::new()));
    practice
}

/// So many cases, all decided in so many days, with so many trips each.
fn alike(cases: u64, days: u32, trips: u32) -> Practice {
    lived(&(0..cases).map(|_| (Some(days), trips)).collect::<Vec<_>>())
}

#[test]
fn days_are_told_as_people_read_them() {
    let practice = lived(&[(Some(1), 0), (Some(1), 0), (Some(2), 1), (Some(9), 2), (None, 0)]);
    assert_eq!((practice.cases, practice.decided(), practice.trips, practice.stayed_home), (5, 4, 3, 3));
    for (percent, days) in [(1, 1), (50, 1), (51, 2), (75, 2), (76, 9), (100, 9)] {
        assert_eq!(practice.days_of(percent), Some(days), "{percent} of a hundred");
    }
    assert_eq!([practice.longer_than(0), practice.longer_than(1), practice.longer_than(9)], [4, 2, 0]);
    assert_eq!(practice.usual_days(), None, "a handful says nothing");
    assert_eq!(alike(CASES_MIN, 3, 0).usual_days(), Some(3));
    assert_eq!(Practice::default().days_of(90), None);
}

#[test]
fn an_item_is_held_against_its_cases() {
    let compiled = catalog::compile(&sample()).0.expect("the sample compiles");
    let item = &compiled.catalog.items["sign-filing"];
    let mut practice = lived(&[(Some(1), 0), (Some(40), 1)]);
    practice.take(None, 0, true, ["S2".to_owned(), "S3".to_owned()].into());
    let held = held(&compiled.catalog, item, &practice);
    assert_eq!((held.median, held.usual, held.late), (Some(1), Some(40), 1));
    let rows: Vec<(&str, u64)> = held.collected.iter().map(|paper| (paper.row.as_str(), paper.cases)).collect();
    assert_eq!(rows, [("S2", 1)], "S3 cannot be waived: handing it in is what the list asks");
}

#[test]
fn the_next_round_grows_from_what_cases_were() {
    let compiled = catalog::compile(&sample()).0.expect("the sample compiles");
    let mut catalog = compiled.catalog.clone();
    // The sample has no visit that a law asks for.
    let item = catalog.items.get_mut("house-transfer").expect("the item");
    item.visits.reason = Some("《不动产登记暂行条例》第十四条".to_owned());
    let proposed = |item: &str, practice: Practice, kind: Kind| -> Option<Found> {
        let practice: BTreeMap<String, Practice> = [(item.to_owned(), practice)].into();
        let around = Around { practice, ..Around::default() };
        let found = all(&catalog, &compiled.rules, &around);
        found.into_iter().find(|one| one.kind == kind && one.target.item == item && one.facts.contains_key("cases"))
    };
    // Promised in ten working days.
    for (cases, days, told) in [(CASES_MIN, 5, true), (CASES_MIN, 6, false), (CASES_MIN - 1, 1, false)] {
        let found = proposed("maternity-expense", alike(cases, days, 1), Kind::T1);
        assert_eq!(found.is_some(), told, "{cases} cases in {days} days");
        if let Some(found) = found {
            assert_eq!((found.facts["own"].as_str(), found.facts["usual"].as_str()), ("10", "5"));
            assert_eq!(found.effect.days, 5);
        }
    }
    assert!(proposed("house-transfer", alike(CASES_MIN, 1, 0), Kind::P1).is_some(), "in no case did anybody come");
    assert!(proposed("house-transfer", alike(CASES_MIN, 1, 1), Kind::P1).is_none(), "people do come");
}
