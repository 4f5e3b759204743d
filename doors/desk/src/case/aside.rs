//! What may befall a case besides its ordinary way: papers that may follow, special procedures, hearings, an extension,
//! commitments, a licence undone. Each order with the card that asks for it and the act it becomes.

mod card;

use access_service::Visit;
use casework::{CancellationGround, Finding, HearingAnswer, OfficerId, OrderKind, Presider, RevocationGround, View};
use casework_service::acts::{
    self, AcceptTolerantly, AnnounceHearing, AnswerHearing, BeginSpecial, CancelLicence, CheckCommitment, Done,
    EndSpecial, ExtendLimit, HandUp, HoldHearing, OfferHearing, ReceiveSupervision, RevokeLicence, WithdrawCommitment,
};
use casework_service::{PaperId, reads::CaseView};
use chrono::NaiveDate;
use platform::fault::FieldFault;
use platform::{Fault, RequestKey};

use crate::form::Sheet;
use crate::order::{chosen, required};

pub use card::card;

/// These orders, in the order of a case's life.
pub const KINDS: [OrderKind; 14] = [
    OrderKind::AcceptTolerantly,
    OrderKind::HandUp,
    OrderKind::ReceiveSupervision,
    OrderKind::BeginSpecial,
    OrderKind::EndSpecial,
    OrderKind::OfferHearing,
    OrderKind::AnswerHearing,
    OrderKind::AnnounceHearing,
    OrderKind::HoldHearing,
    OrderKind::Extend,
    OrderKind::WithdrawCommitment,
    OrderKind::CheckCommitment,
    OrderKind::Revoke,
    OrderKind::Cancel,
];

/// One of them, read from its form.
#[derive(Debug, Clone)]
pub enum Aside {
    HandUp(HandUp),
    ReceiveSupervision(ReceiveSupervision),
    AcceptTolerantly(AcceptTolerantly),
    BeginSpecial(BeginSpecial),
    EndSpecial(EndSpecial),
    OfferHearing(OfferHearing),
    AnswerHearing(AnswerHearing),
    AnnounceHearing(AnnounceHearing),
    HoldHearing(HoldHearing),
    Extend(ExtendLimit),
    WithdrawCommitment(WithdrawCommitment),
    CheckCommitment(CheckCommitment),
    Revoke(RevokeLicence),
    Cancel(CancelLicence),
}

impl Aside {
    /// Reads the form of this order; `None` for an order that is none of these.
    ///
    /// # Errors
    /// Every field that is missing. Whether the order is right is not judged here.
    pub fn read(view: &CaseView, kind: OrderKind, form: &Sheet) -> Option<Result<Self, Vec<FieldFault>>> {
        let case = view.id;
        let mut read = Reading { form, faults: Vec::new() };
        let order = match kind {
            OrderKind::HandUp => Self::HandUp(HandUp {
                case,
                view: read.chosen("up_view", "初审意见", View::parse),
                words: read.text("up_words", "初审意见"),
            }),
            OrderKind::ReceiveSupervision => Self::ReceiveSupervision(ReceiveSupervision { case }),
            OrderKind::AcceptTolerantly => Self::AcceptTolerantly(AcceptTolerantly {
                case,
                papers: read.papers("papers", "可以后补的材料"),
            }),
            OrderKind::BeginSpecial => Self::BeginSpecial(BeginSpecial {
                case,
                procedure: read.text("procedure", "特别程序"),
                days: read.number("special_days", "所需工作日"),
                reason: read.text("special_reason", "事由"),
            }),
            OrderKind::EndSpecial => Self::EndSpecial(EndSpecial { case, result: read.text("result", "结果") }),
            OrderKind::OfferHearing => Self::OfferHearing(OfferHearing { case, why: read.text("why", "听证事项") }),
            OrderKind::AnswerHearing => Self::AnswerHearing(AnswerHearing {
                case,
                answer: read.chosen("answer", "答复", HearingAnswer::parse),
            }),
            OrderKind::AnnounceHearing => Self::AnnounceHearing(AnnounceHearing {
                case,
                on: read.day("hearing_on", "听证日期"),
                place: read.text("hearing_place", "听证地点"),
                presider: read.presider(view),
            }),
            OrderKind::HoldHearing => {
                Self::HoldHearing(HoldHearing { case, record: read.text("hearing_record", "笔录要点") })
            }
            OrderKind::Extend => Self::Extend(ExtendLimit {
                case,
                days: read.number("extend_days", "延长天数"),
                reason: read.text("extend_reason", "延长的理由"),
            }),
            OrderKind::WithdrawCommitment => Self::WithdrawCommitment(WithdrawCommitment { case }),
            OrderKind::CheckCommitment => Self::CheckCommitment(read.check(view)),
            OrderKind::Revoke => Self::Revoke(RevokeLicence {
                case,
                ground: read.chosen("revocation", "撤销的情形", RevocationGround::parse),
                reason: read.text("revoke_reason", "事实和理由"),
            }),
            OrderKind::Cancel => Self::Cancel(CancelLicence {
                case,
                ground: read.chosen("cancellation", "注销的情形", CancellationGround::parse),
                reason: read.text("cancel_reason", "事实和理由"),
            }),
            _ => return None,
        };
        Some(if read.faults.is_empty() { Ok(order) } else { Err(read.faults) })
    }

    /// Its kind.
    pub fn kind(&self) -> OrderKind {
        match self {
            Self::HandUp(_) => OrderKind::HandUp,
            Self::ReceiveSupervision(_) => OrderKind::ReceiveSupervision,
            Self::AcceptTolerantly(_) => OrderKind::AcceptTolerantly,
            Self::BeginSpecial(_) => OrderKind::BeginSpecial,
            Self::EndSpecial(_) => OrderKind::EndSpecial,
            Self::OfferHearing(_) => OrderKind::OfferHearing,
            Self::AnswerHearing(_) => OrderKind::AnswerHearing,
            Self::AnnounceHearing(_) => OrderKind::AnnounceHearing,
            Self::HoldHearing(_) => OrderKind::HoldHearing,
            Self::Extend(_) => OrderKind::Extend,
            Self::WithdrawCommitment(_) => OrderKind::WithdrawCommitment,
            Self::CheckCommitment(_) => OrderKind::CheckCommitment,
            Self::Revoke(_) => OrderKind::Revoke,
            Self::Cancel(_) => OrderKind::Cancel,
        }
    }

    /// What its letter says for a reason; `None` for what goes out as no letter.
    pub fn letter_reason(&self) -> Option<String> {
        match self {
            Self::BeginSpecial(order) => Some(order.reason.clone()),
            Self::OfferHearing(order) => Some(order.why.clone()),
            Self::AnnounceHearing(order) => Some(format!("{}，{}", ui::say::day(order.on), order.place)),
            Self::Extend(order) => Some(order.reason.clone()),
            Self::Revoke(order) => Some(order.reason.clone()),
            Self::Cancel(order) => Some(order.reason.clone()),
            Self::HandUp(_)
            | Self::ReceiveSupervision(_)
            | Self::AcceptTolerantly(_)
            | Self::EndSpecial(_)
            | Self::AnswerHearing(_)
            | Self::HoldHearing(_)
            | Self::WithdrawCommitment(_)
            | Self::CheckCommitment(_) => None,
        }
    }

    /// Days its letter names.
    pub fn letter_days(&self) -> u32 {
        match self {
            Self::BeginSpecial(order) => order.days,
            Self::Extend(order) => order.days,
            _ => 0,
        }
    }

    /// Gives the order.
    pub async fn give(self, visit: &Visit, key: Option<&RequestKey>) -> Result<Done, Fault> {
        match self {
            Self::HandUp(order) => acts::hand_up(visit, key, order).await,
            Self::ReceiveSupervision(order) => acts::receive_supervision(visit, key, order).await,
            Self::AcceptTolerantly(order) => acts::accept_tolerantly(visit, key, order).await,
            Self::BeginSpecial(order) => acts::begin_special(visit, key, order).await,
            Self::EndSpecial(order) => acts::end_special(visit, key, order).await,
            Self::OfferHearing(order) => acts::offer_hearing(visit, key, order).await,
            Self::AnswerHearing(order) => acts::answer_hearing(visit, key, order).await,
            Self::AnnounceHearing(order) => acts::announce_hearing(visit, key, order).await,
            Self::HoldHearing(order) => acts::hold_hearing(visit, key, order).await,
            Self::Extend(order) => acts::extend_limit(visit, key, order).await,
            Self::WithdrawCommitment(order) => acts::withdraw_commitment(visit, key, order).await,
            Self::CheckCommitment(order) => acts::check_commitment(visit, key, order).await,
            Self::Revoke(order) => acts::revoke_licence(visit, key, order).await,
            Self::Cancel(order) => acts::cancel_licence(visit, key, order).await,
        }
    }
}

/// A form being read, with all that was missing so far. What is missing reads as something empty; it goes nowhere.
struct Reading<'a> {
    form: &'a Sheet,
    faults: Vec<FieldFault>,
}

impl Reading<'_> {
    fn text(&mut self, field: &str, label: &str) -> String {
        required(self.form, field, label).unwrap_or_else(|fault| {
            self.faults.push(fault);
            String::new()
        })
    }

    fn number(&mut self, field: &str, label: &str) -> u32 {
        chosen(self.form, field, label, |text| text.parse().ok()).unwrap_or_else(|fault| {
            self.faults.push(fault);
            0
        })
    }

    fn day(&mut self, field: &str, label: &str) -> NaiveDate {
        chosen(self.form, field, label, |text| text.parse().ok()).unwrap_or_else(|fault| {
            self.faults.push(fault);
            NaiveDate::MIN
        })
    }

    /// One of a closed vocabulary; its first word stands in for what is missing.
    fn chosen<T: Vocabulary>(&mut self, field: &str, label: &str, parse: impl Fn(&str) -> Option<T>) -> T {
        chosen(self.form, field, label, parse).unwrap_or_else(|fault| {
            self.faults.push(fault);
            T::FIRST
        })
    }

    /// Somebody offered on the card; the rules ask once more whether it may be that one.
    fn presider(&mut self, view: &CaseView) -> Presider {
        let id = self.text("hearing_presider", "听证主持人");
        let name = view.presiders.iter().find(|(account, _)| *account == id).map(|(_, name)| name.clone());
        Presider { id: OfficerId::new(id), name: name.unwrap_or_default() }
    }

    fn papers(&mut self, field: &str, label: &str) -> Vec<PaperId> {
        let papers: Vec<PaperId> = self.form.all(field).into_iter().filter_map(|id| id.parse().ok()).collect();
        if papers.is_empty() {
            self.faults.push(FieldFault::new(field, "choose").fact("label", label));
        }
        papers
    }

    /// Words are needed unless all was kept, days only to put something right.
    fn check(&mut self, view: &CaseView) -> CheckCommitment {
        let finding = self.chosen("finding", "核查结果", Finding::parse);
        let words = match finding {
            Finding::Kept => self.form.one("finding_words").to_owned(),
            Finding::Rectify | Finding::Broken => self.text("finding_words", "核查情况"),
        };
        let days = match finding {
            Finding::Rectify => self.number("rectify_days", "整改工作日"),
            Finding::Kept | Finding::Broken => 0,
        };
        CheckCommitment { case: view.id, finding, words, days }
    }
}

/// A closed vocabulary with a first word.
trait Vocabulary {
    const FIRST: Self;
}

impl Vocabulary for HearingAnswer {
    const FIRST: Self = Self::ALL[0];
}
impl Vocabulary for View {
    const FIRST: Self = Self::ALL[0];
}
impl Vocabulary for Finding {
    const FIRST: Self = Self::ALL[0];
}
impl Vocabulary for RevocationGround {
    const FIRST: Self = Self::ALL[0];
}
impl Vocabulary for CancellationGround {
    const FIRST: Self = Self::ALL[0];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(pairs: &[(&str, &str)]) -> Sheet {
        Sheet::from(pairs.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect::<Vec<_>>())
    }

    #[test]
    fn all_that_a_form_lacks_is_told_at_once() {
        let read = |form: &[(&str, &str)], ask: &dyn Fn(&mut Reading<'_>)| {
            let form = sheet(form);
            let mut read = Reading { form: &form, faults: Vec::new() };
            ask(&mut read);
            read.faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>()
        };
        let special: &dyn Fn(&mut Reading<'_>) = &|read| {
            read.text("procedure", "特别程序");
            read.number("special_days", "所需工作日");
        };
        assert_eq!(read(&[], special), ["procedure", "special_days"]);
        assert_eq!(read(&[("procedure", "inspection"), ("special_days", "五")], special), ["special_days"]);
        assert!(read(&[("procedure", "inspection"), ("special_days", "5")], special).is_empty());
        let day: &dyn Fn(&mut Reading<'_>) = &|read| {
            read.day("hearing_on", "听证日期");
        };
        assert_eq!(read(&[("hearing_on", "2026-02-30")], day), ["hearing_on"]);
    }
}
