//! The life of a proposal: one `decide`, one `apply`. Facts with their days are kept, the state is derived from them.

use chrono::NaiveDate;
use kernel::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Terms the office has set itself (no law gives them): how long an authority has to confirm, and to put into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Law {
    pub today: NaiveDate,
    /// The last day to confirm, if it is sent today.
    pub confirm_by: NaiveDate,
    /// The last day to publish the new version, if it is approved today.
    pub implement_by: NaiveDate,
}

kernel::coded! {
    /// Where a proposal stands.
    State in "proposal-state" {
        /// 已生成: nobody but the standards office has seen it.
        Generated = "generated",
        /// 待部门确认
        Sent = "sent",
        /// 部门同意
        Agreed = "agreed",
        /// 部门不同意
        Disagreed = "disagreed",
        /// 逾期未答复
        TimedOut = "timed-out",
        /// 待落实
        Implementing = "implementing",
        /// 已落实，待核验
        Updated = "updated",
        /// 核验通过
        Verified = "verified",
        /// 落实走样: real cases still asked for it.
        Violated = "violated",
        /// 已办结
        Closed = "closed",
        /// 不采用
        SetAside = "set-aside",
    }
    /// What the standards office says to an answer (审核结论).
    Verdict in "proposal-verdict" {
        /// 采纳部门的答复
        Approve = "approve",
        /// 不采纳部门的答复，照建议落实
        Overrule = "overrule",
        /// 退回部门重新答复
        Return = "return",
    }
}

/// An answer of the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub agrees: bool,
    /// Why not; empty where it agrees.
    pub reason: String,
    pub on: NaiveDate,
}

/// What the standards office said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub verdict: Verdict,
    pub reason: String,
    pub on: NaiveDate,
}

/// A proposal's facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub generated_on: NaiveDate,
    /// The last day to confirm; the newest where it was sent again.
    #[serde(default)]
    pub confirm_by: Option<NaiveDate>,
    /// How often it was sent.
    #[serde(default)]
    pub rounds: u32,
    #[serde(default)]
    pub timed_out_on: Option<NaiveDate>,
    #[serde(default)]
    pub answer: Option<Answer>,
    #[serde(default)]
    pub review: Option<Review>,
    #[serde(default)]
    pub implement_by: Option<NaiveDate>,
    /// The version of the item that no longer asks for it, and when it was published.
    #[serde(default)]
    pub updated: Option<(u32, NaiveDate)>,
    #[serde(default)]
    pub verified_on: Option<NaiveDate>,
    /// Numbers of the cases that asked for it all the same.
    #[serde(default)]
    pub violations: Vec<String>,
    #[serde(default)]
    pub closed_on: Option<NaiveDate>,
    /// 转入下一轮: it was closed because a new one took its place.
    #[serde(default)]
    pub renewed: bool,
    /// Of one that took the place of another: the cases in which that one was not kept to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grown_from: Vec<String>,
    /// Why it is not followed up.
    #[serde(default)]
    pub set_aside: Option<(String, NaiveDate)>,
}

impl Proposal {
    /// One that was made today.
    pub fn new(generated_on: NaiveDate) -> Self {
        Self {
            generated_on,
            confirm_by: None,
            rounds: 0,
            timed_out_on: None,
            answer: None,
            review: None,
            implement_by: None,
            updated: None,
            verified_on: None,
            violations: Vec::new(),
            closed_on: None,
            renewed: false,
            grown_from: Vec::new(),
            set_aside: None,
        }
    }

    /// The next round of one that was not kept to: it begins anew, and knows the cases.
    pub fn next_round(&self, today: NaiveDate) -> Self {
        Self { grown_from: self.violations.clone(), ..Self::new(today) }
    }

    /// Where it stands, by its facts.
    pub fn state(&self) -> State {
        if self.set_aside.is_some() {
            State::SetAside
        } else if self.closed_on.is_some() {
            State::Closed
        } else if self.verified_on.is_some() {
            State::Verified
        } else if !self.violations.is_empty() {
            State::Violated
        } else if self.updated.is_some() {
            State::Updated
        } else if self.implement_by.is_some() {
            State::Implementing
        } else if let Some(answer) = &self.answer {
            if answer.agrees { State::Agreed } else { State::Disagreed }
        } else if self.timed_out_on.is_some() {
            State::TimedOut
        } else if self.confirm_by.is_some() {
            State::Sent
        } else {
            State::Generated
        }
    }
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// 发送部门确认
    Send,
    /// 不采用
    SetAside { reason: String },
    /// 同意
    Agree,
    /// 不同意
    Disagree { reason: String },
    /// The last day to confirm is over (by the clock).
    TimeOut,
    /// 审核
    Review { verdict: Verdict, reason: String },
    /// A version of the item was published that no longer asks for it (by the catalogue).
    Update { version: u32 },
    /// Real cases were looked at: none asked for it, or these did (by the outer loop).
    Check { violations: Vec<String> },
    /// 办结
    Close,
    /// 转入下一轮: it was not kept to, and begins anew.
    Renew,
}

impl Order {
    /// One of each, for charts and tables.
    pub fn each() -> Vec<Order> {
        let reason = || "理由".to_owned();
        let review = |verdict| Order::Review { verdict, reason: reason() };
        vec![
            Order::Send,
            Order::SetAside { reason: reason() },
            Order::Agree,
            Order::Disagree { reason: reason() },
            Order::TimeOut,
            review(Verdict::Approve),
            review(Verdict::Overrule),
            review(Verdict::Return),
            Order::Update { version: 2 },
            Order::Check { violations: Vec::new() },
            Order::Check { violations: vec!["4406".to_owned()] },
            Order::Close,
            Order::Renew,
        ]
    }

    /// Its name in charts and in the text files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::SetAside { .. } => "set-aside",
            Self::Agree => "agree",
            Self::Disagree { .. } => "disagree",
            Self::TimeOut => "time-out",
            Self::Review { verdict: Verdict::Approve, .. } => "approve",
            Self::Review { verdict: Verdict::Overrule, .. } => "overrule",
            Self::Review { verdict: Verdict::Return, .. } => "return",
            Self::Update { .. } => "update",
            Self::Check { violations } if violations.is_empty() => "verify",
            Self::Check { .. } => "violate",
            Self::Close => "close",
            Self::Renew => "renew",
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    Sent { confirm_by: NaiveDate },
    SetAside { reason: String, on: NaiveDate },
    Answered(Answer),
    TimedOut { on: NaiveDate },
    Reviewed(Review),
    Approved { implement_by: NaiveDate },
    Updated { version: u32, on: NaiveDate },
    Verified { on: NaiveDate },
    Violated { cases: Vec<String> },
    Closed { on: NaiveDate },
    Renewed { on: NaiveDate },
}

/// What follows from an order, or why it is refused. The house's own rules (四免优化流程): no article stands behind them.
///
/// # Errors
/// `standards.proposal-not-now` (facts `state`, `order`), `standards.reason-needed`, `standards.not-overdue`.
pub fn decide(proposal: &Proposal, order: &Order, law: &Law) -> Result<Vec<Event>, Refusal> {
    use State as S;
    let today = law.today;
    let sent = || Event::Sent { confirm_by: law.confirm_by };
    let approved = || Event::Approved { implement_by: law.implement_by };
    let reviewed =
        |verdict: Verdict, reason: &str| Event::Reviewed(Review { verdict, reason: reason.to_owned(), on: today });
    let closed = || Event::Closed { on: today };
    match (proposal.state(), order) {
        (S::Generated, Order::Send) => Ok(vec![sent()]),
        (S::Generated, Order::SetAside { reason }) => {
            given(reason)?;
            Ok(vec![Event::SetAside { reason: reason.clone(), on: today }])
        }
        (S::Sent | S::TimedOut, Order::Agree) => {
            Ok(vec![Event::Answered(Answer { agrees: true, reason: String::new(), on: today })])
        }
        (S::Sent | S::TimedOut, Order::Disagree { reason }) => {
            given(reason)?;
            Ok(vec![Event::Answered(Answer { agrees: false, reason: reason.clone(), on: today })])
        }
        (S::Sent, Order::TimeOut) => {
            if proposal.confirm_by.is_none_or(|last| today <= last) {
                return Err(Refusal::new("standards.not-overdue", "wait"));
            }
            Ok(vec![Event::TimedOut { on: today }])
        }
        // 部门同意: approving puts it into force; there is nothing to overrule.
        (S::Agreed, Order::Review { verdict: Verdict::Approve, reason }) => {
            Ok(vec![reviewed(Verdict::Approve, reason), approved()])
        }
        // 部门不同意: approving the answer means that the item stays as it is.
        (S::Disagreed, Order::Review { verdict: Verdict::Approve, reason }) => {
            Ok(vec![reviewed(Verdict::Approve, reason), closed()])
        }
        // Silence is no answer that could be approved; it can be overruled, which says why all the same.
        (S::Disagreed | S::TimedOut, Order::Review { verdict: Verdict::Overrule, reason }) => {
            given(reason)?;
            Ok(vec![reviewed(Verdict::Overrule, reason), approved()])
        }
        (S::Agreed | S::Disagreed | S::TimedOut, Order::Review { verdict: Verdict::Return, reason }) => {
            given(reason)?;
            Ok(vec![reviewed(Verdict::Return, reason), sent()])
        }
        (S::Implementing, Order::Update { version }) => Ok(vec![Event::Updated { version: *version, on: today }]),
        (S::Updated | S::Violated, Order::Check { violations }) if violations.is_empty() => {
            Ok(vec![Event::Verified { on: today }])
        }
        (S::Updated | S::Violated | S::Verified, Order::Check { violations }) if !violations.is_empty() => {
            Ok(vec![Event::Violated { cases: violations.clone() }])
        }
        (S::Verified, Order::Close) => Ok(vec![closed()]),
        (S::Violated, Order::Renew) => Ok(vec![Event::Renewed { on: today }]),
        (
            state @ (S::Generated
            | S::Sent
            | S::Agreed
            | S::Disagreed
            | S::TimedOut
            | S::Implementing
            | S::Updated
            | S::Verified
            | S::Violated
            | S::Closed
            | S::SetAside),
            order,
        ) => Err(not_now(state, order)),
    }
}

fn not_now(state: State, order: &Order) -> Refusal {
    Refusal::new("standards.proposal-not-now", "look-at-state").fact("state", state).fact("order", order.name())
}

fn given(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Refusal::new("standards.reason-needed", "give-reason")) } else { Ok(()) }
}

/// The proposal after an event.
pub fn apply(mut proposal: Proposal, event: &Event) -> Proposal {
    match event {
        Event::Sent { confirm_by } => {
            // Sent again, it waits for a new answer; what was said before stays in the record.
            proposal.confirm_by = Some(*confirm_by);
            proposal.rounds += 1;
            proposal.answer = None;
            proposal.timed_out_on = None;
        }
        Event::SetAside { reason, on } => proposal.set_aside = Some((reason.clone(), *on)),
        Event::Answered(answer) => proposal.answer = Some(answer.clone()),
        Event::TimedOut { on } => proposal.timed_out_on = Some(*on),
        Event::Reviewed(review) => proposal.review = Some(review.clone()),
        Event::Approved { implement_by } => proposal.implement_by = Some(*implement_by),
        Event::Updated { version, on } => proposal.updated = Some((*version, *on)),
        Event::Verified { on } => {
            proposal.verified_on = Some(*on);
            proposal.violations.clear();
        }
        Event::Violated { cases } => {
            proposal.verified_on = None;
            for case in cases {
                if !proposal.violations.contains(case) {
                    proposal.violations.push(case.clone());
                }
            }
        }
        Event::Closed { on } => proposal.closed_on = Some(*on),
        Event::Renewed { on } => (proposal.closed_on, proposal.renewed) = (Some(*on), true),
    }
    proposal
}
