//! Before receipt: the pre-review passes, advises once, or is silent, and each way leads to receipt.

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use super::acceptance;
use crate::case::Case;
use crate::due::Due;
use crate::event::Event;
use crate::facts::CorrectionItem;
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::pre_review::{PreReview, PreReviewOutcome};
use crate::refusals as no;

type Answer = Result<Vec<Event>, Refusal>;

/// 预审通过, also after advice that nobody needs to follow any more.
pub(super) fn pass(by: &Officer, today: NaiveDate) -> Answer {
    Ok(vec![ended(today, PreReviewOutcome::Passed, Some(by))])
}

/// 预审意见: every point with its reason and its remedy, once, within the term.
pub(super) fn advise(case: &Case, points: &[CorrectionItem], by: &Officer, law: &CaseLaw, today: NaiveDate) -> Answer {
    if let Due::On(day) = case.pre_review_ends_on(law)
        && day <= today
    {
        return Err(no::PRE_REVIEW_LATE.refuse().fact("filed_on", filed_on(case)));
    }
    acceptance::well_formed(points, &no::ADVICE_LISTS_NOTHING)?;
    let mend_by = law.mending_after(filed_on(case)).map(|day| day.max(today));
    Ok(vec![Event::PreReviewAdvised { on: today, by: by.id.clone(), points: points.to_vec(), mend_by }])
}

/// A second round of advice would be a correction notice by instalments.
pub(super) fn advise_again(case: &Case) -> Answer {
    let refusal = no::PRE_REVIEW_ONCE.refuse();
    Err(match advice_day(case) {
        Some(on) => refusal.fact("on", on),
        None => refusal,
    })
}

/// 申请人已完善: all that was advised. What is mended in part goes on by [`skip`].
pub(super) fn mend(case: &Case, mended: &[String], today: NaiveDate) -> Answer {
    let advice = case.pre_review.as_ref().and_then(PreReview::open_advice);
    let points = advice.map_or(&[][..], |advice| &advice.points);
    let missing: Vec<&str> =
        points.iter().filter(|point| !mended.contains(&point.id)).map(|point| point.name.as_str()).collect();
    if !missing.is_empty() {
        return Err(no::ADVICE_INCOMPLETE.refuse().fact("count", missing.len()).fact("missing", missing.join("、")));
    }
    Ok(vec![ended(today, PreReviewOutcome::Mended, None)])
}

/// 按现有材料收件: nobody has to wait for a service.
pub(super) fn skip(today: NaiveDate) -> Answer {
    Ok(vec![ended(today, PreReviewOutcome::AsFiled, None)])
}

/// 预审期满, by the timer: silence passes, and advice that was not followed keeps nobody from receipt.
pub(super) fn lapse(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    match case.pre_review_ends_on(law) {
        Due::On(day) if day <= today => {
            let advised = advice_day(case).is_some();
            let outcome = if advised { PreReviewOutcome::Unmended } else { PreReviewOutcome::Silent };
            Ok(vec![ended(today, outcome, None)])
        }
        Due::On(day) => Err(no::NOT_YET.refuse().fact("on", day)),
        Due::Unknown(why) => Err(no::DAY_UNKNOWN.refuse().fact("why", why)),
    }
}

fn ended(on: NaiveDate, outcome: PreReviewOutcome, by: Option<&Officer>) -> Event {
    Event::PreReviewEnded { on, by: by.map(|officer| officer.id.clone()), outcome }
}

fn filed_on(case: &Case) -> NaiveDate {
    case.pre_review.as_ref().map_or(case.received_on, |pre_review| pre_review.filed_on)
}

fn advice_day(case: &Case) -> Option<NaiveDate> {
    case.pre_review.as_ref().and_then(|pre_review| pre_review.advice.as_ref()).map(|advice| advice.on)
}
