//! 业务办理项编码: 33 characters, each part of which says something the item says too.

use std::collections::HashMap;

use kernel::codes::CreditCode;

use super::{at, places};
use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::folder::{Entry, Folder};
use crate::model::{Authority, Item, Power};

const LENGTH: usize = 33;

/// Codes that two items use.
pub(super) fn twice(folder: &Folder, report: &mut Report<'_>) {
    let mut seen: HashMap<&str, &Entry<Item>> = HashMap::new();
    for entry in folder.items.entries().filter(|entry| !entry.value.code.is_empty()) {
        let code = entry.value.code.as_str();
        if let Some(first) = seen.insert(code, entry) {
            let finding = report.at(&codes::DUPLICATE_CODE, entry.place(at!["code"]), format!("两个事项都用 {code}"));
            finding.also(first.place(at!["code"]), "另一个在这里");
        }
    }
}

pub(super) fn check(entry: &Entry<Item>, folder: &Folder, report: &mut Report<'_>) {
    let item = &entry.value;
    let span = entry.place(at!["code"]);
    if item.code.is_empty() {
        return;
    }
    if item.code.len() != LENGTH || !item.code.is_ascii() {
        let what = format!("编码有 {} 位，应当是 {LENGTH} 位", item.code.chars().count());
        report.at(&codes::BAD_ITEM_CODE, span, what);
        return;
    }
    let (credit, rest) = item.code.split_at(18);
    if let Err(fault) = CreditCode::parse(credit) {
        let what = format!("前 18 位“{credit}”不是统一社会信用代码：{}", places::reason(&fault.code));
        report.at(&codes::BAD_ITEM_CODE, span, what).part(&item.code, 0..18);
        return;
    }
    if let Some(at) = rest.bytes().position(|byte| !byte.is_ascii_digit()) {
        let what = format!("第 {} 位应当是数字", 18 + at + 1);
        report.at(&codes::BAD_ITEM_CODE, span, what).part(&item.code, 18 + at..18 + at + 1);
        return;
    }
    if entry.sound {
        let authority = folder.authorities.get(&item.authority).filter(|authority| authority.sound);
        agrees(entry, authority.map(|authority| &authority.value), span, report);
    }
}

fn agrees(entry: &Entry<Item>, authority: Option<&Authority>, span: Span, report: &mut Report<'_>) {
    let item = &entry.value;
    let code = item.code.as_str();
    let mut differs = |part: std::ops::Range<usize>, what: String| {
        report.at(&codes::ITEM_CODE_MISMATCH, span, what).part(code, part);
    };
    if let Some(authority) = authority
        && code[..18] != authority.credit_code
    {
        differs(0..18, format!("前 18 位不是“{}”的信用代码 {}", authority.short, authority.credit_code));
    }
    let level = item.level.digit();
    if !code[18..].starts_with(level) {
        let what = format!("第 19 位是行使层级，{}应当是 {level}，写的是 {}", item.level.label(), &code[18..19]);
        differs(18..19, what);
    }
    // 00 is an item the state defined for all provinces.
    let province = &code[19..21];
    if let Some(authority) = authority
        && province != "00"
        && !authority.region.starts_with(province)
    {
        differs(19..21, format!("第 20、21 位 {province} 不是 00，也不是机关所在省份的代码"));
    }
    let digits = item.kind.digits();
    if &code[21..23] != digits {
        let what = format!("第 22、23 位是事项类型，{}应当是 {digits}，写的是 {}", item.kind.label(), &code[21..23]);
        differs(21..23, what);
    }
    if let Some(authority) = authority
        && authority.level != item.level
        && matches!(item.power, Power::Statutory)
    {
        let what = format!("{}的机关行使{}的事项", authority.level.label(), item.level.label());
        report.at(&codes::LEVEL_MISMATCH, entry.place(at!["level"]), what);
    }
}
