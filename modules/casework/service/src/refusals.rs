//! What the acts of this crate refuse beyond the life cycle: opening and the one hand-over.

use casework::refusals::Rule;
use kernel::refusal::Refusal;

/// 优化营商环境条例第四十条: nothing outside the published list is handled.
pub(crate) fn item_not_open(item: &str) -> Refusal {
    ITEM_NOT_OPEN.refuse().under("优化营商环境条例", "第四十条第一款").fact("item", item)
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, next $next:literal;)+) => {
        $($(#[$doc])* pub(crate) const $name: Rule = Rule {
            code: concat!("casework.", $code),
            article: None,
            next: $next,
        };)+

        /// All of them: the test of the text files asks for a word for each.
        pub const ALL: &[&Rule] = &[$(&$name),+];
    };
}

rules! {
    /// The item is not in the catalogue, not yet in force, suspended or cancelled.
    ITEM_NOT_OPEN = "item-not-open", next "choose-another";
    /// An application without an item.
    NO_ITEMS = "no-items", next "choose-another";
    /// A licence an item consumes is neither held nor made by another item of the application.
    LICENCE_MISSING = "licence-missing", next "hand-in-licence";
    /// A licence whose last day is past is applied for anew.
    LICENCE_EXPIRED = "licence-expired", next "apply-again";
    /// What was taken back or struck off is not renewed.
    LICENCE_ENDED = "licence-ended", next "apply-again";
    /// Who broke a commitment commits to nothing again before that is repaired.
    COMMITMENT_BARRED = "commitment-barred", next "ordinary-way";
    /// Results are handed over once, together, and some are still under way.
    RESULTS_OPEN = "results-open", next "await-results";
    /// A notice lacks something it must say; it is never printed with a hole.
    NOTICE_INCOMPLETE = "notice-incomplete", next "complete-item";
    /// Void already; a void number stays void.
    NOTICE_VOID = "notice-void", next "nothing-left";
    /// A void notice says why.
    VOID_WITHOUT_REASON = "void-without-reason", next "give-reason";
    /// Only what the applicant uploaded is compared with an original; the rest comes from who made it, or was in hand.
    NOT_TO_COMPARE = "not-to-compare", next "work-on";
    /// Nothing is left to hand over.
    NOTHING_TO_HAND_OVER = "nothing-to-hand-over", next "nothing-left";
}
