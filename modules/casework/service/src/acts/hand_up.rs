//! 转报: the lower authority's opinion and all the papers, directly to who decides.

use access_service::Visit;
use casework::{HAND_UP, Opinion, Order, View};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// Hand this case up.
#[derive(Debug, Clone)]
pub struct HandUp {
    pub case: CaseId,
    pub view: View,
    /// 初审意见; always given.
    pub words: String,
}

/// Hands it up. The papers are the application's, so nothing is copied and nobody is asked for anything again.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn hand_up(visit: &Visit, key: Option<&RequestKey>, order: HandUp) -> Result<Done, Fault> {
    let opinion = Opinion { view: order.view, words: order.words.trim().to_owned() };
    let told = Order::HandUp { opinion, by: officer(visit)? };
    give(visit, key, HAND_UP, order.case, told).await
}
