//! The lists of all items of a theme, cut up and put side by side by what they are about: papers by merge key, fields
//! by element. What a plan then has to do per paper and per field is a walk over neighbours.

use std::collections::HashMap;
use std::sync::Arc;

use catalog::ids::{ItemId, LicenceTypeId};
use catalog::model::How;
use catalog::model::{Item, ItemMaterial, Waiver};

use super::Compiler;
use super::sections::section_place;
use crate::item_set::ItemSet;
use crate::merge::{Demand, MergeKey};
use crate::question::Question;
use crate::theme::{Derived, Field, FieldAsk, Paper, PaperDemand, ThemeItem, Way};

/// What gathering yields.
pub(super) struct Gathered {
    pub papers: Vec<Paper>,
    pub demands: Vec<PaperDemand>,
    pub fields: Vec<Field>,
    pub asks: Vec<FieldAsk>,
    pub after: Vec<ItemSet>,
}

impl<'c> Compiler<'c> {
    pub(super) fn gather(&mut self, members: &[ThemeItem], questions: &[Question]) -> Gathered {
        let catalog = self.catalog;
        // Members are items of the catalogue, so the look-up leaves none out.
        let items: Vec<&'c Item> = members.iter().filter_map(|member| catalog.items.get(&member.id)).collect();
        let (papers, demands) = self.gather_papers(&items);
        let (fields, asks) = self.gather_fields(&items, questions);
        let after = (0..items.len()).map(|number| waits_for(number, &items, &demands)).collect();
        Gathered { papers, demands, fields, asks, after }
    }

    fn gather_papers(&mut self, items: &[&'c Item]) -> (Vec<Paper>, Vec<PaperDemand>) {
        let mut places: HashMap<MergeKey, usize> = HashMap::new();
        let mut stacks: Vec<(MergeKey, Vec<PaperDemand>)> = Vec::new();
        for (number, item) in items.iter().enumerate() {
            for (row, asked) in item.materials.iter().enumerate() {
                let key = MergeKey {
                    material: asked.material.clone(),
                    holder: asked.holder,
                    scope: asked.scope.as_deref().map(Arc::from),
                };
                let demand = self.demand(number, row, asked, items);
                let place = *places.entry(key.clone()).or_insert(stacks.len());
                match stacks.get_mut(place) {
                    Some((_, stack)) => stack.push(demand),
                    None => stacks.push((key, vec![demand])),
                }
            }
        }
        let mut demands = Vec::new();
        let mut papers = Vec::with_capacity(stacks.len());
        for (key, stack) in stacks {
            let start = demands.len();
            demands.extend(stack);
            papers.push(self.paper(key, start..demands.len(), &demands[start]));
        }
        (papers, demands)
    }

    fn paper(&self, key: MergeKey, demands: std::ops::Range<usize>, first: &PaperDemand) -> Paper {
        let material = self.catalog.materials.get(&key.material);
        let licence = material.and_then(|material| material.licence.as_ref()).map(|id| {
            let name = self.catalog.licences.get(id).map_or(id.as_str(), |licence| &licence.name);
            (id.clone(), Arc::from(name))
        });
        Paper {
            name: material.map_or_else(|| first.name.clone(), |material| material.name.as_str().into()),
            licence,
            help: material.and_then(|material| material.help.as_deref()).map(Arc::from),
            sample: material.and_then(|material| material.sample.as_deref()).map(Arc::from),
            key,
            demands,
        }
    }

    fn demand(&mut self, number: usize, row: usize, asked: &'c ItemMaterial, items: &[&'c Item]) -> PaperDemand {
        let item = items[number];
        let material = self.catalog.materials.get(&asked.material);
        let commitment = item.commitment.as_ref().filter(|commitment| commitment.allowed);
        let evidence_due = asked.evidence_due.or_else(|| commitment.and_then(|commitment| commitment.evidence_due));
        let name = asked.name.as_deref().or(material.map(|material| material.name.as_str()));
        PaperDemand {
            item: number,
            row: asked.id.clone(),
            name: name.unwrap_or(&asked.material).into(),
            demand: Demand {
                by: (number, row),
                need: asked.need,
                copy: asked.copy,
                medium: asked.media,
                copies: asked.copies,
                standard: asked.standard.as_deref().map(Arc::from),
            },
            when: asked.when.as_deref().and_then(|when| self.shared(when)),
            ways: asked.waive.iter().filter_map(|waiver| self.way(waiver, item, items)).collect(),
            made_by: material
                .and_then(|material| material.licence.as_ref())
                .map_or(ItemSet::EMPTY, |licence| made_by(licence, number, asked, items)),
            evidence_due,
            tolerance: item.tolerance.as_ref().filter(|tolerance| tolerance.allowed).map(|tolerance| tolerance.days),
        }
    }

    /// A way not to hand the paper in; none when it leads out of the theme or the commitment is not allowed.
    fn way(&mut self, waiver: &'c Waiver, item: &'c Item, items: &[&'c Item]) -> Option<Way> {
        Some(match waiver {
            Waiver::Licence => Way::Licence,
            Waiver::Check { .. } => Way::Check,
            Waiver::Product { item } => Way::Product(number_of(item, items)?),
            Waiver::Commitment { when } => {
                let rule = item.commitment.as_ref().filter(|commitment| commitment.allowed)?;
                match when.as_deref().or(rule.choice.as_deref()) {
                    Some(when) => Way::Commitment(Some(self.shared(when)?)),
                    None => Way::Commitment(None),
                }
            }
            Waiver::Form => Way::Form,
            Waiver::Element { element } => Way::Element(element.as_str().into()),
        })
    }

    fn gather_fields(&mut self, items: &[&'c Item], questions: &[Question]) -> (Vec<Field>, Vec<FieldAsk>) {
        let mut stacks: Vec<(&'c str, Vec<FieldAsk>)> = Vec::new();
        for (number, item) in items.iter().enumerate() {
            for field in &item.fields {
                let ask = FieldAsk {
                    item: number,
                    required: field.required,
                    when: field.when.as_deref().and_then(|when| self.shared(when)),
                    label: field.label.as_deref().map(Arc::from),
                };
                match stacks.iter_mut().find(|(element, _)| *element == field.element.as_str()) {
                    Some((_, stack)) => stack.push(ask),
                    None => stacks.push((&field.element, vec![ask])),
                }
            }
        }
        let place = |code: &str| self.catalog.elements.get(code).map_or(0, |element| section_place(&element.group));
        // A stable sort keeps the order in which each authority asks within a section.
        stacks.sort_by_key(|(code, _)| (place(code), self.catalog.elements.get(*code).map(|element| &element.group)));
        let (mut fields, mut asks) = (Vec::with_capacity(stacks.len()), Vec::new());
        for (code, stack) in stacks {
            let start = asks.len();
            asks.extend(stack);
            fields.extend(self.field(code, start..asks.len(), questions));
        }
        (fields, asks)
    }

    fn field(&self, code: &str, asks: std::ops::Range<usize>, questions: &[Question]) -> Option<Field> {
        let element = self.catalog.elements.get(code)?.clone();
        let from = match element.derived.as_ref().map(|derived| derived.how) {
            None => Derived::No,
            Some(How::Registration) => Derived::Registration,
            Some(How::BirthDate | How::Sex | How::Postcode | How::Region) => Derived::From,
        };
        let bound = questions.iter().enumerate().filter(|(_, question)| question.element == element.code);
        Some(Field {
            slot: self.dictionary.slot(code)?,
            group: element.group.as_str().into(),
            from,
            questions: bound.map(|(number, _)| number).collect(),
            asks,
            element,
        })
    }
}

/// The number of an item in the theme.
fn number_of(id: &ItemId, items: &[&Item]) -> Option<usize> {
    items.iter().position(|item| item.id == *id)
}

/// Items of the theme whose result this paper is. An item that needs the licence before it decides, and asks for the
/// paper that proves it, gets it from the item that makes it. Where the item says itself which of its rows that is, a
/// second row of the same material (the mother's register beside the child's) is left alone.
fn made_by(licence: &LicenceTypeId, number: usize, asked: &ItemMaterial, items: &[&Item]) -> ItemSet {
    let item = items[number];
    let says_which = item.materials.iter().any(|row| {
        row.material == asked.material && row.waive.iter().any(|waiver| matches!(waiver, Waiver::Product { .. }))
    });
    if says_which || !item.consumes.contains(licence) {
        return ItemSet::EMPTY;
    }
    let makers = items.iter().enumerate().filter(|(_, maker)| maker.provides.as_ref() == Some(licence));
    makers.map(|(maker, _)| maker).filter(|maker| *maker != number).collect()
}

/// What an item waits for: the makers of the licences it consumes, and of the papers it gets from other items.
fn waits_for(number: usize, items: &[&Item], demands: &[PaperDemand]) -> ItemSet {
    let mut after = ItemSet::EMPTY;
    for (maker, other) in items.iter().enumerate() {
        if other.provides.as_ref().is_some_and(|licence| items[number].consumes.contains(licence)) {
            after.insert(maker);
        }
    }
    for demand in demands.iter().filter(|demand| demand.item == number) {
        after = after.union(demand.made_by);
        for way in &demand.ways {
            if let Way::Product(maker) = way {
                after.insert(*maker);
            }
        }
    }
    after.remove(number);
    after
}
