//! 告知听证权利 before a decision that touches others.

use access_service::Visit;
use casework::{Order, RUN_HEARING};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// Offer a hearing before this case is decided.
#[derive(Debug, Clone)]
pub struct OfferHearing {
    pub case: CaseId,
    /// What is at stake, and for whom.
    pub why: String,
}

/// Offers it, once. Nobody decides until it was asked for and held, waived, or five working days are over.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn offer_hearing(visit: &Visit, key: Option<&RequestKey>, order: OfferHearing) -> Result<Done, Fault> {
    let told = Order::OfferHearing { why: order.why.trim().to_owned(), by: officer(visit)? };
    give(visit, key, RUN_HEARING, order.case, told).await
}
