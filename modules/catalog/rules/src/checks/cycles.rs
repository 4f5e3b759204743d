//! Items that wait for each other for ever (互为前置).
//!
//! An item waits for the licences it consumes and for the items whose products it takes over. A licence may be made by
//! several items (new, renewed), and one that can be done is enough; a licence no item makes comes from outside and is
//! no obstacle. What can never be done under these rules contains a circle, and each circle is drawn once, link by link,
//! with the authorities it goes through.

use std::collections::{BTreeMap, BTreeSet};

use super::at;
use crate::codes;
use crate::diagnostic::{Report, Span, Waiting};
use crate::folder::{Entry, Folder};
use crate::ids::{ItemId, LicenceTypeId};
use crate::model::{Item, Waiver};

struct Graph<'f> {
    folder: &'f Folder,
    makers: BTreeMap<&'f LicenceTypeId, Vec<&'f ItemId>>,
}

/// One thing an item waits for.
struct Wait<'f> {
    /// Any of these items ends the wait.
    any_of: Vec<&'f ItemId>,
    why: Why<'f>,
}

/// Where the wait is written.
#[derive(Clone, Copy)]
enum Why<'f> {
    /// The licence in this row of `consumes`.
    Licence(usize, &'f LicenceTypeId),
    /// The product that stands for the paper of this row, by this waiver.
    Product(usize, usize),
}

pub(super) fn check(folder: &Folder, report: &mut Report<'_>) {
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
        let mut path: Vec<(&ItemId, Why<'_>)> = Vec::new();
        let mut here: &ItemId = start;
        while visited.insert(here) {
            let Some(Wait { any_of, why }) = stuck.get(here) else { break };
            path.push((here, *why));
            here = any_of[0];
        }
        if let Some(begin) = path.iter().position(|(id, _)| *id == here) {
            graph.report(&path[begin..], report);
        }
    }
}

impl<'f> Graph<'f> {
    fn waits(&self, entry: &'f Entry<Item>) -> Vec<Wait<'f>> {
        let mut waits = Vec::new();
        for (row, licence) in entry.value.consumes.iter().enumerate() {
            if let Some(makers) = self.makers.get(licence) {
                waits.push(Wait { any_of: makers.clone(), why: Why::Licence(row, licence) });
            }
        }
        for (row, material) in entry.value.materials.iter().enumerate() {
            for (by, waiver) in material.waive.iter().enumerate() {
                if let Waiver::Product { item } = waiver
                    && self.folder.items.get(item).is_some()
                {
                    waits.push(Wait { any_of: vec![item], why: Why::Product(row, by) });
                }
            }
        }
        waits
    }

    /// The items that can never be done, each with one wait that never ends, whose makers are all stuck themselves.
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

    /// Draws a circle: every link says who waits there, and for what.
    fn report(&self, circle: &[(&ItemId, Why<'_>)], report: &mut Report<'_>) {
        let links: Vec<Link<'_>> = circle.iter().filter_map(|(id, why)| self.link(id, *why)).collect();
        let Some(first) = links.first() else { return };
        let matters: Vec<String> = links.iter().map(Link::matter).collect();
        let authorities: BTreeSet<&str> = links.iter().map(|link| link.authority).collect();
        let what = match &matters[..] {
            [only] => format!("{only}要先有自己的结果才能办"),
            _ => {
                let whose = match authorities.len() {
                    1 => format!("{}的 {} 个事项", first.authority, links.len()),
                    several => format!("{several} 个机关的 {} 个事项", links.len()),
                };
                format!("{whose}互为前置：{} → {}", matters.join(" → "), matters[0])
            }
        };
        let finding = report.at(&codes::PREREQUISITE_CYCLE, first.span, what);
        for link in &links[1..] {
            finding.also(link.span, format!("{}在这里等{}", link.matter(), link.needs));
        }
        if links.len() > 1 && authorities.len() > 1 {
            let whose: Vec<&str> = authorities.into_iter().collect();
            finding.mend(format!("由{}商定哪一个在先，删去圈里的一个前置，只要断开一处就行。", whose.join("、")));
        }
        let waiting = |link: &Link<'_>| Waiting { span: link.span, who: link.matter(), needs: link.needs.clone() };
        finding.circle(links.iter().map(waiting).collect());
    }

    fn link(&self, id: &ItemId, why: Why<'_>) -> Option<Link<'_>> {
        let entry = self.folder.items.get(id)?;
        let item = &entry.value;
        let (span, needs) = match why {
            Why::Licence(row, licence) => {
                let name = self.folder.licences.get(licence).map_or(licence.as_str(), |kind| &kind.value.name);
                (entry.place(at!["consumes", row]), format!("“{name}”"))
            }
            Why::Product(row, by) => {
                let paper = &item.materials[row];
                let canonical = self.folder.materials.get(&paper.material).map(|canonical| &canonical.value.name);
                let name = paper.name.as_ref().or(canonical).map_or(paper.material.as_str(), String::as_str);
                (entry.place(at!["materials", row, "waive", by, "item"]), format!("内部流转的“{name}”"))
            }
        };
        let authority = self.folder.authorities.get(&item.authority);
        let authority = authority.map_or(item.authority.as_str(), |authority| &authority.value.short);
        Some(Link { authority, name: item.plain.as_deref().unwrap_or(&item.name), span, needs })
    }
}

/// One link of a circle, in words.
struct Link<'f> {
    authority: &'f str,
    name: &'f str,
    span: Span,
    needs: String,
}

impl Link<'_> {
    fn matter(&self) -> String {
        format!("{}“{}”", self.authority, self.name)
    }
}
