//! Values that follow from other values (推算): asked of nobody, typed by nobody.

use catalog::condition::Slot;
use catalog::ids::ElementCode;
use catalog::model::How;
use kernel::codes::{CitizenId, Sex};
use kernel::value::Value;

use crate::known::Known;
use crate::question::Answers;
use crate::theme::Theme;

/// Whether a value can be worked out from the other value alone, before anything is decided or looked up.
pub(crate) fn is_worked_out(how: How) -> bool {
    matches!(how, How::BirthDate | How::Sex)
}

/// One derivation a theme may need.
#[derive(Debug, Clone)]
pub(crate) struct Derivation {
    pub slot: Slot,
    pub element: ElementCode,
    pub from: ElementCode,
    pub how: How,
}

/// What follows from the value of another element, where that can be worked out from it alone. A value that is not what
/// it should be (a wrong check digit) gives nothing: the field is then typed.
pub(crate) fn follow(how: How, from: &Value) -> Option<Value> {
    let id = || from.as_text().and_then(|text| CitizenId::parse(text).ok());
    match how {
        How::BirthDate => id().map(|id| Value::Date(id.birth())),
        How::Sex => id().map(|id| {
            Value::from(match id.sex() {
                Sex::Male => "male",
                Sex::Female => "female",
            })
        }),
        How::Postcode | How::Region | How::Registration => None,
    }
}

/// Everything that follows from what is known and answered and is not itself known.
pub(crate) fn follow_all(theme: &Theme, answers: &Answers, known: &Known) -> Vec<(Slot, Value)> {
    let mut followed = Vec::new();
    for rule in &theme.derivations {
        if known.fact(&rule.element).is_some() {
            continue;
        }
        let question = theme.questions.iter().find(|question| question.element == rule.from);
        let answer = question.and_then(|question| answers.get(&question.id));
        let from = answer.or_else(|| known.fact(&rule.from).map(|fact| &fact.value));
        if let Some(value) = from.and_then(|from| follow(rule.how, from)) {
            followed.push((rule.slot, value));
        }
    }
    followed
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn an_id_number_tells_birth_and_sex() {
        // The sample number of GB 11643-1999 itself.
        let id = Value::from("11010519491231002X");
        let day = NaiveDate::from_ymd_opt(1949, 12, 31).expect("a date");
        assert_eq!(follow(How::BirthDate, &id), Some(Value::Date(day)));
        assert_eq!(follow(How::Sex, &id), Some(Value::from("female")));
        assert_eq!(follow(How::BirthDate, &Value::from("110105194912310021")), None);
        assert_eq!(follow(How::Sex, &Value::from(3)), None);
    }
}
