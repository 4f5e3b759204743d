//! The orders of an application as its forms send them, and the acts they become.

use std::collections::BTreeMap;

use access_service::Visit;
use casework::{DeliveryMethod, OrderKind};
use casework_service::acts::{
    self, AcceptApplication, AdvisePreReview, AnswerCorrection, AnsweredPaper, CorrectOnSpot, Done, HandOver,
    NotifyCorrection, PassPreReview, RefuseAcceptance, SkipPreReview, SupplyPapers, Withdraw,
};
use casework_service::reads::{self, ApplicationView};
use kernel::id::{ApplicationId, CaseId};
use platform::fault::FieldFault;
use platform::{Fault, RequestKey};

use super::scope;
use crate::case::refuse_acceptance;
use crate::correction;
use crate::form::Sheet;
use crate::order::{Given, chosen, required};

/// What can be ordered on the page of an application.
pub const GIVEN_HERE: [OrderKind; 11] = [
    OrderKind::PassPreReview,
    OrderKind::AdvisePreReview,
    OrderKind::SkipPreReview,
    OrderKind::CorrectOnSpot,
    OrderKind::Supply,
    OrderKind::Accept,
    OrderKind::NotifyCorrection,
    OrderKind::AnswerCorrection,
    OrderKind::RefuseAcceptance,
    OrderKind::Deliver,
    OrderKind::Withdraw,
];

/// An order read from its form.
#[derive(Debug, Clone)]
pub enum ApplicationOrder {
    PassPreReview(PassPreReview),
    AdvisePreReview(AdvisePreReview),
    SkipPreReview(SkipPreReview),
    CorrectOnSpot(CorrectOnSpot),
    Supply(SupplyPapers),
    Accept(AcceptApplication),
    NotifyCorrection(NotifyCorrection),
    AnswerCorrection(AnswerCorrection),
    RefuseAcceptance(RefuseAcceptance),
    Deliver(HandOver),
    Withdraw(Withdraw),
}

impl ApplicationOrder {
    /// Reads the form of this order. The notice and its answer name papers and fields of the application, so it is read
    /// too; who may not is told here.
    ///
    /// # Errors
    /// Outside: the application cannot be read. Inside: every field that is missing.
    pub async fn read(
        visit: &Visit,
        application: ApplicationId,
        kind: OrderKind,
        form: &Sheet,
    ) -> Result<Result<Self, Vec<FieldFault>>, Fault> {
        Ok(match kind {
            OrderKind::PassPreReview => Ok(Self::PassPreReview(PassPreReview { application })),
            OrderKind::SkipPreReview => Ok(Self::SkipPreReview(SkipPreReview { application })),
            OrderKind::AdvisePreReview => {
                let view = reads::application_view(visit, application).await?;
                correction::notice(scope(&view), form)
                    .map(|lines| Self::AdvisePreReview(AdvisePreReview { application, lines }))
            }
            OrderKind::CorrectOnSpot => {
                let view = reads::application_view(visit, application).await?;
                correct_on_spot(visit, &view, form).map(Self::CorrectOnSpot)
            }
            OrderKind::Supply => supply(application, form).map(Self::Supply),
            OrderKind::Accept => Ok(Self::Accept(AcceptApplication { application })),
            OrderKind::NotifyCorrection => {
                let view = reads::application_view(visit, application).await?;
                correction::notice(scope(&view), form)
                    .map(|lines| Self::NotifyCorrection(NotifyCorrection { application, lines }))
            }
            OrderKind::AnswerCorrection => {
                let view = reads::application_view(visit, application).await?;
                correction::answer(visit, &view, form).map(Self::AnswerCorrection)
            }
            OrderKind::RefuseAcceptance => refusal(form).map(Self::RefuseAcceptance),
            OrderKind::Deliver => hand_over(application, form).map(Self::Deliver),
            _ => withdrawal(application, form).map(Self::Withdraw),
        })
    }
}

impl Given for ApplicationOrder {
    fn kind(&self) -> OrderKind {
        match self {
            Self::PassPreReview(_) => OrderKind::PassPreReview,
            Self::AdvisePreReview(_) => OrderKind::AdvisePreReview,
            Self::SkipPreReview(_) => OrderKind::SkipPreReview,
            Self::CorrectOnSpot(_) => OrderKind::CorrectOnSpot,
            Self::Supply(_) => OrderKind::Supply,
            Self::Accept(_) => OrderKind::Accept,
            Self::NotifyCorrection(_) => OrderKind::NotifyCorrection,
            Self::AnswerCorrection(_) => OrderKind::AnswerCorrection,
            Self::RefuseAcceptance(_) => OrderKind::RefuseAcceptance,
            Self::Deliver(_) => OrderKind::Deliver,
            Self::Withdraw(_) => OrderKind::Withdraw,
        }
    }

    /// A notice may be given once only.
    fn is_final(&self) -> bool {
        matches!(self, Self::NotifyCorrection(_) | Self::RefuseAcceptance(_) | Self::Withdraw(_))
    }

    fn code(&self) -> String {
        format!("application-{}", self.kind().code())
    }

    async fn give(&self, visit: &Visit, key: &RequestKey) -> Result<Done, Fault> {
        let key = Some(key);
        match self.clone() {
            Self::PassPreReview(order) => acts::pass_pre_review(visit, key, order).await,
            Self::AdvisePreReview(order) => acts::advise_pre_review(visit, key, order).await,
            Self::SkipPreReview(order) => acts::skip_pre_review(visit, key, order).await,
            Self::CorrectOnSpot(order) => acts::correct_on_spot(visit, key, order).await,
            Self::Supply(order) => acts::supply_papers(visit, key, order).await,
            Self::Accept(order) => acts::accept_application(visit, key, order).await,
            Self::NotifyCorrection(order) => acts::notify_correction(visit, key, order).await,
            Self::AnswerCorrection(order) => acts::answer_correction(visit, key, order).await,
            Self::RefuseAcceptance(order) => acts::refuse_acceptance(visit, key, order).await,
            Self::Deliver(order) => acts::hand_over(visit, key, order).await,
            Self::Withdraw(order) => acts::withdraw(visit, key, order).await,
        }
    }
}

fn refusal(form: &Sheet) -> Result<RefuseAcceptance, Vec<FieldFault>> {
    let case = chosen(form, "case", "不予受理的办件", |text| text.parse::<CaseId>().ok());
    match case {
        Ok(case) => refuse_acceptance(case, form),
        Err(fault) => {
            let rest = refuse_acceptance(CaseId::from_uuid(uuid::Uuid::nil()), form).err().unwrap_or_default();
            Err(std::iter::once(fault).chain(rest).collect())
        }
    }
}

/// 当场更正: what was mended in words, and one value of the form where it was an entry.
fn correct_on_spot(visit: &Visit, view: &ApplicationView, form: &Sheet) -> Result<CorrectOnSpot, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let what = required(form, "spot_what", "更正内容").map_err(|fault| faults.push(fault)).unwrap_or_default();
    let mut fields = BTreeMap::new();
    let element = form.one("spot_field");
    if !element.is_empty() {
        match correction::entered(visit, element, form.one("spot_value")) {
            Ok(value) => {
                fields.insert(element.to_owned(), value);
            }
            Err(code) => faults.push(FieldFault::new("spot_value", code).fact("label", "改为")),
        }
    }
    let order = CorrectOnSpot { application: view.id, what: vec![what], fields };
    if faults.is_empty() { Ok(order) } else { Err(faults) }
}

/// 代收补交材料: on paper, all that is ticked.
fn supply(application: ApplicationId, form: &Sheet) -> Result<SupplyPapers, Vec<FieldFault>> {
    let papers: Vec<AnsweredPaper> = form
        .all("supplied")
        .into_iter()
        .filter_map(|id| Some(AnsweredPaper { paper: id.parse().ok()?, file: None }))
        .collect();
    if papers.is_empty() {
        return Err(vec![FieldFault::new("supplied", "choose").fact("label", "收到的材料")]);
    }
    Ok(SupplyPapers { application, papers })
}

fn hand_over(application: ApplicationId, form: &Sheet) -> Result<HandOver, Vec<FieldFault>> {
    let how = chosen(form, "how", "送达方式", DeliveryMethod::parse);
    let to = required(form, "to", "签收人");
    match (how, to) {
        (Ok(how), Ok(to)) => Ok(HandOver { application, how, to }),
        (how, to) => Err([how.err(), to.err()].into_iter().flatten().collect()),
    }
}

fn withdrawal(application: ApplicationId, form: &Sheet) -> Result<Withdraw, Vec<FieldFault>> {
    let reason = required(form, "withdraw_reason", "申请人说的原因").map_err(|fault| vec![fault])?;
    Ok(Withdraw { application, case: None, reason })
}
