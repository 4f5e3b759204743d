//! The orders of an application as its forms send them, and the acts they become.

use access_service::Visit;
use casework::{DeliveryMethod, OrderKind};
use casework_service::acts::{
    self, AcceptApplication, AnswerCorrection, Done, HandOver, NotifyCorrection, RefuseAcceptance, Withdraw,
};
use casework_service::reads;
use kernel::id::{ApplicationId, CaseId};
use platform::fault::FieldFault;
use platform::{Fault, RequestKey};

use super::scope;
use crate::case::refuse_acceptance;
use crate::correction;
use crate::form::Sheet;
use crate::order::{Given, chosen, required};

/// What can be ordered on the page of an application.
pub const GIVEN_HERE: [OrderKind; 6] = [
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
