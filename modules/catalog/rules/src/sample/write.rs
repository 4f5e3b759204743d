//! A grown city as the files of a catalogue folder: what people would have written.

use std::fmt::Write;

use super::items::{Doing, GrownItem, Subject, Who};
use super::{City, GrownAuthority};
use crate::diagnostic::SourceFile;
use crate::model::{GovernmentLevel, ItemKind};

const LICENSING_LAW: &str = "中华人民共和国行政许可法";
const ONLINE_RULES: &str = "国务院关于在线政务服务的若干规定";

/// Everything that was grown; the sample's own files are not among them.
pub(super) fn files(city: &City) -> Vec<SourceFile> {
    let mut files = vec![
        SourceFile::new("authorities/grown.yaml", city.authorities.iter().map(authority).collect::<String>()),
        SourceFile::new("staff/grown.yaml", city.authorities.iter().map(staff).collect::<String>()),
        SourceFile::new("licences/grown.yaml", licences(city)),
        SourceFile::new("materials/grown.yaml", materials(city)),
    ];
    files.retain(|file| !file.text.is_empty());
    files.extend(city.items.iter().map(|item| SourceFile::new(format!("items/{}.yaml", item.id), text(city, item))));
    files
}

fn authority(one: &GrownAuthority) -> String {
    let kind = if one.level == GovernmentLevel::Village { "entrusted" } else { "statutory" };
    let GrownAuthority { id, name, short, mark, credit_code, region, level } = one;
    format!(
        "- id: {id}\n  name: {name}\n  short: {short}\n  mark: {mark}\n  credit_code: \"{credit_code}\"\n  region: \"{region}\"\n  level: {level}\n  kind: {kind}\n"
    )
}

/// One person a post, so that nobody holds two.
fn staff(one: &GrownAuthority) -> String {
    let posts = [("handler", "承办人"), ("reviewer", "审核人"), ("approver", "批准人"), ("issuer", "制证人")];
    let person = |(role, name): (&str, &str)| {
        let (id, short, region) = (&one.id, &one.short, &one.region);
        format!(
            "- {{login: {id}-{role}, name: {short}{name}, roles: [{role}], authority: {id}, hall: null, region: \"{region}\"}}\n"
        )
    };
    posts.into_iter().map(person).collect()
}

/// The authority that answers for a subject: the first that implements it.
fn holder(city: &City, number: usize) -> Option<&str> {
    city.items.iter().find(|item| item.subject == number).map(|item| item.authority.as_str())
}

fn used(city: &City) -> impl Iterator<Item = (usize, &Subject, &str)> {
    let subjects = city.subjects.iter().enumerate();
    subjects.filter_map(|(number, subject)| Some((number, subject, holder(city, number)?)))
}

fn licences(city: &City) -> String {
    let row = |(number, subject, holder): (usize, &Subject, &str)| {
        let (id, name) = subject.licence()?;
        let code = format!("11100000MB0143028R{:03}", 500 + number);
        Some(format!(
            "- {{id: {id}, name: {name}, type_code: {code}, holder: organisation, authority: {holder}, valid: {{value: 5, unit: year}}}}\n"
        ))
    };
    used(city).filter_map(row).collect()
}

fn materials(city: &City) -> String {
    let mut out = String::new();
    for (_, subject, holder) in used(city).filter(|(_, subject, _)| subject.kind != ItemKind::Payment) {
        let (id, trade) = (&subject.id, subject.trade());
        let _ = writeln!(out, "- {{id: {id}-equipment, name: {trade}设施设备清单, issuer: self}}");
        let _ = writeln!(out, "- {{id: {id}-system, name: {trade}管理制度, issuer: self}}");
        if let Some((licence, name)) = subject.licence() {
            let _ = writeln!(
                out,
                "- {{id: {licence}, name: {name}, issuer: government, issuing_authority: {holder}, licence: {licence}}}"
            );
        }
    }
    out
}

/// What an item rests on: law, article, and the sentence that counts.
fn basis(kind: ItemKind, doing: Doing) -> (&'static str, &'static str, &'static str) {
    match (kind, doing) {
        (ItemKind::Licence, Doing::New) => (
            LICENSING_LAW,
            "第三十四条",
            "申请人提交的申请材料齐全、符合法定形式，行政机关能够当场作出决定的，应当当场作出书面的行政许可决定",
        ),
        (ItemKind::Licence, Doing::Change) => {
            (LICENSING_LAW, "第四十九条", "被许可人要求变更行政许可事项的，应当向作出行政许可决定的行政机关提出申请")
        }
        (ItemKind::Licence, Doing::Renew) => {
            (LICENSING_LAW, "第五十条", "应当在该行政许可有效期届满三十日前向作出行政许可决定的行政机关提出申请")
        }
        (ItemKind::Licence, _) => {
            (LICENSING_LAW, "第三十一条", "申请人申请行政许可，应当如实向行政机关提交有关材料和反映真实情况")
        }
        _ => (ONLINE_RULES, "第七条", "行政相对人在线办理政务服务事项，应当提交真实、有效的办事材料"),
    }
}

fn text(city: &City, item: &GrownItem) -> String {
    let subject = &city.subjects[item.subject];
    let mut out = String::new();
    head(&mut out, item, subject);
    let (law, article, words) = basis(subject.kind, item.doing);
    let cite = format!("basis: {{law: {law}, article: {article}}}");
    let _ = writeln!(out, "\nbasis:\n  - {{law: {law}, article: {article}, text: {words}。}}");
    conditions(&mut out, item, subject, &cite);
    limits(&mut out, item, subject);
    papers(&mut out, item, subject, &cite);
    fields(&mut out, item);
    result(&mut out, item, subject);
    service(&mut out, item, subject);
    out
}

fn head(out: &mut String, item: &GrownItem, subject: &Subject) {
    let audience = match item.who {
        Who::Firm => "[company, other]",
        Who::Body => "[institution, social-organisation]",
        Who::Shop | Who::Person => "[person]",
    };
    let GrownItem { id, code, name, authority, level, .. } = item;
    let (kind, topic) = (subject.kind, subject.topic);
    let _ = writeln!(
        out,
        "id: {id}\ncode: \"{code}\"\nname: {name}\nkind: {kind}\nauthority: {authority}\nlevel: {level}\npower: statutory\naudience: {audience}\ntopic: \"{topic}\"\nversion: 1\neffective: 2026-01-01\nstatus: active\nhandling: promise"
    );
}

fn conditions(out: &mut String, item: &GrownItem, subject: &Subject, cite: &str) {
    let trade = subject.trade();
    let _ = writeln!(out, "conditions:");
    match item.doing {
        Doing::New if item.has_premises() => {
            let area = item.area;
            let _ = writeln!(
                out,
                "  - {{id: c1, text: 用于{trade}的场所面积不少于{area}平方米, when: site_area >= {area}, {cite}}}"
            );
            let _ = writeln!(out, "  - {{id: c2, text: 有与{trade}相适应的设施设备和管理制度, {cite}}}");
        }
        Doing::New => {
            let _ = writeln!(out, "  - {{id: c1, text: 申请人的身份和居住信息与人口库一致, {cite}}}");
        }
        Doing::Change => {
            let _ = writeln!(out, "  - {{id: c1, text: 变更后的内容与登记机关的登记一致, {cite}}}");
        }
        Doing::Renew => {
            let _ = writeln!(out, "  - {{id: c1, text: 在有效期届满三十日前提出申请, {cite}}}");
        }
        Doing::Cancel => {
            let _ = writeln!(out, "  - {{id: c1, text: 已停止从事{trade}, {cite}}}");
        }
        Doing::Replace => {
            let _ = writeln!(out, "  - {{id: c1, text: 原证仍在有效期内，遗失或者损毁, {cite}}}");
        }
    }
}

fn limits(out: &mut String, item: &GrownItem, subject: &Subject) {
    let statutory = if subject.kind == ItemKind::Licence { 20 } else { 10 };
    let days = item.days;
    let _ = writeln!(
        out,
        "\nstatutory: {{value: {statutory}, unit: workday, start: acceptance}}\npromise: {{value: {days}, unit: workday, start: acceptance}}\nvisits: {{count: 0, reason: 无}}\napply_via: [window, online, mobile]\nscope: county\n"
    );
}

fn papers(out: &mut String, item: &GrownItem, subject: &Subject, cite: &str) {
    let _ = writeln!(out, "materials:");
    let mut number = 0;
    let mut row = |material: &str, holder: &str, rest: &str| {
        number += 1;
        let _ = writeln!(
            out,
            "  - {{id: M{number}, material: {material}, holder: {holder}, need: required, copy: copy, media: either, copies: 1, {rest}{cite}}}"
        );
    };
    row("application-form", "applicant", "waive: [{by: form}], ");
    match item.who {
        Who::Firm => row("business-licence", "organisation", "waive: [{by: licence}], "),
        Who::Shop | Who::Person | Who::Body => row("id-card", "operator", "waive: [{by: licence}], "),
    }
    match item.doing {
        Doing::New if item.has_premises() => {
            row("site-proof", "premises", "when: \"site_source != 'own'\", ");
            row(
                "site-proof",
                "premises",
                "name: 场所产权证明（自有）, when: \"site_source == 'own'\", waive: [{by: licence}], ",
            );
            row(&format!("{}-equipment", subject.id), "premises", "");
            row(&format!("{}-system", subject.id), "organisation", "");
        }
        Doing::New => {}
        _ => {
            if let Some((licence, _)) = subject.licence() {
                row(&licence, "organisation", "waive: [{by: licence}], ");
            }
        }
    }
    row("authorisation-letter", "agent", "when: has_agent, ");
}

fn fields(out: &mut String, item: &GrownItem) {
    let _ = writeln!(out, "\nfields:");
    let own: &[&str] = match item.who {
        Who::Firm => &["org_name", "org_uscc", "op_name", "op_id", "mobile"],
        Who::Shop | Who::Body => &["op_name", "op_id", "mobile", "org_name"],
        Who::Person => &["op_name", "op_id", "mobile", "hukou_addr"],
    };
    let premises: &[&str] = if item.has_premises() { &["site_addr", "site_area", "staff_n"] } else { &[] };
    for element in own.iter().chain(premises).chain(&["delivery", "sign"]) {
        let _ = writeln!(out, "  - {{element: {element}, required: true}}");
    }
    for element in ["agent_name", "agent_mobile"] {
        let _ = writeln!(out, "  - {{element: {element}, required: true, when: has_agent}}");
    }
}

fn result(out: &mut String, item: &GrownItem, subject: &Subject) {
    let name = subject.name;
    let made = subject.licence();
    let consumes = match item.who {
        Who::Firm => "[business-licence]",
        _ => "[]",
    };
    let _ = writeln!(out, "\nconsumes: {consumes}");
    match (&made, item.doing) {
        (Some((id, _)), Doing::Cancel) => {
            let _ = writeln!(out, "provides: null\ncancels: {id}\nresult: {{kind: document, name: {name}注销通知}}");
        }
        (Some((id, licence)), doing) => {
            let earlier = match doing {
                Doing::Change => format!("changes: {id}\n"),
                Doing::Renew => format!("renews: {id}\n"),
                _ => String::new(),
            };
            let _ = writeln!(
                out,
                "provides: {id}\n{earlier}result: {{kind: licence, name: {licence}, valid: {{value: 5, unit: year}}}}"
            );
        }
        (None, _) => {
            let _ = writeln!(out, "provides: null\nresult: {{kind: document, name: {name}办结通知}}");
        }
    }
}

fn service(out: &mut String, item: &GrownItem, subject: &Subject) {
    let hours = item.days * 4;
    let half = item.days * 2;
    let _ = writeln!(
        out,
        "steps:\n  - {{id: handle, name: 承办, role: handler, limit: {{value: {hours}, unit: hour}}}}\n  - {{id: review, name: 审核, role: reviewer, limit: {{value: {half}, unit: hour}}}}\n  - {{id: decide, name: 批准, role: approver, limit: {{value: {half}, unit: hour}}}}\nspecial: []\nfees: []"
    );
    let telephone = 82_010_000 + item.subject * 8 + item.level as usize;
    let (name, days) = (subject.name, item.days);
    let _ = writeln!(
        out,
        "remedy: {{review: 佛山市禅城区人民政府, court: 佛山市禅城区人民法院}}\ncontact: {{consult: 0757-{telephone}, complain: 0757-12345}}\nrisks:\n  - {{point: 清单以外另要材料, level: middle, measure: 材料清单由系统固定，清单外材料无法收取}}\nfaqs:\n  - {{q: {name}多久能办好, a: 受理后{days}个工作日内作出决定。}}\n  - {{q: 可以委托别人办吗, a: 可以，写明委托事项和权限即可。}}\nflow: 申请→受理→承办→审核→批准→送达。"
    );
}
