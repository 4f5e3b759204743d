//! 通知听证 of one case: when, where, and who presides.

use access_service::Visit;
use casework::{Order, Presider, RUN_HEARING};
use chrono::NaiveDate;
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// The hearing of this case is at this time and place.
#[derive(Debug, Clone)]
pub struct AnnounceHearing {
    pub case: CaseId,
    pub on: NaiveDate,
    pub place: String,
    /// Somebody of the authority who does not review the application (48.1.4).
    pub presider: Presider,
}

/// Announces it, at least seven working days ahead. Announced again, the new day counts.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn announce_hearing(visit: &Visit, key: Option<&RequestKey>, order: AnnounceHearing) -> Result<Done, Fault> {
    let place = order.place.trim().to_owned();
    let told = Order::AnnounceHearing { on: order.on, place, presider: order.presider, by: officer(visit)? };
    give(visit, key, RUN_HEARING, order.case, told).await
}
