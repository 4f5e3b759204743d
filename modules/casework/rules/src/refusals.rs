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

    // Pre-review
    /// The pre-review comes before receipt.
    PRE_REVIEW_OPEN = "pre-review-open", house, next "pass-pre-review";
    /// Advice is given once.
    PRE_REVIEW_ONCE = "pre-review-once", "第三十二条第一款第四项", next "pass-pre-review";
    /// The term is over: passed by silence.
    PRE_REVIEW_LATE = "pre-review-late", house, next "accept-or-notify";
    /// Advice says what to mend.
    ADVICE_LISTS_NOTHING = "advice-lists-nothing", house, next "pass-pre-review";
    /// Not all that was advised is mended.
    ADVICE_INCOMPLETE = "advice-incomplete", house, next "mend-or-skip";
    /// Nothing was advised.
    NOTHING_ADVISED = "nothing-advised", house, next "await-pre-review";
    /// There is no pre-review, or it is over.
    PRE_REVIEW_OVER = "pre-review-over", house, next "work-on";

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
    /// Mending on the spot says what was mended.
    SPOT_CORRECTION_SAYS_NOTHING = "spot-correction-says-nothing", "第三十二条第一款第三项", next "say-what";
    /// The item lists no papers that may follow.
    NO_TOLERANCE = "no-tolerance", house, next "notify-correction";
    /// Nothing is missing: an ordinary acceptance.
    TOLERANCE_WITHOUT_GAP = "tolerance-without-gap", house, next "accept";
    /// Only secondary papers may follow.
    MAIN_PAPER_MISSING = "main-paper-missing", "第三十二条第一款第四项", next "notify-correction";
    /// Nothing is to be brought later.
    NOTHING_TO_SUPPLY = "nothing-to-supply", house, next "nothing-left";
    /// Not all that may follow is in.
    SUPPLY_INCOMPLETE = "supply-incomplete", house, next "hand-in-all";
    /// The last day to bring it is past.
    GAP_OVERDUE = "gap-overdue", house, next "apply-again";
    /// The last day to bring it is not past.
    GAP_NOT_OVERDUE = "gap-not-overdue", house, next "await-day";
    /// Refusing acceptance needs a reason.
    NON_ACCEPTANCE_WITHOUT_REASON = "non-acceptance-without-reason", "第七十二条第七项", next "give-reason";
    /// Out of competence: where the applicant should go must be said.
    NON_ACCEPTANCE_WITHOUT_DIRECTION = "non-acceptance-without-direction", "第三十二条第一款第二项", next "say-where";
    /// Incomplete materials are corrected first, once.
    INCOMPLETE_WITHOUT_NOTICE = "incomplete-without-notice", "第三十二条第一款第四项", next "notify-correction";
    /// The fifth working day is not over.
    NOT_YET_DEEMED = "not-yet-deemed", "第三十二条第一款第四项", next "await-day";
    /// The day has not come.
    NOT_YET = "not-yet", house, next "await-day";
    /// The day falls beyond the known calendar.
    DAY_UNKNOWN = "day-unknown", house, next "load-calendar";

    // Whose power
    /// The entrustment is over: who was entrusted may no longer act.
    ENTRUSTMENT_ENDED = "entrustment-ended", "第二十四条第一款", next "hand-to-holder";
    /// While it is entrusted, who was entrusted handles it.
    POWER_ENTRUSTED = "power-entrusted", "第二十四条第三款", next "hand-to-holder";
    /// Transferred: who had the power may no longer use it.
    POWER_TRANSFERRED = "power-transferred", "第二十五条", next "hand-to-holder";
    /// Another authority's case.
    POWER_OF_ANOTHER = "power-of-another", "第二十二条", next "hand-to-holder";
    /// The lower authority has not handed it up.
    PRELIMINARY_OPEN = "preliminary-open", "第三十五条", next "await-hand-up";
    /// Handed up; it is the upper authority's now.
    HANDED_UP_ALREADY = "handed-up-already", "第三十五条", next "hand-to-holder";
    /// No lower authority reviews this item.
    NO_PRELIMINARY = "no-preliminary", house, next "work-on";
    /// The opinion goes up with the papers.
    REVIEW_WITHOUT_OPINION = "review-without-opinion", "第三十五条", next "give-reason";
    /// The decision was taken by the authority's own power, or not yet.
    NOTHING_TO_SUPERVISE = "nothing-to-supervise", house, next "nothing-left";
    /// Received already.
    RECEIVED_ALREADY = "received-already", house, next "nothing-left";
    /// Another authority supervises.
    NOT_THE_SUPERVISOR = "not-the-supervisor", "第二十四条第二款", next "another-officer";

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
    /// Papers that were allowed to follow are not in.
    GAP_OPEN = "gap-open", house, next "await-supply";
    /// A commitment is decided on at once, without the steps before.
    COMMITMENT_DECIDED_AT_ONCE = "commitment-decided-at-once", "第三十四条第二款", next "decide";
    /// A refusal states its reasons.
    DECISION_WITHOUT_REASON = "decision-without-reason", "第三十八条第二款", next "give-reason";
    /// Granted already; a licence in force is not changed at will.
    ALREADY_GRANTED = "already-granted", "第八条第一款", next "issue-or-deliver";
    /// Refused already; the remedies are review and suit.
    ALREADY_REFUSED = "already-refused", "第三十八条第二款", next "review-or-suit";
    /// The case does not wait for that licence.
    PREREQUISITE_NOT_AWAITED = "prerequisite-not-awaited", house, next "work-on";

    // Special procedures, hearing, extension
    /// The item has no such special procedure.
    SPECIAL_UNKNOWN = "special-unknown", "第四十五条", next "work-on";
    /// One special procedure at a time, and no decision during it.
    SPECIAL_OPEN = "special-open", "第四十五条", next "end-special";
    /// The applicant is told in writing what it is for and how long it takes.
    SPECIAL_WITHOUT_NOTICE = "special-without-notice", "第四十五条", next "give-days";
    /// Longer than the item allows.
    SPECIAL_TOO_LONG = "special-too-long", "第四十五条", next "give-days";
    /// No special procedure runs.
    NO_SPECIAL_OPEN = "no-special-open", "第四十五条", next "work-on";
    /// It ends with a result.
    SPECIAL_WITHOUT_RESULT = "special-without-result", house, next "give-result";
    /// Offered already.
    HEARING_OFFERED_ALREADY = "hearing-offered-already", "第四十六条", next "work-on";
    /// The offer says what is at stake.
    HEARING_WITHOUT_SUBJECT = "hearing-without-subject", "第四十七条第一款", next "give-reason";
    /// No hearing was offered.
    NO_HEARING_OFFERED = "no-hearing-offered", "第四十七条第一款", next "work-on";
    /// Asked for or waived already.
    HEARING_ANSWERED_ALREADY = "hearing-answered-already", "第四十七条第一款", next "work-on";
    /// The five days to ask are over.
    HEARING_ASKED_LATE = "hearing-asked-late", "第四十七条第一款", next "work-on";
    /// Nobody asked for a hearing.
    NO_HEARING_ASKED = "no-hearing-asked", "第四十七条第一款", next "work-on";
    /// The announcement says where.
    HEARING_WITHOUT_PLACE = "hearing-without-place", "第四十八条第一款第一项", next "give-place";
    /// The announcement says who presides.
    HEARING_WITHOUT_PRESIDER = "hearing-without-presider", "第四十八条第一款第四项", next "choose-presider";
    /// Who reviews the application does not preside.
    PRESIDER_REVIEWS = "presider-reviews", "第四十八条第一款第四项", next "choose-presider";
    /// And who presides does not review it afterwards.
    PRESIDER_MAY_NOT_REVIEW = "presider-may-not-review", "第四十八条第一款第四项", next "another-officer";
    /// Less than seven days ahead.
    HEARING_TOO_SOON = "hearing-too-soon", "第四十八条第一款第一项", next "choose-day";
    /// Beyond the twenty days.
    HEARING_TOO_LATE = "hearing-too-late", "第四十七条第一款", next "choose-day";
    /// Time and place were not announced.
    HEARING_NOT_ANNOUNCED = "hearing-not-announced", "第四十八条第一款第一项", next "announce-hearing";
    /// The decision rests on the record.
    HEARING_WITHOUT_RECORD = "hearing-without-record", "第四十八条第一款第五项", next "give-record";
    /// The time to ask for a hearing runs.
    HEARING_UNANSWERED = "hearing-unanswered", "第四十七条第一款", next "await-hearing";
    /// Asked for and not held.
    HEARING_NOT_HELD = "hearing-not-held", "第四十八条第二款", next "hold-hearing";
    /// Once only.
    EXTENDED_ALREADY = "extended-already", "第四十二条第一款", next "decide";
    /// The head of the authority approves it.
    EXTENSION_NOT_BY_HEAD = "extension-not-by-head", "第四十二条第一款", next "another-officer";
    /// The applicant is told why.
    EXTENSION_WITHOUT_REASON = "extension-without-reason", "第四十二条第一款", next "give-reason";
    /// Longer than the law allows.
    EXTENSION_TOO_LONG = "extension-too-long", "第四十二条第一款", next "give-days";
    /// The limit is over.
    EXTENSION_TOO_LATE = "extension-too-late", "第四十二条第一款", next "decide";

    // Notify-and-commit
    /// The applicant made no commitment, or took it back.
    NO_COMMITMENT = "no-commitment", house, next "work-on";
    /// Decided: a commitment can only be taken back before.
    COMMITMENT_DECIDED = "commitment-decided", house, next "ask-cancellation";
    /// Found kept or broken already.
    COMMITMENT_CHECKED = "commitment-checked", house, next "nothing-left";
    /// Without the evidence nobody can find it kept.
    EVIDENCE_OPEN = "evidence-open", house, next "await-supply";
    /// What was found is said.
    FINDING_WITHOUT_WORDS = "finding-without-words", house, next "give-reason";
    /// Putting it right has a last day.
    RECTIFY_WITHOUT_DAYS = "rectify-without-days", house, next "give-days";

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

    // The licence undone
    /// Taken back or struck off already.
    LICENCE_UNDONE = "licence-undone", "第七十条", next "apply-again";
    /// The head of the authority decides it.
    UNDONE_NOT_BY_HEAD = "undone-not-by-head", "第六十九条第一款", next "another-officer";
    /// With its facts and reasons.
    UNDONE_WITHOUT_REASON = "undone-without-reason", "第六十九条第一款", next "give-reason";
    /// No check found the commitment broken.
    COMMITMENT_NOT_BROKEN = "commitment-not-broken", "第六十九条第二款", next "check-commitment";
    /// What was taken back is struck off for that reason, and nothing else is.
    CANCELLATION_GROUND = "cancellation-ground", "第七十条第四项", next "choose-ground";

    // Ends
    /// A decided case cannot be withdrawn.
    DECIDED_CANNOT_BE_WITHDRAWN = "decided-cannot-be-withdrawn", "第七十条", next "ask-cancellation";
    /// Ended otherwise; a new application is open.
    CASE_ENDED = "case-ended", house, next "apply-again";
}
