//! What an event tells those who listen besides which case it is about: days, the outcome, the place. Never a reason in
//! words and nothing about a person: those stand in the notice.

use casework::Event;
use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::store::case;

/// The facts of this event; `row` is the case after it.
pub(super) fn said(event: &Event, row: &case::Model) -> Map<String, Value> {
    let mut facts = Map::new();
    let mut say = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            facts.insert(name.to_owned(), value);
        }
    };
    match event {
        Event::Accepted { .. } | Event::DeemedAccepted { .. } => say("due", day(row.due_on)),
        Event::CorrectionNoticed { due, .. }
        | Event::AcceptedTolerantly { due, .. }
        | Event::CommitmentWithdrawn { due, .. } => say("due", day(*due)),
        Event::SpecialBegun { days, until, .. } => {
            say("days", Some((*days).into()));
            say("due", day(*until));
        }
        Event::HearingOffered { answer_by, .. } => say("due", day(*answer_by)),
        Event::HearingAnnounced { session, place, .. } => {
            say("due", day(Some(*session)));
            say("place", Some(place.as_str().into()));
        }
        Event::Extended { days, .. } => {
            say("days", Some((*days).into()));
            say("due", day(row.due_on));
        }
        Event::CommitmentChecked { rectify_by, .. } => say("due", day(*rectify_by)),
        Event::Decided { outcome, .. } => say("outcome", Some(outcome.code().into())),
        _ => {}
    }
    facts
}

fn day(day: Option<NaiveDate>) -> Option<Value> {
    day.map(|day| day.to_string().into())
}
