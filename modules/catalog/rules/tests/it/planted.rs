//! Planted defects: the small catalogue with one thing spoilt, and exactly one finding, of that code, on that line.
//! Every code of the table has at least one plant; a code without one fails the last test.

use std::collections::BTreeSet;

use catalog::{SourceFile, compile};

use crate::small;

/// One spoilt passage.
struct Plant {
    code: &'static str,
    path: &'static str,
    from: &'static str,
    to: &'static str,
    /// Where the finding must be: the first line of this file that has this passage.
    found: (&'static str, &'static str),
}

macro_rules! plants {
    ($($code:literal $path:literal $from:literal => $to:literal $(@ $at:literal)? $(in $file:literal)?;)*) => {
        vec![$(Plant {
            code: $code,
            path: $path,
            from: $from,
            to: $to,
            found: ({ let path = $path; $(let _ = path; let path = $file;)? path }, { let at = $to; $(let _ = at; let at = $at;)? at }),
        }),*]
    };
}

const PERMIT: &str = "items/permit.yaml";

fn plants() -> Vec<Plant> {
    let mut plants = reading();
    plants.extend(references());
    plants.extend(conditions());
    plants.extend(items());
    plants.extend(delegations());
    plants.extend(law());
    plants
}

fn reading() -> Vec<Plant> {
    plants! {
        "E0001" "halls/all.yaml" "  region: \"440604\"" => "  region: \"440604";
        "E0002" "elements/all.yaml" "  unit: 平方米" => "  unit: 平方米\n  unit: 亩" @ "unit: 亩";
        "E0003" "elements/all.yaml" "unit: 平方米" => "units: 平方米";
        "E0004" "authorities/all.yaml" "  short: 区卫生健康局\n" => "" @ "id: health";
        "E0004" "items/register.yaml" "status: active" => "status:";
        "E0005" "items/register.yaml" "version: 1" => "version: 一";
        "E0005" "items/permit.yaml" "[person, company]" => "person" @ "audience";
        "E0006" "items/register.yaml" "kind: confirmation" => "kind: confirmed";
        "E0006" "elements/all.yaml" "how: birth-date" => "how: birthdate";
        "E0007" "items/register.yaml" "2026-01-01" => "2026-02-30";
        "E0009" "items/register.yaml" "audience: [person]" => "audience: &who [person]";
        "E0010" "items/register.yaml" "[window, online]" => "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[window]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";
        "E0011" "district.yaml" "calendar.csv" => "kalender.csv";
        "E0012" "regions.csv" "石湾镇街道,town" => "石湾镇街道,street";
        "E0012" "calendar.csv" "2026-01-01" => "2026-13-01" @ "date,kind";
        "E0013" "items/register.yaml" "name: 个体工商户设立登记" => "name: \" \"";
    }
}

fn references() -> Vec<Plant> {
    plants! {
        "E0101" "items/permit.yaml" "authority: health" => "authority: helth";
        "E0101" "staff/all.yaml" "authority: market" => "authority: markt";
        "E0102" "items/register.yaml" "{element: op_id, required: true}" => "{element: op_ix, required: true}";
        "E0102" "elements/all.yaml" "from: op_id" => "from: op_ix";
        "E0103" "items/permit.yaml" "material: test-report" => "material: test-rapport";
        "E0104" "materials/all.yaml" "licence: id-card" => "licence: id-kard";
        "E0104" "elements/all.yaml" "licence:business-licence" => "licence:business";
        "E0105" "items/permit.yaml" "item: register" => "item: registre";
        "E0106" "halls/all.yaml" "440604" => "440605";
        "E0106" "regions.csv" "禅城区,county,4406" => "禅城区,county,44060" @ "禅城区";
        "E0107" "staff/all.yaml" "hall: district-hall" => "hall: city-hall";
        "E0110" "elements/all.yaml" "- code: ent_name" => "- {code: area, name: 面积, kind: number, group: place}\n- code: ent_name";
        "E0110" "items/permit.yaml" "id: B3" => "id: B2" @ "id: B2\n    material: test";
        "E0110" "halls/all.yaml" "no: \"2\"" => "no: \"1\"" @ "name: 开店";
        "E0111" "authorities/all.yaml" "- id: health" => "- {id: other, name: 局, short: 局, credit_code: 11440604MB2C90012D, region: \"440604\", level: county, kind: statutory}\n- id: health";
        "E0111" "licences/all.yaml" "11100000MB0143028R032" => "11100000MB0143028R001" @ "id: hygiene-permit";
        "E0112" "staff/all.yaml" "login: clerk" => "login: 窗口一";
        "E0112" "elements/all.yaml" "code: birth" => "code: birth-day";
        "E0112" "elements/all.yaml" "code: birth" => "code: in";
        "E0113" "items/register.yaml" "provides:" => "consumes: [hygiene-permit]\nprovides:" @ "consumes: [business" in "items/permit.yaml";
        "E0114" "items/register.yaml" "provides: business-licence" => "provides: id-card" @ "item: register" in "items/permit.yaml";
        "E0115" "items/register.yaml" "waive: [{by: form}]" => "waive: [{by: licence}], basis: {law: 市场主体登记管理条例, article: 第十六条}";
        "E0116" "items/permit.yaml" "interface: lab" => "interface: labs";
        "E0117" "items/permit.yaml" "allowed: true\n  clauses" => "allowed: false\n  clauses" @ "by: commitment";
        "E0118" "items/permit.yaml" "tolerance: {allowed: true" => "tolerance: {allowed: false" @ "need: deferrable";
    }
}

fn conditions() -> Vec<Plant> {
    plants! {
        "E0201" "items/permit.yaml" "when: commit" => "when: ((((((((((((((((((((((((((commit))))))))))))))))))))))))))";
        "E0202" "items/permit.yaml" "'hvac' in extras && area > 50" => "'hvac' in extras && area >";
        "E0203" "items/permit.yaml" "when: commit" => "when: size(extras) > 1";
        "E0204" "items/permit.yaml" "when: commit" => "when: comit";
        "E0205" "items/permit.yaml" "area > 50" => "area > '50'";
        "E0206" "items/permit.yaml" "'beauty'" => "'beuty'";
        "E0207" "items/permit.yaml" "when: commit" => "when: area";
        "W0208" "items/permit.yaml" "when: commit" => "when: true || commit";
    }
}

fn items() -> Vec<Plant> {
    plants! {
        "E0301" "items/permit.yaml" "promise: {value: 5" => "promise: {value: 21";
        "W0302" "items/permit.yaml" "statutory: {value: 20, unit: workday" => "statutory: {value: 6, unit: natural" @ "promise: {value";
        "E0303" "items/register.yaml" "promise: {unit: at-once}" => "promise: {value: 1, unit: workday}" @ "handling";
        "E0304" "items/permit.yaml" "reason: 现场核查" => "reason: 无";
        "W0305" "items/register.yaml" "[window, online]" => "[window]";
        "E0306" "items/permit.yaml" "provides: hygiene-permit" => "provides: null" @ "result: {kind";
        "E0306" "items/permit.yaml" "result: {kind: licence, name: 卫生许可证, valid: {value: 4, unit: year}}\nfees:\n  - {name" => "result: {kind: none}\nfees:\n  - {collect: before-decision, name" @ "provides: hygiene";
        "E0307" "items/register.yaml" "role: approver" => "role: handler" ;
        "E0308" "items/permit.yaml" "role: handler" => "role: clerk";
        "W0309" "items/permit.yaml" "  - {id: handle, name: 承办, role: handler}\n" => "" @ "name: 批准";
        "E0310" "items/permit.yaml" "卫生检测报告（一年内）" => "卫生检测报告等其他材料";
        "E0311" "elements/all.yaml" "kind: text" => "kind: choice" @ "kind: choice\n  max";
        "E0311" "elements/all.yaml" "kind: choice" => "kind: text" @ "value: hair";
        "E0311" "elements/all.yaml" "value: sign" => "value: hvac" @ "label: 户外招牌";
        "E0312" "elements/all.yaml" "max: 100000" => "max: 0";
        "E0312" "elements/all.yaml" "max: 60" => "max: 0.5";
        "E0313" "elements/all.yaml" "resource: resident" => "resource: police";
        "E0314" "elements/all.yaml" "from: op_id" => "from: birth";
        "E0315" "items/register.yaml" "topic: \"16\"" => "topic: \"61\"";
        "W0316" "staff/all.yaml" "roles: [approver], authority: market, hall: null" => "roles: [approver, clerk], authority: market, hall: district-hall";
        "E0317" "staff/all.yaml" "authority: market" => "authority: null" @ "roles: [approver]";
        "E0318" "staff/all.yaml" "hall: district-hall" => "hall: null";
        "E0319" "items/permit.yaml" "  clauses: [六十日内补交卫生检测报告]\n" => "" @ "allowed: true\ntolerance";
        "E0320" "items/permit.yaml" "amount_fen: 1000, " => "" @ "name: 工本费";
        "W0321" "items/permit.yaml" "faqs: [{q: 多久能拿证, a: 受理后五个工作日内}]" => "" @ "id: permit";
        "W0322" "items/permit.yaml" "complain: 0757-12345" => "complain: 0757-82000202";
        "W0323" "items/permit.yaml" "remedy: {review: 佛山市禅城区人民政府, court: 佛山市禅城区人民法院}" => "" @ "id: permit";
        "W0324" "items/permit.yaml" "name: 卫生许可证, valid" => "name: 卫生许可批复, valid";
        "E0325" "items/register.yaml" "[person]" => "[]";
        "W0326" "items/register.yaml" "fields:\n  - {element: op_id, required: true}\n  - {element: ent_name, required: true}\n" => "" @ "id: A1";
        "W0327" "items/permit.yaml" "text: 从事理发或者生活美容" => "text: 符合规定的其他条件";
        "W0328" "materials/all.yaml" "name: 卫生检测报告" => "name: 卫生检测有关材料";
        "E0330" "elements/all.yaml" "resource: resident, field: id" => "resource: resident, field: idd";
        "E0330" "elements/all.yaml" "\"licence:business-licence\", field: number" => "\"licence:business-licence\", field: seal";
        "E0331" "items/permit.yaml" "  - {id: handle, name: 承办, role: handler}\n  - {id: decide, name: 批准, role: approver}\n" => "  - {id: decide, name: 批准, role: approver}\n  - {id: handle, name: 承办, role: handler}\n" @ "name: 承办";
        "E0332" "items/permit.yaml" "statutory: {value: 20, unit: workday, start: acceptance}" => "statutory: {value: 20, unit: workday, start: decision}";
        "E0337" "licences/all.yaml" "field: place" => "field: plaza";
        "E0337" "licences/all.yaml" "organisation:scope" => "organisation:skope" @ "organisation:skope";
        "E0332" "items/permit.yaml" "{id: handle, name: 承办, role: handler}" => "{id: handle, name: 承办, role: handler, limit: {value: 2, unit: workday, start: decision}}";
        "E0333" "items/permit.yaml" "status: active" => "status: active\npre_review: {offered: true, days: 4}" @ "pre_review";
        "E0334" "items/permit.yaml" "apply_via: [window, online]" => "apply_via: [window]\npre_review: {offered: true}" @ "pre_review";
        "E0335" "items/permit.yaml" "status: active" => "status: active\npreliminary: {authorities: [market], days: 21}" @ "preliminary";
        "E0336" "items/permit.yaml" "status: active" => "status: active\npreliminary: {authorities: [health]}" @ "preliminary";
        "W0329" "items/permit.yaml" "result: {kind: licence" => "result: {kind: other" @ "provides: hygiene";
        "E0340" "laws/all.yaml" "name: 公共场所卫生管理条例\n  level: regulation" => "name: 公共场所卫生管理条例\n  level: normative" @ "{name: 工本费" in "items/permit.yaml";
        "E0341" "items/permit.yaml" "amount_fen: 1000, basis" => "amount_fen: 1000, exemptions: [{text: 重点帮扶对象, when: \"area > 1\"}], basis" @ "name: 工本费";
        "E0342" "items/permit.yaml" "amount_fen: 1000, " => "amount_fen: 1000, count: uscc, " @ "name: 工本费";
        "E0343" "items/permit.yaml" "provides: hygiene-permit\nresult: {kind: licence, name: 卫生许可证, valid: {value: 4, unit: year}}" => "result: {kind: none}" @ "name: 工本费";
        "E0344" "items/register.yaml" "provides: business-licence\n" => "provides: business-licence\nfees: [{name: 登记费, amount_fen: 100, count: area, basis: {law: 公共场所卫生管理条例, article: 第四条}}]\n" @ "name: 登记费";
        "E0345" "items/permit.yaml" "provides: hygiene-permit\n" => "provides: hygiene-permit\nchanges: business-licence\n" @ "changes";
        "E0345" "items/permit.yaml" "provides: hygiene-permit\n" => "provides: hygiene-permit\ncancels: hygiene-permit\n" @ "cancels";
        "E0345" "items/permit.yaml" "provides: hygiene-permit\n" => "provides: hygiene-permit\nrenews: hygiene-permit\nchanges: hygiene-permit\n" @ "renews";
        "W0346" "items/permit.yaml" "text: 从事理发或者生活美容" => "text: 原则上从事理发或者生活美容";
        "W0346" "items/permit.yaml" "reason: 现场核查" => "reason: 必要时现场核查";
        "W0346" "items/permit.yaml" "卫生检测报告（一年内）" => "卫生检测报告等资料";
        "W0346" "items/permit.yaml" "六十日内补交卫生检测报告" => "视情况补交卫生检测报告";
        "W0347" "items/register.yaml" "name: 个体工商户设立登记" => "name: 个体工商户设立、变更登记";
        "W0348" "items/permit.yaml" "卫生检测报告（一年内）" => "卫生检测报告或者卫生评价报告";
        "W0348" "materials/all.yaml" "name: 卫生检测报告" => "name: 卫生检测报告或者评价报告";
        "W0349" "items/register.yaml" "holder: operator, need: required, waive: [{by: licence}]" => "holder: operator, need: required, waive: [{by: licence}], standard: 委托他人办理的，还需提交代理人身份证";
        "W0349" "items/register.yaml" "apply_via: [window, online]" => "apply_via: [window, online]\nconditions: [{id: c1, text: 属于特种行业的，应当取得公安机关许可, basis: {law: 市场主体登记管理条例, article: 第十六条}}]" @ "conditions";
        "W0350" "items/register.yaml" "need: required, waive: [{by: licence}], basis" => "need: required, basis";
        "W0351" "elements/all.yaml" "name: 字号名称" => "name: 企业名称";
        "W0352" "items/register.yaml" "  - {id: decide" => "  - {id: review, name: 审核, role: reviewer}\n  - {id: decide" @ "name: 审核";
        "W0353" "items/permit.yaml" "complain: 0757-12345" => "complain: \"12345\"";
        "W0354" "items/register.yaml" "topic: \"16\"" => "topic: \"18\"";
        "W0355" "items/register.yaml" "waive: [{by: element, element: ent_name}]" => "media: paper, basis: {law: 市场主体登记管理条例, article: 第十六条}";
        "W0356" "items/permit.yaml" "{id: handle, name: 承办, role: handler}" => "{id: handle, name: 承办, role: handler, limit: {value: 6, unit: workday}}";
    }
}

/// One entrusts the permit to the market authority, which has somebody to decide; the other lets it accept, and no more.
fn delegations() -> Vec<Plant> {
    plants! {
        "E0101" "delegations.yaml" "to: market" => "to: markt";
        "E0105" "delegations.yaml" "items: [permit]" => "items: [permitt]";
        "E0106" "delegations.yaml" "items: [permit]" => "items: [permit]\n  regions: [\"440699\"]" @ "regions";
        "E0601" "delegations.yaml" "scope: acceptance\n  starts: 2026-01-01" => "starts: 2025-06-01" @ "items: [ permit ]";
        "E0602" "delegations.yaml" "items: [permit]" => "items: [register]";
        "E0603" "delegations.yaml" "until: 2025-12-31" => "until: 2024-12-31";
        "E0604" "staff/all.yaml" "roles: [approver]" => "roles: [handler]" @ "to: market" in "delegations.yaml";
        "E0604" "district.yaml" "regions: regions.csv" => "regions: regions.csv\nwindows: market" @ "to: market" in "delegations.yaml";
        "E0605" "authorities/all.yaml" "kind: statutory\n- id: health" => "kind: authorised\n- id: health" @ "to: market" in "delegations.yaml";
        "E0606" "delegations.yaml" "  basis: [{law: 公共场所卫生管理条例, article: 第四条}]\n" => "" @ "id: first";
    }
}

fn law() -> Vec<Plant> {
    plants! {
        "E0401" "items/register.yaml" "basis: [{law: 市场主体登记管理条例, article: 第十六条, text: 申请办理市场主体登记，应当提交下列材料}]" => "basis: []";
        "W0402" "items/register.yaml" ", basis: {law: 市场主体登记管理条例, article: 第十六条第一款}" => "" @ "id: A2";
        "E0403" "items/register.yaml" "第十六条第一款" => "第十七条";
        "W0404" "items/register.yaml" "basis: {law: 市场主体登记管理条例" => "basis: {law: 市场主体登记条例";
        "W0405" "items/permit.yaml" "由县以上卫生行政部门签发" => "由市以上卫生行政部门签发";
        "W0406" "items/register.yaml" "effective: 2026-01-01" => "effective: 2021-01-01" @ "basis: [{law";
        "E0407" "items/register.yaml" "第十六条第一款" => "十六条" @ "id: A2";
        "E0408" "items/register.yaml" "D444073100100101" => "D44407310010010";
        "E0408" "items/register.yaml" "MB2C90012D444" => "MB2C90012E444";
        "E0409" "items/register.yaml" "D444073100100101" => "D344073100100101";
        "E0409" "items/register.yaml" "D444073100100101" => "D444013100100101";
        "E0409" "items/register.yaml" "D444073100100101" => "D431073100100101";
        "E0411" "regions.csv" "440604010,石湾镇街道" => "440605010,石湾镇街道";
    }
}

#[test]
fn each_defect_is_found_where_it_is_and_nothing_else_is() {
    let mut wrong = Vec::new();
    for plant in plants() {
        let mut files = small::files();
        small::replace(&mut files, plant.path, plant.from, plant.to);
        let (path, passage) = plant.found;
        let line = small::line_of(&files, path, passage);
        let found = findings(&files);
        if found != [(plant.code.to_owned(), path.to_owned(), line)] {
            wrong.push(format!("{} {:?} at {path}:{line}, found {found:?}", plant.code, plant.to));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn findings(files: &[SourceFile]) -> Vec<(String, String, u32)> {
    let (compiled, diagnostics) = compile(files);
    let errors = diagnostics.iter().any(|diagnostic| diagnostic.code.starts_with('E'));
    assert_eq!(compiled.is_none(), errors, "errors, and only errors, keep the catalogue back");
    diagnostics.into_iter().map(|d| (d.code.to_owned(), d.place.file, d.place.line)).collect()
}

#[test]
fn a_level_that_is_not_the_authoritys_is_pointed_out() {
    // The level stands in the code too, so that this takes two changes.
    let mut files = small::files();
    small::replace(&mut files, "items/register.yaml", "level: county", "level: town");
    small::replace(&mut files, "items/register.yaml", "D444073100100101", "D544073100100101");
    let line = small::line_of(&files, "items/register.yaml", "level: town");
    assert_eq!(findings(&files), [("W0412".into(), "items/register.yaml".into(), line)]);
}

#[test]
fn a_wrong_credit_code_is_found_at_the_authority_and_in_the_code_that_contains_it() {
    let mut files = small::files();
    small::replace(&mut files, "authorities/all.yaml", "11440604MB2D00014G", "11440604MB2D00014H");
    small::replace(&mut files, PERMIT, "11440604MB2D00014G4", "11440604MB2D00014H4");
    let found = findings(&files);
    let codes: Vec<_> = found.iter().map(|(code, path, _)| (code.as_str(), path.as_str())).collect();
    assert_eq!(codes, [("E0410", "authorities/all.yaml"), ("E0408", PERMIT)]);
}

#[test]
fn a_file_nobody_reads_is_pointed_out() {
    let mut files = small::files();
    files.push(SourceFile::new("item/lost.yaml", "id: lost\n"));
    assert_eq!(findings(&files), [("W0008".into(), "item/lost.yaml".into(), 1)]);
}

#[test]
fn a_folder_without_a_district_says_so() {
    let files: Vec<_> = small::files().into_iter().filter(|file| file.path != "district.yaml").collect();
    let found = findings(&files);
    assert_eq!(found.iter().map(|(code, ..)| code.as_str()).collect::<Vec<_>>(), ["E0011"]);
    assert_eq!(findings(&[])[0].0, "E0011");
}

#[test]
fn a_broken_file_does_not_blame_those_who_refer_to_it() {
    let mut files = small::files();
    small::replace(&mut files, "authorities/all.yaml", "- id: market", "- id: \"market");
    small::replace(&mut files, "items/register.yaml", "version: 1", "version: -1");
    let found = findings(&files);
    assert_eq!(found.iter().map(|(code, ..)| code.as_str()).collect::<Vec<_>>(), ["E0001", "E0005"]);
}

#[test]
fn every_code_has_a_plant() {
    // The list of accepted warnings is applied after all crates have checked; see `accepted`.
    let elsewhere = ["W0008", "E0410", "W0412", "W0014", "E0015"];
    let planted: BTreeSet<&str> = plants().iter().map(|plant| plant.code).chain(elsewhere).collect();
    let unplanted: Vec<&str> = catalog::codes::all().map(|code| code.id).filter(|id| !planted.contains(id)).collect();
    assert_eq!(unplanted, Vec::<&str>::new());
}
