//! Chance, places and numbers: what everything else in the sample is made with.

use std::collections::HashMap;

use catalog::Catalog;
use catalog::model::{Authority, HolderRole, LicenceType};
use chrono::{Datelike, Days, Months, NaiveDate};
use kernel::codes::{CitizenId, Sex};
use kernel::id::{LicenceId, SubjectId};
use kernel::value::{Facts, Value};
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use records::{Fact, Licence, Marital, Origin, Register, Resident, numbering};
use uuid::{Builder, Uuid};

use super::People;
use super::places::{self, Community};

pub(super) struct Maker<'c> {
    pub rng: StdRng,
    pub catalog: &'c Catalog,
    pub today: NaiveDate,
    pub communities: Vec<Community>,
    pub people: People,
    /// Who of the people has a fixed profile and gets nothing by chance.
    pub fixed: usize,
    citizen_serials: HashMap<(String, NaiveDate, Sex), u16>,
    licence_serials: HashMap<String, u64>,
    pub households: u64,
    mobiles: u64,
}

/// A home: where it is, and whose household it is.
#[derive(Debug, Clone)]
pub(super) struct Home {
    pub region: String,
    pub address: String,
    pub household: String,
    /// Registered residence, when it is elsewhere.
    pub hukou: Option<(&'static str, String)>,
}

/// A licence to be made, with what every one of its kind shares.
pub(super) struct Paper<'a> {
    pub licence: &'a str,
    pub holder: SubjectId,
    pub holder_name: &'a str,
    pub issued_on: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    /// What is printed when it is not a number of its own, such as the citizen ID number.
    pub number: Option<String>,
    pub about: Option<HolderRole>,
    pub place: Option<String>,
    pub details: Facts,
}

impl<'c> Maker<'c> {
    pub fn new(seed: u64, catalog: &'c Catalog, today: NaiveDate) -> Self {
        Self {
            rng: StdRng::seed_from_u64(seed),
            catalog,
            today,
            communities: places::communities(catalog),
            people: People::default(),
            fixed: 0,
            citizen_serials: HashMap::new(),
            licence_serials: HashMap::new(),
            households: 0,
            mobiles: 0,
        }
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.random_range(0..of.len())]
    }

    /// True in so many of a hundred times.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_ratio(percent, 100)
    }

    /// An identifier as the platform makes them (UUID version 7), dated today.
    pub fn uuid(&mut self) -> Uuid {
        let mut bytes = [0; 10];
        self.rng.fill_bytes(&mut bytes);
        let midnight = self.today.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        Builder::from_unix_timestamp_millis(u64::try_from(midnight).unwrap_or(0), &bytes).into_uuid()
    }

    /// A birthday of somebody who is so many years old today.
    pub fn birthday(&mut self, age: u32) -> NaiveDate {
        let last = self.today - Months::new(age * 12);
        last - Days::new(self.rng.random_range(0..365))
    }

    /// A day in the past, so many years back at most.
    pub fn past(&mut self, years: u32) -> NaiveDate {
        self.today - Days::new(self.rng.random_range(1..u64::from(years) * 365))
    }

    /// The next free citizen ID number of that birthday. Serials run out only beyond forty-eight births of a day, a
    /// county and a sex; then the birthday moves on.
    pub fn citizen_id(&mut self, area: &str, birth: NaiveDate, sex: Sex) -> CitizenId {
        let mut birth = birth;
        loop {
            let first = numbering::CITIZEN_SERIALS.start() + u16::from(sex == Sex::Male);
            let next = self.citizen_serials.entry((area.to_owned(), birth, sex)).or_insert(first);
            if numbering::CITIZEN_SERIALS.contains(next) {
                let serial = *next;
                *next += 2;
                return numbering::citizen_id(area, birth, serial).expect("area, date and serial have their lengths");
            }
            birth = birth - Days::new(1);
        }
    }

    /// The county whose code a number has: 禅城 since 2003, and before that the wards it was made of.
    pub fn area_at_birth(&mut self, birth: NaiveDate) -> &'static str {
        match birth.year() {
            2003.. => "440604",
            _ => self.pick(&["440602", "440603", "440603"]),
        }
    }

    /// A mobile number with a prefix that no operator has, so that no message ever reaches anybody.
    pub fn mobile(&mut self) -> String {
        self.mobiles += 1;
        format!("100{:08}", self.mobiles * 7919 % 100_000_000)
    }

    /// A home in a community.
    pub fn home(&mut self) -> Home {
        let community = self.rng.random_range(0..self.communities.len());
        self.home_in(community)
    }

    /// A home in this community.
    pub fn home_in(&mut self, community: usize) -> Home {
        self.households += 1;
        let (road, kind) = (self.pick(&places::ROADS), self.pick(&places::ROAD_KINDS));
        let (number, block) = (self.rng.random_range(1..120), self.rng.random_range(1..12));
        let (floor, flat) = (self.rng.random_range(2..30), self.rng.random_range(1..5));
        let community = &self.communities[community];
        Home {
            region: community.code.clone(),
            address: format!("{}{road}{kind}{number}号{block}座{floor}{flat:02}房", community.prefix),
            household: format!("{}{:06}", &community.code[..community.code.len().min(6)], self.households),
            hukou: None,
        }
    }

    /// A shop on the ground floor of a community: region and address.
    pub fn shop(&mut self) -> (String, String) {
        let community = self.rng.random_range(0..self.communities.len());
        let (road, kind) = (self.pick(&places::ROADS), self.pick(&places::ROAD_KINDS));
        let (number, unit) = (self.rng.random_range(1..200), self.rng.random_range(1..30));
        let community = &self.communities[community];
        (community.code.clone(), format!("{}{road}{kind}{number}号首层{unit}号铺", community.prefix))
    }

    /// Adds a resident and tells where in the list.
    pub fn add(&mut self, name: String, citizen_id: CitizenId, home: &Home) -> usize {
        let subject = SubjectId::from_uuid(self.uuid());
        let mobile = (kernel::day::age_on(citizen_id.birth(), self.today) >= 12).then(|| self.mobile());
        let (hukou_region, hukou_address) = match &home.hukou {
            Some((region, address)) => ((*region).to_owned(), address.clone()),
            None => (home.region.clone(), home.address.clone()),
        };
        let nation = self.nation().to_owned();
        self.people.residents.push(Resident {
            nation: Some(nation),
            mobile,
            hukou_region: Some(hukou_region),
            hukou_address: Some(hukou_address),
            region: Some(home.region.clone()),
            address: Some(home.address.clone()),
            household: Some(home.household.clone()),
            marital: Some(Marital::Single),
            origin: Origin::Register,
            ..Resident::of_identity(subject, citizen_id, name, self.today)
        });
        self.people.residents.len() - 1
    }

    /// Marries two residents.
    pub fn marry(&mut self, one: usize, other: usize, on: NaiveDate) {
        for (a, b) in [(one, other), (other, one)] {
            let spouse = self.people.residents[b].subject;
            let resident = &mut self.people.residents[a];
            (resident.marital, resident.spouse, resident.married_on) = (Some(Marital::Married), Some(spouse), Some(on));
        }
    }

    /// Adds a datum about somebody.
    pub fn fact(&mut self, subject: SubjectId, field: &str, value: impl Into<Value>, register: Register) {
        let fact = Fact { field: field.to_owned(), value: value.into(), register, as_of: self.today };
        self.people.facts.push((subject, fact));
    }

    /// Puts a licence on record. A type the catalogue does not have is left out: the sample follows the catalogue.
    pub fn paper(&mut self, paper: Paper<'_>) -> Option<usize> {
        let kind: &LicenceType = self.catalog.licences.get(paper.licence)?;
        let authority: &Authority = self.catalog.authorities.get(&kind.authority)?;
        let year = paper.issued_on.year();
        let serial = self.licence_serials.entry(numbering::counter(authority, kind, year)).or_insert(SAMPLE_SERIALS);
        *serial += 1;
        let mark = numbering::mark(kind, authority, year, *serial, 1).ok()?;
        let number =
            paper.number.unwrap_or_else(|| numbering::licence_number(kind, authority, paper.issued_on, *serial));
        let id = LicenceId::from_uuid(self.uuid());
        self.people.licences.push(Licence {
            id,
            licence: kind.id.clone(),
            kind: kind.holder,
            number,
            mark,
            holder: paper.holder,
            holder_name: paper.holder_name.to_owned(),
            about: paper.about,
            place: paper.place,
            issued_by: authority.id.clone(),
            issued_on: paper.issued_on,
            valid_to: paper.valid_to,
            version: 1,
            ended: None,
            case: None,
            details: paper.details,
        });
        Some(self.people.licences.len() - 1)
    }

    fn nation(&mut self) -> &'static str {
        match self.rng.random_range(0..100) {
            0 => "壮族",
            1 => "瑶族",
            2 => "土家族",
            3 => "苗族",
            _ => "汉族",
        }
    }
}

/// Serials of the sample begin here, so that the first licence issued by a case of the demo year is number one.
const SAMPLE_SERIALS: u64 = 500_000;

/// The last day of a term of so many years from a day.
pub(super) fn years_on(from: NaiveDate, years: u32) -> NaiveDate {
    from + Months::new(years * 12) - Days::new(1)
}

/// Details of a licence, by field.
pub(super) fn details<const N: usize>(pairs: [(&str, Value); N]) -> Facts {
    pairs.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}
