//! The element dictionary as conditions see it: for each element a slot, what kind of value it has, and its options.

use std::collections::BTreeMap;

use kernel::value::{Facts, Value};

use crate::ids::ElementCode;
use crate::model::{Element, ElementKind};

/// Position of an element in the dictionary. Stable for one dictionary, not across versions of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u32);

/// What a condition needs to know of the elements.
#[derive(Debug, Clone, Default)]
pub struct ElementDictionary {
    slots: BTreeMap<ElementCode, Slot>,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub code: ElementCode,
    pub kind: ElementKind,
    /// Values of a choice; empty for other kinds.
    pub options: Vec<Box<str>>,
}

impl ElementDictionary {
    /// Builds the dictionary. When a code is there twice, the first counts.
    pub fn new<'a>(elements: impl IntoIterator<Item = &'a Element>) -> Self {
        let mut dictionary = Self::default();
        for element in elements {
            if dictionary.slots.contains_key(&element.code) {
                continue;
            }
            dictionary.slots.insert(element.code.clone(), Slot(dictionary.entries.len() as u32));
            dictionary.entries.push(Entry {
                code: element.code.clone(),
                kind: element.kind,
                options: element.options.iter().map(|choice| choice.value.as_str().into()).collect(),
            });
        }
        dictionary
    }

    /// The slot of an element.
    pub fn slot(&self, code: &str) -> Option<Slot> {
        self.slots.get(code).copied()
    }

    /// The code at a slot.
    pub fn code(&self, slot: Slot) -> &ElementCode {
        &self.entries[slot.0 as usize].code
    }

    /// What kind of value the element has.
    pub fn kind(&self, code: &str) -> Option<ElementKind> {
        self.slot(code).map(|slot| self.entry(slot).kind)
    }

    /// All codes, in alphabetical order.
    pub fn codes(&self) -> impl Iterator<Item = &ElementCode> {
        self.slots.keys()
    }

    /// How many elements there are, which is also the number of slots.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Lays facts out by slot. Facts about elements the dictionary lacks are left aside.
    pub fn lay_out<'a>(&self, facts: &'a Facts) -> FactSlots<'a> {
        let mut slots = self.empty_slots();
        for (code, value) in facts {
            if let Some(slot) = self.slot(code.as_ref()) {
                slots.set(slot, value);
            }
        }
        slots
    }

    /// Slots with nothing known.
    pub fn empty_slots<'a>(&self) -> FactSlots<'a> {
        FactSlots(vec![None; self.entries.len()])
    }

    pub(super) fn entry(&self, slot: Slot) -> &Entry {
        &self.entries[slot.0 as usize]
    }
}

/// Facts by slot, borrowed from wherever they live.
#[derive(Debug, Clone)]
pub struct FactSlots<'a>(Vec<Option<&'a Value>>);

impl<'a> FactSlots<'a> {
    /// Makes a fact known.
    pub fn set(&mut self, slot: Slot, value: &'a Value) {
        if let Some(place) = self.0.get_mut(slot.0 as usize) {
            *place = Some(value);
        }
    }

    /// Makes a fact unknown again.
    pub fn clear(&mut self, slot: Slot) {
        if let Some(place) = self.0.get_mut(slot.0 as usize) {
            *place = None;
        }
    }

    /// The fact, if known.
    pub fn get(&self, slot: Slot) -> Option<&'a Value> {
        self.0.get(slot.0 as usize).copied().flatten()
    }
}
