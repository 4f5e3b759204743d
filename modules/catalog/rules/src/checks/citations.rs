//! Citations: each item has a legal basis, and what is cited stands in the law.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::at;
use crate::article::{base, key};
use crate::codes;
use crate::corpora::Corpora;
use crate::diagnostic::{Report, Span};
use crate::folder::{Entry, Folder};
use crate::ids::LawName;
use crate::model::{Item, ItemStatus, ShortCitation, Waiver};

/// The corpus, looked up by law and article: what the folder holds, and behind it what the operator provides.
pub(crate) struct Corpus {
    laws: BTreeMap<LawName, Held>,
    complete: bool,
    provided: Arc<Corpora>,
}

struct Held {
    effective: NaiveDate,
    articles: HashMap<String, Arc<str>>,
    sound: bool,
}

/// A law that is cited and not held, and where. Said once a law, not once a citation.
pub(crate) struct Absent {
    pub law: LawName,
    pub span: Span,
}

impl Corpus {
    pub fn of(folder: &Folder, provided: Arc<Corpora>) -> Self {
        let laws = folder.laws.iter().map(|(name, entry)| {
            let articles = entry.value.articles.iter();
            let articles = articles.map(|article| (key(&article.no), article.text.as_str().into())).collect();
            (name.clone(), Held { effective: entry.value.effective, articles, sound: entry.sound })
        });
        Self { laws: laws.collect(), complete: folder.laws.is_complete(), provided }
    }

    /// What is wrong with the citations of an item; laws that are not held are returned.
    pub fn check_item(&self, entry: &Entry<Item>, report: &mut Report<'_>) -> Vec<Absent> {
        let mut look = Look { corpus: self, absent: Vec::new() };
        look.item(entry, report);
        look.absent
    }

    /// Whether the cited article itself says this, word by word.
    pub fn says(&self, basis: &ShortCitation, words: &str, on: NaiveDate) -> bool {
        self.article(&basis.law, &basis.article, on).is_some_and(|(_, text)| quotes(text, words))
    }

    /// The day the text took effect, and the text in force that day.
    fn article(&self, law: &LawName, article: &str, on: NaiveDate) -> Option<(NaiveDate, &str)> {
        let keys = [Some(key(article)), base(article).map(key)];
        let keys = || keys.iter().flatten();
        let own = self.laws.get(law);
        let own = own.and_then(|held| keys().find_map(|key| Some((held.effective, &**held.articles.get(key)?))));
        own.or_else(|| keys().find_map(|key| self.provided.article(law, key, on)))
    }

    /// Reports the laws that are not held, once each.
    pub fn report_absent<'a>(&self, absent: impl Iterator<Item = &'a Absent>, report: &mut Report<'_>) {
        if !self.complete {
            return;
        }
        let mut laws: BTreeMap<&LawName, (Span, usize)> = BTreeMap::new();
        for one in absent {
            laws.entry(&one.law).or_insert((one.span, 0)).1 += 1;
        }
        for (law, (span, times)) in laws {
            let known = self.laws.keys().map(LawName::as_str).chain(self.provided.names());
            let near = crate::spelling::closest(law, known);
            let finding = report.at(&codes::LAW_NOT_HELD, span, format!("没有收录《{law}》，{times} 处引用无法核对"));
            if let Some(near) = near {
                finding.mend(format!("是不是《{near}》？"));
            }
        }
    }
}

/// Looking through the citations of one item.
struct Look<'c> {
    corpus: &'c Corpus,
    absent: Vec<Absent>,
}

impl<'c> Look<'c> {
    fn item(&mut self, entry: &Entry<Item>, report: &mut Report<'_>) {
        let item = &entry.value;
        if item.basis.is_empty() {
            let span = entry.node.key_span("basis").unwrap_or_else(|| entry.place(at!["id"]));
            report.at(&codes::NO_BASIS, span, format!("“{}”没有设定依据", item.name));
        }
        for (row, citation) in item.basis.iter().enumerate() {
            let law = entry.place(at!["basis", row, "law"]);
            let article = entry.place(at!["basis", row, "article"]);
            let held = self.resolve((&citation.law, &citation.article), (law, article), item.effective, report);
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
    fn rows(&mut self, entry: &Entry<Item>, report: &mut Report<'_>) {
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
        entry: &Entry<Item>,
        basis: &ShortCitation,
        path: &[crate::reader::At<'_>],
        report: &mut Report<'_>,
    ) {
        let law = entry.place(&[path, at!["law"]].concat());
        let article = entry.place(&[path, at!["article"]].concat());
        self.resolve((&basis.law, &basis.article), (law, article), entry.value.effective, report);
    }

    /// The day the law took effect and the text of the article, or a finding.
    fn resolve(
        &mut self,
        (law, article): (&LawName, &str),
        (law_span, article_span): (Span, Span),
        on: NaiveDate,
        report: &mut Report<'_>,
    ) -> Option<(NaiveDate, &'c str)> {
        if law.is_empty() || article.is_empty() {
            return None;
        }
        let corpus = self.corpus;
        let own = corpus.laws.get(law);
        if own.is_none() && !corpus.provided.holds(law) {
            self.absent.push(Absent { law: law.clone(), span: law_span });
            return None;
        }
        let found = corpus.article(law, article, on);
        if found.is_none() && base(article).is_none() {
            report.at(&codes::BAD_ARTICLE, article_span, format!("“{article}”不是条款号"));
        } else if found.is_none() && own.is_none_or(|held| held.sound) {
            report.at(&codes::NO_SUCH_ARTICLE, article_span, format!("《{law}》里没有{article}"));
        }
        found
    }
}

/// Whether the quotation stands in the article; pieces around …… each for itself, punctuation aside.
fn quotes(article: &str, quotation: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let article = bare(article);
    quotation.split("……").flat_map(|part| part.split("...")).all(|piece| article.contains(&bare(piece)))
}

#[cfg(test)]
mod tests {
    use super::quotes;

    #[test]
    fn a_quotation_may_leave_out_but_not_put_in() {
        let article = "国家对公共场所实行“卫生许可证”制度。“卫生许可证”由县以上卫生行政部门签发。";
        assert!(quotes(article, "国家对公共场所实行\"卫生许可证\"制度……由县以上卫生行政部门签发"));
        assert!(!quotes(article, "由市以上卫生行政部门签发"));
    }
}
