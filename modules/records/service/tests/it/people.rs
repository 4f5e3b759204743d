//! The sample's people: valid, unique, repeatable, and families that could be.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;
use std::time::Instant;

use kernel::codes::{CitizenId, CreditCode, Sex};
use kernel::day::age_on;
use kernel::id::SubjectId;
use records::{HouseholdRelation, Marital, OrgForm, Origin, Resident};
use records_service::sample::{self, People, demo_people};

use crate::ground::{CATALOG, today};

static PEOPLE: LazyLock<People> = LazyLock::new(|| sample::people(20_261_122, 3_000, &CATALOG, today()));

fn by_subject(people: &People) -> HashMap<SubjectId, &Resident> {
    people.residents.iter().map(|one| (one.subject, one)).collect()
}

#[test]
fn the_same_seed_gives_the_same_people_and_another_seed_others() {
    let again = sample::people(20_261_122, 3_000, &CATALOG, today());
    assert!(*PEOPLE == again, "the same seed, number, catalogue and day");
    let other = sample::people(7, 3_000, &CATALOG, today());
    assert!(PEOPLE.residents != other.residents, "another seed");
    let demo = demo_people().len();
    let fixed = |people: &People| -> Vec<_> {
        people.residents[..demo].iter().map(|one| (one.subject, one.citizen_id.clone())).collect()
    };
    assert_eq!(fixed(&PEOPLE), fixed(&other), "the demo people do not hang on the seed");
}

#[test]
fn as_many_people_as_asked_for() {
    assert_eq!(PEOPLE.residents.len(), 3_000);
    assert_eq!(sample::people(1, 0, &CATALOG, today()).residents.len(), demo_people().len());
    assert!(PEOPLE.organisations.len() > 150, "{}", PEOPLE.organisations.len());
}

#[test]
fn citizen_ids_are_valid_unique_and_nobodys() {
    let mut ids = HashSet::new();
    for one in &PEOPLE.residents {
        let text = one.citizen_id.as_str();
        let read = CitizenId::parse_on(text, today()).unwrap();
        assert!(read.warnings().is_empty() && ids.insert(text), "{text}");
        let serial: u16 = text[14..17].parse().unwrap();
        assert!(records::numbering::CITIZEN_SERIALS.contains(&serial), "{text}");
        if one.hukou_region.as_deref().is_some_and(|region| region.starts_with("440604")) {
            let year: u16 = text[6..10].parse().unwrap();
            let expected: &[&str] = if year < 2003 { &["440602", "440603"] } else { &["440604"] };
            assert!(expected.contains(&read.area()), "{text}: the area is one of its birth year");
        }
    }
}

#[test]
fn mobiles_codes_and_marks_are_valid_and_unique() {
    let mobiles: Vec<&String> = PEOPLE.residents.iter().filter_map(|one| one.mobile.as_ref()).collect();
    assert!(mobiles.iter().all(|mobile| mobile.len() == 11 && mobile.starts_with("100")));
    assert_eq!(mobiles.iter().collect::<HashSet<_>>().len(), mobiles.len());
    let firms = PEOPLE.organisations.len();
    let codes: HashSet<&CreditCode> = PEOPLE.organisations.iter().map(|one| &one.credit_code).collect();
    let names: HashSet<&str> = PEOPLE.organisations.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((codes.len(), names.len()), (firms, firms));
    for one in &PEOPLE.organisations {
        let body = if one.form == OrgForm::Individual { "individual-business" } else { "enterprise" };
        assert_eq!(one.credit_code.body(), Some(body));
    }
    let marks: HashSet<&str> = PEOPLE.licences.iter().map(|one| one.mark.as_str()).collect();
    assert_eq!(marks.len(), PEOPLE.licences.len());
    assert!(PEOPLE.licences.iter().all(|one| one.mark.warnings().is_empty()));
}

#[test]
fn families_could_be() {
    let known = by_subject(&PEOPLE);
    let mut pairs = 0;
    for one in &PEOPLE.residents {
        assert_eq!(one.marital == Some(Marital::Married), one.spouse.is_some(), "{}", one.name);
        if let Some(spouse) = one.spouse.map(|spouse| known[&spouse]) {
            pairs += 1;
            assert_eq!((spouse.spouse, spouse.married_on), (Some(one.subject), one.married_on));
            assert_ne!(spouse.sex(), one.sex());
            let least = if one.sex() == Sex::Male { 22 } else { 20 };
            let wedding = one.married_on.unwrap();
            assert!(age_on(one.citizen_id.birth(), wedding) >= least && wedding <= today(), "{}", one.name);
        }
        for (parent, sex) in [(one.mother, Sex::Female), (one.father, Sex::Male)] {
            let Some(parent) = parent.map(|parent| known[&parent]) else { continue };
            assert_eq!(parent.sex(), sex);
            let gap = age_on(parent.citizen_id.birth(), one.citizen_id.birth());
            assert!((16..60).contains(&gap), "{} is {gap} years younger than {}", one.name, parent.name);
        }
    }
    assert!(pairs > 600, "{pairs}");
}

#[test]
fn households_are_together_and_live_in_real_communities() {
    let codes = CATALOG.regions.keys().map(|code| code.as_str());
    let communities: HashSet<&str> = codes.filter(|code| code.len() == 12).collect();
    assert_eq!(communities.len(), 147);
    let permits = PEOPLE.licences.iter().filter(|paper| paper.licence == *"residence-permit");
    let permits: HashSet<SubjectId> = permits.map(|paper| paper.holder).collect();
    let mut households: BTreeMap<&str, Vec<&Resident>> = BTreeMap::new();
    let mut lived_in = HashSet::new();
    for one in PEOPLE.residents.iter().filter(|one| one.origin == Origin::Register) {
        let region = one.region.as_deref().unwrap();
        assert!(communities.contains(region), "{region}");
        lived_in.insert(region);
        let local = communities.contains(one.hukou_region.as_deref().unwrap());
        let fits = local || permits.contains(&one.subject) || one.age_on(today()) < 16;
        assert!(fits, "{} is registered here or has a residence permit", one.name);
        households.entry(one.household.as_deref().unwrap()).or_default().push(one);
    }
    assert!(lived_in.len() > 140, "{}", lived_in.len());
    for (number, members) in &households {
        let heads = members.iter().filter(|one| one.relation == Some(HouseholdRelation::Head)).count();
        assert_eq!(heads, 1, "household {number} has one head");
        assert!(members.iter().all(|one| one.hukou_address == members[0].hukou_address));
    }
}

#[test]
fn addresses_read_as_people_write_them() {
    for one in PEOPLE.residents.iter().filter_map(|one| one.address.as_deref()) {
        assert!(one.starts_with("佛山市禅城区") && one.ends_with('房'), "{one}");
        for wrong in ["居委会", "委员会", "村民", "省"] {
            assert!(!one.contains(wrong), "{one}");
        }
    }
}

#[test]
fn papers_fit_their_holders() {
    let known = by_subject(&PEOPLE);
    let firms: HashMap<SubjectId, &str> =
        PEOPLE.organisations.iter().map(|one| (one.subject, one.name.as_str())).collect();
    for paper in &PEOPLE.licences {
        assert!(paper.issued_on <= today(), "{} of {}", paper.licence, paper.holder_name);
        let name = known.get(&paper.holder).map(|one| one.name.as_str()).or(firms.get(&paper.holder).copied());
        assert_eq!(name, Some(paper.holder_name.as_str()));
        let Some(holder) = known.get(&paper.holder) else { continue };
        assert!(paper.issued_on >= holder.citizen_id.birth(), "{} of {}", paper.licence, holder.name);
        if paper.licence == *"id-card" {
            assert_eq!(paper.number, holder.citizen_id.as_str());
            assert!(paper.in_force(today()), "{}", holder.name);
        }
    }
}

#[test]
fn every_kind_of_paper_that_people_begin_with_is_somebodys() {
    let kinds: HashSet<&str> = PEOPLE.licences.iter().map(|one| one.licence.as_str()).collect();
    for kind in [
        "id-card",
        "household-register",
        "marriage-certificate",
        "birth-certificate",
        "health-cert",
        "real-estate",
        "business-licence",
        "food-permit",
        "hygiene-permit",
        "residence-permit",
        "social-security-card",
        "senior-card",
        "unemployment-registration",
        "delivery-record",
        "fire-acceptance",
        "vaccination-card",
        "tobacco-permit",
        "medical-enrolment",
        "birth-registration-voucher",
    ] {
        assert!(kinds.contains(kind), "nobody has a {kind}");
    }
}

#[test]
fn the_demo_people_are_told_apart_and_always_the_same() {
    let people = demo_people();
    let keys: HashSet<&str> = people.iter().map(|one| one.key).collect();
    assert_eq!(keys.len(), people.len());
    for one in &people {
        assert!(one.story.ends_with('。') && one.story.chars().count() <= 40, "{}", one.story);
        let row = PEOPLE.residents.iter().find(|row| row.subject == one.subject).expect("on the register");
        assert_eq!((row.name.as_str(), &row.citizen_id), (one.name, &one.citizen_id));
    }
    let listed: Vec<String> =
        people.iter().map(|one| format!("{} {} {} {}", one.key, one.citizen_id, one.subject, one.name)).collect();
    insta::assert_snapshot!(listed.join("\n"));
}

#[test]
fn five_thousand_people_are_made_at_once() {
    let begun = Instant::now();
    let people = sample::people(1, 5_000, &CATALOG, today());
    eprintln!("5,000 residents, {} licences in {:?}", people.licences.len(), begun.elapsed());
    // A wide margin: the machine of a test may be busy with others.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    assert_eq!(people.residents.len(), 5_000);
}
