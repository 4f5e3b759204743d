//! The few people with a story: for the sign-in page of the demonstration, for journeys, and for whoever tries it out.
//!
//! Their ID numbers and identifiers are fixed by rule, whatever the seed and the day; only what happened lately moves
//! with the day.

mod registers;

use std::sync::OnceLock;

use chrono::NaiveDate;
use kernel::codes::{CitizenId, Sex};
use kernel::id::SubjectId;
use records::numbering;
use uuid::Uuid;

pub(super) use registers::make;

/// One of the people to sign in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// Stable name for tests and journeys.
    pub key: &'static str,
    pub subject: SubjectId,
    pub citizen_id: CitizenId,
    pub name: &'static str,
    /// Who this is and what brings them here, in one sentence.
    pub story: &'static str,
}

struct Profile {
    key: &'static str,
    name: &'static str,
    sex: Sex,
    area: &'static str,
    birth: (i32, u32, u32),
    story: &'static str,
}

const fn profile(
    key: &'static str,
    name: &'static str,
    sex: Sex,
    area: &'static str,
    birth: (i32, u32, u32),
    story: &'static str,
) -> Profile {
    Profile { key, name, sex, area, birth, story }
}

const PROFILES: [Profile; 13] = [
    profile(
        "restaurant-founder",
        "何志远",
        Sex::Male,
        "440603",
        (1990, 3, 18),
        "准备在祖庙开一家餐饮店，还没有营业执照。",
    ),
    profile(
        "salon-founder",
        "陈嘉怡",
        Sex::Female,
        "440603",
        (1996, 5, 20),
        "租好了铺面，健康证已经办好，想开一家理发店。",
    ),
    profile(
        "job-seeker",
        "黄国强",
        Sex::Male,
        "440602",
        (1979, 8, 15),
        "合同到期单位没有续签，失业保险缴满十年，来申领失业金。",
    ),
    profile(
        "new-mother",
        "李婉仪",
        Sex::Female,
        "440603",
        (1995, 7, 9),
        "孩子刚出生，夫妻都是禅城户口，要办出生和落户。",
    ),
    profile("new-father", "梁俊杰", Sex::Male, "440603", (1993, 2, 11), "李婉仪的丈夫，参加职工社保，替家里跑手续。"),
    profile("expecting-wife", "周敏", Sex::Female, "440603", (1998, 10, 2), "已经登记结婚，刚刚怀孕，想办生育登记。"),
    profile("expecting-husband", "吴文浩", Sex::Male, "440602", (1997, 6, 25), "周敏的丈夫，户口在祖庙街道。"),
    profile("senior", "冯桂兰", Sex::Female, "440603", (1944, 4, 6), "八十多岁，一个人住，还没有领老年人优待卡。"),
    profile(
        "company-owner",
        "梁伟雄",
        Sex::Male,
        "440602",
        (1975, 12, 30),
        "名下有一家商贸公司，想用公司的执照再开一家餐厅。",
    ),
    profile("shop-owner", "关少玲", Sex::Female, "440603", (1983, 9, 1), "开小餐馆快五年了，食品经营许可证快要到期。"),
    profile("tenant", "张磊", Sex::Male, "420106", (1991, 1, 27), "外省户口，在张槎租房上班，居住证快要签注。"),
    profile(
        "outsider",
        "王海涛",
        Sex::Male,
        "430104",
        (1992, 9, 14),
        "刚从外省来，本地查不到他的任何信息，全部要自己填。",
    ),
    profile("agent", "林秀芬", Sex::Female, "440603", (1988, 11, 23), "代办员，受朋友委托来办事。"),
];

/// All of them, in the order of the sign-in page.
pub fn demo_people() -> Vec<DemoPerson> {
    static PEOPLE: OnceLock<Vec<DemoPerson>> = OnceLock::new();
    PEOPLE.get_or_init(|| PROFILES.iter().enumerate().map(|(place, one)| demo_person(place, one)).collect()).clone()
}

fn demo_person(place: usize, profile: &Profile) -> DemoPerson {
    let (year, month, day) = profile.birth;
    let birth = NaiveDate::from_ymd_opt(year, month, day).expect("birthdays of the demo people exist");
    let serial = numbering::CITIZEN_SERIALS.start() + u16::from(profile.sex == Sex::Male);
    let citizen_id = numbering::citizen_id(profile.area, birth, serial).expect("a valid number by construction");
    // Version 7 of a fixed moment, so that the rows lie before all others.
    let subject = SubjectId::from_uuid(Uuid::from_u128(FIRST_SUBJECT + place as u128));
    DemoPerson { key: profile.key, subject, citizen_id, name: profile.name, story: profile.story }
}

/// 0193a000-0000-7000-8000-000000000001, the first demo person's identifier.
const FIRST_SUBJECT: u128 = 0x0193_a000_0000_7000_8000_0000_0000_0001;

/// The one of that key.
fn person_of(key: &str) -> DemoPerson {
    demo_people().into_iter().find(|one| one.key == key).expect("every profile named here is in the list")
}
