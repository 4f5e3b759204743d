//! 完善: the applicant follows what the pre-review advised, all of it at once.

use std::collections::{BTreeMap, BTreeSet};

use access_service::Visit;
use casework::{MEND_PRE_REVIEW, Order, PreReview, Status};
use kernel::id::ApplicationId;
use kernel::value::Value;
use platform::{Fault, RequestKey};

use super::answer_correction::answered;
use super::done::{Done, answer};
use super::matter::Matter;
use super::take_in::{AnsweredPaper, take_in};
use crate::pins;
use crate::store::Which;

/// What was advised is mended.
#[derive(Debug, Clone)]
pub struct MendPreReview {
    pub application: ApplicationId,
    pub papers: Vec<AnsweredPaper>,
    /// Element code to the new value.
    pub fields: BTreeMap<String, Value>,
}

/// Takes in what was mended for every case that was advised; each goes on to receipt, received today.
///
/// # Errors
/// [`Fault::Invalid`] of `paper:…` or `field:…` with `required` for what came without a file or a value, and `not-asked`
/// for what nobody advised; [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn mend_pre_review(visit: &Visit, key: Option<&RequestKey>, order: MendPreReview) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(MEND_PRE_REVIEW, &matter.resource())?;
        let mended = answered(visit, (&order.papers, &order.fields), &advised(&matter))?;
        let is_advised = |at: &usize| matter.members[*at].case.status() == Status::ToMend;
        let mut to_mend: Vec<usize> = (0..matter.members.len()).filter(is_advised).collect();
        if to_mend.is_empty() {
            to_mend.push(0);
        }
        for at in to_mend {
            matter.order(at, &Order::MendPreReview { points: mended.clone() })?;
        }
        take_in(&tx, visit, &matter, (&order.papers, &order.fields)).await?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// The points of all advice that waits for the applicant.
fn advised(matter: &Matter<'_>) -> BTreeSet<String> {
    let open = matter.members.iter().filter_map(|member| member.case.pre_review.as_ref());
    let points = open.filter_map(PreReview::open_advice).flat_map(|advice| &advice.points);
    points.map(|point| point.id.clone()).collect()
}
