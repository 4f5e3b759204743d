//! Counties grown from one place (样例县区), to measure on and to plant differences in: each has the same matters but for what was
//! planted, and the planted truth comes with them. The same seed grows the same counties.

use std::collections::{BTreeMap, BTreeSet};

use catalog::model::HolderRole;
use catalog::sample::Seeded;
use kernel::limit::Unit;

use super::basic;
use super::offer::{Offer, Paper, Place};

/// What was planted in a county, in matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Planted {
    pub missing: usize,
    pub renamed: usize,
    /// So many fewer because several are one.
    pub bundled: usize,
    pub own: usize,
    /// Matters with a longer promise, and with one more paper.
    pub slower: usize,
    pub papers: usize,
}

/// Names of nothing any law knows; no two are alike.
const OWN: [&str; 16] = [
    "楼道杂物清运签约",
    "共享单车停放承诺",
    "门前三包责任公示",
    "夜市摊位排序",
    "菜园认领见证",
    "广场舞队列编组",
    "晾衣架样式选定",
    "邻里宴席报备",
    "古树挂牌留言",
    "龙舟训练点名",
    "祠堂灯饰点亮",
    "花灯巡游抽签",
    "粤剧票友登台",
    "鱼塘清淤搭伙",
    "凉茶摊推荐",
    "醒狮队借鼓",
];

/// Grows so many counties (at most 16) from one place, whose matters should rest on law.
pub fn counties(base: &Place, seed: u64, count: usize) -> Vec<(Place, Planted)> {
    let mut dice = Seeded::new(seed);
    let mut all: Vec<(BTreeMap<Key, Vec<Offer>>, Planted)> = vec![(matters(base), Planted::default()); count];
    let keys: Vec<Key> = all[0].0.keys().cloned().collect();
    let touched = plant_bundles(&mut all, &keys, &mut dice);
    for key in keys.iter().filter(|key| !touched.contains(key)) {
        // One die a matter, so that most counties always have it as it is.
        let county = dice.below(count);
        let (offers, planted) = &mut all[county];
        match dice.below(100) {
            0..3 => {
                offers.remove(key);
                planted.missing += 1;
            }
            3..5 => {
                offers.get_mut(key).into_iter().flatten().for_each(rename);
                planted.renamed += 1;
            }
            5..10 if slow(offers.get_mut(key)) => planted.slower += 1,
            10..15 if burden(offers.get_mut(key)) => planted.papers += 1,
            _ => {}
        }
    }
    let county = |(at, (offers, mut planted)): (usize, (BTreeMap<Key, Vec<Offer>>, Planted))| {
        let own = OWN.iter().skip(at).step_by(count).map(|name| own(name));
        let offers: Vec<Offer> = offers.into_values().flatten().chain(own).collect();
        planted.own = OWN.iter().skip(at).step_by(count).count();
        (Place { code: format!("4499{:02}", at + 1), name: format!("样例县{}", at + 1), offers }, planted)
    };
    all.into_iter().enumerate().map(county).collect()
}

/// Basic code and name: one matter.
type Key = (String, String);

fn matters(base: &Place) -> BTreeMap<Key, Vec<Offer>> {
    let mut matters: BTreeMap<Key, Vec<Offer>> = BTreeMap::new();
    for offer in &base.offers {
        let key = (basic(offer).unwrap_or_default(), offer.name.clone());
        let implementers = matters.entry(key).or_default();
        // All implementers as quick as the first, so that whoever is slower was planted.
        let mut offer = offer.clone();
        if let (Some(own), Some(first)) =
            (offer.guide.as_mut(), implementers.first().and_then(|first| first.guide.as_ref()))
        {
            own.promise = first.promise;
        }
        implementers.push(offer);
    }
    matters
}

/// Makes one of all matters that differ in nothing but what is done, for every ninth of them. Gives those it touched.
fn plant_bundles(all: &mut [(BTreeMap<Key, Vec<Offer>>, Planted)], keys: &[Key], dice: &mut Seeded) -> BTreeSet<Key> {
    let mut families: BTreeMap<(String, String), Vec<Key>> = BTreeMap::new();
    for key in keys {
        let Some((thing, rest)) = key.1.split_once('（') else { continue };
        let Some((_, who)) = rest.split_once('·') else { continue };
        families.entry((thing.to_owned(), who.to_owned())).or_default().push(key.clone());
    }
    let mut touched = BTreeSet::new();
    for ((thing, who), parts) in families.into_iter().filter(|(_, parts)| parts.len() > 1) {
        if dice.below(9) > 0 {
            continue;
        }
        let county = dice.below(all.len());
        let (offers, planted) = &mut all[county];
        let mut whole: Vec<Offer> = Vec::new();
        for part in &parts {
            whole = offers.remove(part).unwrap_or(whole);
        }
        for offer in &mut whole {
            offer.name = format!("{thing}（{who}");
            offer.code.replace_range(28..31, "000");
        }
        planted.bundled += parts.len() - 1;
        offers.insert((parts[0].0.clone(), whole[0].name.clone()), whole);
        touched.extend(parts);
    }
    touched
}

fn rename(offer: &mut Offer) {
    offer.name = match offer.name.split_once('（') {
        Some((thing, rest)) => format!("{thing}业务（{rest}"),
        None => format!("{}业务", offer.name),
    };
    // A main item no catalogue has.
    offer.code.replace_range(25..28, "999");
}

fn slow(offers: Option<&mut Vec<Offer>>) -> bool {
    let mut done = false;
    for guide in offers.into_iter().flatten().filter_map(|offer| offer.guide.as_mut()) {
        if guide.promise.unit == Unit::Workday {
            guide.promise.value += 5;
            done = true;
        }
    }
    done
}

fn burden(offers: Option<&mut Vec<Offer>>) -> bool {
    let mut done = false;
    for guide in offers.into_iter().flatten().filter_map(|offer| offer.guide.as_mut()) {
        let paper = Paper {
            name: "社区盖章的情况说明".into(),
            aliases: Vec::new(),
            holder: HolderRole::Applicant,
            brought: true,
        };
        guide.papers.push(paper);
        done = true;
    }
    done
}

fn own(name: &str) -> Offer {
    Offer {
        key: name.to_owned(),
        name: name.to_owned(),
        plain: None,
        code: String::new(),
        unit: "街道办事处".into(),
        level: None,
        matter: None,
        basis: vec!["街道便民服务细则".into()],
        lawful: false,
        guide: None,
    }
}
