//! Divisions: levels by length and closing zeros, ancestors, containment.

use kernel::codes::{RegionCode, RegionLevel};
use proptest::prelude::*;

fn region(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn long_and_short_forms_are_the_same_place() {
    use RegionLevel::{City, County, Province, Town, Village};
    for (text, short, level) in [
        ("44", "44", Province),
        ("4400", "44", Province),
        ("440000", "44", Province),
        ("440000000000", "44", Province),
        ("4406", "4406", City),
        ("440600", "4406", City),
        ("440600000000", "4406", City),
        ("440604", "440604", County),
        ("440604000", "440604", County),
        ("440604000000", "440604", County),
        ("440604012", "440604012", Town),
        ("440604012000", "440604012", Town),
        ("440604100", "440604100", Town), // 南庄镇: the zeros inside a level stay
        ("440604012013", "440604012013", Village), // 培德社区
        ("440604011200", "440604011200", Village), // 莲塘村
        ("441900", "4419", City),         // 东莞 has no counties
        ("441900003", "441900003", Town),
        ("429004", "429004", County), // 仙桃, directly under its province in all but digits
        ("110000", "11", Province),
    ] {
        let region = region(text);
        assert_eq!((region.as_str(), region.level()), (short, level), "{text}");
        assert_eq!(region.as_str().len(), region.level().digits());
    }
}

#[test]
fn paths_run_from_the_province_down() {
    for (text, path) in [
        ("44", "44"),
        ("440604012013", "44/4406/440604/440604012/440604012013"),
        ("440604000000", "44/4406/440604"),
        ("441900003005", "44/4419/441900003/441900003005"),
    ] {
        let found: Vec<String> = region(text).path().into_iter().map(String::from).collect();
        assert_eq!(found.join("/"), path);
        let parent = region(text).parent().map(String::from);
        assert_eq!(parent.as_deref(), found.iter().rev().nth(1).map(String::as_str));
    }
}

#[test]
fn a_place_contains_itself_and_what_lies_in_it() {
    for (outer, inner, expected) in [
        ("4406", "440604", true),
        ("440600", "440604012013", true),
        ("440604", "440604", true),
        ("440604", "440605", false),
        ("440604", "4406", false),
        ("440604012", "440604011200", false),
        ("4419", "441900003", true),
    ] {
        assert_eq!(region(outer).contains(&region(inner)), expected, "{outer} {inner}");
    }
}

#[test]
fn the_division_at_a_level() {
    let community = region("440604012013");
    assert_eq!(community.at(RegionLevel::County), Some(region("440604")));
    assert_eq!(community.at(RegionLevel::Village), Some(community.clone()));
    assert_eq!(region("4406").at(RegionLevel::County), None);
    assert_eq!(region("441900003").at(RegionLevel::County), None);
}

#[test]
fn exchange_tables_get_their_zeros_back() {
    assert_eq!((region("4406").six_digits(), region("4406").twelve_digits()), ("440600".into(), "440600000000".into()));
    assert_eq!(
        (region("440604012").six_digits(), region("440604012").twelve_digits()),
        ("440604".into(), "440604012000".into())
    );
}

#[test]
fn faults_have_stable_codes() {
    for (text, code) in [
        ("", "region.length"),
        ("440", "region.length"),
        ("44060401", "region.length"),
        ("44060A", "region.character"),
        ("４４", "region.character"),
        ("100000", "region.province"), // the nation in credit codes
        ("000000", "region.province"),
        ("990101", "region.province"),
        ("440004", "region.gap"),
        ("440604000001", "region.gap"),
    ] {
        assert_eq!(RegionCode::parse(text).unwrap_err().code, code, "{text}");
    }
}

proptest! {
    #[test]
    fn every_place_lies_in_all_its_ancestors(digits in "44(0[1-9]|[1-9][0-9])[0-9]{8}") {
        prop_assume!(RegionCode::parse(&digits).is_ok());
        let place = region(&digits);
        let levels: Vec<RegionLevel> = place.path().iter().map(RegionCode::level).collect();
        prop_assert!(levels.is_sorted_by(|a, b| a < b));
        for ancestor in place.ancestors() {
            prop_assert!(ancestor.contains(&place));
            prop_assert!(!place.contains(&ancestor));
        }
        prop_assert_eq!(region(&place.twelve_digits()), place);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,14}") {
        let _ = RegionCode::parse(&text);
    }
}
