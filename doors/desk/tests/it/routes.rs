//! Every route for every role. A table, so that a lawyer can read it.

use crate::house::{Browser, Filed, House};

/// Who asks: one account for each role, one of another authority, a resident, nobody.
const WHO: [(&str, &str); 14] = [
    ("clerk", "clerk1"),
    ("handler", "health-handler"),
    ("reviewer", "health-reviewer"),
    ("approver", "health-approver"),
    ("issuer", "health-issuer"),
    ("item-admin", "health-item-admin"),
    ("standards", "standards1"),
    ("hall-manager", "hall-manager1"),
    ("supervisor", "supervisor1"),
    ("steward", "steward1"),
    ("admin", "admin1"),
    ("other-authority", "market-approver"),
    ("resident", ""),
    ("visitor", ""),
];

/// The pages. `{a}`, `{c}`, `{p}`, `{n}` stand for an application, its case, its paper, its number.
const PAGES: [&str; 38] = [
    "GET /desk",
    "GET /desk/sign-in",
    "GET /desk/find?number={n}",
    "GET /desk/applications/{a}",
    "GET /desk/cases/{c}",
    "GET /desk/papers/{p}",
    "GET /desk/papers/{p}/licence",
    "GET /desk/supervision",
    "GET /desk/lists",
    "GET /desk/lists/{a}",
    "POST /desk/lists/{a}/orders/publish",
    "GET /desk/comparison",
    "GET /desk/comparison/file/xlsx",
    "POST /desk/comparison/places/440605/drop",
    "GET /desk/proposals/practice",
    "GET /desk/reduction",
    "GET /desk/proposals",
    "POST /desk/proposals/all/watch",
    "POST /desk/proposals/{a}/orders/agree",
    "GET /desk/catalogue",
    "GET /desk/catalogue/findings",
    "GET /desk/catalogue/findings/W0402",
    "GET /desk/revisions",
    "POST /desk/revisions",
    "GET /desk/revisions/{a}",
    "GET /desk/requests",
    "POST /desk/requests",
    "GET /desk/requests/{a}",
    "GET /desk/window",
    "POST /desk/window",
    "GET /desk/exchange",
    "POST /desk/exchange",
    "GET /desk/exchange/202603020001/file",
    "GET /desk/work",
    "GET /desk/work/{a}",
    "POST /desk/work/{a}/retry",
    "POST /desk/work/{a}/give-up",
    "POST /desk/sign-out",
];

/// The orders, each given to a fresh application just received.
const ORDERS: [(&str, &[(&str, &str)]); 11] = [
    ("POST /desk/applications/{a}/orders/accept", &[]),
    (
        "POST /desk/applications/{a}/orders/notify-correction",
        &[
            ("pick", "paper-{p}"),
            ("reason.paper-{p}", "看不清楚"),
            ("mend.paper-{p}", "重新拍照"),
            ("_confirmed", "yes"),
        ],
    ),
    ("POST /desk/applications/{a}/orders/answer-correction", &[]),
    (
        "POST /desk/applications/{a}/orders/refuse-acceptance",
        &[("case", "{c}"), ("ground", "not-needed"), ("ground_reason", "不用许可"), ("_confirmed", "yes")],
    ),
    ("POST /desk/applications/{a}/orders/deliver", &[("how", "window"), ("to", "陈嘉怡")]),
    ("POST /desk/applications/{a}/orders/withdraw", &[("withdraw_reason", "不开了"), ("_confirmed", "yes")]),
    ("POST /desk/cases/{c}/orders/accept", &[]),
    (
        "POST /desk/cases/{c}/orders/refuse-acceptance",
        &[("ground", "not-needed"), ("ground_reason", "不用许可"), ("_confirmed", "yes")],
    ),
    ("POST /desk/cases/{c}/orders/complete-step", &[("view", "agree"), ("step", "handle")]),
    ("POST /desk/cases/{c}/orders/decide", &[("outcome", "grant"), ("_confirmed", "yes")]),
    ("POST /desk/cases/{c}/orders/issue", &[]),
];

/// The whole table: who is at the head of each column, and what every route answered.
const TABLE: &str = include_str!("routes.txt");

#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut lines: Vec<String> = TABLE.lines().take_while(|line| !line.starts_with("GET")).map(str::to_owned).collect();
    for route in PAGES {
        let mut line = format!("{route:<56}");
        for (who, login) in WHO {
            let form = [("citizen_id", "110101199003070038")];
            line += &format!("{:>4}", ask(&house, who, login, route, &form, &filed).await);
        }
        lines.push(line);
    }
    for (route, form) in ORDERS {
        let mut line = format!("{route:<56}");
        for (who, login) in WHO {
            let fresh = house.file().await;
            line += &format!("{:>4}", ask(&house, who, login, route, form, &fresh).await);
        }
        lines.push(line);
    }
    let table = lines.join("\n");
    assert!(table.trim() == TABLE.trim(), "the table is now:\n{table}\n");
}

async fn ask(house: &House, who: &str, login: &str, route: &str, form: &[(&str, &str)], filed: &Filed) -> u16 {
    let mut browser: Browser<'_> = match who {
        "visitor" => house.visitor(),
        "resident" => house.resident("salon-founder").await,
        _ => house.officer(login).await,
    };
    let fill = |text: &str| {
        let pairs = [
            ("{a}", filed.application.to_string()),
            ("{c}", filed.case.to_string()),
            ("{p}", filed.paper.to_string()),
            ("{n}", filed.number.clone()),
        ];
        pairs.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let (method, path) = route.split_once(' ').expect("a method and a path");
    let path = fill(path);
    let answer = if method == "GET" {
        browser.get(&path).await
    } else {
        let form: Vec<(String, String)> = form.iter().map(|(name, value)| (fill(name), fill(value))).collect();
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.send(&path, &form).await
    };
    if who == "visitor" && answer.status.is_redirection() {
        assert!(answer.to.starts_with("/desk/sign-in"), "{route} leads a visitor to {}", answer.to);
    }
    answer.status.as_u16()
}
