//! Events become facts. Whatever `decide` allowed happens here, and replaying the journal gives the same case.

use chrono::NaiveDate;

use crate::case::{Case, Opening};
use crate::commitment::CommitmentCheck;
use crate::event::Event;
use crate::facts::{
    Acceptance, Correction, Decision, Delivered, Issued, NonAcceptance, Outcome, StepDone, Terminated, Withdrawn,
};
use crate::missing::{Gap, GapGround, MissingPaper, SpotCorrection};
use crate::pre_review::{PreReviewAdvice, PreReviewEnd, PreReviewOutcome};
use crate::preliminary::HandedUp;
use crate::special::{Extension, Hearing, Session, SpecialRun};
use crate::supervision::Supervision;
use crate::undone::{Cancelled, Revoked};

/// The case after the event. Total: events that `decide` gave are history and are never argued with.
pub fn apply(case: Case, event: &Event) -> Case {
    let recorded_on = event.recorded_on();
    let mut case = case;
    match event.clone() {
        Event::PreReviewAdvised { on, by, points, mend_by } => {
            if let Some(pre_review) = &mut case.pre_review {
                pre_review.advice = Some(PreReviewAdvice { on, by, points, mend_by });
            }
        }
        Event::PreReviewEnded { on, by, outcome } => {
            if let Some(pre_review) = &mut case.pre_review {
                pre_review.end = Some(PreReviewEnd { on, by, outcome });
            }
            if outcome == PreReviewOutcome::Mended {
                case.received_on = on;
            }
        }
        Event::Accepted { on, by, power } => {
            case.acceptance = Some(Acceptance { on, recorded_on, by: Some(by), deemed: false, power });
        }
        Event::DeemedAccepted { on, recorded_on, by, power } => {
            case.acceptance = Some(Acceptance { on, recorded_on, by, deemed: true, power });
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
        Event::CorrectedOnSpot { on, by, what } => case.spot_corrections.push(SpotCorrection { on, by, what }),
        Event::AcceptedTolerantly { on, by, papers, due, power } => {
            case.acceptance = Some(Acceptance { on, recorded_on, by: Some(by), deemed: false, power });
            case.gaps.push(gap(GapGround::Tolerance, on, papers, due));
        }
        Event::Supplied { on, .. } => supplied(&mut case, on),
        Event::GapLapsed { on } => {
            case.gaps.iter_mut().filter(|gap| gap.is_open()).for_each(|gap| gap.lapsed_on = Some(on));
        }
        Event::SpecialBegun { on, by, procedure, days, until, reason } => case.specials.push(SpecialRun {
            procedure,
            reason,
            began_on: on,
            by,
            days,
            until,
            ended_on: None,
            ended_by: None,
            result: None,
        }),
        Event::SpecialEnded { on, by, result } => {
            if let Some(run) = case.specials.last_mut() {
                (run.ended_on, run.ended_by, run.result) = (Some(on), by, result);
            }
        }
        Event::HearingOffered { on, by, why, answer_by } => {
            case.hearing = Some(Hearing {
                offered_on: on,
                by,
                why,
                answer_by,
                answer: None,
                answered_on: None,
                hold_by: None,
                session: None,
                held_on: None,
                record: None,
            });
        }
        Event::HearingAnswered { on, answer, hold_by } => {
            if let Some(hearing) = &mut case.hearing {
                (hearing.answer, hearing.answered_on, hearing.hold_by) = (Some(answer), Some(on), hold_by);
            }
        }
        Event::HearingAnnounced { on, by, session, place, presider } => {
            if let Some(hearing) = &mut case.hearing {
                hearing.session = Some(Session { on: session, place, announced_on: on, by, presider });
            }
        }
        Event::HearingHeld { on, record, .. } => {
            if let Some(hearing) = &mut case.hearing {
                (hearing.held_on, hearing.record) = (Some(on), Some(record));
            }
        }
        Event::Extended { on, by, days, reason } => case.extension = Some(Extension { on, by, days, reason }),
        Event::CommitmentWithdrawn { on, papers, due } => {
            if let Some(commitment) = &mut case.commitment {
                commitment.withdrawn_on = Some(on);
            }
            if !papers.is_empty() {
                case.gaps.push(gap(GapGround::CommitmentWithdrawn, on, papers, due));
            }
        }
        Event::StepCompleted { on, by, step, opinion } => case.steps.push(StepDone { step, on, by, opinion }),
        Event::Decided { on, by, outcome, reason, power } => {
            case.supervision = power.as_ref().and_then(|power| power.supervisor.clone()).map(|authority| Supervision {
                authority,
                told_on: on,
                received_on: None,
                received_by: None,
            });
            case.decision = Some(Decision { on, by: Some(by), outcome, reason, power });
        }
        Event::HandedUp { on, by, opinion } => {
            if let Some(preliminary) = &mut case.preliminary {
                preliminary.handed_up = Some(HandedUp { on, by, opinion });
            }
        }
        Event::PowerMoved { power, .. } => case.powers.push(power),
        Event::SupervisionReceived { on, by } => {
            if let Some(supervision) = &mut case.supervision {
                (supervision.received_on, supervision.received_by) = (Some(on), Some(by));
            }
        }
        Event::PrerequisiteMet { on, licence, number } => {
            for prerequisite in case.prerequisites.iter_mut().filter(|one| one.licence == licence) {
                prerequisite.met_on = Some(on);
                prerequisite.number.clone_from(&number);
            }
        }
        Event::PrerequisiteFailed { on, licence } => case.terminated = Some(Terminated { on, licence }),
        Event::Issued { on, by, number } => case.issued = Some(Issued { on, by, number }),
        Event::Delivered { on, by, how, to } => case.delivered = Some(Delivered { on, by, how, to }),
        Event::DeemedRenewed { on, .. } => {
            case.decision =
                Some(Decision { on, by: None, outcome: Outcome::Grant, reason: String::new(), power: None });
        }
        Event::EvidenceMissed { on } => {
            if let Some(commitment) = &mut case.commitment {
                commitment.missed_on = Some(on);
            }
        }
        Event::CommitmentChecked { on, by, finding, words, rectify_by } => {
            if let Some(commitment) = &mut case.commitment {
                commitment.checks.push(CommitmentCheck { on, by, finding, words, rectify_by });
            }
        }
        Event::Revoked { on, by, ground, reason } => case.revoked = Some(Revoked { on, by, ground, reason }),
        Event::Cancelled { on, by, ground, reason } => case.cancelled = Some(Cancelled { on, by, ground, reason }),
        Event::Withdrawn { on, reason } => case.withdrawn = Some(Withdrawn { on, reason }),
    }
    case.last_act_on = case.last_act_on.max(recorded_on);
    case
}

fn gap(ground: GapGround, since: NaiveDate, papers: Vec<MissingPaper>, due: Option<NaiveDate>) -> Gap {
    Gap { ground, since, papers, due, supplied_on: None, lapsed_on: None }
}

/// Before the decision what was missing is in, after it the evidence of the commitment.
fn supplied(case: &mut Case, on: NaiveDate) {
    if case.decision.is_some() {
        if let Some(commitment) = &mut case.commitment {
            commitment.supplied_on = Some(on);
        }
    } else {
        case.gaps.iter_mut().filter(|gap| gap.is_open()).for_each(|gap| gap.supplied_on = Some(on));
    }
}

/// The case that an opening and its events, in order, make: how the journal rebuilds the row.
pub fn replay<'a>(opening: Opening, events: impl IntoIterator<Item = &'a Event>) -> Case {
    events.into_iter().fold(Case::open(opening), apply)
}
