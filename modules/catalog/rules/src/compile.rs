//! From files to a catalogue that works: read everything, check everything, report everything at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::calendar::WorkCalendar;

use crate::checks::Conditions;
use crate::condition::{Condition, ElementDictionary, Problem, on_parser_stack};
use crate::corpora::Corpora;
use crate::diagnostic::{Diagnostic, SourceFile, has_errors};
use crate::examination::Examination;
use crate::ids::ItemId;
use crate::model::{Catalog, Fee, Item, ItemMaterial, Waiver};

/// A catalogue with its conditions compiled.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub catalog: Catalog,
    pub dictionary: Arc<ElementDictionary>,
    pub rules: BTreeMap<ItemId, ItemRules>,
    /// The working calendar of the folder, when it could be read.
    pub calendar: Option<WorkCalendar>,
}

/// The compiled conditions of an item, each list parallel to the list of the same name in [`Item`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemRules {
    pub conditions: Vec<Option<Condition>>,
    pub materials: Vec<MaterialRules>,
    pub fields: Vec<Option<Condition>>,
    pub fees: Vec<FeeRules>,
}

/// The compiled conditions of one fee.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeeRules {
    pub when: Option<Condition>,
    /// Parallel to the fee's exemptions; none where the condition could not be read.
    pub exemptions: Vec<Option<Condition>>,
}

/// The compiled conditions of one material row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MaterialRules {
    pub when: Option<Condition>,
    /// Parallel to the row's waivers; only commitments have conditions.
    pub waive: Vec<Option<Condition>>,
}

/// What came out of looking at a folder, faults or not.
#[derive(Debug)]
pub struct Examined {
    /// Usable for further checks even with errors: what was faulty is missing or replaced by a stand-in.
    pub compiled: Compiled,
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles a folder. There is a catalogue only when there is no error; warnings do not keep it from being used.
pub fn compile(files: &[SourceFile]) -> (Option<Compiled>, Vec<Diagnostic>) {
    let Examined { compiled, diagnostics } = examine(files);
    ((!has_errors(&diagnostics)).then_some(compiled), diagnostics)
}

/// Looks at a folder and keeps whatever could be read, for callers that check more (themes) and want all faults of
/// all crates at once.
pub fn examine(files: &[SourceFile]) -> Examined {
    examine_with(files, Arc::default())
}

/// As [`examine`], with law that the operator provides beside the folder's own.
pub fn examine_with(files: &[SourceFile], provided: Arc<Corpora>) -> Examined {
    Examination::new(files.to_vec(), provided).into_examined()
}

/// A stored catalogue has a condition that this version of the program does not understand.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{item}: {source_text}: {problem}")]
pub struct Unreadable {
    pub item: ItemId,
    pub source_text: String,
    pub problem: Problem,
}

impl Compiled {
    /// Compiles the conditions of a catalogue that was checked before and comes back from storage.
    pub fn from_catalog(catalog: Catalog, calendar: Option<WorkCalendar>) -> Result<Self, Vec<Unreadable>> {
        let dictionary = Arc::new(ElementDictionary::new(catalog.elements.values()));
        let (rules, faults) = on_parser_stack(|| {
            let mut conditions = Conditions::new(dictionary.clone(), true);
            let mut faults = Vec::new();
            let mut rules = BTreeMap::new();
            for (id, item) in &catalog.items {
                let compiled = ItemRules::of(item, |source, _| match conditions.compile(source) {
                    Ok(condition) => Some(condition.clone()),
                    Err(problems) => {
                        let problem = problems[0].clone();
                        faults.push(Unreadable { item: id.clone(), source_text: source.to_owned(), problem });
                        None
                    }
                });
                rules.insert(id.clone(), compiled);
            }
            (rules, faults)
        });
        if faults.is_empty() { Ok(Self { catalog, dictionary, rules, calendar }) } else { Err(faults) }
    }

    /// An item with its rules.
    pub fn item(&self, id: &str) -> Option<(&Item, &ItemRules)> {
        Some((self.catalog.items.get(id)?, self.rules.get(id)?))
    }
}

/// Where in an item a condition stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Spot {
    Condition(usize),
    Material(usize),
    Waiver(usize, usize),
    Field(usize),
    Fee(usize),
    Exemption(usize, usize),
}

impl ItemRules {
    /// Every condition there is.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Condition> {
        let materials = self.materials.iter().flat_map(|row| row.when.iter().chain(row.waive.iter().flatten()));
        let fees = self.fees.iter().flat_map(|row| row.when.iter().chain(row.exemptions.iter().flatten()));
        self.conditions.iter().flatten().chain(materials).chain(self.fields.iter().flatten()).chain(fees)
    }

    /// Walks all conditions of an item in order; `compile` turns each into its compiled form.
    pub(crate) fn of(item: &Item, mut compile: impl FnMut(&str, Spot) -> Option<Condition>) -> Self {
        let mut at = |source: &Option<String>, spot| source.as_deref().and_then(|source| compile(source, spot));
        let conditions = item.conditions.iter().enumerate();
        let conditions = conditions.map(|(index, row)| at(&row.when, Spot::Condition(index))).collect();
        let materials = item.materials.iter().enumerate().map(|(index, row)| material_rules(index, row, &mut at));
        let materials = materials.collect();
        let fields = item.fields.iter().enumerate().map(|(index, row)| at(&row.when, Spot::Field(index))).collect();
        let fees = item.fees.iter().enumerate().map(|(index, row)| fee_rules(index, row, &mut at)).collect();
        Self { conditions, materials, fields, fees }
    }
}

fn fee_rules(index: usize, row: &Fee, at: &mut impl FnMut(&Option<String>, Spot) -> Option<Condition>) -> FeeRules {
    let when = at(&row.when, Spot::Fee(index));
    let exemptions = row.exemptions.iter().enumerate();
    let exemptions =
        exemptions.map(|(one, exemption)| at(&Some(exemption.when.clone()), Spot::Exemption(index, one))).collect();
    FeeRules { when, exemptions }
}

fn material_rules(
    index: usize,
    row: &ItemMaterial,
    at: &mut impl FnMut(&Option<String>, Spot) -> Option<Condition>,
) -> MaterialRules {
    let when = at(&row.when, Spot::Material(index));
    let waive = row.waive.iter().enumerate().map(|(waiver, by)| match by {
        Waiver::Commitment { when } => at(when, Spot::Waiver(index, waiver)),
        _ => None,
    });
    MaterialRules { when, waive: waive.collect() }
}
