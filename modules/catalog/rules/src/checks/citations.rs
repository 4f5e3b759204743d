//! Citations: each item has a legal basis, and what is cited stands in the law.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::at;
use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::folder::{Entry, Folder};
use crate::model::{Item, ItemStatus, ShortCitation, Waiver};

/// The corpus, looked up by law and article.
pub(super) struct Corpus<'f> {
    laws: HashMap<&'f str, Held<'f>>,
    complete: bool,
    /// Laws that are cited and not held: where first, and how often. Said once a law, not once a citation.
    absent: BTreeMap<String, (Span, usize)>,
}

struct Held<'f> {
    effective: NaiveDate,
    articles: HashMap<String, &'f str>,
    sound: bool,
}

impl<'f> Corpus<'f> {
    pub fn of(folder: &'f Folder<'_>) -> Self {
        let laws = folder.laws.iter().map(|(name, entry)| {
            let articles = entry.value.articles.iter();
            let articles = articles.map(|article| (key(&article.no), article.text.as_str())).collect();
            (name.as_str(), Held { effective: entry.value.effective, articles, sound: entry.sound })
        });
        Self { laws: laws.collect(), complete: folder.laws.is_complete(), absent: BTreeMap::new() }
    }

    pub fn check_item(&mut self, entry: &Entry<'_, Item>, report: &mut Report<'_>) {
        let item = &entry.value;
        if item.basis.is_empty() {
            let span = entry.node.key_span("basis").unwrap_or_else(|| entry.place(at!["id"]));
            report.at(&codes::NO_BASIS, span, format!("“{}”没有设定依据", item.name));
        }
        for (row, citation) in item.basis.iter().enumerate() {
            let law = entry.place(at!["basis", row, "law"]);
            let article = entry.place(at!["basis", row, "article"]);
            let held = self.resolve(&citation.law, &citation.article, law, article, report);
            let Some((held_from, text)) = held else { continue };
            if entry.sound && !quotes(text, &citation.text) {
                let span = entry.place(at!["basis", row, "text"]);
                let what = format!("《{}》{}里没有这句话", citation.law, citation.article);
                report.at(&codes::QUOTE_NOT_IN_ARTICLE, span, what);
            }
            let planned = matches!(item.status, ItemStatus::Draft | ItemStatus::Active);
            if entry.sound && planned && held_from > item.effective {
                let what = format!("事项 {} 生效，《{}》{held_from} 才施行", item.effective, citation.law);
                report.at(&codes::LAW_NOT_YET_IN_FORCE, law, what);
            }
        }
        self.rows(entry, report);
    }

    /// Conditions and papers need a basis of their own; what only fills a form or a field is no paper.
    fn rows(&mut self, entry: &Entry<'_, Item>, report: &mut Report<'_>) {
        let item = &entry.value;
        for (row, condition) in item.conditions.iter().enumerate() {
            match &condition.basis {
                Some(basis) => self.short(entry, basis, at!["conditions", row, "basis"], report),
                None => {
                    let span = entry.place(at!["conditions", row, "id"]);
                    report.at(&codes::ROW_WITHOUT_BASIS, span, format!("条件“{}”没有依据", condition.id));
                }
            }
        }
        for (row, material) in item.materials.iter().enumerate() {
            let no_paper = material.waive.iter().any(|by| matches!(by, Waiver::Form | Waiver::Element { .. }));
            match &material.basis {
                Some(basis) => self.short(entry, basis, at!["materials", row, "basis"], report),
                None if no_paper => {}
                None => {
                    let span = entry.place(at!["materials", row, "id"]);
                    report.at(&codes::ROW_WITHOUT_BASIS, span, format!("材料“{}”没有依据", material.id));
                }
            }
        }
        for (row, special) in item.special.iter().enumerate() {
            if let Some(basis) = &special.basis {
                self.short(entry, basis, at!["special", row, "basis"], report);
            }
        }
        for (row, fee) in item.fees.iter().enumerate() {
            if let Some(basis) = &fee.basis {
                self.short(entry, basis, at!["fees", row, "basis"], report);
            }
            for (one, exemption) in fee.exemptions.iter().enumerate() {
                if let Some(basis) = &exemption.basis {
                    self.short(entry, basis, at!["fees", row, "exemptions", one, "basis"], report);
                }
            }
        }
        if let Some(basis) = item.commitment.as_ref().and_then(|commitment| commitment.basis.as_ref()) {
            self.short(entry, basis, at!["commitment", "basis"], report);
        }
    }

    fn short(
        &mut self,
        entry: &Entry<'_, Item>,
        basis: &ShortCitation,
        path: &[crate::reader::At<'_>],
        report: &mut Report<'_>,
    ) {
        let law = entry.place(&[path, at!["law"]].concat());
        let article = entry.place(&[path, at!["article"]].concat());
        self.resolve(&basis.law, &basis.article, law, article, report);
    }

    /// The day the law took effect and the text of the article, or a finding.
    fn resolve(
        &mut self,
        law: &str,
        article: &str,
        law_span: Span,
        article_span: Span,
        report: &mut Report<'_>,
    ) -> Option<(NaiveDate, &'f str)> {
        if law.is_empty() || article.is_empty() {
            return None;
        }
        let Some(held) = self.laws.get(law) else {
            if self.complete {
                self.absent.entry(law.to_owned()).or_insert((law_span, 0)).1 += 1;
            }
            return None;
        };
        let exact = held.articles.get(&key(article));
        let found = exact.or_else(|| held.articles.get(&key(base(article)?)));
        if found.is_none() && base(article).is_none() {
            report.at(&codes::BAD_ARTICLE, article_span, format!("“{article}”不是条款号"));
        } else if found.is_none() && held.sound {
            report.at(&codes::NO_SUCH_ARTICLE, article_span, format!("《{law}》里没有{article}"));
        }
        found.map(|text| (held.effective, *text))
    }

    /// Reports the laws that are not held, once each.
    pub fn finish(self, report: &mut Report<'_>) {
        for (law, (span, times)) in self.absent {
            let near = crate::spelling::closest(&law, self.laws.keys().copied());
            let finding = report.at(&codes::LAW_NOT_HELD, span, format!("没有收录《{law}》，{times} 处引用无法核对"));
            if let Some(near) = near {
                finding.mend(format!("是不是《{near}》？"));
            }
        }
    }
}

/// The article of a longer citation: 第四条 of 第四条第二款第（一）项, and of 第四条之一 all of it.
fn base(article: &str) -> Option<&str> {
    let article = article.trim();
    let rest = article.strip_prefix('第')?;
    let end = rest.find('条')?;
    let number = &rest[..end];
    if number.is_empty() || !number.chars().all(|letter| letter.is_ascii_digit() || NUMERALS.contains(letter)) {
        return None;
    }
    let mut after = '第'.len_utf8() + end + '条'.len_utf8();
    if let Some(inserted) = article[after..].strip_prefix('之') {
        let digits = inserted.find(|letter| !NUMERALS.contains(letter)).unwrap_or(inserted.len());
        after += '之'.len_utf8() + digits;
    }
    let tail = &article[after..];
    let clauses = tail.chars().all(|letter| "第款项目（）()".contains(letter) || NUMERALS.contains(letter));
    (clauses && !tail.contains('条')).then_some(&article[..after])
}

const NUMERALS: &str = "〇零一二三四五六七八九十百千";

/// Articles compare without spaces and whether numbered in Chinese or in digits.
fn key(article: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for letter in article.chars().filter(|letter| !letter.is_whitespace()).chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            out.push_str(&digits.parse().map_or_else(|_| digits.clone(), numeral));
            digits.clear();
        }
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

/// A number up to 9,999 as articles are numbered: 十二, 一百零三.
fn numeral(number: u16) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (worth, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / worth % 10;
        if digit == 0 {
            gap |= !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        // 十二, not 一十二, when nothing stands before it.
        if !(worth == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[digit as usize]);
        }
        out.push_str(unit);
    }
    out
}

/// Whether the quotation stands in the article; pieces around …… each for itself, punctuation aside.
fn quotes(article: &str, quotation: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let article = bare(article);
    quotation.split("……").flat_map(|part| part.split("...")).all(|piece| article.contains(&bare(piece)))
}

#[cfg(test)]
mod tests {
    use super::{base, key, numeral, quotes};

    #[test]
    fn clauses_lead_back_to_their_article() {
        assert_eq!(base("第四条"), Some("第四条"));
        assert_eq!(base("第四条第二款第（一）项"), Some("第四条"));
        assert_eq!(base("第一百二十条之一第一款"), Some("第一百二十条之一"));
        assert_eq!(base("第4条"), Some("第4条"));
        for wrong in ["四条", "第条", "第四条、第八条", "第四款", "全文", ""] {
            assert_eq!(base(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn digits_and_numerals_are_the_same_number() {
        assert_eq!(key("第 12 条"), key("第十二条"));
        assert_eq!(numeral(10), "十");
        assert_eq!(numeral(103), "一百零三");
        assert_eq!(numeral(120), "一百二十");
        assert_eq!(numeral(1010), "一千零一十");
    }

    #[test]
    fn a_quotation_may_leave_out_but_not_put_in() {
        let article = "国家对公共场所实行“卫生许可证”制度。“卫生许可证”由县以上卫生行政部门签发。";
        assert!(quotes(article, "国家对公共场所实行\"卫生许可证\"制度……由县以上卫生行政部门签发"));
        assert!(!quotes(article, "由市以上卫生行政部门签发"));
    }
}
