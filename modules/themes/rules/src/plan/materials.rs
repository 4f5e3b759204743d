//! One set of materials: who asks for each paper, and whether it must be handed in or why not.

use catalog::condition::{Condition, FactSlots};
use catalog::ids::ElementCode;
use catalog::model::HolderRole;
use kernel::limit::Limit;

use super::figures::MaterialFigures;
use super::missing;
use crate::item_set::ItemSet;
use crate::known::Known;
use crate::merge::{Requirement, strictest};
use crate::schedule::hours_of;
use crate::theme::{Paper, PaperDemand, Theme, Way};

/// One paper of the plan, or the one form.
#[derive(Debug, Clone)]
pub struct PlannedMaterial<'t> {
    /// None for the one form, which is made of the items' own application forms.
    pub paper: Option<&'t Paper>,
    pub name: &'t str,
    pub holder: HolderRole,
    pub standing: Standing<'t>,
    /// Items that ask for it.
    pub asked_by: ItemSet,
    /// The rows of the items' own lists that ask for it, or asked for what vanished; none for the form.
    pub demands: Vec<&'t PaperDemand>,
    /// How it is to be handed in, joined over all who ask; none for the form and for what vanished.
    pub requirement: Option<Requirement<'t>>,
}

/// Whether a paper must be handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing<'t> {
    /// The one form: filled in, not handed in.
    Form {
        /// How many forms of single items became it.
        merged: u32,
    },
    /// To hand in. When nobody insists on having it at once, it may follow within so many working days (容缺后补).
    HandIn { may_follow: Option<u32> },
    /// May be handed in (非必要).
    Optional,
    /// Committed to; the evidence follows within this period, if one is set (告知承诺).
    Later { due: Option<Limit> },
    /// Needed, but not from the applicant.
    Exempt(Exemption<'t>),
    /// Not needed at all any more.
    Removed(Removal<'t>),
    /// Not decidable yet: these facts are missing.
    Undecided { missing: Vec<ElementCode> },
}

/// Why a paper need not be handed in (免提交).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exemption<'t> {
    /// The licence of this name is on file (电子证照).
    LicenceOnFile { licence: &'t str },
    /// The authority asks another authority's data (数据核验).
    DataCheck,
}

/// Why a paper vanished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal<'t> {
    /// This item of the same plan makes it (内部流转).
    Product { item: usize },
    /// Its content is this field of the form.
    FormField { element: &'t str },
}

impl Standing<'_> {
    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Form { .. } => "form",
            Self::HandIn { .. } => "hand-in",
            Self::Optional => "optional",
            Self::Later { .. } => "later",
            Self::Exempt(_) => "exempt",
            Self::Removed(_) => "removed",
            Self::Undecided { .. } => "undecided",
        }
    }

    /// Whether it is a row of the merged set (`materials.after`).
    pub fn is_counted(&self) -> bool {
        !matches!(self, Self::Removed(_) | Self::Undecided { .. })
    }

    /// Whether the applicant must hand it in (`materials.to_submit`).
    pub fn is_to_hand_in(&self) -> bool {
        matches!(self, Self::HandIn { .. })
    }
}

impl<'t> PlannedMaterial<'t> {
    /// What that item's authority calls it.
    pub fn name_for(&self, theme: &'t Theme, item: usize) -> &'t str {
        let demands = self.paper.map_or(&theme.demands[..], |paper| theme.demands_on(paper));
        let is_own = |demand: &&PaperDemand| demand.item == item && (self.paper.is_some() || demand.is_form());
        demands.iter().find(is_own).map_or(self.name, |demand| &demand.name)
    }
}

impl PaperDemand {
    fn is_form(&self) -> bool {
        self.ways.iter().any(|way| matches!(way, Way::Form))
    }
}

/// What becomes of one demand.
enum Fate<'t> {
    /// Its item is not part of the plan, or its condition says no.
    NotAsked,
    Undecided(&'t Condition),
    Form,
    Removed(Removal<'t>),
    Exempt(Exemption<'t>),
    Later(Option<Limit>),
    HandIn,
}

/// Judges every demand of the running items and merges them by paper.
pub(super) fn gather<'t>(
    theme: &'t Theme,
    running: ItemSet,
    facts: &FactSlots<'_>,
    known: &Known,
) -> (Vec<PlannedMaterial<'t>>, MaterialFigures) {
    let mut figures = MaterialFigures::default();
    let mut materials = Vec::with_capacity(theme.papers.len() + 1);
    let (mut forms, mut form_of) = (0, ItemSet::EMPTY);
    for paper in &theme.papers {
        let mut merged = Merging::default();
        for demand in theme.demands_on(paper).iter().filter(|demand| running.contains(demand.item)) {
            let fate = judge(demand, paper, running, facts, known);
            figures.before += u32::from(!matches!(fate, Fate::NotAsked | Fate::Undecided(_)));
            if matches!(fate, Fate::Form) {
                forms += 1;
                form_of.insert(demand.item);
            }
            merged.hear(demand, fate);
        }
        materials.extend(merged.conclude(paper, facts));
    }
    if forms > 0 {
        materials.insert(
            0,
            PlannedMaterial {
                paper: None,
                name: &theme.form_name,
                holder: HolderRole::Applicant,
                standing: Standing::Form { merged: forms },
                asked_by: form_of,
                demands: Vec::new(),
                requirement: None,
            },
        );
    }
    for material in &materials {
        figures.after += u32::from(material.standing.is_counted());
        figures.to_submit += u32::from(material.standing.is_to_hand_in());
        figures.undecided += u32::from(matches!(material.standing, Standing::Undecided { .. }));
    }
    (materials, figures)
}

fn judge<'t>(
    demand: &'t PaperDemand,
    paper: &'t Paper,
    running: ItemSet,
    facts: &FactSlots<'_>,
    known: &Known,
) -> Fate<'t> {
    if let Some(when) = &demand.when {
        match when.holds(facts) {
            Some(true) => {}
            Some(false) => return Fate::NotAsked,
            None => return Fate::Undecided(when),
        }
    }
    // What an item of this plan makes is never asked, whatever else is said of it.
    if let Some(item) = demand.made_by.intersection(running).iter().next() {
        return Fate::Removed(Removal::Product { item });
    }
    for way in &demand.ways {
        match way {
            Way::Licence => {
                let on_file = |(licence, _): &&_| known.holds(licence, paper.key.holder);
                if let Some((_, name)) = paper.licence.as_ref().filter(on_file) {
                    return Fate::Exempt(Exemption::LicenceOnFile { licence: name });
                }
            }
            Way::Check => return Fate::Exempt(Exemption::DataCheck),
            Way::Product(item) if running.contains(*item) => return Fate::Removed(Removal::Product { item: *item }),
            Way::Product(_) => {}
            // Nobody is taken to have committed to anything before saying so.
            Way::Commitment(when) => {
                if when.as_ref().is_none_or(|when| when.holds(facts) == Some(true)) {
                    return Fate::Later(demand.evidence_due);
                }
            }
            Way::Form => return Fate::Form,
            Way::Element(element) => return Fate::Removed(Removal::FormField { element }),
        }
    }
    Fate::HandIn
}

/// What the demands on one paper come to. Whoever asks for most prevails: handing in over committing, committing over
/// being exempt, and only what nobody needs any more is gone.
#[derive(Default)]
struct Merging<'t> {
    demands: Vec<&'t PaperDemand>,
    hand_in: bool,
    later: Option<Option<Limit>>,
    exempt: Option<Exemption<'t>>,
    optional: bool,
    removed: Option<Removal<'t>>,
    removed_rows: Vec<&'t PaperDemand>,
    undecided: Option<&'t Condition>,
    /// Fewest working days of delay that everyone who insists on the paper tolerates.
    may_follow: Option<u32>,
    insists: bool,
}

impl<'t> Merging<'t> {
    fn hear(&mut self, demand: &'t PaperDemand, fate: Fate<'t>) {
        match fate {
            Fate::NotAsked | Fate::Form => return,
            Fate::Undecided(when) => {
                self.undecided = self.undecided.or(Some(when));
                return;
            }
            Fate::Removed(removal) => {
                self.removed = self.removed.or(Some(removal));
                self.removed_rows.push(demand);
                return;
            }
            Fate::Exempt(exemption) => self.exempt = self.exempt.or(Some(exemption)),
            Fate::Later(due) => self.later = Some(self.later.map_or(due, |known| sooner(known, due))),
            Fate::HandIn => match (demand.demand.need, demand.tolerance) {
                (catalog::model::Need::Optional, _) => self.optional = true,
                (catalog::model::Need::Deferrable, Some(days)) => {
                    self.hand_in = true;
                    self.may_follow = Some(self.may_follow.map_or(days, |known| known.min(days)));
                }
                _ => (self.hand_in, self.insists) = (true, true),
            },
        }
        self.demands.push(demand);
    }

    fn conclude(self, paper: &'t Paper, facts: &FactSlots<'_>) -> Option<PlannedMaterial<'t>> {
        let standing = if self.hand_in {
            Standing::HandIn { may_follow: self.may_follow.filter(|_| !self.insists) }
        } else if let Some(due) = self.later {
            Standing::Later { due }
        } else if let Some(exemption) = self.exempt {
            Standing::Exempt(exemption)
        } else if self.optional {
            Standing::Optional
        } else if let Some(removal) = self.removed {
            Standing::Removed(removal)
        } else {
            Standing::Undecided { missing: missing(self.undecided?, facts) }
        };
        let requirement = strictest(self.demands.iter().map(|demand| &demand.demand));
        let demands = if matches!(standing, Standing::Removed(_)) { self.removed_rows } else { self.demands };
        Some(PlannedMaterial {
            paper: Some(paper),
            name: &paper.name,
            holder: paper.key.holder,
            standing,
            asked_by: demands.iter().map(|demand| demand.item).collect(),
            demands,
            requirement,
        })
    }
}

/// The earlier of two periods; one that is set counts over none. Compared by working hours, which is exact within a unit.
fn sooner(one: Option<Limit>, other: Option<Limit>) -> Option<Limit> {
    one.into_iter().chain(other).min_by_key(|due| hours_of(due.value, due.unit))
}
