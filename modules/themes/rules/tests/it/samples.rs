//! The sample district's themes do what their scenarios say.

use kernel::calendar::WorkCalendar;
use themes::{Answers, Known, plan};

use crate::shelf::{District, chancheng};

#[test]
fn every_scenario_of_every_theme_holds() {
    let district = District::of(&chancheng());
    for theme in &district.themes {
        let own = district.scenarios.iter().filter(|scenario| scenario.theme == theme.id);
        assert!(own.count() > 0, "{} has no scenarios", theme.id);
    }
}

/// The command-line contract: with an agent and the commitment chosen, and nothing else said, exactly 14 → 9.
#[test]
fn the_salon_goes_from_fourteen_papers_to_nine() {
    let district = District::of(&chancheng());
    let salon = district.theme("open-hair-salon");
    let answers = salon.read_answers([("has_agent", "yes"), ("commit", "yes")]).expect("two answers");
    let plan = plan(salon, &answers, &Known::nothing());
    let report = serde_json::to_value(plan.report()).expect("JSON");
    assert_eq!((&report["materials"]["before"], &report["materials"]["after"]), (&14.into(), &9.into()));
    assert_eq!((&report["fields"]["before"], &report["fields"]["after"]), (&51.into(), &36.into()));
    assert_eq!((&report["days"]["before"], &report["days"]["after"]), (&4.into(), &1.into()));
    let cards = report["materials"]["list"].as_array().expect("a list").iter();
    let holders: Vec<_> = cards.filter(|row| row["name"] == "居民身份证").map(|row| row["holder"].clone()).collect();
    assert_eq!(holders, ["operator", "agent"]);
}

/// Domain §11.1: submitted on Thursday 2026-10-08, one working day; on the Friday, the Saturday worked in exchange.
#[test]
fn the_salon_is_due_on_the_next_working_day() {
    let files = chancheng();
    let district = District::of(&files);
    let csv = files.iter().find(|file| file.path == "calendar.csv").expect("the calendar");
    let calendar = WorkCalendar::from_csv(&csv.text).expect("a calendar");
    let plan = plan(district.theme("open-hair-salon"), &Answers::new(), &Known::nothing());
    for (accepted, due) in [("2026-10-08", "2026-10-09"), ("2026-10-09", "2026-10-10")] {
        let dates = plan.due_dates(accepted.parse().expect("a date"), &calendar).expect("within the calendar");
        assert_eq!(dates.last().map(|(_, day)| day.to_string()).as_deref(), Some(due));
    }
    assert!(plan.due_dates("2031-01-04".parse().expect("a date"), &calendar).is_err());
}
