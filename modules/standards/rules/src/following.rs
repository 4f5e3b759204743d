//! The rows that a published catalogue implies: what can be applied for is a power or a service of an authority, with the
//! duties that the law ties to it, and what is charged is on the list of fees. So the lists and the items never differ.

use catalog::model::{Authority, Fee, Item, ItemKind, ItemStatus, ShortCitation};
use catalog::{Catalog, model::Citation};
use kernel::limit::Limit;

use crate::list::{Boundary, Duty, ListKind, Matter, Phase, RiskPoint, Row, Stage, Unit};

/// The words this module is lent for what follows from the law and not from an item: one sentence for each duty. Sentences
/// stand in the text files, not here.
pub trait Words {
    /// The sentence of this key; `{name}` is filled in.
    fn say(&self, key: &str, facts: &[(&str, &str)]) -> String;
    /// A limit in words.
    fn limit(&self, limit: &Limit) -> String;
}

/// Duties that come with every matter one applies for (行政许可法 30, 32, 34, 42, 44, 61), by phase.
const DUTIES: [(Phase, &str); 7] = [
    (Phase::Before, "publish"),
    (Phase::Before, "guide"),
    (Phase::During, "accept"),
    (Phase::During, "review"),
    (Phase::During, "decide"),
    (Phase::During, "deliver"),
    (Phase::After, "supervise"),
];

/// What an authority answers for where it does otherwise (行政许可法 72 to 77).
const LIABILITY: [&str; 5] = ["not-accepted", "not-told", "beyond-limit", "unlawful", "charged"];

/// All rows of a catalogue, by authority and item.
pub fn rows(catalog: &Catalog, words: &impl Words) -> Vec<Row> {
    let mut items: Vec<&Item> = catalog.items.values().filter(|item| item.status == ItemStatus::Active).collect();
    items.sort_by_key(|item| (item.level, item.authority.clone(), item.code.clone()));
    let mut rows = Vec::new();
    for item in items {
        let Some(authority) = catalog.authorities.get(&item.authority) else { continue };
        rows.push(power(item, authority, catalog, words));
        rows.push(duty(item, authority, words));
        rows.extend(item.fees.iter().map(|fee| charge(item, fee, authority, catalog)));
    }
    rows
}

fn base(list: ListKind, item: &Item, authority: &Authority) -> Row {
    Row {
        code: item.code.clone(),
        matter: Some(matter(item.kind)),
        level: Some(item.level),
        region: authority.region.to_string(),
        item: Some(item.id.to_string()),
        ..Row::new(list, &item.name, unit(authority))
    }
}

fn unit(authority: &Authority) -> Unit {
    Unit {
        name: authority.name.clone(),
        code: authority.credit_code.clone(),
        authority: Some(authority.id.to_string()),
    }
}

fn matter(kind: ItemKind) -> Matter {
    match kind {
        ItemKind::Licence => Matter::Licence,
        ItemKind::Payment => Matter::Payment,
        ItemKind::Confirmation => Matter::Confirmation,
        ItemKind::Reward => Matter::Reward,
        ItemKind::Ruling => Matter::Ruling,
        ItemKind::Filing | ItemKind::Other => Matter::Other,
        ItemKind::PublicService => Matter::Service,
    }
}

/// The power or the service itself, with its course and its risk points.
fn power(item: &Item, authority: &Authority, catalog: &Catalog, words: &impl Words) -> Row {
    let risks = item.risks.iter();
    Row {
        basis: item.basis.clone(),
        stages: stages(item, authority, words),
        risks: risks
            .map(|risk| RiskPoint { point: risk.point.clone(), level: risk.level, measure: risk.measure.clone() })
            .collect(),
        boundaries: boundaries(item, authority, catalog, words),
        ..base(matter(item.kind).list(), item, authority)
    }
}

/// 受理, the steps of the item, 送达: the course as the applicant lives through it.
fn stages(item: &Item, authority: &Authority, words: &impl Words) -> Vec<Stage> {
    let edge = |key: &str| Stage {
        name: words.say(&format!("following.stage.{key}"), &[]),
        by: words.say("following.by.window", &[]),
        within: String::new(),
    };
    let own = item.steps.iter().map(|step| Stage {
        name: step.name.clone(),
        by: authority.short.clone(),
        within: step.limit.as_ref().map(|limit| words.limit(limit)).unwrap_or_default(),
    });
    std::iter::once(edge("accept")).chain(own).chain([edge("deliver")]).collect()
}

/// Who else has a part in it: those who review for a higher authority, and whose result it waits for.
fn boundaries(item: &Item, authority: &Authority, catalog: &Catalog, words: &impl Words) -> Vec<Boundary> {
    let named = |id: &catalog::ids::AuthorityId| catalog.authorities.get(id).map(|one| one.name.clone());
    let mut boundaries = Vec::new();
    if let Some(preliminary) = &item.preliminary {
        boundaries.push(Boundary {
            matter: words.say("following.boundary.preliminary", &[]),
            lead: authority.name.clone(),
            assist: preliminary.authorities.iter().filter_map(named).collect(),
        });
    }
    for licence in &item.consumes {
        let mut makers: Vec<String> = catalog
            .items
            .values()
            .filter(|other| other.provides.as_ref() == Some(licence) && other.authority != item.authority)
            .filter_map(|other| named(&other.authority))
            .collect();
        makers.sort_unstable();
        makers.dedup();
        if let Some(name) = catalog.licences.get(licence).map(|one| one.name.as_str())
            && !makers.is_empty()
        {
            let matter = words.say("following.boundary.consumes", &[("licence", name)]);
            boundaries.push(Boundary { matter, lead: authority.name.clone(), assist: makers });
        }
    }
    boundaries
}

/// The duties that come with it.
fn duty(item: &Item, authority: &Authority, words: &impl Words) -> Row {
    let promise = words.limit(&item.promise);
    let facts = [("promise", promise.as_str()), ("name", item.name.as_str())];
    let duties = DUTIES
        .iter()
        .map(|(phase, key)| Duty { phase: *phase, text: words.say(&format!("following.duty.{key}"), &facts) });
    Row {
        basis: item.basis.clone(),
        duties: duties.collect(),
        liability: LIABILITY.iter().map(|key| words.say(&format!("following.liability.{key}"), &facts)).collect(),
        ..base(ListKind::Duty, item, authority)
    }
}

fn charge(item: &Item, fee: &Fee, authority: &Authority, catalog: &Catalog) -> Row {
    let payee = fee.payee.as_ref().and_then(|id| catalog.authorities.get(id)).unwrap_or(authority);
    let cited = |basis: &ShortCitation| Citation {
        law: basis.law.clone(),
        article: basis.article.clone(),
        text: String::new(),
    };
    Row {
        name: fee.name.clone(),
        main_item: item.name.clone(),
        unit: unit(payee),
        basis: fee.basis.iter().map(cited).collect(),
        charge: fee.standard.clone().unwrap_or_default(),
        ..base(ListKind::Fee, item, authority)
    }
}
