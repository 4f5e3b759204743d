//! Where addresses of the sample district lie.

use crate::sample;

#[test]
fn an_address_tells_its_street_and_community_and_nothing_on_a_guess() {
    let catalog = sample::catalog();
    for (address, region) in [
        ("佛山市禅城区祖庙街道同安社区福宁路1号2座首层3号铺", Some("440604012017")),
        ("广东省佛山市禅城区祖庙街道锦华路85号首层", Some("440604012")),
        ("祖庙街道锦华路85号", Some("440604012")),
        ("禅城区石湾镇街道镇中二路3号", Some("440604010")),
        ("佛山市禅城区石湾镇镇中二路3号", Some("440604010")),
        ("佛山市禅城区石湾街道镇中二路3号", Some("440604010")),
        // A village of another town is not looked for in this one.
        ("佛山市禅城区南庄镇莲塘村1号", Some("440604100")),
        ("佛山市禅城区祖庙街道市东下路12号", Some("440604012")),
        ("佛山市禅城区同安社区福宁路1号", Some("440604012017")),
        ("佛山市禅城区市东下路12号", None),
        ("佛山市南海区桂城街道南海大道1号", None),
        ("南海区祖庙街道", None),
        ("广州市天河区体育西路", None),
        ("", None),
    ] {
        let found = catalog.region_of_address(address).map(|region| region.code.as_str());
        assert_eq!(found, region, "{address}");
    }
}

#[test]
fn every_region_of_the_district_is_found_by_its_own_name() {
    let catalog = sample::catalog();
    for region in catalog.regions.values().filter(|region| region.code.len() > 6) {
        let line: String = catalog.lineage(&region.code).iter().rev().map(|one| one.name.as_str()).collect();
        let found = catalog.region_of_address(&format!("{line}1号")).expect("a region");
        assert_eq!(found.code, region.code, "{line}");
    }
}
