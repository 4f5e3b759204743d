//! Law that the operator provides beside the folder's own laws/ (法律文本库): many laws, whole, in the versions they had.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::article::key;

/// One article of one version of a law, as a line of the operator's file says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawLine {
    /// Full title, without book-title marks.
    pub law: String,
    /// As printed, such as 第四条.
    pub article: String,
    pub text: String,
    /// The day this text took effect (施行日期).
    pub in_force: NaiveDate,
}

/// Articles by law and number, each in its versions.
#[derive(Debug, Clone, Default)]
pub struct Corpora {
    laws: BTreeMap<Box<str>, HashMap<String, Versions>>,
}

/// The texts of one article, by the day each took effect.
type Versions = BTreeMap<NaiveDate, Box<str>>;

impl Corpora {
    /// How many laws there are.
    pub fn len(&self) -> usize {
        self.laws.len()
    }

    /// Whether nothing was provided.
    pub fn is_empty(&self) -> bool {
        self.laws.is_empty()
    }

    pub(crate) fn holds(&self, law: &str) -> bool {
        self.laws.contains_key(law)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.laws.keys().map(AsRef::as_ref)
    }

    /// The version in force that day, or the first there was; with the day it took effect. `number` is a key.
    pub(crate) fn article(&self, law: &str, number: &str, on: NaiveDate) -> Option<(NaiveDate, &str)> {
        let versions = self.laws.get(law)?.get(number)?;
        let version = versions.range(..=on).next_back().or_else(|| versions.iter().next())?;
        Some((*version.0, version.1))
    }
}

impl FromIterator<LawLine> for Corpora {
    /// Of two lines about the same article and day the later one counts.
    fn from_iter<I: IntoIterator<Item = LawLine>>(lines: I) -> Self {
        let mut corpora = Self::default();
        for line in lines {
            let articles = corpora.laws.entry(line.law.trim().into()).or_default();
            articles.entry(key(&line.article)).or_default().insert(line.in_force, line.text.into());
        }
        corpora
    }
}

#[cfg(test)]
mod tests {
    use super::{Corpora, LawLine};

    #[test]
    fn the_version_of_the_day_counts() {
        let line = |text: &str, day: &str| LawLine {
            law: "公共场所卫生管理条例".into(),
            article: "第4条".into(),
            text: text.into(),
            in_force: day.parse().expect("a day"),
        };
        let corpora: Corpora = [line("新", "2024-12-06"), line("旧", "1987-04-01")].into_iter().collect();
        let on = |day: &str| corpora.article("公共场所卫生管理条例", "第四条", day.parse().expect("a day"));
        assert_eq!(on("2026-01-01").map(|(_, text)| text), Some("新"));
        assert_eq!(on("2019-01-01").map(|(_, text)| text), Some("旧"));
        assert_eq!(on("1980-01-01").map(|(_, text)| text), Some("旧"), "the first, so that its day can be told");
        assert_eq!(corpora.article("公共场所卫生管理条例", "第五条", Default::default()), None);
    }
}
