//! What a place offers (实施清单): one matter of one authority, as far as it has to be known to compare it. Small and the same
//! for everybody, so that places can hand it to each other.

use std::collections::BTreeMap;

use catalog::Catalog;
use catalog::model::{
    Authority, GovernmentLevel, HolderRole, Item, ItemMaterial, ItemStatus, LawLevel, Need, WaiverKind,
};
use kernel::limit::{Limit, Period, Unit};
use serde::{Deserialize, Serialize};

use crate::list::{ListKind, Matter, Row};

/// A place with everything it offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// 行政区划代码, six digits.
    pub code: String,
    pub name: String,
    pub offers: Vec<Offer>,
}

/// One matter as one authority offers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// What the place itself knows it by: an item's id, or a row's code.
    pub key: String,
    pub name: String,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain: Option<String>,
    /// 事项编码 as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The implementer's short name.
    pub unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<GovernmentLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<Matter>,
    /// Laws it rests on, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<String>,
    /// Whether one of them is a law or a regulation (法律、法规): then every place has the matter.
    #[serde(default)]
    pub lawful: bool,
    /// What the applicant is told (办事指南); a row of a list has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide: Option<Guide>,
}

/// What the matter asks of an applicant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guide {
    pub statutory: Limit,
    pub promise: Limit,
    pub trips: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trip_reason: String,
    /// Whether it can be applied for without coming (网上、移动端).
    pub online: bool,
    pub conditions: Vec<String>,
    pub papers: Vec<Paper>,
    /// Fields of the form: element to label.
    pub fields: BTreeMap<String, String>,
    pub fees: Vec<Charge>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<Period>,
}

/// A material.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// The canonical name.
    pub name: String,
    /// What else it is called, here and by the canonical material.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    pub holder: HolderRole,
    /// Whether the applicant has to bring it: not when it is read from a licence, checked, made inside, or part of the form.
    pub brought: bool,
}

/// A fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    pub name: String,
    pub standard: String,
    /// 减免情形
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<String>,
}

/// A limit in working days, where it is one: natural days and months depend on the calendar and are not compared with them.
pub fn working_days(limit: Limit) -> Option<u32> {
    match limit.unit {
        Unit::AtOnce => Some(0),
        Unit::Workday => Some(limit.value),
        Unit::NaturalDay | Unit::Hour | Unit::Month | Unit::Year => None,
    }
}

/// A limit in working hours, eight a day, so that half a day can be told from one; `None` as for [`working_days`].
pub fn working_hours(limit: Limit) -> Option<u32> {
    match limit.unit {
        Unit::Hour => Some(limit.value),
        _ => working_days(limit).map(|days| days * HOURS_A_DAY),
    }
}

/// 每日工作 8 小时 (国务院关于职工工作时间的规定 3).
pub const HOURS_A_DAY: u32 = 8;

impl Place {
    /// What a catalogue offers: its items in use.
    pub fn of(catalog: &Catalog) -> Self {
        let open = catalog.items.values().filter(|item| item.status == ItemStatus::Active);
        let offer = |item: &Item| catalog.authorities.get(&item.authority).map(|by| Offer::of(item, by, catalog));
        Self {
            code: catalog.district.region.to_string(),
            name: catalog.district.name.clone(),
            offers: open.filter_map(offer).collect(),
        }
    }

    /// What rows of the lists say is offered: powers and services, each once.
    pub fn of_rows<'r>(code: &str, name: &str, rows: impl IntoIterator<Item = &'r Row>) -> Self {
        let listed = rows.into_iter().filter(|row| matches!(row.list, ListKind::Power | ListKind::Service));
        Self { code: code.to_owned(), name: name.to_owned(), offers: listed.map(Offer::of_row).collect() }
    }
}

impl Offer {
    fn of(item: &Item, by: &Authority, catalog: &Catalog) -> Self {
        let laws = item.basis.iter().map(|cited| &cited.law);
        let lawful = |name: &catalog::ids::LawName| match catalog.laws.get(name) {
            Some(law) => matches!(law.level, LawLevel::Law | LawLevel::Regulation),
            None => sounds_like_law(name),
        };
        Self {
            key: item.id.to_string(),
            name: item.name.clone(),
            plain: item.plain.clone(),
            code: item.code.clone(),
            unit: by.short.clone(),
            level: Some(item.level),
            matter: Matter::ALL.iter().copied().find(|matter| matter.code() == item.kind.digits()),
            lawful: laws.clone().any(lawful),
            basis: laws.map(ToString::to_string).collect(),
            guide: Some(Guide::of(item, catalog)),
        }
    }

    fn of_row(row: &Row) -> Self {
        let key = if row.code.is_empty() { &row.name } else { &row.code };
        let basis: Vec<String> = row.basis.iter().map(|cited| cited.law.to_string()).collect();
        Self {
            key: key.clone(),
            name: row.name.clone(),
            plain: None,
            code: row.code.clone(),
            unit: row.unit.name.clone(),
            level: row.level,
            matter: row.matter,
            lawful: basis.iter().any(|name| sounds_like_law(name)),
            basis,
            guide: None,
        }
    }
}

/// Where no corpus of law is at hand: names of laws and regulations say what they are (立法法; 行政法规制定程序条例 5).
fn sounds_like_law(name: &str) -> bool {
    let bare = name.trim_end_matches('》').split('（').next().unwrap_or_default();
    bare.ends_with('法') && !bare.ends_with("办法") || bare.ends_with("条例")
}

impl Guide {
    fn of(item: &Item, catalog: &Catalog) -> Self {
        let charge = |fee: &catalog::model::Fee| Charge {
            name: fee.name.clone(),
            standard: fee.standard.clone().unwrap_or_default(),
            exemptions: fee.exemptions.iter().map(|exemption| exemption.text.clone()).collect(),
        };
        let field = |field: &catalog::model::ItemField| {
            let element = catalog.elements.get(&field.element).map(|element| element.name.clone());
            (field.element.to_string(), field.label.clone().or(element).unwrap_or_default())
        };
        Self {
            statutory: item.statutory,
            promise: item.promise,
            trips: item.visits.count,
            trip_reason: item.visits.reason.clone().unwrap_or_default(),
            online: item
                .apply_via
                .iter()
                .any(|via| matches!(via, catalog::model::ApplyVia::Online | catalog::model::ApplyVia::Mobile)),
            conditions: item.conditions.iter().map(|condition| condition.text.clone()).collect(),
            papers: item.materials.iter().filter_map(|row| Paper::of(row, catalog)).collect(),
            fields: item.fields.iter().map(field).collect(),
            fees: item.fees.iter().map(charge).collect(),
            valid: item.result.valid,
        }
    }
}

impl Paper {
    fn of(row: &ItemMaterial, catalog: &Catalog) -> Option<Self> {
        let material = catalog.materials.get(&row.material)?;
        // A commitment only puts it off.
        let spared = row.waive.iter().any(|way| way.kind() != WaiverKind::Commitment);
        Some(Self {
            name: material.name.clone(),
            aliases: material.aliases.iter().cloned().chain(row.name.clone()).collect(),
            holder: row.holder,
            brought: row.need != Need::Optional && !spared,
        })
    }
}
