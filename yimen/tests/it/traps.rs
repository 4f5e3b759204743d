//! The thirty traps of the field and the tests that hold them: `docs/handbook/traps.md` names each, and each is there.

use std::collections::BTreeSet;

use crate::chart;

/// The modules that are still to be built; nothing else may be without a test.
const TO_BUILD: [&str; 4] = ["oversight", "market", "projects", "outreach"];

#[test]
fn every_trap_names_a_test_that_exists() {
    let page = std::fs::read_to_string(chart::root().join("docs/handbook/traps.md")).expect("the page");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .filter(|cells: &Vec<&str>| cells[0].parse::<u32>().is_ok())
        .collect();
    let numbers: BTreeSet<u32> = rows.iter().filter_map(|cells| cells[0].parse().ok()).collect();
    assert_eq!(numbers, (1..=30).collect(), "thirty traps, each once");
    assert_eq!(rows.len(), 30);
    for cells in rows {
        let tests: Vec<&str> = cells[2].split('`').filter(|piece| piece.contains("::")).collect();
        if let Some(module) = cells[2].strip_prefix("未建：") {
            assert!(TO_BUILD.contains(&module), "trap {}: {module} is built", cells[0]);
            assert!(!chart::root().join("modules").join(module).exists(), "{module} is there: name its tests");
            continue;
        }
        assert!(!tests.is_empty(), "trap {} has no test", cells[0]);
        for test in tests {
            let (file, name) = test.split_once("::").expect("file::name");
            let text = std::fs::read_to_string(chart::root().join(file)).unwrap_or_else(|_| panic!("no file {file}"));
            let there = text.contains(&format!("fn {name}(")) && (text.contains("#[test]") || text.contains("::test"));
            assert!(there, "trap {}: no test {name} in {file}", cells[0]);
        }
    }
}
