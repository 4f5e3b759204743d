//! Who gets what: every operation for nobody, the resident whose matter it is, another resident, the clerk of the window,
//! a handler of the authority, a handler of another. The table is a snapshot; read its difference as a lawyer would.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::filing::{filled, pdf, started, submitted};
use crate::ground::{District, demo};

const ACTORS: [&str; 6] = ["nobody", "owner", "resident", "clerk", "handler", "stranger"];
const THEME: &str = "open-restaurant";

/// How far the owner's matter has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing is needed.
    Open,
    /// A draft that is complete.
    Draft,
    /// An application that was received.
    Received,
    /// An application with a correction notice.
    Noticed,
    /// An accepted application.
    Accepted,
    /// An accepted application with a paper to follow.
    Following,
    /// An accepted application with a hearing offered.
    Heard,
    /// A received application that rests on a commitment.
    Committed,
}

/// One row: an operation, in the words of the document, and what is sent.
struct Row {
    operation: &'static str,
    stage: Stage,
    body: Value,
}

fn rows() -> Vec<Row> {
    use Stage::*;
    let row = |operation, stage, body| Row { operation, stage, body };
    let none = || Value::Null;
    vec![
        row("GET /themes", Open, none()),
        row("GET /themes/{theme}", Open, none()),
        row("GET /themes/{theme}/questions", Open, none()),
        row("GET /themes/{theme}/plan", Open, none()),
        row("GET /items", Open, none()),
        row("GET /items/{item}", Open, none()),
        row("GET /search?q=shenfenzheng", Open, none()),
        row("GET /session", Open, none()),
        row("GET /drafts", Open, none()),
        row("POST /drafts", Open, json!({"theme": THEME})),
        row("POST /drafts for the owner", Open, json!({"theme": THEME, "subject": demo("restaurant-founder").subject})),
        row("GET /drafts/{draft}", Draft, none()),
        row("PUT /drafts/{draft}/answers", Draft, json!({"version": "{version}", "answers": {"site_area": 80}})),
        row("PUT /drafts/{draft}/form", Draft, json!({"version": "{version}", "fields": {"ent_name": "何记"}})),
        row("POST /drafts/{draft}/papers?paper={slot}", Draft, none()),
        row("GET /drafts/{draft}/papers/{file}", Draft, none()),
        row("DELETE /drafts/{draft}/papers/{file}", Draft, none()),
        row("POST /drafts/{draft}/submit", Draft, json!({"declared": true})),
        row("GET /applications", Received, none()),
        row("GET /applications/{application}", Received, none()),
        row("GET /applications/{application}/notices", Received, none()),
        row("GET /applications/{application}/fees", Received, none()),
        row("GET /applications/{application}/shipments", Received, none()),
        row("GET /notices/{notice}/pdf", Accepted, none()),
        row("GET /licences", Open, none()),
        row("GET /licences/{licence}", Open, none()),
        row("GET /licences/{licence}/pdf", Open, none()),
        row("GET /licences/verification?code=0000-0000-0000-0000", Open, none()),
        row("POST /licences/verification", Open, none()),
        row("GET /papers/{paper}", Received, none()),
        row("POST /papers/{paper}/compared", Received, json!({})),
        row("GET /todo", Received, none()),
        row("GET /cases/{case}", Received, none()),
        row("POST /applications/{application}/accept", Received, json!({})),
        row("POST /applications/{application}/correction", Received, notice()),
        row("POST /applications/{application}/correction/answer", Noticed, none()),
        row("POST /applications/{application}/pre-review/pass", Received, json!({})),
        row("POST /applications/{application}/pre-review/advice", Received, notice()),
        row("POST /applications/{application}/pre-review/answer", Received, none()),
        row("POST /applications/{application}/pre-review/skip", Received, json!({})),
        row("POST /applications/{application}/spot-corrections", Received, json!({"what": ["门牌号更正为12号"]})),
        row("POST /applications/{application}/papers-to-follow", Following, none()),
        row("POST /applications/{application}/hearing", Heard, json!({"case": "{case}", "answer": "waived"})),
        row("POST /applications/{application}/commitment/withdraw", Committed, json!({"case": "{case}"})),
        row(
            "POST /applications/{application}/joint-extension",
            Accepted,
            json!({"days": 5, "reason": "涉及多个部门现场核查"}),
        ),
        row("POST /applications/{application}/withdraw", Received, json!({"reason": "改日再办"})),
        row("POST /applications/{application}/hand-over", Accepted, json!({"how": "window", "to": "何志远"})),
        row("POST /cases/{case}/orders accept", Received, json!({"order": "accept"})),
        row("POST /cases/{case}/orders refuse-acceptance", Received, refusal()),
        row("POST /cases/{case}/orders complete-step", Accepted, step()),
        row("POST /cases/{case}/orders decide", Accepted, json!({"order": "decide", "outcome": "grant"})),
        row("POST /cases/{case}/orders issue", Accepted, json!({"order": "issue"})),
        row("POST /cases/{case}/orders begin-special", Accepted, special()),
        row(
            "POST /cases/{case}/orders offer-hearing",
            Accepted,
            json!({"order": "offer-hearing", "why": "涉及重大利益"}),
        ),
        row("POST /cases/{case}/orders extend", Accepted, json!({"order": "extend", "days": 3, "reason": "须核实"})),
        row("POST /cases/{case}/orders revoke", Accepted, undoing("revoke", "by-fraud")),
        row("POST /cases/{case}/orders cancel", Accepted, undoing("cancel", "expired")),
        row("GET /token", Open, none()),
        row("GET /webhooks", Open, none()),
        row("POST /webhooks", Open, json!({"url": "http://plain.example.cn/", "topics": ["casework.accepted"]})),
        row("GET /webhooks/{webhook}", Open, none()),
        row("GET /webhooks/{webhook}/deliveries", Open, none()),
        row("POST /webhooks/{webhook}/pause", Open, json!({})),
        row("POST /webhooks/{webhook}/resume", Open, json!({})),
        row("POST /webhooks/{webhook}/ping", Open, json!({})),
        row("POST /webhooks/{webhook}/replay", Open, json!({"from": 1})),
        row("DELETE /webhooks/{webhook}", Open, none()),
        row("DELETE /session", Open, none()),
    ]
}

fn notice() -> Value {
    json!({"lines": [{"paper": "{paper}", "reason": "复印件看不清", "mend": "请重新拍照上传"}]})
}

fn refusal() -> Value {
    json!({"order": "refuse-acceptance", "ground": "not-needed", "reason": "依法不需要取得许可"})
}

fn special() -> Value {
    json!({"order": "begin-special", "procedure": "inspection", "days": 3, "reason": "须现场核查"})
}

fn undoing(order: &str, ground: &str) -> Value {
    json!({"order": order, "ground": ground, "reason": "见核查记录"})
}

fn step() -> Value {
    json!({"order": "complete-step", "step": "handle", "view": "agree"})
}

/// Ids of the owner's matter, by the names the rows use.
#[derive(Default)]
struct Matter(Vec<(&'static str, String)>);

impl Matter {
    fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
    }

    fn body(&self, body: &Value) -> Value {
        let text = self.fill(&body.to_string());
        // The version is a number, not a text.
        let text = self.0.iter().find(|(name, _)| *name == "version").map_or(text.clone(), |(_, version)| {
            text.replace(&format!("\"version\":\"{version}\""), &format!("\"version\":{version}"))
        });
        serde_json::from_str(&text).unwrap()
    }
}

/// Brings a matter of the owner to this stage.
async fn at(stage: Stage, owner: &Client, clerk: &Client, handler: &Client) -> Matter {
    let drains = if stage == Stage::Following { "sewer" } else { "park" };
    let answers = json!({"catering_kind": "snack", "site_area": 60, "has_board": false, "drain_to": drains});
    let mut matter = Matter(vec![("theme", THEME.into()), ("item", "food-permit-new".into())]);
    matter.0.push(("webhook", "0193a000-0000-7000-8000-00000000ffff".into()));
    match stage {
        Stage::Open => {
            let held: Vec<api::views::LicenceLine> = owner.get("/licences").await.told();
            matter.0.push(("licence", held[0].id.to_string()));
        }
        Stage::Draft => {
            let draft = filled(owner, started(owner, THEME, answers).await).await;
            let paper = draft.papers.iter().find(|paper| !paper.files.is_empty()).unwrap();
            let (slot, file) = (paper.slot.clone(), paper.files[0].id.to_string());
            matter.0.extend([("draft", draft.id.to_string()), ("version", draft.version.to_string())]);
            matter.0.extend([("slot", slot), ("file", file)]);
        }
        Stage::Committed => {
            let salon = json!({"site_area": 40, "commit": true});
            let application = submitted(owner, "open-hair-salon", salon).await;
            let case = application.cases.iter().find(|case| case.item == "hygiene-permit-salon").unwrap();
            matter.0.extend([("application", application.id.to_string()), ("case", case.id.to_string())]);
        }
        Stage::Received | Stage::Noticed | Stage::Accepted | Stage::Following | Stage::Heard => {
            let application = submitted(owner, THEME, answers).await;
            let case = application.cases.iter().find(|case| case.item == "food-permit-new").unwrap();
            let follows = stage == Stage::Following;
            let wanted = |paper: &&api::views::Paper| match follows {
                true => paper.status.code == "deferred",
                false => paper.file.is_some(),
            };
            let paper = application.papers.iter().find(wanted).unwrap();
            matter.0.extend([("application", application.id.to_string()), ("case", case.id.to_string())]);
            matter.0.push(("paper", paper.id.to_string()));
        }
    }
    let further = match stage {
        Stage::Noticed => Some(("/applications/{application}/correction", notice())),
        Stage::Accepted | Stage::Following | Stage::Heard => Some(("/applications/{application}/accept", json!({}))),
        Stage::Open | Stage::Draft | Stage::Received | Stage::Committed => None,
    };
    if let Some((path, body)) = further {
        assert_eq!(clerk.post(&matter.fill(path), &matter.body(&body)).await.status, StatusCode::OK);
    }
    if stage == Stage::Heard {
        let offer = json!({"order": "offer-hearing", "why": "涉及重大利益"});
        assert_eq!(handler.post(&matter.fill("/cases/{case}/orders"), &offer).await.status, StatusCode::OK);
    }
    if stage == Stage::Accepted {
        let notices: Vec<api::views::Notice> =
            owner.get(&matter.fill("/applications/{application}/notices")).await.told();
        let case = matter.fill("{case}");
        let own = |one: &&api::views::Notice| one.case.is_some_and(|of| of.to_string() == case);
        matter.0.push(("notice", notices.iter().find(own).unwrap().id.to_string()));
    }
    matter
}

async fn call(client: &Client, row: &Row, matter: &Matter) -> Answer {
    let (method, path) = row.operation.split_once(' ').unwrap();
    let path = matter.fill(path.split(' ').next().unwrap());
    let body = matter.body(&row.body);
    match method {
        "GET" => client.get(&path).await,
        "DELETE" => client.delete(&path).await,
        "PUT" => client.put(&path, &body).await,
        _ if path.ends_with("/correction/answer")
            || path.ends_with("/pre-review/answer")
            || path.ends_with("/papers-to-follow") =>
        {
            let paper = matter.fill("{paper}");
            client.upload(&path, &[(paper.as_str(), Some("clear.pdf"), &pdf("clear"))]).await
        }
        _ if path == "/licences/verification" => {
            client.upload(&path, &[("file", Some("other.pdf"), &testkit::paper::one_page("other"))]).await
        }
        _ if path.contains("/papers?") => client.upload(&path, &[("file", Some("more.pdf"), &pdf("more"))]).await,
        _ => client.post(&path, &body).await,
    }
}

#[tokio::test]
async fn who_gets_what() {
    let district = District::open().await;
    let owner = district.resident("restaurant-founder").await;
    let clerk = district.staff("clerk1").await;
    let callers = [
        district.visitor(),
        district.resident("restaurant-founder").await,
        district.resident("salon-founder").await,
        district.staff("clerk2").await,
        district.staff("market-handler").await,
        district.staff("health-handler").await,
    ];
    let mut table = format!("{:<54}{}\n", "", ACTORS.map(|actor| format!("{actor:>9}")).concat());
    for row in rows() {
        let writes = !row.operation.starts_with("GET");
        let mut matter = at(row.stage, &owner, &clerk, &callers[4]).await;
        table.push_str(&format!("{:<54}", row.operation));
        for caller in &callers {
            let answer = call(caller, &row, &matter).await;
            table.push_str(&format!("{:>9}", answer.status.as_u16()));
            if !answer.status.is_success() {
                answer.problem();
            } else if writes && row.stage != Stage::Open {
                matter = at(row.stage, &owner, &clerk, &callers[4]).await;
            }
        }
        table.push('\n');
    }
    insta::assert_snapshot!("access", table);
}

#[test]
fn every_operation_of_the_document_is_in_the_table() {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let plain = |path: &str| {
        let path = path.split([' ', '?']).next().unwrap();
        path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
    };
    let told = |row: &Row| {
        let (method, path) = row.operation.split_once(' ').unwrap();
        format!("{method} {}", plain(path))
    };
    let in_table: Vec<String> = rows().iter().map(told).collect();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let operation = format!("{} {}", method.to_uppercase(), plain(path));
            // Whoever signs in is nobody yet.
            if operation != "POST /session" {
                assert!(in_table.contains(&operation), "{operation}");
            }
        }
    }
}
