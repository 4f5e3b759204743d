//! How a licence stands on a day, and what a stranger is told who checks a file or a code (查验结论).

use chrono::NaiveDate;
use kernel::codes::LicenceMark;
use serde::{Deserialize, Serialize};

use crate::licence::{Ended, Licence};
use crate::statement::{CopyTerms, Statement};
use kernel::coded;

coded! {
    /// How a licence stands (证照状态). Never stored: it follows from its days and its end.
    LicenceState in "records.state" {
        /// 有效
        InForce = "in-force",
        /// 尚未生效
        NotYet = "not-yet",
        /// 过期
        Expired = "expired",
        /// 已注销
        Cancelled = "cancelled",
        /// 已撤销
        Withdrawn = "withdrawn",
        /// 已吊销
        Revoked = "revoked",
        /// 已换发
        Replaced = "replaced",
    }

    /// In what way a licence on record was used (用证方式).
    UseKind in "records.use" {
        /// 免提交: it stood for a paper of a case.
        InsteadOfPaper = "instead-of-paper",
        /// 授权副本: its holder made a copy for somebody.
        Copy = "copy",
    }

    /// What a check comes to.
    Verdict in "records.verdict" {
        /// 真实有效
        Genuine = "genuine",
        /// 真实，尚未生效
        NotYet = "not-yet",
        /// 真实，但已过期
        Expired = "expired",
        /// 真实，但已注销
        Cancelled = "cancelled",
        /// 真实，但已撤销
        Withdrawn = "withdrawn",
        /// 真实，但已吊销
        Revoked = "revoked",
        /// 真实，但已换发
        Replaced = "replaced",
        /// 真实，但授权使用期已过
        CopyLapsed = "copy-lapsed",
        /// 真实，现在的状态查不到: nobody asked the register.
        Sealed = "sealed",
        /// 加盖以后被改动过
        Changed = "changed",
        /// 加盖所用的密钥已经作废
        RevokedKey = "revoked-key",
        /// 证照库里没有这张证
        NotOnRecord = "not-on-record",
        /// 不是本平台制发的
        Foreign = "foreign",
    }
}

impl Licence {
    /// How it stands on a day. The last day of its term counts; the day it ended does not.
    pub fn state(&self, day: NaiveDate) -> LicenceState {
        let ran_out = self.valid_to.is_some_and(|last| last < day);
        match self.ended.filter(|ending| ending.on <= day) {
            // What had run out before somebody took it back had run out.
            Some(ending) if !ran_out || self.valid_to.is_none_or(|last| ending.on <= last) => match ending.how {
                Ended::Cancelled => LicenceState::Cancelled,
                Ended::Withdrawn => LicenceState::Withdrawn,
                Ended::Revoked => LicenceState::Revoked,
                Ended::Replaced => LicenceState::Replaced,
            },
            _ if ran_out => LicenceState::Expired,
            _ if day < self.issued_on => LicenceState::NotYet,
            _ => LicenceState::InForce,
        }
    }

    /// Since when it has stood so; the first day on which it does not hold any more, or did not hold yet.
    pub fn state_since(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self.state(day) {
            LicenceState::InForce => Some(self.issued_on),
            LicenceState::NotYet => None,
            LicenceState::Expired => self.valid_to.and_then(|last| last.succ_opt()),
            _ => self.ended.map(|ending| ending.on),
        }
    }
}

/// What was found of the seal before anybody looked at the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealFound {
    /// Not a byte has changed since it was sealed by a trusted key; or only a code was asked for.
    Whole,
    /// The same by a key that was revoked. `was_before` when the register itself knows that it was sealed before.
    RevokedKey { on: NaiveDate, was_before: bool },
    /// Bytes have changed.
    Changed,
    /// It is not ours.
    Foreign,
}

/// What a stranger is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    pub verdict: Verdict,
    /// The day it ended, ran out, was replaced, or its key was revoked.
    pub since: Option<NaiveDate>,
    /// The mark of the newest version, where a newer one took its place.
    pub newer: Option<LicenceMark>,
}

impl Judgement {
    /// A verdict without a day.
    pub fn plain(verdict: Verdict) -> Self {
        Self { verdict, since: None, newer: None }
    }

    /// Whether it may be relied on.
    pub fn is_good(&self) -> bool {
        matches!(self.verdict, Verdict::Genuine)
    }
}

/// Judges a file or a code: what was found of the seal, the licence in the register, the newest version of it, and the terms
/// of a copy.
pub fn judge(
    seal: &SealFound,
    licence: Option<&Licence>,
    newest: Option<&Licence>,
    copy: Option<&CopyTerms>,
    today: NaiveDate,
) -> Judgement {
    match seal {
        SealFound::Changed => return Judgement::plain(Verdict::Changed),
        SealFound::Foreign => return Judgement::plain(Verdict::Foreign),
        SealFound::RevokedKey { on, was_before: false } => {
            return Judgement { verdict: Verdict::RevokedKey, since: Some(*on), newer: None };
        }
        SealFound::RevokedKey { was_before: true, .. } | SealFound::Whole => {}
    }
    let Some(licence) = licence else { return Judgement::plain(Verdict::NotOnRecord) };
    let verdict = match licence.state(today) {
        LicenceState::InForce if copy.is_some_and(|copy| copy.until < today) => {
            let since = copy.and_then(|copy| copy.until.succ_opt());
            return Judgement { verdict: Verdict::CopyLapsed, since, newer: None };
        }
        LicenceState::InForce => return Judgement::plain(Verdict::Genuine),
        LicenceState::NotYet => Verdict::NotYet,
        LicenceState::Expired => Verdict::Expired,
        LicenceState::Cancelled => Verdict::Cancelled,
        LicenceState::Withdrawn => Verdict::Withdrawn,
        LicenceState::Revoked => Verdict::Revoked,
        LicenceState::Replaced => Verdict::Replaced,
    };
    let newer = newest.filter(|newest| newest.version > licence.version).map(|newest| newest.mark.clone());
    Judgement { verdict, since: licence.state_since(today), newer }
}

/// Judges a file without the register: how it stood when it was sealed, and what its own days say today. That nobody has
/// taken it back since is for the register to say.
pub fn judge_alone(seal: &SealFound, statement: Option<&Statement>, today: NaiveDate) -> Judgement {
    match seal {
        SealFound::Changed => return Judgement::plain(Verdict::Changed),
        SealFound::Foreign => return Judgement::plain(Verdict::Foreign),
        SealFound::RevokedKey { on, .. } => {
            return Judgement { verdict: Verdict::RevokedKey, since: Some(*on), newer: None };
        }
        SealFound::Whole => {}
    }
    let Some(statement) = statement else { return Judgement::plain(Verdict::Foreign) };
    let ran_out = statement.valid_to.filter(|last| *last < today).and_then(|last| last.succ_opt());
    let lapsed = statement.copy.as_ref().filter(|copy| copy.until < today).and_then(|copy| copy.until.succ_opt());
    let verdict = match statement.state {
        LicenceState::Cancelled => Verdict::Cancelled,
        LicenceState::Withdrawn => Verdict::Withdrawn,
        LicenceState::Revoked => Verdict::Revoked,
        LicenceState::Replaced => Verdict::Replaced,
        LicenceState::InForce | LicenceState::NotYet | LicenceState::Expired if ran_out.is_some() => {
            return Judgement { verdict: Verdict::Expired, since: ran_out, newer: None };
        }
        LicenceState::InForce | LicenceState::NotYet | LicenceState::Expired if lapsed.is_some() => {
            return Judgement { verdict: Verdict::CopyLapsed, since: lapsed, newer: None };
        }
        LicenceState::InForce | LicenceState::NotYet | LicenceState::Expired => Verdict::Sealed,
    };
    Judgement::plain(verdict)
}
