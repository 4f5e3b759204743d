//! The life of a revision (修订稿): one `decide`, one `apply`. Facts with their days are kept, the state is derived from them.
//!
//! What is signed is what is published: a submission fixes the digest of the whole text, and every later step holds it
//! against the text as it is then.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kernel::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Signatures of different heads before a revision is published: two, as 禅城 does it (部门负责人不少于两次签字确认).
pub const SIGNATURES: usize = 2;

kernel::coded! {
    /// Where a revision stands.
    State in "revision-state" {
        /// 起草中
        Drafting = "drafting",
        /// 已提交，待签字
        Submitted = "submitted",
        /// 公开征求意见中
        Consulting = "consulting",
        /// 已有一人签字
        SignedOnce = "signed-once",
        /// 签字齐了，待发布
        SignedTwice = "signed-twice",
        /// 已发布
        Published = "published",
        /// 已撤销
        Withdrawn = "withdrawn",
    }
}

/// That it was handed in, and which text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    pub by: String,
    pub on: NaiveDate,
    /// Of the edits and the release they are based on.
    pub digest: String,
    /// Why the warnings are let stand; empty where there are none.
    pub remark: String,
}

/// The name of a head under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub by: String,
    pub name: String,
    pub on: NaiveDate,
}

/// That the public was asked (公开征求意见).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    pub opened_on: NaiveDate,
    pub last_day: NaiveDate,
    #[serde(default)]
    pub closed_on: Option<NaiveDate>,
}

/// That it was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    pub name: String,
    pub reason: String,
    pub on: NaiveDate,
}

/// A revision's facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub opened_on: NaiveDate,
    /// Everybody who wrote in it, by account; none of them signs it.
    #[serde(default)]
    pub authors: BTreeSet<String>,
    #[serde(default)]
    pub submission: Option<Submission>,
    #[serde(default)]
    pub signatures: Vec<Signature>,
    #[serde(default)]
    pub consultation: Option<Consultation>,
    #[serde(default)]
    pub returns: Vec<Return>,
    /// The release that put it into force.
    #[serde(default)]
    pub published: Option<(String, NaiveDate)>,
    #[serde(default)]
    pub withdrawn: Option<(String, NaiveDate)>,
}

impl Revision {
    /// One that somebody opened today.
    pub fn new(opened_on: NaiveDate, by: &str) -> Self {
        Self {
            opened_on,
            authors: [by.to_owned()].into(),
            submission: None,
            signatures: Vec::new(),
            consultation: None,
            returns: Vec::new(),
            published: None,
            withdrawn: None,
        }
    }

    /// Where it stands, by its facts.
    pub fn state(&self) -> State {
        if self.withdrawn.is_some() {
            State::Withdrawn
        } else if self.published.is_some() {
            State::Published
        } else if self.submission.is_none() {
            State::Drafting
        } else if self.consultation.as_ref().is_some_and(|asked| asked.closed_on.is_none()) {
            State::Consulting
        } else {
            match self.signatures.len() {
                0 => State::Submitted,
                1 => State::SignedOnce,
                _ => State::SignedTwice,
            }
        }
    }
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// 编辑
    Edit,
    /// 提交；有新的提醒的，说明为什么留着
    Submit { remark: String },
    /// 签字确认
    Sign,
    /// 退回
    Return { reason: String },
    /// 撤销
    Withdraw { reason: String },
    /// 公开征求意见，到这一天为止
    Consult { last_day: NaiveDate },
    /// The last day is over (by the clock).
    CloseConsultation,
    /// 发布；`shown` is the digest of the text whose dry run was looked at, `release` what came of it
    Publish { shown: String, release: String },
}

impl Order {
    /// One of each, for charts and tables.
    pub fn each(last_day: NaiveDate, shown: &str) -> Vec<Order> {
        let reason = || "理由".to_owned();
        vec![
            Order::Edit,
            Order::Submit { remark: reason() },
            Order::Sign,
            Order::Return { reason: reason() },
            Order::Withdraw { reason: reason() },
            Order::Consult { last_day },
            Order::CloseConsultation,
            Order::Publish { shown: shown.to_owned(), release: "r".to_owned() },
        ]
    }

    /// The name in addresses and texts.
    pub fn name(&self) -> &'static str {
        match self {
            Order::Edit => "edit",
            Order::Submit { .. } => "submit",
            Order::Sign => "sign",
            Order::Return { .. } => "return",
            Order::Withdraw { .. } => "withdraw",
            Order::Consult { .. } => "consult",
            Order::CloseConsultation => "close-consultation",
            Order::Publish { .. } => "publish",
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    Edited { by: String },
    Submitted(Submission),
    Signed(Signature),
    Returned(Return),
    Withdrawn { reason: String, on: NaiveDate },
    ConsultationOpened { last_day: NaiveDate, on: NaiveDate },
    ConsultationClosed { on: NaiveDate },
    Published { release: String, on: NaiveDate },
}

/// What an order is weighed on: who gives it, the day, and how the text stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground<'g> {
    pub by: &'g str,
    pub name: &'g str,
    pub today: NaiveDate,
    /// Of the text as it is now.
    pub digest: &'g str,
    /// Whether anything differs from the release in force.
    pub is_empty: bool,
    /// Errors of the check over the whole catalogue with the edits in it.
    pub errors: usize,
    /// Warnings that the release in force does not have.
    pub new_warnings: usize,
    /// Whether the release it is based on is the one in force.
    pub is_current: bool,
    /// The earliest last day of a consultation opened today.
    pub earliest_last_day: NaiveDate,
    /// Comments of the public that nobody has answered.
    pub unanswered: usize,
}

/// Weighs an order; whoever gives it may give it, that was asked before.
///
/// # Errors
/// `authoring.not-now` where the state does not know the order; `authoring.nothing-changed`, `authoring.has-errors`,
/// `authoring.warnings-unexplained`, `authoring.base-moved` of a submission; `authoring.own-draft`,
/// `authoring.signed-already`, `authoring.text-moved` of a signature; `authoring.consultation-too-short`,
/// `authoring.consultation-open`, `authoring.consulted-already`; `authoring.comments-unanswered` before publication;
/// `authoring.reason-needed`.
pub fn decide(revision: &Revision, order: &Order, ground: &Ground<'_>) -> Result<Vec<Event>, Refusal> {
    use State as S;
    let today = ground.today;
    match (revision.state(), order) {
        (S::Drafting, Order::Edit) => Ok(vec![Event::Edited { by: ground.by.to_owned() }]),
        (S::Drafting, Order::Submit { remark }) => {
            submittable(ground, remark)?;
            Ok(vec![Event::Submitted(Submission {
                by: ground.by.to_owned(),
                on: today,
                digest: ground.digest.to_owned(),
                remark: remark.trim().to_owned(),
            })])
        }
        (S::Submitted | S::SignedOnce, Order::Sign) => {
            if revision.authors.contains(ground.by) {
                return Err(Refusal::new("authoring.own-draft", "ask-another-head"));
            }
            if revision.signatures.iter().any(|signature| signature.by == ground.by) {
                return Err(Refusal::new("authoring.signed-already", "ask-another-head"));
            }
            same_text(revision, ground.digest)?;
            Ok(vec![Event::Signed(Signature { by: ground.by.to_owned(), name: ground.name.to_owned(), on: today })])
        }
        (S::Submitted | S::SignedOnce | S::SignedTwice, Order::Return { reason }) => {
            given(reason)?;
            Ok(vec![Event::Returned(Return {
                name: ground.name.to_owned(),
                reason: reason.trim().to_owned(),
                on: today,
            })])
        }
        // The public was told a last day; until then the draft stays where it can be read.
        (S::Drafting | S::Submitted | S::SignedOnce | S::SignedTwice, Order::Withdraw { reason }) => {
            given(reason)?;
            Ok(vec![Event::Withdrawn { reason: reason.trim().to_owned(), on: today }])
        }
        (S::Submitted, Order::Consult { last_day }) => {
            if revision.consultation.is_some() {
                return Err(Refusal::new("authoring.consulted-already", "go-on-signing"));
            }
            if *last_day < ground.earliest_last_day {
                return Err(Refusal::new("authoring.consultation-too-short", "choose-later-day")
                    .fact("earliest", ground.earliest_last_day));
            }
            same_text(revision, ground.digest)?;
            Ok(vec![Event::ConsultationOpened { last_day: *last_day, on: today }])
        }
        (S::Consulting, Order::CloseConsultation) => {
            let open = revision.consultation.as_ref().is_some_and(|asked| today <= asked.last_day);
            if open {
                return Err(Refusal::new("authoring.consultation-open", "wait-last-day"));
            }
            Ok(vec![Event::ConsultationClosed { on: today }])
        }
        (S::SignedTwice, Order::Publish { shown, release }) => {
            publishable(revision, shown, ground)?;
            Ok(vec![Event::Published { release: release.clone(), on: today }])
        }
        (
            state @ (S::Drafting
            | S::Submitted
            | S::Consulting
            | S::SignedOnce
            | S::SignedTwice
            | S::Published
            | S::Withdrawn),
            order,
        ) => {
            Err(Refusal::new("authoring.not-now", "look-at-revision").fact("state", state).fact("order", order.name()))
        }
    }
}

fn submittable(ground: &Ground<'_>, remark: &str) -> Result<(), Refusal> {
    if ground.is_empty {
        return Err(Refusal::new("authoring.nothing-changed", "edit-first"));
    }
    if !ground.is_current {
        return Err(Refusal::new("authoring.base-moved", "rebase-first"));
    }
    if ground.errors > 0 {
        return Err(Refusal::new("authoring.has-errors", "mend-findings").fact("count", ground.errors));
    }
    if ground.new_warnings > 0 && remark.trim().is_empty() {
        let refusal = Refusal::new("authoring.warnings-unexplained", "mend-or-explain");
        return Err(refusal.fact("count", ground.new_warnings));
    }
    Ok(())
}

fn publishable(revision: &Revision, shown: &str, ground: &Ground<'_>) -> Result<(), Refusal> {
    same_text(revision, ground.digest)?;
    // What was looked at last is what was signed, and nothing else.
    same_text(revision, shown)?;
    // Nothing differs any more: it is in force already, and only has to be noted.
    if !ground.is_current && !ground.is_empty {
        return Err(Refusal::new("authoring.base-moved", "return-and-rebase"));
    }
    if ground.errors > 0 {
        return Err(Refusal::new("authoring.has-errors", "mend-findings").fact("count", ground.errors));
    }
    if ground.unanswered > 0 {
        return Err(Refusal::new("authoring.comments-unanswered", "answer-comments").fact("count", ground.unanswered));
    }
    Ok(())
}

fn same_text(revision: &Revision, digest: &str) -> Result<(), Refusal> {
    let signed = revision.submission.as_ref().map(|submission| submission.digest.as_str());
    if signed == Some(digest) { Ok(()) } else { Err(Refusal::new("authoring.text-moved", "submit-again")) }
}

fn given(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Refusal::new("authoring.reason-needed", "give-reason")) } else { Ok(()) }
}

/// The revision after an event.
pub fn apply(mut revision: Revision, event: &Event) -> Revision {
    match event {
        Event::Edited { by } => {
            revision.authors.insert(by.clone());
        }
        Event::Submitted(submission) => revision.submission = Some(submission.clone()),
        Event::Signed(signature) => revision.signatures.push(signature.clone()),
        Event::Returned(returned) => {
            // What was signed is not what comes next. That the public was asked stays.
            revision.returns.push(returned.clone());
            revision.submission = None;
            revision.signatures.clear();
        }
        Event::Withdrawn { reason, on } => revision.withdrawn = Some((reason.clone(), *on)),
        Event::ConsultationOpened { last_day, on } => {
            revision.consultation = Some(Consultation { opened_on: *on, last_day: *last_day, closed_on: None });
        }
        Event::ConsultationClosed { on } => {
            if let Some(asked) = &mut revision.consultation {
                asked.closed_on = Some(*on);
            }
        }
        Event::Published { release, on } => revision.published = Some((release.clone(), *on)),
    }
    revision
}
