//! An element of the dictionary as a field to type into.

use catalog::Catalog;
use catalog::model::{Element, ElementKind, Region};
use kernel::codes::RegionLevel;
use ui::{Field, FieldKind, Opt};

/// A text longer than this gets a box of several lines.
const ONE_LINE: f64 = 120.0;

/// The empty field of an element.
pub fn of_element(element: &Element, label: &str, catalog: &Catalog) -> Field {
    let options = || element.options.iter().map(|choice| Opt::new(&choice.value, &choice.label)).collect();
    let most = element.max.map(|max| max as u32);
    let kind = match element.kind {
        ElementKind::Text if element.max.is_some_and(|max| max > ONE_LINE) => FieldKind::Long { max: most },
        ElementKind::Text => FieldKind::Text { max: most },
        ElementKind::Number => FieldKind::Number { unit: element.unit.clone() },
        ElementKind::Bool => FieldKind::Bool,
        ElementKind::Date => FieldKind::Date,
        ElementKind::Choice => FieldKind::Choice(options()),
        ElementKind::Multi => FieldKind::Multi(options()),
        ElementKind::CitizenId => FieldKind::CitizenId,
        ElementKind::CreditCode => FieldKind::CreditCode,
        ElementKind::Phone => FieldKind::Phone,
        ElementKind::Email => FieldKind::Email,
        ElementKind::Address => FieldKind::Address,
        ElementKind::Region => FieldKind::Region(communities(catalog)),
    };
    let mut field = Field::new(element.code.as_str(), label, kind);
    field.help = element.help.clone();
    field.sample = element.sample.clone();
    field
}

/// The communities of the district under their streets.
fn communities(catalog: &Catalog) -> Vec<Opt> {
    let ours =
        |region: &&Region| region.level == RegionLevel::Village && region.code.starts_with(&*catalog.district.region);
    let option = |region: &Region| {
        let street = region.parent.as_ref().and_then(|parent| catalog.regions.get(parent));
        Opt { group: street.map(|street| street.name.clone()), ..Opt::new(region.code.as_str(), &region.name) }
    };
    catalog.regions.values().filter(ours).map(option).collect()
}
