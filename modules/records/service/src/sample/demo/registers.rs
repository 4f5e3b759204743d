//! What is on record about the demo people: homes, marriages, work, firms, papers.

use chrono::{Days, Months, NaiveDate};
use kernel::value::Value;
use records::{HouseholdRelation, Marital, OrgForm, Origin, Register, Resident};

use super::person_of;
use crate::sample::firms::{self, Firm};
use crate::sample::maker::{Home, Maker, Paper, details, years_on};
use crate::sample::{papers, work};

/// Puts them on the registers.
pub(in crate::sample) fn make(maker: &mut Maker<'_>) {
    founders(maker);
    job_seeker(maker);
    new_family(maker);
    expecting_couple(maker);
    senior(maker);
    company_owner(maker);
    shop_owner(maker);
    tenant(maker);
    agent(maker);
    outsider(maker);
    maker.fixed = maker.people.residents.len();
    for one in 0..maker.fixed {
        if maker.people.residents[one].origin == Origin::Register {
            papers::basic(maker, one);
        }
    }
    delivery(maker);
}

fn founders(maker: &mut Maker<'_>) {
    let home = home(maker, "440604012017");
    let founder = resident(maker, "restaurant-founder", &home);
    papers::social_card(maker, founder);
    let home = self::home(maker, "440604010004");
    let salon = resident(maker, "salon-founder", &home);
    papers::social_card(maker, salon);
    let issued_on = maker.today - Days::new(40);
    papers::plain(maker, salon, "health-cert", issued_on, Some(years_on(issued_on, 1)));
}

fn job_seeker(maker: &mut Maker<'_>) {
    let home = home(maker, "440604012013");
    let one = resident(maker, "job-seeker", &home);
    maker.people.residents[one].marital = Some(Marital::Divorced);
    work::unemployed(maker, one, "佛山市澜景陶瓷机械有限公司", 126, 33);
    let subject = maker.people.residents[one].subject;
    maker.fact(subject, "job_seeking_count", 3u32, Register::Employment);
    papers::social_card(maker, one);
}

fn new_family(maker: &mut Maker<'_>) {
    let home = home(maker, "440604011001");
    let mother = resident(maker, "new-mother", &home);
    let father = resident(maker, "new-father", &home);
    wed(maker, father, mother, (2023, 5, 20));
    work::employed(maker, mother, "佛山市颐和软件科技有限公司", 78);
    work::employed(maker, father, "佛山市恒达机械设备有限公司", 102);
    for one in [mother, father] {
        papers::social_card(maker, one);
    }
    let issued_on = maker.today - Months::new(6);
    papers::plain(maker, mother, "birth-registration-voucher", issued_on, None);
}

/// The birth itself, twelve days ago (出生医学记录), on the mother's record until the child has a number.
fn delivery(maker: &mut Maker<'_>) {
    let mother = place_of(maker, "new-mother");
    let born_on = maker.today - Days::new(12);
    let record = details([
        ("gender", "female".into()),
        ("birth_date", born_on.into()),
        ("birth_time", "08:26".into()),
        ("weight", 3250u32.into()),
        ("length", 50u32.into()),
        ("weeks", 39u32.into()),
        ("organisation", "佛山市妇幼保健院".into()),
        ("place", "广东省佛山市禅城区".into()),
        ("delivery_kind", "natural".into()),
        ("fetus_n", 1u32.into()),
        ("admitted_on", (born_on - Days::new(1)).into()),
        ("discharged_on", (born_on + Days::new(3)).into()),
    ]);
    papers::personal(maker, mother, "delivery-record", born_on, None, None, record);
}

fn expecting_couple(maker: &mut Maker<'_>) {
    let hers = home(maker, "440604100001");
    let wife = resident(maker, "expecting-wife", &hers);
    let his = home(maker, "440604012017");
    let husband = resident(maker, "expecting-husband", &his);
    // They live at his place; her registration has stayed with her parents.
    let resident = &mut maker.people.residents[wife];
    (resident.region, resident.address) = (Some(his.region.clone()), Some(his.address.clone()));
    wed(maker, husband, wife, (2025, 10, 18));
    work::employed(maker, wife, "佛山市嘉悦商贸有限公司", 51);
    work::employed(maker, husband, "佛山市恒达机械设备有限公司", 64);
}

fn senior(maker: &mut Maker<'_>) {
    let home = home(maker, "440604012013");
    let one = resident(maker, "senior", &home);
    maker.people.residents[one].marital = Some(Marital::Widowed);
    papers::social_card(maker, one);
}

fn company_owner(maker: &mut Maker<'_>) {
    let home = home(maker, "440604010005");
    let owner = resident(maker, "company-owner", &home);
    let firm = Firm {
        name: "佛山市伟雄商贸有限公司".to_owned(),
        form: OrgForm::Company,
        scope: "日用百货销售；国内贸易代理；餐饮服务",
        capital: 100.0,
        years: 6,
        further: None,
    };
    let firm = firms::register(maker, owner, firm);
    premises(maker, firm);
}

/// The company owns its shop, and the building passed its fire inspection.
fn premises(maker: &mut Maker<'_>, firm: usize) {
    let firm = &maker.people.organisations[firm];
    let (holder, name, place) = (firm.subject, firm.name.clone(), firm.address.clone());
    for (licence, years_ago) in [("real-estate", 5), ("fire-acceptance", 6)] {
        maker.paper(Paper {
            licence,
            holder,
            holder_name: &name,
            issued_on: maker.today - Months::new(years_ago * 12),
            valid_to: None,
            number: None,
            about: None,
            place: Some(place.clone()),
            details: details([("usage", Value::from("commercial"))]),
        });
    }
}

fn shop_owner(maker: &mut Maker<'_>) {
    let home = home(maker, "440604011001");
    let owner = resident(maker, "shop-owner", &home);
    let firm = Firm {
        name: "佛山市禅城区玲记小食店".to_owned(),
        form: OrgForm::Individual,
        scope: "餐饮服务",
        capital: 5.0,
        years: 5,
        further: None,
    };
    let firm = firms::register(maker, owner, firm);
    // 延续 is possible from ninety to fifteen working days before the end (食品经营许可和备案管理办法第三十二条).
    let valid_to = maker.today + Days::new(70);
    let (holder, name, place) = {
        let firm = &maker.people.organisations[firm];
        (firm.subject, firm.name.clone(), firm.address.clone())
    };
    maker.paper(Paper {
        licence: "food-permit",
        holder,
        holder_name: &name,
        issued_on: valid_to + Days::new(1) - Months::new(60),
        valid_to: Some(valid_to),
        number: None,
        about: None,
        place: Some(place),
        details: details([("usage", Value::from("commercial"))]),
    });
    let issued_on = maker.today - Days::new(100);
    papers::plain(maker, owner, "health-cert", issued_on, Some(years_on(issued_on, 1)));
}

fn tenant(maker: &mut Maker<'_>) {
    let mut home = home(maker, "440604011001");
    home.hukou = Some(("420106", "湖北省武汉市武昌区和平路16号".to_owned()));
    let one = resident(maker, "tenant", &home);
    work::employed(maker, one, "佛山市恒达机械设备有限公司", 40);
    let issued_on = maker.today - Days::new(345);
    papers::residence_permit(maker, one, issued_on);
}

fn agent(maker: &mut Maker<'_>) {
    let home = home(maker, "440604010005");
    resident(maker, "agent", &home);
}

/// Known to the identity provider alone.
fn outsider(maker: &mut Maker<'_>) {
    let person = person_of("outsider");
    let resident = Resident::of_identity(person.subject, person.citizen_id, person.name, maker.today);
    maker.people.residents.push(resident);
}

/// A home in that community, or in any where the catalogue does not have it.
fn home(maker: &mut Maker<'_>, community: &str) -> Home {
    match maker.communities.iter().position(|one| one.code == community) {
        Some(place) => maker.home_in(place),
        None => maker.home(),
    }
}

fn resident(maker: &mut Maker<'_>, key: &str, home: &Home) -> usize {
    let person = person_of(key);
    let sex = person.citizen_id.sex();
    let taken = maker.citizen_id(person.citizen_id.area(), person.citizen_id.birth(), sex);
    debug_assert_eq!(taken, person.citizen_id, "nobody else has taken a demo person's number");
    let one = maker.add(person.name.to_owned(), person.citizen_id, home);
    let resident = &mut maker.people.residents[one];
    resident.subject = person.subject;
    resident.relation = Some(HouseholdRelation::Head);
    resident.nation = Some("汉族".to_owned());
    one
}

fn wed(maker: &mut Maker<'_>, husband: usize, wife: usize, (year, month, day): (i32, u32, u32)) {
    let on = NaiveDate::from_ymd_opt(year, month, day).expect("wedding days of the demo people exist");
    maker.marry(husband, wife, on);
    let same_home = maker.people.residents[husband].household == maker.people.residents[wife].household;
    if same_home {
        maker.people.residents[wife].relation = Some(HouseholdRelation::Spouse);
    }
}

fn place_of(maker: &Maker<'_>, key: &str) -> usize {
    let subject = person_of(key).subject;
    maker.people.residents.iter().position(|one| one.subject == subject).expect("made before")
}
