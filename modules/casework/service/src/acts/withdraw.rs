//! 撤回申请: the whole application as far as it is undecided, or one case of it.

use access_service::Visit;
use casework::{Order, WITHDRAW};
use kernel::id::{ApplicationId, CaseId};
use platform::{Fault, RequestKey};

use super::done::{Done, answer};
use super::matter::Matter;
use crate::pins;
use crate::store::Which;

/// Withdraw this application, or one case of it.
#[derive(Debug, Clone)]
pub struct Withdraw {
    pub application: ApplicationId,
    /// None: every case that is not decided yet.
    pub case: Option<CaseId>,
    pub reason: String,
}

/// Withdraws; what was decided already stands.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`]; where nothing can be withdrawn any more, the refusal that says why.
pub async fn withdraw(visit: &Visit, key: Option<&RequestKey>, order: Withdraw) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(WITHDRAW, &matter.resource())?;
        let withdraw = Order::Withdraw { reason: order.reason.trim().to_owned() };
        let chosen = match order.case {
            Some(case) => vec![matter.place(case)?],
            None => undecided(&matter),
        };
        for at in chosen {
            matter.order(at, &withdraw)?;
        }
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// The cases still open; the first of all where none is, so that it says why.
fn undecided(matter: &Matter<'_>) -> Vec<usize> {
    let is_open = |at: &usize| {
        let status = matter.members[*at].case.status();
        !status.is_decided() && !status.ended_without_licence()
    };
    let open: Vec<usize> = (0..matter.members.len()).filter(is_open).collect();
    if open.is_empty() { vec![0] } else { open }
}
