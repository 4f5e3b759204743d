//! Why one place counts more matters than another (事项数量差异): 2,739, 2,874, 3,254 and 2,955 are the same standard with some missing,
//! some bundled, some listed twice, some made up. The sum always comes out.

use std::collections::BTreeMap;

use super::align::Alignment;
use super::{Standing, Strand};
use crate::proposal::effect::Effect;

kernel::coded! {
    /// Why a count differs from the number of common matters.
    Cause in "cause" {
        /// 缺项
        Missing = "missing",
        /// 合并办理
        Bundled = "bundled",
        /// 重复列项
        Twice = "twice",
        /// 自设事项
        Own = "own",
    }
}

/// How a place's count comes about: `matters = common - missing - bundled + twice + own`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// What it lists: names under codes, whoever implements them.
    pub matters: usize,
    /// Matters every place should have.
    pub common: usize,
    pub missing: usize,
    /// So many fewer because several are one.
    pub bundled: usize,
    /// So many more because one is several.
    pub twice: usize,
    pub own: usize,
    /// Common matters under another code: they change no count, but whoever compares codes takes each for one missing and one made up.
    pub renamed: usize,
    /// Common matters it has in full that ask more than the standard.
    pub heavier: usize,
    /// What they ask together, each applied for once.
    pub beyond: Effect,
}

impl Account {
    /// `strands` in the order of the threads they were made of.
    pub(super) fn of(place: usize, aligned: &Alignment, strands: &[Strand]) -> Self {
        let is_here = |matter: &&usize| aligned.matters[**matter].place == place;
        let common: Vec<_> = aligned.threads.iter().zip(strands).filter(|(_, strand)| strand.common).collect();
        // How many common strands each matter of this place is part of.
        let mut parts: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut covered, mut twice) = (0, 0);
        for (thread, _) in &common {
            let mut here = 0_usize;
            for matter in thread.own.iter().chain(&thread.bundles).filter(is_here) {
                *parts.entry(*matter).or_default() += 1;
                here += 1;
            }
            covered += usize::from(here > 0);
            twice += here.saturating_sub(1);
        }
        let matters = aligned.matters.iter().filter(|matter| matter.place == place).count();
        let cells = common.iter().map(|(_, strand)| &strand.cells[place]);
        let heavier = cells.clone().filter(|cell| cell.beyond != Effect::default());
        Self {
            matters,
            common: common.len(),
            missing: common.len() - covered,
            bundled: parts.values().map(|parts| parts - 1).sum(),
            twice,
            own: matters - parts.len(),
            renamed: cells.clone().filter(|cell| cell.standing == Standing::Renamed).count(),
            heavier: heavier.clone().count(),
            beyond: heavier.fold(Effect::default(), |sum, cell| sum.plus(cell.beyond)),
        }
    }

    /// Why this place counts more than another: one figure for each cause, negative where it counts fewer. Their sum is the difference of
    /// the two counts.
    pub fn beyond(&self, other: &Self) -> [(Cause, i64); 4] {
        let less = |own: usize, theirs: usize| theirs as i64 - own as i64;
        [
            (Cause::Missing, less(self.missing, other.missing)),
            (Cause::Bundled, less(self.bundled, other.bundled)),
            (Cause::Twice, less(other.twice, self.twice)),
            (Cause::Own, less(other.own, self.own)),
        ]
    }
}
