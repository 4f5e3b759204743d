//! GB/T 40058-2021, against codes of real projects.

use kernel::codes::ProjectCode;
use proptest::prelude::*;

fn warnings(text: &str) -> Vec<String> {
    let code = ProjectCode::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    code.warnings().into_iter().map(|warning| warning.code.into_owned()).collect()
}

#[test]
fn codes_of_the_present_form_verify() {
    for text in [
        "2603-141124-89-05-346948",
        "2411-130202-89-01-637015",
        "2509-320193-89-01-544060",
        "2602-440604-04-01-123459",
        "2511-440307-47-01-003178",
    ] {
        assert_eq!(warnings(text), [""; 0], "{text}");
        assert!(ProjectCode::parse(text).unwrap().is_new_form());
    }
}

#[test]
fn old_codes_have_no_check_digit() {
    assert_eq!(warnings("2020-330327-48-01-167360"), ["project-code.old-form"]);
    let code = ProjectCode::parse("2020-330327-48-01-167360").unwrap();
    assert_eq!((code.region(), code.department(), code.project_type()), ("330327", "48", "01"));
    assert_eq!(code.expected_check(), None);
}

#[test]
fn the_form_changed_in_november_2020() {
    for (first, new) in
        [("2013", false), ("2019", false), ("2020", false), ("2011", true), ("2012", true), ("2101", true)]
    {
        let code = ProjectCode::parse(&format!("{first}-440604-04-01-123459")).unwrap();
        assert_eq!(code.is_new_form(), new, "{first}");
    }
}

#[test]
fn oddities_only_warn() {
    assert_eq!(warnings("2602-440604-04-01-123450"), ["project-code.check"]);
    let facts = &ProjectCode::parse("2602-440604-04-01-123450").unwrap().warnings()[0].facts;
    assert_eq!((facts["found"].as_str(), facts["expected"].as_str()), ("0", "9"));
    assert_eq!(warnings("2020-990327-48-01-167360"), ["project-code.old-form", "project-code.region"]);
}

#[test]
fn another_shape_is_a_fault() {
    for (text, code) in [
        ("", "project-code.shape"),
        ("26024406040401123459", "project-code.shape"),
        ("2602-440604-04-01-12345", "project-code.shape"),
        ("2602-440604-04-01-12345X", "project-code.shape"),
        ("2602-440604-04-01-1234５", "project-code.shape"),
        ("2613-440604-04-01-123459", "project-code.date"),
        ("2600-440604-04-01-123459", "project-code.date"),
        ("2010-440604-04-01-123459", "project-code.date"),
    ] {
        assert_eq!(ProjectCode::parse(text).unwrap_err().code, code, "{text}");
    }
}

proptest! {
    #[test]
    fn any_single_wrong_digit_is_noticed(position in 0_usize..24, digit in "[0-9]") {
        let right = "2603-141124-89-05-346948";
        prop_assume!(!matches!(right.as_bytes()[position], b'-'));
        let mut wrong = right.to_owned();
        wrong.replace_range(position..=position, &digit);
        prop_assume!(wrong != right);
        prop_assert!(ProjectCode::parse(&wrong).map_or(true, |code| !code.warnings().is_empty()), "{}", wrong);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[0-9A-Z\\PC-]{0,26}") {
        let _ = ProjectCode::parse(&text);
    }
}
