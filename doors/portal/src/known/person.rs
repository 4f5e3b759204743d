//! What the registers say of a person, line by line, each with its register and day.

use access_service::Words;
use catalog::Catalog;
use chrono::NaiveDate;
use kernel::codes::Sex;
use records::{KnownFact, Origin, Register, Resident};

use crate::values;

/// One fact: what, its value, whence and as of when.
pub struct FactLine {
    pub name: String,
    pub value: String,
    pub source: String,
}

/// Registers whose facts have no column of their own; the others are told by the person's own row.
const FURTHER: [Register; 4] =
    [Register::Fertility, Register::SocialInsurance, Register::Employment, Register::MedicalInsurance];

/// The person's own row, in the order of an identity card.
pub fn row(person: &Resident, catalog: &Catalog, words: &Words, today: NaiveDate) -> Vec<FactLine> {
    let home = if person.origin == Origin::Register { Register::Population } else { Register::Identity };
    let sex = if person.sex() == Sex::Male { "男" } else { "女" };
    let region = |code: &Option<String>| code.as_ref().map(|code| values::region(code, catalog));
    let marital = person.marital.map(|marital| words.get(marital.text_key()).to_owned());
    let relation = person.relation.map(|relation| words.get(relation.text_key()).to_owned());
    let rows = [
        ("姓名", Some(person.name.clone()), home),
        ("性别", Some(sex.to_owned()), home),
        ("民族", person.nation.clone(), home),
        ("出生日期", Some(values::day(person.citizen_id.birth())), home),
        ("公民身份号码", Some(person.citizen_id.masked()), home),
        ("户籍登记住址", person.hukou_address.clone(), home),
        ("户籍所在社区", region(&person.hukou_region), home),
        ("与户主关系", relation, home),
        ("现居住地址", person.address.clone(), home),
        ("婚姻状况", marital, Register::Marriage),
        ("结婚登记日期", person.married_on.map(values::day), Register::Marriage),
        ("手机号码", person.mobile.as_deref().map(ui::say::mask_phone), Register::Contact),
    ];
    let source = |register: Register| sourced(words, register.text_key(), person.as_of, today);
    rows.into_iter()
        .filter_map(|(name, value, register)| {
            Some(FactLine { name: name.to_owned(), value: value?, source: source(register) })
        })
        .collect()
}

/// What further registers say. The spouse's facts, which fill the other half of a family's form, are the spouse's to see.
pub fn further(
    person: &Resident,
    known: &[KnownFact],
    catalog: &Catalog,
    words: &Words,
    today: NaiveDate,
) -> Vec<FactLine> {
    let spouse = if person.sex() == Sex::Male { "mother" } else { "father" };
    let mut lines: Vec<FactLine> = Vec::new();
    for fact in known.iter().filter(|fact| fact.derived_from.is_none() && FURTHER.contains(&fact.source.register)) {
        let Some(element) = catalog.elements.get(&fact.element).filter(|element| element.group != spouse) else {
            continue;
        };
        let value = values::shown(element, &fact.value, catalog);
        if !lines.iter().any(|line| line.name == element.name) {
            let source = sourced(words, fact.source.text_key(), fact.source.as_of, today);
            lines.push(FactLine { name: element.name.clone(), value, source });
        }
    }
    lines
}

fn sourced(words: &Words, key: &str, as_of: NaiveDate, today: NaiveDate) -> String {
    let when = if (today - as_of).num_days() < 7 { ui::say::ago(as_of, today) } else { values::day(as_of) };
    format!("{} · {when}", words.get(key))
}
