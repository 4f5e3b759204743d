//! Wording that leaves to somebody's discretion what the law must settle (自由裁量用语): in conditions, in the names and
//! standards of materials, in the reasons for visits and in what is committed to.
//!
//! The words are data (`LOOSE`), each with what makes it harmless. What the cited article says itself, word by word, may
//! stand: then the law leaves it open, not the guide.

use super::at;
use super::citations::Corpus;
use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::folder::Entry;
use crate::model::{Citation, Item, ShortCitation};

/// One wording.
struct Loose {
    words: &'static str,
    /// Loose only before one of these, where there are any.
    before: &'static [&'static str],
    /// What may follow and makes it harmless.
    unless: &'static [&'static str],
    /// What to write instead.
    mend: &'static str,
}

const fn loose(words: &'static str, mend: &'static str) -> Loose {
    Loose { words, before: &[], unless: &[], mend }
}

const WHEN: &str = "写明在哪些情况下，能用数据元判断的写成 when；说不清的就删去。";
const WHO: &str = "写明依照哪一条、符合什么标准，不以谁的看法为准；说不清的就删去。";
const WHAT: &str = "逐一写出来是哪些；写不出来的就删去。";
const ALWAYS: &str = "写明什么时候一定这样；有例外的，逐一写出例外。";

/// What 其他, 有关 and 相关 leave open when they stand before it. Materials and conditions have codes of their own.
const OPEN: &[&str] = &["情况", "因素", "事项", "规定", "需要", "必要", "原因", "内容", "标准", "要求", "手续"];

#[rustfmt::skip]
const LOOSE: &[Loose] = &[
    loose("原则上", ALWAYS), loose("一般情况下", ALWAYS), loose("一般应", ALWAYS), Loose { words: "一般不", before: &[], unless: &["动产"], mend: ALWAYS }, loose("通常应", ALWAYS),
    loose("视情况", WHEN), loose("视情", WHEN), loose("视具体情况", WHEN), loose("视实际情况", WHEN), loose("根据情况", WHEN),
    loose("根据实际情况", WHEN), loose("根据具体情况", WHEN), loose("酌情", WHEN), loose("必要时", WHEN), loose("如有必要", WHEN),
    loose("确有必要", WHEN), loose("需要时", WHEN), loose("情况特殊", WHEN), loose("按需提供", WHEN), loose("按需提交", WHEN),
    Loose { words: "特殊情况", before: &[], unless: &["登记表", "补贴", "津贴"], mend: WHEN },
    loose("部门认为", WHO), loose("机关认为", WHO), loose("窗口认为", WHO), loose("人员认为", WHO), loose("认为需要", WHO),
    loose("认为必要", WHO), loose("认为有必要", WHO), loose("认为应当", WHO), loose("认为合适", WHO), loose("灵活掌握", WHO),
    loose("从严掌握", WHO), loose("从宽掌握", WHO), loose("区别对待", WHO), loose("以窗口", WHO), loose("以受理部门", WHO),
    loose("以审批部门", WHO), loose("以主管部门", WHO), loose("按要求提供", WHAT), loose("按要求提交", WHAT),
    loose("根据要求提供", WHAT), loose("根据要求提交", WHAT), loose("另行通知", WHAT), loose("另行规定", WHAT),
    loose("等材料", WHAT), loose("等资料", WHAT), loose("等证明材料", WHAT), loose("等证件", WHAT), loose("等手续", WHAT),
    // 其他组织, 其他法律规定的, 在其他地方: the language of laws, and plain language.
    Loose { words: "其他", before: OPEN, unless: &[], mend: WHAT },
    Loose { words: "其它", before: OPEN, unless: &[], mend: WHAT },
    Loose { words: "有关", before: OPEN, unless: &[], mend: WHAT },
    Loose { words: "相关", before: OPEN, unless: &[], mend: WHAT },
];

/// Reports loose wording in an item.
pub(super) fn check(entry: &Entry<Item>, corpus: &Corpus, report: &mut Report<'_>) {
    let item = &entry.value;
    let cited: Vec<ShortCitation> = item.basis.iter().map(short).collect();
    let mut look = |text: &str, own: &Option<ShortCitation>, span: Span| {
        let says = |clause: &str| own.iter().chain(&cited).any(|basis| corpus.says(basis, clause, item.effective));
        if let Some((words, mend)) = wording(text, says) {
            report.at(&codes::DISCRETION, span, format!("“{words}”没有说清楚，怎么办全由办的人掌握")).mend(mend);
        }
    };
    for (row, condition) in item.conditions.iter().enumerate() {
        look(&condition.text, &condition.basis, entry.place(at!["conditions", row, "text"]));
    }
    for (row, material) in item.materials.iter().enumerate() {
        if let Some(name) = &material.name {
            look(name, &material.basis, entry.place(at!["materials", row, "name"]));
        }
        if let Some(standard) = &material.standard {
            look(standard, &material.basis, entry.place(at!["materials", row, "standard"]));
        }
    }
    if let Some(reason) = &item.visits.reason {
        look(reason, &None, entry.place(at!["visits", "reason"]));
    }
    for (commitment, row, clause) in clauses(item) {
        look(clause, commitment, entry.place(at!["commitment", "clauses", row]));
    }
}

fn clauses(item: &Item) -> impl Iterator<Item = (&Option<ShortCitation>, usize, &str)> {
    item.commitment
        .iter()
        .flat_map(|rule| rule.clauses.iter().enumerate().map(|(row, clause)| (&rule.basis, row, clause.as_str())))
}

fn short(citation: &Citation) -> ShortCitation {
    ShortCitation { law: citation.law.clone(), article: citation.article.clone() }
}

/// The first loose wording of a text that no cited article says itself, and what to write instead.
fn wording(text: &str, says: impl Fn(&str) -> bool) -> Option<(String, &'static str)> {
    let mut found: Option<(usize, String, &'static str)> = None;
    for loose in LOOSE {
        for (at, _) in text.match_indices(loose.words) {
            let rest = &text[at + loose.words.len()..];
            let Some(next) = looseness(loose, rest) else { continue };
            let words = format!("{}{next}", loose.words);
            // The first counts, and where two begin at one place the longer.
            let nearer = found.as_ref().is_none_or(|(first, other, _)| (at, other.len()) < (*first, words.len()));
            if nearer && !says(clause_around(text, at)) {
                found = Some((at, words, loose.mend));
            }
        }
    }
    found.map(|(_, words, mend)| (words, mend))
}

/// What follows and makes the wording loose; nothing needs to, for most. None where it is harmless.
fn looseness<'t>(loose: &Loose, rest: &'t str) -> Option<&'t str> {
    let of = if rest.starts_with('的') { '的'.len_utf8() } else { 0 };
    let next = loose.before.iter().find(|noun| rest[of..].starts_with(**noun));
    let length = match next {
        Some(noun) => of + noun.len(),
        None if loose.before.is_empty() => 0,
        None => return None,
    };
    let harmless = loose.unless.iter().any(|unless| rest.starts_with(unless) || rest[of..].starts_with(unless));
    (!harmless).then_some(&rest[..length])
}

/// The clause of a text that has this byte in it.
fn clause_around(text: &str, at: usize) -> &str {
    let ends = ['，', '。', '；', '：', '、', '（', '）'];
    let start = text[..at].rfind(ends).map_or(0, |before| before + '，'.len_utf8());
    let end = text[at..].find(ends).map_or(text.len(), |after| at + after);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use super::wording;

    fn found(text: &str) -> Option<String> {
        wording(text, |_| false).map(|(words, _)| words)
    }

    #[test]
    fn words_that_leave_it_open_are_found() {
        let rows = [
            ("原则上年满十八周岁", "原则上"),
            ("必要时到现场核查", "必要时"),
            ("视情况提交", "视情况"),
            ("主管部门认为需要的，另附说明", "部门认为"),
            ("学历证书、职称证书等材料", "等材料"),
            ("符合其他有关规定", "其他有关规定"),
            ("符合国家相关规定", "相关规定"),
            ("没有其他的情况", "其他的情况"),
        ];
        for (text, words) in rows {
            let found = found(text);
            assert!(found.as_deref().is_some_and(|found| words.ends_with(found)), "{text}: {found:?}");
        }
    }

    #[test]
    fn the_language_of_laws_and_plain_language_may_stand() {
        let rows = [
            "法人或者其他组织",
            "没有在其他地方参加基本医疗保险",
            "选其他姓氏的，属于民法典规定的情形",
            "符合其他法律规定的期限",
            "与经营相适应的设备布局、操作流程等文件",
            "不属于危害食品安全的一般违法行为",
        ];
        for text in rows {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn what_the_article_says_itself_may_stand() {
        let law = "法律、行政法规规定的其他要求";
        assert_eq!(wording("符合法律、行政法规规定的其他要求", |clause| law.contains(clause)), None);
        assert!(wording("行政机关规定的其他要求", |clause| law.contains(clause)).is_some());
    }
}
