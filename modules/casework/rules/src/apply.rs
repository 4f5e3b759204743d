//! Events become facts. Whatever `decide` allowed happens here, and replaying the journal gives the same case.

use crate::case::{Case, Opening};
use crate::event::Event;
use crate::facts::{
    Acceptance, Correction, Decision, Delivered, Issued, NonAcceptance, StepDone, Terminated, Withdrawn,
};

/// The case after the event. Total: events that `decide` gave are history and are never argued with.
pub fn apply(case: Case, event: &Event) -> Case {
    let recorded_on = event.recorded_on();
    let mut case = case;
    match event.clone() {
        Event::Accepted { on, by } => {
            case.acceptance = Some(Acceptance { on, recorded_on, by: Some(by), deemed: false });
        }
        Event::DeemedAccepted { on, recorded_on, by } => {
            case.acceptance = Some(Acceptance { on, recorded_on, by, deemed: true });
        }
        Event::CorrectionNoticed { on, by, items, due } => {
            case.correction = Some(Correction { noticed_on: on, by, items, due, answered_on: None, lapsed_on: None });
        }
        Event::CorrectionAnswered { on } => {
            case.correction = case.correction.map(|correction| Correction { answered_on: Some(on), ..correction });
        }
        Event::CorrectionLapsed { on } => {
            case.correction = case.correction.map(|correction| Correction { lapsed_on: Some(on), ..correction });
        }
        Event::AcceptanceRefused { on, by, ground, reason, go_to } => {
            case.non_acceptance = Some(NonAcceptance { on, by, ground, reason, go_to });
        }
        Event::StepCompleted { on, by, step, opinion } => case.steps.push(StepDone { step, on, by, opinion }),
        Event::Decided { on, by, outcome, reason } => case.decision = Some(Decision { on, by, outcome, reason }),
        Event::PrerequisiteMet { on, licence, number } => {
            for prerequisite in case.prerequisites.iter_mut().filter(|one| one.licence == licence) {
                prerequisite.met_on = Some(on);
                prerequisite.number.clone_from(&number);
            }
        }
        Event::PrerequisiteFailed { on, licence } => case.terminated = Some(Terminated { on, licence }),
        Event::Issued { on, by, number } => case.issued = Some(Issued { on, by, number }),
        Event::Delivered { on, by, how, to } => case.delivered = Some(Delivered { on, by, how, to }),
        Event::Withdrawn { on, reason } => case.withdrawn = Some(Withdrawn { on, reason }),
    }
    case.last_act_on = case.last_act_on.max(recorded_on);
    case
}

/// The case that an opening and its events, in order, make: how the journal rebuilds the row.
pub fn replay<'a>(opening: Opening, events: impl IntoIterator<Item = &'a Event>) -> Case {
    events.into_iter().fold(Case::open(opening), apply)
}
