//! Filling a draft in, as a program would that reads what is missing and gives it.

use api::views::{Application, Draft, DraftField, DraftFile};
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::client::Client;
use crate::ground::demo;

/// The smallest whole PDF; `text` makes it another file.
pub fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.4\n% {text}\n%%EOF\n").into_bytes()
}

/// A draft begun with these answers.
pub async fn started(client: &Client, theme: &str, answers: Value) -> Draft {
    client.post("/drafts", &json!({"theme": theme, "answers": answers})).await.told()
}

/// Gives everything that is missing: fields first, then papers.
pub async fn filled(client: &Client, draft: Draft) -> Draft {
    let path = format!("/drafts/{}", draft.id);
    let mut draft = draft;
    // What follows from another entry may turn out not to follow, and is typed then.
    for _ in 0..2 {
        let body = json!({"version": draft.version, "fields": entries(&draft)});
        draft = client.put(&format!("{path}/form"), &body).await.told();
    }
    for paper in draft.papers.iter().filter(|paper| paper.missing) {
        let slot = &paper.slot;
        let file: DraftFile = client
            .upload(&format!("{path}/papers?paper={slot}"), &[("file", Some("scan.pdf"), &pdf(slot))])
            .await
            .told();
        assert_eq!((&file.slot, file.kind.as_str()), (slot, "application/pdf"));
    }
    let draft: Draft = client.get(&path).await.told();
    assert_eq!(draft.missing, [], "everything is given");
    draft
}

/// An application from beginning to submission.
pub async fn submitted(client: &Client, theme: &str, answers: Value) -> Application {
    let draft = filled(client, started(client, theme, answers).await).await;
    let answer = client.post(&format!("/drafts/{}/submit", draft.id), &json!({"declared": true})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.told()
}

/// Values for the fields somebody has to type.
pub fn entries(draft: &Draft) -> Map<String, Value> {
    let fields = draft.sections.iter().flat_map(|section| &section.fields);
    let to_type = fields.filter(|field| field.open && field.origin == "typed" && field.required);
    let given = |field: &DraftField| if field.fault.is_none() { json!(field.texts) } else { entry(field) };
    to_type.map(|field| (field.element.clone(), given(field))).collect()
}

fn entry(field: &DraftField) -> Value {
    match field.kind.code.as_str() {
        "choice" => json!(field.options[0].code),
        "multi" => json!([field.options[0].code]),
        "bool" => json!(true),
        "number" => json!(12),
        "date" => json!("2026-01-05"),
        "citizen-id" => json!(demo("agent").citizen_id.as_str()),
        "credit-code" => json!("11440604MB2C90012D"),
        "phone" => json!("13800138000"),
        "region" => json!("440604012017"),
        "email" => json!("name@example.cn"),
        _ => json!("同安路6号"),
    }
}
