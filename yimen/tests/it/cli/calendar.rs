//! `yimen calendar add`: the vectors of the domain brief, batches, and what lies beyond the calendar.

use crate::binary::yimen;

/// From a day, so many working days, the day it ends.
const WORKDAYS: [(&str, u32, &str); 15] = [
    ("2026-02-13", 5, "2026-02-27"),
    ("2026-02-13", 10, "2026-03-05"),
    ("2026-04-28", 20, "2026-05-28"),
    ("2026-04-28", 30, "2026-06-11"),
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-18", 20, "2026-10-22"),
    ("2026-09-18", 45, "2026-11-26"),
    ("2026-09-18", 60, "2026-12-17"),
    ("2026-09-30", 1, "2026-10-08"),
    // A Saturday worked in exchange counts.
    ("2026-10-09", 1, "2026-10-10"),
    ("2025-12-31", 5, "2026-01-08"),
    ("2026-06-15", 10, "2026-06-30"),
    ("2025-09-26", 20, "2025-10-30"),
    ("2026-03-02", 20, "2026-03-30"),
    ("2026-10-08", 1, "2026-10-09"),
];

/// Natural days that end on a rest day end on the next working day.
const NATURAL: [(&str, u32, &str); 3] =
    [("2026-01-16", 30, "2026-02-24"), ("2026-09-01", 30, "2026-10-08"), ("2026-03-02", 10, "2026-03-12")];

fn lines(vectors: &[(&str, u32, &str)]) -> (String, Vec<String>) {
    let asked = vectors.iter().map(|(day, n, _)| format!("{day} {n}\n")).collect();
    (asked, vectors.iter().map(|(_, _, end)| (*end).to_owned()).collect())
}

#[test]
fn the_vectors_of_the_brief_come_out() {
    let (asked, expected) = lines(&WORKDAYS);
    assert_eq!(yimen(["calendar", "add", "--batch"]).input(&asked).run().ends_with(0).lines(), expected);
    let (asked, expected) = lines(&NATURAL);
    let ran = yimen(["calendar", "add", "--batch", "--unit", "natural"]).input(&asked).run().ends_with(0);
    assert_eq!(ran.lines(), expected);
}

#[test]
fn one_day_is_one_line_or_one_object() {
    assert_eq!(yimen(["calendar", "add", "2026-10-09", "1"]).run().ends_with(0).out, "2026-10-10\n");
    let ran = yimen(["calendar", "add", "2026-09-01", "30", "--unit", "natural", "--json"]).run().ends_with(0);
    assert_eq!(ran.json(), serde_json::json!({ "date": "2026-10-08" }));
}

#[test]
fn beyond_the_calendar_nothing_is_guessed() {
    for (day, n) in [("2026-12-31", "1"), ("2026-12-01", "30"), ("2027-01-04", "1"), ("1999-01-01", "1")] {
        let ran = yimen(["calendar", "add", day, n]).run().ends_with(1);
        assert!(ran.out.starts_with("error: ") && ran.out.contains("2026-12-31"), "{day} + {n}: {}", ran.out);
    }
    let ran = yimen(["calendar", "add", "2026-12-31", "1", "--json"]).run().ends_with(1);
    assert!(ran.json()["error"].is_string(), "{}", ran.out);
}

#[test]
fn a_batch_answers_every_line_in_order_also_the_wrong_ones() {
    let asked = "2026-10-09 1\n2026-02-30 5\n2026-12-31 1\nyesterday 3\n2026-10-09\n2026-10-09 many\n\n2026-09-30\t1\n";
    let ran = yimen(["calendar", "add", "--batch"]).input(asked).run().ends_with(1);
    let lines = ran.lines();
    assert_eq!(lines.len(), 8, "{}", ran.out);
    assert_eq!((lines[0], lines[7]), ("2026-10-10", "2026-10-08"));
    assert!(lines[1..7].iter().all(|line| line.starts_with("error: ")), "{}", ran.out);

    let ran = yimen(["calendar", "add", "--batch", "--json"]).input(asked).run().ends_with(1);
    let read = |line: &&str| serde_json::from_str::<serde_json::Value>(line).expect("an object a line");
    let objects: Vec<_> = ran.lines().iter().map(read).collect();
    assert_eq!(objects[0]["date"], "2026-10-10");
    assert!(objects[1..7].iter().all(|object| object["error"].is_string()), "{}", ran.out);
    yimen(["calendar", "add", "--batch"]).run().ends_with(0);
}

#[test]
fn another_districts_calendar_can_be_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("calendar.csv");
    std::fs::write(&file, "date,kind,reason\n2031-03-03,holiday,区庆\n").expect("a file");
    let file = file.to_str().expect("a path");
    assert_eq!(yimen(["calendar", "add", "2031-02-28", "1", "--file", file]).run().ends_with(0).out, "2031-03-04\n");
    let ran = yimen(["calendar", "add", "2026-10-09", "1", "--file", "/nowhere/calendar.csv"]).run().ends_with(3);
    assert!(ran.err.contains("/nowhere/calendar.csv"), "{}", ran.err);
    std::fs::write(folder.path().join("calendar.csv"), "date,kind,reason\n2031-13-03,holiday,\n").expect("a file");
    let ran = yimen(["calendar", "add", "2031-02-28", "1", "--file", file]).run().ends_with(3);
    assert!(ran.err.contains("line 2") || ran.err.contains(":2"), "the line is named: {}", ran.err);
}
