//! How the item goes: steps drawn with who does them, limits, special procedures, fees, the result.

use access_service::Words;
use catalog::Catalog;
use catalog::model::{ApplyVia, Item, ResultKind};
use kernel::limit::Unit;
use themes::words::limit;
use ui::Figure;

use super::law::{Clause, clause};
use crate::limits;

/// One stop on the way.
pub struct Stop {
    pub name: String,
    pub who: String,
    pub time: String,
}

/// Time the decision limit does not count.
pub struct Special {
    pub name: String,
    pub time: String,
    pub basis: Option<Clause>,
}

/// A fee with its basis.
pub struct FeeLine {
    pub name: String,
    pub amount: String,
    pub reducible: bool,
    pub basis: Option<Clause>,
}

/// From handing in to having it: acceptance, the item's own steps, hand-over.
pub fn stops(item: &Item, words: &Words) -> Vec<Stop> {
    let stop = |name: &str, who: &str, time: String| Stop { name: name.into(), who: who.into(), time };
    let at_once = item.promise.unit == Unit::AtOnce;
    let first = if at_once { "当场" } else { "5个工作日内，一般当天" };
    let mut stops = vec![stop("提交", "您", "随时".into()), stop("受理", "综合窗口", first.into())];
    for step in &item.steps {
        let who = words.get(&format!("role.{}", step.role.name())).to_owned();
        let time = step.limit.map_or_else(|| if at_once { "当场".to_owned() } else { String::new() }, limit);
        stops.push(Stop { name: step.name.clone(), who: format!("{who}人员"), time });
    }
    if item.result.kind != ResultKind::None {
        let name = item.result.name.as_deref().unwrap_or("结果");
        stops.push(stop("领取", name, if at_once { "当场" } else { "决定后10个工作日内" }.into()));
    }
    stops
}

/// The four figures on top: time, ways, papers, money.
pub fn figures(item: &Item) -> Vec<Figure> {
    let time = match item.promise.unit {
        Unit::AtOnce => Figure::plain("多久办好", "当场", ""),
        other => Figure::plain("多久办好", item.promise.value, limits::unit(other)),
    };
    let ways = Figure::plain("要跑几趟", item.visits.count, "趟");
    let ways = match (&item.visits.reason, item.visits.count) {
        (Some(reason), 1..) => ways.note(reason.clone()),
        _ if item.apply_via.contains(&ApplyVia::Online) => ways.note("全程可以网上办"),
        _ => ways,
    };
    let (papers, waived) = super::papers::counts(item);
    let papers = Figure::plain("要交的材料", papers - waived, "份");
    let papers = if waived > 0 { papers.note(format!("另有 {waived} 份可以免交")) } else { papers };
    let money = match item.fees.as_slice() {
        [] => Figure::plain("收费", 0, "元").note("不收费"),
        fees => Figure::plain("收费", fees.len(), "项").note("标准见下面"),
    };
    vec![time.note(format!("法定{}", limit(item.statutory))), ways, papers, money]
}

/// 特别程序.
pub fn specials(item: &Item, catalog: &Catalog) -> Vec<Special> {
    let of = |one: &catalog::model::SpecialProcedure| Special {
        name: one.name.clone(),
        time: format!("最多{}个工作日，不算在上面的时限里", one.days),
        basis: one.basis.as_ref().map(|basis| clause(&basis.law, &basis.article, catalog)),
    };
    item.special.iter().map(of).collect()
}

/// 收费项目.
pub fn fees(item: &Item, catalog: &Catalog) -> Vec<FeeLine> {
    let of = |fee: &catalog::model::Fee| FeeLine {
        name: fee.name.clone(),
        amount: limits::fee(fee),
        reducible: fee.reducible,
        basis: fee.basis.as_ref().map(|basis| clause(&basis.law, &basis.article, catalog)),
    };
    item.fees.iter().map(of).collect()
}

/// What one gets and what it needs before.
pub fn results(item: &Item, catalog: &Catalog) -> Vec<(&'static str, String)> {
    let mut rows = vec![("结果类型", item.result.kind.label().to_owned())];
    rows.extend(item.result.name.iter().map(|name| ("名称", name.clone())));
    if item.result.kind == ResultKind::Licence {
        rows.push(("有效期", limits::valid(item.result.valid)));
    }
    if !item.consumes.is_empty() {
        let named = |id: &catalog::ids::LicenceTypeId| {
            catalog.licences.get(id).map_or_else(|| id.to_string(), |kind| kind.name.clone())
        };
        let names: Vec<String> = item.consumes.iter().map(named).collect();
        rows.push(("办好之前要先有", names.join("、")));
    }
    rows
}
