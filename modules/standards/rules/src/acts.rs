//! What can be done with the lists and with proposals, and the policies that say who may.

use access::{Act, ModuleAccess};

/// Read the published lists (清单公开): everybody.
pub const READ_LISTS: Act = Act::new("standards.read-lists");
/// See what was brought in and not published yet.
pub const READ_BATCHES: Act = Act::new("standards.read-batches");
/// Bring in a file of rows, say which of its columns is what, and drop it again.
pub const BRING_IN: Act = Act::new("standards.bring-in");
/// Publish what was brought in.
pub const PUBLISH_LIST: Act = Act::new("standards.publish-list");
/// Take a row off the list.
pub const WITHDRAW_ROW: Act = Act::new("standards.withdraw-row");
/// Have the lists follow the published catalogue.
pub const FOLLOW_CATALOGUE: Act = Act::new("standards.follow-catalogue");

/// See proposals: the standards office all of them, an authority its own.
pub const READ_PROPOSALS: Act = Act::new("standards.read-proposals");
/// Make, send, review, set aside and close proposals, and hold them against real cases.
pub const KEEP_PROPOSALS: Act = Act::new("standards.keep-proposals");
/// Agree or disagree for an authority.
pub const ANSWER_PROPOSAL: Act = Act::new("standards.answer-proposal");

/// See how other places do the same.
pub const READ_COMPARISON: Act = Act::new("standards.read-comparison");
/// Bring in other places to compare with, and take them away.
pub const KEEP_PLACES: Act = Act::new("standards.keep-places");

/// What this module adds to the policies.
pub const STANDARDS: ModuleAccess = ModuleAccess {
    module: "standards",
    acts: &[
        READ_LISTS,
        READ_BATCHES,
        BRING_IN,
        PUBLISH_LIST,
        WITHDRAW_ROW,
        FOLLOW_CATALOGUE,
        READ_PROPOSALS,
        KEEP_PROPOSALS,
        ANSWER_PROPOSAL,
        READ_COMPARISON,
        KEEP_PLACES,
    ],
    policies: include_str!("../policies/standards.cedar"),
};
