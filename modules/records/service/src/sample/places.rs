//! Real communities of the catalogue, with roads nobody built.

use catalog::Catalog;
use kernel::codes::RegionLevel;

/// One community (村居) as addresses need it.
#[derive(Debug, Clone)]
pub(super) struct Community {
    pub code: String,
    /// County, town and community: `佛山市禅城区祖庙街道同安社区`.
    pub prefix: String,
}

/// Where people from elsewhere are registered: six digits in use since their births, and the address a register shows.
pub(super) const ELSEWHERE: [(&str, &str); 8] = [
    ("430104", "湖南省长沙市岳麓区"),
    ("420106", "湖北省武汉市武昌区"),
    ("450102", "广西壮族自治区南宁市兴宁区"),
    ("360102", "江西省南昌市东湖区"),
    ("510104", "四川省成都市锦江区"),
    ("440203", "广东省韶关市武江区"),
    ("440803", "广东省湛江市霞山区"),
    ("520102", "贵州省贵阳市南明区"),
];

/// First halves of invented road names.
pub(super) const ROADS: [&str; 12] =
    ["福宁", "康泰", "景悦", "榕荫", "澜翠", "棠溪", "颐安", "瑞和", "岭秀", "荷塘", "竹影", "云阶"];
/// Their kinds.
pub(super) const ROAD_KINDS: [&str; 5] = ["路", "街", "大街", "一路", "巷"];

/// All communities of the catalogue, by code. A catalogue without any (a folder being written) gives its own region.
pub(super) fn communities(catalog: &Catalog) -> Vec<Community> {
    let found: Vec<Community> = catalog
        .regions
        .values()
        .filter(|region| region.level == RegionLevel::Village)
        .map(|region| Community { code: region.code.to_string(), prefix: prefix(catalog, &region.code) })
        .collect();
    if found.is_empty() {
        let district = &catalog.district;
        return vec![Community { code: district.region.to_string(), prefix: district.name.clone() }];
    }
    found
}

fn prefix(catalog: &Catalog, code: &str) -> String {
    let mut names: Vec<&str> = catalog
        .lineage(code)
        .into_iter()
        .filter(|region| region.level != RegionLevel::Province)
        .map(|region| plain(&region.name))
        .collect();
    names.reverse();
    let mut prefix = String::new();
    for name in names {
        prefix.push_str(name);
    }
    prefix.replace("村民", "村")
}

/// The name in an address: without the committee that runs the place.
fn plain(name: &str) -> &str {
    name.trim_end_matches("居委会").trim_end_matches("居民委员会").trim_end_matches("委员会").trim_end_matches("村委会")
}
