//! `yimen plan THEME`: the keys of the contract for all themes, and the salon's figures.

use serde_json::Value;

use crate::binary::{Ran, yimen};
use crate::district::{self, THEMES, sample};

fn plan(theme: &str, answers: &[&str]) -> Ran {
    let path = sample();
    let mut arguments = vec!["plan", theme, "--json", "--catalog", path.to_str().expect("a path")];
    for answer in answers {
        arguments.extend(["--answer", answer]);
    }
    yimen(arguments).run()
}

/// What a value of the contract must be.
#[derive(Clone, Copy, Debug)]
enum Is {
    Text,
    Number,
    Bool,
    List,
}

const CONTRACT: [(&str, Is); 15] = [
    ("/theme", Is::Text),
    ("/items", Is::List),
    ("/materials/before", Is::Number),
    ("/materials/after", Is::Number),
    ("/materials/to_submit", Is::Number),
    ("/materials/list", Is::List),
    ("/fields/before", Is::Number),
    ("/fields/after", Is::Number),
    ("/fields/prefilled", Is::Number),
    ("/fields/to_type", Is::Number),
    ("/days/before", Is::Number),
    ("/days/after", Is::Number),
    ("/trips/before", Is::Number),
    ("/trips/after", Is::Number),
    ("/timeline", Is::List),
];
const ITEM: [(&str, Is); 4] =
    [("/code", Is::Text), ("/name", Is::Text), ("/included", Is::Bool), ("/because", Is::Text)];
const MATERIAL: [(&str, Is); 4] =
    [("/name", Is::Text), ("/holder", Is::Text), ("/status", Is::Text), ("/because", Is::Text)];

#[track_caller]
fn keeps(contract: &[(&str, Is)], json: &Value, whose: &str) {
    for (key, is) in contract {
        let value = json.pointer(key).unwrap_or(&Value::Null);
        let right = match is {
            Is::Text => value.as_str().is_some_and(|text| !text.is_empty()),
            Is::Number => value.is_number(),
            Is::Bool => value.is_boolean(),
            Is::List => value.is_array(),
        };
        assert!(right, "{whose}: {key} should be a {is:?} and is {value}\n{json:#}");
    }
}

#[test]
fn all_themes_print_the_keys_of_the_contract() {
    for theme in THEMES {
        let json = plan(theme, &[]).ends_with(0).json();
        keeps(&CONTRACT, &json, theme);
        assert_eq!(json["theme"], theme);
        let items = json["items"].as_array().expect("items");
        assert!(!items.is_empty(), "{theme} has no items");
        items.iter().for_each(|item| keeps(&ITEM, item, theme));
        let list = json["materials"]["list"].as_array().expect("materials");
        list.iter().for_each(|material| keeps(&MATERIAL, material, theme));
        assert_eq!(json["materials"]["after"], list.len(), "{theme}: the list has the rows that were counted");
        let to_hand_in = list.iter().filter(|material| material["status"] == "hand-in").count();
        assert_eq!(json["materials"]["to_submit"], to_hand_in, "{theme}: what is to submit is in the list");
        let included = items.iter().filter(|item| item["included"] == true).count();
        assert_eq!(json["timeline"].as_array().map(Vec::len), Some(included), "{theme}: a bar for every item included");
    }
}

#[test]
fn the_salon_needs_nine_papers_instead_of_fourteen() {
    let json = plan("open-hair-salon", &["has_agent=true", "commit=true"]).ends_with(0).json();
    let included: Vec<&str> = json["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter(|item| item["included"] == true)
        .filter_map(|item| item["id"].as_str())
        .collect();
    assert_eq!(included, ["register-individual", "hygiene-permit-salon"]);
    let figure =
        |key: &str| json.pointer(key).and_then(Value::as_u64).unwrap_or_else(|| panic!("no {key} in {json:#}"));
    assert_eq!((figure("/materials/before"), figure("/materials/after")), (14, 9));
    assert_eq!((figure("/fields/before"), figure("/fields/after")), (51, 36));
    assert_eq!((figure("/days/before"), figure("/days/after")), (4, 1));
    assert_eq!((figure("/trips/before"), figure("/trips/after")), (4, 0));
}

#[test]
fn without_an_agent_the_agents_papers_are_not_asked_for() {
    let json = plan("open-hair-salon", &["has_agent=false", "commit=true"]).ends_with(0).json();
    assert_eq!((json["materials"]["before"].as_u64(), json["materials"]["after"].as_u64()), (Some(12), Some(7)));
    let holders: Vec<_> =
        json["materials"]["list"].as_array().expect("a list").iter().map(|row| &row["holder"]).collect();
    assert!(holders.iter().all(|holder| *holder != "agent"), "{holders:?}");
}

#[test]
fn the_salon_founders_form_is_half_filled_from_the_records() {
    let data = district::loaded_folder();
    let founder = district::demo("salon-founder");
    let path = sample();
    let arguments = ["plan", "open-hair-salon", "--json", "--catalog", path.to_str().expect("a path")];
    let answers = ["--answer", "has_agent=true", "--answer", "commit=true", "--answer", "site_area=60"];
    let subject = ["--subject", founder.citizen_id.as_str()];
    let asked = arguments.into_iter().chain(answers).chain(subject);
    let json = yimen(asked).data(data.path()).run().ends_with(0).json();
    assert_eq!(json["materials"]["after"], 9, "{json:#}");
    let fields = &json["fields"];
    assert_eq!(
        (fields["after"].as_u64(), fields["prefilled"].as_u64(), fields["to_type"].as_u64()),
        (Some(36), Some(10), Some(20)),
        "{fields}"
    );
    let sections = json["form"].as_array().expect("the form");
    let filled: Vec<&Value> = sections
        .iter()
        .flat_map(|section| section["fields"].as_array().into_iter().flatten())
        .filter(|field| field["filled"] == "prefilled")
        .collect();
    assert!(!filled.is_empty());
    for field in filled {
        assert!(field["because"].as_str().is_some_and(|said| said.starts_with("来自")), "no source is shown: {field}");
    }
}

#[test]
fn a_subject_that_is_nobody_is_told() {
    let data = district::loaded_folder();
    let path = sample();
    let catalog = path.to_str().expect("a path");
    // Right, and nobody's: the police never give out this serial to two people of that day in the sample.
    let nobody = ["plan", "open-hair-salon", "--catalog", catalog, "--subject", "11010519491231002X"];
    let ran = yimen(nobody).data(data.path()).run().ends_with(2);
    assert!(ran.err.contains("nobody"), "{}", ran.err);
    let wrong = ["plan", "open-hair-salon", "--catalog", catalog, "--subject", "440604198503152014"];
    let ran = yimen(wrong).data(data.path()).run().ends_with(2);
    assert!(ran.err.contains("citizen-id.check"), "{}", ran.err);
}

#[test]
fn all_wrong_answers_are_told_at_once() {
    let wrong = ["has_agent=perhaps", "site_area=-5", "colour=red", "commit", "scope=haircut,opera"];
    let ran = plan("open-hair-salon", &wrong).ends_with(2);
    for id in ["has_agent", "site_area", "colour", "commit", "scope"] {
        assert!(ran.err.contains(id), "{id} is not mentioned: {}", ran.err);
    }
}

#[test]
fn several_values_are_joined_by_commas() {
    let json = plan("open-hair-salon", &["scope=haircut,medical-beauty"]).ends_with(0).json();
    assert!(json["out_of_scope"]["reason"].as_str().is_some_and(|said| said.contains("医疗美容")), "{json:#}");
    assert!(json["out_of_scope"]["go"].as_str().is_some_and(|said| !said.is_empty()), "every no says where to go");
}
