//! What can be done with themes and drafts, and the policies that say who may.

use access::{Act, ModuleAccess};

/// Look at themes, answer questions, see the plan; without signing in.
pub const EXPLORE: Act = Act::new("themes.explore");
/// Begin a draft (开始办理): one's own, or as a clerk for the person at the window.
pub const START_DRAFT: Act = Act::new("themes.start-draft");
/// Read a draft.
pub const READ_DRAFT: Act = Act::new("themes.read-draft");
/// Change answers, form and papers of a draft.
pub const EDIT_DRAFT: Act = Act::new("themes.edit-draft");
/// Hand a draft in (提交申请).
pub const SUBMIT_DRAFT: Act = Act::new("themes.submit-draft");

/// Measure what cases were asked under two standards: sums, no answers of anybody.
pub const MEASURE: Act = Act::new("themes.measure");

/// What the module adds to the policies.
pub const THEMES: ModuleAccess = ModuleAccess {
    module: "themes",
    acts: &[EXPLORE, START_DRAFT, READ_DRAFT, EDIT_DRAFT, SUBMIT_DRAFT, MEASURE],
    policies: include_str!("../policies/themes.cedar"),
};
