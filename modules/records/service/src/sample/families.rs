//! Households: who lives with whom, and how old they may be.

use chrono::{Days, Months, NaiveDate};
use kernel::codes::Sex;
use rand::RngExt;
use records::{HouseholdRelation, Marital};

use super::maker::{Home, Maker};
use super::places;

/// Youngest a parent of the sample is at a birth.
const PARENT_AGE_MIN: u32 = 21;

/// Adds one household of at most `room` people.
pub(super) fn make(maker: &mut Maker<'_>, room: usize) {
    let mut home = maker.home();
    if maker.chance(18) {
        let (area, name) = maker.pick(&places::ELSEWHERE);
        let number = maker.rng.random_range(1..200);
        home.hukou = Some((area, format!("{name}{}{number}号", maker.pick(&["和平路", "建设街", "新村", "东门街"]))));
    }
    // The kinds that may not fit go last, so that the rest of the room decides.
    let kind = maker.rng.random_range(0..100);
    match (kind, room) {
        (0..18, 6..) => three_generations(maker, &home),
        (18..58, 4..) => couple_with_children(maker, &home),
        (58..72, 2..) => couple(maker, &home),
        (72..76, 2..) => single_parent(maker, &home),
        (76..86, 2..) => elderly(maker, &home),
        _ => {
            single(maker, &home);
        }
    }
}

fn single(maker: &mut Maker<'_>, home: &Home) -> usize {
    let age = maker.rng.random_range(19..70);
    let sex = maker.pick(&[Sex::Male, Sex::Female]);
    let surname = maker.surname();
    let head = person(maker, surname, sex, age, home);
    stand(maker, head, HouseholdRelation::Head);
    if age > 35 && maker.chance(30) {
        maker.people.residents[head].marital = Some(Marital::Divorced);
    }
    head
}

fn couple(maker: &mut Maker<'_>, home: &Home) {
    let age = maker.rng.random_range(25..60);
    pair(maker, home, age);
}

fn couple_with_children(maker: &mut Maker<'_>, home: &Home) {
    let age = maker.rng.random_range(25..50);
    let (father, mother) = pair(maker, home, age);
    children(maker, home, Some(father), Some(mother), HouseholdRelation::Child);
}

fn single_parent(maker: &mut Maker<'_>, home: &Home) {
    let surname = maker.surname();
    let age = maker.rng.random_range(28..50);
    let mother = person(maker, surname, Sex::Female, age, home);
    stand(maker, mother, HouseholdRelation::Head);
    maker.people.residents[mother].marital = Some(Marital::Divorced);
    child(maker, home, None, Some(mother), HouseholdRelation::Child);
}

fn elderly(maker: &mut Maker<'_>, home: &Home) {
    let age = maker.rng.random_range(63..92);
    if maker.chance(40) {
        let surname = maker.surname();
        let widow = person(maker, surname, Sex::Female, age, home);
        stand(maker, widow, HouseholdRelation::Head);
        maker.people.residents[widow].marital = Some(Marital::Widowed);
    } else {
        pair(maker, home, age);
    }
}

fn three_generations(maker: &mut Maker<'_>, home: &Home) {
    let age = maker.rng.random_range(28..45);
    let (father, mother) = pair(maker, home, age);
    children(maker, home, Some(father), Some(mother), HouseholdRelation::Child);
    let surname = first(&maker.people.residents[father].name);
    let father_age = maker.people.residents[father].age_on(maker.today);
    let grand_age = father_age + maker.rng.random_range(PARENT_AGE_MIN + 2..32);
    let grandfather = person(maker, &surname, Sex::Male, grand_age, home);
    let own = maker.surname();
    let grandmother = person(maker, own, Sex::Female, grand_age - 1, home);
    for one in [grandfather, grandmother] {
        stand(maker, one, HouseholdRelation::Parent);
    }
    wed(maker, grandfather, grandmother);
    let subjects = (maker.people.residents[grandfather].subject, maker.people.residents[grandmother].subject);
    let father = &mut maker.people.residents[father];
    (father.father, father.mother) = (Some(subjects.0), Some(subjects.1));
}

/// A married couple; she is of this age, he up to five years older or two younger.
fn pair(maker: &mut Maker<'_>, home: &Home, age: u32) -> (usize, usize) {
    let surname = maker.surname();
    let his_age = age + maker.rng.random_range(0..8) - 2;
    let husband = person(maker, surname, Sex::Male, his_age, home);
    let own = maker.surname();
    let wife = person(maker, own, Sex::Female, age, home);
    stand(maker, husband, HouseholdRelation::Head);
    stand(maker, wife, HouseholdRelation::Spouse);
    wed(maker, husband, wife);
    (husband, wife)
}

/// Marries two people as soon as both may: he is at least 22, she 20 (民法典第一千零四十七条).
fn wed(maker: &mut Maker<'_>, husband: usize, wife: usize) {
    let day = wedding_after(maker, husband, 22, 24).max(wedding_after(maker, wife, 20, 22));
    maker.marry(husband, wife, day);
}

/// A wedding day when this person was between these ages, and not in the future.
fn wedding_after(maker: &mut Maker<'_>, person: usize, least: u32, most: u32) -> NaiveDate {
    let birth = maker.people.residents[person].citizen_id.birth();
    let months = maker.rng.random_range(least * 12 + 1..most * 12);
    let day = birth + Months::new(months) + Days::new(maker.rng.random_range(0..28));
    day.min(maker.today - Days::new(30))
}

/// One to three children, the eldest first, as old as their parents' ages allow.
fn children(
    maker: &mut Maker<'_>,
    home: &Home,
    father: Option<usize>,
    mother: Option<usize>,
    relation: HouseholdRelation,
) {
    let number = maker.pick(&[1, 1, 1, 2, 2, 2]);
    for _ in 0..number {
        child(maker, home, father, mother, relation);
    }
}

fn child(
    maker: &mut Maker<'_>,
    home: &Home,
    father: Option<usize>,
    mother: Option<usize>,
    relation: HouseholdRelation,
) {
    let parents: Vec<usize> = father.into_iter().chain(mother).collect();
    let youngest = parents.iter().map(|one| maker.people.residents[*one].age_on(maker.today)).min().unwrap_or(0);
    // Completed years say too little at a birthday; one year more keeps parents old enough on any day.
    let oldest_child = youngest.saturating_sub(PARENT_AGE_MIN + 1).min(24);
    let age = maker.rng.random_range(0..=oldest_child);
    let sex = maker.pick(&[Sex::Male, Sex::Female]);
    let surname = first(&maker.people.residents[parents[0]].name);
    let child = person(maker, &surname, sex, age, home);
    stand(maker, child, relation);
    let subject = |one: Option<usize>| one.map(|one| maker.people.residents[one].subject);
    let (father, mother) = (subject(father), subject(mother));
    let resident = &mut maker.people.residents[child];
    (resident.father, resident.mother) = (father, mother);
}

fn person(maker: &mut Maker<'_>, surname: &str, sex: Sex, age: u32, home: &Home) -> usize {
    let birth = maker.birthday(age);
    let area = match home.hukou {
        // A child born here to people from elsewhere is registered where they are.
        Some((area, _)) => area,
        None => maker.area_at_birth(birth),
    };
    let citizen_id = maker.citizen_id(area, birth, sex);
    let name = format!("{surname}{}", maker.given(sex));
    maker.add(name, citizen_id, home)
}

fn stand(maker: &mut Maker<'_>, person: usize, relation: HouseholdRelation) {
    maker.people.residents[person].relation = Some(relation);
}

fn first(name: &str) -> String {
    name.chars().take(1).collect()
}
