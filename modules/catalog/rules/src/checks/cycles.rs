//! Items that wait for each other for ever.
//!
//! An item waits for the licences it consumes and for the items whose products it takes over. A licence may be made by
//! several items (new, renewed), and one that can be done is enough; a licence no item makes comes from outside and is
//! no obstacle. What can never be done under these rules contains a cycle, and each cycle is reported once.

use std::collections::{BTreeMap, BTreeSet};

use super::at;
use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::folder::{Entry, Folder};
use crate::ids::{ItemId, LicenceTypeId};
use crate::model::{Item, Waiver};

struct Graph<'f, 'n> {
    folder: &'f Folder<'n>,
    makers: BTreeMap<&'f LicenceTypeId, Vec<&'f ItemId>>,
}

/// One thing an item waits for.
struct Wait<'f> {
    /// Any of these items ends the wait.
    any_of: Vec<&'f ItemId>,
    span: Span,
}

pub(super) fn check(folder: &Folder<'_>, report: &mut Report<'_>) {
    let mut makers: BTreeMap<&LicenceTypeId, Vec<&ItemId>> = BTreeMap::new();
    for (id, entry) in folder.items.iter() {
        if let Some(licence) = &entry.value.provides {
            makers.entry(licence).or_default().push(id);
        }
    }
    let graph = Graph { folder, makers };
    let stuck = graph.stuck();
    let mut visited: BTreeSet<&ItemId> = BTreeSet::new();
    for start in stuck.keys() {
        let mut path: Vec<(&ItemId, Span)> = Vec::new();
        let mut here: &ItemId = start;
        while visited.insert(here) {
            let Some(Wait { any_of, span }) = stuck.get(here) else { break };
            path.push((here, *span));
            here = any_of[0];
        }
        if let Some(begin) = path.iter().position(|(id, _)| *id == here) {
            report_cycle(&path[begin..], report);
        }
    }
}

impl<'f> Graph<'f, '_> {
    fn waits(&self, entry: &'f Entry<'_, Item>) -> Vec<Wait<'f>> {
        let mut waits = Vec::new();
        for (row, licence) in entry.value.consumes.iter().enumerate() {
            if let Some(makers) = self.makers.get(licence) {
                waits.push(Wait { any_of: makers.clone(), span: entry.place(at!["consumes", row]) });
            }
        }
        for (row, material) in entry.value.materials.iter().enumerate() {
            for (by, waiver) in material.waive.iter().enumerate() {
                if let Waiver::Product { item } = waiver
                    && self.folder.items.get(item).is_some()
                {
                    let span = entry.place(at!["materials", row, "waive", by, "item"]);
                    waits.push(Wait { any_of: vec![item], span });
                }
            }
        }
        waits
    }

    /// The items that can never be done, each with one wait that never ends, whose first maker is itself stuck.
    fn stuck(&self) -> BTreeMap<&'f ItemId, Wait<'f>> {
        let mut open: BTreeMap<&ItemId, Vec<Wait<'f>>> = BTreeMap::new();
        let mut unmet: BTreeMap<&ItemId, usize> = BTreeMap::new();
        // Who is set free when an item turns out doable: (waiting item, number of its wait).
        let mut frees: BTreeMap<&ItemId, Vec<(&ItemId, usize)>> = BTreeMap::new();
        let mut doable: Vec<&ItemId> = Vec::new();
        for (id, entry) in self.folder.items.iter() {
            let waits = self.waits(entry);
            for (number, wait) in waits.iter().enumerate() {
                for maker in &wait.any_of {
                    frees.entry(maker).or_default().push((id, number));
                }
            }
            if waits.is_empty() {
                doable.push(id);
            } else {
                unmet.insert(id, waits.len());
                open.insert(id, waits);
            }
        }
        let mut met: BTreeSet<(&ItemId, usize)> = BTreeSet::new();
        while let Some(done) = doable.pop() {
            for (waiting, number) in frees.remove(done).unwrap_or_default() {
                if met.insert((waiting, number))
                    && let Some(left) = unmet.get_mut(waiting)
                {
                    *left -= 1;
                    if *left == 0 {
                        unmet.remove(waiting);
                        doable.push(waiting);
                    }
                }
            }
        }
        let never = |id: &'f ItemId, waits: Vec<Wait<'f>>| {
            let mut numbered = waits.into_iter().enumerate();
            numbered.find(|(number, _)| !met.contains(&(id, *number))).map(|(_, wait)| (id, wait))
        };
        open.into_iter().filter(|(id, _)| unmet.contains_key(id)).filter_map(|(id, waits)| never(id, waits)).collect()
    }
}

fn report_cycle(cycle: &[(&ItemId, Span)], report: &mut Report<'_>) {
    let mut names: Vec<&str> = cycle.iter().map(|(id, _)| id.as_str()).collect();
    names.push(names[0]);
    let what = match cycle.len() {
        1 => format!("“{}”要先有自己的结果才能办", names[0]),
        _ => format!("互为前置：{}", names.join(" → ")),
    };
    let finding = report.at(&codes::PREREQUISITE_CYCLE, cycle[0].1, what);
    for (id, span) in &cycle[1..] {
        finding.also(*span, format!("“{id}”在这里等前一环"));
    }
}
