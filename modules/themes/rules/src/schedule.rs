//! In what order the items of a theme run, which of them side by side (并联), and how long the whole takes.
//!
//! Working days of offset, not dates: day 0 is the day of acceptance. Half-day and two-hour promises exist (企业开办), so
//! lengths are kept in working hours.

use kernel::limit::{Limit, Unit};

use crate::item_set::ItemSet;

/// Working hours of one working day.
pub const HOURS_A_DAY: u32 = 8;

/// How many working hours a promise takes. Natural days, months and years have no exact length in working days before
/// the day of acceptance is known; a week of seven natural days counts as five working days, rounded up, a month as 22,
/// a year as 250. The dated timeline of a case is worked out by the legal clock, not by this.
pub fn working_hours(promise: Limit) -> u32 {
    hours_of(promise.value, promise.unit)
}

/// So many units in working hours, by the same rules of thumb.
pub(crate) fn hours_of(value: u32, unit: Unit) -> u32 {
    match unit {
        Unit::AtOnce => 0,
        Unit::Hour => value,
        Unit::Workday => value * HOURS_A_DAY,
        Unit::NaturalDay => (value * 5).div_ceil(7) * HOURS_A_DAY,
        Unit::Month => value * 22 * HOURS_A_DAY,
        Unit::Year => value * 250 * HOURS_A_DAY,
    }
}

/// Working days, a started one counted whole.
pub fn working_days(hours: u32) -> u32 {
    hours.div_ceil(HOURS_A_DAY)
}

/// Puts items into an order in which each comes after all it waits for. `after[i]` is what item `i` waits for.
///
/// # Errors
/// The items of one circle, each waiting for the next, when there is one.
pub fn in_order(after: &[ItemSet]) -> Result<Vec<usize>, Vec<usize>> {
    let mut done = ItemSet::EMPTY;
    let mut order = Vec::with_capacity(after.len());
    while order.len() < after.len() {
        let ready = (0..after.len()).find(|&item| !done.contains(item) && after[item].is_subset(done));
        let Some(item) = ready else { return Err(circle(after, done)) };
        done.insert(item);
        order.push(item);
    }
    Ok(order)
}

/// Follows the waiting among items that cannot be ordered until an item comes up again.
fn circle(after: &[ItemSet], done: ItemSet) -> Vec<usize> {
    let waits_for = |item: usize| after[item].iter().find(|&other| !done.contains(other));
    let mut path = Vec::new();
    let mut next = (0..after.len()).find(|&item| !done.contains(item));
    while let Some(item) = next {
        if let Some(start) = path.iter().position(|&seen| seen == item) {
            return path.split_off(start);
        }
        path.push(item);
        next = waits_for(item);
    }
    path
}

/// When one item runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its number in the theme.
    pub item: usize,
    /// What it waits for, among the items that run.
    pub after: ItemSet,
    /// Parallel group (并联组), from 1: an item stands one group after the last it waits for.
    pub wave: u32,
    /// Working hours after acceptance.
    pub start: u32,
    pub finish: u32,
    /// Whether the whole takes longer when this takes longer.
    pub critical: bool,
}

/// All items that run, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    pub bars: Vec<Bar>,
    /// Items that follow each other without a gap and end last, first to last.
    pub critical_path: Vec<usize>,
    /// Working hours of the whole.
    pub hours: u32,
}

impl Schedule {
    /// Working days of the whole; 0 means while the applicant waits (当场办结).
    pub fn days(&self) -> u32 {
        working_days(self.hours)
    }
}

/// Runs every item as soon as what it waits for is there. `order` is from [`in_order`], `after` and `hours` are by item
/// number; items that are not in `running` neither run nor are waited for.
pub fn schedule(order: &[usize], after: &[ItemSet], hours: &[u32], running: ItemSet) -> Schedule {
    let mut bars: Vec<Bar> = Vec::with_capacity(running.len());
    for &item in order.iter().filter(|&&item| running.contains(item)) {
        let after = after[item].intersection(running);
        let (mut start, mut wave) = (0, 1);
        for bar in bars.iter().filter(|bar| after.contains(bar.item)) {
            start = start.max(bar.finish);
            wave = wave.max(bar.wave + 1);
        }
        bars.push(Bar { item, after, wave, start, finish: start + hours[item], critical: false });
    }
    let hours = bars.iter().map(|bar| bar.finish).max().unwrap_or(0);
    let critical_path = critical_path(&mut bars, hours);
    Schedule { bars, critical_path, hours }
}

/// Marks and names the chain that ends last: from its end backwards, always over the predecessor that ended last.
fn critical_path(bars: &mut [Bar], hours: u32) -> Vec<usize> {
    let mut path = Vec::new();
    // Of several that end together the one in the latest group tells most of the story.
    let mut next = (0..bars.len()).filter(|&at| bars[at].finish == hours).max_by_key(|&at| bars[at].wave);
    while let Some(at) = next {
        bars[at].critical = true;
        path.push(bars[at].item);
        let after = bars[at].after;
        next = (0..at).filter(|&before| after.contains(bars[before].item)).max_by_key(|&before| bars[before].finish);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::limit::Start;
    use proptest::prelude::*;

    fn promise(value: u32, unit: Unit) -> Limit {
        Limit { value, unit, start: Start::Acceptance }
    }

    #[test]
    fn promises_in_working_days() {
        let rows = [
            (promise(0, Unit::AtOnce), 0),
            (promise(4, Unit::Hour), 1),
            (promise(9, Unit::Hour), 2),
            (promise(10, Unit::Workday), 10),
            (promise(7, Unit::NaturalDay), 5),
            (promise(30, Unit::NaturalDay), 22),
            (promise(1, Unit::Month), 22),
        ];
        for (promise, days) in rows {
            assert_eq!(working_days(working_hours(promise)), days, "{promise:?}");
        }
    }

    #[test]
    fn starting_a_company_takes_one_day() {
        // 设立登记 half a day, then seals, tax, insurance and fund side by side, the longest of them half a day.
        let one = ItemSet::only(0);
        let after = [ItemSet::EMPTY, one, one, one, one];
        let order = in_order(&after).expect("no circle");
        let plan = schedule(&order, &after, &[4, 4, 2, 1, 1], (0..5).collect());
        assert_eq!(plan.days(), 1);
        assert_eq!(plan.critical_path, [0, 1]);
        assert_eq!(plan.bars.iter().map(|bar| bar.wave).collect::<Vec<_>>(), [1, 2, 2, 2, 2]);
    }

    #[test]
    fn what_is_not_needed_is_not_waited_for() {
        let after = [ItemSet::EMPTY, ItemSet::only(0)];
        let plan = schedule(&[0, 1], &after, &[24, 8], ItemSet::only(1));
        assert_eq!((plan.days(), plan.bars[0].wave, plan.bars[0].start), (1, 1, 0));
    }

    #[test]
    fn a_circle_is_named() {
        let after = [ItemSet::EMPTY, ItemSet::only(3), ItemSet::only(1), ItemSet::only(2)];
        assert_eq!(in_order(&after), Err(vec![1, 3, 2]));
    }

    /// Items that only wait for items before them, with lengths, and which of them run.
    fn any_theme() -> impl Strategy<Value = (Vec<ItemSet>, Vec<u32>, ItemSet)> {
        (1..10usize).prop_flat_map(|n| {
            let after = (0..n)
                .map(|item| {
                    prop::collection::vec(0..item.max(1), 0..3)
                        .prop_map(move |list| list.into_iter().filter(|&other| other < item).collect::<ItemSet>())
                })
                .collect::<Vec<_>>();
            let running = prop::collection::vec(0..n, 0..n).prop_map(|list| list.into_iter().collect());
            (after, prop::collection::vec(0..40u32, n), running)
        })
    }

    proptest! {
        #[test]
        fn nothing_starts_before_what_it_waits_for((after, hours, running) in any_theme()) {
            let order = in_order(&after).expect("items wait only for earlier ones");
            let plan = schedule(&order, &after, &hours, running);
            prop_assert_eq!(plan.bars.len(), running.len());
            for bar in &plan.bars {
                prop_assert_eq!(bar.finish - bar.start, hours[bar.item]);
                for before in plan.bars.iter().filter(|before| bar.after.contains(before.item)) {
                    prop_assert!(before.finish <= bar.start && before.wave < bar.wave);
                }
            }
        }

        #[test]
        fn the_critical_path_is_as_long_as_the_whole((after, hours, running) in any_theme()) {
            let order = in_order(&after).expect("items wait only for earlier ones");
            let plan = schedule(&order, &after, &hours, running);
            prop_assert_eq!(plan.critical_path.iter().map(|&item| hours[item]).sum::<u32>(), plan.hours);
            for pair in plan.critical_path.windows(2) {
                prop_assert!(after[pair[1]].contains(pair[0]));
            }
        }
    }
}
