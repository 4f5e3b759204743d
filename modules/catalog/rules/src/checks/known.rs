//! Fields that a base library holds (一数一源): asked of everybody, because nobody said where they are known.

use super::at;
use crate::codes;
use crate::diagnostic::Report;
use crate::folder::Folder;
use crate::model::{Element, ElementKind};

/// A field of a register, and what forms call it.
struct Held {
    resource: &'static str,
    field: &'static str,
    names: &'static [&'static str],
    kinds: &'static [ElementKind],
}

const WORDS: &[ElementKind] = &[ElementKind::Text];
const CHOICES: &[ElementKind] = &[ElementKind::Text, ElementKind::Choice];
const PLACES: &[ElementKind] = &[ElementKind::Text, ElementKind::Address];
const DATES: &[ElementKind] = &[ElementKind::Text, ElementKind::Date];

const fn resident(field: &'static str, names: &'static [&'static str], kinds: &'static [ElementKind]) -> Held {
    Held { resource: "resident", field, names, kinds }
}

const fn organisation(field: &'static str, names: &'static [&'static str], kinds: &'static [ElementKind]) -> Held {
    Held { resource: "organisation", field, names, kinds }
}

/// What the population and the market entity library hold (人口库、法人库), by the names forms give it.
const LIBRARY: &[Held] = &[
    resident("name", &["姓名"], WORDS),
    resident(
        "id",
        &["公民身份号码", "身份证号码", "身份证件号码", "居民身份证号码"],
        &[ElementKind::CitizenId, ElementKind::Text],
    ),
    resident("gender", &["性别"], CHOICES),
    resident("birth", &["出生日期", "出生年月日"], DATES),
    resident("nation", &["民族"], CHOICES),
    resident("hukou_address", &["户籍地址", "户籍所在地", "户口所在地", "户籍地"], PLACES),
    resident("address", &["居住地址", "现居住地址", "现住址", "经常居住地"], PLACES),
    resident("mobile", &["手机号码", "手机号", "移动电话"], &[ElementKind::Phone, ElementKind::Text]),
    resident("married", &["婚姻状况", "是否已婚"], &[ElementKind::Bool, ElementKind::Choice, ElementKind::Text]),
    resident("marriage_date", &["结婚登记日期"], DATES),
    organisation("name", &["企业名称", "单位名称"], WORDS),
    organisation("credit_code", &["统一社会信用代码"], &[ElementKind::CreditCode, ElementKind::Text]),
    organisation("legal_rep", &["法定代表人", "法定代表人姓名"], WORDS),
    organisation("address", &["住所", "注册地址"], PLACES),
    organisation("scope", &["经营范围"], WORDS),
    organisation("capital", &["注册资本"], &[ElementKind::Number, ElementKind::Text]),
    organisation("registered_on", &["成立日期", "注册日期"], DATES),
];

/// What may stand before a name and still mean the applicant.
const OWN: &[&str] = &["申请人", "申请单位", "经营者", "本人", "企业", "单位"];
/// Sections of a form that are about the applicant.
const GROUPS: &[&str] = &["person", "organisation"];

pub(super) fn check(folder: &Folder, report: &mut Report<'_>) {
    for entry in folder.elements.entries().filter(|entry| entry.sound) {
        let element = &entry.value;
        if element.source.is_some() || element.derived.is_some() || !GROUPS.contains(&element.group.as_str()) {
            continue;
        }
        if let Some(held) = held(element) {
            let library = if held.resource == "resident" { "人口库" } else { "法人库" };
            let what = format!("“{}”在{library}里有，却要每个申请人自己填", element.name);
            let finding = report.at(&codes::HELD_WITHOUT_SOURCE, entry.place(at!["name"]), what);
            finding.mend(format!(
                "写上 source: {{resource: {}, field: {}, authority: 数源部门, trust: A}}。",
                held.resource, held.field
            ));
        }
    }
}

fn held(element: &Element) -> Option<&'static Held> {
    let name = element.name.trim();
    let bare = |own: &&str| name.strip_prefix(*own).filter(|rest| !rest.is_empty());
    let spellings: Vec<&str> = [name].into_iter().chain(OWN.iter().filter_map(bare)).collect();
    let fits =
        |held: &&Held| held.kinds.contains(&element.kind) && held.names.iter().any(|name| spellings.contains(name));
    LIBRARY.iter().find(fits)
}

#[cfg(test)]
mod tests {
    use super::LIBRARY;
    use crate::model::{ORGANISATION_FIELDS, RESIDENT_FIELDS};

    #[test]
    fn every_field_named_is_one_a_register_keeps() {
        for held in LIBRARY {
            let kept: &[&str] = if held.resource == "resident" { &RESIDENT_FIELDS } else { &ORGANISATION_FIELDS };
            assert!(kept.contains(&held.field), "{}", held.field);
        }
    }
}
