//! What the pinned version of the item says, for those who decide by it: basis, limits, remedy.

use access_service::{Visit, Words};
use casework_service::reads::CaseView;
use catalog::Item;
use catalog::model::{ItemKind, ItemPin, Remedy};
use catalog_service::{Shelf, reads};
use kernel::limit::Limit;
use platform::Fault;

/// The law of one case in words.
pub struct ItemLaw {
    /// Name of the article, and its words.
    pub basis: Vec<(String, String)>,
    pub promise: String,
    pub statutory: String,
    /// 现场核查，最多 5 个工作日
    pub special: Vec<String>,
    /// 廉政风险点: the point and what is done about it.
    pub risks: Vec<(String, String)>,
    /// By its kind a grant is called.
    pub kind: ItemKind,
    pub remedy: Option<Remedy>,
    /// Full name of the deciding authority, for letters.
    pub authority: String,
    /// What a grant gives.
    pub result: Option<String>,
}

impl ItemLaw {
    /// Of the version the case is pinned to, whatever has been published since.
    pub async fn of(visit: &Visit, view: &CaseView) -> Result<Self, Fault> {
        let pin = ItemPin { code: view.item.code.clone(), version: view.item.version };
        let item = reads::item_at(&visit.world, visit.world.db.reader(), &pin).await?;
        let words = visit.world.part::<Words>();
        Ok(Self {
            basis: item.basis.iter().map(|one| (format!("《{}》{}", one.law, one.article), one.text.clone())).collect(),
            promise: limit(&item.promise, &words),
            statutory: limit(&item.statutory, &words),
            special: special(&item),
            risks: item.risks.iter().map(|risk| (risk.point.clone(), risk.measure.clone())).collect(),
            kind: item.kind,
            remedy: item.remedy.clone(),
            authority: authority(visit, &item),
            result: item.result.name.clone(),
        })
    }

    /// The first article, which a decision names.
    pub fn main_basis(&self) -> &str {
        self.basis.first().map_or("", |(name, _)| name.as_str())
    }
}

/// 20 个工作日，自受理之日起
fn limit(limit: &Limit, words: &Words) -> String {
    let unit = serde_json::to_value(limit.unit).ok();
    let unit = unit.as_ref().and_then(|unit| unit.as_str()).unwrap_or_default();
    let start = serde_json::to_value(limit.start).ok();
    let start = start.as_ref().and_then(|start| start.as_str()).unwrap_or_default();
    let facts = [
        ("n".to_owned(), limit.value.to_string()),
        ("start".to_owned(), words.get(&format!("desk.start.{start}")).to_owned()),
    ];
    words.fill(&format!("desk.limit.{unit}"), &facts.into())
}

fn special(item: &Item) -> Vec<String> {
    item.special.iter().map(|one| format!("{}，最多 {} 个工作日", one.name, one.days)).collect()
}

fn authority(visit: &Visit, item: &Item) -> String {
    let shelf = visit.world.part::<Shelf>();
    let named = shelf.catalog().authorities.get(item.authority.as_str());
    named.map_or_else(|| item.authority.to_string(), |authority| authority.name.clone())
}
