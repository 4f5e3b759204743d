//! 减时限、减跑动: T1 and P1.

use catalog::model::Item;

use super::{Found, Ground};
use crate::comparison::offer::working_days;
use crate::practice::Practice;
use crate::proposal::Kind;

pub(super) fn of(item: &Item, ground: &Ground<'_>) -> Vec<Found> {
    let practice = ground.around.practice.get(item.id.as_str());
    let days = slower(item, ground).or_else(|| quicker(item, practice?));
    let visits = visits(item).or_else(|| unvisited(item, practice?));
    days.into_iter().chain(visits).collect()
}

/// Slower than half of those who do the same: the promise comes down to the median.
fn slower(item: &Item, ground: &Ground<'_>) -> Option<Found> {
    let own = working_days(item.promise)?;
    let mut peers = ground.promises.get(item.basic_code())?.clone();
    if peers.len() < 3 {
        return None;
    }
    peers.sort_unstable();
    let median = peers[(peers.len() - 1) / 2];
    let found = Found::new(Kind::T1, item, None, own.saturating_sub(median));
    (own > median).then(|| found.fact("own", own).fact("median", median).fact("peers", peers.len()))
}

/// Nearly all cases are done in half the time that is promised: the promise comes down to what is usual.
fn quicker(item: &Item, practice: &Practice) -> Option<Found> {
    let (own, usual) = (working_days(item.promise)?, practice.usual_days()?.max(1));
    let found = Found::new(Kind::T1, item, None, own.saturating_sub(usual));
    (usual * 2 <= own).then(|| found.fact("own", own).fact("usual", usual).fact("cases", practice.decided()))
}

/// Nobody ever came, though the standard says that one has to.
fn unvisited(item: &Item, practice: &Practice) -> Option<Found> {
    let found = Found::new(Kind::P1, item, None, item.visits.count);
    let is_idle = item.visits.count > 0 && practice.nobody_came();
    is_idle.then(|| found.fact("visits", item.visits.count).fact("cases", practice.cases))
}

/// A visit that no law asks for: its reason names none.
fn visits(item: &Item) -> Option<Found> {
    let reason = item.visits.reason.as_deref().unwrap_or_default();
    let lawful = reason.contains('《') && reason.contains('》');
    let found = Found::new(Kind::P1, item, None, item.visits.count);
    (item.visits.count > 0 && !lawful).then(|| found.fact("visits", item.visits.count).fact("reason", reason))
}
