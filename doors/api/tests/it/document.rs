//! The OpenAPI document.

use serde_json::Value;

use crate::ground::District;

fn document() -> Value {
    serde_json::to_value(api::openapi()).unwrap()
}

#[test]
fn the_document_is_a_contract() {
    insta::assert_json_snapshot!("openapi", document());
}

#[tokio::test]
async fn it_is_served_beside_the_operations() {
    let district = District::open().await;
    let served = district.visitor().get("/openapi.json").await;
    assert_eq!(served.json(), document());
}

#[test]
fn every_reference_resolves_and_every_operation_says_how_it_fails() {
    let document = document();
    let mut references = Vec::new();
    collect(&document, &mut references);
    for reference in references {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
    let mut ids = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{method} {path}");
            assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name}: its id is taken");
            assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{name}: no summary");
            let answers = operation["responses"].as_object().unwrap();
            assert!(answers.values().all(|one| one["description"].is_string()), "{name}: an answer without words");
            let faults = answers.values();
            assert!(faults.filter_map(|one| one.pointer("/content/application~1problem+json")).count() > 0, "{name}");
            // Anybody may have a file checked; nothing is written.
            let writes = method != "get" && name != "post /session" && name != "post /licences/verification";
            let csrf =
                operation["security"].as_array().is_some_and(|list| list.iter().any(|one| one.get("csrf").is_some()));
            assert_eq!(writes, csrf, "{name}: writing calls carry the token, reading calls do not");
        }
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str() {
                    Some(reference) if name == "$ref" => references.push(reference.to_owned()),
                    _ => collect(member, references),
                }
            }
        }
        Value::Array(members) => members.iter().for_each(|member| collect(member, references)),
        _ => {}
    }
}
