//! Which matters of several places are the same (事项对齐): by basic code first, then by what a code of the same main item or the
//! same thing in its name says, last by likeness. A strand is one matter at the finest grain found anywhere; a place that
//! has it together with others has it bundled.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::naming::{Name, is_thing, plain, shared};
use super::offer::{Offer, Place};
use crate::item_code::ItemCode;

/// One matter of a place: the same name under the same basic code, whoever there implements it.
#[derive(Debug, Clone)]
pub(super) struct Matter {
    pub place: usize,
    /// Places in the place's offers.
    pub offers: Vec<usize>,
    pub name: Name,
    /// What people call it.
    pub plain: Option<Name>,
    pub basic: Option<String>,
}

/// What belongs together, as matters.
#[derive(Debug, Clone, Default)]
pub(super) struct Thread {
    /// Matters that are this one.
    pub own: Vec<usize>,
    /// Matters that are this one and others beside it.
    pub bundles: Vec<usize>,
}

/// All matters of all places, and how they are one.
pub(super) struct Alignment {
    pub matters: Vec<Matter>,
    pub threads: Vec<Thread>,
}

/// Names under one basic code are the same matter from here.
const ALIKE_UNDER_ONE_CODE: f64 = 0.5;
/// Names under different codes are the same matter from here, where nothing but the names is known.
const ALIKE_BY_NAME: f64 = 0.75;
/// Name, law and papers together say the same matter from here.
const ALIKE_IN_ALL: f64 = 0.55;
/// Pairs of letters that more threads have than this are words like 许可 and find nothing.
const COMMON_PAIR: usize = 120;
pub(super) fn align(places: &[Place]) -> Alignment {
    let matters = matters(places);
    let mut threads = by_code(&matters);
    bundles(&matters, &mut threads);
    renamed(places, &matters, &mut threads);
    bundles(&matters, &mut threads);
    joined(&matters, &mut threads);
    threads.retain(|thread| !thread.own.is_empty() || !thread.bundles.is_empty());
    Alignment { matters, threads }
}

fn matters(places: &[Place]) -> Vec<Matter> {
    let mut matters = Vec::new();
    for (place, offered) in places.iter().enumerate() {
        let mut seen: HashMap<(Option<String>, String), usize> = HashMap::new();
        for (at, offer) in offered.offers.iter().enumerate() {
            let basic = ItemCode::read(&offer.code).map(|code| code.basic.to_owned());
            let next = matters.len();
            let matter = *seen.entry((basic.clone(), plain(&offer.name))).or_insert(next);
            if matter == next {
                let (name, plain) = (Name::read(&offer.name), offer.plain.as_deref().map(Name::read));
                matters.push(Matter { place, offers: Vec::new(), name, plain, basic });
            }
            matters[matter].offers.push(at);
        }
    }
    matters
}

/// Threads of the same basic code, and of the same name where there is no code.
fn by_code(matters: &[Matter]) -> Vec<Thread> {
    let mut groups: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (at, matter) in matters.iter().enumerate() {
        let key = matter.basic.as_deref().map_or((false, matter.name.plain.as_str()), |basic| (true, basic));
        groups.entry(key).or_default().push(at);
    }
    groups.into_values().flat_map(|group| within(matters, &group)).collect()
}

/// The threads of one basic code: as many as the place with the most matters under it has.
fn within(matters: &[Matter], group: &[usize]) -> Vec<Thread> {
    let mut by_place: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &at in group {
        by_place.entry(matters[at].place).or_default().push(at);
    }
    let mut sides: Vec<Vec<usize>> = by_place.into_values().collect();
    sides.sort_by_key(|side| std::cmp::Reverse(side.len()));
    let mut threads: Vec<Thread> = Vec::new();
    for side in sides {
        if threads.len() == 1 && side.len() == 1 && !excludes(matters, &threads[0], side[0]) {
            threads[0].own.push(side[0]);
            continue;
        }
        place_into(matters, &mut threads, &side);
    }
    threads
}

/// Puts the matters of one place under a code where they fit; what fits nowhere is a thread of its own.
fn place_into(matters: &[Matter], threads: &mut Vec<Thread>, side: &[usize]) {
    let before = threads.len();
    let mut free: BTreeSet<usize> = (0..before).collect();
    let mut left: Vec<usize> = side.to_vec();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for &at in side {
        for (number, thread) in threads.iter().enumerate() {
            let likeness = likeness(matters, thread, at);
            if likeness >= ALIKE_UNDER_ONE_CODE && !excludes(matters, thread, at) {
                pairs.push((likeness, at, number));
            }
        }
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, at, thread) in pairs {
        // With fewer matters than threads, one that names several of them is several of them.
        let bundle = side.len() < before && covered(matters, threads, at, &free).len() > 1;
        if left.contains(&at) && free.contains(&thread) && !bundle {
            threads[thread].own.push(at);
            free.remove(&thread);
            left.retain(|one| *one != at);
        }
    }
    for at in left {
        let parts = if before > 1 { covered(matters, threads, at, &free) } else { Vec::new() };
        match parts[..] {
            [] => threads.push(Thread { own: vec![at], ..Thread::default() }),
            [one] => threads[one].own.push(at),
            _ => parts.iter().for_each(|part| threads[*part].bundles.push(at)),
        }
        free.retain(|thread| !parts.contains(thread));
    }
}

/// Which of the free threads a matter names, or stands for.
fn covered(matters: &[Matter], threads: &[Thread], at: usize, free: &BTreeSet<usize>) -> Vec<usize> {
    let open: Vec<usize> = free.iter().copied().filter(|thread| !excludes(matters, &threads[*thread], at)).collect();
    let names: Vec<&Name> = open.iter().map(|thread| &matters[threads[*thread].own[0]].name).collect();
    matters[at].name.covers(&names).into_iter().map(|part| open[part]).collect()
}

fn likeness(matters: &[Matter], thread: &Thread, at: usize) -> f64 {
    let all = thread.own.iter().map(|own| matters[*own].name.likeness(&matters[at].name));
    all.fold(0.0, f64::max)
}

fn excludes(matters: &[Matter], thread: &Thread, at: usize) -> bool {
    thread.own.iter().any(|own| matters[*own].name.excludes(&matters[at].name))
}

fn places_of<'t>(matters: &'t [Matter], thread: &'t Thread) -> impl Iterator<Item = usize> + 't {
    thread.own.iter().chain(&thread.bundles).map(|at| matters[*at].place)
}

fn apart(matters: &[Matter], one: &Thread, other: &Thread) -> bool {
    let held: BTreeSet<usize> = places_of(matters, one).collect();
    places_of(matters, other).all(|place| !held.contains(&place))
}

/// 主项: the part of a basic code that its parts share (national 9 of 12; Sichuan 11 of 14).
fn main_code(basic: &str) -> &str {
    basic.get(..basic.len() - 3).unwrap_or(basic)
}

/// Finds threads that stand for several others (合并办理), and dissolves them into those: the finest grain is the standard.
fn bundles(matters: &[Matter], threads: &mut Vec<Thread>) {
    let mut kin: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, thread) in threads.iter().enumerate() {
        for key in kinships(matters, thread) {
            kin.entry(key).or_default().push(at);
        }
    }
    for whole in 0..threads.len() {
        if threads[whole].own.is_empty() || !threads[whole].bundles.is_empty() {
            continue;
        }
        let mut near: BTreeSet<usize> = BTreeSet::new();
        for key in kinships(matters, &threads[whole]) {
            near.extend(kin.get(&key).into_iter().flatten());
        }
        let parts = parts_of(matters, threads, whole, near);
        if parts.len() > 1 {
            let dissolved = std::mem::take(&mut threads[whole].own);
            for part in parts {
                threads[part].bundles.extend(&dissolved);
            }
        }
    }
    threads.retain(|thread| !thread.own.is_empty());
}

/// The threads a thread stands for: near ones, of places that lack it, that its name names.
fn parts_of(matters: &[Matter], threads: &[Thread], whole: usize, near: BTreeSet<usize>) -> Vec<usize> {
    let open: Vec<usize> = near
        .into_iter()
        .filter(|part| *part != whole && !threads[*part].own.is_empty())
        .filter(|part| apart(matters, &threads[whole], &threads[*part]))
        .filter(|part| !excludes(matters, &threads[*part], threads[whole].own[0]))
        .collect();
    let names: Vec<&Name> = open.iter().map(|part| &matters[threads[*part].own[0]].name).collect();
    let name = &matters[threads[whole].own[0]].name;
    name.covers(&names).into_iter().map(|part| open[part]).collect()
}

/// What threads of one kin share: their main item, or the thing in their names.
fn kinships(matters: &[Matter], thread: &Thread) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for matter in thread.own.iter().map(|at| &matters[*at]) {
        keys.extend(matter.basic.as_deref().map(|basic| format!("code {}", main_code(basic))));
        if is_thing(&matter.name.stem) {
            keys.insert(format!("name {}", matter.name.stem));
        }
    }
    keys
}

/// A matter that has its own thread and names the thing of another of the same main item, which its place lacks, has both: 税务信息确认与
/// 数电发票申领, where elsewhere the invoices are a matter of their own.
fn joined(matters: &[Matter], threads: &mut [Thread]) {
    let mut kin: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, matter) in matters.iter().enumerate() {
        if let Some(basic) = matter.basic.as_deref() {
            kin.entry(main_code(basic).to_owned()).or_default().push(at);
        }
    }
    let mut several: BTreeSet<usize> = BTreeSet::new();
    for thread in threads.iter_mut() {
        let held: BTreeSet<usize> = places_of(matters, thread).collect();
        let Some(part) = thread.own.first().map(|at| &matters[*at]) else { continue };
        let near = part.basic.as_deref().and_then(|basic| kin.get(main_code(basic)));
        let wholes = near.into_iter().flatten().filter(|at| !held.contains(&matters[**at].place));
        let wholes: Vec<usize> = wholes.filter(|at| matters[**at].name.joins(&part.name)).copied().collect();
        several.extend(&wholes);
        thread.bundles.extend(wholes);
    }
    // It is a bundle in its own thread, too, where others have the part by itself.
    for thread in threads.iter_mut() {
        let (bundled, own): (Vec<usize>, Vec<usize>) = thread.own.iter().partition(|at| several.contains(at));
        if !own.is_empty() {
            thread.own = own;
            thread.bundles.extend(bundled);
        }
    }
}

/// Joins threads of different places that are the same matter under another code or name (更名).
fn renamed(places: &[Place], matters: &[Matter], threads: &mut Vec<Thread>) {
    let mut found: Vec<(f64, usize, usize)> = Vec::new();
    for (one, other) in candidates(matters, threads, places.len()) {
        if let Some(evidence) = evidence(places, matters, &threads[one], &threads[other]) {
            found.push((evidence, one, other));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    // Where a thread went when it was joined to another.
    let mut into: Vec<usize> = (0..threads.len()).collect();
    for (_, one, other) in found {
        let (one, other) = (root(&into, one), root(&into, other));
        if one != other && apart(matters, &threads[one], &threads[other]) {
            let gone = std::mem::take(&mut threads[other]);
            threads[one].own.extend(gone.own);
            threads[one].bundles.extend(gone.bundles);
            into[other] = one;
        }
    }
    threads.retain(|thread| !thread.own.is_empty());
}

fn root(into: &[usize], mut at: usize) -> usize {
    while into[at] != at {
        at = into[at];
    }
    at
}

/// Pairs of threads worth a look: not in every place, none in common, with rare letters in common.
fn candidates(matters: &[Matter], threads: &[Thread], places: usize) -> BTreeSet<(usize, usize)> {
    let held = |thread: &Thread| places_of(matters, thread).collect::<BTreeSet<usize>>().len();
    let open: Vec<usize> = (0..threads.len()).filter(|at| held(&threads[*at]) < places).collect();
    let mut index: HashMap<(char, char), BTreeSet<usize>> = HashMap::new();
    for &at in &open {
        for own in &threads[at].own {
            let matter = &matters[*own];
            for pair in std::iter::once(&matter.name).chain(&matter.plain).flat_map(Name::pairs) {
                index.entry(pair).or_default().insert(at);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for holders in index.values().filter(|holders| (2..=COMMON_PAIR).contains(&holders.len())) {
        for (place, &one) in holders.iter().enumerate() {
            for &other in holders.iter().skip(place + 1) {
                if !pairs.contains(&(one, other)) && apart(matters, &threads[one], &threads[other]) {
                    pairs.insert((one, other));
                }
            }
        }
    }
    pairs
}

/// How sure it is that two threads are the same matter; `None` where they are not.
fn evidence(places: &[Place], matters: &[Matter], one: &Thread, other: &Thread) -> Option<f64> {
    let (mine, theirs) = (&matters[*one.own.first()?], &matters[*other.own.first()?]);
    let (a, b) = (offer(places, mine), offer(places, theirs));
    let kinds_differ = a.matter.zip(b.matter).is_some_and(|(a, b)| a != b);
    if kinds_differ || other.own.iter().any(|at| excludes(matters, one, *at)) || siblings(mine, theirs) {
        return None;
    }
    let plain = mine.plain.as_ref().zip(theirs.plain.as_ref()).map_or(0.0, |(a, b)| a.likeness(b));
    let name = other.own.iter().map(|at| likeness(matters, one, *at)).fold(plain, f64::max);
    let set = |laws: &[String]| laws.iter().cloned().collect::<BTreeSet<String>>();
    let law = shared(&set(&a.basis), &set(&b.basis));
    let papers = |offer: &Offer| {
        let guide = offer.guide.iter().flat_map(|guide| &guide.papers);
        guide.map(|paper| paper.name.clone()).collect::<BTreeSet<String>>()
    };
    let papers = shared(&papers(a), &papers(b));
    let sure = match (law, papers) {
        (Some(law), Some(papers)) => (0.5 * name + 0.25 * law + 0.25 * papers, ALIKE_IN_ALL),
        (Some(law), None) => (0.7 * name + 0.3 * law, ALIKE_BY_NAME.min(0.7)),
        _ => (name, ALIKE_BY_NAME),
    };
    (sure.0 >= sure.1).then_some(sure.0)
}

/// Two parts of one main item are different matters by their codes, whatever they are called.
fn siblings(one: &Matter, other: &Matter) -> bool {
    let both = one.basic.as_deref().zip(other.basic.as_deref());
    both.is_some_and(|(a, b)| a != b && main_code(a) == main_code(b))
}

fn offer<'p>(places: &'p [Place], matter: &Matter) -> &'p Offer {
    &places[matter.place].offers[matter.offers[0]]
}
