//! A large figure with what it was before, and the running total beside the questions.

use askama::Template;

/// One large figure: 9 份材料（原来 14 份）.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/figure.html")]
pub struct Figure {
    /// What is counted: 要交的材料.
    pub label: String,
    /// The number before the reform, if it is known.
    pub before: Option<String>,
    /// The number now.
    pub after: String,
    /// Unit behind both: 份.
    pub unit: String,
    /// One line beneath: 其中 4 份系统里已有.
    pub note: Option<String>,
}

impl Figure {
    /// A number that changed.
    pub fn change(label: impl Into<String>, before: u32, after: u32, unit: impl Into<String>) -> Self {
        let before = (before != after).then(|| before.to_string());
        Self { label: label.into(), before, after: after.to_string(), unit: unit.into(), note: None }
    }

    /// A number alone.
    pub fn plain(label: impl Into<String>, number: impl ToString, unit: impl Into<String>) -> Self {
        Self { label: label.into(), after: number.to_string(), unit: unit.into(), ..Self::default() }
    }

    /// One line beneath.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// One matter in the running total.
#[derive(Debug, Clone, Default)]
pub struct TallyItem {
    /// 食品经营许可
    pub name: String,
    /// 区市场监管局
    pub authority: String,
    /// Whether the answers so far include it.
    pub included: bool,
    /// Why, or why not.
    pub because: String,
}

/// The running total beside the questions: what the answers so far come to.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/tally.html")]
pub struct Tally {
    /// Matters, papers, days, trips.
    pub figures: Vec<Figure>,
    /// The matters, the included ones first.
    pub items: Vec<TallyItem>,
    /// How many questions may still change the result.
    pub open: u32,
}

impl Tally {
    /// Matters the answers leave out; told folded, because the person came for the others.
    fn left_out(&self) -> usize {
        self.items.iter().filter(|item| !item.included).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchanged_figure_claims_no_change() {
        assert!(Figure::change("材料", 9, 9, "份").before.is_none());
        let html = Figure::change("材料", 14, 9, "份").to_string();
        assert!(html.contains("原来") && html.contains("14") && html.contains(">9<"));
    }
}
