//! How the demands of several authorities on one and the same paper become one demand: the strictest of them.
//!
//! Whether two demands are about the same paper is not decided here but by [`MergeKey`], and never by its name
//! (domain §2.3): the ID card of the operator and the ID card of the agent bear one name and are two papers.

use std::sync::Arc;

use catalog::ids::MaterialId;
use catalog::model::{CopyRule, HolderRole, Medium, Need};

/// What makes two demands one paper: the same canonical material, of the same holder, about the same object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MergeKey {
    pub material: MaterialId,
    pub holder: HolderRole,
    /// The object the paper is about, when one holder has several (two shops, two vehicles).
    pub scope: Option<Arc<str>>,
}

/// What one row of one item's list demands of a paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Demand {
    /// Whose demand it is: item and row, so that hearing the same demand twice changes nothing.
    pub by: (usize, usize),
    pub need: Need,
    pub copy: CopyRule,
    pub medium: Medium,
    pub copies: u32,
    /// 受理标准.
    pub standard: Option<Arc<str>>,
}

/// In what form a paper is handed in, once all demands are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum MergedMedium {
    /// Nobody minds.
    #[default]
    Either,
    Paper,
    Electronic,
    /// One authority wants it on paper, another as a file.
    PaperAndElectronic,
}

impl MergedMedium {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Either => "either",
            Self::Paper => "paper",
            Self::Electronic => "electronic",
            Self::PaperAndElectronic => "paper-and-electronic",
        }
    }

    /// The official term.
    pub fn label(self) -> &'static str {
        match self {
            Self::Either => "纸质或电子化",
            Self::Paper => "纸质",
            Self::Electronic => "电子化",
            Self::PaperAndElectronic => "纸质和电子化",
        }
    }

    fn join(self, medium: Medium) -> Self {
        match (self, medium) {
            (any, Medium::Either) => any,
            (Self::Either | Self::Paper, Medium::Paper) => Self::Paper,
            (Self::Either | Self::Electronic, Medium::Electronic) => Self::Electronic,
            _ => Self::PaperAndElectronic,
        }
    }
}

/// The one demand that satisfies all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement<'a> {
    pub need: Need,
    pub copy: CopyRule,
    pub medium: MergedMedium,
    /// Copies on paper, or 1 where a file is shared.
    pub copies: u32,
    /// All standards, each once, in the order of the items.
    pub standards: Vec<&'a str>,
}

/// Original over copy; and who asks for both gets both (材料类型).
fn strictness(copy: CopyRule) -> u8 {
    match copy {
        CopyRule::Either => 0,
        CopyRule::Copy => 1,
        CopyRule::Original => 2,
        CopyRule::Both => 3,
    }
}

/// Required over deferrable over optional (必要 > 容缺 > 非必要).
fn urgency(need: Need) -> u8 {
    match need {
        Need::Optional => 0,
        Need::Deferrable => 1,
        Need::Required => 2,
    }
}

/// Joins the demands on one paper; none when nobody demands it. The order of the demands does not matter, and a demand
/// heard twice counts once.
///
/// Copies: a file, or an original that is looked at and given back, serves everyone, so the greatest number is enough.
/// Only paper copies that each authority keeps are added up.
pub fn strictest<'a>(demands: impl IntoIterator<Item = &'a Demand>) -> Option<Requirement<'a>> {
    let mut heard: Vec<&Demand> = demands.into_iter().collect();
    // A paper one authority asks for is the usual case, and needs no sorting.
    if heard.len() > 1 {
        heard.sort_by_key(|demand| demand.by);
        heard.dedup_by_key(|demand| demand.by);
    }
    let first = heard.first()?;
    let mut merged = Requirement {
        need: first.need,
        copy: first.copy,
        medium: MergedMedium::Either,
        copies: 0,
        standards: Vec::new(),
    };
    let (mut kept, mut shared) = (0, 0);
    for demand in &heard {
        if urgency(demand.need) > urgency(merged.need) {
            merged.need = demand.need;
        }
        if strictness(demand.copy) > strictness(merged.copy) {
            merged.copy = demand.copy;
        }
        merged.medium = merged.medium.join(demand.medium);
        if demand.medium == Medium::Paper && matches!(demand.copy, CopyRule::Copy | CopyRule::Both) {
            kept += demand.copies;
        } else {
            shared = demand.copies.max(shared);
        }
        if let Some(standard) = demand.standard.as_deref()
            && !merged.standards.contains(&standard)
        {
            merged.standards.push(standard);
        }
    }
    merged.copies = kept.max(shared);
    Some(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn demand(by: usize, need: Need, copy: CopyRule, medium: Medium, copies: u32) -> Demand {
        Demand { by: (by, 0), need, copy, medium, copies, standard: None }
    }

    #[test]
    fn the_strictest_wins() {
        use CopyRule::{Both, Copy, Either, Original};
        use Need::{Deferrable, Optional, Required};
        let rows = [
            // two needs, joined           two copy rules, joined
            ((Required, Deferrable), Required, (Original, Copy), Original),
            ((Deferrable, Optional), Deferrable, (Copy, Either), Copy),
            ((Optional, Required), Required, (Either, Original), Original),
            ((Optional, Optional), Optional, (Copy, Both), Both),
        ];
        for ((need_a, need_b), need, (copy_a, copy_b), copy) in rows {
            let asked = [demand(0, need_a, copy_a, Medium::Either, 1), demand(1, need_b, copy_b, Medium::Either, 1)];
            let merged = strictest(&asked).expect("two demands");
            assert_eq!((merged.need, merged.copy), (need, copy), "{asked:?}");
        }
    }

    #[test]
    fn media_are_joined_and_kept_copies_are_added() {
        let rows = [
            ((Medium::Either, Medium::Either), MergedMedium::Either, 2),
            ((Medium::Either, Medium::Electronic), MergedMedium::Electronic, 2),
            ((Medium::Paper, Medium::Electronic), MergedMedium::PaperAndElectronic, 2),
            ((Medium::Paper, Medium::Paper), MergedMedium::Paper, 3),
        ];
        for ((a, b), medium, copies) in rows {
            let asked =
                [demand(0, Need::Required, CopyRule::Copy, a, 2), demand(1, Need::Required, CopyRule::Copy, b, 1)];
            let merged = strictest(&asked).expect("two demands");
            assert_eq!((merged.medium, merged.copies), (medium, copies), "{asked:?}");
        }
    }

    #[test]
    fn nobody_asking_is_no_requirement() {
        assert_eq!(strictest([]), None);
    }

    fn any_demand() -> impl Strategy<Value = Demand> {
        (
            (0..4usize, 0..3usize),
            prop::sample::select(Need::ALL),
            prop::sample::select(CopyRule::ALL),
            prop::sample::select(Medium::ALL),
            0..4u32,
            prop::option::of(prop::sample::select(vec!["盖章", "一个月内出具"])),
        )
            .prop_map(|(by, need, copy, medium, copies, standard)| Demand {
                by,
                need,
                copy,
                medium,
                copies,
                standard: standard.map(Arc::from),
            })
    }

    /// Demands of distinct rows, in any order.
    fn any_demands() -> impl Strategy<Value = Vec<Demand>> {
        prop::collection::vec(any_demand(), 1..8).prop_map(|mut demands| {
            demands.sort_by_key(|demand| demand.by);
            demands.dedup_by_key(|demand| demand.by);
            demands
        })
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(demands in any_demands().prop_shuffle_pair()) {
            let (straight, shuffled) = demands;
            prop_assert_eq!(strictest(&straight), strictest(&shuffled));
        }

        #[test]
        fn hearing_twice_changes_nothing(demands in any_demands()) {
            prop_assert_eq!(strictest(&demands), strictest(demands.iter().chain(&demands)));
        }

        #[test]
        fn no_demand_is_weakened(demands in any_demands()) {
            let merged = strictest(&demands).expect("at least one");
            for one in &demands {
                prop_assert!(urgency(merged.need) >= urgency(one.need));
                prop_assert!(strictness(merged.copy) >= strictness(one.copy));
                prop_assert!(merged.copies >= one.copies);
                prop_assert!(one.standard.as_deref().is_none_or(|standard| merged.standards.contains(&standard)));
            }
        }
    }

    trait ShufflePair: Strategy<Value = Vec<Demand>> + Sized {
        /// The demands as they are, and shuffled.
        fn prop_shuffle_pair(self) -> impl Strategy<Value = (Vec<Demand>, Vec<Demand>)> {
            self.prop_flat_map(|demands| (Just(demands.clone()), Just(demands).prop_shuffle()))
        }
    }
    impl<S: Strategy<Value = Vec<Demand>>> ShufflePair for S {}
}
