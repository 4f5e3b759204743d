//! 减负成效: what applicants are asked, before and after, on the same cases. Each case's answers are planned under both standards, so
//! that nothing but the standards differs.

use crate::known::Known;
use crate::plan::{Figures, plan};
use crate::question::Answers;
use crate::theme::Theme;

/// What applicants are asked, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Papers handed in.
    pub papers: u64,
    /// Fields typed, by somebody of whom no register knows anything.
    pub fields: u64,
    pub trips: u64,
    /// Working days until everything is decided.
    pub days: u64,
}

impl Asked {
    /// By the plan.
    fn by_plan(figures: &Figures) -> Self {
        Self {
            papers: figures.materials.to_submit.into(),
            fields: figures.fields.to_type.into(),
            trips: figures.trips.after.into(),
            days: figures.days.after.into(),
        }
    }

    /// By each item alone, as before there were themes (分头办理).
    fn apart(figures: &Figures) -> Self {
        Self {
            papers: figures.materials.before.into(),
            fields: figures.fields.before.into(),
            trips: figures.trips.before.into(),
            days: figures.days.before.into(),
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            papers: self.papers + other.papers,
            fields: self.fields + other.fields,
            trips: self.trips + other.trips,
            days: self.days + other.days,
        }
    }

    /// The four figures in the order of the page: papers, fields, trips, days.
    pub fn figures(self) -> [u64; 4] {
        [self.papers, self.fields, self.trips, self.days]
    }
}

/// The same cases under two standards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measured {
    /// Cases that could be planned under both.
    pub cases: u64,
    /// Cases left out: one of the standards asks a question that was not asked then.
    pub unclear: u64,
    /// Each item alone, by the earlier standard.
    pub apart: Asked,
    pub before: Asked,
    pub after: Asked,
}

impl Measured {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            cases: self.cases + other.cases,
            unclear: self.unclear + other.unclear,
            apart: self.apart.plus(other.apart),
            before: self.before.plus(other.before),
            after: self.after.plus(other.after),
        }
    }
}

/// Measures one case.
pub fn measure(answers: &Answers, before: &Theme, after: &Theme) -> Measured {
    let nothing = Known::nothing();
    let [old, new] = [before, after].map(|theme| plan(theme, answers, &nothing).figures);
    let is_open = |figures: &Figures| figures.materials.undecided + figures.fields.undecided > 0;
    if is_open(&old) || is_open(&new) {
        return Measured { unclear: 1, ..Measured::default() };
    }
    Measured {
        cases: 1,
        unclear: 0,
        apart: Asked::apart(&old),
        before: Asked::by_plan(&old),
        after: Asked::by_plan(&new),
    }
}
