//! A theme (一件事主题) compiled: everything a plan needs, with every name resolved to a number, so that planning is
//! only walking over lists. Made by [`compile`](crate::compile()) and never changed afterwards.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalog::condition::{Condition, ElementDictionary, Slot};
use catalog::ids::{AuthorityId, ElementCode, ItemId, LicenceTypeId, RowId};
use catalog::model::{Audience, Element, ItemPin};
use catalog::words;
use kernel::limit::Limit;
use serde::{Deserialize, Serialize};

use crate::derive::Derivation;
use crate::item_set::ItemSet;
use crate::merge::{Demand, MergeKey};
use crate::question::Question;

/// What the matter cost before it became one (改革前), as the lead authority states it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    pub items: u32,
    pub materials: u32,
    pub fields: u32,
    pub trips: u32,
    /// Working days.
    pub days: u32,
    /// How often something was handed in.
    pub submissions: u32,
}

words! {
    /// How the results may be handed over (一口发证).
    Handover {
        Window = "window" "窗口领取",
        Mail = "mail" "邮政快递",
        Electronic = "electronic" "电子证照",
    }
}

/// A theme: one matter of the applicant, several items of several authorities.
#[derive(Debug, Clone)]
pub struct Theme {
    pub id: String,
    /// In people's words: 开一家理发店.
    pub name: String,
    /// In official words: 理发店开办“一件事”.
    pub official: String,
    pub summary: String,
    pub audience: Vec<Audience>,
    /// How people ask for it.
    pub say: Vec<String>,
    pub hue: Option<String>,
    /// 牵头部门.
    pub lead: AuthorityId,
    pub lead_name: Arc<str>,
    pub baseline: Baseline,
    /// Visits after the reform.
    pub trips: u32,
    pub handover: Vec<Handover>,
    pub questions: Vec<Question>,
    pub items: Vec<ThemeItem>,
    pub exits: Vec<Exit>,
    pub notes: Vec<Note>,
    /// Distinct papers over all items, in the order of first mention.
    pub papers: Vec<Paper>,
    /// Distinct fields over all items, in the order of the form.
    pub fields: Vec<Field>,
    /// Title of the one form.
    pub form_name: String,
    /// Demands of all items, those on one paper side by side.
    pub(crate) demands: Vec<PaperDemand>,
    /// Asks of all items, those for one field side by side.
    pub(crate) asks: Vec<FieldAsk>,
    /// Item numbers, each after all it waits for.
    pub(crate) order: Vec<usize>,
    /// By item number: what it waits for when that runs too.
    pub(crate) after: Vec<ItemSet>,
    /// By item number: working hours of its promise.
    pub(crate) hours: Vec<u32>,
    pub(crate) derivations: Vec<Derivation>,
    /// Names of the elements conditions read, to say which answer is missing.
    pub(crate) names: BTreeMap<ElementCode, Arc<str>>,
    pub(crate) dictionary: Arc<ElementDictionary>,
}

/// An item as a member of the theme.
#[derive(Debug, Clone)]
pub struct ThemeItem {
    /// Its place among the items of the theme file.
    pub(crate) entry: usize,
    pub id: ItemId,
    pub pin: ItemPin,
    pub name: Arc<str>,
    /// What people call it, or its name.
    pub plain: Arc<str>,
    pub authority: AuthorityId,
    /// Short name of the authority.
    pub authority_name: Arc<str>,
    /// Part of the plan only when this holds; always when there is none.
    pub when: Option<Condition>,
    /// Why it is part of the plan.
    pub because: Option<String>,
    /// Why it is not.
    pub otherwise: Option<String>,
    pub promise: Limit,
    pub statutory: Limit,
    /// Licences it needs to have in force before it is decided.
    pub consumes: Vec<LicenceTypeId>,
    /// The licence it makes.
    pub provides: Option<LicenceTypeId>,
    /// Name of what the applicant gets, if anything.
    pub result: Option<String>,
    /// 到办事现场次数 of the item alone.
    pub visits: u32,
}

/// Where the theme does not lead (不适用情形), and where to go instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Exit {
    pub when: Condition,
    pub reason: String,
    pub go: String,
}

/// A hint shown when it applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub when: Option<Condition>,
    pub text: String,
}

/// One paper, however many items demand it and whatever each calls it.
#[derive(Debug, Clone)]
pub struct Paper {
    pub key: MergeKey,
    /// Canonical name.
    pub name: Arc<str>,
    /// The licence type that proves it, and its name.
    pub licence: Option<(LicenceTypeId, Arc<str>)>,
    pub help: Option<Arc<str>>,
    pub sample: Option<Arc<str>>,
    /// Its demands, as a range of `Theme::demands`.
    pub(crate) demands: std::ops::Range<usize>,
}

/// One row of one item's list of materials.
#[derive(Debug, Clone)]
pub struct PaperDemand {
    /// Number of the item.
    pub item: usize,
    /// Id of the row in the item's own list.
    pub row: RowId,
    /// What this authority calls the paper.
    pub name: Arc<str>,
    pub(crate) demand: Demand,
    pub(crate) when: Option<Condition>,
    pub(crate) ways: Vec<Way>,
    /// Items of the theme whose result it is (trap: intermediate results are never asked).
    pub(crate) made_by: ItemSet,
    /// When committed evidence must follow.
    pub(crate) evidence_due: Option<Limit>,
    /// Working days a deferrable paper may come late, where the item tolerates it.
    pub(crate) tolerance: Option<u32>,
}

/// A way not to hand a paper in, with names resolved.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    Licence,
    Check,
    Product(usize),
    Commitment(Option<Condition>),
    Form,
    Element(Arc<str>),
}

/// One field of the one form.
#[derive(Debug, Clone)]
pub struct Field {
    pub element: Element,
    pub(crate) slot: Slot,
    /// Section of the form it stands in, and its title.
    pub group: Arc<str>,
    pub(crate) from: Derived,
    /// Numbers of the questions whose answer is its value.
    pub(crate) questions: Vec<usize>,
    /// Its asks, as a range of `Theme::asks`.
    pub(crate) asks: std::ops::Range<usize>,
}

/// Whether a field follows from something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Derived {
    No,
    /// From another element.
    From,
    /// From the decision of an item that goes before (赋码后自动带入).
    Registration,
}

/// One item's wish for a field.
#[derive(Debug, Clone)]
pub(crate) struct FieldAsk {
    pub item: usize,
    pub required: bool,
    pub when: Option<Condition>,
    pub label: Option<Arc<str>>,
}

impl Theme {
    /// The question of that id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The item of that id.
    pub fn item(&self, id: &str) -> Option<&ThemeItem> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// Every condition a plan of this theme judges.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let own = self.questions.iter().filter_map(|question| question.when.as_ref());
        let own = own.chain(self.items.iter().filter_map(|item| item.when.as_ref()));
        let own = own.chain(self.exits.iter().map(|exit| &exit.when));
        let own = own.chain(self.notes.iter().filter_map(|note| note.when.as_ref()));
        own.chain(self.item_conditions().map(|(_, condition)| condition))
    }

    /// Conditions that come from the items' own lists, with the number of the item.
    pub(crate) fn item_conditions(&self) -> impl Iterator<Item = (usize, &Condition)> {
        let demands = self.demands.iter().flat_map(|demand| {
            let ways = demand.ways.iter().filter_map(|way| match way {
                Way::Commitment(when) => when.as_ref(),
                _ => None,
            });
            demand.when.iter().chain(ways).map(|condition| (demand.item, condition))
        });
        let asks = self.asks.iter().filter_map(|ask| ask.when.as_ref().map(|when| (ask.item, when)));
        demands.chain(asks)
    }

    /// The rows of the items' own lists that became this paper, so that each authority gets its list back.
    pub fn demands_on(&self, paper: &Paper) -> &[PaperDemand] {
        &self.demands[paper.demands.clone()]
    }

    pub(crate) fn asks_for(&self, field: &Field) -> &[FieldAsk] {
        &self.asks[field.asks.clone()]
    }
}
