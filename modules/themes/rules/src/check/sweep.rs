//! Trying answers, as few as can tell: only questions that matter to the conditions at hand, only values at which a
//! condition can change its mind, and no further down a branch that is settled already (three-valued logic tells).

use catalog::condition::{Condition, FactSlots, Slot};
use catalog::model::{Catalog, ElementKind};
use kernel::value::Value;

use crate::question::{Question, QuestionKind};
use crate::theme::Theme;

/// What is to be done at some point of the sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// This is what was sought.
    Found,
    /// Nothing of the kind down here.
    Leave,
}

/// Answers that were sought and found.
pub(super) struct Path {
    /// As people would say them.
    pub answers: String,
    /// Whether the conditions were all decided there; otherwise they stay open though nothing is left to ask.
    pub is_decided: bool,
}

/// The sweep would take too long.
pub(super) struct TooMany;

/// Steps after which a sweep is given up. A theme of a dozen yes-or-no questions needs a few thousand.
const STEPS_MAX: usize = 200_000;

/// Something with a value: a question, or an element the records know.
struct Variable<'t> {
    slot: Slot,
    question: Option<&'t Question>,
    name: &'t str,
    values: Vec<Value>,
}

pub(super) struct Sweep<'t> {
    theme: &'t Theme,
    variables: Vec<Variable<'t>>,
    /// Whether every fact that matters is varied. Of dates and texts on record it is not known what to try.
    pub sees_everything: bool,
    steps: usize,
}

impl<'t> Sweep<'t> {
    /// Prepares a sweep over the first so many questions, as far as they matter to these conditions, directly or
    /// through the conditions of other questions.
    pub fn new(theme: &'t Theme, catalog: &'t Catalog, questions: usize, conditions: &[Condition]) -> Self {
        let asked = &theme.questions[..questions];
        let matter = slots_that_matter(asked, conditions);
        // Elements on record come first: they are known before the first question.
        let on_record = matter.iter().filter(|slot| asked.iter().all(|question| question.slot != **slot));
        let on_record = on_record.filter_map(|&slot| {
            let element = catalog.elements.get(theme.dictionary.code(slot))?;
            element.source.as_ref()?;
            let options = element.options.iter().map(|choice| choice.value.as_str());
            let kind = match element.kind {
                ElementKind::Bool => QuestionKind::Bool,
                ElementKind::Choice => QuestionKind::Single,
                ElementKind::Multi => QuestionKind::Multi,
                ElementKind::Number => QuestionKind::Number,
                // Nothing is known of which dates and texts make a difference.
                _ => return None,
            };
            let values = values_of(kind, options, (element.min, element.max), &literals(theme, slot));
            Some(Variable { slot, question: None, name: &element.name, values })
        });
        let questions = asked.iter().filter(|question| matter.contains(&question.slot)).map(|question| {
            let options = question.options.iter().map(|option| option.value.as_str());
            let bounds = (question.min, question.max);
            let values = values_of(question.kind, options, bounds, &literals(theme, question.slot));
            Variable { slot: question.slot, question: Some(question), name: &question.text, values }
        });
        let variables: Vec<_> = on_record.chain(questions).collect();
        let sees_everything = matter.iter().all(|slot| variables.iter().any(|variable| variable.slot == *slot));
        Self { theme, variables, sees_everything, steps: 0 }
    }

    /// Looks for answers at which `judge` says [`End::Found`]; it says nothing as long as it cannot tell. `undecided`
    /// says what becomes of answers that are complete and still leave it unable to tell.
    pub fn find(
        &mut self,
        judge: impl Fn(&FactSlots<'_>) -> Option<End>,
        undecided: End,
    ) -> Result<Option<Path>, TooMany> {
        let variables = std::mem::take(&mut self.variables);
        let mut facts = self.theme.dictionary.empty_slots();
        let mut taken = Vec::new();
        self.descend(&variables, 0, &mut facts, &mut taken, &|facts, at_end| match judge(facts) {
            Some(end) => Some((end, true)),
            None => at_end.then_some((undecided, false)),
        })
    }

    fn descend<'v>(
        &mut self,
        variables: &'v [Variable<'_>],
        depth: usize,
        facts: &mut FactSlots<'v>,
        taken: &mut Vec<(usize, &'v Value)>,
        judge: &impl Fn(&FactSlots<'_>, bool) -> Option<(End, bool)>,
    ) -> Result<Option<Path>, TooMany> {
        self.steps += 1;
        if self.steps > STEPS_MAX {
            return Err(TooMany);
        }
        let next = variables.get(depth);
        match judge(facts, next.is_none()) {
            Some((End::Leave, _)) => return Ok(None),
            Some((End::Found, is_decided)) => return Ok(Some(path(variables, taken, is_decided))),
            None => {}
        }
        let Some(variable) = next else { return Ok(None) };
        let was = facts.get(variable.slot);
        match variable.question.and_then(|question| question.when.as_ref()).map_or(Some(true), |when| when.holds(facts))
        {
            Some(true) => {}
            asked => {
                // As in a plan: a question that does not apply leaves "no" or "none" behind.
                if let (Some(false), None, Some(question)) = (asked, was, variable.question) {
                    match question.kind {
                        QuestionKind::Bool => facts.set(variable.slot, &NO),
                        QuestionKind::Multi => facts.set(variable.slot, &NONE),
                        QuestionKind::Single | QuestionKind::Number | QuestionKind::Text => {}
                    }
                }
                let found = self.descend(variables, depth + 1, facts, taken, judge);
                restore(facts, variable.slot, was);
                return found;
            }
        }
        for value in &variable.values {
            facts.set(variable.slot, value);
            taken.push((depth, value));
            let found = self.descend(variables, depth + 1, facts, taken, judge)?;
            taken.pop();
            if found.is_some() {
                return Ok(found);
            }
        }
        restore(facts, variable.slot, was);
        Ok(None)
    }
}

static NO: Value = Value::Bool(false);
static NONE: Value = Value::List(Vec::new());

fn restore<'v>(facts: &mut FactSlots<'v>, slot: Slot, was: Option<&'v Value>) {
    match was {
        Some(value) => facts.set(slot, value),
        None => facts.clear(slot),
    }
}

fn path(variables: &[Variable<'_>], taken: &[(usize, &Value)], is_decided: bool) -> Path {
    let say = |(variable, value): &(usize, &Value)| {
        let variable = &variables[*variable];
        let answer = variable.question.map_or_else(|| value.to_string(), |question| question.label_of(value));
        format!("{}{answer}", variable.name.trim_end_matches(['？', '?']).to_owned() + "＝")
    };
    let answers = taken.iter().map(say).collect::<Vec<_>>().join("；");
    Path { answers: if answers.is_empty() { "不论怎样回答".to_owned() } else { answers }, is_decided }
}

/// Slots the conditions read, and those the conditions of the questions behind them read.
fn slots_that_matter(asked: &[Question], conditions: &[Condition]) -> Vec<Slot> {
    let mut matter: Vec<Slot> = Vec::new();
    let add = |matter: &mut Vec<Slot>, when: &Condition| {
        for slot in when.slots() {
            if !matter.contains(&slot) {
                matter.push(slot);
            }
        }
    };
    conditions.iter().for_each(|when| add(&mut matter, when));
    // Questions only read earlier ones, so one walk backwards reaches everything.
    for question in asked.iter().rev().filter(|question| question.when.is_some()) {
        if matter.contains(&question.slot) {
            question.when.iter().for_each(|when| add(&mut matter, when));
        }
    }
    matter
}

/// Numbers and texts that conditions reading the slot mention.
struct Literals {
    numbers: Vec<f64>,
    texts: Vec<String>,
}

fn literals(theme: &Theme, slot: Slot) -> Literals {
    let mut found = Literals { numbers: Vec::new(), texts: Vec::new() };
    for when in theme.conditions().filter(|when| when.slots().any(|read| read == slot)) {
        scan(when.source(), &mut found);
    }
    found
}

/// Picks literals out of an expression that is known to be well formed.
fn scan(source: &str, found: &mut Literals) {
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\'' | '"' => {
                let end = rest[1..].find(c).map_or(rest.len(), |end| end + 1);
                found.texts.push(rest[1..end].to_owned());
                (end + 1).min(rest.len())
            }
            '0'..='9' => {
                let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                found.numbers.extend(rest[..end].parse::<f64>());
                end
            }
            c if c.is_alphabetic() || c == '_' => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        rest = &rest[length..];
    }
}

/// Values at which a condition can change its mind.
fn values_of<'o>(
    kind: QuestionKind,
    options: impl Iterator<Item = &'o str>,
    (min, max): (Option<f64>, Option<f64>),
    literals: &Literals,
) -> Vec<Value> {
    match kind {
        QuestionKind::Bool => vec![Value::Bool(true), Value::Bool(false)],
        QuestionKind::Single => options.map(Value::from).collect(),
        QuestionKind::Multi => {
            // Options no condition mentions are all alike; one of them stands for all.
            let (told, alike): (Vec<&str>, Vec<&str>) =
                options.partition(|option| literals.texts.iter().any(|text| text == option));
            let alike = alike.into_iter().take(1);
            let mut sets: Vec<Vec<&str>> = vec![Vec::new()];
            for option in alike.chain(told.iter().copied().take(SUBSETS_OF)) {
                let with: Vec<Vec<&str>> =
                    sets.iter().map(|set| set.iter().copied().chain([option]).collect()).collect();
                sets.extend(with);
            }
            sets.extend(told.iter().skip(SUBSETS_OF).map(|option| vec![*option]));
            sets.into_iter().map(Value::from).collect()
        }
        QuestionKind::Number => {
            let around = literals.numbers.iter().flat_map(|number| [number - 1.0, *number, number + 1.0]);
            let mut numbers: Vec<f64> = around.chain(min).chain(max).collect();
            numbers.retain(|number| min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max));
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
            if numbers.is_empty() {
                numbers.push(1.0);
            }
            numbers.into_iter().map(Value::Number).collect()
        }
        QuestionKind::Text => {
            let texts = literals.texts.iter().map(|text| Value::from(text.as_str()));
            texts.chain([Value::from("某")]).collect()
        }
    }
}

/// Of so many mentioned options all combinations are tried, of further ones each alone.
const SUBSETS_OF: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_picked_out_of_expressions() {
        let mut found = Literals { numbers: Vec::new(), texts: Vec::new() };
        scan("site_area2 >= 300.5 && ('热食' in kinds || kind == \"a-1\") && n != 4", &mut found);
        assert_eq!(found.numbers, [300.5, 4.0]);
        assert_eq!(found.texts, ["热食", "a-1"]);
    }

    #[test]
    fn a_number_is_tried_around_its_thresholds() {
        let literals = Literals { numbers: vec![300.0], texts: Vec::new() };
        let values = values_of(QuestionKind::Number, std::iter::empty(), (Some(1.0), Some(300.0)), &literals);
        assert_eq!(values, [1.0, 299.0, 300.0].map(Value::Number));
    }

    #[test]
    fn unmentioned_options_are_tried_as_one() {
        let literals = Literals { numbers: Vec::new(), texts: vec!["c".into()] };
        let values = values_of(QuestionKind::Multi, ["a", "b", "c"].into_iter(), (None, None), &literals);
        assert_eq!(values.len(), 4, "none, a, c, a and c: {values:?}");
    }
}
