//! One matter from the first answer to the hand-over, through the REST interface, by whoever is responsible.

use std::sync::atomic::Ordering;

use access::Role;
use catalog::model::{Item, StaffMember};
use catalog::{Catalog, SourceFile};
use platform::Clock;
use records::Resident;
use serde_json::{Value, json};

use super::ledger::{Call, Ledger, Session};
use crate::district::{self, SEED, sample};

/// The theme that is told: two authorities, the second waiting for the licence of the first.
const THEME: &str = "open-hair-salon";
/// The smallest thing that is a PDF to whoever looks at its content.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
/// Rounds of filling in what is still missing.
const ROUNDS: u32 = 4;

/// Who may play a part, and what the items say.
pub struct Cast {
    catalog: Catalog,
    residents: Vec<Resident>,
}

impl Cast {
    /// The staff and the invented residents of the loaded sample.
    pub fn of_sample() -> Self {
        let files: Vec<SourceFile> = catalog_service::folder::read(&sample()).expect("the sample is readable");
        let catalog = catalog::compile(&files).0.expect("the sample compiles").catalog;
        let today = Clock::System.today();
        let people = records_service::sample::people(SEED, district::RESIDENTS, &catalog, today);
        let of_age = |one: &Resident| {
            let years = kernel::day::age_on(one.citizen_id.birth(), today);
            one.died_on.is_none() && (18..60).contains(&years)
        };
        let residents: Vec<Resident> = people.residents.into_iter().filter(of_age).collect();
        assert!(residents.len() >= 20, "only {} residents are of age", residents.len());
        Self { catalog, residents }
    }

    /// Names and numbers of everybody who may play the applicant.
    pub fn persons(&self) -> Vec<String> {
        let of = |one: &Resident| [one.name.clone(), one.citizen_id.to_string()];
        self.residents.iter().flat_map(of).collect()
    }

    fn item(&self, id: &str) -> &Item {
        self.catalog.items.get(id).unwrap_or_else(|| panic!("no item {id}"))
    }

    /// Who holds this post in the authority of an item.
    fn officer(&self, role: Role, item: &Item) -> &str {
        let fits = |one: &&StaffMember| one.roles.contains(&role) && one.authority.as_ref() == Some(&item.authority);
        let found = self.catalog.staff.values().find(fits);
        &found.unwrap_or_else(|| panic!("nobody is {} in {}", role.name(), item.authority)).login
    }
}

/// Tells one story; `false` when there are to be no more.
pub fn tell(ledger: &Ledger, cast: &Cast) -> bool {
    if ledger.last_story.load(Ordering::Relaxed) {
        return false;
    }
    let person = &cast.residents[ledger.next_story() % cast.residents.len()];
    let who = json!({ "kind": "resident", "citizen_id": person.citizen_id.as_str(), "name": person.name });
    let resident = ledger.sign_in(&who);
    let application = submit(ledger, &resident);
    let id = application["id"].as_str().expect("the application's id").to_owned();
    let clerk = ledger.officer("clerk1");
    ledger.call(&clerk, Call::act(format!("/api/v1/applications/{id}/accept"), &json!({})));
    for case in application["cases"].as_array().expect("its cases") {
        settle(ledger, cast, case);
    }
    let to = json!({ "how": "window", "to": person.name });
    let done = ledger.call(&clerk, Call::act(format!("/api/v1/applications/{id}/hand-over"), &to));
    for case in done["cases"].as_array().expect("its cases") {
        assert_eq!(case["status"]["code"], "delivered", "{case:#}");
    }
    ledger.ended(&id);
    true
}

/// From the first answer to the receipt.
fn submit(ledger: &Ledger, resident: &Session) -> Value {
    let answers = json!({ "has_licence": false, "commit": true, "site_area": 60, "delivery_way": "window" });
    let mut draft = ledger.call(resident, Call::act("/api/v1/drafts", &json!({ "theme": THEME, "answers": answers })));
    let path = format!("/api/v1/drafts/{}", draft["id"].as_str().expect("the draft's id"));
    for _ in 0..ROUNDS {
        if missing(&draft, "form") {
            let form = json!({ "version": draft["version"], "fields": filled(&draft) });
            draft = ledger.call(resident, Call::put(format!("{path}/form"), &form));
        }
        for paper in draft["papers"].as_array().expect("papers") {
            if paper["missing"] == true {
                let slot = paper["slot"].as_str().expect("a slot");
                ledger.call(resident, upload(&format!("{path}/papers?paper={}", slot.replace('/', "%2F"))));
            }
        }
        draft = ledger.call(resident, Call::get(path.clone()));
        if draft["missing"].as_array().is_some_and(Vec::is_empty) {
            return ledger.call(resident, Call::act(format!("{path}/submit"), &json!({ "declared": true })));
        }
    }
    panic!("the draft is never complete; it lacks {:#}", draft["missing"]);
}

fn missing(draft: &Value, page: &str) -> bool {
    draft["missing"].as_array().is_some_and(|missing| missing.iter().any(|one| one["page"] == page))
}

/// Everything typed so far, and something fitting for whatever is still empty or wrong.
fn filled(draft: &Value) -> Value {
    let sections = draft["sections"].as_array().expect("sections").iter();
    let fields = sections.flat_map(|section| section["fields"].as_array().expect("fields"));
    let mut filled = serde_json::Map::new();
    for field in fields.filter(|field| field["open"] == true) {
        let element = field["element"].as_str().expect("an element").to_owned();
        if field["fault"].is_null() {
            if field["origin"] == "typed" && !field["value"].is_null() {
                filled.insert(element, field["value"].clone());
            }
        } else {
            filled.insert(element, fitting(field));
        }
    }
    Value::Object(filled)
}

/// A value that fits the kind of the field.
fn fitting(field: &Value) -> Value {
    if let Some(first) = field["options"].as_array().and_then(|options| options.first()) {
        let code = first["code"].clone();
        return if field["kind"]["code"] == "multi" { json!([code]) } else { code };
    }
    match field["kind"]["code"].as_str().unwrap_or_default() {
        "bool" => json!(true),
        "number" => json!(6),
        "date" => json!("2026-10-09"),
        "phone" => json!("13800138000"),
        "email" => json!("name@example.cn"),
        "citizen-id" => json!("440604198503152011"),
        "credit-code" => json!("91440604MA4W12346R"),
        "region" => json!("440604012013"),
        _ => json!("祖庙路15号"),
    }
}

fn upload(path: &str) -> Call {
    let mut body = Vec::new();
    body.extend_from_slice(b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"paper.pdf\"\r\n");
    body.extend_from_slice(b"content-type: application/pdf\r\n\r\n");
    body.extend_from_slice(PDF);
    body.extend_from_slice(b"\r\n--b--\r\n");
    Call { method: "POST", path: path.to_owned(), kind: "multipart/form-data; boundary=b".into(), body, key: None }
}

/// One case through its authority: every step by whoever holds the post, the decision, the licence.
fn settle(ledger: &Ledger, cast: &Cast, case: &Value) {
    let item = cast.item(case["item"].as_str().expect("an item"));
    let orders = format!("/api/v1/cases/{}/orders", case["id"].as_str().expect("the case's id"));
    let give = |role: Role, order: Value| {
        ledger.call(&ledger.officer(cast.officer(role, item)), Call::act(orders.clone(), &order));
    };
    let (last, before) = item.steps.split_last().expect("every item has a step");
    // Everybody in this story answers yes, also to notify-and-commit, and that is decided at once.
    let before = if item.commitment.is_some() { &[] } else { before };
    for step in before {
        let words = "材料齐全，拟同意。";
        give(step.role, json!({ "order": "complete-step", "step": step.id, "view": "agree", "words": words }));
    }
    give(last.role, json!({ "order": "decide", "outcome": "grant", "reason": "符合法定条件，准予许可。" }));
    give(Role::Issuer, json!({ "order": "issue" }));
}
