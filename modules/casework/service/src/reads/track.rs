//! The stops of a case on its way, for the applicant to see how far it is.

use casework::Status;
use chrono::NaiveDate;
use serde::Serialize;

use crate::acts::Handled;
use crate::wording::Wording;

/// How far a stop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopState {
    Done,
    Now,
    Todo,
    /// The way ended here.
    Failed,
}

/// One stop: 受理, 审核, 决定.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrackStop {
    pub label: String,
    pub state: StopState,
    pub on: Option<NaiveDate>,
}

/// 收件, 受理, the item's steps, 出证, 送达.
pub(super) fn track(member: &Handled<'_>, wording: &Wording) -> Vec<TrackStop> {
    let case = &member.case;
    let stop = |key: &str, on: Option<NaiveDate>| (wording.word("stop", key), on);
    let mut stops = Vec::new();
    let mut received = Some(case.received_on);
    if let Some(pre_review) = &case.pre_review {
        stops.push(stop("filed", Some(pre_review.filed_on)));
        stops.push(stop("pre-reviewed", pre_review.end.as_ref().map(|end| end.on)));
        received = received.filter(|_| !pre_review.is_open());
    }
    stops.extend([
        stop("received", received),
        stop("accepted", case.acceptance.as_ref().map(|acceptance| acceptance.on)),
    ]);
    if let Some(preliminary) = &case.preliminary {
        stops.push(stop("handed-up", preliminary.handed_up.as_ref().map(|up| up.on)));
    }
    // A commitment is decided on at once, without the steps before.
    let at_once = case.standing_commitment().is_some();
    for step in member.law.steps_before_decision().iter().filter(|_| !at_once) {
        let done = case.steps.iter().find(|done| done.step == step.id);
        stops.push((step.name.clone(), done.map(|done| done.on)));
    }
    stops.push(stop("decided", case.decision.as_ref().map(|decision| decision.on)));
    let status = case.status();
    if status != Status::Refused {
        if member.law.makes_result {
            stops.push(stop("issued", case.issued.as_ref().map(|issued| issued.on)));
        }
        stops.push(stop("delivered", case.delivered.as_ref().map(|delivered| delivered.on)));
    }
    lay_out(stops, status.ended_without_licence())
}

/// Stops with a day are behind; the first without one is where the case is, or where its way ended.
fn lay_out(stops: Vec<(String, Option<NaiveDate>)>, has_failed: bool) -> Vec<TrackStop> {
    let here = stops.iter().position(|(_, on)| on.is_none()).unwrap_or(stops.len());
    let last = stops.len();
    let state = |at: usize, on: Option<NaiveDate>| match on {
        Some(_) if has_failed && here == last && at + 1 == last => StopState::Failed,
        Some(_) => StopState::Done,
        None if at == here && has_failed => StopState::Failed,
        None if at == here => StopState::Now,
        None => StopState::Todo,
    };
    stops.into_iter().enumerate().map(|(at, (label, on))| TrackStop { state: state(at, on), label, on }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_stop_without_a_day_is_where_the_case_is_or_ended() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2);
        let stops = || vec![("收件".to_owned(), day), ("受理".to_owned(), None), ("决定".to_owned(), None)];
        let states = |failed| lay_out(stops(), failed).into_iter().map(|stop| stop.state).collect::<Vec<_>>();
        assert_eq!(states(false), [StopState::Done, StopState::Now, StopState::Todo]);
        assert_eq!(states(true), [StopState::Done, StopState::Failed, StopState::Todo]);
        let refused = lay_out(vec![("受理".to_owned(), day), ("决定".to_owned(), day)], true);
        assert_eq!(refused[1].state, StopState::Failed);
    }
}
