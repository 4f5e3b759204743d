//! What one implementer asks beyond the standard, and what that costs an applicant (差异及其影响).

use std::collections::{BTreeMap, BTreeSet};

use kernel::limit::Limit;

use super::naming::plain;
use super::offer::{Charge, Guide, HOURS_A_DAY, Offer, working_hours};
use super::standard::{Standard, Vocabulary, roughly_days};
use crate::proposal::effect::Effect;

kernel::coded! {
    /// In what they differ.
    Aspect in "aspect" {
        /// 事项名称
        Name = "name",
        /// 法定时限: one law, one limit; one of them is wrong.
        Statutory = "statutory",
        /// 承诺时限
        Days = "days",
        /// 时限单位: not in working days, where others are.
        Unit = "unit",
        /// 申请材料
        Papers = "papers",
        /// 列明的材料: not brought, and not even listed elsewhere.
        Listed = "listed",
        /// 表单项
        Fields = "fields",
        /// 到场次数
        Trips = "trips",
        /// 办理形式
        Channel = "channel",
        /// 受理条件
        Conditions = "conditions",
        /// 收费
        Fees = "fees",
        /// 减免: others let off who pays here.
        Exemptions = "exemptions",
        /// 结果有效期: shorter than elsewhere.
        Valid = "valid",
        /// 行使层级: farther from the applicant than elsewhere.
        Level = "level",
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub aspect: Aspect,
    /// What one applicant has to do more.
    pub more: Effect,
    /// What its sentence fills in: `own` and `standard`, where they are figures or names.
    pub facts: BTreeMap<&'static str, String>,
    /// The promise and the shortest one, where it is those that differ.
    pub limits: Option<(Limit, Limit)>,
    /// What is asked beyond, one by one: papers, fields, conditions, fees.
    pub parts: Vec<String>,
}

impl Difference {
    fn new(aspect: Aspect) -> Self {
        Self { aspect, more: Effect::default(), facts: BTreeMap::new(), limits: None, parts: Vec::new() }
    }

    fn between(mut self, own: impl ToString, standard: impl ToString) -> Self {
        self.facts.extend([("own", own.to_string()), ("standard", standard.to_string())]);
        self
    }

    fn costs(mut self, more: Effect) -> Self {
        self.more = more;
        self
    }

    fn naming(mut self, parts: Vec<String>) -> Self {
        self.parts = parts;
        self
    }
}

/// Everything in which an offer differs from the standard.
pub(super) fn of(offer: &Offer, standard: &Standard, words: &Vocabulary) -> Vec<Difference> {
    let mut all = Vec::new();
    if plain(&offer.name) != plain(&standard.name) {
        all.push(Difference::new(Aspect::Name).between(&offer.name, &standard.name));
    }
    if let (Some(own), Some(nearest)) = (offer.level, standard.level)
        && own < nearest
    {
        all.push(Difference::new(Aspect::Level).between(own.label(), nearest.label()));
    }
    if let Some(guide) = &offer.guide {
        all.extend(times(guide, standard));
        all.extend(asked((&offer.name, guide), standard, words));
        all.extend(ways(guide, standard));
    }
    all.sort_by_key(|difference| difference.aspect);
    all
}

fn times(guide: &Guide, standard: &Standard) -> Vec<Difference> {
    let mut all = Vec::new();
    if standard.guides > 1 && standard.statutory.is_none() {
        all.push(Difference::new(Aspect::Statutory));
    }
    let Some((shortest, least)) = standard.promise.and_then(|limit| Some((limit, working_hours(limit)?))) else {
        return all;
    };
    let limits = Some((guide.promise, shortest));
    match working_hours(guide.promise) {
        Some(own) if own > least => {
            let more = Effect { days: (own - least) / HOURS_A_DAY, ..Effect::default() };
            all.push(Difference { limits, ..Difference::new(Aspect::Days).costs(more) });
        }
        Some(_) => {}
        None => all.push(Difference { limits, ..Difference::new(Aspect::Unit) }),
    }
    all
}

fn asked((name, guide): (&str, &Guide), standard: &Standard, words: &Vocabulary) -> Vec<Difference> {
    let count = |parts: &[String]| u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let kept: BTreeSet<_> = standard.papers.iter().cloned().collect();
    let brought = words.brought(guide);
    let more: Vec<String> = brought.difference(&kept).map(|paper| paper.name.clone()).collect();
    let listed = words.listed(guide).into_iter().filter(|paper| !brought.contains(paper));
    let listed = listed.filter(|paper| !standard.listed.contains(paper)).map(|paper| paper.name);
    let fields = guide.fields.iter().filter(|(element, _)| !standard.fields.contains_key(*element));
    let fields: Vec<String> = fields.map(|(_, label)| label.clone()).collect();
    let terms = words.conditions(name, guide).into_iter().filter(|(plain, _)| !standard.conditions.contains(plain));
    let terms: Vec<String> = terms.map(|(_, text)| text).collect();
    let costs = [
        (Aspect::Papers, Effect { papers: count(&more), ..Effect::default() }, more),
        (Aspect::Listed, Effect::default(), listed.collect()),
        (Aspect::Fields, Effect { fields: count(&fields), ..Effect::default() }, fields),
        (Aspect::Conditions, Effect::default(), terms),
    ];
    let some = costs.into_iter().filter(|(_, _, parts)| !parts.is_empty());
    some.map(|(aspect, more, parts)| Difference::new(aspect).costs(more).naming(parts)).collect()
}

fn ways(guide: &Guide, standard: &Standard) -> Vec<Difference> {
    let mut all = Vec::new();
    if let Some(least) = standard.trips.filter(|least| guide.trips > *least) {
        let more = Effect { trips: guide.trips - least, ..Effect::default() };
        let reason = Some(guide.trip_reason.clone()).filter(|reason| !reason.is_empty());
        let trips = Difference::new(Aspect::Trips).between(guide.trips, least).costs(more);
        all.push(trips.naming(reason.into_iter().collect()));
    }
    if standard.online && !guide.online {
        all.push(Difference::new(Aspect::Channel));
    }
    all.extend(charges(guide, standard));
    if let (Some(own), Some(longest)) = (guide.valid, standard.valid)
        && roughly_days(own) < roughly_days(longest)
    {
        all.push(Difference::new(Aspect::Valid));
    }
    all
}

/// Fees the standard does not have, and those who pay here though they do not elsewhere.
fn charges(guide: &Guide, standard: &Standard) -> Vec<Difference> {
    let same = |fee: &Charge, other: &Charge| fee.name == other.name && fee.standard == other.standard;
    let fees = guide.fees.iter().filter(|fee| !standard.fees.iter().any(|other| same(fee, other)));
    let fees: Vec<String> = fees.map(|fee| format!("{} {}", fee.name, fee.standard).trim().to_owned()).collect();
    let owed = guide.fees.iter().filter_map(|fee| Some((fee, standard.exemptions.get(&fee.name)?)));
    let unkind = owed.flat_map(|(fee, all)| all.iter().filter(|text| !fee.exemptions.contains(text)).cloned());
    let some = [(Aspect::Fees, fees), (Aspect::Exemptions, unkind.collect())];
    let some = some.into_iter().filter(|(_, parts)| !parts.is_empty());
    some.map(|(aspect, parts)| Difference::new(aspect).naming(parts)).collect()
}

/// What several differences cost together.
pub fn sum(all: &[Difference]) -> Effect {
    all.iter().fold(Effect::default(), |sum, one| sum.plus(one.more))
}

/// How heavy it is: a trip weighs more than a paper, a paper more than a field or a day.
pub fn weight(effect: &Effect) -> (u32, u32, u32, u32) {
    (effect.trips, effect.papers, effect.fields, effect.days)
}
