//! The authorities a district's sample lacks and a city has: bureaus of the city, further bureaus of the district, and
//! more communities.

use std::collections::BTreeSet;

use kernel::codes::{CreditCode, RegionLevel};

use crate::model::{Catalog, GovernmentLevel};

/// The lines of work: who does them in the city and in the district.
const BUREAUS: &str = include_str!("../../sample/bureaus.csv");

/// An authority that was grown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrownAuthority {
    pub id: String,
    pub name: String,
    pub short: String,
    pub mark: String,
    pub credit_code: String,
    pub region: String,
    pub level: GovernmentLevel,
}

/// One line of work (条线).
pub(super) struct Bureau {
    pub field: &'static str,
    /// 中央业务指导部门 in basic codes.
    pub dept: &'static str,
    /// Id, name, short name and mark, of the city and of the district; the name is empty where the sample has it.
    pub of_city: [&'static str; 4],
    pub of_county: [&'static str; 4],
}

pub(super) fn bureaus() -> impl Iterator<Item = Bureau> {
    BUREAUS.lines().skip(1).filter_map(|line| {
        let columns: Vec<&str> = line.split(',').collect();
        let [field, dept, rest @ ..] = &columns[..] else { return None };
        let (city, county) = rest.split_at_checked(4)?;
        Some(Bureau { field, dept, of_city: city.try_into().ok()?, of_county: county.try_into().ok()? })
    })
}

/// So many authorities, the bureaus first.
pub(super) fn grow(sample: &Catalog, wanted: usize) -> Vec<GrownAuthority> {
    let county = sample.district.region.as_str();
    let city = county.get(..4).unwrap_or(county);
    let mut grown: Vec<GrownAuthority> = Vec::new();
    for bureau in bureaus() {
        let places =
            [(bureau.of_city, city, GovernmentLevel::City), (bureau.of_county, county, GovernmentLevel::County)];
        for ([id, name, short, mark], region, level) in places {
            if !name.is_empty() && !sample.authorities.contains_key(id) {
                let credit_code = credit_code("11", region, grown.len());
                grown.push(authority([id, name, short, mark], credit_code, region, level));
            }
        }
    }
    let taken: BTreeSet<&str> = sample.authorities.values().map(|one| one.region.as_str()).collect();
    let villages = sample.regions.values().filter(|one| one.level == RegionLevel::Village);
    for village in villages.filter(|one| !taken.contains(one.code.as_str())) {
        let town = village.parent.as_ref().and_then(|parent| sample.regions.get(parent));
        let community = village.name.trim_end_matches("居委会").trim_end_matches("村委会");
        let name = format!("{}{}{}", sample.district.name, town.map_or("", |town| &town.name), village.name);
        let id = format!("community-{}", village.code);
        let credit_code = credit_code("54", county, grown.len());
        let words = [id.as_str(), &name, community, &format!("禅{community}")];
        grown.push(authority(words, credit_code, &village.code, GovernmentLevel::Village));
    }
    grown.truncate(wanted);
    grown
}

fn authority(words: [&str; 4], credit_code: String, region: &str, level: GovernmentLevel) -> GrownAuthority {
    let [id, name, short, mark] = words.map(str::to_owned);
    GrownAuthority { id, name, short, mark, credit_code, region: region.to_owned(), level }
}

/// A credit code of a series no real body has, with both check characters right.
fn credit_code(body: &str, region: &str, number: usize) -> String {
    let sixteen = format!("{body}{region:0<6}MB9G{number:04}");
    CreditCode::complete(&sixteen).map_or(sixteen, |code| code.as_str().to_owned())
}
