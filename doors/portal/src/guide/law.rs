//! What the item rests on, who may have it, and where to turn when refused.

use catalog::Catalog;
use catalog::model::Item;

use super::when;

/// A clause: its name, and the words of the article where the corpus holds them.
pub struct Clause {
    /// 《食品经营许可和备案管理办法》第十三条
    pub name: String,
    /// The sentence that counts, as the item quotes it.
    pub said: String,
    /// The whole article.
    pub full: Option<String>,
}

/// One condition of the grant.
pub struct Condition {
    pub text: String,
    /// How the system judges it, in words.
    pub judged: Option<String>,
    pub basis: Option<Clause>,
}

/// The clause of that name with its words.
pub fn clause(law: &str, article: &str, catalog: &Catalog) -> Clause {
    let full = catalog.laws.get(law).and_then(|law| law.article(article)).map(|article| article.text.clone());
    Clause { name: format!("《{law}》{article}"), said: String::new(), full }
}

/// 设定依据, each with the sentence that counts and the article folded.
pub fn basis(item: &Item, catalog: &Catalog) -> Vec<Clause> {
    let of = |cited: &catalog::model::Citation| {
        let found = clause(&cited.law, &cited.article, catalog);
        // The article itself says no more than the sentence: nothing to unfold.
        let full = found.full.filter(|full| *full != cited.text);
        Clause { said: cited.text.clone(), full, ..found }
    };
    item.basis.iter().map(of).collect()
}

/// 受理条件.
pub fn conditions(item: &Item, catalog: &Catalog) -> Vec<Condition> {
    let of = |condition: &catalog::model::ItemCondition| Condition {
        text: condition.text.clone(),
        judged: condition.when.as_ref().and_then(|source| when::in_words(source, catalog)),
        basis: condition.basis.as_ref().map(|basis| clause(&basis.law, &basis.article, catalog)),
    };
    item.conditions.iter().map(of).collect()
}

/// 救济途径: the periods are law (行政复议法第二十条, 行政诉讼法第四十六条), the places are the item's.
pub fn remedies(item: &Item) -> Vec<(&'static str, String)> {
    let Some(remedy) = &item.remedy else { return Vec::new() };
    vec![
        ("行政复议", format!("收到决定之日起 60 日内，向{}申请。不收费。", remedy.review)),
        ("行政诉讼", format!("收到决定之日起 6 个月内，向{}起诉。", remedy.court)),
    ]
}
