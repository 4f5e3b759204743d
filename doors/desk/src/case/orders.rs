//! The orders of a case as its forms send them, and the acts they become.

use access_service::Visit;
use casework::{NonAcceptanceGround, OrderKind, Outcome, View};
use casework_service::acts::{
    self, AcceptCase, AdvisePreReview, CompleteStep, DecideCase, Done, IssueResult, NotifyCorrection, PassPreReview,
    RefuseAcceptance,
};
use casework_service::reads::CaseView;
use kernel::id::CaseId;
use platform::fault::FieldFault;
use platform::{Fault, RequestKey};

use super::aside::{self, Aside};
use super::scope;
use crate::correction;
use crate::form::Sheet;
use crate::order::{Given, chosen, required};

/// The ordinary way of a case, as far as it is ordered on its page; the rest belongs to the application.
const GIVEN_HERE: [OrderKind; 8] = [
    OrderKind::PassPreReview,
    OrderKind::AdvisePreReview,
    OrderKind::Accept,
    OrderKind::NotifyCorrection,
    OrderKind::RefuseAcceptance,
    OrderKind::CompleteStep,
    OrderKind::Decide,
    OrderKind::Issue,
];

/// Whether this order is given on the page of a case.
pub fn is_given_here(kind: OrderKind) -> bool {
    GIVEN_HERE.contains(&kind) || aside::KINDS.contains(&kind)
}

/// An order read from its form.
#[derive(Debug, Clone)]
pub enum CaseOrder {
    PassPreReview(PassPreReview),
    AdvisePreReview(AdvisePreReview),
    Accept(AcceptCase),
    NotifyCorrection(NotifyCorrection),
    RefuseAcceptance(RefuseAcceptance),
    CompleteStep(CompleteStep),
    Decide(DecideCase),
    Issue(IssueResult),
    Aside(Aside),
}

impl CaseOrder {
    /// Reads the form of this order.
    ///
    /// # Errors
    /// Every field that is missing. Whether the order is right is not judged here.
    pub fn read(view: &CaseView, kind: OrderKind, form: &Sheet) -> Result<Self, Vec<FieldFault>> {
        let case = view.id;
        if let Some(aside) = Aside::read(view, kind, form) {
            return aside.map(Self::Aside);
        }
        match kind {
            OrderKind::PassPreReview => Ok(Self::PassPreReview(PassPreReview { application: view.application })),
            OrderKind::AdvisePreReview => {
                let lines = correction::notice(scope(view), form)?;
                Ok(Self::AdvisePreReview(AdvisePreReview { application: view.application, lines }))
            }
            OrderKind::Accept => Ok(Self::Accept(AcceptCase { case })),
            OrderKind::NotifyCorrection => {
                let lines = correction::notice(scope(view), form)?;
                Ok(Self::NotifyCorrection(NotifyCorrection { application: view.application, lines }))
            }
            OrderKind::RefuseAcceptance => refuse_acceptance(case, form).map(Self::RefuseAcceptance),
            OrderKind::CompleteStep => complete_step(case, form).map(Self::CompleteStep),
            OrderKind::Decide => decide(case, form).map(Self::Decide),
            _ => Ok(Self::Issue(IssueResult { case })),
        }
    }
}

impl Given for CaseOrder {
    fn kind(&self) -> OrderKind {
        match self {
            Self::PassPreReview(_) => OrderKind::PassPreReview,
            Self::AdvisePreReview(_) => OrderKind::AdvisePreReview,
            Self::Accept(_) => OrderKind::Accept,
            Self::NotifyCorrection(_) => OrderKind::NotifyCorrection,
            Self::RefuseAcceptance(_) => OrderKind::RefuseAcceptance,
            Self::CompleteStep(_) => OrderKind::CompleteStep,
            Self::Decide(_) => OrderKind::Decide,
            Self::Issue(_) => OrderKind::Issue,
            Self::Aside(order) => order.kind(),
        }
    }

    /// Whether it goes out of the house as a letter and cannot be taken back.
    fn is_final(&self) -> bool {
        match self {
            Self::NotifyCorrection(_) | Self::RefuseAcceptance(_) | Self::Decide(_) => true,
            Self::Aside(order) => order.letter_reason().is_some(),
            Self::PassPreReview(_)
            | Self::AdvisePreReview(_)
            | Self::Accept(_)
            | Self::CompleteStep(_)
            | Self::Issue(_) => false,
        }
    }

    fn code(&self) -> String {
        match self {
            Self::Decide(order) => format!("decide-{}", order.outcome.code()),
            Self::CompleteStep(order) => format!("complete-step-{}", order.view.code()),
            other => other.kind().code().to_owned(),
        }
    }

    async fn give(&self, visit: &Visit, key: &RequestKey) -> Result<Done, Fault> {
        let key = Some(key);
        match self.clone() {
            Self::PassPreReview(order) => acts::pass_pre_review(visit, key, order).await,
            Self::AdvisePreReview(order) => acts::advise_pre_review(visit, key, order).await,
            Self::Accept(order) => acts::accept_case(visit, key, order).await,
            Self::NotifyCorrection(order) => acts::notify_correction(visit, key, order).await,
            Self::RefuseAcceptance(order) => acts::refuse_acceptance(visit, key, order).await,
            Self::CompleteStep(order) => acts::complete_step(visit, key, order).await,
            Self::Decide(order) => acts::decide_case(visit, key, order).await,
            Self::Issue(order) => acts::issue_result(visit, key, order).await,
            Self::Aside(order) => order.give(visit, key).await,
        }
    }
}

/// The form of a refusal to accept; the application's page has it too.
pub fn refuse_acceptance(case: CaseId, form: &Sheet) -> Result<RefuseAcceptance, Vec<FieldFault>> {
    let ground = chosen(form, "ground", "不予受理的情形", NonAcceptanceGround::parse);
    let reason = required(form, "ground_reason", "理由");
    let go_to = Some(form.one("go_to").to_owned()).filter(|text| !text.is_empty());
    match (ground, reason) {
        (Ok(ground), Ok(reason)) => Ok(RefuseAcceptance { case, ground, reason, go_to }),
        (ground, reason) => Err([ground.err(), reason.err()].into_iter().flatten().collect()),
    }
}

fn complete_step(case: CaseId, form: &Sheet) -> Result<CompleteStep, Vec<FieldFault>> {
    let view = chosen(form, "view", "意见", View::parse).map_err(|fault| vec![fault])?;
    let words = [form.one("phrase"), form.one("words")].into_iter().filter(|text| !text.is_empty());
    let words = words.collect::<Vec<_>>().join("");
    if view == View::Disagree && words.is_empty() {
        return Err(vec![FieldFault::new("words", "required").fact("label", "不同意的理由")]);
    }
    Ok(CompleteStep { case, step: form.one("step").to_owned(), view, words })
}

/// A refusal names the conditions that are not met, then the officer's own words.
fn decide(case: CaseId, form: &Sheet) -> Result<DecideCase, Vec<FieldFault>> {
    let outcome = chosen(form, "outcome", "决定", Outcome::parse).map_err(|fault| vec![fault])?;
    let reason = match outcome {
        Outcome::Grant => form.one("reason_grant").to_owned(),
        Outcome::Refuse => {
            let unmet = form.all("unmet");
            let list: Vec<&str> = unmet.iter().map(|text| text.trim_end_matches(['。', '；', ';'])).collect();
            let unmet = if list.is_empty() {
                String::new()
            } else {
                format!("不符合下列条件：{}。", list.join("；"))
            };
            format!("{unmet}{}", form.one("reason_refuse"))
        }
    };
    if outcome == Outcome::Refuse && reason.is_empty() {
        return Err(vec![FieldFault::new("reason_refuse", "required").fact("label", "不予的理由")]);
    }
    Ok(DecideCase { case, outcome, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(pairs: &[(&str, &str)]) -> Sheet {
        Sheet::from(pairs.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect::<Vec<_>>())
    }

    fn case() -> CaseId {
        CaseId::from_uuid(uuid::Uuid::nil())
    }

    #[test]
    fn a_refusal_names_the_conditions_not_met_before_the_officers_words() {
        let form = sheet(&[
            ("outcome", "refuse"),
            ("unmet", "有相应的通风设施。"),
            ("unmet", "有消毒间"),
            ("reason_refuse", "见核查记录。"),
        ]);
        let order = decide(case(), &form).expect("a decision");
        assert_eq!(order.reason, "不符合下列条件：有相应的通风设施；有消毒间。见核查记录。");
        let bare = decide(case(), &sheet(&[("outcome", "refuse")])).expect_err("a reason is needed");
        assert_eq!(bare[0].field, "reason_refuse");
    }

    #[test]
    fn disagreement_needs_words_and_a_phrase_is_enough() {
        let without = complete_step(case(), &sheet(&[("view", "disagree"), ("step", "review")]));
        assert_eq!(without.expect_err("words are needed")[0].field, "words");
        let with = sheet(&[("view", "disagree"), ("step", "review"), ("phrase", "面积不符。"), ("words", "")]);
        assert_eq!(complete_step(case(), &with).expect("an opinion").words, "面积不符。");
    }

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let faults = refuse_acceptance(case(), &sheet(&[])).expect_err("two faults");
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["ground", "ground_reason"]);
    }
}
