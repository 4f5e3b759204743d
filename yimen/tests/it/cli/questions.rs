//! `yimen questions THEME`: ids, texts, kinds and values, and every value listed is one that `plan` takes.

use crate::binary::yimen;
use crate::district::{THEMES, sample};

#[test]
fn every_theme_lists_its_questions() {
    let path = sample();
    let catalog = path.to_str().expect("a path");
    for theme in THEMES {
        let json = yimen(["questions", theme, "--catalog", catalog, "--json"]).run().ends_with(0).json();
        assert_eq!(json["theme"], theme);
        let questions = json["questions"].as_array().unwrap_or_else(|| panic!("{theme}: no list of questions: {json}"));
        assert!(!questions.is_empty(), "{theme} asks nothing");
        let text = yimen(["questions", theme, "--catalog", catalog]).run().ends_with(0).out;
        for question in questions {
            let id = question["id"].as_str().expect("an id");
            assert!(question["text"].as_str().is_some_and(|text| !text.is_empty()), "{theme}.{id} has no text");
            let kind = question["kind"].as_str().expect("a kind");
            assert!(["bool", "single", "multi", "number", "text"].contains(&kind), "{theme}.{id} is a {kind}");
            let values = question["values"].as_array().expect("a list of values");
            let choice = ["bool", "single", "multi"].contains(&kind);
            assert_eq!(values.is_empty(), !choice, "{theme}.{id} of kind {kind} has values {values:?}");
            assert!(text.contains(id), "{theme}.{id} is missing from the text:\n{text}");
        }
    }
}

#[test]
fn every_value_listed_is_an_answer() {
    let path = sample();
    let catalog = path.to_str().expect("a path");
    for theme in THEMES {
        let json = yimen(["questions", theme, "--catalog", catalog, "--json"]).run().ends_with(0).json();
        let most = json["questions"].as_array().expect("questions").iter();
        let most = most.map(|question| question["values"].as_array().map_or(0, Vec::len)).max().unwrap_or(0);
        // The n-th value of every question in one call, since each call compiles the catalogue.
        for place in 0..most {
            let mut arguments = vec!["plan".to_owned(), theme.to_owned(), "--catalog".into(), catalog.into()];
            for question in json["questions"].as_array().expect("questions") {
                if let Some(value) = question["values"].get(place).and_then(|value| value.as_str()) {
                    arguments
                        .extend(["--answer".into(), format!("{}={value}", question["id"].as_str().expect("an id"))]);
                }
            }
            yimen(arguments.iter().map(String::as_str)).run().ends_with(0);
        }
    }
}

#[test]
fn an_unknown_theme_is_a_wrong_argument_and_the_known_ones_are_listed() {
    let path = sample();
    let ran = yimen(["questions", "open-casino", "--catalog", path.to_str().expect("a path")]).run().ends_with(2);
    assert!(THEMES.iter().all(|theme| ran.err.contains(theme)), "{}", ran.err);
}
