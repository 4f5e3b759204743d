//! `yimen bench rules`: a hundred conditions over the catalogue's own elements, judged once for each of some people. With --json it prints
//! the same rules as JSON-logic, for a peer to judge (scripts/peers/rules.py).

use std::time::Instant;

use anyhow::{Context, Result, bail};
use catalog::condition::{Condition, ElementDictionary};
use catalog::model::{Element, ElementKind};
use catalog::sample::Seeded;
use kernel::value::{Facts, Value};
use serde_json::{Value as Json, json};

use super::{Order, measure};
use crate::commands::catalogue;

const RULES: usize = 100;
const PEOPLE: usize = 50;
/// Times everybody is judged in a run, and runs, of which the middle one counts.
const ROUNDS: usize = 200;
const RUNS: usize = 9;
const SEED: u64 = 7;

/// One rule in both languages.
struct Rule {
    cel: String,
    logic: Json,
}

/// Prints microseconds for all rules once.
pub fn run(order: &Order) -> Result<()> {
    let folder = catalogue::open(&order.catalog)?;
    let catalog = folder.compiled.context("the catalogue has errors; `yimen check` shows them")?.catalog;
    let elements: Vec<&Element> = catalog.elements.values().filter(|element| is_plain(element)).collect();
    let dictionary = ElementDictionary::new(catalog.elements.values());
    let mut dice = Seeded::new(SEED);
    let rules: Vec<Rule> = (0..RULES).map(|_| rule(&elements, &mut dice)).collect();
    let people: Vec<Facts> = (0..PEOPLE).map(|_| facts(&elements, &mut dice)).collect();
    let compiled: Vec<Condition> = rules.iter().map(|rule| compile(&rule.cel, &dictionary)).collect::<Result<_>>()?;
    let slots: Vec<_> = people.iter().map(|facts| dictionary.lay_out(facts)).collect();
    let judge = |person: usize| compiled.iter().filter(|rule| rule.holds(&slots[person]) == Some(true)).count();
    let holding: Vec<usize> = (0..PEOPLE).map(judge).collect();
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let begun = Instant::now();
        for _ in 0..ROUNDS {
            std::hint::black_box((0..PEOPLE).map(judge).sum::<usize>());
        }
        times.push(begun.elapsed().as_secs_f64() * 1e6 / (ROUNDS * PEOPLE) as f64);
    }
    let micros = measure::median(times);
    if order.json {
        let rules: Vec<Json> = rules.iter().map(|rule| json!({ "cel": rule.cel, "logic": rule.logic })).collect();
        let people: Vec<Json> = people.iter().map(as_json).collect();
        println!("{}", json!({ "bench": "rules", "us": micros, "rules": rules, "facts": people, "holding": holding }));
    } else {
        println!("{RULES} rules once: {micros:.2} µs ({:.0} ns a rule)", micros * 1e3 / RULES as f64);
    }
    Ok(())
}

/// What both languages compare alike.
fn is_plain(element: &Element) -> bool {
    match element.kind {
        ElementKind::Bool | ElementKind::Number => true,
        ElementKind::Choice => element.options.len() > 1,
        _ => false,
    }
}

fn compile(cel: &str, dictionary: &ElementDictionary) -> Result<Condition> {
    match Condition::compile(cel, dictionary) {
        Ok(condition) => Ok(condition),
        Err(problems) => bail!("{cel}: {problems:?}"),
    }
}

/// Two to four comparisons, joined by and, or.
fn rule(elements: &[&Element], dice: &mut Seeded) -> Rule {
    let parts: Vec<Rule> = (0..2 + dice.below(3))
        .map(|_| {
            let element = *dice.pick(elements);
            comparison(element, dice)
        })
        .collect();
    let (cel, logic) = if dice.below(2) == 0 { (" && ", "and") } else { (" || ", "or") };
    Rule {
        cel: parts.iter().map(|part| part.cel.as_str()).collect::<Vec<_>>().join(cel),
        logic: json!({ logic: parts.into_iter().map(|part| part.logic).collect::<Vec<_>>() }),
    }
}

fn comparison(element: &Element, dice: &mut Seeded) -> Rule {
    let code = element.code.as_str();
    let var = json!({ "var": code });
    match element.kind {
        ElementKind::Bool if dice.below(2) == 0 => Rule { cel: format!("!{code}"), logic: json!({ "!": [var] }) },
        ElementKind::Bool => Rule { cel: code.to_owned(), logic: json!({ "==": [var, true] }) },
        ElementKind::Number => {
            let least = dice.below(100);
            Rule { cel: format!("{code} >= {least}"), logic: json!({ ">=": [var, least] }) }
        }
        _ => {
            let some: Vec<&str> = element.options.iter().take(2).map(|option| option.value.as_str()).collect();
            let list = some.iter().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(", ");
            Rule { cel: format!("{code} in [{list}]"), logic: json!({ "in": [var, some] }) }
        }
    }
}

fn facts(elements: &[&Element], dice: &mut Seeded) -> Facts {
    let value = |element: &Element, dice: &mut Seeded| match element.kind {
        ElementKind::Bool => Value::Bool(dice.below(2) == 0),
        ElementKind::Number => Value::Number(dice.below(100) as f64),
        _ => Value::Text(dice.pick(&element.options).value.clone()),
    };
    elements.iter().map(|element| (element.code.to_string(), value(element, dice))).collect()
}

fn as_json(facts: &Facts) -> Json {
    let value = |value: &Value| match value {
        Value::Bool(yes) => json!(yes),
        Value::Number(number) => json!(number),
        other => json!(other.as_text()),
    };
    Json::Object(facts.iter().map(|(code, fact)| (code.to_string(), value(fact))).collect())
}
