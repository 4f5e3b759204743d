//! 申请或者放弃听证, by the applicant or for the applicant at the window.

use access_service::Visit;
use casework::{ANSWER_HEARING, HearingAnswer, Order};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;

/// The offered hearing is wanted, or not.
#[derive(Debug, Clone)]
pub struct AnswerHearing {
    pub case: CaseId,
    pub answer: HearingAnswer,
}

/// Asks for the hearing or waives it.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn answer_hearing(visit: &Visit, key: Option<&RequestKey>, order: AnswerHearing) -> Result<Done, Fault> {
    let told = Order::AnswerHearing { answer: order.answer };
    give(visit, key, ANSWER_HEARING, order.case, told).await
}
