//! Work for `yimen bench plan`: the plans of a theme's own scenarios, round and round, as if applicants changed their
//! answers. Who measures brings the clock.

use std::hint::black_box;

use crate::plan::plan;
use crate::scenario::Scenario;
use crate::theme::Theme;

/// A theme and the sheets of answers to plan for.
#[derive(Debug, Clone)]
pub struct Workload<'t> {
    theme: &'t Theme,
    sheets: Vec<&'t Scenario>,
}

impl<'t> Workload<'t> {
    /// All scenarios that belong to the theme; none when it has no scenario.
    pub fn new(theme: &'t Theme, scenarios: &'t [Scenario]) -> Option<Self> {
        let sheets: Vec<&Scenario> = scenarios.iter().filter(|scenario| scenario.theme == theme.id).collect();
        (!sheets.is_empty()).then_some(Self { theme, sheets })
    }

    /// The sheets it goes round.
    pub fn sheets(&self) -> impl Iterator<Item = &'t Scenario> + Clone {
        self.sheets.iter().copied()
    }

    /// Works out so many plans. The sum of their figures keeps the compiler from leaving the work out, and tells that
    /// two runs did the same.
    pub fn plan(&self, plans: usize) -> u64 {
        let sheets = self.sheets().cycle().take(plans);
        sheets.map(|sheet| u64::from(self.plan_one(sheet))).sum()
    }

    /// As [`Workload::plan`], and writes each plan as JSON as the command line and the guide do.
    pub fn plan_and_write(&self, plans: usize) -> u64 {
        let sheets = self.sheets().cycle().take(plans);
        let write = |sheet: &Scenario| {
            let plan = plan(self.theme, black_box(&sheet.answers), black_box(&sheet.known));
            serde_json::to_vec(&plan.report()).map_or(0, |json| json.len() as u64)
        };
        sheets.map(write).sum()
    }

    fn plan_one(&self, sheet: &Scenario) -> u32 {
        let plan = plan(self.theme, black_box(&sheet.answers), black_box(&sheet.known));
        black_box(&plan).figures.materials.before + plan.figures.fields.after
    }
}
