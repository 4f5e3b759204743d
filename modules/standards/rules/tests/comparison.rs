//! The comparison of places: what is the same matter, what differs, and why counts differ.

use std::collections::BTreeMap;

use catalog::model::{GovernmentLevel, HolderRole};
use kernel::limit::Limit;
use proptest::prelude::*;
use standards::comparison::offer::{Charge, Guide, Paper};
use standards::comparison::{Account, Aspect, Cause, Comparison, Offer, Place, Standing};

/// A matter with a code of the national profile; `basic` is its basic code.
fn offer(name: &str, basic: &str) -> Offer {
    Offer {
        key: name.to_owned(),
        name: name.to_owned(),
        plain: None,
        code: if basic.is_empty() { String::new() } else { format!("11440604MB2D00014G4{basic}01") },
        unit: "区市场监管局".to_owned(),
        level: Some(GovernmentLevel::County),
        matter: None,
        basis: vec!["促进个体工商户发展条例".to_owned()],
        lawful: true,
        guide: None,
    }
}

fn guide() -> Guide {
    Guide {
        statutory: Limit::workdays(20),
        promise: Limit::workdays(3),
        trips: 0,
        trip_reason: String::new(),
        online: true,
        conditions: vec!["有固定的经营场所。".to_owned()],
        papers: vec![paper("租赁合同", &[])],
        fields: BTreeMap::from([("name".to_owned(), "名称".to_owned())]),
        fees: Vec::new(),
        valid: None,
    }
}

fn paper(name: &str, aliases: &[&str]) -> Paper {
    let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
    Paper { name: name.to_owned(), aliases, holder: HolderRole::Applicant, brought: true }
}

fn place(name: &str, offers: Vec<Offer>) -> Place {
    Place { code: name.to_owned(), name: name.to_owned(), offers }
}

/// How the places stand to each matter: its name, and a standing for each place.
fn standings(places: Vec<Place>) -> Vec<(String, Vec<&'static str>)> {
    let comparison = Comparison::of(places);
    let line = |strand: &standards::comparison::Strand| {
        (strand.standard.name.clone(), strand.cells.iter().map(|cell| cell.standing.code()).collect())
    };
    let mut lines: Vec<_> = comparison.strands.iter().map(line).collect();
    lines.sort();
    lines
}

const NEW: &str = "440731001001";
const CHANGE: &str = "440731001002";
const CANCEL: &str = "440731001003";

#[test]
fn a_matter_is_known_by_its_code_whatever_it_is_called() {
    let here = place("甲", vec![offer("个体工商户设立登记", NEW)]);
    let there = place("乙", vec![offer("个体户开业登记", NEW)]);
    let comparison = Comparison::of(vec![here, there]);
    assert_eq!(comparison.strands.len(), 1);
    let cell = &comparison.strands[0].cells[1];
    assert_eq!(cell.standing, Standing::Same);
    assert_eq!(cell.differences[0][0].aspect, Aspect::Name);
}

#[test]
fn several_in_one_are_bundled_and_the_finest_grain_is_the_standard() {
    let parts = || {
        vec![offer("个体工商户设立登记", NEW), offer("个体工商户变更登记", CHANGE), offer("个体工商户注销登记", CANCEL)]
    };
    for whole in [
        offer("个体工商户登记", "440731001000"),
        offer("个体工商户设立、变更、注销登记", "440731001000"),
        // Without a code it is known by the thing in its name.
        offer("个体工商户登记（设立、变更、注销）", ""),
    ] {
        let two = standings(vec![place("甲", parts()), place("乙", vec![whole.clone()])]);
        assert_eq!(two.len(), 3, "{two:?}");
        assert!(two.iter().all(|(_, standing)| *standing == ["same", "bundled"]), "{two:?}");
        // However many places bundle it.
        let many = vec![place("甲", parts()), place("乙", vec![whole.clone()]), place("丙", vec![whole.clone()])];
        assert!(standings(many).iter().all(|(_, standing)| *standing == ["same", "bundled", "bundled"]));
    }
    let some = vec![offer("个体工商户设立、变更登记", "440731001000"), offer("个体工商户注销登记", CANCEL)];
    let standing = standings(vec![place("甲", parts()), place("乙", some)]);
    let of = |name: &str| standing.iter().find(|(known, _)| known == name).map(|(_, cells)| cells[1]);
    assert_eq!(of("个体工商户变更登记"), Some("bundled"));
    assert_eq!(of("个体工商户注销登记"), Some("same"));
}

#[test]
fn situations_under_one_code_are_matters_of_their_own() {
    let basic = "440123009001";
    let fine = || vec![offer("公共场所卫生许可（理发店、美容店）", basic), offer("公共场所卫生许可（游泳馆）", basic)];
    let whole = vec![offer("公共场所卫生许可", basic)];
    let expected = |second: &'static str| {
        vec![
            ("公共场所卫生许可（游泳馆）".to_owned(), vec!["same", second]),
            ("公共场所卫生许可（理发店、美容店）".to_owned(), vec!["same", second]),
        ]
    };
    assert_eq!(standings(vec![place("甲", fine()), place("乙", fine())]), expected("same"));
    assert_eq!(standings(vec![place("甲", fine()), place("乙", whole)]), expected("bundled"));
}

#[test]
fn the_same_under_another_code_is_renamed_and_what_no_law_knows_is_its_own() {
    let mut invented = offer("店铺招牌样式选定", "449931999001");
    invented.lawful = false;
    invented.basis = vec!["某区市容管理细则".to_owned()];
    let here = place("甲", vec![offer("食品经营许可新办", NEW), offer("烟草专卖零售许可证核发", "440162001001")]);
    let there = place("乙", vec![offer("食品经营许可证新办", "449931998001"), invented]);
    let standing = standings(vec![here.clone(), here, there]);
    let expected = [
        ("店铺招牌样式选定", vec!["without", "without", "own"]),
        ("烟草专卖零售许可证核发", vec!["same", "same", "missing"]),
        ("食品经营许可新办", vec!["same", "same", "renamed"]),
    ];
    assert_eq!(standing, expected.map(|(name, standing)| (name.to_owned(), standing)));
}

#[test]
fn other_acts_of_one_main_item_are_never_the_same() {
    let here = place("甲", vec![offer("个体工商户变更登记", CHANGE)]);
    let there = place("乙", vec![offer("个体工商户注销登记", CANCEL)]);
    assert_eq!(standings(vec![here, there]).len(), 2);
}

#[test]
fn each_difference_says_what_an_applicant_has_to_do_more() {
    let lean = Offer { guide: Some(guide()), ..offer("个体工商户设立登记", NEW) };
    let mut heavy =
        Guide {
            promise: Limit::workdays(8), trips: 1, trip_reason: "核对原件".to_owned(), online: false, ..guide()
        };
    heavy.papers = vec![paper("场所租赁合同", &["租赁合同"]), paper("社区证明", &[]), paper("照片", &[])];
    heavy.fields.insert("fax".to_owned(), "传真".to_owned());
    heavy.conditions.push("经社区同意".to_owned());
    heavy.fees.push(Charge { name: "登记费".to_owned(), standard: "23元".to_owned(), exemptions: Vec::new() });
    let mut heavy = Offer { guide: Some(heavy), ..offer("个体工商户设立登记", NEW) };
    heavy.level = Some(GovernmentLevel::City);
    let comparison = Comparison::of(vec![place("甲", vec![lean]), place("乙", vec![heavy])]);
    let strand = &comparison.strands[0];
    assert!(strand.cells[0].differences[0].is_empty());
    let said: Vec<(&str, Vec<String>)> = strand.cells[1].differences[0]
        .iter()
        .map(|difference| (difference.aspect.code(), difference.parts.clone()))
        .collect();
    let words = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        said,
        [
            ("days", vec![]),
            // The contract has another name there and is the same paper.
            ("papers", words(&["照片", "社区证明"])),
            ("fields", words(&["传真"])),
            ("trips", words(&["核对原件"])),
            ("channel", vec![]),
            ("conditions", words(&["经社区同意"])),
            ("fees", words(&["登记费 23元"])),
            ("level", vec![]),
        ]
    );
    let beyond = strand.cells[1].beyond;
    assert_eq!((beyond.trips, beyond.papers, beyond.fields, beyond.days), (1, 2, 1, 5));
}

#[test]
fn limits_that_are_not_in_working_days_are_told_and_not_counted() {
    let slow = Guide { promise: Limit { unit: kernel::limit::Unit::Month, ..Limit::workdays(1) }, ..guide() };
    let here = place("甲", vec![Offer { guide: Some(guide()), ..offer("个体工商户设立登记", NEW) }]);
    let there = place("乙", vec![Offer { guide: Some(slow), ..offer("个体工商户设立登记", NEW) }]);
    let comparison = Comparison::of(vec![here, there]);
    let cell = &comparison.strands[0].cells[1];
    assert_eq!((cell.differences[0][0].aspect, cell.beyond.days), (Aspect::Unit, 0));
}

#[test]
fn implementers_of_one_place_are_held_against_the_standard_each() {
    let quick = Offer { guide: Some(guide()), ..offer("个体工商户设立登记", NEW) };
    let slow = Offer {
        unit: "石湾镇街道".into(),
        guide: Some(Guide { promise: Limit::workdays(5), ..guide() }),
        ..quick.clone()
    };
    let comparison = Comparison::of(vec![place("甲", vec![quick, slow])]);
    let cell = &comparison.strands[0].cells[0];
    assert_eq!(cell.offers.len(), 2, "one matter, two implementers");
    assert_eq!((cell.differences[0].len(), cell.differences[1].len()), (0, 1));
    assert_eq!(comparison.accounts[0].matters, 1);
}

/// Any matters, of few names and codes, so that they meet often.
fn any_place() -> impl Strategy<Value = Vec<Offer>> {
    let name = prop::sample::select(vec![
        "个体工商户登记",
        "个体工商户设立登记",
        "个体工商户变更登记",
        "个体工商户注销登记",
        "食品经营许可",
        "食品经营许可（餐饮）",
        "食品经营许可（销售）",
        "招牌备案",
    ]);
    let basic = prop::sample::select(vec!["", NEW, CHANGE, CANCEL, "440731001000", "440131002001", "449931999001"]);
    let one = (name, basic, any::<bool>()).prop_map(|(name, basic, lawful)| Offer { lawful, ..offer(name, basic) });
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn the_sum_always_comes_out(places in prop::collection::vec(any_place(), 1..5)) {
        let places: Vec<Place> = places.into_iter().enumerate().map(|(at, offers)| place(&format!("县{at}"), offers)).collect();
        let comparison = Comparison::of(places);
        for account in &comparison.accounts {
            let Account { matters, common, missing, bundled, twice, own, .. } = *account;
            prop_assert_eq!(matters + missing + bundled, common + twice + own);
            for other in &comparison.accounts {
                let causes = account.beyond(other);
                prop_assert_eq!(causes.iter().map(|(_, more)| more).sum::<i64>(), account.matters as i64 - other.matters as i64);
                prop_assert!(causes.iter().map(|(cause, _)| cause).eq(Cause::ALL));
            }
        }
        // Everything that is offered stands in some strand, and in the cell of its own place.
        for (at, offered) in comparison.places.iter().enumerate() {
            for offer in 0..offered.offers.len() {
                let held = comparison.strands.iter().any(|strand| strand.cells[at].offers.contains(&offer));
                prop_assert!(held, "{:?} is lost", offered.offers[offer]);
            }
        }
    }
}
