//! The smallest grain (业务办理项颗粒化): one item, one situation. Several operations in one name, several papers in one
//! row, and what holds only for some while nothing says for whom.

use super::at;
use crate::codes;
use crate::diagnostic::Report;
use crate::folder::Entry;
use crate::model::Item;

/// Operations by what they do; words of one row mean the same.
const OPERATIONS: &[&[&str]] = &[
    &["新办", "新设", "新申请", "设立", "首次"],
    &["变更", "变动"],
    &["延续", "延期", "续期"],
    &["注销", "撤销", "终止"],
    &["补办", "补领", "补发", "补证", "换领", "换发", "换证"],
    &["年检", "年审", "校验"],
];

/// What joins two of them in a name.
const JOINTS: &[&str] = &["、", "/", "／", "和", "及", "与", "或", "或者", "以及", "，", "·", ""];

/// How the names of papers end.
const PAPERS: &[&str] = &[
    "证",
    "证书",
    "证明",
    "执照",
    "护照",
    "合同",
    "协议",
    "报告",
    "批文",
    "批复",
    "文件",
    "凭证",
    "发票",
    "申请书",
    "申请表",
    "复印件",
    "户口簿",
    "清单",
    "图纸",
    "承诺书",
    "委托书",
    "决定书",
    "通知书",
    "意见书",
    "说明",
];

/// Reports what is bundled in an item.
pub(super) fn check(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    if let Some(operations) = bundled(&item.name) {
        let what = format!("“{}”把{}写成了一个事项", item.name, quoted(&operations));
        let finding = report.at(&codes::BUNDLED_OPERATIONS, entry.place(at!["name"]), what);
        finding.mend(format!("{}各写一个事项，编码的前31位相同，最后两位序号不同。", quoted(&operations)));
    }
    for (row, material) in item.materials.iter().enumerate() {
        let name = material.name.as_deref().unwrap_or_default();
        if let Some((one, other)) = alternatives(name) {
            let what = format!("“{name}”是两份材料：“{one}”和“{other}”");
            report.at(&codes::ALTERNATIVE_PAPERS, entry.place(at!["materials", row, "name"]), what);
        }
        let texts = [("name", material.name.as_deref()), ("standard", material.standard.as_deref())];
        for (key, text) in texts.into_iter().filter(|_| material.when.is_none()) {
            if let Some(passage) = text.and_then(for_some) {
                let what = format!("“{passage}”只对一部分人适用，这份材料却没有写 when");
                report.at(&codes::FOR_SOME_ONLY, entry.place(at!["materials", row, key]), what);
            }
        }
    }
    for (row, condition) in item.conditions.iter().enumerate().filter(|(_, condition)| condition.when.is_none()) {
        if let Some(passage) = for_some(&condition.text) {
            let what = format!("“{passage}”只对一部分人适用，这个条件却没有写 when");
            report.at(&codes::FOR_SOME_ONLY, entry.place(at!["conditions", row, "text"]), what);
        }
    }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("“{word}”")).collect()
}

/// Different operations that stand side by side in a name.
fn bundled(name: &str) -> Option<Vec<&'static str>> {
    let words = OPERATIONS.iter().enumerate().flat_map(|(kind, words)| words.iter().map(move |word| (kind, *word)));
    let mut found: Vec<(usize, usize, &'static str)> =
        words.flat_map(|(kind, word)| name.match_indices(word).map(move |(at, _)| (at, kind, word))).collect();
    found.sort_unstable();
    let mut bundle: Vec<(usize, &'static str)> = Vec::new();
    for pair in found.windows(2) {
        let [(at, kind, word), (next, other, following)] = [pair[0], pair[1]];
        let joined = name.get(at + word.len()..next).is_some_and(|between| JOINTS.contains(&between));
        if joined && kind != other {
            if bundle.is_empty() {
                bundle.push((kind, word));
            }
            bundle.push((other, following));
        }
    }
    (!bundle.is_empty()).then(|| bundle.into_iter().map(|(_, word)| word).collect())
}

/// Two papers of which one is to be handed in, written as one.
pub(super) fn alternatives(name: &str) -> Option<(&str, &str)> {
    for joint in ["或者", "或"] {
        for (at, _) in name.match_indices(joint) {
            let (one, other) = (&name[..at], &name[at + joint.len()..]);
            let is_paper = |text: &str| PAPERS.iter().any(|paper| text.ends_with(paper));
            let bare = other.split(['（', '(']).next().unwrap_or(other);
            if is_paper(one) && is_paper(bare) {
                return Some((one.rsplit(['、', '，']).next().unwrap_or(one), bare));
            }
        }
    }
    None
}

/// The passage that says for whom it holds, when it is not for everybody.
fn for_some(text: &str) -> Option<&str> {
    sentence(text).or_else(|| bracket(text))
}

/// 如委托他人办理，还需提交…… ; 属于特种行业的，应当……
fn sentence(text: &str) -> Option<&str> {
    const MORE: &[&str] = &[
        "还需",
        "还应",
        "还须",
        "还要",
        "另需",
        "另须",
        "另应",
        "另附",
        "须另",
        "应另",
        "同时提供",
        "同时提交",
        "一并提供",
        "一并提交",
        "加交",
    ];
    const IF: &[&str] =
        &["如果", "如为", "如属", "如系", "如需", "如有", "如委托", "如", "若", "凡", "属于", "涉及", "委托"];
    text.split(['。', '；']).map(str::trim).find(|sentence| {
        let conditional = IF.iter().any(|word| sentence.starts_with(word));
        let of_some = sentence.contains("的，");
        let more = MORE.iter().any(|word| sentence.contains(word));
        (conditional && (of_some || more)) || (of_some && more)
    })
}

/// 授权委托书（委托代理的提供）, 外文翻译件（如有）.
fn bracket(text: &str) -> Option<&str> {
    const ENDS: &[&str] = &[
        "的提供",
        "的提交",
        "时提供",
        "时提交",
        "者提供",
        "单位提供",
        "企业提供",
        "个人提供",
        "如有",
        "若有",
        "如需",
        "适用",
        "的需提供",
        "的需提交",
    ];
    let mut rest = text;
    while let Some(open) = rest.find(['（', '(']) {
        let inside = &rest[open + rest[open..].chars().next().map_or(1, char::len_utf8)..];
        let close = inside.find(['）', ')'])?;
        let words = &inside[..close];
        if ENDS.iter().any(|end| words.ends_with(end)) || words.starts_with("仅限") {
            return Some(words);
        }
        rest = &inside[close..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{alternatives, bundled, for_some};

    #[test]
    fn operations_side_by_side_are_bundled() {
        assert_eq!(bundled("食品经营许可（新办、变更、注销）"), Some(vec!["新办", "变更", "注销"]));
        assert_eq!(bundled("民办学校设立和变更"), Some(vec!["设立", "变更"]));
        for name in [
            "居民身份证换领、补领",
            "食品经营许可（新办·餐饮服务）",
            "个体工商户变更登记",
            "企业设立登记（有限责任公司）",
        ] {
            assert_eq!(bundled(name), None, "{name}");
        }
    }

    #[test]
    fn two_papers_in_one_row_are_alternatives() {
        assert_eq!(alternatives("房屋产权证明或者租赁合同"), Some(("房屋产权证明", "租赁合同")));
        assert_eq!(alternatives("居民身份证或护照（复印件）"), Some(("居民身份证", "护照")));
        for name in [
            "法定代表人或者负责人身份证明",
            "公共场所卫生检测或者评价报告",
            "就业、住所或者就读证明",
            "终止或者解除劳动关系证明",
        ] {
            assert_eq!(alternatives(name), None, "{name}");
        }
    }

    #[test]
    fn what_holds_for_some_is_found() {
        let rows = [
            "如为租赁，还需提交租赁合同",
            "属于特种行业的，应当取得公安机关许可",
            "经营场所为住宅的，还需提交利害关系人同意的证明",
            "授权委托书（委托代理的提供）",
            "外文翻译件（如有）",
        ];
        for text in rows {
            assert!(for_some(text).is_some(), "{text}");
        }
        let rows = [
            "属于公众聚集场所，面积达到本地规定的300平方米",
            "由具备资质的检验检测机构出具，检测日期在一年以内",
            "如实填写全部登记事项",
            "未满16周岁的由监护人代办",
            "个体工商户登记（备案）申请书",
        ];
        for text in rows {
            assert_eq!(for_some(text), None, "{text}");
        }
    }
}
