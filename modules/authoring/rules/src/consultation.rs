//! What the public says about a draft (公开征求意见): a stance and a few sentences, with or without a name.

use std::collections::BTreeMap;

/// Working days a consultation is open at least; set by the house for changes of items, which are no rules of law.
pub const OPEN_DAYS: u32 = 5;
/// Longest comment, in characters.
pub const COMMENT_CHARS_MAX: u32 = 500;
/// Longest answer of the office, in characters.
pub const ANSWER_CHARS_MAX: u32 = 500;

kernel::coded! {
    /// Where somebody stands.
    Stance in "comment-stance" {
        /// 赞成
        Agree = "agree",
        /// 不赞成
        Disagree = "disagree",
        /// 有修改建议
        Suggestion = "suggestion",
    }
}

/// How many took each stance; all of them are counted, also those that are not shown yet.
pub fn counted(stances: impl IntoIterator<Item = Stance>) -> BTreeMap<Stance, u64> {
    let mut counts: BTreeMap<Stance, u64> = Stance::ALL.iter().map(|stance| (*stance, 0)).collect();
    for stance in stances {
        *counts.entry(stance).or_default() += 1;
    }
    counts
}
