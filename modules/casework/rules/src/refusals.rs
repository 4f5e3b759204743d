//! Every no of the life of a case: its code, the article it rests on, the step that is open instead.
//!
//! Articles are of the Administrative Licensing Law (中华人民共和国行政许可法, 2019 revision), which other kinds of
//! items follow by analogy. A rule marked `house` rests on the platform's own order (受审分离, 环节顺序) and cites
//! no statute: a wrong citation would be worse than none.

use kernel::refusal::Refusal;

/// The law cited here.
pub const LICENSING_LAW: &str = "中华人民共和国行政许可法";

/// One way to say no.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable, `casework.reason`: the key of the sentence in the table `refusal` of the text files.
    pub code: &'static str,
    /// The article of [`LICENSING_LAW`]; `None` for a rule of the house.
    pub article: Option<&'static str>,
    /// The key in the table `next`.
    pub next: &'static str,
}

impl Rule {
    /// The refusal, without facts yet.
    pub fn refuse(&self) -> Refusal {
        let refusal = Refusal::new(self.code, self.next);
        match self.article {
            Some(article) => refusal.under(LICENSING_LAW, article),
            None => refusal,
        }
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $article:tt, next $next:literal;)+) => {
        $($(#[$doc])* pub const $name: Rule = Rule {
            code: concat!("casework.", $code),
            article: rules!(@article $article),
            next: $next,
        };)+

        /// All of them, in the order of a case's life.
        pub const ALL: &[&Rule] = &[$(&$name),+];
    };
    (@article house) => { None };
    (@article $article:literal) => { Some($article) };
}

rules! {
    /// The day given lies before the last act; a clock went back.
    DAY_BEFORE_LAST_ACT = "day-before-last-act", house, next "check-clock";

    // Acceptance
    /// Accepted already.
    ALREADY_ACCEPTED = "already-accepted", "第三十二条第一款第五项", next "work-on";
    /// A correction notice is out and not answered.
    CORRECTION_OPEN = "correction-open", "第三十二条第一款第四项", next "await-correction";
    /// The one notice has been given.
    SECOND_CORRECTION = "second-correction", "第三十二条第一款第四项", next "accept-or-refuse-acceptance";
    /// Accepted cases get no correction notice.
    CORRECTION_AFTER_ACCEPTANCE = "correction-after-acceptance", "第三十二条第一款第四项", next "work-on";
    /// The five days are over: accepted by law since receipt.
    NOTICE_TOO_LATE = "notice-too-late", "第三十二条第一款第四项", next "accept";
    /// A notice must list what to correct.
    CORRECTION_LISTS_NOTHING = "correction-lists-nothing", "第三十二条第一款第四项", next "complete-notice";
    /// An item without name, reason or way to mend it.
    CORRECTION_ITEM_UNCLEAR = "correction-item-unclear", "第三十二条第一款第四项", next "complete-notice";
    /// The same item twice.
    CORRECTION_ITEM_TWICE = "correction-item-twice", "第三十二条第一款第四项", next "complete-notice";
    /// Nothing has been asked for.
    NOTHING_TO_CORRECT = "nothing-to-correct", "第三十二条第一款第四项", next "nothing-left";
    /// Not all that was asked for is in.
    CORRECTION_INCOMPLETE = "correction-incomplete", "第三十二条第一款第五项", next "hand-in-all";
    /// The last day to correct is past.
    CORRECTION_OVERDUE = "correction-overdue", house, next "apply-again";
    /// The last day to correct is not past.
    CORRECTION_NOT_OVERDUE = "correction-not-overdue", house, next "await-day";
    /// Accepted cases are decided, not refused acceptance.
    ACCEPTED_MUST_BE_DECIDED = "accepted-must-be-decided", "第三十二条第一款第五项", next "decide";
    /// Refusing acceptance needs a reason.
    NON_ACCEPTANCE_WITHOUT_REASON = "non-acceptance-without-reason", "第七十二条第七项", next "give-reason";
    /// Out of competence: where the applicant should go must be said.
    NON_ACCEPTANCE_WITHOUT_DIRECTION = "non-acceptance-without-direction", "第三十二条第一款第二项", next "say-where";
    /// Incomplete materials are corrected first, once.
    INCOMPLETE_WITHOUT_NOTICE = "incomplete-without-notice", "第三十二条第一款第四项", next "notify-correction";
    /// The fifth working day is not over.
    NOT_YET_DEEMED = "not-yet-deemed", "第三十二条第一款第四项", next "await-day";
    /// The day falls beyond the known calendar.
    DAY_UNKNOWN = "day-unknown", house, next "load-calendar";

    // Review
    /// Not accepted yet: nothing to review or decide.
    NOT_ACCEPTED = "not-accepted", "第四十二条第一款", next "accept-or-refuse-acceptance";
    /// The item has no such step.
    STEP_UNKNOWN = "step-unknown", house, next "work-on";
    /// The step is done.
    STEP_DONE = "step-done", house, next "work-on";
    /// Another step comes first.
    STEP_OUT_OF_ORDER = "step-out-of-order", house, next "earlier-step";
    /// The last step is the decision.
    STEP_IS_DECISION = "step-is-decision", "第三十八条", next "decide";
    /// The officer does not hold the step's post.
    STEP_OF_ANOTHER_ROLE = "step-of-another-role", house, next "another-officer";
    /// 受审分离: who accepted neither reviews nor decides.
    ACCEPTOR_MAY_NOT_REVIEW = "acceptor-may-not-review", house, next "another-officer";
    /// Who handled the case does not approve it.
    HANDLER_MAY_NOT_DECIDE = "handler-may-not-decide", house, next "another-officer";
    /// Disagreement needs words.
    OPINION_WITHOUT_WORDS = "opinion-without-words", house, next "give-reason";
    /// Earlier steps are open.
    STEPS_OPEN = "steps-open", "第三十四条第一款", next "earlier-step";
    /// A licence this decision rests on is not there.
    PREREQUISITE_OPEN = "prerequisite-open", "第三十八条第一款", next "await-prerequisite";
    /// A refusal states its reasons.
    DECISION_WITHOUT_REASON = "decision-without-reason", "第三十八条第二款", next "give-reason";
    /// Granted already; a licence in force is not changed at will.
    ALREADY_GRANTED = "already-granted", "第八条第一款", next "issue-or-deliver";
    /// Refused already; the remedies are review and suit.
    ALREADY_REFUSED = "already-refused", "第三十八条第二款", next "review-or-suit";
    /// The case does not wait for that licence.
    PREREQUISITE_NOT_AWAITED = "prerequisite-not-awaited", house, next "work-on";

    // Issue and delivery
    /// Nothing is issued or delivered before a grant.
    NOT_GRANTED = "not-granted", "第四十四条", next "decide";
    /// Issued already.
    ALREADY_ISSUED = "already-issued", house, next "deliver";
    /// The item makes no licence or document.
    NO_RESULT_TO_ISSUE = "no-result-to-issue", "第三十九条第一款", next "deliver";
    /// A licence has a number.
    ISSUED_WITHOUT_NUMBER = "issued-without-number", house, next "give-number";
    /// The licence is not made yet.
    NOT_ISSUED = "not-issued", "第四十四条", next "issue";
    /// Delivery is signed for.
    DELIVERED_TO_NOBODY = "delivered-to-nobody", "第四十四条", next "give-recipient";
    /// Delivered already.
    ALREADY_DELIVERED = "already-delivered", house, next "nothing-left";

    // Ends
    /// A decided case cannot be withdrawn.
    DECIDED_CANNOT_BE_WITHDRAWN = "decided-cannot-be-withdrawn", "第七十条", next "ask-cancellation";
    /// Ended otherwise; a new application is open.
    CASE_ENDED = "case-ended", house, next "apply-again";
}
