//! Before and after (改革前后对比), counted so that anybody can count again by hand.

use serde::Serialize;

use super::form::Filled;
use crate::item_set::ItemSet;
use crate::schedule::Schedule;
use crate::theme::Theme;

/// The figures of one plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub materials: MaterialFigures,
    pub fields: FieldFigures,
    /// Working days: as the theme's baseline states; critical path of the plan.
    pub days: Change,
    /// Visits: as the theme's baseline states; as the theme promises.
    pub trips: Change,
    /// How often something is handed in: as the baseline states; once.
    pub submissions: Change,
}

/// One figure, before and after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    pub before: u32,
    pub after: u32,
}

/// Papers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MaterialFigures {
    /// Rows of the lists of all items of the plan that apply to this applicant.
    pub before: u32,
    /// The same merged: one form, one row per paper; results of items of the plan and contents of form fields are gone.
    pub after: u32,
    /// Rows of those that the applicant must hand in.
    pub to_submit: u32,
    /// Rows that may come on top, depending on answers still missing.
    pub undecided: u32,
}

/// Fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FieldFigures {
    /// Fields of the forms of all items of the plan that apply to this applicant.
    pub before: u32,
    /// The same merged by element.
    pub after: u32,
    /// Filled from the records, or following from other fields.
    pub prefilled: u32,
    /// Filled by the answers.
    pub answered: u32,
    /// Typed by the applicant.
    pub to_type: u32,
    /// Fields that may come on top, depending on answers still missing.
    pub undecided: u32,
}

impl FieldFigures {
    pub(super) fn count(&mut self, filled: &Filled) {
        self.after += 1;
        match filled {
            Filled::Prefilled { .. } | Filled::Derived => self.prefilled += 1,
            Filled::Answered { .. } => self.answered += 1,
            Filled::ToType => self.to_type += 1,
        }
    }
}

/// Puts the figures together. A plan without items takes no days, trips or submissions.
pub(super) fn count(
    theme: &Theme,
    running: ItemSet,
    materials: MaterialFigures,
    fields: FieldFigures,
    schedule: &Schedule,
) -> Figures {
    let something = u32::from(!running.is_empty());
    Figures {
        materials,
        fields,
        days: Change { before: theme.baseline.days, after: schedule.days() },
        trips: Change { before: theme.baseline.trips, after: theme.trips * something },
        submissions: Change { before: theme.baseline.submissions, after: something },
    }
}
