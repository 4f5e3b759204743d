//! Where an address lies (由地址得所在区划): the street and the community whose names it writes.

use kernel::codes::RegionLevel;

use crate::model::{Catalog, Region};

/// What the names of communities and villages end in beside what people write.
const COMMITTEES: [&str; 4] = ["社区居民委员会", "社区居委会", "村民委员会", "村委会"];

impl Catalog {
    /// The region of the district that an address names, as deep as it can be told: 佛山市禅城区祖庙街道同安社区福宁路1号
    /// lies in 同安社区. None where no street, town or community is named, and for addresses of other counties: nobody
    /// should be sent elsewhere on a guess.
    pub fn region_of_address(&self, address: &str) -> Option<&Region> {
        let rest = self.within_district(address.trim())?;
        let town = named(self.below(&self.district.region), rest);
        let (above, rest) = match town {
            Some((town, after)) => (town.code.as_str(), after),
            None => (self.district.region.as_str(), rest),
        };
        let communities = self.regions.values().filter(|one| one.level == RegionLevel::Village);
        let communities = communities.filter(|one| one.code.as_str().starts_with(above));
        named(communities, rest).or(town).map(|(region, _)| region)
    }

    /// The part of an address behind province, city and county; none where it names another county.
    fn within_district<'a>(&self, address: &'a str) -> Option<&'a str> {
        let mut rest = address;
        for above in self.lineage(&self.district.region).into_iter().rev() {
            rest = rest.strip_prefix(above.name.as_str()).unwrap_or(rest);
        }
        let letters: Vec<char> = rest.chars().take(4).collect();
        let is_county = |at: usize| {
            // 社区, 小区 and 园区 are no counties; 新市场路 is no city.
            matches!(letters[at], '区' | '县' | '市') && !matches!(letters[at - 1], '社' | '小' | '园')
        };
        (!(2..letters.len()).any(is_county)).then_some(rest)
    }

    /// Streets and towns of a county.
    fn below(&self, county: &str) -> impl Iterator<Item = &Region> {
        self.regions.values().filter(move |one| one.parent.as_deref() == Some(county))
    }
}

/// The region named first in the text, of two that begin at one place the longer name; and what stands behind it.
fn named<'r, 't>(regions: impl Iterator<Item = &'r Region>, text: &'t str) -> Option<(&'r Region, &'t str)> {
    let places = regions.flat_map(|region| {
        spellings(&region.name).into_iter().filter_map(move |name| Some((text.find(&name)?, name.len(), region)))
    });
    let (at, length, region) = places.min_by_key(|(at, length, _)| (*at, usize::MAX - length))?;
    Some((region, &text[at + length..]))
}

/// How a region is written in addresses: 石湾镇街道 also 石湾镇 and 石湾街道, 同安社区居委会 also 同安社区.
fn spellings(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    if let Some(stem) = name.strip_suffix("镇街道") {
        names.extend([format!("{stem}镇"), format!("{stem}街道")]);
    }
    if let Some(committee) = COMMITTEES.iter().find(|committee| name.ends_with(**committee)) {
        let kind = if committee.starts_with("社区") { "社区" } else { "村" };
        names.push(format!("{}{kind}", name.trim_end_matches(committee)));
    }
    names
}
