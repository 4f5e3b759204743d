//! A plant for every code of every table, in a small grown city: where it is planted is drawn by a seed, and exactly that
//! code is found, nothing else, nowhere else. Each is planted by an edit and taken out again, so that what an edit leaves
//! behind would be found by the next.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use catalog::SourceFile;
use catalog::sample::{AUTHORITIES, City, Seeded};
use connect::check::{Check, codes};

use crate::sample::{CATALOG, PATH as CONNECTOR, files};

/// One edit of a file that fits.
struct Edit {
    /// A path, or parts of one, each of which must be in it.
    file: &'static str,
    how: How,
}

enum How {
    /// A passage becomes another, where it stands first.
    Swap(String, String),
    /// The value of a key at the top level.
    Set(&'static str, &'static str),
    /// All lines with this in them go.
    Drop(&'static str),
    /// A theme's own item, which is for everybody, gets this condition.
    When(&'static str),
    /// These lines are added at the end; a file that is not there begins with them.
    Add(String),
}

struct Plant {
    code: &'static str,
    edits: Vec<Edit>,
}

fn swap(file: &'static str, from: &str, to: &str) -> Edit {
    Edit { file, how: How::Swap(from.to_owned(), to.to_owned()) }
}

fn set(file: &'static str, key: &'static str, value: &'static str) -> Edit {
    Edit { file, how: How::Set(key, value) }
}

fn cut(file: &'static str, lines: &'static str) -> Edit {
    Edit { file, how: How::Drop(lines) }
}

fn add(file: &'static str, text: &str) -> Edit {
    Edit { file, how: How::Add(text.to_owned()) }
}

/// The text after the edit; None where it does not fit this text.
fn applied(how: &How, text: &str) -> Option<String> {
    match how {
        How::Swap(from, to) => text.contains(from.as_str()).then(|| text.replacen(from.as_str(), to, 1)),
        How::Set(key, value) => {
            let head = format!("{key}: ");
            let line =
                |line: &str| if line.starts_with(&head) { format!("{head}{value}\n") } else { format!("{line}\n") };
            let set: String = text.lines().map(line).collect();
            (set != text).then_some(set)
        }
        How::Drop(part) => text
            .contains(part)
            .then(|| text.lines().filter(|line| !line.contains(part)).map(|line| format!("{line}\n")).collect()),
        How::When(when) => {
            let (head, items) = text.split_once("\nitems:\n")?;
            let own = items.lines().find(|line| !line.contains("when:"))?;
            let conditional = format!("{}, when: \"{when}\"}}", own.strip_suffix('}')?);
            Some(format!("{head}\nitems:\n{}", items.replacen(own, &conditional, 1)))
        }
        How::Add(more) => Some(format!("{text}{more}")),
    }
}

/// Items of the grown city by their names: of companies, a licence newly asked for.
const NEW: &str = "items/ -new-firm-";
const CHANGE: &str = "items/ -change-firm-";
const CANCEL: &str = "items/ -cancel-firm-";
const THEME: &str = "themes/about- -new-firm- theme.yaml";

/// The row of an own paper, and the beginning of it.
const OWN: &str = "-system, holder: organisation, need: required, copy: copy, media: either, copies: 1, ";
const BUSINESS_LICENCE: &str = "material: business-licence, holder: organisation, need: required, copy: copy, media: either, copies: 1, waive: [{by: licence}], ";
const PRICE: &str = "basis: {law: 中华人民共和国行政许可法, article: 第五十八条}";

fn one(code: &'static str, edit: Edit) -> Plant {
    Plant { code, edits: vec![edit] }
}

fn several(code: &'static str, edits: Vec<Edit>) -> Plant {
    Plant { code, edits }
}

fn plants() -> Vec<Plant> {
    let mut plants = reading();
    plants.extend(references());
    plants.extend(conditions());
    plants.extend(items());
    plants.extend(wording());
    plants.extend(fees());
    plants.extend(law());
    plants.extend(themes());
    plants.extend(questions());
    plants.extend(delegations());
    plants.extend(connectors());
    plants.extend(exchange());
    plants.extend(peoples_words());
    plants
}

/// The grown city has none of these: each plant brings its own.
fn peoples_words() -> Vec<Plant> {
    let words = |groups: &str| add("words/planted.yaml", &format!("words:\n{groups}"));
    let long = "很长很长的一整句话谁也不会一字不差地说";
    vec![
        one("E0801", words("  - {word: 登记, said: [甲乙丙丁]}\n  - {word: 许可, said: [甲乙丙丁]}\n")),
        one("E0802", words("  - {word: 登记, said: [登记]}\n")),
        one("E0803", words("  - {word: 登记, said: [许可]}\n  - {word: 许可, said: [子丑寅卯]}\n")),
        one("E0804", words("  - {word: 登记, said: [甲乙丙丁]}\nfillers: [甲乙丙丁]\n")),
        one("E0805", words(&format!("  - {{word: 登记, said: [{long}]}}\n"))),
        one("W0806", words("  - {word: 星际移民, said: [上火星]}\n")),
        one("E0807", add("words/planted.yaml", "fillers: [二手房过户]\n")),
    ]
}

fn reading() -> Vec<Plant> {
    let nested = format!("{}window{}", "[".repeat(40), "]".repeat(40));
    vec![
        one("E0001", swap(NEW, "statutory: {", "statutory: {\"")),
        one("E0002", swap(NEW, "version: 1\n", "version: 1\nversion: 1\n")),
        one("E0003", swap(NEW, "flow:", "flows:")),
        one("E0004", cut(NEW, "handling: promise")),
        one("E0005", set(NEW, "version", "一")),
        one("E0006", set(NEW, "power", "statutary")),
        one("E0007", set(NEW, "effective", "2026-02-30")),
        one("W0008", add("item/lost.yaml", "id: lost\n")),
        one("E0009", swap(NEW, "audience: [", "audience: &who [")),
        one("E0010", swap(NEW, "apply_via: [window, online, mobile]", &format!("apply_via: {nested}"))),
        one("E0011", set("district.yaml", "calendar", "kalender.csv")),
        one("E0012", swap("regions.csv", ",town,", ",street,")),
        one("E0013", set(NEW, "flow", "\" \"")),
        one("W0014", add("accepted.yaml", "- {code: W0347, file: items/none.yaml, reason: 旧, date: 2025-01-01}\n")),
        one("E0015", add("accepted.yaml", "- {code: E0301, file: items/none.yaml, reason: 急, date: 2025-01-01}\n")),
    ]
}

fn references() -> Vec<Plant> {
    let waive = |more: &str| {
        swap(NEW, BUSINESS_LICENCE, &BUSINESS_LICENCE.replace("{by: licence}", &format!("{{by: licence}}, {more}")))
    };
    let own = |more: &str| swap(NEW, OWN, &format!("{OWN}{more}, "));
    let looped = "- {id: loop-a, name: 甲证, type_code: L1, holder: person, authority: market-chancheng}\n- {id: loop-b, name: 乙证, type_code: L2, holder: person, authority: market-chancheng}\n";
    let makes = |file, from: &'static str, to: &'static str| {
        [set(file, "consumes", from), set(file, "provides", to), set(file, "result", "{kind: licence, name: 证}")]
    };
    let mut circle = vec![add("licences/loop.yaml", looped)];
    circle.extend(makes("items/sign-filing.yaml", "[loop-a]", "loop-b"));
    circle.extend(makes("items/eia-form.yaml", "[loop-b]", "loop-a"));
    vec![
        one("E0101", set(NEW, "authority", "nobody")),
        one("E0102", swap(NEW, "{element: sign,", "{element: signn,")),
        one("E0103", swap(NEW, "material: application-form", "material: application-from")),
        one("E0104", set(NEW, "consumes", "[business-licens]")),
        one("E0105", waive("{by: product, item: nothing}")),
        one("E0106", swap("halls/district.yaml", "region: \"440604\"", "region: \"440699\"")),
        one("E0107", swap("staff/halls.yaml", "hall: district-hall", "hall: district-hal")),
        one("E0110", swap(NEW, "{id: M2, ", "{id: M1, ")),
        one("E0111", swap("authorities/grown.yaml", "mark: 佛卫健", "mark: 佛市监")),
        one("E0112", swap("staff/grown.yaml", "login: market-foshan-handler", "login: 承办一")),
        several("E0113", circle),
        one("E0114", waive("{by: product, item: food-permit-new}")),
        one("E0115", own("waive: [{by: licence}]")),
        one("E0116", swap("items/hygiene-permit-salon.yaml", "interface: health-cert", "interface: health-certs")),
        one("E0117", own("waive: [{by: commitment}]")),
        one(
            "E0118",
            swap(
                NEW,
                "-system, holder: organisation, need: required",
                "-system, holder: organisation, need: deferrable",
            ),
        ),
    ]
}

fn conditions() -> Vec<Plant> {
    let agent = |when: &str| swap(CHANGE, "when: has_agent, ", &format!("when: {when}, "));
    vec![
        one("E0201", agent(&format!("{}has_agent{}", "(".repeat(26), ")".repeat(26)))),
        one("E0202", agent("has_agent &&")),
        one("E0203", agent("\"size(scope) > 1\"")),
        one("E0204", agent("has_agnt")),
        one("E0205", agent("site_area == has_agent")),
        one("E0206", swap(NEW, "site_source != 'own'", "site_source != 'owm'")),
        one("E0207", agent("site_area")),
        one("W0208", agent("1 > 2")),
    ]
}

fn items() -> Vec<Plant> {
    vec![
        one("E0301", set(NEW, "promise", "{value: 99, unit: workday}")),
        one("W0302", set(NEW, "statutory", "{value: 1, unit: natural}")),
        one("E0303", set(NEW, "promise", "{unit: at-once}")),
        one("E0304", set(NEW, "visits", "{count: 1, reason: 无}")),
        one("W0305", set(NEW, "apply_via", "[window]")),
        one("E0306", set(NEW, "provides", "null")),
        one("E0307", swap(NEW, "role: approver", "role: issuer")),
        one("E0308", swap(NEW, "role: handler", "role: clerk")),
        several("W0309", vec![cut(NEW, "role: handler"), cut(NEW, "role: reviewer")]),
        one("E0311", swap("elements/base.yaml", "kind: email", "kind: choice")),
        one("E0312", swap("elements/base.yaml", "kind: email\n  max: 100", "kind: email\n  max: 0")),
        one("E0313", swap("elements/base.yaml", "resource: resident", "resource: police")),
        one(
            "E0314",
            swap(
                "elements/base.yaml",
                "derived: {from: op_id, how: birth-date}",
                "derived: {from: birth, how: birth-date}",
            ),
        ),
        one("E0315", set(NEW, "topic", "\"61\"")),
        one(
            "W0316",
            swap(
                "staff/grown.yaml",
                "roles: [approver], authority: market-foshan, hall: null",
                "roles: [approver, clerk], authority: market-foshan, hall: district-hall",
            ),
        ),
        one("E0317", swap("staff/grown.yaml", "authority: market-foshan", "authority: null")),
        one("E0318", swap("staff/halls.yaml", "hall: district-hall", "hall: null")),
        one("E0319", swap(NEW, "fees: []", "fees: []\ncommitment: {allowed: true}")),
        several("W0321", vec![cut(NEW, "faqs:"), cut(NEW, "  - {q:")]),
        one("W0322", set(NEW, "contact", "{consult: 0757-12345, complain: 0757-12345}")),
        one("W0323", cut(NEW, "remedy:")),
        one("W0324", set(NEW, "result", "{kind: licence, name: 许可批复}")),
        one("E0325", set(NEW, "audience", "[]")),
        one("W0326", cut(CHANGE, "  - {element:")),
        one("W0329", set(NEW, "result", "{kind: other, name: 办结单}")),
        one("E0330", swap("elements/base.yaml", "field: name", "field: nam")),
        several(
            "E0331",
            vec![
                swap(NEW, "name: 批准, role: approver", "name: 批准, role: reviewer"),
                swap(NEW, "role: handler", "role: approver"),
            ],
        ),
        one("E0332", set(NEW, "statutory", "{value: 20, unit: workday, start: decision}")),
        one("E0333", swap(NEW, "status: active", "status: active\npre_review: {offered: true, days: 4}")),
        several(
            "E0334",
            vec![
                set(NEW, "apply_via", "[window, mail]"),
                swap(NEW, "status: active", "status: active\npre_review: {offered: true}"),
            ],
        ),
        one(
            "E0335",
            swap(NEW, "status: active", "status: active\npreliminary: {authorities: [zumiao-office], days: 21}"),
        ),
        one(
            "E0336",
            swap(
                "items/ -new-firm-market-chancheng",
                "status: active",
                "status: active\npreliminary: {authorities: [market-chancheng]}",
            ),
        ),
        one(
            "E0337",
            swap(
                "licences/grown.yaml",
                "valid: {value: 5, unit: year}}",
                "valid: {value: 5, unit: year}, print: {rows: [{field: plaza, label: 地址}]}}",
            ),
        ),
        one("E0345", set(CHANGE, "changes", "business-licence")),
        one(
            "W0351",
            add("elements/base.yaml", "\n- {code: grown_name, name: 企业名称, kind: text, group: organisation}\n"),
        ),
        several("W0352", vec![set(NEW, "handling", "instant"), set(NEW, "promise", "{unit: at-once}")]),
        one("W0353", swap(NEW, "complain: 0757-12345", "complain: \"12345\"")),
        one("W0354", set(NEW, "topic", "\"01\"")),
        one("W0355", swap(NEW, OWN, &OWN.replace("media: either", "media: paper"))),
        one("W0356", set(NEW, "promise", "{value: 1, unit: hour}")),
    ]
}

fn wording() -> Vec<Plant> {
    let named = |name: &str| swap(NEW, "-system, holder", &format!("-system, name: {name}, holder"));
    vec![
        one("E0310", named("其他材料")),
        one("W0327", swap(NEW, "text: 有与", "text: 符合规定的其他条件，有与")),
        one("W0328", named("隔油设施有关材料")),
        one("W0346", swap(NEW, "text: 有与", "text: 原则上有与")),
        one("W0347", swap(NEW, "（新办·", "（新办、变更·")),
        one("W0348", named("场所权属证明或者租赁合同")),
        one("W0349", named("管理制度（如有）")),
        one("W0350", swap(NEW, BUSINESS_LICENCE, &BUSINESS_LICENCE.replace("waive: [{by: licence}], ", ""))),
    ]
}

fn fees() -> Vec<Plant> {
    let fee = |file, words: &str| swap(file, "fees: []", &format!("fees: [{{name: 工本费, {words}}}]"));
    vec![
        one("E0320", fee(NEW, PRICE)),
        one(
            "E0340",
            fee(
                NEW,
                "amount_fen: 100, basis: {law: 国务院办公厅关于全面推行证明事项和涉企经营许可事项告知承诺制的指导意见, article: 正文}",
            ),
        ),
        one("E0341", fee(NEW, &format!("amount_fen: 100, exemptions: [{{text: 困难, when: has_agent}}], {PRICE}"))),
        one("E0342", fee(NEW, &format!("amount_fen: 100, count: op_name, {PRICE}"))),
        several(
            "E0343",
            vec![fee(CANCEL, &format!("amount_fen: 100, {PRICE}")), set(CANCEL, "result", "{kind: none}")],
        ),
        one("E0344", fee(CHANGE, &format!("amount_fen: 100, count: staff_n, {PRICE}"))),
    ]
}

fn law() -> Vec<Plant> {
    let basis = "管理制度, basis: {law: 中华人民共和国行政许可法, article: 第三十四条}";
    vec![
        one("E0401", cut(NEW, "  - {law: ")),
        one("W0402", swap(NEW, basis, "管理制度")),
        one("E0403", swap(NEW, basis, &basis.replace("第三十四条", "第三百条"))),
        one("W0404", swap(NEW, basis, &basis.replace("行政许可法", "行政许可证法"))),
        one("W0405", swap(NEW, "text: 申请人提交", "text: 申请人全部提交")),
        one("W0406", set(NEW, "effective", "2018-01-01")),
        one("E0407", swap(NEW, basis, &basis.replace("第三十四条", "三十四条"))),
        one("E0408", set(NEW, "code", "\"1234\"")),
        one("E0409", set(NEW, "kind", "filing")),
        one("E0410", swap("authorities/county.yaml", "11440604MB9C001631", "11440604MB9C001632")),
        one("E0411", swap("regions.csv", "\n440604010013,", "\n440605010013,")),
        several(
            "W0412",
            vec![
                set("items/ -new-firm- -chancheng.yaml", "level", "town"),
                Edit { file: "items/ -new-firm- -chancheng.yaml", how: How::Swap("444".into(), "544".into()) },
            ],
        ),
    ]
}

fn themes() -> Vec<Plant> {
    let first = |to: &str| swap(THEME, "\nitems:\n  - {item: ", &format!("\nitems:\n{to}  - {{item: "));
    let many: String = CITY.items.iter().map(|item| format!("  - {{item: {}, when: has_agent}}\n", item.id)).collect();
    let cancel = further();
    vec![
        one("E0501", cut(THEME, "baseline:")),
        one("E0502", set(THEME, "id", "other")),
        one("E0503", first("  - {item: sign-filing}\n  - {item: sign-filing}\n")),
        one("E0504", set("items/sign-filing.yaml", "status", "suspended")),
        one("E0505", first(&many)),
        several(
            "W0522",
            vec![
                cut(THEME, "{id: site_source"),
                swap("beside scenarios.yaml", ", site_source: lease", ""),
                swap("beside scenarios.yaml", ", site_source: lease", ""),
            ],
        ),
        one("E0517", first(&format!("  - {{item: {cancel}, when: site_area < 0}}\n"))),
        one("E0518", add(THEME, "out_of_scope:\n  - {when: has_agent, reason: 不办}\n")),
        one("E0519", set(THEME, "trips", "2")),
        one("W0520", set(NEW, "visits", "{count: 1, reason: 核验原件}")),
        one("W0523", cut(THEME, "say:")),
        one("W0524", swap(NEW, OWN, &format!("{OWN}waive: [{{by: element, element: email}}], "))),
        one("E0525", swap("themes/about- scenarios.yaml", "has_agent: false", "has_agent: maybe")),
        one("E0526", swap("themes/about- scenarios.yaml", "trips: {after: 0}", "trips: {after: 1}")),
        one("E0527", swap("halls/district.yaml", "themes: all", "themes: [no-such]")),
    ]
}

fn questions() -> Vec<Plant> {
    let agent = "{id: has_agent, text: 要委托别人代办吗？, kind: bool, default: false}";
    let ask = |id: &str, rest: &str| format!("{{id: {id}, text: 要吗？, {rest}}}");
    // So many that not all answers to them can be tried, and a condition that is open until the last is known.
    let switches = [
        "need_invoice",
        "e_seal",
        "want_bank",
        "home_separate",
        "food_changed",
        "fire_commit",
        "debts_clear",
        "want_card",
        "want_handbook",
        "hospital_birth",
        "has_birth_reg",
        "has_birth_cert",
        "has_vaccination_card",
        "foreign_parent",
        "hospital_settled",
        "has_unemployment_reg",
        "job_wish",
        "train_wish",
        "accept_intro",
        "food_changed",
    ];
    let switches: BTreeSet<&str> = switches.into_iter().collect();
    let sum: Vec<String> = switches.iter().map(|id| format!("({id} ? 1 : 0)")).collect();
    let many: String = switches.iter().map(|id| format!("{}\n  - ", ask(id, "kind: bool, default: false"))).collect();
    let late = agent.replace("kind: bool", &format!("kind: bool, when: \"{} >= 99\"", sum.join(" + ")));
    vec![
        one("E0506", swap(THEME, agent, &ask("agent_wish", "kind: bool"))),
        one("E0507", swap(THEME, agent, &ask("has_agent", "kind: number"))),
        one(
            "E0508",
            swap(THEME, "kind: single, default: lease", "kind: single, options: [{value: rent, label: 租的}]"),
        ),
        one("E0509", swap(THEME, "default: lease", "default: rented")),
        one("E0510", swap(THEME, "min: 1, max: 20000", "min: 9, max: 2")),
        one("E0511", swap(THEME, "kind: number, min: 1", "kind: number, when: has_agent, min: 1")),
        one("E0512", swap(THEME, agent, &agent.replace("kind: bool", "kind: bool, when: site_area < 0"))),
        one("E0513", swap(THEME, "questions:\n", &format!("questions:\n  - {}\n", ask("email", "kind: text")))),
        one("E0514", Edit { file: THEME, how: How::When("has_agent") }),
        several(
            "E0515",
            vec![
                swap(THEME, "kind: single, default: lease", "kind: single, when: site_area > 100"),
                Edit { file: THEME, how: How::When("site_source in ['lease', 'own', 'free']") },
            ],
        ),
        one(
            "E0516",
            swap(
                THEME,
                "\nitems:\n  - {item: ",
                &format!("\nitems:\n  - {{item: {}, when: grease_trap > 1}}\n  - {{item: ", further()),
            ),
        ),
        one("W0521", swap(THEME, agent, &format!("{many}{late}"))),
    ]
}

fn delegations() -> Vec<Plant> {
    let row = |id: &str, to: &str, rest: &str| {
        format!(
            "\n- {{id: {id}, kind: entrustment, from: urban-chancheng, to: {to}, items: [sign-filing], starts: 2026-01-01, document: 函一, {rest}}}\n"
        )
    };
    let basis = "basis: [{law: 中华人民共和国行政许可法, article: 第二十四条}]";
    let add = |text: String| add("delegations.yaml", &text);
    vec![
        one("E0601", add(row("a", "market-chancheng", basis) + &row("b", "health-chancheng", basis))),
        one("E0602", add(row("a", "health-chancheng", basis).replace("from: urban", "from: market"))),
        one("E0603", add(row("a", "market-chancheng", &format!("until: 2025-01-01, {basis}")))),
        one("E0604", add(row("a", "data-chancheng", basis))),
        one("E0605", add(row("a", "fund-foshan", basis))),
        one("E0606", add(row("a", "market-chancheng", "scope: whole"))),
    ]
}

fn connectors() -> Vec<Plant> {
    let table = crate::faults::PLANTS.iter().filter(|(code, ..)| code[1..].starts_with("07"));
    let mut plants: Vec<Plant> = table.map(|(code, from, to)| one(code, swap(CONNECTOR, from, to))).collect();
    let nothing = "id: idle\nname: 闲\nauthority: urban-chancheng\nitems: [sign-filing]\nway: http\n";
    plants.push(one("E0713", swap(CONNECTOR, "on: [accepted, ended]", "on: []")));
    plants.push(one("E0714", add("connectors/idle.yaml", nothing)));
    plants.push(one("E0719", swap(CONNECTOR, "    words: opinion\n", "")));
    plants.push(one("E0720", swap(CONNECTOR, "    handler: handler_no\n", "")));
    plants
}

fn exchange() -> Vec<Plant> {
    vec![
        one("E0731", swap("exchange.yaml", ", procedure: \"2\"", "")),
        one("E0732", swap("exchange.yaml", "{instant: \"1\"", "{instant: \"1\", instantly: \"1\"")),
        one("E0733", swap("exchange.yaml", "{paper: \"1\"", "{paper: \"001\"")),
        one("E0734", add("exchange.yml", "data_source: \"001\"\n")),
    ]
}

static CITY: LazyLock<City> = LazyLock::new(|| City::grow(&CATALOG, 20_260_101, AUTHORITIES, 160));

/// An item of companies that no theme about a new licence has.
fn further() -> &'static str {
    let found = CITY.items.iter().find(|item| item.id.contains("-cancel-firm-"));
    found.map(|item| item.id.as_str()).expect("somebody cancels something")
}

fn city() -> Vec<SourceFile> {
    let mut files = CITY.files(&files());
    files.extend(themes::sample::themes(&CITY, 120));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Plants it somewhere; what is found, and the files to put back.
fn planted(plant: &Plant, check: &mut Check, dice: &mut Seeded) -> Result<BTreeSet<&'static str>, String> {
    let fits = |path: &str, edit: &Edit| edit.file.split(' ').all(|part| path.contains(part));
    // All edits of one plant that name a file the same way go to one file.
    let mut texts: Vec<(&'static str, String, Option<String>, String)> = Vec::new();
    for edit in &plant.edits {
        if let Some((.., text)) = texts.iter_mut().find(|(file, ..)| *file == edit.file) {
            *text = applied(&edit.how, text).ok_or_else(|| format!("{} does not fit {}", plant.code, edit.file))?;
            continue;
        }
        // A file beside the first that was drawn.
        let beside =
            edit.file.strip_prefix("beside ").zip(texts.first()).map(|(name, (_, path, ..))| {
                format!("{}/{name}", path.rsplit_once('/').map_or("", |(folder, _)| folder))
            });
        let meant = |path: &str| beside.as_ref().map_or_else(|| fits(path, edit), |beside| path == beside);
        let candidates = check.files().filter(|file| meant(&file.path));
        let mut candidates: Vec<(String, Option<String>, String)> = candidates
            .filter_map(|file| Some((file.path.clone(), Some(file.text.clone()), applied(&edit.how, &file.text)?)))
            .collect();
        if let (true, How::Add(text)) = (candidates.is_empty(), &edit.how) {
            candidates.push((edit.file.to_owned(), None, text.clone()));
        }
        if candidates.is_empty() {
            return Err(format!("{}: no file fits {:?}", plant.code, edit.file));
        }
        let (path, before, after) = candidates.swap_remove(dice.below(candidates.len()));
        texts.push((edit.file, path, before, after));
    }
    for (_, path, _, after) in &texts {
        check.edit(path, Some(after));
    }
    let found = check.diagnostics().into_iter().map(|found| found.code).collect();
    for (_, path, before, _) in &texts {
        check.edit(path, before.as_deref());
    }
    Ok(found)
}

#[test]
fn every_code_is_found_where_it_is_planted_and_nothing_else_is() {
    let mut check = Check::new(city(), Arc::default());
    let clean = check.diagnostics();
    assert!(clean.is_empty(), "{:#?}", &clean[..clean.len().min(5)]);
    let mut wrong = Vec::new();
    for seed in [1, 2] {
        let mut dice = Seeded::new(seed);
        for plant in plants() {
            match planted(&plant, &mut check, &mut dice) {
                Ok(found) if found == BTreeSet::from([plant.code]) => {}
                Ok(found) => wrong.push(format!("{} found {found:?}", plant.code)),
                Err(fault) => wrong.push(fault),
            }
        }
        let left = check.diagnostics();
        assert!(left.is_empty(), "after all was taken out: {:#?}", &left[..left.len().min(5)]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let planted: BTreeSet<&str> = plants().iter().map(|plant| plant.code).collect();
    let unplanted: Vec<&str> = codes().iter().map(|code| code.id).filter(|code| !planted.contains(code)).collect();
    assert_eq!(unplanted, Vec::<&str>::new());
}
